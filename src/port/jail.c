// SPDX-License-Identifier: MIT
// A fork whose child closes everything, lowers its limits and puts a filter before the kernel; a
// pipe back, at whose end a verdict stands; and a parent that believes only what adds up.
#define _GNU_SOURCE
#include "port/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/heap.h"

enum { RESULT_HANDLE = 3, PIECE_SIZE = 1 << 16 };

// What the child writes last: only with it is a result whole.
typedef struct Verdict {
    uint64_t size;
    uint32_t mark;
    uint32_t status;
    EpodeMessage message;
} Verdict;

static const uint32_t VERDICT_MARK = 0x4C49414A;

EpodeJailDef epode_jail_def(void)
{
    return (EpodeJailDef){.heap = epode_heap_system(),
                          .result_size_max = (size_t)1 << 30,
                          .memory_size = (size_t)512 << 20,
                          .cpu_seconds = 10,
                          .waiting_milliseconds = 30000};
}

// ---- The child. ----

#if defined(__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the filter has to know the architecture's name"
#endif

#define LOAD(field)                                                                                \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#define UNLESS_EQUAL(value, skipped)                                                               \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, skipped)
#define UNLESS_SET(bits, skipped) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), 0, skipped)
#define IF_SET(bits, skipped) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(bits), skipped, 0)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define ALLOW_CALL(name) UNLESS_EQUAL(__NR_##name, 1), ALLOW

// Only the calls of a program that computes (a sanitized one too): memory that is not executable,
// writing the result, the end. Of arguments the low halves are compared, where these flags are.
static const struct sock_filter FILTER[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0),
    KILL,
    LOAD(nr),
    ALLOW_CALL(munmap),
    ALLOW_CALL(mremap),
    ALLOW_CALL(brk),
    ALLOW_CALL(madvise),
    ALLOW_CALL(futex),
    ALLOW_CALL(getrandom),
    ALLOW_CALL(clock_gettime),
    ALLOW_CALL(sched_yield),
    ALLOW_CALL(rt_sigreturn),
    ALLOW_CALL(sigaltstack),
    ALLOW_CALL(exit),
    ALLOW_CALL(exit_group),
    UNLESS_EQUAL(__NR_write, 4),
    LOAD(args[0]),
    UNLESS_EQUAL(RESULT_HANDLE, 1),
    ALLOW,
    KILL,
    UNLESS_EQUAL(__NR_mprotect, 4),
    LOAD(args[2]),
    IF_SET(PROT_EXEC, 1),
    ALLOW,
    KILL,
    UNLESS_EQUAL(__NR_mmap, 5),
    LOAD(args[2]),
    IF_SET(PROT_EXEC, 3),
    LOAD(args[3]),
    UNLESS_SET(MAP_ANONYMOUS, 1),
    ALLOW,
    KILL,
};

// Where a kernel has no filters the limits still hold, and without handles there is little to
// reach.
static void install_filter(void)
{
    const struct sock_fprog program = {.len = (unsigned short)EPODE_COUNT_OF(FILTER),
                                       .filter = (struct sock_filter*)FILTER};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

// Bytes of address space that the process has; 0 when the system does not say.
static size_t mapped_size(void)
{
    char text[32] = {0};
    int handle = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t size = handle < 0 ? 0 : read(handle, text, sizeof text - 1);
    if (handle >= 0) {
        close(handle);
    }
    return size <= 0 ? 0 : (size_t)strtoul(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static int set_limit(int resource, size_t soft, size_t hard)
{
    const struct rlimit limit = {soft, hard};
    return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

static int lower_limits(const EpodeJailDef* def)
{
    size_t mapped = mapped_size();
    size_t memory = mapped + def->memory_size;
    // The signal at the soft limit of time tells why; the hard limit is for who would ignore it.
    return mapped > 0 && set_limit(RLIMIT_AS, memory, memory) &&
           set_limit(RLIMIT_CPU, def->cpu_seconds, def->cpu_seconds + 1) &&
           set_limit(RLIMIT_FSIZE, 0, 0) && set_limit(RLIMIT_CORE, 0, 0);
}

static int close_all_but(int kept)
{
    if (dup2(kept, RESULT_HANDLE) < 0) {
        return 0;
    }
    for (int handle = 0; handle < RESULT_HANDLE; handle++) {
        close(handle);
    }
    if (syscall(SYS_close_range, RESULT_HANDLE + 1, ~0u, 0) == 0) {
        return 1;
    }
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 0;
    }
    for (rlim_t handle = RESULT_HANDLE + 1; handle < limit.rlim_cur; handle++) {
        close((int)handle);
    }
    return 1;
}

// The host's handlers would run the host's code here; what is deadly shall be deadly.
static void forget_handlers(void)
{
    const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE,  SIGILL,  SIGABRT, SIGSYS,
                           SIGXCPU, SIGXFSZ, SIGPIPE, SIGTERM, SIGINT,  SIGALRM};
    for (size_t i = 0; i < EPODE_COUNT_OF(signals); i++) {
        signal(signals[i], SIG_DFL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static EpodeStatus write_result(void* user, const void* bytes, size_t size)
{
    uint64_t* total = user;
    const char* at = bytes;
    *total += size;
    while (size > 0) {
        ssize_t written = write(RESULT_HANDLE, at, size);
        if (written <= 0) {
            return EPODE_ERR_IO;
        }
        at += written;
        size -= (size_t)written;
    }
    return EPODE_OK;
}

static _Noreturn void live_in_jail(const EpodeJailDef* def, EpodeJailWork work, void* user,
                                   int result)
{
    uint64_t total = 0;
    Verdict verdict = {.mark = VERDICT_MARK};
    const EpodeWriter out = {.write = write_result, .user = &total};
    forget_handlers();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        !lower_limits(def) || !close_all_but(result) || !set_limit(RLIMIT_NOFILE, 0, 0)) {
        _exit(1);
    }
    install_filter();
    verdict.status = (uint32_t)work(user, out, &verdict.message);
    verdict.size = total;
    write_result(&total, &verdict, sizeof verdict);
    _exit(0);
}

// ---- The parent. ----

typedef struct Result {
    EpodeHeap heap;
    char* bytes;
    size_t capacity;
    size_t size;
} Result;

static void free_result(Result* result)
{
    epode_heap_free(result->heap, result->bytes, result->capacity);
    *result = (Result){.heap = result->heap};
}

static int64_t now_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Waits until something can be read. EPODE_ERR_LIMIT when that takes until `deadline`.
static EpodeStatus await(int handle, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline - now_milliseconds();
        struct pollfd ready = {.fd = handle, .events = POLLIN};
        int count = left <= 0 ? 0 : poll(&ready, 1, left > 60000 ? 60000 : (int)left);
        if (count > 0) {
            return EPODE_OK;
        }
        if (count < 0 && errno != EINTR) {
            return EPODE_ERR_IO;
        }
        if (left <= 0) {
            return EPODE_ERR_LIMIT;
        }
    }
}

static EpodeStatus grow(Result* result)
{
    size_t capacity = result->capacity == 0 ? PIECE_SIZE : result->capacity * 2;
    char* grown = result->heap.resize(result->heap.user, result->bytes, result->capacity, capacity);
    if (grown == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    result->bytes = grown;
    result->capacity = capacity;
    return EPODE_OK;
}

// Reads what the child writes until it closes its end.
static EpodeStatus collect(const EpodeJailDef* def, int handle, Result* result,
                           EpodeMessage* message)
{
    int64_t deadline = now_milliseconds() + def->waiting_milliseconds;
    for (;;) {
        EpodeStatus status = await(handle, deadline);
        if (status == EPODE_OK && result->size == result->capacity) {
            status = grow(result);
        }
        if (status != EPODE_OK) {
            epode_message_set(message, "%s",
                              status == EPODE_ERR_LIMIT ? "it takes too long"
                                                        : epode_status_text(status));
            return status;
        }
        ssize_t got = read(handle, result->bytes + result->size, result->capacity - result->size);
        if (got == 0) {
            return EPODE_OK;
        }
        if (got < 0 && errno != EINTR) {
            return epode_message_errno(message, errno);
        }
        result->size += got < 0 ? 0 : (size_t)got;
        if (result->size > def->result_size_max + sizeof(Verdict)) {
            epode_message_set(message, "it holds more than the limit of %zu bytes",
                              def->result_size_max);
            return EPODE_ERR_LIMIT;
        }
    }
}

// Takes the verdict off the end; 0 when there is none that fits.
static int take_verdict(Result* result, Verdict* verdict)
{
    if (result->size < sizeof *verdict) {
        return 0;
    }
    size_t size = result->size - sizeof *verdict;
    memcpy(verdict, result->bytes + size, sizeof *verdict);
    result->size = size;
    verdict->message.text[EPODE_MESSAGE_SIZE - 1] = '\0';
    return verdict->mark == VERDICT_MARK && verdict->size == size &&
           verdict->status < EPODE_STATUS_COUNT;
}

// Why a child ended without a verdict.
static EpodeStatus explain_death(int is_known, int result, EpodeMessage* message)
{
    int number = is_known && WIFSIGNALED(result) ? WTERMSIG(result) : 0;
    if (number == SIGXCPU || number == SIGKILL) {
        epode_message_set(message, "%s",
                          number == SIGXCPU ? "it takes too much of the processor's time"
                                            : "the system ended its decoder");
        return EPODE_ERR_LIMIT;
    }
    if (number == SIGSYS) {
        epode_message_set(message, "its decoder tried something that it may not do");
    } else if (number != 0) {
        epode_message_set(message, "its decoder crashed with signal %d", number);
    } else {
        epode_message_set(message, "its decoder ended without a result");
    }
    return EPODE_ERR_CORRUPT;
}

// Hands the result over in a block of its size and a NUL.
static EpodeStatus hand_over(Result* result, char** bytes, size_t* size, EpodeMessage* message)
{
    char* fitted =
        result->heap.resize(result->heap.user, result->bytes, result->capacity, result->size + 1);
    if (fitted == NULL) {
        return epode_message_errno(message, ENOMEM);
    }
    fitted[result->size] = '\0';
    *bytes = fitted;
    *size = result->size;
    *result = (Result){.heap = result->heap};
    return EPODE_OK;
}

static EpodeStatus judge(const EpodeJailDef* def, pid_t child, int handle, Result* result,
                         EpodeMessage* message)
{
    Verdict verdict;
    EpodeStatus status = collect(def, handle, result, message);
    int is_whole = status == EPODE_OK && take_verdict(result, &verdict);
    if (status != EPODE_OK) {
        kill(child, SIGKILL);
    }
    int ending = 0;
    pid_t waited;
    do {
        waited = waitpid(child, &ending, 0);
    } while (waited < 0 && errno == EINTR);
    if (status != EPODE_OK) {
        return status;
    }
    if (!is_whole) {
        return explain_death(waited == child, ending, message);
    }
    if (verdict.status != EPODE_OK) {
        epode_message_set(message, "%s", verdict.message.text);
    }
    return (EpodeStatus)verdict.status;
}

EpodeStatus epode_jail_run(const EpodeJailDef* def, EpodeJailWork work, void* user, char** bytes,
                           size_t* size, EpodeMessage* message)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return epode_message_errno(message, errno);
    }
    pid_t child = fork();
    if (child == 0) {
        live_in_jail(def, work, user, ends[1]);
    }
    int error = errno;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        epode_message_errno(message, error);
        return EPODE_ERR_IO;
    }
    Result result = {.heap = def->heap};
    EpodeStatus status = judge(def, child, ends[0], &result, message);
    close(ends[0]);
    if (status == EPODE_OK) {
        status = hand_over(&result, bytes, size, message);
    }
    free_result(&result);
    return status;
}
