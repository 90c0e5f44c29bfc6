// SPDX-License-Identifier: MIT
// Many curves of width 1 evaluated together at one instant: what a stage does that samples
// everything each tick. The values are those of epode_curve_value, bit for bit; only the layout is
// made for sweeping. Knows curves; must not know who reads the values.
#ifndef EPODE_CURVE_BANK_H
#define EPODE_CURVE_BANK_H

#include "base/arena.h"
#include "epode/curve.h"

typedef struct EpodeCurveBank EpodeCurveBank;

/// Which instruction set a bank sweeps with. The bits do not depend on it.
typedef enum EpodeCurveLanes {
    EPODE_CURVE_LANES_BEST = 0, ///< The widest this machine has.
    EPODE_CURVE_LANES_BASELINE = 1,
    EPODE_CURVE_LANES_AVX2 = 2,
    EPODE_CURVE_LANES_AVX512 = 3
} EpodeCurveLanes;

/// Creates a bank of `count` curves, which must outlive it. It copies the keys of those made of
/// steps and straight lines; the others are evaluated one by one with a cursor each.
///
/// Range:   every curve has width 1.
/// Errors:  EPODE_ERR_BAD_ARG for another width, EPODE_ERR_NO_MEM; `*out` is then NULL.
/// Thread:  [load].
EpodeStatus epode_curve_bank_create(EpodeArena* arena, const EpodeCurve* const* curves,
                                    uint32_t count, EpodeCurveBank** out);

/// Chooses the instruction set, for tests and measurements.
///
/// Errors:  EPODE_ERR_NOT_FOUND when this machine does not have it; the bank is unchanged.
/// Thread:  [load].
EpodeStatus epode_curve_bank_lanes_set(EpodeCurveBank* bank, EpodeCurveLanes lanes);

/// Values of all curves at `at`. Cheapest when `at` is a little later than at the call before.
///
/// Shapes:  `out` receives `count` values in the order of the curves.
/// Range:   as epode_curve_value.
/// Thread:  [tick], real-time safe, does not allocate. The bank remembers where it was.
void epode_curve_bank_values(EpodeCurveBank* bank, EpodeFlicks at, double* out);

#endif
