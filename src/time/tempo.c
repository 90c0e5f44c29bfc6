// SPDX-License-Identifier: MIT
// The tempo map: sorted arrays of segments and meters, and one closed form per kind of segment.
// Within a segment everything is counted from its start, in flicks and in `steady` flicks: how long
// the same beats would take at the tempo with which the segment begins. Knows nothing of shows.
#include "time/tempo.h"

#include "base/math.h"

static const double FLICKS_PER_MINUTE = 60.0 * (double)EPODE_FLICKS_PER_SECOND;

// `bend` is the relative change of tempo per steady flick for a ramp in beats, per flick for a ramp
// in time, and 0 for a constant tempo.
typedef struct Segment {
    EpodeTempoRamp ramp;
    double bpm;
    double end_bpm;
    double beat_flicks; // length of a beat at `bpm`
    double bend;
} Segment;

// The keys that are searched stand in arrays of their own: beat and start of each segment, bar and
// beat of each meter.
struct EpodeTempoMap {
    uint32_t segment_count;
    uint32_t meter_count;
    double* segment_beats;
    EpodeFlicks* segment_starts;
    Segment* segments;
    double* meter_beats;
    int64_t* meter_bars;
    double* bar_lengths; // in beats
};

static const EpodeTempoChange DEFAULT_CHANGE = {0.0, 120.0, EPODE_TEMPO_STEP};
static const EpodeMeterChange DEFAULT_METER = {0, 4, 4};

// Index of the last key that is not above `value`; 0 when all are.
static uint32_t find_real(const double* keys, uint32_t count, double value)
{
    uint32_t low = 0;
    while (count > 1) {
        uint32_t half = count / 2;
        low += keys[low + half] <= value ? half : 0;
        count -= half;
    }
    return low;
}

static uint32_t find_whole(const int64_t* keys, uint32_t count, int64_t value)
{
    uint32_t low = 0;
    while (count > 1) {
        uint32_t half = count / 2;
        low += keys[low + half] <= value ? half : 0;
        count -= half;
    }
    return low;
}

// Flicks that `steady` flicks of a segment take. What comes before the first segment is steady.
static double flicks_of_steady(const Segment* segment, double steady)
{
    double x = segment->bend * steady;
    if (steady < 0.0 || x == 0.0) {
        return steady;
    }
    if (segment->ramp == EPODE_TEMPO_BEATS) {
        return steady * (epode_log1p(x) / x);
    }
    return 2.0 * steady / (1.0 + epode_sqrt(1.0 + 2.0 * x));
}

// Steady flicks that pass in `flicks` of a segment: the inverse.
static double steady_of_flicks(const Segment* segment, double flicks)
{
    double x = segment->bend * flicks;
    if (flicks < 0.0 || x == 0.0) {
        return flicks;
    }
    return flicks * (segment->ramp == EPODE_TEMPO_BEATS ? epode_expm1(x) / x : 1.0 + 0.5 * x);
}

// A segment of `beats` from one tempo to another. A ramp that is shorter than a flick is none.
static Segment ramped_segment(EpodeTempoRamp ramp, double bpm, double end_bpm, double beats)
{
    Segment segment = {EPODE_TEMPO_STEP, bpm, bpm, FLICKS_PER_MINUTE / bpm, 0.0};
    // A ramp in time lasts as long as its beats at the mean of its tempi.
    double length = ramp == EPODE_TEMPO_BEATS ? beats * segment.beat_flicks
                                              : 2.0 * beats * FLICKS_PER_MINUTE / (bpm + end_bpm);
    if (ramp != EPODE_TEMPO_STEP && length >= 1.0) {
        segment.ramp = ramp;
        segment.end_bpm = end_bpm;
        segment.bend = (end_bpm - bpm) / bpm / length;
    }
    return segment;
}

// Flicks nearest to `flicks` after `start`, ties away from zero.
static EpodeFlicks flicks_after(EpodeFlicks start, double flicks)
{
    if (flicks >= (double)(EPODE_FLICKS_MAX - start)) {
        return EPODE_FLICKS_MAX;
    }
    if (flicks <= (double)(-EPODE_FLICKS_MAX - start)) {
        return -EPODE_FLICKS_MAX;
    }
    return start + (EpodeFlicks)epode_round(flicks);
}

static double limited_beat(double beat)
{
    if (!(beat >= -EPODE_TEMPO_BEAT_MAX)) {
        return beat < 0.0 ? -EPODE_TEMPO_BEAT_MAX : 0.0;
    }
    return beat > EPODE_TEMPO_BEAT_MAX ? EPODE_TEMPO_BEAT_MAX : beat;
}

static EpodeStatus check_change(const EpodeTempoChange* changes, uint32_t index)
{
    const EpodeTempoChange* change = &changes[index];
    int is_in_order = index == 0 ? change->beat == 0.0 : change->beat > changes[index - 1].beat;
    int is_tempo = change->bpm >= EPODE_TEMPO_BPM_MIN && change->bpm <= EPODE_TEMPO_BPM_MAX;
    int is_ramp = change->ramp == EPODE_TEMPO_STEP || change->ramp == EPODE_TEMPO_BEATS ||
                  change->ramp == EPODE_TEMPO_SECONDS;
    if (!is_in_order || !is_tempo || !is_ramp) {
        return EPODE_ERR_BAD_ARG;
    }
    return change->beat <= EPODE_TEMPO_BEAT_MAX ? EPODE_OK : EPODE_ERR_LIMIT;
}

static EpodeStatus check_meter(const EpodeMeterChange* meters, uint32_t index)
{
    const EpodeMeterChange* meter = &meters[index];
    int is_in_order = index == 0 ? meter->bar == 0 : meter->bar > meters[index - 1].bar;
    int is_numerator = meter->numerator >= 1 && meter->numerator <= EPODE_METER_NUMERATOR_MAX;
    int is_denominator = meter->denominator >= 1 &&
                         meter->denominator <= EPODE_METER_DENOMINATOR_MAX &&
                         (meter->denominator & (meter->denominator - 1)) == 0;
    return is_in_order && is_numerator && is_denominator ? EPODE_OK : EPODE_ERR_BAD_ARG;
}

// Adds the segment of a change, which starts where the one before it ends.
static EpodeStatus add_segment(EpodeTempoMap* map, const EpodeTempoChange* changes, uint32_t index)
{
    EPODE_TRY(check_change(changes, index));
    const EpodeTempoChange* change = &changes[index];
    map->segment_beats[index] = change->beat;
    map->segments[index] = ramped_segment(EPODE_TEMPO_STEP, change->bpm, change->bpm, 0.0);
    if (index == 0) {
        return EPODE_OK;
    }
    const EpodeTempoChange* before = &changes[index - 1];
    double beats = change->beat - before->beat;
    Segment* segment = &map->segments[index - 1];
    *segment = ramped_segment(before->ramp, before->bpm, change->bpm, beats);
    double length = flicks_of_steady(segment, beats * segment->beat_flicks);
    map->segment_starts[index] = flicks_after(map->segment_starts[index - 1], length);
    return map->segment_starts[index] < EPODE_FLICKS_MAX ? EPODE_OK : EPODE_ERR_LIMIT;
}

// Adds a meter, whose first beat follows from the meters before it.
static EpodeStatus add_meter(EpodeTempoMap* map, const EpodeMeterChange* meters, uint32_t index)
{
    EPODE_TRY(check_meter(meters, index));
    const EpodeMeterChange* meter = &meters[index];
    map->meter_bars[index] = meter->bar;
    map->bar_lengths[index] = 4.0 * meter->numerator / meter->denominator;
    if (index > 0) {
        double bars = (double)(meter->bar - meters[index - 1].bar);
        map->meter_beats[index] = map->meter_beats[index - 1] + bars * map->bar_lengths[index - 1];
    }
    return map->meter_beats[index] <= EPODE_TEMPO_BEAT_MAX ? EPODE_OK : EPODE_ERR_LIMIT;
}

static EpodeTempoMap* allocate(EpodeArena* arena, uint32_t segment_count, uint32_t meter_count)
{
    EpodeTempoMap* map = epode_arena_alloc(arena, sizeof *map);
    if (map == NULL) {
        return NULL;
    }
    map->segment_count = segment_count;
    map->meter_count = meter_count;
    map->segment_beats = epode_arena_array(arena, segment_count, sizeof *map->segment_beats);
    map->segment_starts = epode_arena_array(arena, segment_count, sizeof *map->segment_starts);
    map->segments = epode_arena_array(arena, segment_count, sizeof *map->segments);
    map->meter_beats = epode_arena_array(arena, meter_count, sizeof *map->meter_beats);
    map->meter_bars = epode_arena_array(arena, meter_count, sizeof *map->meter_bars);
    map->bar_lengths = epode_arena_array(arena, meter_count, sizeof *map->bar_lengths);
    int is_complete = map->segment_beats != NULL && map->segment_starts != NULL &&
                      map->segments != NULL && map->meter_beats != NULL &&
                      map->meter_bars != NULL && map->bar_lengths != NULL;
    return is_complete ? map : NULL;
}

static EpodeStatus refuse(EpodeStatus status, uint32_t index, uint32_t* bad_index)
{
    if (bad_index != NULL) {
        *bad_index = index;
    }
    return status;
}

EpodeStatus epode_tempo_map_create(EpodeArena* arena, const EpodeTempoChange* changes,
                                   uint32_t change_count, const EpodeMeterChange* meters,
                                   uint32_t meter_count, EpodeTempoMap** out, uint32_t* bad_index)
{
    uint32_t segment_total = change_count == 0 ? 1 : change_count;
    uint32_t meter_total = meter_count == 0 ? 1 : meter_count;
    const EpodeTempoChange* all_changes = change_count == 0 ? &DEFAULT_CHANGE : changes;
    const EpodeMeterChange* all_meters = meter_count == 0 ? &DEFAULT_METER : meters;
    EpodeTempoMap* map = allocate(arena, segment_total, meter_total);
    if (map == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    for (uint32_t i = 0; i < segment_total; i++) {
        EpodeStatus status = add_segment(map, all_changes, i);
        if (status != EPODE_OK) {
            return refuse(status, i, bad_index);
        }
    }
    for (uint32_t i = 0; i < meter_total; i++) {
        EpodeStatus status = add_meter(map, all_meters, i);
        if (status != EPODE_OK) {
            return refuse(status, change_count + i, bad_index);
        }
    }
    *out = map;
    return EPODE_OK;
}

EpodeFlicks epode_tempo_flicks(const EpodeTempoMap* map, double beat)
{
    double limited = limited_beat(beat);
    uint32_t index = find_real(map->segment_beats, map->segment_count, limited);
    const Segment* segment = &map->segments[index];
    double steady = (limited - map->segment_beats[index]) * segment->beat_flicks;
    return flicks_after(map->segment_starts[index], flicks_of_steady(segment, steady));
}

double epode_tempo_beat(const EpodeTempoMap* map, EpodeFlicks at)
{
    uint32_t index = find_whole(map->segment_starts, map->segment_count, at);
    const Segment* segment = &map->segments[index];
    double flicks = (double)(at - map->segment_starts[index]);
    double beats = steady_of_flicks(segment, flicks) / segment->beat_flicks;
    double beat = map->segment_beats[index] + beats;
    // A start that was rounded up leaves its predecessor a fraction of a flick too long.
    int is_last = index + 1 == map->segment_count;
    return is_last || beat < map->segment_beats[index + 1] ? beat : map->segment_beats[index + 1];
}

double epode_tempo_bpm(const EpodeTempoMap* map, EpodeFlicks at)
{
    uint32_t index = find_whole(map->segment_starts, map->segment_count, at);
    const Segment* segment = &map->segments[index];
    double x = segment->bend * (double)(at - map->segment_starts[index]);
    if (at < 0 || x == 0.0) {
        return segment->bpm;
    }
    double bpm = segment->bpm * (segment->ramp == EPODE_TEMPO_BEATS ? epode_exp(x) : 1.0 + x);
    int is_beyond = segment->bend > 0.0 ? bpm > segment->end_bpm : bpm < segment->end_bpm;
    return is_beyond ? segment->end_bpm : bpm;
}

double epode_tempo_bar_beat(const EpodeTempoMap* map, int64_t bar)
{
    uint32_t index = find_whole(map->meter_bars, map->meter_count, bar);
    double bars = (double)bar - (double)map->meter_bars[index];
    return limited_beat(map->meter_beats[index] + bars * map->bar_lengths[index]);
}

int64_t epode_tempo_beat_bar(const EpodeTempoMap* map, double beat, double* beat_in_bar)
{
    double limited = limited_beat(beat);
    uint32_t index = find_real(map->meter_beats, map->meter_count, limited);
    double length = map->bar_lengths[index];
    double offset = limited - map->meter_beats[index];
    double bars = epode_floor(offset / length);
    double rest = offset - bars * length;
    // A beat that is just before 0 can round up to the bar that begins there.
    if (rest >= length) {
        bars += 1.0;
        rest = 0.0;
    }
    if (beat_in_bar != NULL) {
        *beat_in_bar = rest;
    }
    return map->meter_bars[index] + (int64_t)bars;
}
