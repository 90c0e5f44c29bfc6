// SPDX-License-Identifier: MIT
// Products and quotients of integers that need 128 bits on the way.
#include "base/math.h"

#include "base/check.h"

__extension__ typedef __int128 Wide;

static int64_t saturate(Wide value)
{
    return value > INT64_MAX ? INT64_MAX : value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

int64_t epode_muldiv_floor(int64_t a, int64_t b, int64_t c)
{
    EPODE_ASSERT(c > 0);
    Wide product = (Wide)a * b;
    Wide quotient = product / c;
    return saturate(quotient - (product % c < 0));
}

int64_t epode_muldiv_ceil(int64_t a, int64_t b, int64_t c)
{
    EPODE_ASSERT(c > 0);
    Wide product = (Wide)a * b;
    Wide quotient = product / c;
    return saturate(quotient + (product % c > 0));
}
