// SPDX-License-Identifier: MIT
// Passages: the bisection that defines their flicks, and the walk from node to node that finds them
// (docs/determinism.md). Knows signals only.
#include "epode/passage.h"
#include "base/check.h"

static double value_at(const EpodeSignal* signal, EpodeFlicks at, uint32_t* hint)
{
    return signal->value(signal->source, signal->component, at, hint);
}

static EpodeFlicks bisect(const EpodeSignal* signal, EpodeThreshold threshold, EpodeSide side,
                          EpodeFlicks a, EpodeFlicks b, uint32_t* hint)
{
    while (b - a > 1) {
        EpodeFlicks middle = a + (b - a) / 2;
        double value = value_at(signal, middle, hint);
        int is_passed = side == EPODE_SIDE_ABOVE ? value > threshold.hi : value < threshold.lo;
        if (is_passed) {
            b = middle;
        } else {
            a = middle;
        }
    }
    return b;
}

EpodeFlicks epode_passage_flick(const EpodeSignal* signal, EpodeThreshold threshold, EpodeSide side,
                                EpodeFlicks a, EpodeFlicks b)
{
    EPODE_ASSERT(a < b && side != EPODE_SIDE_BETWEEN);
    uint32_t hint = 0;
    return bisect(signal, threshold, side, a, b, &hint);
}

void epode_passage_scan_init(EpodePassageScan* scan, EpodeSignal signal, EpodeThreshold threshold,
                             EpodeFlicks start)
{
    EPODE_ASSERT(threshold.lo <= threshold.hi);
    *scan = (EpodePassageScan){
        .signal = signal,
        .threshold = threshold,
        .quiet_until = start,
        .node = start,
        .pending.at = EPODE_FLICKS_NEVER,
    };
    double value = value_at(&signal, start, &scan->hint);
    scan->side = epode_threshold_side(threshold, value, EPODE_SIDE_BETWEEN);
}

// Goes on to the next node, and notes the passage on the way there, if there is one.
static void advance(EpodePassageScan* scan)
{
    const EpodeSignal* signal = &scan->signal;
    EpodeFlicks node =
        signal->next_node(signal->source, signal->component, scan->node, &scan->hint);
    EPODE_ASSERT_HOT(node > scan->node);
    scan->quiet_until = node;
    if (node != EPODE_FLICKS_NEVER) {
        double value = value_at(signal, node, &scan->hint);
        EpodeSide side = epode_threshold_side(scan->threshold, value, scan->side);
        if (side != scan->side) {
            scan->pending = (EpodePassage){
                bisect(signal, scan->threshold, side, scan->node, node, &scan->hint), side};
            scan->quiet_until = scan->pending.at - 1;
            scan->side = side;
        }
    }
    scan->node = node;
}

int epode_passage_scan_next(EpodePassageScan* scan, EpodeFlicks until, EpodePassage* out)
{
    while (scan->quiet_until < until) {
        if (scan->pending.at != EPODE_FLICKS_NEVER) {
            *out = scan->pending;
            scan->pending.at = EPODE_FLICKS_NEVER;
            scan->quiet_until = scan->node;
            return 1;
        }
        advance(scan);
    }
    return 0;
}
