// SPDX-License-Identifier: MIT
// A double seen as its 64 bits. Knows nothing else.
#ifndef EPODE_BASE_BITS_H
#define EPODE_BASE_BITS_H

#include <float.h>
#include <stdint.h>
#include <string.h>

// Every intermediate result must be a double, or equal bits are not to be had (no x87).
_Static_assert(FLT_EVAL_METHOD == 0, "Epode needs double arithmetic without excess precision");

/// The IEEE bits of a double.
///
/// Thread:  [any], real-time safe.
static inline uint64_t epode_double_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// The double of some IEEE bits.
///
/// Thread:  [any], real-time safe.
static inline double epode_double_from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/// The one not-a-number that Epode computes: machines differ in the sign of theirs.
///
/// Thread:  [any], real-time safe.
static inline double epode_not_a_number(void)
{
    return epode_double_from_bits(UINT64_C(0x7FF8000000000000));
}

#endif
