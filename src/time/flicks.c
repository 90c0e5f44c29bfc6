// SPDX-License-Identifier: MIT
// Conversions between flicks, seconds, ticks and frames. Integers wherever the answer must be
// exact.
#include "base/check.h"
#include "base/math.h"
#include "epode/time.h"

EpodeFlicks epode_flicks_from_seconds(double seconds)
{
    double scaled = seconds * (double)EPODE_FLICKS_PER_SECOND;
    if (scaled != scaled) {
        return 0;
    }
    if (scaled >= (double)EPODE_FLICKS_MAX) {
        return EPODE_FLICKS_MAX;
    }
    if (scaled <= -(double)EPODE_FLICKS_MAX) {
        return -EPODE_FLICKS_MAX;
    }
    return (EpodeFlicks)epode_round(scaled);
}

double epode_flicks_seconds(EpodeFlicks flicks)
{
    return (double)flicks / (double)EPODE_FLICKS_PER_SECOND;
}

int epode_tick_rate_is_valid(int64_t tick_rate)
{
    return tick_rate > 0 && EPODE_FLICKS_PER_SECOND % tick_rate == 0;
}

EpodeFlicks epode_tick_flicks(int64_t tick, int64_t tick_rate)
{
    EPODE_ASSERT(epode_tick_rate_is_valid(tick_rate));
    return tick * (EPODE_FLICKS_PER_SECOND / tick_rate);
}

int64_t epode_flicks_tick(EpodeFlicks at, int64_t tick_rate)
{
    EPODE_ASSERT(epode_tick_rate_is_valid(tick_rate));
    EpodeFlicks tick_flicks = EPODE_FLICKS_PER_SECOND / tick_rate;
    return at <= 0 ? 0 : (at - 1) / tick_flicks + 1;
}

int64_t epode_tick_count(EpodeFlicks duration, int64_t tick_rate)
{
    EPODE_ASSERT(epode_tick_rate_is_valid(tick_rate));
    return duration < 0 ? 0 : duration / (EPODE_FLICKS_PER_SECOND / tick_rate) + 1;
}

int64_t epode_flicks_frame(EpodeFlicks at, int64_t frame_rate)
{
    return epode_muldiv_ceil(at, frame_rate, EPODE_FLICKS_PER_SECOND);
}

int64_t epode_frame_count(EpodeFlicks duration, int64_t frame_rate)
{
    EPODE_ASSERT(frame_rate > 0);
    if (duration < 0) {
        return 0;
    }
    int64_t half_frames = epode_muldiv_floor(duration, 2 * frame_rate, EPODE_FLICKS_PER_SECOND);
    return half_frames - half_frames / 2;
}
