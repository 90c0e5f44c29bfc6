// SPDX-License-Identifier: MIT
// Elementary functions with the same bits on every machine and compiler (decision D1). Only
// + - * / and sqrt underneath, no libm, no tables that depend on a build. The bounds are tested
// against MPFR. The sound wing's lane versions are in dsp/.
#ifndef EPODE_BASE_MATH_H
#define EPODE_BASE_MATH_H

#include <stdint.h>

#define EPODE_PI 3.14159265358979323846

/// Sine and cosine of radians. Error at most 1 ulp for |x| <= 2^30, and exact argument reduction
/// (Payne and Hanek) beyond. Not-a-number for infinities and not-a-number.
///
/// Thread:  [any], real-time safe.
double epode_sin(double x);
double epode_cos(double x);

/// Tangent of radians. Error at most 2 ulp.
///
/// Thread:  [any], real-time safe.
double epode_tan(double x);

/// Arc cosine in radians, [0, pi], for x in [-1, 1], else not-a-number. Error at most 2 ulp.
///
/// Thread:  [any], real-time safe.
double epode_acos(double x);

/// Angle of the point (x, y) in radians, (-pi, pi]. Error at most 2 ulp. Signs of zero as in C.
///
/// Thread:  [any], real-time safe.
double epode_atan2(double y, double x);

/// e^x and e^x - 1. Error at most 1 ulp. Overflow gives infinity, underflow a subnormal or 0.
///
/// Thread:  [any], real-time safe.
double epode_exp(double x);
double epode_expm1(double x);

/// 2^x. Error at most 1 ulp.
///
/// Thread:  [any], real-time safe.
double epode_exp2(double x);

/// Natural logarithm of x and of 1 + x. Error at most 1 ulp. log(0) is -infinity, of a negative
/// number not-a-number.
///
/// Thread:  [any], real-time safe.
double epode_log(double x);
double epode_log1p(double x);

/// Logarithm to base 2. Error at most 1 ulp.
///
/// Thread:  [any], real-time safe.
double epode_log2(double x);

/// x to the power y, special cases as in C17 F.10.4.4. Error at most 1 ulp.
///
/// Thread:  [any], real-time safe.
double epode_pow(double x, double y);

/// Hyperbolic tangent. Error at most 2 ulp.
///
/// Thread:  [any], real-time safe.
double epode_tanh(double x);

/// Exact on every machine: square root, floor, ceiling, magnitude.
///
/// Thread:  [any], real-time safe.
double epode_sqrt(double x);
double epode_floor(double x);
double epode_ceil(double x);
double epode_fabs(double x);

/// floor(a * b / c) without overflow in between, c > 0. The result must fit, else it saturates.
///
/// Thread:  [any], real-time safe.
int64_t epode_muldiv_floor(int64_t a, int64_t b, int64_t c);

/// ceil(a * b / c) without overflow in between, c > 0. The result must fit, else it saturates.
///
/// Thread:  [any], real-time safe.
int64_t epode_muldiv_ceil(int64_t a, int64_t b, int64_t c);

#endif
