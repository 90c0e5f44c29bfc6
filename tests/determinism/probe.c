// SPDX-License-Identifier: MIT
// Prints one line for everything the library computes: what it is and the hash of its results.
// Every build on every machine must print the same lines (decision D4). Uses no outside library and
// takes its numbers from the library itself, so that a cross compiler can build it.
#include <stdio.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/math.h"
#include "base/number.h"
#include "base/rng.h"
#include "epode/curve.h"
#include "time/tempo.h"

enum { DRAWS = 4000 };

static EpodeHashStream stream;

static void push_double(double value)
{
    uint64_t bits = epode_double_bits(value);
    epode_hash_stream_push(&stream, &bits, sizeof bits);
}

static void push_int(int64_t value)
{
    epode_hash_stream_push(&stream, &value, sizeof value);
}

static void report(const char* name)
{
    printf("%s %016llx\n", name, (unsigned long long)epode_hash_stream_value(&stream));
    epode_hash_stream_init(&stream);
}

// Any double but a not-a-number, from the least to the greatest.
static double any_double(uint32_t n)
{
    double below_two = epode_double_from_bits(epode_rng_bits(1, 0, n, 0) & ~(UINT64_C(1) << 62));
    return n % 2 == 0 ? below_two : 1 / below_two;
}

// A double of the sizes that shows are made of.
static double usual_double(uint32_t n)
{
    static const double scales[] = {1, 8, 1000, 1e6};
    return (2 * epode_rng_unit(1, 1, n, 0) - 1) * scales[n % 4];
}

static void probe_random(void)
{
    for (uint32_t n = 0; n < DRAWS; n++) {
        push_int((int64_t)epode_rng_bits(n, 3, 5, n));
        push_double(epode_rng_unit(7, n, 11, n));
    }
    report("base.rng");
}

static void probe_numbers(void)
{
    for (uint32_t n = 0; n < DRAWS; n++) {
        char text[EPODE_NUMBER_TEXT_SIZE];
        size_t size = epode_number_format(any_double(n), text);
        epode_hash_stream_push(&stream, text, size);
        double value = 0;
        size_t used = 0;
        push_int(epode_number_parse(text, size, &value, &used));
        push_double(value);
    }
    report("base.number");
}

static void probe_functions(void)
{
    static const struct {
        const char* name;
        double (*call)(double);
    } functions[] = {
        {"base.math.sin", epode_sin},     {"base.math.cos", epode_cos},
        {"base.math.tan", epode_tan},     {"base.math.acos", epode_acos},
        {"base.math.exp", epode_exp},     {"base.math.expm1", epode_expm1},
        {"base.math.exp2", epode_exp2},   {"base.math.log", epode_log},
        {"base.math.log1p", epode_log1p}, {"base.math.log2", epode_log2},
        {"base.math.tanh", epode_tanh},   {"base.math.sqrt", epode_sqrt},
        {"base.math.floor", epode_floor}, {"base.math.ceil", epode_ceil},
        {"base.math.round", epode_round},
    };
    for (size_t i = 0; i < EPODE_COUNT_OF(functions); i++) {
        for (uint32_t n = 0; n < DRAWS; n++) {
            push_double(functions[i].call(usual_double(n)));
            push_double(functions[i].call(any_double(n)));
        }
        report(functions[i].name);
    }
    for (uint32_t n = 0; n < DRAWS; n++) {
        push_double(epode_atan2(usual_double(n), usual_double(n + 1)));
        push_double(epode_atan2(any_double(n), any_double(n + 1)));
    }
    report("base.math.atan2");
    for (uint32_t n = 0; n < DRAWS; n++) {
        push_double(epode_pow(epode_fabs(usual_double(n)), usual_double(n + 1) / 100));
        push_double(epode_pow(any_double(n), any_double(n + 1)));
    }
    report("base.math.pow");
}

static void probe_wide_products(void)
{
    for (uint32_t n = 0; n < DRAWS; n++) {
        int64_t a = (int64_t)epode_rng_bits(2, 0, n, 0);
        int64_t b = (int64_t)epode_rng_bits(2, 1, n, 0) >> n % 60;
        push_int(epode_muldiv_floor(a, b, EPODE_FLICKS_PER_SECOND));
        push_int(epode_muldiv_ceil(a, b, EPODE_FLICKS_PER_SECOND));
    }
    report("base.math.muldiv");
}

static void probe_time(void)
{
    static const int64_t rates[] = {20, 24, 60, 240, 750, 44100, 48000};
    for (uint32_t n = 0; n < DRAWS; n++) {
        int64_t rate = rates[n % 7];
        EpodeFlicks at = epode_flicks_from_seconds(36000 * epode_rng_unit(3, 0, n, 0));
        push_int(at);
        push_double(epode_flicks_seconds(at));
        push_int(epode_flicks_tick(at, rate));
        push_int(epode_flicks_frame(at, rate));
        push_int(epode_frame_count(at, rate));
        push_int(epode_flicks_from_seconds(any_double(n)));
    }
    report("time.flicks");
}

// A map of steps and ramps of both kinds, with meters that change.
static int probe_tempo(void)
{
    static const EpodeMeterChange meters[] = {{0, 4, 4}, {7, 6, 8}, {40, 5, 4}};
    EpodeTempoChange changes[60];
    for (uint32_t i = 0; i < EPODE_COUNT_OF(changes); i++) {
        changes[i] = (EpodeTempoChange){.beat = 7.25 * i,
                                        .bpm = 40 + 160 * epode_rng_unit(5, 0, i, 0),
                                        .ramp = (EpodeTempoRamp)(i % 3)};
    }
    EpodeArena arena;
    epode_arena_init(&arena, epode_heap_system());
    EpodeTempoMap* map = NULL;
    EpodeStatus status = epode_tempo_map_create(&arena, changes, EPODE_COUNT_OF(changes), meters,
                                                EPODE_COUNT_OF(meters), &map, NULL);
    for (uint32_t n = 0; n < DRAWS && status == EPODE_OK; n++) {
        EpodeFlicks at = epode_tempo_flicks(map, 500 * epode_rng_unit(5, 1, n, 0));
        double beat_in_bar = 0;
        push_int(at);
        push_double(epode_tempo_beat(map, at));
        push_double(epode_tempo_bpm(map, at));
        push_int(epode_tempo_beat_bar(map, epode_tempo_beat(map, at), &beat_in_bar));
        push_double(beat_in_bar);
    }
    epode_arena_finish(&arena);
    report("time.tempo");
    return status == EPODE_OK;
}

// A curve of `key_count` keys about half a second apart that goes every way in turn.
static EpodeCurve* any_curve(uint32_t stream_index, int is_quaternion)
{
    enum { KEY_COUNT = 24 };
    EpodeCurveKey keys[KEY_COUNT];
    EpodeFlicks at = 0;
    for (uint32_t i = 0; i < KEY_COUNT; i++) {
        uint32_t kind =
            (i + stream_index) % (is_quaternion ? EPODE_INTERP_COUNT : EPODE_INTERP_SLERP);
        keys[i] = epode_curve_key(at, 0, (EpodeInterp)kind);
        for (uint32_t c = 0; c < EPODE_CURVE_WIDTH_MAX; c++) {
            keys[i].value[c] = 2 * epode_rng_unit(6, stream_index, i, c) - 1;
            keys[i].tangent_in[c] = 4 * epode_rng_unit(7, stream_index, i, c) - 2;
            keys[i].tangent_out[c] = 4 * epode_rng_unit(8, stream_index, i, c) - 2;
        }
        at += 1 + (EpodeFlicks)(epode_rng_bits(9, stream_index, i, 0) %
                                (uint64_t)EPODE_FLICKS_PER_SECOND);
    }
    EpodeCurveDef def = epode_curve_def();
    def.width = is_quaternion ? 4 : 1;
    def.is_quaternion = is_quaternion;
    def.before = (EpodeExtrapolation)(stream_index % EPODE_EXTRAPOLATION_COUNT);
    def.after = (EpodeExtrapolation)((stream_index + 1) % EPODE_EXTRAPOLATION_COUNT);
    def.keys = keys;
    def.key_count = KEY_COUNT;
    EpodeCurve* curve = NULL;
    return epode_curve_create(epode_heap_system(), &def, &curve, NULL) == EPODE_OK ? curve : NULL;
}

static void push_curve(const EpodeCurve* curve)
{
    for (uint32_t n = 0; n < 200; n++) {
        EpodeFlicks at = epode_flicks_from_seconds(60 * epode_rng_unit(10, 0, n, 0) - 20);
        double values[EPODE_CURVE_WIDTH_MAX];
        epode_curve_value(curve, at, values);
        for (uint32_t c = 0; c < epode_curve_width(curve); c++) {
            push_double(values[c]);
        }
        epode_curve_derivative(curve, at, values);
        for (uint32_t c = 0; c < epode_curve_width(curve); c++) {
            push_double(values[c]);
        }
    }
}

static int probe_curves(void)
{
    enum { CURVES = 40, PASSAGES = 50 };
    int is_fine = 1;
    for (uint32_t i = 0; i < CURVES; i++) {
        EpodeCurve* curve = any_curve(i, i % 4 == 3);
        is_fine = is_fine && curve != NULL;
        if (curve != NULL) {
            push_curve(curve);
        }
        epode_curve_destroy(curve);
    }
    report("curve.value");
    for (uint32_t i = 0; i < CURVES; i++) {
        EpodeCurve* curve = any_curve(i, 0);
        is_fine = is_fine && curve != NULL;
        if (curve != NULL) {
            EpodePassage passages[PASSAGES];
            uint32_t count =
                epode_curve_event_times(curve, 0, (EpodeThreshold){0.1, 0.1}, 0,
                                        40 * EPODE_FLICKS_PER_SECOND, passages, PASSAGES);
            for (uint32_t n = 0; n < count; n++) {
                push_int(passages[n].at);
                push_int(passages[n].side);
            }
            double area = 0;
            epode_curve_integral(curve, -EPODE_FLICKS_PER_SECOND, 20 * EPODE_FLICKS_PER_SECOND,
                                 &area);
            push_double(area);
        }
        epode_curve_destroy(curve);
    }
    report("curve.passage");
    return is_fine;
}

int main(void)
{
    epode_hash_stream_init(&stream);
    probe_random();
    probe_numbers();
    probe_functions();
    probe_wide_products();
    probe_time();
    return probe_tempo() && probe_curves() ? 0 : 1;
}
