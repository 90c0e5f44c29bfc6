// SPDX-License-Identifier: MIT
// A compiled curve in memory, and how an instant finds its segment. One block holds everything: the
// instants lie together for the search, the values beside them; only segments that need more than
// their two keys have a record of their own. For the files of this module alone.
#ifndef EPODE_CURVE_LAYOUT_H
#define EPODE_CURVE_LAYOUT_H

#include "base/check.h"
#include "curve/ease.h"
#include "curve/spline.h"
#include "epode/curve.h"

/// What a segment is evaluated by. The last key has a segment too: a step without an end.
typedef enum EpodeLaw {
    EPODE_LAW_STEP = 0,
    EPODE_LAW_LINEAR = 1,
    EPODE_LAW_SPLINE = 2, // `record` is the first of `width` splines
    EPODE_LAW_EASE = 3    // `record` is one ease
} EpodeLaw;

#define EPODE_RECORDS_MAX 0x3FFFFFFFU
_Static_assert(EPODE_CURVE_KEYS_MAX* EPODE_CURVE_WIDTH_MAX < EPODE_RECORDS_MAX, "records fit");

typedef struct EpodeSegment {
    uint32_t law : 2;
    uint32_t record : 30;
} EpodeSegment;

struct EpodeCurve {
    EpodeHeap heap; // its function is NULL when an arena owns the block
    size_t size;
    uint32_t width;
    uint32_t key_count;
    EpodeExtrapolation before;
    EpodeExtrapolation after;
    int is_quaternion;
    EpodeFlicks start_flicks; // of the first key
    EpodeFlicks length_flicks;
    const EpodeFlicks* times;
    const double* values; // width of them for each key
    const EpodeSegment* segments;
    const EpodeSpline* splines;
    const EpodeEase* eases;
    double slope_before[EPODE_CURVE_WIDTH_MAX]; // per second, where the curve continues;
    double slope_after[EPODE_CURVE_WIDTH_MAX];  // angular velocity of quaternions
};

/// First fault of a definition.
///
/// Thread:  [load].
EpodeCurveError epode_curve_def_check(const EpodeCurveDef* def);

/// What shows a curve at an instant: the keys, or something outside of them.
typedef enum EpodeRegion {
    EPODE_REGION_KEYS = 0,
    EPODE_REGION_FLAT = 1, // the value at `local`, without a slope
    EPODE_REGION_ZERO = 2,
    EPODE_REGION_BEFORE = 3, // on along slope_before
    EPODE_REGION_AFTER = 4   // on along slope_after
} EpodeRegion;

/// An instant brought back among the keys: at = base + local, or base - local where it runs back.
typedef struct EpodePlace {
    EpodeRegion region;
    int is_mirrored;
    EpodeFlicks local;
    EpodeFlicks base;
} EpodePlace;

/// Where an instant outside the keys is, by the extrapolation.
///
/// Range:   at < start or at >= end.
/// Thread:  [any], real-time safe.
EpodePlace epode_curve_place_outside(const EpodeCurve* curve, EpodeFlicks at);

/// Where an instant is.
///
/// Thread:  [any], real-time safe.
static inline EpodePlace epode_curve_place(const EpodeCurve* curve, EpodeFlicks at)
{
    // Unsigned, so that no instant overflows.
    if ((uint64_t)at - (uint64_t)curve->start_flicks < (uint64_t)curve->length_flicks) {
        return (EpodePlace){.region = EPODE_REGION_KEYS, .local = at};
    }
    return epode_curve_place_outside(curve, at);
}

/// Index of the last key at or before `local`.
///
/// Range:   local is at least the first key's instant.
/// Thread:  [any], real-time safe.
static inline uint32_t epode_curve_find(const EpodeCurve* curve, EpodeFlicks local)
{
    const EpodeFlicks* from = curve->times;
    uint32_t count = curve->key_count;
    while (count > 1) {
        uint32_t half = count / 2;
        from = from[half] <= local ? from + half : from;
        count -= half;
    }
    return (uint32_t)(from - curve->times);
}

/// The same, first looking at the segment `hint` and the one after it; keeps the answer there.
///
/// Thread:  [any], real-time safe.
static inline uint32_t epode_curve_find_near(const EpodeCurve* curve, uint32_t* hint,
                                             EpodeFlicks local)
{
    const EpodeFlicks* times = curve->times;
    uint32_t last = curve->key_count - 1;
    uint32_t at = *hint;
    if (at < last && times[at] <= local) {
        if (local < times[at + 1]) {
            return at;
        }
        if (at + 1 == last || local < times[at + 2]) {
            return *hint = at + 1;
        }
    }
    return *hint = epode_curve_find(curve, local);
}

/// Value of one component by segment `index`, whose end may be asked for too.
///
/// Range:   local within the segment; no quaternions.
/// Thread:  [any], real-time safe.
double epode_curve_segment_value(const EpodeCurve* curve, uint32_t index, uint32_t component,
                                 EpodeFlicks local);

/// One component at a place.
///
/// Range:   no quaternions.
/// Thread:  [any], real-time safe.
double epode_curve_place_value(const EpodeCurve* curve, EpodePlace place, uint32_t* hint,
                               uint32_t component);

/// Slope of every component within segment `index`, looking to the future from its start and to the
/// past from its end: a law's own slope, or that of the flicks beside it where it has none.
///
/// Shapes:  `out` receives width values, per second for order 1, per second squared for order 2.
/// Range:   local within the segment; order 1 for quaternions, which give the angular velocity.
/// Thread:  [any], real-time safe.
void epode_curve_segment_slope(const EpodeCurve* curve, uint32_t index, EpodeFlicks local,
                               int order, double* out);

#endif
