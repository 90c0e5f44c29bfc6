// SPDX-License-Identifier: MIT
// Laws of progress between two keys: how far along the way one is, as a function of how much of the
// time has gone. Knows neither values nor keys. Fractions of time come as a pair, u since the key
// and w = 1 - u until the next, each rounded on its own, so that both ends are equally exact.
#ifndef EPODE_CURVE_EASE_H
#define EPODE_CURVE_EASE_H

#include "epode/time.h"

typedef enum EpodeEaseLaw {
    EPODE_EASE_LINEAR = 0,
    EPODE_EASE_SMOOTH = 1,
    EPODE_EASE_POWER = 2,
    EPODE_EASE_S_CURVE = 3,
    EPODE_EASE_BEZIER = 4
} EpodeEaseLaw;

/// A control point of a bezier law.
typedef struct EpodeEasePoint {
    double x; // 0..1
    double y;
} EpodeEasePoint;

/// One law, and what its segment keeps with it.
typedef struct EpodeEase {
    EpodeEaseLaw law;
    int is_monotone;
    double exponent;            // of power and s-curve
    EpodeEasePoint point[2];    // of bezier
    EpodeFlicks turn_flicks[2]; // after the key, where progress turns back; else never
    double angle, inverse_sine; // of the arc between two quaternions
} EpodeEase;

/// Progress, counted from the end that is nearer: `y`, or 1 - `y` when it is from the end.
typedef struct EpodeProgress {
    double y;
    int is_from_end;
} EpodeProgress;

/// First and second derivative of progress by u. Not finite where the law has none.
typedef struct EpodeEaseSlope {
    double first;
    double second;
} EpodeEaseSlope;

/// Sets is_monotone and turn_flicks of a law in a segment of `length_flicks`.
///
/// Thread:  [load].
void epode_ease_find_turns(EpodeEase* ease, EpodeFlicks length_flicks);

/// Progress at u; exactly 0 at u = 0.
///
/// Range:   0 <= u <= 1; monotone laws up to rounding.
/// Thread:  [any], real-time safe.
/// Source:  CSS Easing 1 for bezier.
EpodeProgress epode_ease_progress(const EpodeEase* ease, double u, double w);

/// Derivatives of progress at u.
///
/// Thread:  [any], real-time safe.
EpodeEaseSlope epode_ease_slope(const EpodeEase* ease, double u, double w);

/// Integral of progress over u0..u1. Closed form but for the s-curve, whose error is below 1e-11.
///
/// Range:   0 <= u0 <= u1 <= 1.
/// Thread:  [any].
double epode_ease_integral(const EpodeEase* ease, double u0, double u1);

#endif
