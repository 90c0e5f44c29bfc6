// SPDX-License-Identifier: MIT
// Work in a jail: its result comes whole or not at all, and it reaches nothing outside.
#include "scratch.h"

#include "test_heap.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

#include "base/heap.h"
#include "port/jail.h"

static EpodeStatus run(const EpodeJailDef* def, EpodeJailWork work, void* user, size_t* size,
                       EpodeMessage* message)
{
    char* bytes = NULL;
    EpodeStatus status = epode_jail_run(def, work, user, &bytes, size, message);
    assert_true((bytes != NULL) == (status == EPODE_OK));
    if (bytes != NULL) {
        for (size_t i = 0; i < *size; i++) {
            assert_int_equal((unsigned char)bytes[i], i * 7 % 256);
        }
        assert_int_equal(bytes[*size], 0);
        epode_heap_free(def->heap, bytes, *size + 1);
    }
    return status;
}

static EpodeStatus write_many(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)message;
    size_t count = *(const size_t*)user;
    for (size_t i = 0; i < count;) {
        unsigned char piece[1000];
        size_t size = 0;
        while (size < sizeof piece && i < count) {
            piece[size++] = (unsigned char)(i++ * 7);
        }
        EPODE_TRY(out.write(out.user, piece, size));
    }
    return EPODE_OK;
}

static void a_result_comes_whole(void** state)
{
    (void)state;
    size_t counts[] = {0, 1, 271, 272, 273, 65535, 65536, 3000000};
    EpodeJailDef def = epode_jail_def();
    for (size_t i = 0; i < EPODE_COUNT_OF(counts); i++) {
        size_t size = SIZE_MAX;
        assert_int_equal(run(&def, write_many, &counts[i], &size, NULL), EPODE_OK);
        assert_int_equal(size, counts[i]);
    }
}

static void a_result_has_at_most_its_limit(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    def.result_size_max = 100000;
    for (size_t count = 99999; count <= 100001; count++) {
        size_t size = 0;
        EpodeMessage message;
        assert_int_equal(run(&def, write_many, &count, &size, &message),
                         count <= 100000 ? EPODE_OK : EPODE_ERR_LIMIT);
        if (count > 100000) {
            assert_string_equal(message.text, "it holds more than the limit of 100000 bytes");
        }
    }
}

static EpodeStatus refuse(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)user;
    epode_message_set(message, "it has %d channels", 77);
    EPODE_TRY(out.write(out.user, "half a result", 13));
    return EPODE_ERR_TEXT;
}

static void a_refusal_comes_with_its_reason(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    EpodeMessage message;
    size_t size = 0;
    assert_int_equal(run(&def, refuse, NULL, &size, &message), EPODE_ERR_TEXT);
    assert_string_equal(message.text, "it has 77 channels");
}

static EpodeStatus lie(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)user;
    (void)out;
    memset(message->text, '\x1b', sizeof message->text);
    return (EpodeStatus)1000;
}

static void a_status_that_does_not_exist_is_not_believed(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    EpodeMessage message;
    size_t size = 0;
    assert_int_equal(run(&def, lie, NULL, &size, &message), EPODE_ERR_CORRUPT);
    assert_string_equal(message.text, "its decoder ended without a result");
}

static EpodeStatus leave(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)user;
    (void)message;
    EPODE_TRY(out.write(out.user, "half a result", 13));
    _exit(0);
}

// Leaves behind what could be taken for the end of a whole result.
static EpodeStatus leave_a_fake(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)message;
    unsigned char fake[8 + 4 + 4 + EPODE_MESSAGE_SIZE] = {0};
    memcpy(fake, user, 12);
    EPODE_TRY(out.write(out.user, fake, sizeof fake));
    _exit(0);
}

static void a_result_without_its_end_is_not_believed(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    size_t size = 0;
    char nothing[12] = {0};
    char wrong_size[12] = {5, 0, 0, 0, 0, 0, 0, 0, 'J', 'A', 'I', 'L'};
    assert_int_equal(run(&def, leave_a_fake, nothing, &size, NULL), EPODE_ERR_CORRUPT);
    assert_int_equal(run(&def, leave_a_fake, wrong_size, &size, NULL), EPODE_ERR_CORRUPT);
}

static EpodeStatus crash(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)user;
    (void)out;
    (void)message;
    __builtin_trap();
    return EPODE_OK;
}

static EpodeStatus compute_for_ever(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)out;
    (void)message;
    volatile uint64_t* count = user;
    while (*count < UINT64_MAX) {
        (*count)++;
    }
    return EPODE_OK;
}

static void crashes_and_loops_end_as_a_status(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    EpodeMessage message;
    size_t size = 0;
    uint64_t count = 0;
    assert_int_equal(run(&def, leave, NULL, &size, &message), EPODE_ERR_CORRUPT);
    assert_string_equal(message.text, "its decoder ended without a result");
    assert_int_equal(run(&def, crash, NULL, &size, &message), EPODE_ERR_CORRUPT);
    assert_non_null(strstr(message.text, "crashed with signal"));
    def.waiting_milliseconds = 50;
    assert_int_equal(run(&def, compute_for_ever, &count, &size, &message), EPODE_ERR_LIMIT);
    assert_string_equal(message.text, "it takes too long");
    def.waiting_milliseconds = 20000;
    def.cpu_seconds = 1;
    assert_int_equal(run(&def, compute_for_ever, &count, &size, &message), EPODE_ERR_LIMIT);
    assert_string_equal(message.text, "it takes too much of the processor's time");
    assert_int_equal(count, 0);
}

static EpodeStatus map_memory(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)out;
    (void)message;
    size_t wanted = *(const size_t*)user;
    void* memory = mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return EPODE_ERR_NO_MEM;
    }
    memset(memory, 1, wanted);
    return munmap(memory, wanted) == 0 ? EPODE_OK : EPODE_ERR_IO;
}

static void memory_is_limited(void** state)
{
    (void)state;
    EpodeJailDef def = epode_jail_def();
    def.memory_size = (size_t)32 << 20;
    size_t size = 0;
    size_t little = (size_t)16 << 20;
    size_t much = (size_t)48 << 20;
    assert_int_equal(run(&def, map_memory, &little, &size, NULL), EPODE_OK);
    assert_int_equal(run(&def, map_memory, &much, &size, NULL), EPODE_ERR_NO_MEM);
}

typedef struct Attempt {
    const char* name;
    long number;
    long arguments[6];
} Attempt;

static char kept_path[512];
static char made_path[512];
static char byte[1];
static char page[2 * 4096];
static const struct timespec one_nanosecond = {0, 1};

#define POINTER(p) ((long)(uintptr_t)(p))

// Forbidden for what they do, or for whom they do it to. Handle 3 is the one that is open.
static const Attempt attempts[] = {
    {"open a file", SYS_openat, {AT_FDCWD, POINTER("/dev/null"), O_RDONLY}},
    {"read", SYS_read, {3, POINTER(byte), 1}},
    {"write to standard output", SYS_write, {1, POINTER(byte), 1}},
    {"write to standard error", SYS_write, {2, POINTER(byte), 1}},
    {"write by another call", SYS_pwrite64, {3, POINTER(byte), 1, 0}},
    {"make a socket", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
    {"connect", SYS_connect, {3, 0, 0}},
    {"send", SYS_sendto, {3, POINTER(byte), 1, 0, 0, 0}},
    {"fork", SYS_clone, {SIGCHLD, 0, 0, 0, 0}},
    {"run a program", SYS_execve, {POINTER("/bin/true"), 0, 0}},
    {"send a signal", SYS_kill, {1, 0}},
    {"trace", SYS_ptrace, {0, 0, 0, 0}},
    {"write into another process", SYS_process_vm_writev, {1, 0, 0, 0, 0, 0}},
    {"remove a file", SYS_unlinkat, {AT_FDCWD, POINTER(kept_path), 0}},
    {"rename a file", SYS_renameat2, {AT_FDCWD, POINTER(kept_path), AT_FDCWD, POINTER("/x"), 0}},
    {"make a folder", SYS_mkdirat, {AT_FDCWD, POINTER(made_path), 0755}},
    {"change the folder", SYS_chdir, {POINTER("/")}},
    {"look at a file", SYS_newfstatat, {AT_FDCWD, POINTER("/"), POINTER(page), 0}},
    {"control a device", SYS_ioctl, {3, 0, 0}},
    {"copy a handle", SYS_dup, {3}},
    {"make a pipe", SYS_pipe2, {POINTER(page), 0}},
    {"make a file in memory", SYS_memfd_create, {POINTER("x"), 0}},
    {"map code", SYS_mmap, {0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
    {"map a file", SYS_mmap, {0, 4096, PROT_READ, MAP_PRIVATE, 3, 0}},
    {"make code", SYS_mprotect, {POINTER(page), 4096, PROT_READ | PROT_EXEC}},
    {"share memory", SYS_shmget, {0, 4096, 0}},
    {"raise a limit", SYS_setrlimit, {RLIMIT_NOFILE, POINTER(page)}},
    {"change itself", SYS_prctl, {PR_SET_DUMPABLE, 1, 0, 0, 0}},
    {"change its name spaces", SYS_unshare, {0}},
    {"mount", SYS_mount, {0, POINTER("/"), 0, 0, 0}},
    {"become somebody else", SYS_setuid, {0}},
    {"sleep", SYS_nanosleep, {POINTER(&one_nanosecond), 0}},
    {"queue calls", SYS_io_uring_setup, {1, 0}},
};

static EpodeStatus try_it(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)out;
    (void)message;
    const Attempt* attempt = user;
    const long* a = attempt->arguments;
    syscall(attempt->number, a[0], a[1], a[2], a[3], a[4], a[5]);
    return EPODE_OK; // It was let through, even if it then failed.
}

static void nothing_outside_can_be_reached(void** state)
{
    (void)state;
    scratch_write("kept", "kept", 4);
    snprintf(kept_path, sizeof kept_path, "%s", scratch("kept"));
    snprintf(made_path, sizeof made_path, "%s", scratch("made"));
    EpodeJailDef def = epode_jail_def();
    for (size_t i = 0; i < EPODE_COUNT_OF(attempts); i++) {
        EpodeMessage message;
        size_t size = 0;
        Attempt attempt = attempts[i];
        EpodeStatus status = run(&def, try_it, &attempt, &size, &message);
        if (status != EPODE_ERR_CORRUPT) {
            print_error("it can %s\n", attempt.name);
        }
        assert_int_equal(status, EPODE_ERR_CORRUPT);
        assert_string_equal(message.text, "its decoder tried something that it may not do");
    }
    assert_true(scratch_holds("kept", "kept"));
    assert_int_not_equal(access(made_path, F_OK), 0);
}

static void* allocate_without_rest(void* user)
{
    _Atomic int* is_over = user;
    while (!*is_over) {
        free(malloc(1000));
    }
    return NULL;
}

static EpodeStatus allocate(void* user, EpodeWriter out, EpodeMessage* message)
{
    (void)message;
    char* bytes = calloc(1, *(const size_t*)user);
    EpodeStatus status = bytes == NULL ? EPODE_ERR_NO_MEM : out.write(out.user, bytes, 1);
    free(bytes);
    return status;
}

static void other_threads_do_not_disturb(void** state)
{
    (void)state;
    _Atomic int is_over = 0;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, allocate_without_rest, (void*)&is_over), 0);
    EpodeJailDef def = epode_jail_def();
    for (int i = 0; i < 30; i++) {
        size_t wanted = 100000;
        size_t size = 0;
        assert_int_equal(run(&def, allocate, &wanted, &size, NULL), EPODE_OK);
        assert_int_equal(size, 1);
    }
    is_over = 1;
    pthread_join(thread, NULL);
}

static void ignore_alarm(int signal_number)
{
    (void)signal_number;
}

static void signals_do_not_disturb(void** state)
{
    (void)state;
    const struct sigaction action = {.sa_handler = ignore_alarm};
    const struct itimerval often = {{0, 100}, {0, 100}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    struct sigaction before;
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    EpodeJailDef def = epode_jail_def();
    for (int i = 0; i < 20; i++) {
        size_t count = 100000;
        size_t size = 0;
        assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
        EpodeStatus status = run(&def, write_many, &count, &size, NULL);
        assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
        assert_int_equal(status, EPODE_OK);
    }
    sigaction(SIGALRM, &before, NULL);
}

static void a_host_that_ignores_its_children_is_served(void** state)
{
    (void)state;
    void (*before)(int) = signal(SIGCHLD, SIG_IGN);
    EpodeJailDef def = epode_jail_def();
    size_t count = 5000;
    size_t size = 0;
    assert_int_equal(run(&def, write_many, &count, &size, NULL), EPODE_OK);
    assert_int_equal(run(&def, crash, NULL, &size, NULL), EPODE_ERR_CORRUPT);
    signal(SIGCHLD, before);
}

static void an_exhausted_heap_is_an_error(void** state)
{
    (void)state;
    EpodeStatus status = EPODE_ERR_NO_MEM;
    for (size_t call = 1; status != EPODE_OK; call++) {
        TestHeap heap = {.fail_at = call};
        EpodeJailDef def = epode_jail_def();
        def.heap = test_heap(&heap);
        size_t count = 200000;
        size_t size = 0;
        status = run(&def, write_many, &count, &size, NULL);
        assert_int_equal(status, heap.failed_count > 0 ? EPODE_ERR_NO_MEM : EPODE_OK);
        test_heap_assert_empty(&heap);
    }
}

static void no_child_and_no_handle_are_left(void** state)
{
    (void)state;
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    int handle = dup(0);
    assert_in_range(handle, 0, 8);
    close(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_comes_whole),
        cmocka_unit_test(a_result_has_at_most_its_limit),
        cmocka_unit_test(a_refusal_comes_with_its_reason),
        cmocka_unit_test(a_status_that_does_not_exist_is_not_believed),
        cmocka_unit_test(a_result_without_its_end_is_not_believed),
        cmocka_unit_test(crashes_and_loops_end_as_a_status),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(nothing_outside_can_be_reached),
        cmocka_unit_test(other_threads_do_not_disturb),
        cmocka_unit_test(signals_do_not_disturb),
        cmocka_unit_test(a_host_that_ignores_its_children_is_served),
        cmocka_unit_test(an_exhausted_heap_is_an_error),
        cmocka_unit_test(no_child_and_no_handle_are_left),
    };
    return cmocka_run_group_tests(tests, scratch_begin, scratch_end);
}
