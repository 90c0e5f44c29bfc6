// SPDX-License-Identifier: MIT
// Angles: sine, cosine and tangent, and back. An argument is first brought into [-pi/4, pi/4] as a
// pair of doubles, however large it is; an angle is looked up near a sixteenth and completed by a
// short series. Results are rounded once, from a pair.
#include "base/math.h"

#include <math.h>

#include "base/math_tables.h"

__extension__ typedef unsigned __int128 Wide;

// Up to here the count of quarter turns times 33 bits of pi/2 is exact.
static const double LARGEST_SIMPLE = 0x1p20;
// Below this distance from a multiple of pi/2 three parts of pi/2 need not be enough.
static const double SMALLEST_SIMPLE = 0x1p-20;
static const double WHOLE = 0x1.8p52;
// x is its own sine and tangent.
static const double TINY = 0x1p-27;

// x = quarters pi/2 + rest, |rest| <= pi/4, quarters modulo 4.
typedef struct Angle {
    EpodePair rest;
    unsigned quarters;
} Angle;

// 64 bits of 2/pi from bit `at` on, counted from the binary point of TWO_OVER_PI's leading zeros.
static uint64_t two_over_pi_bits(int at)
{
    uint64_t word = TWO_OVER_PI[at / 64] << (at % 64);
    return at % 64 == 0 ? word : word | TWO_OVER_PI[at / 64 + 1] >> (64 - at % 64);
}

// magnitude / 2^128 as a pair; at most 63 leading bits are zero.
static EpodePair pair_of_fraction(Wide magnitude)
{
    int zeros = __builtin_clzll((uint64_t)(magnitude >> 64) | 1);
    magnitude <<= zeros;
    double unit = epode_double_from_bits((uint64_t)(1023 - 53 - zeros) << 52);
    // Both parts are exact; what lies below 106 bits is dropped.
    double hi = (double)(uint64_t)(magnitude >> 75) * unit;
    double lo = (double)((uint64_t)(magnitude >> 22) & ((UINT64_C(1) << 53) - 1)) * unit * 0x1p-53;
    return (EpodePair){hi, lo};
}

// Brings any finite x down by multiplying its integer significand with just those bits of 2/pi that
// neither give whole turns nor vanish (Payne and Hanek 1983).
static Angle reduce_any(double x)
{
    uint64_t bits = epode_double_bits(x);
    int exponent = (int)(bits >> 52 & 0x7FF) - 1075;
    uint64_t significand = (bits & UINT64_C(0xFFFFFFFFFFFFF)) | UINT64_C(1) << 52;
    // The window starts where a bit of 2/pi times the significand's unit weighs 2: x 2/pi modulo 4
    // is then the product modulo 2^192, with its binary point after two bits.
    int at = exponent - 2 + 64;
    Wide high = (Wide)significand * two_over_pi_bits(at) << 64;
    Wide middle = (Wide)significand * two_over_pi_bits(at + 64);
    Wide low = (Wide)significand * two_over_pi_bits(at + 128);
    Wide product = high + middle + (low >> 64);
    unsigned quarters = (unsigned)(product >> 126);
    Wide fraction = product << 2 | (uint64_t)low >> 62;
    int is_upper_half = fraction >> 127 != 0;
    EpodePair part = pair_of_fraction(is_upper_half ? -fraction : fraction);
    quarters += (unsigned)is_upper_half;
    int is_negative = is_upper_half != (bits >> 63 != 0);
    EpodePair rest = epode_pair_multiply(part.hi, HALF_PI_HI);
    rest.lo += part.hi * HALF_PI_LO + part.lo * HALF_PI_HI;
    rest = epode_pair_settle(rest);
    if (is_negative) {
        rest = (EpodePair){-rest.hi, -rest.lo};
    }
    return (Angle){rest, bits >> 63 != 0 ? 0U - quarters : quarters};
}

// Brings x down by subtracting pi/2 in three parts (Cody and Waite 1980), where that is enough.
static inline Angle reduce(double x)
{
    if (epode_fabs(x) < LARGEST_SIMPLE) {
        double shifted = x * INV_HALF_PI + WHOLE;
        double quarters = shifted - WHOLE;
        // Both subtractions are exact, so is the second product.
        double coarse = x - quarters * HALF_PI_PART[0];
        EpodePair rest = epode_pair_add(coarse, -(quarters * HALF_PI_PART[1]));
        rest = epode_pair_add_ordered(rest.hi, rest.lo - quarters * HALF_PI_PART[2]);
        if (quarters == 0.0 || epode_fabs(rest.hi) > SMALLEST_SIMPLE) {
            return (Angle){rest, (unsigned)epode_double_bits(shifted)};
        }
    }
    return reduce_any(x);
}

// Sine of an angle within [-pi/4, pi/4] as a pair.
static inline EpodePair sin_near(EpodePair x)
{
    const double* c = SIN_POLY;
    double z = x.hi * x.hi;
    double z2 = z * z;
    double high = (c[4] + z * c[5]) + z2 * c[6];
    double tail = (c[0] + z * c[1]) + z2 * ((c[2] + z * c[3]) + z2 * high);
    return (EpodePair){x.hi, x.hi * z * tail + x.lo * (1.0 - 0.5 * z)};
}

// Cosine of an angle within [-pi/4, pi/4] as a pair.
static inline EpodePair cos_near(EpodePair x)
{
    const double* c = COS_POLY;
    double z = x.hi * x.hi;
    double z2 = z * z;
    double tail = (c[0] + z * c[1]) + z2 * ((c[2] + z * c[3]) + z2 * (c[4] + z * c[5]));
    EpodePair leading = epode_pair_add_ordered(1.0, -0.5 * z);
    leading.lo += z2 * tail - x.hi * x.lo;
    return leading;
}

// Sine of an angle that is `more` quarter turns ahead.
static inline double sin_of(double x, unsigned more)
{
    Angle angle = reduce(x);
    unsigned quarters = angle.quarters + more;
    double value = (quarters & 1) != 0 ? epode_pair_value(cos_near(angle.rest))
                                       : epode_pair_value(sin_near(angle.rest));
    return (quarters & 2) != 0 ? -value : value;
}

double epode_sin(double x)
{
    if (!(epode_fabs(x) < HUGE_VAL)) {
        return epode_not_a_number();
    }
    return epode_fabs(x) < TINY ? x : sin_of(x, 0);
}

double epode_cos(double x)
{
    return epode_fabs(x) < HUGE_VAL ? sin_of(x, 1) : epode_not_a_number();
}

double epode_tan(double x)
{
    if (!(epode_fabs(x) < HUGE_VAL)) {
        return epode_not_a_number();
    }
    if (epode_fabs(x) < TINY) {
        return x;
    }
    Angle angle = reduce(x);
    EpodePair sine = epode_pair_settle(sin_near(angle.rest));
    EpodePair cosine = epode_pair_settle(cos_near(angle.rest));
    if ((angle.quarters & 1) != 0) {
        EpodePair minus = {-sine.hi, -sine.lo};
        return epode_pair_value(epode_pair_divide(cosine, minus));
    }
    return epode_pair_value(epode_pair_divide(sine, cosine));
}

// i x + sixteen y, i <= 16.
static inline EpodePair combine(double i, EpodePair x, EpodePair sixteen_y)
{
    EpodePair product = epode_pair_multiply(i, x.hi);
    EpodePair sum = epode_pair_add(sixteen_y.hi, product.hi);
    return epode_pair_add_ordered(sum.hi, sum.lo + (product.lo + (i * x.lo + sixteen_y.lo)));
}

// atan(y / x) for 0 <= y <= x: the angle of i/16 that is nearest, and that of
// (16 y - i x) / (16 x + i y), which is at most 1/32.
static inline EpodePair atan_of_ratio(EpodePair y, EpodePair x)
{
    int nearest = (int)(16.0 * (y.hi / x.hi) + 0.5);
    double i = (double)nearest;
    EpodePair above = combine(-i, x, (EpodePair){16.0 * y.hi, 16.0 * y.lo});
    EpodePair below = combine(i, y, (EpodePair){16.0 * x.hi, 16.0 * x.lo});
    EpodePair q = epode_pair_divide(above, below);
    const double* c = ATAN_POLY;
    double z = q.hi * q.hi;
    double tail = (c[0] + z * c[1]) + z * z * ((c[2] + z * c[3]) + z * z * c[4]);
    EpodePair sum = epode_pair_add_ordered(ATAN_TABLE[nearest].hi, q.hi);
    sum.lo += ATAN_TABLE[nearest].lo + (q.lo + q.hi * z * tail);
    return sum;
}

// The angle in [0, pi] of the point whose coordinates have the magnitudes x and y.
static inline double angle_of(EpodePair y, EpodePair x, int is_left)
{
    int is_steep = y.hi > x.hi;
    EpodePair angle = atan_of_ratio(is_steep ? x : y, is_steep ? y : x);
    EpodePair from = {is_left ? PI_HI : 0.0, is_left ? PI_LO : 0.0};
    if (is_steep) {
        from = (EpodePair){HALF_PI_HI, HALF_PI_LO};
    }
    double sign = is_steep == is_left ? 1.0 : -1.0;
    EpodePair sum = epode_pair_add_ordered(from.hi, sign * angle.hi);
    return sum.hi + (sum.lo + (from.lo + sign * angle.lo));
}

double epode_acos(double x)
{
    double magnitude = epode_fabs(x);
    if (!(magnitude <= 1.0)) {
        return epode_not_a_number();
    }
    if (magnitude == 1.0) {
        return x > 0.0 ? 0.0 : PI_HI;
    }
    // The point of the unit circle above x.
    EpodePair square = epode_pair_multiply(x, x);
    EpodePair left = epode_pair_add_ordered(1.0, -square.hi);
    left.lo -= square.lo;
    double root = epode_sqrt(left.hi);
    EpodePair back = epode_pair_multiply(root, root);
    double rest = ((left.hi - back.hi) - back.lo) + left.lo;
    return angle_of((EpodePair){root, rest / (2.0 * root)}, (EpodePair){magnitude, 0.0}, x < 0.0);
}

// Magnitude of the angle where a coordinate is zero, infinite, or vanishes beside the other.
static double angle_of_edge(double y, double x, int is_left)
{
    if (x == HUGE_VAL && y == HUGE_VAL) {
        return is_left ? 0x1.2d97c7f3321d2p+1 : 0x1.921fb54442d18p-1; // 3/4 pi, 1/4 pi
    }
    if (y == 0.0 || (x > y && is_left)) {
        return is_left ? PI_HI : 0.0;
    }
    return y > x ? HALF_PI_HI : y / x;
}

double epode_atan2(double y, double x)
{
    if (x != x || y != y) {
        return epode_not_a_number();
    }
    double y_size = epode_fabs(y), x_size = epode_fabs(x);
    int is_left = epode_double_bits(x) >> 63 != 0;
    double larger = y_size > x_size ? y_size : x_size;
    double smaller = y_size > x_size ? x_size : y_size;
    double angle;
    if (!(larger < HUGE_VAL) || smaller <= larger * 0x1p-64) {
        angle = angle_of_edge(y_size, x_size, is_left);
    } else {
        // Scaled to the middle of the range, so that no part over- or underflows.
        double scale = larger > 1.0 ? 0x1p-512 : 0x1p512;
        EpodePair y_part = {y_size * scale, 0.0};
        EpodePair x_part = {x_size * scale, 0.0};
        angle = angle_of(y_part, x_part, is_left);
    }
    return epode_double_bits(y) >> 63 != 0 ? -angle : angle;
}
