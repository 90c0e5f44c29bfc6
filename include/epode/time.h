// SPDX-License-Identifier: MIT
// Time as every part of Epode counts it: whole flicks, ticks of a rate that divides a second of
// flicks, and frames of sound. Knows no tempo (that is time/tempo.h inside) and no clock.
#ifndef EPODE_TIME_H
#define EPODE_TIME_H

#include "epode/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A point or span of time in flicks.
typedef int64_t EpodeFlicks;

/// One second. Divisible by 44.1/48/88.2/96/192 kHz and by 24/25/30/50/60/120/240 Hz.
#define EPODE_FLICKS_PER_SECOND INT64_C(705600000)

/// Later than every time that is reached: about 414 years.
#define EPODE_FLICKS_NEVER INT64_MAX

/// Longest time a show may state or reach: 10 000 hours. Sums of a few such times cannot overflow.
#define EPODE_FLICKS_MAX (EPODE_FLICKS_PER_SECOND * 3600 * 10000)

/// Flicks nearest to `seconds`, ties away from zero.
///
/// Range:   saturates at +-EPODE_FLICKS_MAX; not-a-number gives 0.
/// Thread:  [any], real-time safe.
EPODE_API EpodeFlicks epode_flicks_from_seconds(double seconds);

/// Seconds nearest to `flicks`.
///
/// Thread:  [any], real-time safe.
EPODE_API double epode_flicks_seconds(EpodeFlicks flicks);

/// Whether `tick_rate` (per second) divides a second of flicks.
///
/// Thread:  [any], real-time safe.
EPODE_API int epode_tick_rate_is_valid(int64_t tick_rate);

/// The instant of tick `tick`: exactly tick / tick_rate.
///
/// Range:   tick >= 0, a valid rate.
/// Thread:  [any], real-time safe.
EPODE_API EpodeFlicks epode_tick_flicks(int64_t tick, int64_t tick_rate);

/// The tick whose step covers `at`: the smallest k with k / tick_rate >= at; 0 for at <= 0.
///
/// Thread:  [any], real-time safe.
EPODE_API int64_t epode_flicks_tick(EpodeFlicks at, int64_t tick_rate);

/// Count of ticks in a show of `duration`: the ticks 0..floor(seconds * rate), so this is one more;
/// 0 for less than nothing.
///
/// Thread:  [any], real-time safe.
EPODE_API int64_t epode_tick_count(EpodeFlicks duration, int64_t tick_rate);

/// First frame of sound at or after `at`: ceil(at * rate / second).
///
/// Units:   `frame_rate` in Hz, 1..768000; it need not divide a second of flicks.
/// Thread:  [any], real-time safe.
EPODE_API int64_t epode_flicks_frame(EpodeFlicks at, int64_t frame_rate);

/// Count of frames in a render of `duration`: the nearest whole number, ties up; 0 for less than
/// nothing.
///
/// Thread:  [any], real-time safe.
EPODE_API int64_t epode_frame_count(EpodeFlicks duration, int64_t frame_rate);

#ifdef __cplusplus
}
#endif

#endif
