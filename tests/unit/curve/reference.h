// SPDX-License-Identifier: MIT
// What epode/curve.h says a curve is, in long double and by the plainest route: one key after
// another, one lap after another, the textbook's formulas. Shares nothing with the library but the
// slopes of curves that continue.
#ifndef EPODE_TESTS_CURVE_REFERENCE_H
#define EPODE_TESTS_CURVE_REFERENCE_H

#include <math.h>

#include "epode/curve.h"

static inline long double reference_ease(const EpodeCurveKey* key, long double u, long double w)
{
    long double s = u * u * (3.0L - 2.0L * u);
    long double p = key->shape[0];
    switch (key->interp) {
    case EPODE_INTERP_SMOOTH: return s;
    case EPODE_INTERP_EXPONENTIAL: return powl(u, p);
    case EPODE_INTERP_LOG: return powl(u, 1.0L / p);
    case EPODE_INTERP_S_CURVE: {
        long double c = w * w * (1.0L + 2.0L * u);
        return p <= 0.0L ? u : s == 0.0L ? 0.0L : 1.0L / (1.0L + powl(c / s, p));
    }
    case EPODE_INTERP_BEZIER: {
        long double lo = 0.0L;
        long double hi = 1.0L;
        for (int i = 0; i < 100; i++) {
            long double r = 0.5L * (lo + hi);
            long double q = 1.0L - r;
            long double x =
                3.0L * q * q * r * key->shape[0] + 3.0L * q * r * r * key->shape[2] + r * r * r;
            if (x < u) {
                lo = r;
            } else {
                hi = r;
            }
        }
        long double q = 1.0L - lo;
        return 3.0L * q * q * lo * key->shape[1] + 3.0L * q * lo * lo * key->shape[3] +
               lo * lo * lo;
    }
    default: return u;
    }
}

// Slope at key i.
static inline long double reference_tangent(const EpodeCurveDef* def, uint32_t i, uint32_t c)
{
    const EpodeCurveKey* keys = def->keys;
    uint32_t last = def->key_count - 1;
    int wraps =
        (def->after == EPODE_EXTRAPOLATION_LOOP || def->before == EPODE_EXTRAPOLATION_LOOP) &&
        keys[0].value[c] == keys[last].value[c];
    long double lap = (long double)(keys[last].at - keys[0].at);
    int has_left = i > 0 || wraps;
    int has_right = i < last || wraps;
    uint32_t left = i > 0 ? i - 1 : last - 1;
    uint32_t right = i < last ? i + 1 : 1;
    uint32_t right_from = i < last ? i : 0;
    has_left = has_left && keys[left].interp != EPODE_INTERP_STEP;
    has_right = has_right && keys[right_from].interp != EPODE_INTERP_STEP;
    long double x = (long double)keys[i].at;
    long double xl = (long double)keys[left].at - (i > 0 ? 0.0L : lap);
    long double xr = (long double)keys[right].at + (i < last ? 0.0L : lap);
    long double y = keys[i].value[c];
    long double yl = keys[left].value[c];
    long double yr = keys[right].value[c];
    if (!has_left) {
        return (yr - y) / (xr - x);
    }
    if (!has_right) {
        return (y - yl) / (x - xl);
    }
    long double slope = (yr - yl) / (xr - xl);
    if (keys[left].interp == EPODE_INTERP_CUBIC_MONOTONE ||
        keys[right_from].interp == EPODE_INTERP_CUBIC_MONOTONE) {
        long double dl = (y - yl) / (x - xl);
        long double dr = (yr - y) / (xr - x);
        if (dl * dr <= 0.0L) {
            return 0.0L;
        }
        slope = fabsl(slope) > 3.0L * fabsl(dl) ? 3.0L * dl : slope;
        slope = fabsl(slope) > 3.0L * fabsl(dr) ? 3.0L * dr : slope;
    }
    return slope;
}

// Value of the segment from key i after u of its time, with w = 1 - u.
static inline long double reference_segment(const EpodeCurveDef* def, uint32_t i, uint32_t c,
                                            long double u, long double w)
{
    const EpodeCurveKey* key = &def->keys[i];
    long double v0 = key->value[c];
    if (i + 1 == def->key_count || key->interp == EPODE_INTERP_STEP) {
        return v0;
    }
    long double v1 = key[1].value[c];
    long double length = (long double)(key[1].at - key->at);
    long double m0 = 0.0L;
    long double m1 = 0.0L;
    switch (key->interp) {
    case EPODE_INTERP_CUBIC:
    case EPODE_INTERP_CUBIC_MONOTONE:
        m0 = reference_tangent(def, i, c) * length;
        m1 = reference_tangent(def, i + 1, c) * length;
        break;
    case EPODE_INTERP_HERMITE:
        m0 = key->tangent_out[c] * length / (long double)EPODE_FLICKS_PER_SECOND;
        m1 = key[1].tangent_in[c] * length / (long double)EPODE_FLICKS_PER_SECOND;
        break;
    default: return v0 + (v1 - v0) * reference_ease(key, u, w);
    }
    return (2.0L * u * u * u - 3.0L * u * u + 1.0L) * v0 + (u * u * u - 2.0L * u * u + u) * m0 +
           (3.0L * u * u - 2.0L * u * u * u) * v1 + (u * u * u - u * u) * m1;
}

static inline long double reference_value(const EpodeCurve* curve, const EpodeCurveDef* def,
                                          uint32_t c, EpodeFlicks at)
{
    EpodeFlicks start = def->keys[0].at;
    EpodeFlicks end = def->keys[def->key_count - 1].at;
    EpodeExtrapolation how = at < start ? def->before : def->after;
    if (start == end) {
        return at != start && how == EPODE_EXTRAPOLATION_ZERO ? 0.0L
                                                              : (long double)def->keys[0].value[c];
    }
    if (at < start || at >= end) {
        switch (how) {
        case EPODE_EXTRAPOLATION_LOOP:
            while (at >= end) {
                at -= end - start;
            }
            while (at < start) {
                at += end - start;
            }
            break;
        case EPODE_EXTRAPOLATION_PINGPONG:
            while (at < start || at > end) {
                at = at > end ? 2 * end - at : 2 * start - at;
            }
            break;
        case EPODE_EXTRAPOLATION_ZERO:
            if (at != end) {
                return 0.0L;
            }
            break;
        case EPODE_EXTRAPOLATION_CONTINUE:
            if (at != end) {
                EpodeFlicks key = at < start ? start : end;
                double slope[EPODE_CURVE_WIDTH_MAX]; // test_slope.c looks after that
                epode_curve_derivative(curve, at < start ? start - 1 : end, slope);
                return (long double)def->keys[at < start ? 0 : def->key_count - 1].value[c] +
                       (long double)slope[c] * (long double)(at - key) /
                           (long double)EPODE_FLICKS_PER_SECOND;
            }
            break;
        default: at = at < start ? start : end; break;
        }
    }
    uint32_t i = def->key_count - 1;
    while (def->keys[i].at > at) {
        i--;
    }
    long double length =
        i + 1 < def->key_count ? (long double)(def->keys[i + 1].at - def->keys[i].at) : 1.0L;
    long double u = (long double)(at - def->keys[i].at) / length;
    long double w =
        i + 1 < def->key_count ? (long double)(def->keys[i + 1].at - at) / length : 1.0L;
    return reference_segment(def, i, c, u, w);
}

#endif
