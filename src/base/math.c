// SPDX-License-Identifier: MIT
// The exact operations of base/math.h: one instruction or integer arithmetic.
#include "base/math.h"

#include <math.h>

#include "base/check.h"

__extension__ typedef __int128 Wide;

double epode_sqrt(double x)
{
    return sqrt(x);
}

double epode_floor(double x)
{
    return floor(x);
}

double epode_ceil(double x)
{
    return ceil(x);
}

double epode_fabs(double x)
{
    return fabs(x);
}

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
