// SPDX-License-Identifier: MIT
// Passages: the exact flicks at which a value over time leaves one side of a threshold for the
// other. The answer never depends on how often somebody asks. Knows signals (a value and the
// instants between which it is monotone) and no curves, rules or ticks.
#ifndef EPODE_PASSAGE_H
#define EPODE_PASSAGE_H

#include "epode/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Where a value stands relative to a threshold. Between the levels it keeps the side it came from;
/// EPODE_SIDE_BETWEEN is only the side of a value that has been nowhere else yet.
typedef enum EpodeSide {
    EPODE_SIDE_BELOW = -1,
    EPODE_SIDE_BETWEEN = 0,
    EPODE_SIDE_ABOVE = 1
} EpodeSide;

/// Two levels, lo <= hi: above is V > hi, below is V < lo. Without hysteresis both are equal.
/// For a passage up at X with hysteresis h: {X - h, X}; for one down: {X, X + h}.
typedef struct EpodeThreshold {
    double lo;
    double hi;
} EpodeThreshold;

/// The first flick on the new side.
typedef struct EpodePassage {
    EpodeFlicks at;
    EpodeSide side; ///< EPODE_SIDE_ABOVE: passed upwards; EPODE_SIDE_BELOW: downwards.
} EpodePassage;

/// The side of `value` when the side before was `before`.
///
/// Thread:  [any], real-time safe.
static inline EpodeSide epode_threshold_side(EpodeThreshold threshold, double value,
                                             EpodeSide before)
{
    return value > threshold.hi   ? EPODE_SIDE_ABOVE
           : value < threshold.lo ? EPODE_SIDE_BELOW
                                  : before;
}

/// A value over time, and its nodes: instants such that the value is monotone from each node to the
/// next, rounding aside. Both functions are pure: equal arguments, equal results.
///
/// `value` is the value at a flick. `next_node` is the smallest node after a flick, or
/// EPODE_FLICKS_NEVER when the value stays as it is from there on. `component` is passed through.
/// `*hint` starts as 0 and is scratch for the source: it may speed up an answer, never change it.
///
/// A sum, product or re-timing of curves is a signal too: its author composes the nodes. They must
/// be fixed by the curves and their binding alone, never by when somebody asks.
typedef struct EpodeSignal {
    const void* source;
    uint32_t component;
    double (*value)(const void* source, uint32_t component, EpodeFlicks at, uint32_t* hint);
    EpodeFlicks (*next_node)(const void* source, uint32_t component, EpodeFlicks after,
                             uint32_t* hint);
} EpodeSignal;

/// The flick in (a, b] at which the value is first on `side`, given that it is not at `a` and is at
/// `b`. Normative: the final `b` of: while b - a > 1: m = a + (b - a) / 2; if V(m) is on the side,
/// b = m, else a = m. `a` and `b` must be neighbouring nodes, not a piece cut from between them:
/// that is what makes the flick independent of who asks when.
///
/// Range:   a < b; `side` is EPODE_SIDE_ABOVE or EPODE_SIDE_BELOW.
/// Thread:  [any], real-time safe, does not allocate; one value for each bit of b - a.
EPODE_API EpodeFlicks epode_passage_flick(const EpodeSignal* signal, EpodeThreshold threshold,
                                          EpodeSide side, EpodeFlicks a, EpodeFlicks b);

/// A walk over the passages of one threshold, from a start onwards. Plain data: copying it is a
/// snapshot of it. Nothing in (start, quiet_until] is left to be found, so that a caller with many
/// idle thresholds spends one comparison on each.
typedef struct EpodePassageScan {
    EpodeSignal signal;
    EpodeThreshold threshold;
    EpodeFlicks quiet_until; ///< Until here every passage has been handed out.
    EpodeFlicks node;        ///< The node up to which the signal has been looked at.
    EpodeSide side;          ///< The side at `node`.
    EpodePassage pending;    ///< Found but not yet handed out; `at` is EPODE_FLICKS_NEVER if none.
    uint32_t hint;
} EpodePassageScan;

/// Arms a threshold at `start`: the side is that of the value there. What happens at `start` itself
/// is no passage; starting between the levels, the first departure is one.
///
/// Range:   threshold.lo <= threshold.hi, both numbers.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API void epode_passage_scan_init(EpodePassageScan* scan, EpodeSignal signal,
                                       EpodeThreshold threshold, EpodeFlicks start);

/// Hands out the next passage at or before `until`: 1 and `*out`, or 0 when there is none. Passages
/// come in order, up and down alternating, each once. How a span is cut into calls does not matter.
///
/// Thread:  [any], real-time safe, does not allocate; looks at most one piece beyond `until`.
EPODE_API int epode_passage_scan_next(EpodePassageScan* scan, EpodeFlicks until, EpodePassage* out);

#ifdef __cplusplus
}
#endif

#endif
