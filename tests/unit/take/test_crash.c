// SPDX-License-Identifier: MIT
// A process that writes a take as fast as it can is killed at a random moment. What it left must
// read back up to the last whole chunk, and no more than the ticks that waited may be missing.
#define _GNU_SOURCE
#include "sample.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 20, BATCH_TICKS = 16, INPUTS_EVERY = 37, SNAPSHOT_EVERY = 101 };

static EpodeStatus write_file(void* user, const void* bytes, size_t size)
{
    ssize_t written = write(*(int*)user, bytes, size);
    return written == (ssize_t)size ? EPODE_OK : EPODE_ERR_IO;
}

// What the doomed process does; `*pushed` is the last tick that it got done with.
static void write_until_killed(int file, _Atomic int64_t* pushed)
{
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = (EpodeWriter){.write = write_file, .user = &file};
    def.batch_ticks = BATCH_TICKS;
    EpodeTakeWriter* writer = NULL;
    if (epode_take_writer_create(&def, "header", 6, &writer) != EPODE_OK) {
        _exit(1);
    }
    static unsigned char snapshot[20000];
    for (int64_t tick = 0; tick < INT64_MAX; tick++) {
        EpodeStatus status = EPODE_OK;
        if (tick % INPUTS_EVERY == 0) {
            status = epode_take_writer_push(writer, EPODE_TAKE_INPUTS, tick, &tick, sizeof tick);
        }
        if (status == EPODE_OK) {
            status = epode_take_writer_push_tick(writer, tick, sample_hashes(tick));
        }
        if (status == EPODE_OK && tick % SNAPSHOT_EVERY == 0) {
            memset(snapshot, (int)tick, sizeof snapshot);
            status = epode_take_writer_push(writer, EPODE_TAKE_SNAPSHOT, tick, snapshot,
                                            sizeof snapshot);
        }
        if (status != EPODE_OK) {
            _exit(1);
        }
        atomic_store(pushed, tick);
    }
}

// Reads the file and returns the tick after the last whose hashes are there.
static int64_t read_what_is_left(int file)
{
    struct stat info;
    assert_int_equal(fstat(file, &info), 0);
    size_t size = (size_t)info.st_size;
    unsigned char* bytes = malloc(size + 1);
    assert_int_equal(pread(file, bytes, size, 0), size);

    EpodeTakeReader reader;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    int64_t next_tick = 0;
    EpodeTakeRecord record;
    EpodeStatus status = EPODE_OK;
    while ((status = epode_take_reader_next(&reader, &record)) == EPODE_OK) {
        if (record.kind == EPODE_TAKE_INPUTS) {
            assert_int_equal(record.tick, next_tick);
            assert_int_equal(record.tick % INPUTS_EVERY, 0);
            assert_memory_equal(record.bytes, &record.tick, sizeof record.tick);
        } else if (record.kind == EPODE_TAKE_TICK) {
            assert_int_equal(record.tick, next_tick);
            assert_true(epode_take_record_hashes(&record).state == sample_hashes(next_tick).state);
            next_tick++;
        }
    }
    assert_int_equal(status, EPODE_ERR_END);
    assert_false(epode_take_reader_is_sealed(&reader));
    assert_int_equal(epode_take_reader_valid_size(&reader) + epode_take_reader_torn_size(&reader),
                     size);
    free(bytes);
    return next_tick;
}

static void a_killed_process_leaves_a_take_that_reads(void** state)
{
    (void)state;
    uint64_t seed = (uint64_t)getpid();
    print_message("seed %llu\n", (unsigned long long)seed);
    _Atomic int64_t* pushed =
        mmap(NULL, sizeof *pushed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(pushed != MAP_FAILED);
    int64_t total_ticks = 0;
    for (int round = 0; round < ROUNDS; round++) {
        char path[] = "/tmp/epode-crash-XXXXXX";
        int file = mkstemp(path);
        assert_true(file >= 0);
        unlink(path);
        atomic_store(pushed, -1);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            write_until_killed(file, pushed);
        }
        usleep(500 + (useconds_t)(test_random(&seed) % 12000));
        assert_int_equal(kill(child, SIGKILL), 0);
        int result = 0;
        assert_int_equal(waitpid(child, &result, 0), child);
        assert_true(WIFSIGNALED(result) && WTERMSIG(result) == SIGKILL);

        int64_t next_tick = read_what_is_left(file);
        assert_true(next_tick > atomic_load(pushed) - BATCH_TICKS);
        total_ticks += next_tick;
        close(file);
    }
    assert_true(total_ticks > ROUNDS);
    munmap((void*)pushed, sizeof *pushed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_process_leaves_a_take_that_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
