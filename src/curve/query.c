// SPDX-License-Identifier: MIT
// Questions about a span of a curve: its least and greatest value, its integral, its passages. Laps
// beyond the first are not walked but counted.
#include "base/math.h"
#include "curve/layout.h"

// Longer than any span of time: the period of what does not repeat.
static const EpodeFlicks NO_PERIOD = 4 * EPODE_FLICKS_MAX;

static EpodeFlicks earlier(EpodeFlicks a, EpodeFlicks b)
{
    return a < b ? a : b;
}

static EpodeFlicks later(EpodeFlicks a, EpodeFlicks b)
{
    return a > b ? a : b;
}

static EpodeFlicks within_time(EpodeFlicks at)
{
    return later(-EPODE_FLICKS_MAX, earlier(at, EPODE_FLICKS_MAX));
}

static double seconds(EpodeFlicks flicks)
{
    return (double)flicks / (double)EPODE_FLICKS_PER_SECOND;
}

static EpodeFlicks period(const EpodeCurve* curve, EpodeExtrapolation extrapolation)
{
    if (curve->length_flicks > 0 && extrapolation == EPODE_EXTRAPOLATION_LOOP) {
        return curve->length_flicks;
    }
    if (curve->length_flicks > 0 && extrapolation == EPODE_EXTRAPOLATION_PINGPONG) {
        return 2 * curve->length_flicks;
    }
    return NO_PERIOD;
}

// Widens least..greatest by the values at from..to; nothing when that is empty.
static void widen(const EpodeCurve* curve, uint32_t component, EpodeFlicks from, EpodeFlicks to,
                  double* least, double* greatest)
{
    EpodeSignal signal = epode_curve_signal(curve, component);
    uint32_t hint = UINT32_MAX;
    while (from <= to) {
        double value = signal.value(curve, component, from, &hint);
        *least = value < *least ? value : *least;
        *greatest = value > *greatest ? value : *greatest;
        EpodeFlicks node = signal.next_node(curve, component, from, &hint);
        from = from < to ? earlier(node, to) : EPODE_FLICKS_NEVER;
    }
}

static void component_range(const EpodeCurve* curve, uint32_t component, EpodeFlicks from,
                            EpodeFlicks to, double* least, double* greatest)
{
    from = within_time(from);
    to = within_time(to);
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    // One period has all that the others have.
    EpodeFlicks before_to = earlier(to, start - 1);
    EpodeFlicks before_from = later(from, before_to - period(curve, curve->before) + 1);
    EpodeFlicks after_from = later(from, end);
    EpodeFlicks after_to = earlier(to, after_from + period(curve, curve->after) - 1);
    *least = *greatest = epode_curve_component(curve, component, from);
    widen(curve, component, before_from, before_to, least, greatest);
    widen(curve, component, later(from, start), earlier(to, end - 1), least, greatest);
    widen(curve, component, after_from, after_to, least, greatest);
}

void epode_curve_range(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to, double* least,
                       double* greatest)
{
    EPODE_ASSERT(from <= to && !curve->is_quaternion);
    for (uint32_t i = 0; i < curve->width; i++) {
        component_range(curve, i, from, to, &least[i], &greatest[i]);
    }
}

// Integral of one component of segment `index` from a to b, both within it.
static double segment_integral(const EpodeCurve* curve, uint32_t index, uint32_t component,
                               double ease_part, EpodeFlicks a, EpodeFlicks b)
{
    EpodeSegment segment = curve->segments[index];
    const double* value = curve->values + (size_t)index * curve->width + component;
    double v0 = value[0];
    if (segment.law == EPODE_LAW_STEP) {
        return v0 * seconds(b - a);
    }
    double v1 = value[curve->width];
    EpodeFlicks t0 = curve->times[index];
    double length = (double)(curve->times[index + 1] - t0);
    if (segment.law == EPODE_LAW_EASE) {
        return v0 * seconds(b - a) + (v1 - v0) * ease_part * (length / EPODE_FLICKS_PER_SECOND);
    }
    double at_a = epode_curve_segment_value(curve, index, component, a);
    double at_b = epode_curve_segment_value(curve, index, component, b);
    if (segment.law == EPODE_LAW_LINEAR) {
        return 0.5 * (at_a + at_b) * seconds(b - a);
    }
    // Simpson's rule, exact for cubics.
    double u = 0.5 * ((double)(a - t0) + (double)(b - t0)) / length;
    double middle =
        epode_spline_value(curve->splines + segment.record + component, v0, v1, u, 1.0 - u);
    return (at_a + 4.0 * middle + at_b) / 6.0 * seconds(b - a);
}

// Adds the integral over local instants, start <= a <= b <= end.
static void add_keys(const EpodeCurve* curve, EpodeFlicks a, EpodeFlicks b, double scale,
                     double* sum)
{
    for (uint32_t index = epode_curve_find(curve, a); a < b; index++) {
        EpodeFlicks t0 = curve->times[index];
        EpodeFlicks t1 = curve->times[index + 1];
        EpodeFlicks to = earlier(b, t1);
        EpodeSegment segment = curve->segments[index];
        double length = (double)(t1 - t0);
        double ease_part =
            segment.law == EPODE_LAW_EASE
                ? epode_ease_integral(curve->eases + segment.record, (double)(a - t0) / length,
                                      (double)(to - t0) / length)
                : 0.0;
        for (uint32_t i = 0; i < curve->width; i++) {
            sum[i] += scale * segment_integral(curve, index, i, ease_part, a, to);
        }
        a = to;
    }
}

// Adds the integral over a span in which every instant is shown by the keys.
static void add_laps(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to, double* sum)
{
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    EpodeFlicks laps = (to - from) / (2 * curve->length_flicks) * 2;
    if (laps > 0) {
        add_keys(curve, start, end, (double)laps, sum);
        from += laps * curve->length_flicks;
    }
    while (from < to) {
        EpodePlace place = epode_curve_place(curve, from);
        EpodeFlicks lap_end = place.is_mirrored ? place.base - start : place.base + end;
        EpodeFlicks span = earlier(to, lap_end) - from;
        add_keys(curve, place.is_mirrored ? place.local - span : place.local,
                 place.is_mirrored ? place.local : place.local + span, 1.0, sum);
        from += span;
    }
}

// Adds the integral over a span before or after the keys.
static void add_outside(const EpodeCurve* curve, EpodeExtrapolation extrapolation, EpodeFlicks from,
                        EpodeFlicks to, double* sum)
{
    if (from >= to || extrapolation == EPODE_EXTRAPOLATION_ZERO) {
        return;
    }
    if (period(curve, extrapolation) != NO_PERIOD) {
        add_laps(curve, from, to, sum);
        return;
    }
    for (uint32_t i = 0; i < curve->width; i++) {
        sum[i] += 0.5 * seconds(to - from) *
                  (epode_curve_component(curve, i, from) + epode_curve_component(curve, i, to));
    }
}

void epode_curve_integral(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to, double* out)
{
    EPODE_ASSERT(!curve->is_quaternion);
    EpodeFlicks a = within_time(earlier(from, to));
    EpodeFlicks b = within_time(later(from, to));
    EpodeFlicks start = curve->start_flicks;
    EpodeFlicks end = start + curve->length_flicks;
    double sum[EPODE_CURVE_WIDTH_MAX] = {0.0};
    add_outside(curve, curve->before, a, earlier(b, start), sum);
    if (later(a, start) < earlier(b, end)) {
        add_keys(curve, later(a, start), earlier(b, end), 1.0, sum);
    }
    add_outside(curve, curve->after, later(a, end), b, sum);
    for (uint32_t i = 0; i < curve->width; i++) {
        out[i] = from <= to ? sum[i] : 0.0 - sum[i];
    }
}

// Whether a threshold armed at `start` has a passage in (start, until]: only if the other side is
// ever reached.
static int has_passage(const EpodeCurve* curve, uint32_t component, EpodeThreshold threshold,
                       EpodeFlicks start, EpodeFlicks until)
{
    double least = 0.0;
    double greatest = 0.0;
    component_range(curve, component, start, until, &least, &greatest);
    EpodeSide side = epode_threshold_side(threshold, epode_curve_component(curve, component, start),
                                          EPODE_SIDE_BETWEEN);
    return (side != EPODE_SIDE_ABOVE && greatest > threshold.hi) ||
           (side != EPODE_SIDE_BELOW && least < threshold.lo);
}

uint32_t epode_curve_event_times(const EpodeCurve* curve, uint32_t component,
                                 EpodeThreshold threshold, EpodeFlicks start, EpodeFlicks until,
                                 EpodePassage* out, uint32_t capacity)
{
    EPODE_ASSERT(component < curve->width && !curve->is_quaternion);
    if (until <= start || !has_passage(curve, component, threshold, start, until)) {
        return 0;
    }
    EpodePassageScan scan;
    epode_passage_scan_init(&scan, epode_curve_signal(curve, component), threshold, start);
    uint32_t count = 0;
    while (count < capacity && epode_passage_scan_next(&scan, until, &out[count])) {
        count++;
    }
    return count;
}

int epode_curve_next_passage(const EpodeCurve* curve, uint32_t component, EpodeThreshold threshold,
                             EpodeFlicks start, EpodeFlicks until, EpodePassage* out)
{
    return epode_curve_event_times(curve, component, threshold, start, until, out, 1) == 1;
}
