// SPDX-License-Identifier: MIT
// Derivatives of a curve by time. Each law has its own; where that is not finite, the flicks beside
// the instant tell the slope.
#include <float.h>

#include "base/math.h"
#include "curve/layout.h"
#include "curve/quaternion.h"

// An instant within a segment: the flicks gone and the flicks in all, and as fractions.
typedef struct Within {
    EpodeFlicks gone;
    EpodeFlicks length;
    double u;
    double w;
} Within;

static Within within(const EpodeCurve* curve, uint32_t index, EpodeFlicks local)
{
    EpodeFlicks gone = local - curve->times[index];
    EpodeFlicks length = curve->times[index + 1] - curve->times[index];
    return (Within){gone, length, (double)gone / (double)length,
                    (double)(length - gone) / (double)length};
}

static double seconds(EpodeFlicks flicks)
{
    return (double)flicks / (double)EPODE_FLICKS_PER_SECOND;
}

static int is_finite(double x)
{
    return epode_fabs(x) <= DBL_MAX;
}

static double along(const EpodeEase* ease, EpodeFlicks gone, EpodeFlicks length)
{
    double u = (double)gone / (double)length;
    EpodeProgress progress = epode_ease_progress(ease, u, (double)(length - gone) / (double)length);
    return progress.is_from_end ? 1.0 - progress.y : progress.y;
}

// Slope by u between the flicks beside an instant, moved inwards at the ends of the segment.
static double measured_slope(const EpodeEase* ease, Within at)
{
    EpodeFlicks a = at.gone > 0 ? at.gone - 1 : 0;
    EpodeFlicks b = at.gone < at.length ? at.gone + 1 : at.length;
    double rise = along(ease, b, at.length) - along(ease, a, at.length);
    return rise * ((double)at.length / (double)(b - a));
}

static double measured_bend(const EpodeEase* ease, Within at)
{
    if (at.length < 2) {
        return 0.0;
    }
    EpodeFlicks middle = at.gone < 1 ? 1 : at.gone > at.length - 1 ? at.length - 1 : at.gone;
    double here = along(ease, middle, at.length);
    double rise = along(ease, middle + 1, at.length) - here;
    double rise_before = here - along(ease, middle - 1, at.length);
    return (rise - rise_before) * (double)at.length * (double)at.length;
}

static double ease_slope(const EpodeEase* ease, Within at, int order)
{
    EpodeEaseSlope slope = epode_ease_slope(ease, at.u, at.w);
    if (order == 1) {
        return is_finite(slope.first) ? slope.first : measured_slope(ease, at);
    }
    return is_finite(slope.second) ? slope.second : measured_bend(ease, at);
}

static void linear_direction(const double* q0, const double* q1, Within at, double* q,
                             double* slope)
{
    for (int i = 0; i < 4; i++) {
        q[i] = q0[i] + at.u * (q1[i] - q0[i]);
        slope[i] = q1[i] - q0[i];
    }
}

static void spline_direction(const EpodeSpline* splines, const double* q0, const double* q1,
                             Within at, double* q, double* slope)
{
    for (int i = 0; i < 4; i++) {
        q[i] = epode_spline_value(&splines[i], q0[i], q1[i], at.u, at.w);
        slope[i] = epode_spline_slope(&splines[i], at.u, at.w);
    }
}

static void arc_direction(const EpodeEase* ease, const double* q0, const double* q1, Within at,
                          double* q, double* slope)
{
    double y = along(ease, at.gone, at.length);
    double speed = ease_slope(ease, at, 1);
    epode_quaternion_slerp(q0, q1, ease->angle, ease->inverse_sine, y, q);
    epode_quaternion_slerp_slope(q0, q1, ease->angle, ease->inverse_sine, y, slope);
    for (int i = 0; i < 4; i++) {
        slope[i] *= speed;
    }
}

static void segment_spin(const EpodeCurve* curve, uint32_t index, EpodeFlicks local, double* out)
{
    EpodeSegment segment = curve->segments[index];
    const double* q0 = curve->values + (size_t)index * 4;
    const double* q1 = q0 + 4;
    Within at = within(curve, index, local);
    double q[4];
    double slope[4];
    if (segment.law == EPODE_LAW_EASE) {
        arc_direction(curve->eases + segment.record, q0, q1, at, q, slope);
    } else if (segment.law == EPODE_LAW_SPLINE) {
        spline_direction(curve->splines + segment.record, q0, q1, at, q, slope);
    } else {
        linear_direction(q0, q1, at, q, slope);
    }
    epode_quaternion_spin(q, slope, out);
    for (int i = 0; i < 3; i++) {
        out[i] /= seconds(at.length);
    }
}

static double component_slope(const EpodeCurve* curve, uint32_t index, uint32_t component,
                              Within at, double ease_part, int order)
{
    EpodeSegment segment = curve->segments[index];
    const double* value = curve->values + (size_t)index * curve->width + component;
    double difference = value[curve->width] - value[0];
    if (segment.law == EPODE_LAW_LINEAR) {
        return order == 1 ? difference : 0.0;
    }
    if (segment.law == EPODE_LAW_EASE) {
        return difference * ease_part;
    }
    const EpodeSpline* spline = curve->splines + segment.record + component;
    return order == 1 ? epode_spline_slope(spline, at.u, at.w)
                      : epode_spline_bend(spline, at.u, at.w);
}

void epode_curve_segment_slope(const EpodeCurve* curve, uint32_t index, EpodeFlicks local,
                               int order, double* out)
{
    EpodeSegment segment = curve->segments[index];
    if (segment.law == EPODE_LAW_STEP) {
        for (uint32_t i = 0; i < curve->width; i++) {
            out[i] = 0.0;
        }
        return;
    }
    if (curve->is_quaternion) {
        segment_spin(curve, index, local, out);
        return;
    }
    Within at = within(curve, index, local);
    double ease_part =
        segment.law == EPODE_LAW_EASE ? ease_slope(curve->eases + segment.record, at, order) : 0.0;
    for (uint32_t i = 0; i < curve->width; i++) {
        double slope = component_slope(curve, index, i, at, ease_part, order) / seconds(at.length);
        out[i] = order == 1 ? slope : slope / seconds(at.length);
    }
}

static void derive(const EpodeCurve* curve, EpodeFlicks at, int order, double* out)
{
    EpodePlace place = epode_curve_place(curve, at);
    int is_after = place.region == EPODE_REGION_AFTER;
    if (place.region == EPODE_REGION_KEYS) {
        // Time that runs back leaves a key by the segment that ends there.
        uint32_t index = epode_curve_find(curve, place.local - place.is_mirrored);
        epode_curve_segment_slope(curve, index, place.local, order, out);
    }
    for (uint32_t i = 0; i < curve->width; i++) {
        if (place.region == EPODE_REGION_KEYS) {
            out[i] = place.is_mirrored && order == 1 ? 0.0 - out[i] : out[i];
        } else if (order == 1 && (is_after || place.region == EPODE_REGION_BEFORE)) {
            out[i] = is_after ? curve->slope_after[i] : curve->slope_before[i];
        } else {
            out[i] = 0.0;
        }
    }
}

void epode_curve_derivative(const EpodeCurve* curve, EpodeFlicks at, double* out)
{
    derive(curve, at, 1, out);
}

void epode_curve_second_derivative(const EpodeCurve* curve, EpodeFlicks at, double* out)
{
    EPODE_ASSERT(!curve->is_quaternion);
    derive(curve, at, 2, out);
}
