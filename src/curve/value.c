// SPDX-License-Identifier: MIT
// Values of a curve: find the segment that shows an instant, then the law of that segment. One
// component, all components and quaternions go through the same few expressions, so that their bits
// agree however they are asked for.
#include <string.h>

#include "curve/layout.h"
#include "curve/quaternion.h"

// How much of a segment has gone and how much is left; both rounded from whole flicks.
typedef struct Fraction {
    double u;
    double w;
} Fraction;

static Fraction segment_fraction(const EpodeCurve* curve, uint32_t index, EpodeFlicks local)
{
    const EpodeFlicks* times = curve->times + index;
    double length = (double)(times[1] - times[0]);
    return (Fraction){(double)(local - times[0]) / length, (double)(times[1] - local) / length};
}

static double mix(const EpodeEase* ease, EpodeProgress progress, double v0, double v1)
{
    double part = (v1 - v0) * progress.y;
    double value = progress.is_from_end ? v1 - part : v0 + part;
    if (ease->is_monotone) {
        double least = v0 < v1 ? v0 : v1;
        double greatest = v0 < v1 ? v1 : v0;
        value = value < least ? least : value;
        value = value > greatest ? greatest : value;
    }
    return value;
}

double epode_curve_segment_value(const EpodeCurve* curve, uint32_t index, uint32_t component,
                                 EpodeFlicks local)
{
    EpodeSegment segment = curve->segments[index];
    const double* value = curve->values + (size_t)index * curve->width + component;
    double v0 = value[0];
    if (segment.law == EPODE_LAW_STEP) {
        return v0;
    }
    double v1 = value[curve->width];
    Fraction at = segment_fraction(curve, index, local);
    if (segment.law == EPODE_LAW_LINEAR) {
        return v0 + at.u * (v1 - v0);
    }
    if (segment.law == EPODE_LAW_SPLINE) {
        return epode_spline_value(curve->splines + segment.record + component, v0, v1, at.u, at.w);
    }
    const EpodeEase* ease = curve->eases + segment.record;
    return mix(ease, epode_ease_progress(ease, at.u, at.w), v0, v1);
}

static void segment_quaternion(const EpodeCurve* curve, uint32_t index, EpodeFlicks local,
                               double* out)
{
    EpodeSegment segment = curve->segments[index];
    const double* q0 = curve->values + (size_t)index * 4;
    if (segment.law == EPODE_LAW_STEP || local == curve->times[index]) {
        memcpy(out, q0, 4 * sizeof *out);
        return;
    }
    const double* q1 = q0 + 4;
    Fraction at = segment_fraction(curve, index, local);
    if (segment.law == EPODE_LAW_EASE) {
        const EpodeEase* ease = curve->eases + segment.record;
        EpodeProgress progress = epode_ease_progress(ease, at.u, at.w);
        double along = progress.is_from_end ? 1.0 - progress.y : progress.y;
        epode_quaternion_slerp(q0, q1, ease->angle, ease->inverse_sine, along, out);
        return;
    }
    for (uint32_t i = 0; i < 4; i++) {
        out[i] =
            segment.law == EPODE_LAW_LINEAR
                ? q0[i] + at.u * (q1[i] - q0[i])
                : epode_spline_value(curve->splines + segment.record + i, q0[i], q1[i], at.u, at.w);
    }
    epode_quaternion_normalise(out, q0, out);
}

static void segment_values(const EpodeCurve* curve, uint32_t index, EpodeFlicks local, double* out)
{
    EpodeSegment segment = curve->segments[index];
    if (segment.law != EPODE_LAW_EASE || curve->width == 1) {
        for (uint32_t i = 0; i < curve->width; i++) {
            out[i] = epode_curve_segment_value(curve, index, i, local);
        }
        return;
    }
    const EpodeEase* ease = curve->eases + segment.record;
    Fraction at = segment_fraction(curve, index, local);
    EpodeProgress progress = epode_ease_progress(ease, at.u, at.w);
    const double* value = curve->values + (size_t)index * curve->width;
    for (uint32_t i = 0; i < curve->width; i++) {
        out[i] = mix(ease, progress, value[i], value[i + curve->width]);
    }
}

// Floored remainder, for instants before the first key too.
static EpodeFlicks into_lap(EpodeFlicks span, EpodeFlicks lap)
{
    EpodeFlicks rest = span % lap;
    return rest < 0 ? rest + lap : rest;
}

EpodePlace epode_curve_place_outside(const EpodeCurve* curve, EpodeFlicks at)
{
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    int is_before = at < start;
    at = at < -EPODE_FLICKS_MAX ? -EPODE_FLICKS_MAX : at > EPODE_FLICKS_MAX ? EPODE_FLICKS_MAX : at;
    EpodePlace flat = {.region = EPODE_REGION_FLAT, .local = is_before ? start : end};
    EpodeExtrapolation extrapolation = is_before ? curve->before : curve->after;
    int is_periodic =
        extrapolation == EPODE_EXTRAPOLATION_LOOP || extrapolation == EPODE_EXTRAPOLATION_PINGPONG;
    if (is_periodic && curve->length_flicks == 0) {
        return flat;
    }
    switch (extrapolation) {
    case EPODE_EXTRAPOLATION_LOOP: {
        EpodeFlicks local = start + into_lap(at - start, curve->length_flicks);
        return (EpodePlace){.region = EPODE_REGION_KEYS, .local = local, .base = at - local};
    }
    case EPODE_EXTRAPOLATION_PINGPONG: {
        EpodeFlicks since = into_lap(at - start, 2 * curve->length_flicks);
        int is_mirrored = since >= curve->length_flicks;
        EpodeFlicks local = start + (is_mirrored ? 2 * curve->length_flicks - since : since);
        return (EpodePlace){.region = EPODE_REGION_KEYS,
                            .is_mirrored = is_mirrored,
                            .local = local,
                            .base = is_mirrored ? at + local : at - local};
    }
    case EPODE_EXTRAPOLATION_ZERO:
        if (at != end) {
            return (EpodePlace){.region = EPODE_REGION_ZERO, .local = at};
        }
        return flat;
    case EPODE_EXTRAPOLATION_CONTINUE:
        return (EpodePlace){.region = is_before ? EPODE_REGION_BEFORE : EPODE_REGION_AFTER,
                            .local = at};
    default: return flat;
    }
}

// Where a curve continues: the key at that end, its slope, and the seconds since that key.
typedef struct Ray {
    const double* value;
    const double* slope;
    double seconds;
} Ray;

static Ray continued(const EpodeCurve* curve, EpodePlace place)
{
    int is_before = place.region == EPODE_REGION_BEFORE;
    EpodeFlicks key = curve->start_flicks + (is_before ? 0 : curve->length_flicks);
    return (Ray){
        .value = curve->values + (is_before ? 0 : (size_t)(curve->key_count - 1) * curve->width),
        .slope = is_before ? curve->slope_before : curve->slope_after,
        .seconds = (double)(place.local - key) / (double)EPODE_FLICKS_PER_SECOND,
    };
}

double epode_curve_place_value(const EpodeCurve* curve, EpodePlace place, uint32_t* hint,
                               uint32_t component)
{
    if (place.region == EPODE_REGION_ZERO) {
        return 0.0;
    }
    if (place.region == EPODE_REGION_BEFORE || place.region == EPODE_REGION_AFTER) {
        Ray ray = continued(curve, place);
        return ray.value[component] + ray.slope[component] * ray.seconds;
    }
    uint32_t index = epode_curve_find_near(curve, hint, place.local);
    return epode_curve_segment_value(curve, index, component, place.local);
}

static void quaternion_outside(const EpodeCurve* curve, EpodePlace place, double* out)
{
    static const double none[4] = {0.0, 0.0, 0.0, 1.0};
    if (place.region == EPODE_REGION_ZERO) {
        memcpy(out, none, sizeof none);
        return;
    }
    Ray ray = continued(curve, place);
    double turn[3];
    for (int i = 0; i < 3; i++) {
        turn[i] = ray.slope[i] * ray.seconds;
    }
    epode_quaternion_turn(ray.value, turn, out);
}

static void place_values(const EpodeCurve* curve, EpodePlace place, uint32_t* hint, double* out)
{
    if (place.region == EPODE_REGION_KEYS || place.region == EPODE_REGION_FLAT) {
        uint32_t index = epode_curve_find_near(curve, hint, place.local);
        if (curve->is_quaternion) {
            segment_quaternion(curve, index, place.local, out);
        } else {
            segment_values(curve, index, place.local, out);
        }
    } else if (curve->is_quaternion) {
        quaternion_outside(curve, place, out);
    } else {
        for (uint32_t i = 0; i < curve->width; i++) {
            out[i] = epode_curve_place_value(curve, place, hint, i);
        }
    }
}

void epode_curve_value(const EpodeCurve* curve, EpodeFlicks at, double* out)
{
    uint32_t hint = UINT32_MAX;
    place_values(curve, epode_curve_place(curve, at), &hint, out);
}

void epode_curve_value_at(const EpodeCurve* curve, EpodeCurveCursor* cursor, EpodeFlicks at,
                          double* out)
{
    place_values(curve, epode_curve_place(curve, at), &cursor->segment, out);
}

double epode_curve_component(const EpodeCurve* curve, uint32_t component, EpodeFlicks at)
{
    EPODE_ASSERT(component < curve->width);
    if (curve->is_quaternion) {
        double q[4];
        epode_curve_value(curve, at, q);
        return q[component];
    }
    uint32_t hint = UINT32_MAX;
    return epode_curve_place_value(curve, epode_curve_place(curve, at), &hint, component);
}
