// SPDX-License-Identifier: MIT
// Every status has its own sentence, and a failed assertion reaches the host's hook.
#include "test_assert.h"

#include "base/check.h"

static void every_status_has_its_own_sentence(void** state)
{
    (void)state;
    for (int a = 0; a < EPODE_STATUS_COUNT; a++) {
        const char* text = epode_status_text((EpodeStatus)a);
        assert_non_null(text);
        assert_true(strlen(text) > 0);
        assert_string_not_equal(text, "unknown status");
        for (int b = 0; b < a; b++) {
            assert_string_not_equal(text, epode_status_text((EpodeStatus)b));
        }
    }
    assert_string_equal(epode_status_text(EPODE_STATUS_COUNT), "unknown status");
    assert_string_equal(epode_status_text((EpodeStatus)-1), "unknown status");
    assert_string_equal(epode_status_text((EpodeStatus)1000), "unknown status");
}

static void the_version_is_that_of_the_header(void** state)
{
    (void)state;
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", EPODE_VERSION_MAJOR, EPODE_VERSION_MINOR,
             EPODE_VERSION_PATCH);
    assert_string_equal(epode_version(), expected);
}

static EpodeStatus try_then_reach(EpodeStatus first, int* reached)
{
    EPODE_TRY(first);
    *reached = 1;
    return EPODE_OK;
}

static void try_returns_the_first_failure(void** state)
{
    (void)state;
    int reached = 0;
    assert_int_equal(try_then_reach(EPODE_ERR_IO, &reached), EPODE_ERR_IO);
    assert_int_equal(reached, 0);
    assert_int_equal(try_then_reach(EPODE_OK, &reached), EPODE_OK);
    assert_int_equal(reached, 1);
}

static const char* seen_expression;
static int seen_line;

static void remember(const char* file, int line, const char* expression)
{
    (void)file;
    seen_line = line;
    seen_expression = expression;
}

static void a_failed_assertion_reaches_the_hook(void** state)
{
    (void)state;
    epode_assert_hook_set(remember);
    seen_expression = NULL;
    EPODE_ASSERT(1 + 1 == 2);
    assert_null(seen_expression);
    int line = __LINE__ + 1;
    EPODE_ASSERT(1 + 1 == 3);
    assert_string_equal(seen_expression, "1 + 1 == 3");
    assert_int_equal(seen_line, line);
    epode_assert_hook_set(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_sentence),
        cmocka_unit_test(the_version_is_that_of_the_header),
        cmocka_unit_test(try_returns_the_first_failure),
        cmocka_unit_test(a_failed_assertion_reaches_the_hook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
