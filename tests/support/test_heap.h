// SPDX-License-Identifier: MIT
// A heap for tests: counts blocks and bytes, checks that every block comes back with the size it
// was asked for and nothing written behind it, and fails at a chosen call, once or from then on.
// Everything that allocates is run against it with every call failing in turn.
#ifndef EPODE_TESTS_SUPPORT_TEST_HEAP_H
#define EPODE_TESTS_SUPPORT_TEST_HEAP_H

#include "test.h"

#include "epode/base.h"

// Before a block stand 16 bytes that hold its size, so it stays aligned to 16, behind it 16 more.
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

// A new block with its size before it and a guard behind it, filled with bytes that are not zero.
static inline unsigned char* test_heap_obtain(TestHeap* heap, size_t size)
{
    unsigned char* start = malloc(2 * TEST_HEAP_GUARD_SIZE + size);
    assert_non_null(start);
    memset(start, 0xA5, 2 * TEST_HEAP_GUARD_SIZE + size);
    memcpy(start, &size, sizeof size);
    heap->live_count++;
    heap->live_size += size;
    if (heap->live_size > heap->most_size) {
        heap->most_size = heap->live_size;
    }
    return start + TEST_HEAP_GUARD_SIZE;
}

static inline void test_heap_release(TestHeap* heap, unsigned char* block, size_t size)
{
    for (size_t i = 0; i < TEST_HEAP_GUARD_SIZE; i++) {
        assert_int_equal(block[size + i], 0xA5); // nobody wrote behind the block
    }
    heap->live_count--;
    heap->live_size -= size;
    free(block - TEST_HEAP_GUARD_SIZE);
}

static inline void* test_heap_resize(void* user, void* block, size_t old_size, size_t new_size)
{
    TestHeap* heap = user;
    size_t asked_size = 0;
    if (block != NULL) {
        memcpy(&asked_size, (unsigned char*)block - TEST_HEAP_GUARD_SIZE, sizeof asked_size);
    }
    assert_int_equal(old_size, asked_size);
    if (new_size != 0 && test_heap_refuses(heap)) {
        return NULL;
    }
    // Always a new block: whoever keeps a pointer into the old one is found out.
    unsigned char* moved = new_size == 0 ? NULL : test_heap_obtain(heap, new_size);
    if (block != NULL) {
        if (moved != NULL) {
            memcpy(moved, block, old_size < new_size ? old_size : new_size);
        }
        test_heap_release(heap, block, old_size);
    }
    return moved;
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
