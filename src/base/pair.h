// SPDX-License-Identifier: MIT
// A number as the sum of two doubles, the second a correction of the first: about 106 bits from
// plain + - * /, which is how the elementary functions reach their last bit without a fused
// multiply-add. Only base/math_*.c needs it.
#ifndef EPODE_BASE_PAIR_H
#define EPODE_BASE_PAIR_H

#include "base/bits.h"

typedef struct EpodePair {
    double hi, lo;
} EpodePair;

/// The leading 26 bits of a double; what is left fits 27 bits, so products of such parts are exact.
///
/// Thread:  [any], real-time safe.
static inline double epode_pair_head(double value)
{
    return epode_double_from_bits(epode_double_bits(value) & ~UINT64_C(0x7FFFFFF));
}

/// Exactly a + b, when a is 0 or not smaller in magnitude than b.
///
/// Thread:  [any], real-time safe.
/// Source:  Dekker 1971.
static inline EpodePair epode_pair_add_ordered(double a, double b)
{
    double sum = a + b;
    return (EpodePair){sum, (a - sum) + b};
}

/// Exactly a + b.
///
/// Thread:  [any], real-time safe.
/// Source:  Knuth, The Art of Computer Programming, volume 2, 4.2.2.
static inline EpodePair epode_pair_add(double a, double b)
{
    double sum = a + b;
    double b_seen = sum - a;
    return (EpodePair){sum, (a - (sum - b_seen)) + (b - b_seen)};
}

/// a * b to about 2^-105 of itself, barring underflow.
///
/// Thread:  [any], real-time safe.
/// Source:  Dekker 1971, splitting by a mask instead of a multiplication.
static inline EpodePair epode_pair_multiply(double a, double b)
{
    double product = a * b;
    double a_head = epode_pair_head(a), a_tail = a - a_head;
    double b_head = epode_pair_head(b), b_tail = b - b_head;
    double rest = a_head * b_head - product;
    return (EpodePair){product, ((rest + a_head * b_tail) + a_tail * b_head) + a_tail * b_tail};
}

/// The nearest double.
///
/// Thread:  [any], real-time safe.
static inline double epode_pair_value(EpodePair a)
{
    return a.hi + a.lo;
}

/// The same number with `lo` no more than the rounding of `hi`; |lo| <= |hi| before.
///
/// Thread:  [any], real-time safe.
static inline EpodePair epode_pair_settle(EpodePair a)
{
    return epode_pair_add_ordered(a.hi, a.lo);
}

/// a / b to about 2^-100 of itself, barring underflow.
///
/// Range:   both settled, b not 0.
/// Thread:  [any], real-time safe.
static inline EpodePair epode_pair_divide(EpodePair a, EpodePair b)
{
    double quotient = a.hi / b.hi;
    EpodePair back = epode_pair_multiply(quotient, b.hi);
    double rest = ((a.hi - back.hi) - back.lo) + (a.lo - quotient * b.lo);
    return (EpodePair){quotient, rest / b.hi};
}

#endif
