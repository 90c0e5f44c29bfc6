// SPDX-License-Identifier: MIT
// How the inside of the library creates curves: in an arena, beside everything else of a score.
#ifndef EPODE_CURVE_BUILD_H
#define EPODE_CURVE_BUILD_H

#include "base/arena.h"
#include "epode/curve.h"

/// As epode_curve_create, in an arena: the curve lives as long as the arena and is never destroyed.
///
/// Errors:  EPODE_ERR_BAD_ARG with the first fault in `*error`; EPODE_ERR_NO_MEM. `*out` is then
///          NULL. `error` may be NULL.
/// Thread:  [load].
EpodeStatus epode_curve_create_in(EpodeArena* arena, const EpodeCurveDef* def, EpodeCurve** out,
                                  EpodeCurveError* error);

#endif
