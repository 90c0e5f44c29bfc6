// SPDX-License-Identifier: MIT
// Nodes of a curve: the instants between which a component is monotone. They are read off the keys
// and the extrema on demand, not kept in a list, and are the same in every lap.
#include "curve/layout.h"

// Of shorter segments every flick is a node.
enum { SHORT_FLICKS = 8 };

// The two turns of a component within segment `index`, as the flicks before each extremum.
static void find_turns(const EpodeCurve* curve, uint32_t index, uint32_t component,
                       EpodeFlicks turns[2])
{
    EpodeSegment segment = curve->segments[index];
    const EpodeFlicks* after_key = NULL;
    if (segment.law == EPODE_LAW_SPLINE) {
        after_key = curve->splines[segment.record + component].turn_flicks;
    } else if (segment.law == EPODE_LAW_EASE) {
        after_key = curve->eases[segment.record].turn_flicks;
    }
    for (int i = 0; i < 2; i++) {
        turns[i] = after_key == NULL || after_key[i] == EPODE_FLICKS_NEVER
                       ? EPODE_FLICKS_NEVER
                       : curve->times[index] + after_key[i];
    }
}

// The smallest node after `local`, for start <= local < end.
static EpodeFlicks first_after(const EpodeCurve* curve, uint32_t component, uint32_t* hint,
                               EpodeFlicks local)
{
    uint32_t index = epode_curve_find_near(curve, hint, local);
    EpodeFlicks end = curve->times[index + 1];
    if (end - curve->times[index] <= SHORT_FLICKS) {
        return local + 1;
    }
    EpodeFlicks node = local < end - 1 ? end - 1 : end;
    EpodeFlicks turns[2];
    find_turns(curve, index, component, turns);
    for (int i = 0; i < 2; i++) {
        if (turns[i] < node && turns[i] >= local) {
            node = turns[i] > local ? turns[i] : turns[i] + 1;
        }
    }
    return node;
}

// The greatest node before `local`, for start < local <= end.
static EpodeFlicks last_before(const EpodeCurve* curve, uint32_t component, EpodeFlicks local)
{
    uint32_t index = epode_curve_find(curve, local - 1);
    EpodeFlicks start = curve->times[index];
    EpodeFlicks end = curve->times[index + 1];
    if (local == end || end - start <= SHORT_FLICKS) {
        return local - 1;
    }
    EpodeFlicks node = start;
    EpodeFlicks turns[2];
    find_turns(curve, index, component, turns);
    for (int i = 0; i < 2; i++) {
        if (turns[i] < local && turns[i] >= node) {
            node = turns[i] + 1 < local ? turns[i] + 1 : turns[i];
        }
    }
    return node;
}

// Beyond the keys, where the curve does not repeat them.
static EpodeFlicks next_outside(const EpodeCurve* curve, uint32_t component, EpodeFlicks after)
{
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    if (after < start) {
        return after < start - 1 ? start - 1 : start;
    }
    if (curve->after == EPODE_EXTRAPOLATION_ZERO && after == end) {
        return end + 1;
    }
    int is_rising =
        curve->after == EPODE_EXTRAPOLATION_CONTINUE && curve->slope_after[component] != 0.0;
    return is_rising && after < EPODE_FLICKS_MAX ? EPODE_FLICKS_MAX : EPODE_FLICKS_NEVER;
}

static EpodeFlicks previous_outside(const EpodeCurve* curve, uint32_t component, EpodeFlicks before)
{
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    if (before <= start) {
        return before == start ? start - 1 : -EPODE_FLICKS_NEVER;
    }
    if (curve->after == EPODE_EXTRAPOLATION_ZERO && before > end + 1) {
        return end + 1;
    }
    int is_rising =
        curve->after == EPODE_EXTRAPOLATION_CONTINUE && curve->slope_after[component] != 0.0;
    return is_rising && before > EPODE_FLICKS_MAX ? EPODE_FLICKS_MAX : end;
}

static EpodeFlicks next_node(const EpodeCurve* curve, uint32_t component, EpodeFlicks after,
                             uint32_t* hint)
{
    EpodePlace place = epode_curve_place(curve, after);
    EpodeFlicks node = 0;
    if (place.region != EPODE_REGION_KEYS) {
        node = next_outside(curve, component, after);
    } else if (place.is_mirrored) {
        node = place.base - last_before(curve, component, place.local);
    } else {
        node = place.base + first_after(curve, component, hint, place.local);
    }
    return node <= EPODE_FLICKS_MAX ? node : EPODE_FLICKS_NEVER;
}

EpodeFlicks epode_curve_next_node(const EpodeCurve* curve, uint32_t component, EpodeFlicks after)
{
    EPODE_ASSERT(component < curve->width && !curve->is_quaternion);
    uint32_t hint = UINT32_MAX;
    return next_node(curve, component, after, &hint);
}

EpodeFlicks epode_curve_previous_node(const EpodeCurve* curve, uint32_t component,
                                      EpodeFlicks before)
{
    EPODE_ASSERT(component < curve->width && !curve->is_quaternion);
    if (before <= -EPODE_FLICKS_MAX) {
        return -EPODE_FLICKS_NEVER;
    }
    // The last node of what ends with the flick before.
    EpodePlace place = epode_curve_place(curve, before - 1);
    uint32_t hint = UINT32_MAX;
    EpodeFlicks node = 0;
    if (place.region != EPODE_REGION_KEYS) {
        node = previous_outside(curve, component, before);
    } else if (place.is_mirrored) {
        node = place.base - first_after(curve, component, &hint, place.local - 1);
    } else {
        node = place.base + last_before(curve, component, place.local + 1);
    }
    return node >= -EPODE_FLICKS_MAX ? node : -EPODE_FLICKS_NEVER;
}

static double signal_value(const void* source, uint32_t component, EpodeFlicks at, uint32_t* hint)
{
    const EpodeCurve* curve = source;
    return epode_curve_place_value(curve, epode_curve_place(curve, at), hint, component);
}

static EpodeFlicks signal_next_node(const void* source, uint32_t component, EpodeFlicks after,
                                    uint32_t* hint)
{
    return next_node(source, component, after, hint);
}

EpodeSignal epode_curve_signal(const EpodeCurve* curve, uint32_t component)
{
    EPODE_ASSERT(component < curve->width && !curve->is_quaternion);
    return (EpodeSignal){curve, component, signal_value, signal_next_node};
}
