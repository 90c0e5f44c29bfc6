// SPDX-License-Identifier: MIT
// A few threads that share the pieces of a job and sleep between jobs: what a host passes to the
// library as EpodeParallelFor. Knows POSIX threads; what a job does is not its business.
#ifndef EPODE_PORT_THREADS_H
#define EPODE_PORT_THREADS_H

#include "epode/base.h"

#define EPODE_THREADS_MAX 64

typedef struct EpodeThreads EpodeThreads;

/// Starts threads. The caller of a job works as one of them, so `count` 1 starts none.
///
/// Range:   `count` 1..EPODE_THREADS_MAX, or 0 for one on each processor this process may use.
/// Errors:  EPODE_ERR_BAD_ARG, EPODE_ERR_NO_MEM, EPODE_ERR_LIMIT when the system gives no more
///          threads. `*out` is then NULL.
/// Thread:  [load].
EpodeStatus epode_threads_create(uint32_t count, EpodeHeap heap, EpodeThreads** out);

/// Ends the threads; NULL is allowed. No job may be running.
///
/// Thread:  [load].
void epode_threads_destroy(EpodeThreads* threads);

/// How many threads work on a job, the caller's included.
///
/// Thread:  [any].
uint32_t epode_threads_count(const EpodeThreads* threads);

/// What the library wants. Several threads may run jobs at once and then wait for each other; a job
/// that runs a job does all of the inner one itself. `threads` must outlive it.
///
/// Thread:  [any]; running a job may block and makes system calls, but allocates nothing.
EpodeParallelFor epode_threads_parallel_for(EpodeThreads* threads);

#endif
