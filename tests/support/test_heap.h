// SPDX-License-Identifier: MIT
// A heap for tests: counts blocks and bytes, checks that every block comes back with the size it
// was asked for, and fails at a chosen call, once or from then on. Everything that allocates is
// run against it with every call failing in turn.
#ifndef EPODE_TESTS_SUPPORT_TEST_HEAP_H
#define EPODE_TESTS_SUPPORT_TEST_HEAP_H

#include "test.h"

#include "epode/base.h"

// A block starts after a guard of 16 bytes that holds its size, so it stays aligned to 16.
enum { TEST_HEAP_GUARD_SIZE = 16 };

typedef struct TestHeap {
    size_t live_count;   // blocks not yet freed
    size_t live_size;    // and their bytes
    size_t most_size;    // greatest live_size so far
    size_t call_count;   // allocations and growths asked for; frees cannot fail and do not count
    size_t fail_at;      // the call to refuse, 1-based; 0 refuses none
    int fails_for_ever;  // refuses all calls from `fail_at` on
    size_t failed_count; // calls refused
} TestHeap;

static inline int test_heap_refuses(TestHeap* heap)
{
    heap->call_count++;
    int is_refused =
        heap->fail_at != 0 && (heap->fails_for_ever ? heap->call_count >= heap->fail_at
                                                    : heap->call_count == heap->fail_at);
    heap->failed_count += (size_t)is_refused;
    return is_refused;
}

static inline void* test_heap_resize(void* user, void* block, size_t old_size, size_t new_size)
{
    TestHeap* heap = user;
    unsigned char* guard = block == NULL ? NULL : (unsigned char*)block - TEST_HEAP_GUARD_SIZE;
    if (guard == NULL) {
        assert_int_equal(old_size, 0);
    } else {
        size_t asked;
        memcpy(&asked, guard, sizeof asked);
        assert_int_equal(old_size, asked);
    }
    if (new_size != 0 && test_heap_refuses(heap)) {
        return NULL;
    }
    // Always a new block: whoever keeps a pointer into the old one is found out.
    unsigned char* moved = NULL;
    if (new_size != 0) {
        moved = malloc(TEST_HEAP_GUARD_SIZE + new_size);
        assert_non_null(moved);
        memset(moved, 0xA5, TEST_HEAP_GUARD_SIZE + new_size);
        memcpy(moved, &new_size, sizeof new_size);
        heap->live_count++;
        heap->live_size += new_size;
        if (heap->live_size > heap->most_size) {
            heap->most_size = heap->live_size;
        }
    }
    if (guard != NULL) {
        if (moved != NULL) {
            memcpy(moved + TEST_HEAP_GUARD_SIZE, block, old_size < new_size ? old_size : new_size);
        }
        heap->live_count--;
        heap->live_size -= old_size;
        free(guard);
    }
    return moved == NULL ? NULL : moved + TEST_HEAP_GUARD_SIZE;
}

static inline EpodeHeap test_heap(TestHeap* heap)
{
    return (EpodeHeap){.resize = test_heap_resize, .user = heap};
}

// Nothing may be left when a test ends.
static inline void test_heap_assert_empty(const TestHeap* heap)
{
    assert_int_equal(heap->live_count, 0);
    assert_int_equal(heap->live_size, 0);
}

#endif
