// SPDX-License-Identifier: MIT
// Lets a test see that the library refuses wrong use: while the hook is set, a failed EPODE_ASSERT
// ends the call instead of the process, and `expect_assert_failure(call)` wants exactly that.
#ifndef EPODE_TESTS_SUPPORT_TEST_ASSERT_H
#define EPODE_TESTS_SUPPORT_TEST_ASSERT_H

#include "test.h"

#include "epode/base.h"

static inline void test_assert_hook(const char* file, int line, const char* expression)
{
    mock_assert(0, expression, file, line);
}

// To be given to cmocka as setup and teardown of a test that uses `expect_assert_failure`.
static inline int test_assert_setup(void** state)
{
    (void)state;
    epode_assert_hook_set(test_assert_hook);
    return 0;
}

static inline int test_assert_teardown(void** state)
{
    (void)state;
    epode_assert_hook_set(NULL);
    return 0;
}

#endif
