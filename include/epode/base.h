// SPDX-License-Identifier: MIT
// What every other public header needs: symbol visibility, the status of a call, the one heap
// function that a host hands in, and the assertion hook. Knows nothing of shows, time or sound.
#ifndef EPODE_BASE_H
#define EPODE_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EPODE_API
#else
#define EPODE_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define EPODE_VERSION_MAJOR 0
#define EPODE_VERSION_MINOR 1
#define EPODE_VERSION_PATCH 0

/// What became of a call. Zero is success; every other value is one kind of failure.
typedef enum EpodeStatus {
    EPODE_OK = 0,
    EPODE_ERR_NO_MEM = 1,    ///< The heap function returned NULL.
    EPODE_ERR_BAD_ARG = 2,   ///< An argument lies outside the documented range.
    EPODE_ERR_LIMIT = 3,     ///< A named limit was reached.
    EPODE_ERR_TEXT = 4,      ///< A text is not valid; the diagnostics say where and why.
    EPODE_ERR_IO = 5,        ///< The host's reader or writer failed.
    EPODE_ERR_NOT_FOUND = 6, ///< No such file, block, path, rule or tick.
    EPODE_ERR_VERSION = 7,   ///< Data of a format version or layout that this build does not read.
    EPODE_ERR_CORRUPT = 8,   ///< Data whose checksum or structure is wrong.
    EPODE_ERR_SEALED = 9,    ///< Something that may only be done before seal.
    EPODE_ERR_END = 10,      ///< There is nothing more to read.
    EPODE_ERR_MESSAGE = 11,  ///< A delta or input is malformed (ABI: invalid message).
    EPODE_ERR_DOMAIN = 12,   ///< The domain may not do this (ABI: unauthorised domain).
    EPODE_ERR_TEMPORAL = 13, ///< A tick that has not happened, or time going back.
    EPODE_ERR_CONTRACT = 14, ///< An invariant of the show was broken and the tick undone.
    EPODE_ERR_DIVERGED = 15, ///< A replay did not match its take.
    EPODE_STATUS_COUNT = 16
} EpodeStatus;

/// One sentence in English about a status.
///
/// Range:   any value; an unknown one gives "unknown status".
/// Thread:  [any], real-time safe.
EPODE_API const char* epode_status_text(EpodeStatus status);

/// Version of the library at run time as "major.minor.patch".
///
/// Thread:  [any], real-time safe.
EPODE_API const char* epode_version(void);

/// The one function through which the library obtains memory, with the pointer it is called with.
///
/// `resize(user, block, old_size, new_size)` behaves as C's realloc: `block` NULL allocates,
/// `new_size` 0 frees and returns NULL. `old_size` is exactly what was asked for before.
/// The result is aligned to 16 bytes. Called only from [load] functions.
typedef struct EpodeHeap {
    void* (*resize)(void* user, void* block, size_t old_size, size_t new_size);
    void* user;
} EpodeHeap;

/// The process heap (realloc and free).
///
/// Thread:  [any].
EPODE_API EpodeHeap epode_heap_system(void);

/// Called when the library finds that it was used against its contract or has a defect.
typedef void (*EpodeAssertHook)(const char* file, int line, const char* expression);

/// Replaces what happens on a failed assertion; NULL restores the default (print and abort).
///
/// Thread:  [load], before any other call.
EPODE_API void epode_assert_hook_set(EpodeAssertHook hook);

/// One piece of a parallel job; pieces of one job touch no common memory.
typedef void (*EpodeJob)(void* job_user, uint32_t index);

/// How a host runs `count` pieces at once: calls `job(job_user, i)` exactly once for every
/// i < count, in any order, on any threads, and returns when all have returned. The library starts
/// no threads of its own; a NULL `run` means one piece after another on the calling thread.
typedef struct EpodeParallelFor {
    void (*run)(void* user, uint32_t count, EpodeJob job, void* job_user);
    void* user;
} EpodeParallelFor;

#ifdef __cplusplus
}
#endif

#endif
