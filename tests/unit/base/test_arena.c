// SPDX-License-Identifier: MIT
// The arena: alignment, zeroes, growth, exhaustion, and that nothing comes out after seal.
#include "test_assert.h"
#include "test_heap.h"

#include "base/arena.h"

typedef struct Fixture {
    TestHeap counter;
    EpodeArena arena;
} Fixture;

static void fixture_init(Fixture* fixture)
{
    fixture->counter = (TestHeap){0};
    epode_arena_init(&fixture->arena, test_heap(&fixture->counter));
}

static void fixture_finish(Fixture* fixture)
{
    epode_arena_finish(&fixture->arena);
    test_heap_assert_empty(&fixture->counter);
}

static int is_zero(const unsigned char* bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return 0;
        }
    }
    return 1;
}

static void an_unused_arena_allocates_nothing(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    assert_int_equal(f.counter.call_count, 0);
    fixture_finish(&f);
    epode_arena_finish(&f.arena); // twice is allowed
}

static void blocks_are_zeroed_aligned_and_apart(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    enum { BLOCKS = 500 };
    unsigned char* blocks[BLOCKS];
    size_t sizes[BLOCKS];
    uint64_t seed = 9;
    for (int i = 0; i < BLOCKS; i++) {
        sizes[i] = (size_t)(test_random(&seed) % (i % 50 == 0 ? 20000 : 200)) + 1;
        blocks[i] = epode_arena_alloc(&f.arena, sizes[i]);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % (sizes[i] >= 64 ? 64 : 16), 0);
        assert_true(is_zero(blocks[i], sizes[i]));
        memset(blocks[i], i & 0xFF, sizes[i]);
    }
    for (int i = 0; i < BLOCKS; i++) {
        for (size_t k = 0; k < sizes[i]; k++) {
            assert_int_equal(blocks[i][k], i & 0xFF);
        }
    }
    assert_int_equal(f.arena.total_size, f.counter.live_size);
    fixture_finish(&f);
}

static void many_small_blocks_take_few_calls(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    for (int i = 0; i < 100000; i++) {
        assert_non_null(epode_arena_alloc(&f.arena, 16));
    }
    assert_true(f.counter.call_count < 12);
    assert_true(f.counter.live_size < 4 * 100000 * 16);
    fixture_finish(&f);
}

static void impossible_sizes_are_refused(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    assert_null(epode_arena_alloc(&f.arena, SIZE_MAX));
    assert_null(epode_arena_alloc(&f.arena, SIZE_MAX - 64));
    assert_null(epode_arena_array(&f.arena, SIZE_MAX / 8 + 2, 8));
    assert_null(epode_arena_text(&f.arena, "", SIZE_MAX));
    assert_int_equal(f.counter.call_count, 0);
    assert_non_null(epode_arena_alloc(&f.arena, 8));
    fixture_finish(&f);
}

static void arrays_have_room_for_all_items(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    uint64_t* items = epode_arena_array(&f.arena, 1000, sizeof *items);
    assert_non_null(items);
    assert_true(is_zero((const unsigned char*)items, 1000 * sizeof *items));
    items[999] = 1;
    assert_non_null(epode_arena_array(&f.arena, 0, 8));
    assert_non_null(epode_arena_array(&f.arena, 8, 0));
    fixture_finish(&f);
}

static void texts_are_copied_and_terminated(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    char source[] = "abcdef";
    char* copy = epode_arena_text(&f.arena, source, 3);
    source[0] = 'x';
    assert_string_equal(copy, "abc");
    assert_string_equal(epode_arena_text(&f.arena, NULL, 0), "");
    char* filled = epode_arena_text(&f.arena, "0123456789abcdef", 16);
    memset(epode_arena_alloc(&f.arena, 16), 'x', 16);
    assert_string_equal(filled, "0123456789abcdef");
    assert_memory_equal(epode_arena_text(&f.arena, "a\0b", 3), "a\0b", 4);
    fixture_finish(&f);
}

static void a_failed_call_leaves_the_arena_usable(void** state)
{
    (void)state;
    for (size_t fail_at = 1; fail_at < 8; fail_at++) {
        Fixture f;
        fixture_init(&f);
        f.counter.fail_at = fail_at;
        int failed_count = 0;
        for (int i = 0; i < 200; i++) {
            unsigned char* block = epode_arena_alloc(&f.arena, 1000);
            failed_count += block == NULL;
            assert_true(block == NULL || is_zero(block, 1000));
        }
        assert_int_equal(failed_count, f.counter.failed_count);
        fixture_finish(&f);
    }
}

static void a_sealed_arena_hands_out_nothing(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f);
    assert_non_null(epode_arena_alloc(&f.arena, 1));
    epode_arena_seal(&f.arena);
    expect_assert_failure(epode_arena_alloc(&f.arena, 1));
    expect_assert_failure(epode_arena_text(&f.arena, "a", 1));
    fixture_finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unused_arena_allocates_nothing),
        cmocka_unit_test(blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(many_small_blocks_take_few_calls),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(arrays_have_room_for_all_items),
        cmocka_unit_test(texts_are_copied_and_terminated),
        cmocka_unit_test(a_failed_call_leaves_the_arena_usable),
        cmocka_unit_test_setup_teardown(a_sealed_arena_hands_out_nothing, test_assert_setup,
                                        test_assert_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
