// SPDX-License-Identifier: MIT
// Growing texts, JSON strings, and the distance between names.
#include "test.h"
#include "test_heap.h"

#include "base/text.h"

static void puts_add_up(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, test_heap(&counter));
    assert_null(buffer.bytes);
    epode_text_puts(&buffer, "a");
    epode_text_putc(&buffer, '=');
    epode_text_put_number(&buffer, 0.1);
    epode_text_putc(&buffer, ' ');
    epode_text_put_int(&buffer, INT64_MIN);
    epode_text_put(&buffer, (EpodeText){"xyz", 2});
    epode_text_puts(&buffer, "");
    epode_text_putf(&buffer, " %s|%4d|%x|%zu", "text", -5, 255U, (size_t)7);
    assert_int_equal(buffer.status, EPODE_OK);
    assert_string_equal(buffer.bytes, "a=0.1 -9223372036854775808xy text|  -5|ff|7");
    assert_int_equal(buffer.size, strlen(buffer.bytes));
    epode_text_buffer_finish(&buffer);
    test_heap_assert_empty(&counter);
}

static void a_cleared_buffer_keeps_its_memory(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, test_heap(&counter));
    epode_text_puts(&buffer, "some words");
    size_t calls = counter.call_count;
    epode_text_buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_string_equal(buffer.bytes, "");
    epode_text_puts(&buffer, "others");
    assert_string_equal(buffer.bytes, "others");
    assert_int_equal(counter.call_count, calls);
    epode_text_buffer_finish(&buffer);
    test_heap_assert_empty(&counter);
}

static void a_buffer_grows_by_doubling(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, test_heap(&counter));
    for (int i = 0; i < 100000; i++) {
        epode_text_putc(&buffer, (char)('a' + i % 26));
    }
    assert_int_equal(buffer.size, 100000);
    assert_true(counter.call_count <= 12);
    for (int i = 0; i < 100000; i++) {
        assert_int_equal(buffer.bytes[i], 'a' + i % 26);
    }
    epode_text_buffer_finish(&buffer);
    test_heap_assert_empty(&counter);
}

static void the_terminator_always_has_room(void** state)
{
    (void)state;
    for (int size = 1; size < 300; size++) {
        TestHeap counter = {0};
        EpodeTextBuffer buffer;
        epode_text_buffer_init(&buffer, test_heap(&counter));
        epode_text_putf(&buffer, "%*s", size, "");
        assert_true(buffer.size < buffer.capacity);
        assert_int_equal(buffer.bytes[buffer.size], 0);
        epode_text_buffer_finish(&buffer); // where the heap looks behind the block
    }
}

static void the_first_failure_is_kept_and_the_text_stays(void** state)
{
    (void)state;
    TestHeap counter = {.fail_at = 2};
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, test_heap(&counter));
    epode_text_puts(&buffer, "kept");
    epode_text_putf(&buffer, "%*s", 200, "");
    assert_int_equal(buffer.status, EPODE_ERR_NO_MEM);
    epode_text_puts(&buffer, "ignored");
    assert_string_equal(buffer.bytes, "kept");
    epode_text_buffer_clear(&buffer);
    epode_text_putf(&buffer, "%*s", 200, "");
    assert_int_equal(buffer.status, EPODE_OK);
    assert_int_equal(buffer.size, 200);
    epode_text_buffer_finish(&buffer);
    test_heap_assert_empty(&counter);
}

static void an_impossible_size_is_a_limit(void** state)
{
    (void)state;
    TestHeap counter = {0};
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, test_heap(&counter));
    epode_text_put(&buffer, (EpodeText){"", SIZE_MAX});
    assert_int_equal(buffer.status, EPODE_ERR_LIMIT);
    assert_int_equal(counter.call_count, 0);
    epode_text_buffer_finish(&buffer);
}

static void assert_json(const char* bytes, size_t size, const char* expected)
{
    EpodeTextBuffer buffer;
    epode_text_buffer_init(&buffer, epode_heap_system());
    epode_text_put_json(&buffer, (EpodeText){bytes, size});
    assert_int_equal(buffer.status, EPODE_OK);
    assert_string_equal(buffer.bytes, expected);
    epode_text_buffer_finish(&buffer);
}

static void json_escapes_what_it_must(void** state)
{
    (void)state;
    assert_json("", 0, "\"\"");
    assert_json("a\"b\\c/", 6, "\"a\\\"b\\\\c/\"");
    assert_json("\n\t\r\0\x1F\x7F", 6, "\"\\n\\t\\u000d\\u0000\\u001f\\u007f\"");
}

static void json_keeps_utf8_and_replaces_what_is_none(void** state)
{
    (void)state;
    assert_json("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\xAD", 9,
                "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\xAD\"");
    static const char* const wrong[] = {
        "\x80",             // continuation alone
        "\xC3",             // cut off
        "\xC0\xAF",         // overlong
        "\xE0\x9F\xBF",     // overlong
        "\xED\xA0\x80",     // surrogate
        "\xF4\x90\x80\x80", // beyond the last code point
        "\xFF",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char expected[64] = "\"";
        for (size_t k = 0; k < strlen(wrong[i]); k++) {
            strcat(expected, "\\ufffd"); // one for each byte
        }
        strcat(expected, "\"");
        assert_json(wrong[i], strlen(wrong[i]), expected);
    }
}

// The definition, by recursion.
static uint32_t slow_distance(EpodeText a, EpodeText b)
{
    if (a.size == 0 || b.size == 0) {
        return (uint32_t)(a.size + b.size);
    }
    EpodeText a_rest = {a.bytes + 1, a.size - 1};
    EpodeText b_rest = {b.bytes + 1, b.size - 1};
    uint32_t best = slow_distance(a_rest, b_rest) + (a.bytes[0] != b.bytes[0]);
    uint32_t without_a = slow_distance(a_rest, b) + 1;
    uint32_t without_b = slow_distance(a, b_rest) + 1;
    best = without_a < best ? without_a : best;
    return without_b < best ? without_b : best;
}

static void distances_follow_the_definition(void** state)
{
    (void)state;
    uint64_t seed = 8;
    for (int i = 0; i < 400; i++) {
        char a[8], b[8];
        EpodeText first = {a, (size_t)(test_random(&seed) % 7)};
        EpodeText second = {b, (size_t)(test_random(&seed) % 7)};
        for (int k = 0; k < 8; k++) {
            a[k] = (char)('a' + test_random(&seed) % 3);
            b[k] = (char)('a' + test_random(&seed) % 3);
        }
        uint32_t expected = slow_distance(first, second);
        assert_int_equal(epode_text_distance(first, second, 10), expected);
        assert_int_equal(epode_text_distance(first, second, 2), expected > 2 ? 3 : expected);
    }
}

static void long_names_are_simply_far(void** state)
{
    (void)state;
    char longest[64];
    memset(longest, 'a', sizeof longest);
    EpodeText allowed = {longest, 63};
    EpodeText beyond = {longest, 64};
    assert_int_equal(epode_text_distance(allowed, allowed, 2), 0);
    assert_int_equal(epode_text_distance(beyond, beyond, 2), 3);
    assert_int_equal(epode_text_distance(epode_text(""), allowed, 100), 63);
}

static void texts_compare_by_their_bytes(void** state)
{
    (void)state;
    assert_true(epode_text_is(epode_text("abc"), (EpodeText){"abcd", 3}));
    assert_false(epode_text_is(epode_text("abc"), epode_text("abd")));
    assert_false(epode_text_is(epode_text("abc"), epode_text("ab")));
    assert_true(epode_text_is(epode_text(NULL), epode_text("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_add_up),
        cmocka_unit_test(a_cleared_buffer_keeps_its_memory),
        cmocka_unit_test(a_buffer_grows_by_doubling),
        cmocka_unit_test(the_terminator_always_has_room),
        cmocka_unit_test(the_first_failure_is_kept_and_the_text_stays),
        cmocka_unit_test(an_impossible_size_is_a_limit),
        cmocka_unit_test(json_escapes_what_it_must),
        cmocka_unit_test(json_keeps_utf8_and_replaces_what_is_none),
        cmocka_unit_test(distances_follow_the_definition),
        cmocka_unit_test(long_names_are_simply_far),
        cmocka_unit_test(texts_compare_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
