// SPDX-License-Identifier: MIT
// Musical time: a map between beats and flicks made of constant and ramped segments, and the
// signatures that count bars. A pure function in closed form: nothing drifts (decision T3).
#ifndef EPODE_TIME_TEMPO_H
#define EPODE_TIME_TEMPO_H

#include "base/arena.h"
#include "epode/time.h"

/// How the tempo goes from one change to the next.
typedef enum EpodeTempoRamp {
    EPODE_TEMPO_STEP = 0,   ///< Constant until the next change.
    EPODE_TEMPO_BEATS = 1,  ///< Linear in beats.
    EPODE_TEMPO_SECONDS = 2 ///< Linear in time.
} EpodeTempoRamp;

/// A change of tempo at a beat. `ramp` says how the tempo moves from here to the next change.
typedef struct EpodeTempoChange {
    double beat;
    double bpm; // quarter notes a minute, 1..10000
    EpodeTempoRamp ramp;
} EpodeTempoChange;

/// A time signature from a bar on. A beat is a quarter note: 6/8 has three beats a bar.
typedef struct EpodeMeterChange {
    int64_t bar; // 0-based
    int32_t numerator;
    int32_t denominator;
} EpodeMeterChange;

typedef struct EpodeTempoMap EpodeTempoMap;

/// Builds a map. Beats of changes strictly increase from 0, bars of meters strictly increase from
/// 0; an empty list means 120 bpm and 4/4. The last change holds for ever (its ramp is ignored).
///
/// Errors:  EPODE_ERR_BAD_ARG (with the offending index in `*bad_index` if not NULL),
///          EPODE_ERR_NO_MEM, EPODE_ERR_LIMIT beyond EPODE_FLICKS_MAX.
/// Thread:  [load].
EpodeStatus epode_tempo_map_create(EpodeArena* arena, const EpodeTempoChange* changes,
                                   uint32_t change_count, const EpodeMeterChange* meters,
                                   uint32_t meter_count, EpodeTempoMap** out, uint32_t* bad_index);

/// Instant of a beat, to the nearest flick. Beats before 0 use the first tempo.
///
/// Thread:  [any], real-time safe.
/// Source:  closed forms; t(b) = (60/k) log1p(k b / B0) for a ramp linear in beats.
EpodeFlicks epode_tempo_flicks(const EpodeTempoMap* map, double beat);

/// Beat of an instant; the inverse of epode_tempo_flicks to within half a flick.
///
/// Thread:  [any], real-time safe.
double epode_tempo_beat(const EpodeTempoMap* map, EpodeFlicks at);

/// Tempo at an instant in quarter notes a minute.
///
/// Thread:  [any], real-time safe.
double epode_tempo_bpm(const EpodeTempoMap* map, EpodeFlicks at);

/// First beat of a 0-based bar.
///
/// Thread:  [any], real-time safe.
double epode_tempo_bar_beat(const EpodeTempoMap* map, int64_t bar);

/// Bar of a beat (0-based) and, if not NULL, the quarter notes since that bar began.
///
/// Thread:  [any], real-time safe.
int64_t epode_tempo_beat_bar(const EpodeTempoMap* map, double beat, double* beat_in_bar);

#endif
