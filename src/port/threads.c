// SPDX-License-Identifier: MIT
// Workers wait for a job a short while awake, since jobs of audio follow each other closely, and
// then asleep. Whoever is at work takes the next piece from a common counter until none is left.
// The lock guards who is at work; only the counter of pieces is touched without it.
#define _GNU_SOURCE
#include "port/threads.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/heap.h"

// How often a waiting thread looks before it sleeps: some tens of microseconds.
enum { LOOKS = 2000 };

struct EpodeThreads {
    EpodeHeap heap;
    uint32_t started_count; // workers, without the caller
    pthread_mutex_t calls;  // held by the one caller whose job is running
    pthread_mutex_t lock;
    pthread_cond_t job_is_open;
    pthread_cond_t workers_left;
    pthread_t workers[EPODE_THREADS_MAX];

    // Under the lock; the two atomics may be looked at without it, to know when locking is worth
    // it.
    EpodeJob job;
    void* job_user;
    uint32_t count;
    int is_open;
    int is_ending;
    atomic_uint opened_count; // of jobs, so that a worker knows a new one
    atomic_uint working_count;

    char apart[64]; // what every piece changes shares no cache line with what waiting threads watch
    atomic_uint next;
    char apart_behind[64];
};

// Whether this thread is inside a job already, of whichever pool.
static _Thread_local int is_at_work = 0;

static void pause_a_little(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

static void work(EpodeThreads* threads, EpodeJob job, void* job_user, uint32_t count)
{
    is_at_work = 1;
    for (;;) {
        uint32_t index = atomic_fetch_add_explicit(&threads->next, 1, memory_order_relaxed);
        if (index >= count) {
            break;
        }
        job(job_user, index);
    }
    is_at_work = 0;
}

// Waits, at first awake, until there is something that this worker has not seen; holds the lock
// when it returns.
static void wait_for_job(EpodeThreads* threads, unsigned seen_count)
{
    for (int i = 0; i < LOOKS; i++) {
        if (atomic_load_explicit(&threads->opened_count, memory_order_relaxed) != seen_count) {
            break;
        }
        pause_a_little();
    }
    pthread_mutex_lock(&threads->lock);
    while (!threads->is_ending && threads->opened_count == seen_count) {
        pthread_cond_wait(&threads->job_is_open, &threads->lock);
    }
}

static void* live_as_worker(void* user)
{
    EpodeThreads* threads = user;
    unsigned seen_count = 0;
    for (;;) {
        wait_for_job(threads, seen_count);
        if (threads->is_ending) {
            pthread_mutex_unlock(&threads->lock);
            return NULL;
        }
        seen_count = threads->opened_count;
        if (!threads->is_open) {
            pthread_mutex_unlock(&threads->lock);
            continue;
        }
        EpodeJob job = threads->job;
        void* job_user = threads->job_user;
        uint32_t count = threads->count;
        threads->working_count++;
        pthread_mutex_unlock(&threads->lock);

        work(threads, job, job_user, count);

        pthread_mutex_lock(&threads->lock);
        if (--threads->working_count == 0) {
            pthread_cond_signal(&threads->workers_left);
        }
        pthread_mutex_unlock(&threads->lock);
    }
}

static void open_job(EpodeThreads* threads, uint32_t count, EpodeJob job, void* job_user)
{
    pthread_mutex_lock(&threads->lock);
    threads->job = job;
    threads->job_user = job_user;
    threads->count = count;
    threads->is_open = 1;
    atomic_store_explicit(&threads->next, 0, memory_order_relaxed);
    threads->opened_count++;
    pthread_cond_broadcast(&threads->job_is_open);
    pthread_mutex_unlock(&threads->lock);
}

// Lets no more workers in and waits for those inside. All pieces were taken before, by whoever is
// inside or has left, so afterwards all are done.
static void close_job(EpodeThreads* threads)
{
    for (int i = 0; i < LOOKS; i++) {
        if (atomic_load_explicit(&threads->working_count, memory_order_relaxed) == 0) {
            break;
        }
        pause_a_little();
    }
    pthread_mutex_lock(&threads->lock);
    threads->is_open = 0;
    while (threads->working_count > 0) {
        pthread_cond_wait(&threads->workers_left, &threads->lock);
    }
    pthread_mutex_unlock(&threads->lock);
}

static void run(void* user, uint32_t count, EpodeJob job, void* job_user)
{
    EpodeThreads* threads = user;
    if (threads->started_count == 0 || count < 2 || is_at_work) {
        for (uint32_t i = 0; i < count; i++) {
            job(job_user, i);
        }
        return;
    }
    // The counter runs on by one for each thread that finds nothing left; that must not overflow.
    EPODE_ASSERT(count <= UINT32_MAX - EPODE_THREADS_MAX);
    pthread_mutex_lock(&threads->calls);
    open_job(threads, count, job, job_user);
    work(threads, job, job_user, count);
    close_job(threads);
    pthread_mutex_unlock(&threads->calls);
}

static uint32_t processor_count(void)
{
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0) {
        return 1;
    }
    int count = CPU_COUNT(&processors);
    return count < 1 ? 1 : count > EPODE_THREADS_MAX ? EPODE_THREADS_MAX : (uint32_t)count;
}

// Starts workers that leave all signals to the host's threads.
static EpodeStatus start_workers(EpodeThreads* threads, uint32_t count)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = 0;
    while (threads->started_count < count && error == 0) {
        pthread_t* worker = &threads->workers[threads->started_count];
        error = pthread_create(worker, NULL, live_as_worker, threads);
        threads->started_count += error == 0;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error == 0 ? EPODE_OK : EPODE_ERR_LIMIT;
}

EpodeStatus epode_threads_create(uint32_t count, EpodeHeap heap, EpodeThreads** out)
{
    *out = NULL;
    if (count > EPODE_THREADS_MAX) {
        return EPODE_ERR_BAD_ARG;
    }
    EpodeThreads* threads = epode_heap_alloc(heap, sizeof *threads);
    if (threads == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    threads->heap = heap;
    pthread_mutex_init(&threads->calls, NULL);
    pthread_mutex_init(&threads->lock, NULL);
    pthread_cond_init(&threads->job_is_open, NULL);
    pthread_cond_init(&threads->workers_left, NULL);
    EpodeStatus status = start_workers(threads, (count == 0 ? processor_count() : count) - 1);
    if (status != EPODE_OK) {
        epode_threads_destroy(threads);
        return status;
    }
    *out = threads;
    return EPODE_OK;
}

void epode_threads_destroy(EpodeThreads* threads)
{
    if (threads == NULL) {
        return;
    }
    pthread_mutex_lock(&threads->lock);
    threads->is_ending = 1;
    threads->opened_count++;
    pthread_cond_broadcast(&threads->job_is_open);
    pthread_mutex_unlock(&threads->lock);
    for (uint32_t i = 0; i < threads->started_count; i++) {
        pthread_join(threads->workers[i], NULL);
    }
    pthread_cond_destroy(&threads->workers_left);
    pthread_cond_destroy(&threads->job_is_open);
    pthread_mutex_destroy(&threads->lock);
    pthread_mutex_destroy(&threads->calls);
    epode_heap_free(threads->heap, threads, sizeof *threads);
}

uint32_t epode_threads_count(const EpodeThreads* threads)
{
    return threads->started_count + 1;
}

EpodeParallelFor epode_threads_parallel_for(EpodeThreads* threads)
{
    return (EpodeParallelFor){.run = run, .user = threads};
}
