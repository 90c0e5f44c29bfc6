// SPDX-License-Identifier: MIT
// Every piece of every job is done exactly once, whoever asks, and nobody is left behind.
#define _GNU_SOURCE
#include "test.h"
#include "test_heap.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/heap.h"
#include "port/threads.h"

enum { PIECES_MAX = 5000 };

typedef struct Work {
    uint32_t done[PIECES_MAX]; // not atomic: only one thread may touch a piece
    EpodeParallelFor inner;
} Work;

static void do_piece(void* user, uint32_t index)
{
    Work* work = user;
    work->done[index]++;
}

static EpodeThreads* start(uint32_t count)
{
    EpodeThreads* threads = NULL;
    assert_int_equal(epode_threads_create(count, epode_heap_system(), &threads), EPODE_OK);
    return threads;
}

static void every_piece_is_done_once(void** state)
{
    (void)state;
    static Work work;
    const uint32_t counts[] = {0, 1, 2, 3, 7, 64, 1000, PIECES_MAX};
    for (uint32_t thread_count = 1; thread_count <= 5; thread_count++) {
        EpodeThreads* threads = start(thread_count);
        assert_int_equal(epode_threads_count(threads), thread_count);
        EpodeParallelFor parallel = epode_threads_parallel_for(threads);
        for (size_t i = 0; i < EPODE_COUNT_OF(counts); i++) {
            memset(&work, 0, sizeof work);
            parallel.run(parallel.user, counts[i], do_piece, &work);
            for (uint32_t j = 0; j < PIECES_MAX; j++) {
                assert_int_equal(work.done[j], j < counts[i]);
            }
        }
        epode_threads_destroy(threads);
    }
}

static void do_other_piece(void* user, uint32_t index)
{
    Work* work = user;
    work->done[index] += 1000;
}

// A worker that comes late to one job must not do a piece of it during the next.
static void jobs_may_follow_at_once_and_after_a_rest(void** state)
{
    (void)state;
    static Work works[2];
    EpodeThreads* threads = start(8);
    EpodeParallelFor parallel = epode_threads_parallel_for(threads);
    memset(works, 0, sizeof works);
    for (uint32_t i = 1; i <= 5000; i++) {
        parallel.run(parallel.user, 8, do_piece, &works[0]);
        parallel.run(parallel.user, 2, do_other_piece, &works[1]);
        if (i % 1000 == 0) {
            usleep(2000); // long enough for the workers to fall asleep
        }
        for (uint32_t j = 0; j < 9; j++) {
            assert_int_equal(works[0].done[j], j < 8 ? i : 0);
            assert_int_equal(works[1].done[j], j < 2 ? i * 1000 : 0);
        }
    }
    epode_threads_destroy(threads);
}

static void start_and_end_without_a_job(void** state)
{
    (void)state;
    for (int i = 0; i < 50; i++) {
        epode_threads_destroy(start(4));
    }
    epode_threads_destroy(NULL);
}

// All workers are needed at once for this to end.
static void meet(void* user, uint32_t index)
{
    (void)index;
    pthread_barrier_wait(user);
}

static void the_work_is_really_shared(void** state)
{
    (void)state;
    EpodeThreads* threads = start(4);
    EpodeParallelFor parallel = epode_threads_parallel_for(threads);
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, 4);
    for (int i = 0; i < 20; i++) {
        parallel.run(parallel.user, 4, meet, &barrier);
    }
    pthread_barrier_destroy(&barrier);
    epode_threads_destroy(threads);
}

static void do_inner_job(void* user, uint32_t index)
{
    Work* works = user;
    works[index].inner.run(works[index].inner.user, 100, do_piece, &works[index]);
}

static void a_job_may_run_a_job(void** state)
{
    (void)state;
    static Work works[6];
    EpodeThreads* threads = start(3);
    EpodeParallelFor parallel = epode_threads_parallel_for(threads);
    memset(works, 0, sizeof works);
    for (int i = 0; i < 6; i++) {
        works[i].inner = parallel;
    }
    parallel.run(parallel.user, 6, do_inner_job, works);
    for (int i = 0; i < 6; i++) {
        for (uint32_t j = 0; j < 101; j++) {
            assert_int_equal(works[i].done[j], j < 100);
        }
    }
    epode_threads_destroy(threads);
}

typedef struct Caller {
    EpodeParallelFor parallel;
    Work work;
} Caller;

static void* call_often(void* user)
{
    Caller* caller = user;
    for (int i = 0; i < 300; i++) {
        caller->parallel.run(caller->parallel.user, 50, do_piece, &caller->work);
    }
    return NULL;
}

static void several_callers_take_turns(void** state)
{
    (void)state;
    static Caller callers[3];
    EpodeThreads* threads = start(3);
    pthread_t callings[3];
    for (int i = 0; i < 3; i++) {
        callers[i] = (Caller){.parallel = epode_threads_parallel_for(threads)};
        assert_int_equal(pthread_create(&callings[i], NULL, call_often, &callers[i]), 0);
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(callings[i], NULL);
        for (uint32_t j = 0; j < 51; j++) {
            assert_int_equal(callers[i].work.done[j], j < 50 ? 300 : 0);
        }
    }
    epode_threads_destroy(threads);
}

static void note_mask(void* user, uint32_t index)
{
    pthread_barrier_t* barrier = user;
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    // The caller is one of the two and blocks nothing.
    static atomic_int blocking_count;
    int count = atomic_fetch_add(&blocking_count, sigismember(&mask, SIGINT)) + 1;
    assert_true(count <= 2 && index < 2);
    pthread_barrier_wait(barrier);
    assert_int_equal(blocking_count, 1);
}

static void workers_leave_signals_to_the_host(void** state)
{
    (void)state;
    EpodeThreads* threads = start(2);
    EpodeParallelFor parallel = epode_threads_parallel_for(threads);
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, 2);
    parallel.run(parallel.user, 2, note_mask, &barrier);
    pthread_barrier_destroy(&barrier);
    epode_threads_destroy(threads);
}

static void a_count_has_a_range(void** state)
{
    (void)state;
    EpodeThreads* threads = start(0);
    assert_in_range(epode_threads_count(threads), 1, EPODE_THREADS_MAX);
    epode_threads_destroy(threads);
    for (uint32_t count = EPODE_THREADS_MAX - 1; count <= EPODE_THREADS_MAX + 1; count++) {
        EpodeStatus status = epode_threads_create(count, epode_heap_system(), &threads);
        assert_int_equal(status, count <= EPODE_THREADS_MAX ? EPODE_OK : EPODE_ERR_BAD_ARG);
        epode_threads_destroy(threads);
    }
    TestHeap heap = {.fail_at = 1};
    assert_int_equal(epode_threads_create(2, test_heap(&heap), &threads), EPODE_ERR_NO_MEM);
    assert_null(threads);
    assert_int_equal(epode_threads_create(2, test_heap(&heap), &threads), EPODE_OK);
    epode_threads_destroy(threads);
    test_heap_assert_empty(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_is_done_once),
        cmocka_unit_test(jobs_may_follow_at_once_and_after_a_rest),
        cmocka_unit_test(start_and_end_without_a_job),
        cmocka_unit_test(the_work_is_really_shared),
        cmocka_unit_test(a_job_may_run_a_job),
        cmocka_unit_test(several_callers_take_turns),
        cmocka_unit_test(workers_leave_signals_to_the_host),
        cmocka_unit_test(a_count_has_a_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
