// SPDX-License-Identifier: MIT
// Canonical bytes: what is put comes back, nothing is read beyond the end, errors stick.
#include "test.h"

#include "take/bytes.h"

static void put_everything(EpodeBytesOut* out)
{
    epode_bytes_put_u8(out, 0xFE);
    epode_bytes_put_u16(out, 0x1234);
    epode_bytes_put_u32(out, 0xDEADBEEF);
    epode_bytes_put_u64(out, UINT64_C(0x0102030405060708));
    epode_bytes_put_i64(out, -2);
    epode_bytes_put_f64(out, -0.0);
    epode_bytes_put_text(out, epode_text("Epode"));
    epode_bytes_put_text(out, epode_text(""));
}

enum { EVERYTHING_SIZE = 1 + 2 + 4 + 8 + 8 + 8 + 4 + 5 + 4 };

static void what_is_put_comes_back(void** state)
{
    (void)state;
    unsigned char bytes[64];
    EpodeBytesOut out = epode_bytes_out(bytes, sizeof bytes);
    put_everything(&out);
    assert_int_equal(out.status, EPODE_OK);
    assert_int_equal(out.size, EVERYTHING_SIZE);

    EpodeBytesIn in = epode_bytes_in(bytes, out.size);
    assert_int_equal(epode_bytes_get_u8(&in), 0xFE);
    assert_int_equal(epode_bytes_get_u16(&in), 0x1234);
    assert_int_equal(epode_bytes_get_u32(&in), 0xDEADBEEF);
    assert_true(epode_bytes_get_u64(&in) == UINT64_C(0x0102030405060708));
    assert_true(epode_bytes_get_i64(&in) == -2);
    double zero = epode_bytes_get_f64(&in);
    assert_true(zero == 0.0 && 1.0 / zero < 0.0);
    assert_true(epode_text_is(epode_bytes_get_text(&in), epode_text("Epode")));
    assert_true(epode_bytes_is_more(&in));
    assert_true(epode_text_is(epode_bytes_get_text(&in), epode_text("")));
    assert_false(epode_bytes_is_more(&in));
    assert_int_equal(epode_bytes_in_finish(&in), EPODE_OK);
}

static void bytes_are_little_endian(void** state)
{
    (void)state;
    unsigned char bytes[8];
    EpodeBytesOut out = epode_bytes_out(bytes, sizeof bytes);
    epode_bytes_put_u16(&out, 0x0201);
    epode_bytes_put_u32(&out, 0x06050403);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(bytes[i], i + 1);
    }
}

static void an_output_that_is_too_small_counts_on(void** state)
{
    (void)state;
    for (size_t capacity = 0; capacity <= EVERYTHING_SIZE; capacity++) {
        unsigned char bytes[EVERYTHING_SIZE + 1];
        memset(bytes, 0xAA, sizeof bytes);
        EpodeBytesOut out = epode_bytes_out(bytes, capacity);
        put_everything(&out);
        assert_int_equal(out.size, EVERYTHING_SIZE);
        assert_int_equal(out.status, capacity < EVERYTHING_SIZE ? EPODE_ERR_LIMIT : EPODE_OK);
        assert_int_equal(bytes[capacity], 0xAA);
    }
    EpodeBytesOut none = epode_bytes_out(NULL, 0);
    put_everything(&none);
    assert_int_equal(none.size, EVERYTHING_SIZE);
}

static void an_input_that_is_too_short_gives_zeros(void** state)
{
    (void)state;
    unsigned char bytes[EVERYTHING_SIZE];
    EpodeBytesOut out = epode_bytes_out(bytes, sizeof bytes);
    put_everything(&out);
    for (size_t size = 0; size < EVERYTHING_SIZE; size++) {
        EpodeBytesIn in = epode_bytes_in(bytes, size);
        epode_bytes_get_u8(&in);
        epode_bytes_get_u16(&in);
        epode_bytes_get_u32(&in);
        epode_bytes_get_u64(&in);
        epode_bytes_get_i64(&in);
        epode_bytes_get_f64(&in);
        epode_bytes_get_text(&in);
        epode_bytes_get_text(&in);
        assert_int_equal(in.status, EPODE_ERR_CORRUPT);
        assert_int_equal(epode_bytes_get_u8(&in), 0);
        assert_int_equal(epode_bytes_get_text(&in).size, 0);
        assert_false(epode_bytes_is_more(&in));
        assert_int_equal(epode_bytes_in_finish(&in), EPODE_ERR_CORRUPT);
    }
}

static void bytes_left_over_are_an_error(void** state)
{
    (void)state;
    EpodeBytesIn in = epode_bytes_in("ab", 2);
    epode_bytes_get_u8(&in);
    assert_int_equal(epode_bytes_in_finish(&in), EPODE_ERR_CORRUPT);
    epode_bytes_get_u8(&in);
    assert_int_equal(epode_bytes_in_finish(&in), EPODE_OK);
}

static void an_error_sticks_though_later_bytes_are_there(void** state)
{
    (void)state;
    EpodeBytesIn in = epode_bytes_in("abc", 3);
    assert_int_equal(epode_bytes_get_u64(&in), 0);
    assert_int_equal(epode_bytes_get_u8(&in), 0);
    assert_int_equal(in.at, 0);
}

static void a_text_may_not_reach_beyond_its_input(void** state)
{
    (void)state;
    const unsigned char lying[] = {0xFF, 0xFF, 0xFF, 0xFF, 'a'};
    EpodeBytesIn in = epode_bytes_in(lying, sizeof lying);
    assert_int_equal(epode_bytes_get_text(&in).size, 0);
    assert_int_equal(in.status, EPODE_ERR_CORRUPT);
}

static void sections_nest_and_unknown_ones_are_passed_over(void** state)
{
    (void)state;
    unsigned char bytes[64];
    EpodeBytesOut out = epode_bytes_out(bytes, sizeof bytes);
    size_t outer = epode_bytes_begin_section(&out, 7);
    size_t inner = epode_bytes_begin_section(&out, 9);
    epode_bytes_put_u32(&out, 42);
    epode_bytes_end_section(&out, inner);
    epode_bytes_end_section(&out, outer);
    size_t empty = epode_bytes_begin_section(&out, 8);
    epode_bytes_end_section(&out, empty);
    assert_int_equal(out.size, 6 + 6 + 4 + 6);

    EpodeBytesIn in = epode_bytes_in(bytes, out.size);
    uint16_t tag = 0;
    EpodeBytesIn content = epode_bytes_get_section(&in, &tag);
    assert_int_equal(tag, 7);
    EpodeBytesIn core = epode_bytes_get_section(&content, &tag);
    assert_int_equal(tag, 9);
    assert_int_equal(epode_bytes_get_u32(&core), 42);
    assert_int_equal(epode_bytes_in_finish(&core), EPODE_OK);
    content = epode_bytes_get_section(&in, &tag);
    assert_int_equal(tag, 8);
    assert_false(epode_bytes_is_more(&content));
    assert_int_equal(epode_bytes_in_finish(&in), EPODE_OK);

    for (size_t size = 0; size < out.size; size++) {
        EpodeBytesIn cut = epode_bytes_in(bytes, size);
        while (epode_bytes_is_more(&cut)) {
            epode_bytes_get_section(&cut, &tag);
        }
        assert_int_equal(epode_bytes_in_finish(&cut),
                         size == 0 || size == 16 ? EPODE_OK : EPODE_ERR_CORRUPT);
    }
}

static void a_section_that_does_not_fit_is_only_counted(void** state)
{
    (void)state;
    EpodeBytesOut out = epode_bytes_out(NULL, 0);
    size_t mark = epode_bytes_begin_section(&out, 1);
    epode_bytes_put_u64(&out, 1);
    epode_bytes_end_section(&out, mark);
    assert_int_equal(out.status, EPODE_ERR_LIMIT);
    assert_int_equal(out.size, 14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_back),
        cmocka_unit_test(bytes_are_little_endian),
        cmocka_unit_test(an_output_that_is_too_small_counts_on),
        cmocka_unit_test(an_input_that_is_too_short_gives_zeros),
        cmocka_unit_test(bytes_left_over_are_an_error),
        cmocka_unit_test(an_error_sticks_though_later_bytes_are_there),
        cmocka_unit_test(a_text_may_not_reach_beyond_its_input),
        cmocka_unit_test(sections_nest_and_unknown_ones_are_passed_over),
        cmocka_unit_test(a_section_that_does_not_fit_is_only_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
