// SPDX-License-Identifier: MIT
// The first difference of two takes: which record, which tick, which byte.
#include "sample.h"

#include "take/diff.h"

static EpodeTakeDiff diff_of(EpodeTakeReader* a, EpodeTakeReader* b, const Sink* left,
                             const Sink* right, uint32_t kinds)
{
    EpodeTakeDiff diff;
    assert_int_equal(epode_take_reader_init(a, left->bytes, left->size), EPODE_OK);
    assert_int_equal(epode_take_reader_init(b, right->bytes, right->size), EPODE_OK);
    assert_int_equal(epode_take_diff(a, b, kinds, &diff), EPODE_OK);
    return diff;
}

static void takes_that_batched_differently_are_equal(void** state)
{
    (void)state;
    unsigned char a_bytes[SAMPLE_SIZE];
    unsigned char b_bytes[SAMPLE_SIZE];
    Sink a = {.bytes = a_bytes, .size = sample_write(a_bytes, 1)};
    Sink b = {.bytes = b_bytes, .size = sample_write(b_bytes, 32)};
    assert_true(a.size > b.size);
    EpodeTakeReader left;
    EpodeTakeReader right;
    assert_true(diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL).is_equal);
    assert_true(epode_take_reader_is_sealed(&left) && epode_take_reader_is_sealed(&right));
}

static void the_first_differing_byte_is_named(void** state)
{
    (void)state;
    for (int which = 0; which < 3; which++) {
        unsigned char bytes[2][SAMPLE_SIZE];
        Sink sinks[2];
        for (int side = 0; side < 2; side++) {
            sinks[side] = (Sink){.bytes = bytes[side], .capacity = SAMPLE_SIZE};
            EpodeTakeWriter* writer = sample_begin(&sinks[side], 8);
            for (int64_t tick = 0; tick < 21; tick++) {
                sample_push(writer, tick);
            }
            EpodeTakeHashes hashes = sample_hashes(21);
            hashes.state ^= which == 0 && side == 1 ? UINT64_C(0xFF00) : 0;
            hashes.tasks ^= which == 1 && side == 1 ? 1 : 0;
            const char* inputs = which == 2 && side == 1 ? "left and" : "left";
            assert_int_equal(
                epode_take_writer_push(writer, EPODE_TAKE_INPUTS, 21, inputs, strlen(inputs)),
                EPODE_OK);
            assert_int_equal(epode_take_writer_push_tick(writer, 21, hashes), EPODE_OK);
            assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
            epode_take_writer_destroy(writer);
        }
        EpodeTakeReader left;
        EpodeTakeReader right;
        EpodeTakeDiff diff = diff_of(&left, &right, &sinks[0], &sinks[1], EPODE_TAKE_KINDS_ALL);
        assert_false(diff.is_equal);
        assert_int_equal(diff.tick, 21);
        assert_int_equal(diff.a.kind, which == 2 ? EPODE_TAKE_INPUTS : EPODE_TAKE_TICK);
        assert_int_equal(diff.b.kind, diff.a.kind);
        assert_int_equal(diff.byte_index, which == 0 ? 1 : which == 1 ? 8 : 4);
        assert_int_equal(bytes[0][diff.a.offset], diff.a.bytes[0]);
    }
}

static void a_take_that_stops_early_differs_there(void** state)
{
    (void)state;
    unsigned char a_bytes[SAMPLE_SIZE];
    unsigned char b_bytes[SAMPLE_SIZE];
    Sink a = {.bytes = a_bytes, .size = sample_write(a_bytes, 1)};
    Sink b = {.bytes = b_bytes, .size = a.size};
    memcpy(b_bytes, a_bytes, a.size);
    b.size -= 60; // into the last tick, before the end
    EpodeTakeReader left;
    EpodeTakeReader right;
    EpodeTakeDiff diff = diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL);
    assert_false(diff.is_equal);
    assert_int_equal(diff.tick, SAMPLE_TICKS - 1);
    assert_int_equal(diff.a.kind, EPODE_TAKE_TICK);
    assert_int_equal(diff.b.kind, EPODE_TAKE_NONE);
    diff = diff_of(&left, &right, &b, &a, EPODE_TAKE_KINDS_ALL);
    assert_int_equal(diff.a.kind, EPODE_TAKE_NONE);
    assert_int_equal(diff.tick, SAMPLE_TICKS - 1);
}

static void kinds_that_do_not_matter_are_passed_over(void** state)
{
    (void)state;
    unsigned char a_bytes[SAMPLE_SIZE];
    unsigned char b_bytes[SAMPLE_SIZE];
    Sink a = {.bytes = a_bytes, .size = sample_write(a_bytes, 8)};
    Sink b = {.bytes = b_bytes, .capacity = sizeof b_bytes};
    EpodeTakeWriter* writer = sample_begin(&b, 8);
    for (int64_t tick = 0; tick < SAMPLE_TICKS; tick++) {
        assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, tick, "", 0), EPODE_OK);
        assert_int_equal(epode_take_writer_push_tick(writer, tick, sample_hashes(tick)), EPODE_OK);
    }
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    epode_take_writer_destroy(writer);
    EpodeTakeReader left;
    EpodeTakeReader right;
    assert_true(diff_of(&left, &right, &a, &b, EPODE_TAKE_KIND_BIT(EPODE_TAKE_TICK)).is_equal);
    EpodeTakeDiff diff = diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL);
    assert_false(diff.is_equal);
    assert_int_equal(diff.tick, 0);
    assert_int_equal(diff.a.kind, EPODE_TAKE_INPUTS);
    assert_int_equal(diff.b.kind, EPODE_TAKE_NOTE);
}

static Sink write_one(unsigned char* bytes, EpodeTakeKind kind, int64_t tick)
{
    Sink sink = {.bytes = bytes, .capacity = SAMPLE_SIZE};
    EpodeTakeWriter* writer = sample_begin(&sink, 8);
    assert_int_equal(epode_take_writer_push(writer, kind, tick, "x", 1), EPODE_OK);
    epode_take_writer_destroy(writer);
    return sink;
}

static void equal_bytes_of_another_kind_or_tick_differ(void** state)
{
    (void)state;
    unsigned char a_bytes[SAMPLE_SIZE];
    unsigned char b_bytes[SAMPLE_SIZE];
    Sink a = write_one(a_bytes, EPODE_TAKE_TASKS, 5);
    Sink b = write_one(b_bytes, EPODE_TAKE_NOTE, 5);
    EpodeTakeReader left;
    EpodeTakeReader right;
    assert_false(diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL).is_equal);
    b = write_one(b_bytes, EPODE_TAKE_TASKS, 4);
    EpodeTakeDiff diff = diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL);
    assert_false(diff.is_equal);
    assert_int_equal(diff.tick, 4);
    assert_int_equal(diff.a.tick, 5);
    b = write_one(b_bytes, EPODE_TAKE_TASKS, 5);
    assert_true(diff_of(&left, &right, &a, &b, EPODE_TAKE_KINDS_ALL).is_equal);
}

static void a_damaged_take_cannot_be_compared(void** state)
{
    (void)state;
    unsigned char a_bytes[SAMPLE_SIZE];
    unsigned char b_bytes[SAMPLE_SIZE];
    size_t size = sample_write(a_bytes, 8);
    sample_write(b_bytes, 8);
    b_bytes[size / 2] ^= 4;
    EpodeTakeReader a;
    EpodeTakeReader b;
    EpodeTakeDiff diff;
    assert_int_equal(epode_take_reader_init(&a, a_bytes, size), EPODE_OK);
    assert_int_equal(epode_take_reader_init(&b, b_bytes, size), EPODE_OK);
    assert_int_equal(epode_take_diff(&a, &b, EPODE_TAKE_KINDS_ALL, &diff), EPODE_ERR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_that_batched_differently_are_equal),
        cmocka_unit_test(the_first_differing_byte_is_named),
        cmocka_unit_test(a_take_that_stops_early_differs_there),
        cmocka_unit_test(kinds_that_do_not_matter_are_passed_over),
        cmocka_unit_test(equal_bytes_of_another_kind_or_tick_differ),
        cmocka_unit_test(a_damaged_take_cannot_be_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
