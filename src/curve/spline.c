// SPDX-License-Identifier: MIT
// Compiles one component of a cubic segment and finds where it turns.
#include "curve/spline.h"

#include <float.h>

#include "base/math.h"

int epode_spline_roots(double a, double b, double c, double roots[2])
{
    // q has the sign of b, so nothing cancels; q / a and c / q are the roots, one of them at
    // infinity when a is 0.
    double half = 0.5 * b;
    double discriminant = half * half - a * c;
    if (!(discriminant > 0.0)) {
        return 0;
    }
    double root = epode_sqrt(discriminant);
    double q = half < 0.0 ? root - half : -(half + root);
    double first = c / q;
    double second = a == 0.0 ? DBL_MAX : q / a;
    if (second < first) {
        double swap = first;
        first = second;
        second = swap;
    }
    int count = 0;
    if (first > 0.0 && first < 1.0) {
        roots[count++] = first;
    }
    if (second > 0.0 && second < 1.0) {
        roots[count++] = second;
    }
    return count;
}

void epode_spline_init(EpodeSpline* spline, double p0, double p1, double m0, double m1,
                       EpodeFlicks length_flicks, int is_monotone)
{
    double difference = p1 - p0;
    *spline = (EpodeSpline){
        .c1 = m0,
        .c2 = 3.0 * difference - 2.0 * m0 - m1,
        .c3 = m0 + m1 - 2.0 * difference,
        .d1 = m1,
        .d2 = 3.0 * difference - 2.0 * m1 - m0,
        .least = -DBL_MAX,
        .greatest = DBL_MAX,
        .turn_flicks = {EPODE_FLICKS_NEVER, EPODE_FLICKS_NEVER},
    };
    if (is_monotone) {
        spline->least = p0 < p1 ? p0 : p1;
        spline->greatest = p0 < p1 ? p1 : p0;
        return;
    }
    double roots[2];
    int count = epode_spline_roots(3.0 * spline->c3, 2.0 * spline->c2, spline->c1, roots);
    for (int i = 0; i < count; i++) {
        spline->turn_flicks[i] = (EpodeFlicks)epode_floor(roots[i] * (double)length_flicks);
    }
}
