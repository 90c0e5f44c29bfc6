// SPDX-License-Identifier: MIT
// Numbers to text and back: known answers, the C library as a reference, and round trips.
#include "test.h"

#include <math.h>

#include "base/number.h"

static double parse(const char* text)
{
    double value = -1;
    size_t used = 0;
    EpodeStatus status = epode_number_parse(text, strlen(text), &value, &used);
    assert_true(status == EPODE_OK || status == EPODE_ERR_LIMIT);
    assert_int_equal(used, strlen(text));
    return value;
}

static void assert_format(double value, const char* expected)
{
    char text[EPODE_NUMBER_TEXT_SIZE];
    size_t size = epode_number_format(value, text);
    assert_string_equal(text, expected);
    assert_int_equal(size, strlen(expected));
}

static void format_gives_shortest_text(void** state)
{
    (void)state;
    assert_format(0.0, "0");
    assert_format(-0.0, "-0");
    assert_format(1.0, "1");
    assert_format(0.7, "0.7");
    assert_format(-2.5, "-2.5");
    assert_format(0.1 + 0.2, "0.30000000000000004");
    assert_format(1e16, "10000000000000000");
    assert_format(1e17, "1e17");
    assert_format(123456789012345678.0, "1.2345678901234568e17");
    assert_format(0.00001, "0.00001");
    assert_format(0.000001, "1e-6");
    assert_format(5e-324, "5e-324");
    assert_format(1.7976931348623157e308, "1.7976931348623157e308");
    assert_format(2.2250738585072014e-308, "2.2250738585072014e-308");
    assert_format(9007199254740993.0, "9007199254740992");
    assert_format(0x1p-44, "5.684341886080802e-14");
    assert_format((double)NAN, "nan");
    assert_format(-(double)INFINITY, "-inf");
}

static void parse_reads_the_grammar(void** state)
{
    (void)state;
    assert_true(parse(".5") == 0.5);
    assert_true(parse("5.") == 5.0);
    assert_true(parse("+3.0") == 3.0);
    assert_true(parse("-1e-3") == -0.001);
    assert_true(parse("1e999") == (double)INFINITY);
    assert_true(parse("-1e999") == -(double)INFINITY);
    assert_true(parse("1e-999") == 0.0);
    assert_true(signbit(parse("-0")));
    assert_true(parse("0e99999999999999999999") == 0.0);
    assert_true(parse("2.4703282292062328e-324") == 5e-324);
    assert_true(parse("2.4703282292062327e-324") == 0.0);
    double value = 7;
    size_t used = 0;
    assert_int_equal(epode_number_parse("-", 1, &value, &used), EPODE_ERR_TEXT);
    assert_int_equal(epode_number_parse(".", 1, &value, &used), EPODE_ERR_TEXT);
    assert_int_equal(epode_number_parse("inf", 3, &value, &used), EPODE_ERR_TEXT);
    assert_int_equal(epode_number_parse("", 0, &value, &used), EPODE_ERR_TEXT);
    assert_true(value == 7);
    assert_int_equal(epode_number_parse("1e+x", 4, &value, &used), EPODE_OK);
    assert_int_equal(used, 1);
    assert_int_equal(epode_number_parse("0x10", 4, &value, &used), EPODE_OK);
    assert_int_equal(used, 1);
}

static void parse_rounds_long_digit_strings(void** state)
{
    (void)state;
    // Just above, at and below the midpoint of 1 and the next double.
    static const char* const midpoint = "1.00000000000000011102230246251565404236316680908203125";
    char text[900];
    assert_true(parse(midpoint) == 1.0);
    snprintf(text, sizeof text, "%s%s", midpoint, "0000000001");
    assert_true(parse(text) == 1.0 + 0x1p-52);
    memset(text, '0', sizeof text);
    memcpy(text, midpoint, strlen(midpoint));
    text[880] = '1';
    text[881] = '\0';
    assert_true(parse(text) == 1.0 + 0x1p-52);
}

static void numbers_agree_with_the_c_library(void** state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = test_random(&seed);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 4 == 1) { // short decimals, the usual case
            value = (double)(int64_t)(bits % 2000001) / 1000.0 - 1000.0;
        }
        if (!isfinite(value)) {
            continue;
        }
        char text[EPODE_NUMBER_TEXT_SIZE];
        size_t size = epode_number_format(value, text);
        double back = 0;
        size_t used = 0;
        assert_int_equal(epode_number_parse(text, size, &back, &used), EPODE_OK);
        assert_int_equal(used, size);
        assert_memory_equal(&back, &value, sizeof value);
        char reference[40];
        for (int digits = 1; digits <= 17; digits++) {
            snprintf(reference, sizeof reference, "%.*e", digits - 1, value);
            if (strtod(reference, NULL) == value) {
                // No shorter text than ours exists.
                int ours = 0;
                for (size_t k = 0; k < size && text[k] != 'e'; k++) {
                    ours += text[k] >= '0' && text[k] <= '9' && !(ours == 0 && text[k] == '0');
                }
                assert_true(ours <= digits || text[size - 1] == '0');
                break;
            }
        }
        snprintf(reference, sizeof reference, "%.*e", (int)(bits % 25), value);
        assert_true(parse(reference) == strtod(reference, NULL));
    }
}

static void integers_stop_at_their_limits(void** state)
{
    (void)state;
    int64_t value = 0;
    assert_int_equal(epode_int_parse("9223372036854775807", 19, &value), EPODE_OK);
    assert_true(value == INT64_MAX);
    assert_int_equal(epode_int_parse("-9223372036854775808", 20, &value), EPODE_OK);
    assert_true(value == INT64_MIN);
    assert_int_equal(epode_int_parse("9223372036854775808", 19, &value), EPODE_ERR_LIMIT);
    assert_int_equal(epode_int_parse("-9223372036854775809", 20, &value), EPODE_ERR_LIMIT);
    assert_int_equal(epode_int_parse("99999999999999999999x", 21, &value), EPODE_ERR_TEXT);
    assert_int_equal(epode_int_parse("", 0, &value), EPODE_ERR_TEXT);
    char text[EPODE_NUMBER_TEXT_SIZE];
    epode_int_format(INT64_MIN, text);
    assert_string_equal(text, "-9223372036854775808");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_gives_shortest_text),
        cmocka_unit_test(parse_reads_the_grammar),
        cmocka_unit_test(parse_rounds_long_digit_strings),
        cmocka_unit_test(numbers_agree_with_the_c_library),
        cmocka_unit_test(integers_stop_at_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
