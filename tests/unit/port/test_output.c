// SPDX-License-Identifier: MIT
// Writing files: all at once or not at all, growing and cut back after a failure, and pipes that
// are slow, interrupted or broken.
#include "scratch.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "port/files.h"
#include "port/output.h"

static EpodeStatus put(EpodeOutput* output, const char* text)
{
    EpodeWriter writer = epode_output_writer(output);
    return writer.write(writer.user, text, strlen(text));
}

static uint32_t count_entries(void)
{
    EpodeFolder folder;
    EpodeFolderList list;
    assert_int_equal(epode_folder_open(&folder, scratch_path, 0, NULL), EPODE_OK);
    assert_int_equal(epode_folder_list(&folder, "", epode_heap_system(), &list, NULL), EPODE_OK);
    uint32_t count = list.count;
    epode_folder_list_finish(&list);
    epode_folder_close(&folder);
    return count;
}

static void a_replaced_file_appears_at_once_at_the_end(void** state)
{
    (void)state;
    scratch_write("song.wav", "old", 3);
    chmod(scratch("song.wav"), 0640);
    uint32_t count = count_entries();
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, scratch("song.wav"), EPODE_OUTPUT_REPLACE),
                     EPODE_OK);
    assert_int_equal(put(&output, "brand "), EPODE_OK);
    assert_int_equal(put(&output, "new"), EPODE_OK);
    assert_true(scratch_holds("song.wav", "old"));
    assert_int_equal(epode_output_close(&output), EPODE_OK);
    assert_true(scratch_holds("song.wav", "brand new"));
    struct stat info;
    assert_int_equal(stat(scratch("song.wav"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    assert_int_equal(count_entries(), count);
    assert_int_equal(epode_output_close(&output), EPODE_OK);
    assert_string_equal(epode_output_message(&output), "");
}

static void a_discarded_output_leaves_no_trace(void** state)
{
    (void)state;
    scratch_write("kept", "old", 3);
    uint32_t count = count_entries();
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, scratch("kept"), EPODE_OUTPUT_REPLACE), EPODE_OK);
    assert_int_equal(put(&output, "new"), EPODE_OK);
    assert_int_equal(count_entries(), count + 1);
    epode_output_discard(&output);
    epode_output_discard(&output);
    assert_true(scratch_holds("kept", "old"));
    assert_int_equal(count_entries(), count);
}

static void a_new_file_obeys_the_mask_of_permissions(void** state)
{
    (void)state;
    for (int mode = EPODE_OUTPUT_REPLACE; mode <= EPODE_OUTPUT_GROW; mode++) {
        mode_t before = umask(027);
        EpodeOutput output;
        assert_int_equal(epode_output_open(&output, scratch("fresh"), (EpodeOutputMode)mode),
                         EPODE_OK);
        umask(before);
        assert_int_equal(epode_output_close(&output), EPODE_OK);
        struct stat info;
        assert_int_equal(stat(scratch("fresh"), &info), 0);
        assert_int_equal(info.st_mode & 0777, 0640);
        unlink(scratch("fresh"));
    }
}

static void a_growing_file_can_be_read_meanwhile(void** state)
{
    (void)state;
    scratch_write("run.take", "what was there before", 21);
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, scratch("run.take"), EPODE_OUTPUT_GROW), EPODE_OK);
    assert_true(scratch_holds("run.take", ""));
    assert_int_equal(put(&output, "one"), EPODE_OK);
    assert_true(scratch_holds("run.take", "one"));
    EpodeWriter writer = epode_output_writer(&output);
    assert_int_equal(writer.sync(writer.user), EPODE_OK);
    assert_int_equal(put(&output, " two"), EPODE_OK);
    epode_output_discard(&output);
    assert_true(scratch_holds("run.take", "one two"));
}

static void links_are_followed_and_kept(void** state)
{
    (void)state;
    scratch_write("real", "old", 3);
    assert_int_equal(symlink("real", scratch("link")), 0);
    for (int mode = EPODE_OUTPUT_REPLACE; mode <= EPODE_OUTPUT_GROW; mode++) {
        EpodeOutput output;
        assert_int_equal(epode_output_open(&output, scratch("link"), (EpodeOutputMode)mode),
                         EPODE_OK);
        const char* text = mode == EPODE_OUTPUT_REPLACE ? "replaced" : "grown";
        assert_int_equal(put(&output, text), EPODE_OK);
        assert_int_equal(epode_output_close(&output), EPODE_OK);
        assert_true(scratch_holds("real", text));
        struct stat info;
        assert_int_equal(lstat(scratch("link"), &info), 0);
        assert_true(S_ISLNK(info.st_mode));
    }
    assert_int_equal(symlink("nowhere", scratch("dangling")), 0);
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, scratch("dangling"), EPODE_OUTPUT_REPLACE),
                     EPODE_ERR_NOT_FOUND);
    epode_output_discard(&output);
}

static void a_place_that_cannot_be_written_is_named(void** state)
{
    (void)state;
    for (int mode = EPODE_OUTPUT_REPLACE; mode <= EPODE_OUTPUT_GROW; mode++) {
        EpodeOutput output;
        EpodeOutputMode how = (EpodeOutputMode)mode;
        assert_int_equal(epode_output_open(&output, scratch("no/such/folder"), how),
                         EPODE_ERR_NOT_FOUND);
        assert_string_equal(epode_output_message(&output), "no such file or directory");
        assert_int_equal(put(&output, "x"), EPODE_ERR_NOT_FOUND);
        assert_int_equal(epode_output_close(&output), EPODE_ERR_NOT_FOUND);

        assert_int_equal(epode_output_open(&output, scratch_path, how), EPODE_ERR_IO);
        assert_string_equal(epode_output_message(&output), "is a directory");
        epode_output_discard(&output);

        char long_path[5000];
        memset(long_path, 'x', sizeof long_path);
        long_path[sizeof long_path - 1] = '\0';
        assert_int_equal(epode_output_open(&output, long_path, how), EPODE_ERR_BAD_ARG);
        epode_output_discard(&output);
    }
}

static void a_full_device_is_an_error_that_sticks(void** state)
{
    (void)state;
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, "/dev/full", EPODE_OUTPUT_REPLACE), EPODE_OK);
    assert_int_equal(put(&output, "x"), EPODE_ERR_LIMIT);
    assert_string_equal(epode_output_message(&output), "no space left on device");
    EpodeWriter writer = epode_output_writer(&output);
    assert_string_equal(writer.message(writer.user), "no space left on device");
    assert_int_equal(writer.sync(writer.user), EPODE_ERR_LIMIT);
    assert_int_equal(epode_output_close(&output), EPODE_ERR_LIMIT);
}

// A limit on the size of files stands in for a disk that fills up in the middle of a write.
static void what_a_failed_write_left_is_taken_back(void** state)
{
    (void)state;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (int mode = EPODE_OUTPUT_REPLACE; mode <= EPODE_OUTPUT_GROW; mode++) {
        scratch_write("full", "old", 3);
        uint32_t count = count_entries();
        EpodeOutput output;
        assert_int_equal(epode_output_open(&output, scratch("full"), (EpodeOutputMode)mode),
                         EPODE_OK);
        const struct rlimit limit = {10, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        EpodeStatus first = put(&output, "12345678");
        EpodeStatus second = put(&output, "9abcdef");
        EpodeStatus third = put(&output, "x");
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(first, EPODE_OK);
        assert_int_equal(second, EPODE_ERR_LIMIT);
        assert_int_equal(third, EPODE_ERR_LIMIT);
        assert_string_equal(epode_output_message(&output), "file too large");
        assert_int_equal(epode_output_close(&output), EPODE_ERR_LIMIT);
        assert_int_equal(count_entries(), count);
        assert_true(scratch_holds("full", mode == EPODE_OUTPUT_GROW ? "12345678" : "old"));
    }
    signal(SIGXFSZ, handler);
}

static void a_broken_pipe_is_an_error_and_no_death(void** state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    EpodeOutput output;
    assert_int_equal(epode_output_open(&output, path, EPODE_OUTPUT_REPLACE), EPODE_OK);
    assert_int_equal(put(&output, "heard"), EPODE_OK);
    close(ends[0]);
    assert_int_equal(put(&output, "unheard"), EPODE_ERR_IO);
    assert_string_equal(epode_output_message(&output), "broken pipe");
    assert_int_equal(epode_output_close(&output), EPODE_ERR_IO);
    close(ends[1]);
    sigset_t pending;
    assert_int_equal(sigpending(&pending), 0);
    assert_false(sigismember(&pending, SIGPIPE));
}

static void ignore_alarm(int signal_number)
{
    (void)signal_number;
}

// In a process of its own: writes a megabyte to standard output, while a timer interrupts whatever
// it does.
static void write_under_fire(int pipe_end, int flags)
{
    struct sigaction action = {.sa_handler = ignore_alarm};
    const struct itimerval often = {{0, 200}, {0, 200}};
    EpodeOutput output;
    char block[10000];
    if (dup2(pipe_end, STDOUT_FILENO) < 0 || fcntl(STDOUT_FILENO, F_SETFL, flags) != 0 ||
        sigaction(SIGALRM, &action, NULL) != 0 || setitimer(ITIMER_REAL, &often, NULL) != 0 ||
        epode_output_open(&output, "-", EPODE_OUTPUT_REPLACE) != EPODE_OK) {
        _exit(1);
    }
    EpodeWriter writer = epode_output_writer(&output);
    for (int i = 0; i < 100; i++) {
        memset(block, i, sizeof block);
        if (writer.write(writer.user, block, sizeof block) != EPODE_OK) {
            _exit(2);
        }
    }
    _exit(epode_output_close(&output) == EPODE_OK ? 0 : 3);
}

static void read_slowly(int flags)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        write_under_fire(ends[1], flags);
    }
    close(ends[1]);
    size_t total = 0;
    for (;;) {
        unsigned char bytes[3000];
        ssize_t got = read(ends[0], bytes, sizeof bytes);
        assert_true(got >= 0);
        if (got == 0) {
            break;
        }
        for (ssize_t i = 0; i < got; i++) {
            assert_int_equal(bytes[i], (total + (size_t)i) / 10000);
        }
        total += (size_t)got;
        usleep(total < 200000 ? 1000 : 10);
    }
    assert_int_equal(total, 1000000);
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    close(ends[0]);
}

static void a_slow_reader_and_signals_lose_nothing(void** state)
{
    (void)state;
    read_slowly(O_NONBLOCK);
    read_slowly(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_replaced_file_appears_at_once_at_the_end),
        cmocka_unit_test(a_discarded_output_leaves_no_trace),
        cmocka_unit_test(a_new_file_obeys_the_mask_of_permissions),
        cmocka_unit_test(a_growing_file_can_be_read_meanwhile),
        cmocka_unit_test(links_are_followed_and_kept),
        cmocka_unit_test(a_place_that_cannot_be_written_is_named),
        cmocka_unit_test(a_full_device_is_an_error_that_sticks),
        cmocka_unit_test(what_a_failed_write_left_is_taken_back),
        cmocka_unit_test(a_broken_pipe_is_an_error_and_no_death),
        cmocka_unit_test(a_slow_reader_and_signals_lose_nothing),
    };
    return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
