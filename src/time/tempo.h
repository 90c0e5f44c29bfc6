// SPDX-License-Identifier: MIT
// Musical time: a map between beats and flicks made of constant and ramped segments, and the
// signatures that count bars. A pure function in closed form: nothing drifts (decision T3).
#ifndef EPODE_TIME_TEMPO_H
#define EPODE_TIME_TEMPO_H

#include "base/arena.h"
#include "epode/time.h"

/// Tempi that a change may name, in quarter notes a minute.
#define EPODE_TEMPO_BPM_MIN 1.0
#define EPODE_TEMPO_BPM_MAX 10000.0

/// Last beat that is told apart: more than EPODE_FLICKS_MAX holds at the fastest tempo.
#define EPODE_TEMPO_BEAT_MAX 1e10

/// Greatest parts of a signature; a denominator is a power of two.
#define EPODE_METER_NUMERATOR_MAX 255
#define EPODE_METER_DENOMINATOR_MAX 128

/// How the tempo goes from one change to the next.
typedef enum EpodeTempoRamp {
    EPODE_TEMPO_STEP = 0,   ///< Constant until the next change.
    EPODE_TEMPO_BEATS = 1,  ///< Linear in beats.
    EPODE_TEMPO_SECONDS = 2 ///< Linear in time.
} EpodeTempoRamp;

/// A change of tempo at a beat. `ramp` says how the tempo moves from here to the next change.
typedef struct EpodeTempoChange {
    double beat;
    double bpm; // quarter notes a minute
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
/// Every change stands at a whole flick: the nearest to where the segment before it ends. What
/// follows is counted from there, so a segment never sees the rounding of those before it.
///
/// Errors:  EPODE_ERR_BAD_ARG; EPODE_ERR_LIMIT when a change or meter comes after
///          EPODE_TEMPO_BEAT_MAX or EPODE_FLICKS_MAX; for both, `*bad_index` (if not NULL) tells
///          the change, or change_count plus the index of the meter. EPODE_ERR_NO_MEM.
/// Thread:  [load].
EpodeStatus epode_tempo_map_create(EpodeArena* arena, const EpodeTempoChange* changes,
                                   uint32_t change_count, const EpodeMeterChange* meters,
                                   uint32_t meter_count, EpodeTempoMap** out, uint32_t* bad_index);

/// Instant of a beat, to the nearest flick. Beats before 0 use the first tempo.
///
/// Range:   saturates at +-EPODE_FLICKS_MAX; not-a-number gives 0.
/// Thread:  [any], real-time safe.
/// Source:  closed forms; t(b) = (60/k) log1p(k b / B0) for a ramp linear in beats.
EpodeFlicks epode_tempo_flicks(const EpodeTempoMap* map, double beat);

/// Beat of an instant, the inverse of epode_tempo_flicks: during the first 24 hours the beat's
/// instant is `at` again, and the beat of a beat's instant is that beat to within half a flick (one
/// flick where a change lies between the two). Later the 53 bits of a beat get too coarse for that.
///
/// Thread:  [any], real-time safe.
double epode_tempo_beat(const EpodeTempoMap* map, EpodeFlicks at);

/// Tempo at an instant in quarter notes a minute.
///
/// Thread:  [any], real-time safe.
double epode_tempo_bpm(const EpodeTempoMap* map, EpodeFlicks at);

/// First beat of a 0-based bar. Bars before 0 use the first meter.
///
/// Range:   exact; saturates at +-EPODE_TEMPO_BEAT_MAX.
/// Thread:  [any], real-time safe.
double epode_tempo_bar_beat(const EpodeTempoMap* map, int64_t bar);

/// Bar of a beat (0-based) and, if not NULL, the quarter notes since that bar began.
///
/// Range:   beats are clamped to +-EPODE_TEMPO_BEAT_MAX, not-a-number is taken as 0;
///          0 <= `*beat_in_bar` < the beats of the bar.
/// Thread:  [any], real-time safe.
int64_t epode_tempo_beat_bar(const EpodeTempoMap* map, double beat, double* beat_in_bar);

#endif
