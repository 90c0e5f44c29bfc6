// SPDX-License-Identifier: MIT
// Assertions and the early return. EPODE_ASSERT stays on in release builds; EPODE_ASSERT_HOT is for
// inner loops and is compiled out when NDEBUG is defined.
#ifndef EPODE_BASE_CHECK_H
#define EPODE_BASE_CHECK_H

#include "epode/base.h"

/// Reports a failed assertion to the host's hook; returns only if the hook does.
///
/// Thread:  [any].
void epode_assert_failed(const char* file, int line, const char* expression);

#define EPODE_ASSERT(condition)                                                                    \
    do {                                                                                           \
        if (__builtin_expect(!(condition), 0)) {                                                   \
            epode_assert_failed(__FILE__, __LINE__, #condition);                                   \
        }                                                                                          \
    } while (0)

#ifdef NDEBUG
#define EPODE_ASSERT_HOT(condition) ((void)0)
#else
#define EPODE_ASSERT_HOT(condition) EPODE_ASSERT(condition)
#endif

/// Returns from the caller with the status of `call` unless it is EPODE_OK.
#define EPODE_TRY(call)                                                                            \
    do {                                                                                           \
        EpodeStatus epode_try_status_ = (call);                                                    \
        if (epode_try_status_ != EPODE_OK) {                                                       \
            return epode_try_status_;                                                              \
        }                                                                                          \
    } while (0)

#define EPODE_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

// Canonical bytes are little-endian, and arrays of state are hashed in place.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "Epode needs a little-endian machine");

#endif
