// SPDX-License-Identifier: MIT
// Elementary functions with the same bits on every machine and compiler (decision D1). Only
// + - * / and sqrt underneath, no libm, no tables that depend on a build. The bounds are tested
// against MPFR, the bits against a golden hash. A result that is not a number always has the same
// bits too. The sound wing's lane versions are in dsp/.
#ifndef EPODE_BASE_MATH_H
#define EPODE_BASE_MATH_H

#include "base/bits.h"

#define EPODE_PI 3.14159265358979323846

/// Sine and cosine of radians. Error at most 1 ulp however large x is. Not-a-number for infinities
/// and not-a-number.
///
/// Thread:  [any], real-time safe.
/// Source:  argument reduction by Cody and Waite 1980, beyond its reach by Payne and Hanek 1983.
double epode_sin(double x);
double epode_cos(double x);

/// Tangent of radians. Error at most 2 ulp.
///
/// Thread:  [any], real-time safe.
double epode_tan(double x);

/// Arc cosine in radians, [0, pi], for x in [-1, 1], else not-a-number. Error at most 1 ulp.
///
/// Thread:  [any], real-time safe.
double epode_acos(double x);

/// Angle of the point (x, y) in radians, [-pi, pi]. Error at most 1 ulp. Signs of zero as in C.
///
/// Thread:  [any], real-time safe.
double epode_atan2(double y, double x);

/// e^x and e^x - 1. Error at most 1 ulp. Overflow gives infinity, underflow a subnormal or 0.
///
/// Thread:  [any], real-time safe.
double epode_exp(double x);
double epode_expm1(double x);

/// 2^x. Error at most 1 ulp; exact for whole x.
///
/// Thread:  [any], real-time safe.
double epode_exp2(double x);

/// Natural logarithm of x and of 1 + x. Error at most 1 ulp. log(0) is -infinity, of a negative
/// number not-a-number.
///
/// Thread:  [any], real-time safe.
double epode_log(double x);
double epode_log1p(double x);

/// Logarithm to base 2. Error at most 1 ulp; exact for powers of two.
///
/// Thread:  [any], real-time safe.
double epode_log2(double x);

/// x to the power y, special cases as in C17 F.10.4.4. Error at most 1 ulp; exact where the result
/// is a double.
///
/// Thread:  [any], real-time safe.
double epode_pow(double x, double y);

/// Hyperbolic tangent. Error at most 1 ulp.
///
/// Thread:  [any], real-time safe.
double epode_tanh(double x);

/// Square root, correctly rounded by the machine's own instruction. Not-a-number below 0.
///
/// Thread:  [any], real-time safe.
static inline double epode_sqrt(double x)
{
    return x >= 0.0 ? __builtin_sqrt(x) : epode_not_a_number();
}

/// Magnitude: the sign bit cleared.
///
/// Thread:  [any], real-time safe.
static inline double epode_fabs(double x)
{
    return __builtin_fabs(x);
}

/// Greatest whole number that is not above x, and least that is not below. Zeros keep their sign,
/// as in C.
///
/// Thread:  [any], real-time safe.
static inline double epode_floor(double x)
{
    if (!(epode_fabs(x) < 0x1p52)) { // whole, infinite or not a number
        return x;
    }
    double toward_zero = (double)(int64_t)x;
    return __builtin_copysign(toward_zero - (toward_zero > x), x);
}
static inline double epode_ceil(double x)
{
    return -epode_floor(-x);
}

/// Nearest whole number, ties away from zero. Zeros keep their sign.
///
/// Thread:  [any], real-time safe.
static inline double epode_round(double x)
{
    double size = epode_fabs(x);
    double down = epode_floor(size);
    return __builtin_copysign(down + (size - down >= 0.5), x); // size + 0.5 might round up
}

/// floor(a * b / c) without overflow in between, c > 0. The result must fit, else it saturates.
///
/// Thread:  [any], real-time safe.
int64_t epode_muldiv_floor(int64_t a, int64_t b, int64_t c);

/// ceil(a * b / c) without overflow in between, c > 0. The result must fit, else it saturates.
///
/// Thread:  [any], real-time safe.
int64_t epode_muldiv_ceil(int64_t a, int64_t b, int64_t c);

#endif
