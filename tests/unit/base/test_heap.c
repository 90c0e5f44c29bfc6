// SPDX-License-Identifier: MIT
// The heap helpers and growing arrays, with a heap that counts and with one that fails.
#include "test_heap.h"
#include "test.h"

#include "base/heap.h"

static void blocks_come_zeroed_and_aligned(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeHeap heap = test_heap(&counter);
    for (size_t size = 1; size < 300; size += 13) {
        unsigned char* block = epode_heap_alloc(heap, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 16, 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(block[i], 0);
        }
        epode_heap_free(heap, block, size);
    }
    test_heap_assert_empty(&counter);
}

static void nothing_is_neither_allocated_nor_freed(void** state)
{
    (void)state;
    TestHeap counter = {0};
    assert_null(epode_heap_alloc(test_heap(&counter), 0));
    epode_heap_free(test_heap(&counter), NULL, 0);
    assert_int_equal(counter.call_count, 0);
}

static void the_system_heap_behaves_as_realloc(void** state)
{
    (void)state;
    EpodeHeap heap = epode_heap_system();
    char* block = heap.resize(heap.user, NULL, 0, 3);
    memcpy(block, "ab", 3);
    block = heap.resize(heap.user, block, 3, 100000);
    assert_string_equal(block, "ab");
    assert_null(heap.resize(heap.user, block, 100000, 0));
}

static void arrays_double_and_keep_their_items(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeHeap heap = test_heap(&counter);
    uint32_t* items = NULL;
    uint32_t capacity = 0;
    for (uint32_t count = 0; count < 1000; count++) {
        assert_int_equal(epode_array_reserve(heap, &items, &capacity, count + 1, sizeof *items),
                         EPODE_OK);
        assert_true(capacity > count);
        assert_int_equal(items[count], 0);
        items[count] = count * 3;
    }
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], i * 3);
    }
    assert_int_equal(capacity, 1024);
    assert_int_equal(counter.call_count, 8); // 8, 16 .. 1024
    epode_heap_free(heap, items, capacity * sizeof *items);
    test_heap_assert_empty(&counter);
}

static void an_array_survives_a_failed_growth(void** state)
{
    (void)state;
    TestHeap counter = {.fail_at = 2};
    EpodeHeap heap = test_heap(&counter);
    uint32_t* items = NULL;
    uint32_t capacity = 0;
    assert_int_equal(epode_array_reserve(heap, &items, &capacity, 1, sizeof *items), EPODE_OK);
    items[7] = 77;
    uint32_t* before = items;
    assert_int_equal(epode_array_reserve(heap, &items, &capacity, 9, sizeof *items),
                     EPODE_ERR_NO_MEM);
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, 8);
    assert_int_equal(items[7], 77);
    assert_int_equal(epode_array_reserve(heap, &items, &capacity, 9, sizeof *items), EPODE_OK);
    assert_int_equal(items[7], 77);
    epode_heap_free(heap, items, capacity * sizeof *items);
    test_heap_assert_empty(&counter);
}

static void an_array_beyond_all_counts_is_refused(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeHeap heap = test_heap(&counter);
    char* items = NULL;
    uint32_t capacity = 0;
    assert_int_equal(epode_array_reserve(heap, &items, &capacity, UINT32_MAX, 1), EPODE_ERR_LIMIT);
    assert_int_equal(epode_array_reserve(heap, &items, &capacity, 8, SIZE_MAX / 7),
                     EPODE_ERR_LIMIT);
    assert_null(items);
    assert_int_equal(capacity, 0);
    assert_int_equal(counter.call_count, 0);
}

static void a_failing_heap_fails_once_or_for_ever(void** state)
{
    (void)state;
    TestHeap once = {.fail_at = 2};
    TestHeap always = {.fail_at = 2, .fails_for_ever = 1};
    for (int call = 1; call <= 4; call++) {
        void* block = epode_heap_alloc(test_heap(&once), 5);
        assert_int_equal(block == NULL, call == 2);
        epode_heap_free(test_heap(&once), block, 5);
        block = epode_heap_alloc(test_heap(&always), 5);
        assert_int_equal(block == NULL, call >= 2);
        epode_heap_free(test_heap(&always), block, 5);
    }
    assert_int_equal(once.failed_count, 1);
    assert_int_equal(always.failed_count, 3);
    assert_int_equal(once.most_size, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_come_zeroed_and_aligned),
        cmocka_unit_test(nothing_is_neither_allocated_nor_freed),
        cmocka_unit_test(the_system_heap_behaves_as_realloc),
        cmocka_unit_test(arrays_double_and_keep_their_items),
        cmocka_unit_test(an_array_survives_a_failed_growth),
        cmocka_unit_test(an_array_beyond_all_counts_is_refused),
        cmocka_unit_test(a_failing_heap_fails_once_or_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
