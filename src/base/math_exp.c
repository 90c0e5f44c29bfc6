// SPDX-License-Identifier: MIT
// Logarithms, exponentials and what is made of them: powers and the hyperbolic tangent. A logarithm
// finds a cell of a table whose centre is so near that six terms are enough; an exponential does
// the same on the other side. Where a result needs more than 53 bits on its way it is a pair.
#include "base/math.h"

#include <math.h>

#include "base/math_tables.h"

static const double EXP_OVERFLOWS = 710.0; // e^x is infinite from here on
static const double EXP_VANISHES = -746.0; // and zero before here
// A double this large has no fraction bits left, so adding it rounds to a whole number, which then
// stands in the low bits.
static const double WHOLE = 0x1.8p52;

// 2^exponent for -1022..1023.
static double power_of_two(int64_t exponent)
{
    return epode_double_from_bits((uint64_t)(exponent + 1023) << 52);
}

// x = 2^exponent c (1 + r + r_rest), where c is the centre of a cell of LOG_TABLE and |r| < 2^-8.
typedef struct LogParts {
    double exponent;
    double log_hi, log_lo; // of c
    double r, r_rest;
} LogParts;

// Takes x apart, `bits` being those of a normal positive x. `x_rest` is what x lacks, or 0.
static inline LogParts take_log_apart(uint64_t bits, double x_rest)
{
    uint64_t above_start = bits - LOG_START;
    int64_t exponent = (int64_t)above_start >> 52;
    unsigned cell = above_start >> 45 & 127;
    uint64_t z_bits = bits - ((uint64_t)exponent << 52);
    double z = epode_double_from_bits(z_bits);
    double z_head = epode_pair_head(z);
    double inverse = LOG_TABLE[cell].inverse;
    // Both products are exact: the inverse has 20 bits.
    double head = z_head * inverse - 1.0;
    double tail = (z - z_head) * inverse;
    if (x_rest != 0.0) {
        tail += x_rest * power_of_two(-exponent) * inverse;
    }
    EpodePair r = epode_pair_add_ordered(head, tail);
    return (LogParts){(double)exponent, LOG_TABLE[cell].log_hi, LOG_TABLE[cell].log_lo, r.hi, r.lo};
}

// (log(1 + r) - r + r^2/2) / r^3
static inline double log_tail(double r)
{
    const double* c = LOG_POLY;
    double r2 = r * r;
    return (c[0] + r * c[1]) + r2 * ((c[2] + r * c[3]) + r2 * (c[4] + r * c[5]));
}

// The logarithm as a pair whose error is about 2^-60 of 1 and of r: enough for one rounding.
static inline EpodePair log_near(LogParts x)
{
    double whole = x.exponent * LN2_HI + x.log_hi; // exact
    EpodePair sum = epode_pair_add_ordered(whole, x.r);
    double rest = (x.exponent * LN2_LO + x.log_lo) + x.r_rest;
    sum.lo += rest + x.r * x.r * (x.r * log_tail(x.r) - 0.5);
    return sum;
}

// The logarithm to about 2^-68 of itself, as a power needs it.
static inline EpodePair log_exact(LogParts x)
{
    double whole = x.exponent * LN2_HI + x.log_hi; // exact
    double head = epode_pair_head(x.r);
    double square_hi = 0.5 * head * head; // exact
    double square_lo = 0.5 * (x.r - head) * (x.r + head);
    EpodePair sum = epode_pair_add_ordered(whole, x.r);
    EpodePair difference = epode_pair_add_ordered(sum.hi, -square_hi);
    double rest = (x.exponent * LN2_LO + x.log_lo) + (x.r_rest - x.r * x.r_rest);
    rest += x.r * x.r * x.r * log_tail(x.r) - square_lo;
    return epode_pair_add_ordered(difference.hi, sum.lo + difference.lo + rest);
}

// What every logarithm gives for an x that is zero, negative, infinite or not a number.
static double log_of_edge(double x)
{
    if (x == 0.0) {
        return -HUGE_VAL;
    }
    return x > 0.0 ? x : epode_not_a_number();
}

// Takes a positive finite x apart that may be subnormal.
static inline LogParts take_positive_apart(double x)
{
    int is_small = x < 0x1p-1022;
    LogParts parts = take_log_apart(epode_double_bits(is_small ? x * 0x1p54 : x), 0.0);
    parts.exponent -= is_small ? 54.0 : 0.0;
    return parts;
}

double epode_log(double x)
{
    if (!(x > 0.0 && x < HUGE_VAL)) {
        return log_of_edge(x);
    }
    return epode_pair_value(log_near(take_positive_apart(x)));
}

double epode_log2(double x)
{
    if (!(x > 0.0 && x < HUGE_VAL)) {
        return log_of_edge(x);
    }
    LogParts parts = take_positive_apart(x);
    double exponent = parts.exponent;
    parts.exponent = 0.0; // added last: it is exact to base 2
    EpodePair log = log_near(parts);
    EpodePair scaled = epode_pair_multiply(log.hi, INV_LN2_HI);
    scaled.lo += log.hi * INV_LN2_LO + log.lo * INV_LN2_HI;
    EpodePair sum = epode_pair_add_ordered(exponent, scaled.hi);
    return sum.hi + (sum.lo + scaled.lo);
}

double epode_log1p(double x)
{
    if (epode_fabs(x) < 1.0 / 384.0) { // 1 + x is in the cell around 1: r is x itself
        return x + x * x * (x * log_tail(x) - 0.5);
    }
    if (!(x > -1.0 && x < HUGE_VAL)) {
        return log_of_edge(1.0 + x);
    }
    EpodePair one_more = epode_pair_add(1.0, x);
    // Beyond 2^60 the 1 no longer matters, and its part would be scaled by too small a power.
    double rest = x < 0x1p60 ? one_more.lo : 0.0;
    return epode_pair_value(log_near(take_log_apart(epode_double_bits(one_more.hi), rest)));
}

// e^(x + x_rest) = 2^exponent power (1 + part).
typedef struct ExpParts {
    int64_t exponent;
    double power;
    double part;
} ExpParts;

// r and 128 times the exponent to base 2, given apart; |r| <= log(2)/256.
static inline ExpParts exp_of_steps(int64_t steps, double r)
{
    const double* c = EXP_POLY;
    unsigned cell = (uint64_t)steps & 127;
    double r2 = r * r;
    double part = EXP_TABLE[cell].rest + r + r2 * ((c[0] + r * c[1]) + r2 * (c[2] + r * c[3]));
    return (ExpParts){steps >> 7, EXP_TABLE[cell].power, part};
}

static inline int64_t whole_steps(double shifted)
{
    return (int64_t)(epode_double_bits(shifted) - epode_double_bits(WHOLE));
}

// |x| < 2^10, |x_rest| < 2^-14.
static inline ExpParts take_exp_apart(double x, double x_rest)
{
    double shifted = x * STEPS_PER_UNIT + WHOLE;
    double steps = shifted - WHOLE;
    double r = ((x - steps * LN2_STEP_HI) - steps * LN2_STEP_LO) + x_rest;
    return exp_of_steps(whole_steps(shifted), r);
}

// The value of parts, rounded once more when it is subnormal; overflows to infinity.
static inline double put_together(ExpParts x)
{
    if (x.exponent >= -1021 && x.exponent <= 1022) {
        double scale =
            epode_double_from_bits(epode_double_bits(x.power) + ((uint64_t)x.exponent << 52));
        return scale + scale * x.part;
    }
    int64_t half = x.exponent / 2;
    return (x.power + x.power * x.part) * power_of_two(half) * power_of_two(x.exponent - half);
}

double epode_exp(double x)
{
    if (!(x < EXP_OVERFLOWS && x > EXP_VANISHES)) {
        return x != x ? epode_not_a_number() : x > 0.0 ? HUGE_VAL : 0.0;
    }
    return put_together(take_exp_apart(x, 0.0));
}

double epode_exp2(double x)
{
    if (!(x < 1024.0 && x > -1075.0)) {
        return x != x ? epode_not_a_number() : x > 0.0 ? HUGE_VAL : 0.0;
    }
    double shifted = x * 128.0 + WHOLE;
    double r = x - (shifted - WHOLE) * 0x1p-7; // exact
    return put_together(exp_of_steps(whole_steps(shifted), r * (LN2_HI + LN2_LO)));
}

// e^x - 1 to about 2^-58 of itself, -40 < x < 700.
static inline EpodePair expm1_pair(double x)
{
    if (epode_fabs(x) <= 0.125) {
        const double* c = EXPM1_POLY;
        double x2 = x * x;
        double low = (c[0] + x * c[1]) + x2 * (c[2] + x * c[3]);
        double high = (c[4] + x * c[5]) + x2 * (c[6] + x * c[7] + x2 * c[8]);
        return (EpodePair){x, x2 * (0.5 + x * (low + x2 * x2 * high))};
    }
    ExpParts parts = take_exp_apart(x, 0.0);
    double scale = parts.power * power_of_two(parts.exponent);
    EpodePair less_one = epode_pair_add(scale, -1.0);
    less_one.lo += scale * parts.part;
    return less_one;
}

double epode_expm1(double x)
{
    if (!(x < 700.0)) {
        return epode_exp(x);
    }
    if (x < -40.0) {
        return -1.0;
    }
    if (epode_fabs(x) < 0x1p-54) {
        return x;
    }
    return epode_pair_value(expm1_pair(x));
}

double epode_tanh(double x)
{
    double magnitude = epode_fabs(x);
    if (!(magnitude < 20.0)) {
        return x != x ? epode_not_a_number() : x > 0.0 ? 1.0 : -1.0;
    }
    if (magnitude < 0x1p-27) {
        return x;
    }
    // tanh x = (e^2x - 1) / (e^2x + 1)
    EpodePair above = epode_pair_settle(expm1_pair(2.0 * magnitude));
    EpodePair below = epode_pair_add(2.0, above.hi);
    below.lo += above.lo;
    double value = epode_pair_value(epode_pair_divide(above, below));
    return x < 0.0 ? -value : value;
}

// x^y for positive finite x and finite y.
static double power_of_positive(double x, double y)
{
    EpodePair log = log_exact(take_positive_apart(x));
    double y_head = epode_pair_head(y);
    double log_head = epode_pair_head(log.hi);
    double product = y_head * log_head; // exact
    double rest = (y - y_head) * log_head + y * ((log.hi - log_head) + log.lo);
    if (!(product < EXP_OVERFLOWS && product > EXP_VANISHES)) {
        return product > 0.0 ? HUGE_VAL : 0.0;
    }
    return put_together(take_exp_apart(product, rest));
}

static int is_whole(double y)
{
    return epode_floor(y) == y;
}

static int is_odd(double y)
{
    return is_whole(y) && !is_whole(0.5 * y);
}

// x^y where x is not positive and finite or y is not finite (C17 F.10.4.4).
static double power_of_edge(double x, double y)
{
    if (y == 0.0 || x == 1.0) {
        return 1.0;
    }
    if (x != x || y != y) {
        return epode_not_a_number();
    }
    double magnitude = epode_fabs(x);
    if (epode_fabs(y) == HUGE_VAL) {
        return magnitude == 1.0 ? 1.0 : (magnitude > 1.0) == (y > 0.0) ? HUGE_VAL : 0.0;
    }
    int is_negative = epode_double_bits(x) >> 63 != 0 && is_odd(y);
    double power;
    if (magnitude == 0.0 || magnitude == HUGE_VAL) {
        power = (magnitude == 0.0) == (y < 0.0) ? HUGE_VAL : 0.0;
    } else if (x < 0.0 && !is_whole(y)) {
        return epode_not_a_number();
    } else {
        power = power_of_positive(magnitude, y);
    }
    return is_negative ? -power : power;
}

double epode_pow(double x, double y)
{
    int is_plain = x > 0.0 && x < HUGE_VAL && epode_fabs(y) < HUGE_VAL;
    return is_plain ? power_of_positive(x, y) : power_of_edge(x, y);
}
