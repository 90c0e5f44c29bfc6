// SPDX-License-Identifier: MIT
// One component of a cubic segment, as differences from either key: near a key the polynomial is
// counted from that key, which keeps it exact where curves touch, rest and turn. Knows no keys.
#ifndef EPODE_CURVE_SPLINE_H
#define EPODE_CURVE_SPLINE_H

#include "epode/time.h"

/// V(u) = p0 + u (c1 + u (c2 + u c3)) in the first half, and with s = 1 - u in the second
/// V(u) = p1 - s (d1 + s (d2 + s c3)); limited to least..greatest where the law is monotone.
typedef struct EpodeSpline {
    double c1, c2, c3;
    double d1, d2;
    double least, greatest;
    EpodeFlicks turn_flicks[2]; // after the key, the flick before each extremum; else never
} EpodeSpline;

/// Builds a segment from p0 to p1 with the slopes m0 and m1 by u at its ends.
///
/// Shapes:  `length_flicks` only places the extrema; `is_monotone` limits the values to p0..p1.
/// Thread:  [load].
/// Source:  glTF 2.0 appendix C, in difference form.
void epode_spline_init(EpodeSpline* spline, double p0, double p1, double m0, double m1,
                       EpodeFlicks length_flicks, int is_monotone);

/// Value at u; p0 and p1 as given to epode_spline_init, w = 1 - u rounded on its own.
///
/// Range:   0 <= u <= 1.
/// Thread:  [any], real-time safe.
static inline double epode_spline_value(const EpodeSpline* spline, double p0, double p1, double u,
                                        double w)
{
    double value = u <= w ? p0 + u * (spline->c1 + u * (spline->c2 + u * spline->c3))
                          : p1 - w * (spline->d1 + w * (spline->d2 + w * spline->c3));
    value = value < spline->least ? spline->least : value;
    return value > spline->greatest ? spline->greatest : value;
}

/// First derivative by u.
///
/// Thread:  [any], real-time safe.
static inline double epode_spline_slope(const EpodeSpline* spline, double u, double w)
{
    return u <= w ? spline->c1 + u * (2.0 * spline->c2 + u * (3.0 * spline->c3))
                  : spline->d1 + w * (2.0 * spline->d2 + w * (3.0 * spline->c3));
}

/// Second derivative by u.
///
/// Thread:  [any], real-time safe.
static inline double epode_spline_bend(const EpodeSpline* spline, double u, double w)
{
    return u <= w ? 2.0 * spline->c2 + u * (6.0 * spline->c3)
                  : -(2.0 * spline->d2 + w * (6.0 * spline->c3));
}

/// Roots of a x^2 + b x + c inside (0, 1) at which it changes its sign, in order; returns how many.
///
/// Thread:  [load].
int epode_spline_roots(double a, double b, double c, double roots[2]);

#endif
