// SPDX-License-Identifier: MIT
// Texts of statuses, the version, and what happens when an assertion fails. Knows nothing else.
#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

#define TEXT_OF(x) TEXT_OF_(x)
#define TEXT_OF_(x) #x

static EpodeAssertHook assert_hook = NULL;

const char* epode_status_text(EpodeStatus status)
{
    static const char* const texts[EPODE_STATUS_COUNT] = {
        [EPODE_OK] = "success",
        [EPODE_ERR_NO_MEM] = "out of memory",
        [EPODE_ERR_BAD_ARG] = "an argument is outside its documented range",
        [EPODE_ERR_LIMIT] = "a named limit was reached",
        [EPODE_ERR_TEXT] = "the text is not valid",
        [EPODE_ERR_IO] = "reading or writing failed",
        [EPODE_ERR_NOT_FOUND] = "not found",
        [EPODE_ERR_VERSION] = "written in a version or layout that this build does not read",
        [EPODE_ERR_CORRUPT] = "damaged data",
        [EPODE_ERR_SEALED] = "only possible before seal",
        [EPODE_ERR_END] = "nothing more to read",
        [EPODE_ERR_MESSAGE] = "malformed delta or input",
        [EPODE_ERR_DOMAIN] = "the domain may not do this",
        [EPODE_ERR_TEMPORAL] = "a tick that has not happened, or time going back",
        [EPODE_ERR_CONTRACT] = "an invariant was broken and the tick undone",
        [EPODE_ERR_DIVERGED] = "the replay did not match its take",
    };
    if ((int)status < 0 || status >= EPODE_STATUS_COUNT) {
        return "unknown status";
    }
    return texts[status];
}

const char* epode_version(void)
{
    return TEXT_OF(EPODE_VERSION_MAJOR) "." TEXT_OF(EPODE_VERSION_MINOR) "." TEXT_OF(
        EPODE_VERSION_PATCH);
}

void epode_assert_hook_set(EpodeAssertHook hook)
{
    assert_hook = hook;
}

void epode_assert_failed(const char* file, int line, const char* expression)
{
    if (assert_hook != NULL) {
        assert_hook(file, line, expression);
        return;
    }
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expression);
    abort();
}
