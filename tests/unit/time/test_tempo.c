// SPDX-License-Identifier: MIT
// The tempo map: known answers of the closed forms, round trips over long maps of every kind of
// change, bars over changes of meter, and every refusal.
#include "test.h"
#include "test_heap.h"

#include <math.h>

#include "base/hash.h"
#include "base/math.h"
#include "time/tempo.h"

// A map on its own arena, which a test builds in one line and ends in one.
typedef struct Fixture {
    EpodeArena arena;
    EpodeTempoMap* map;
} Fixture;

static void fixture_init(Fixture* fixture, const EpodeTempoChange* changes, uint32_t change_count,
                         const EpodeMeterChange* meters, uint32_t meter_count)
{
    epode_arena_init(&fixture->arena, epode_heap_system());
    assert_int_equal(epode_tempo_map_create(&fixture->arena, changes, change_count, meters,
                                            meter_count, &fixture->map, NULL),
                     EPODE_OK);
}

static void fixture_finish(Fixture* fixture)
{
    epode_arena_finish(&fixture->arena);
}

static double seconds_of(const Fixture* fixture, double beat)
{
    return epode_flicks_seconds(epode_tempo_flicks(fixture->map, beat));
}

static void assert_near(double value, double expected, double tolerance)
{
    if (!(epode_fabs(value - expected) <= tolerance)) {
        fail_msg("%.17g is not within %g of %.17g", value, tolerance, expected);
    }
}

static void an_empty_list_is_120_in_four_four(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f, NULL, 0, NULL, 0);
    assert_int_equal(epode_tempo_flicks(f.map, 1.0), EPODE_FLICKS_PER_SECOND / 2);
    assert_int_equal(epode_tempo_flicks(f.map, -2.0), -EPODE_FLICKS_PER_SECOND);
    assert_int_equal(epode_flicks_frame(epode_tempo_flicks(f.map, 1.0), 48000), 24000);
    assert_int_equal(epode_flicks_frame(epode_tempo_flicks(f.map, 0.02), 48000), 480);
    assert_true(epode_tempo_beat(f.map, EPODE_FLICKS_PER_SECOND) == 2.0);
    assert_true(epode_tempo_beat(f.map, -EPODE_FLICKS_PER_SECOND) == -2.0);
    assert_true(epode_tempo_bpm(f.map, 12345) == 120.0);
    assert_true(epode_tempo_bar_beat(f.map, 3) == 12.0);
    fixture_finish(&f);
}

static void a_bar_of_three_at_90_lasts_two_seconds(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f, (EpodeTempoChange[]){{0, 90, EPODE_TEMPO_STEP}}, 1,
                 (EpodeMeterChange[]){{0, 3, 4}}, 1);
    assert_int_equal(epode_tempo_flicks(f.map, 1.5), EPODE_FLICKS_PER_SECOND);
    assert_int_equal(epode_tempo_flicks(f.map, epode_tempo_bar_beat(f.map, 1)),
                     2 * EPODE_FLICKS_PER_SECOND);
    fixture_finish(&f);
}

static void ramps_follow_their_closed_forms(void** state)
{
    (void)state;
    static const struct {
        double from, to, beats, in_beats, half, in_time;
    } known[] = {
        {60, 120, 4, 2.772588722240, 1.621860432433, 2.666666666667},
        {90, 180, 8, 3.696784962986, 2.162480576577, 3.555555555556},
        {120, 120.0001, 64, 31.999986666674, 15.999996666668, 31.999986666672},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        EpodeTempoChange changes[] = {{0, known[i].from, EPODE_TEMPO_BEATS},
                                      {known[i].beats, known[i].to, EPODE_TEMPO_STEP}};
        Fixture f;
        fixture_init(&f, changes, 2, NULL, 0);
        assert_near(seconds_of(&f, known[i].beats), known[i].in_beats, 1.5e-9);
        assert_near(seconds_of(&f, known[i].beats / 2), known[i].half, 1.5e-9);
        fixture_finish(&f);
        changes[0].ramp = EPODE_TEMPO_SECONDS;
        fixture_init(&f, changes, 2, NULL, 0);
        assert_near(seconds_of(&f, known[i].beats), known[i].in_time, 1.5e-9);
        fixture_finish(&f);
    }
}

static void tempo_moves_as_its_ramp_says(void** state)
{
    (void)state;
    EpodeTempoChange changes[] = {{0, 60, EPODE_TEMPO_BEATS}, {4, 120, EPODE_TEMPO_STEP}};
    Fixture f;
    fixture_init(&f, changes, 2, NULL, 0);
    assert_near(epode_tempo_bpm(f.map, epode_tempo_flicks(f.map, 2)), 90, 1e-6);
    assert_true(epode_tempo_bpm(f.map, epode_tempo_flicks(f.map, 4)) == 120.0);
    assert_true(epode_tempo_bpm(f.map, epode_tempo_flicks(f.map, 4) - 1) <= 120.0);
    assert_true(epode_tempo_bpm(f.map, -5) == 60.0);
    fixture_finish(&f);
    changes[0].ramp = EPODE_TEMPO_SECONDS;
    fixture_init(&f, changes, 2, NULL, 0);
    assert_near(epode_tempo_bpm(f.map, epode_tempo_flicks(f.map, 4) / 2), 90, 1e-6);
    assert_near(epode_tempo_beat(f.map, epode_tempo_flicks(f.map, 4) / 2), 5.0 / 3.0, 1e-8);
    fixture_finish(&f);
}

enum { LONG_COUNT = 10000 };

// Hours of changes of every kind, from very close to far apart.
static void make_long_map(EpodeTempoChange* changes, uint64_t* seed)
{
    double beat = 0;
    for (int i = 0; i < LONG_COUNT; i++) {
        double bpm = 20 + 280 * test_random_unit(seed);
        changes[i] = (EpodeTempoChange){beat, bpm, (EpodeTempoRamp)(test_random(seed) % 3)};
        double gap = test_random_unit(seed);
        beat += i % 10 == 0 ? 0.001 * gap : 8 * gap;
    }
}

static void a_long_map_round_trips(void** state)
{
    (void)state;
    uint64_t seed = 20250;
    static EpodeTempoChange changes[LONG_COUNT];
    make_long_map(changes, &seed);
    Fixture f;
    fixture_init(&f, changes, LONG_COUNT, NULL, 0);
    double last_beat = changes[LONG_COUNT - 1].beat + 100;
    EpodeFlicks last = epode_tempo_flicks(f.map, last_beat);
    assert_true(last > 3 * 3600 * EPODE_FLICKS_PER_SECOND);
    for (int i = 0; i < 20000; i++) {
        EpodeFlicks frame_flicks = EPODE_FLICKS_PER_SECOND / 48000;
        EpodeFlicks at = (EpodeFlicks)(test_random_unit(&seed) * (double)last);
        at -= at % frame_flicks; // a frame's exact instant
        assert_int_equal(epode_tempo_flicks(f.map, epode_tempo_beat(f.map, at)), at);

        double beat = last_beat * test_random_unit(&seed);
        EpodeFlicks instant = epode_tempo_flicks(f.map, beat);
        double back = epode_tempo_beat(f.map, instant);
        double flick_beats = epode_tempo_bpm(f.map, instant) / 60 / EPODE_FLICKS_PER_SECOND;
        assert_near(back, beat, 0.501 * flick_beats);
    }
    fixture_finish(&f);
}

static void changes_stand_at_exact_flicks(void** state)
{
    (void)state;
    uint64_t seed = 7;
    static EpodeTempoChange changes[LONG_COUNT];
    make_long_map(changes, &seed);
    Fixture f;
    fixture_init(&f, changes, LONG_COUNT, NULL, 0);
    for (int i = 1; i < LONG_COUNT; i++) {
        EpodeFlicks at = epode_tempo_flicks(f.map, changes[i].beat);
        assert_true(epode_tempo_beat(f.map, at) == changes[i].beat);
        assert_true(epode_tempo_bpm(f.map, at) == changes[i].bpm);
        assert_true(epode_tempo_beat(f.map, at - 1) <= changes[i].beat);
        double bpm = epode_tempo_bpm(f.map, at - 1);
        assert_true(bpm <= changes[i - 1].bpm || bpm <= changes[i].bpm);
        assert_true(bpm >= changes[i - 1].bpm || bpm >= changes[i].bpm);
        // What follows depends on the start alone.
        double beats = 0.25 * (i + 1 < LONG_COUNT ? changes[i + 1].beat - changes[i].beat : 1);
        EpodeTempoChange alone[2] = {changes[i], changes[i]};
        alone[0].beat = 0;
        alone[1] = i + 1 < LONG_COUNT ? changes[i + 1] : changes[i];
        alone[1].beat = 4 * beats;
        Fixture single;
        fixture_init(&single, alone, 2, NULL, 0);
        EpodeFlicks span = epode_tempo_flicks(f.map, changes[i].beat + beats) - at;
        EpodeFlicks expected = epode_tempo_flicks(single.map, beats);
        // The two spans of beats differ by the rounding of a sum.
        assert_true(span - expected <= 1 && expected - span <= 1);
        fixture_finish(&single);
    }
    fixture_finish(&f);
}

static void time_never_runs_backwards(void** state)
{
    (void)state;
    EpodeTempoChange changes[] = {{0, 10000, EPODE_TEMPO_BEATS},   {1000, 1, EPODE_TEMPO_SECONDS},
                                  {1001, 10000, EPODE_TEMPO_STEP}, {1001.5, 1, EPODE_TEMPO_SECONDS},
                                  {1003, 1, EPODE_TEMPO_BEATS},    {1004, 600, EPODE_TEMPO_STEP}};
    Fixture f;
    fixture_init(&f, changes, 6, NULL, 0);
    EpodeFlicks before = epode_tempo_flicks(f.map, -1.0);
    double beat_before = -1.0;
    for (int i = -999; i < 1010000; i += 7) {
        EpodeFlicks now = epode_tempo_flicks(f.map, i * 0.001);
        assert_true(now >= before);
        double beat = epode_tempo_beat(f.map, now);
        assert_true(beat >= beat_before);
        assert_int_equal(epode_tempo_flicks(f.map, beat), now);
        double bpm = epode_tempo_bpm(f.map, now);
        assert_true(bpm >= 1 && bpm <= 10000);
        before = now;
        beat_before = beat;
    }
    fixture_finish(&f);
}

static void a_day_in_one_ramp_still_round_trips(void** state)
{
    (void)state;
    uint64_t seed = 3;
    for (int kind = 0; kind < 3; kind++) {
        EpodeTempoChange changes[] = {{0, 87.3, (EpodeTempoRamp)kind},
                                      {200000, 211.7, EPODE_TEMPO_STEP}};
        Fixture f;
        fixture_init(&f, changes, 2, NULL, 0);
        for (int i = 0; i < 5000; i++) {
            EpodeFlicks at = (EpodeFlicks)(test_random_unit(&seed) * 86400.0 * 705600000.0);
            assert_int_equal(epode_tempo_flicks(f.map, epode_tempo_beat(f.map, at)), at);
        }
        fixture_finish(&f);
    }
}

static void a_change_ends_what_was_before_it_however_late(void** state)
{
    (void)state;
    uint64_t seed = 6;
    for (int i = 0; i < 1000; i++) {
        double bpm = 2 + 300 * test_random_unit(&seed);
        double end_bpm = bpm * (0.5 + test_random_unit(&seed));
        double beats = bpm * 60 * 6000 * (0.5 + 0.5 * test_random_unit(&seed));
        EpodeTempoChange changes[] = {{0, bpm, (EpodeTempoRamp)(i % 3)},
                                      {beats, end_bpm, EPODE_TEMPO_STEP}};
        Fixture f;
        fixture_init(&f, changes, 2, NULL, 0);
        EpodeFlicks at = epode_tempo_flicks(f.map, beats);
        for (int before = 1; before < 5; before++) {
            assert_true(epode_tempo_beat(f.map, at - before) <= beats);
            double reached = epode_tempo_bpm(f.map, at - before);
            assert_true(reached <= bpm || reached <= end_bpm);
            assert_true(reached >= bpm || reached >= end_bpm);
        }
        fixture_finish(&f);
    }
}

static void answers_are_the_same_on_every_machine(void** state)
{
    (void)state;
    uint64_t seed = 12;
    static EpodeTempoChange changes[LONG_COUNT];
    make_long_map(changes, &seed);
    Fixture f;
    fixture_init(&f, changes, LONG_COUNT, NULL, 0);
    EpodeHashStream stream;
    epode_hash_stream_init(&stream);
    for (int i = 0; i < 10000; i++) {
        double beat = 40000 * test_random_unit(&seed);
        EpodeFlicks at = epode_tempo_flicks(f.map, beat);
        double answers[] = {epode_tempo_beat(f.map, at), epode_tempo_bpm(f.map, at)};
        epode_hash_stream_push(&stream, &at, sizeof at);
        epode_hash_stream_push(&stream, answers, sizeof answers);
    }
    assert_int_equal(epode_hash_stream_value(&stream), UINT64_C(0xce2c5051928c7cbb));
    fixture_finish(&f);
}

static void changes_within_one_flick_are_allowed(void** state)
{
    (void)state;
    EpodeTempoChange changes[] = {{0, 60, EPODE_TEMPO_BEATS},
                                  {5e-324, 240, EPODE_TEMPO_SECONDS},
                                  {1e-12, 30, EPODE_TEMPO_STEP}};
    Fixture f;
    fixture_init(&f, changes, 3, NULL, 0);
    assert_int_equal(epode_tempo_flicks(f.map, 1), 2 * EPODE_FLICKS_PER_SECOND);
    assert_true(epode_tempo_bpm(f.map, 0) == 30.0);
    fixture_finish(&f);
}

static void extreme_beats_saturate(void** state)
{
    (void)state;
    Fixture f;
    fixture_init(&f, NULL, 0, NULL, 0);
    assert_int_equal(epode_tempo_flicks(f.map, 1e300), EPODE_FLICKS_MAX);
    assert_int_equal(epode_tempo_flicks(f.map, -1e300), -EPODE_FLICKS_MAX);
    double not_a_number = epode_sqrt(-1.0);
    assert_int_equal(epode_tempo_flicks(f.map, not_a_number), 0);
    assert_true(epode_tempo_bar_beat(f.map, INT64_MAX) == EPODE_TEMPO_BEAT_MAX);
    assert_true(epode_tempo_bar_beat(f.map, INT64_MIN) == -EPODE_TEMPO_BEAT_MAX);
    double rest = -1;
    assert_int_equal(epode_tempo_beat_bar(f.map, 1e300, &rest), 2500000000);
    assert_true(rest == 0.0);
    assert_int_equal(epode_tempo_beat_bar(f.map, not_a_number, &rest), 0);
    assert_true(epode_tempo_beat(f.map, INT64_MAX) > 0);
    assert_true(epode_tempo_beat(f.map, INT64_MIN) < 0);
    fixture_finish(&f);
}

static void bars_count_over_changes_of_meter(void** state)
{
    (void)state;
    static const EpodeMeterChange meters[] = {{0, 4, 4}, {2, 6, 8}, {5, 7, 8}, {6, 2, 2}};
    Fixture f;
    fixture_init(&f, NULL, 0, meters, 4);
    static const double starts[] = {0, 4, 8, 11, 14, 17, 20.5, 24.5};
    for (int64_t bar = 0; bar < 8; bar++) {
        assert_true(epode_tempo_bar_beat(f.map, bar) == starts[bar]);
        double rest = -1;
        assert_int_equal(epode_tempo_beat_bar(f.map, starts[bar], &rest), bar);
        assert_true(rest == 0.0);
        assert_int_equal(epode_tempo_beat_bar(f.map, starts[bar] + 1.25, &rest), bar);
        assert_true(rest == 1.25);
    }
    assert_true(epode_tempo_bar_beat(f.map, -2) == -8.0);
    double rest = -1;
    assert_int_equal(epode_tempo_beat_bar(f.map, -1.0, &rest), -1);
    assert_true(rest == 3.0);
    assert_int_equal(epode_tempo_beat_bar(f.map, 20.5, NULL), 6);
    fixture_finish(&f);
}

static void a_beat_never_falls_outside_its_bar(void** state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 20000; i++) {
        EpodeMeterChange meter = {0, (int32_t)(test_random(&seed) % 255 + 1),
                                  1 << test_random(&seed) % 8};
        Fixture f;
        if (i % 100 == 0) {
            fixture_init(&f, NULL, 0, &meter, 1);
        }
        double length = epode_tempo_bar_beat(f.map, 1);
        int64_t bar = (int64_t)(test_random(&seed) % 2000) - 1000;
        double beat = epode_tempo_bar_beat(f.map, bar);
        double nudge = test_random_unit(&seed) * 1e-15;
        beat += i % 3 == 0 ? 0 : i % 3 == 1 ? -nudge : nudge * epode_fabs(beat);
        double rest = -1;
        int64_t found = epode_tempo_beat_bar(f.map, beat, &rest);
        assert_true(rest >= 0.0 && rest < length);
        assert_true(epode_tempo_bar_beat(f.map, found) + rest == beat || epode_fabs(beat) < 1e-14);
        if (i % 100 == 99) {
            fixture_finish(&f);
        }
    }
}

static void assert_refused(const EpodeTempoChange* changes, uint32_t change_count,
                           const EpodeMeterChange* meters, uint32_t meter_count, EpodeStatus status,
                           uint32_t index)
{
    EpodeArena arena;
    epode_arena_init(&arena, epode_heap_system());
    EpodeTempoMap* map = NULL;
    uint32_t bad_index = 99;
    assert_int_equal(epode_tempo_map_create(&arena, changes, change_count, meters, meter_count,
                                            &map, &bad_index),
                     status);
    assert_null(map);
    assert_int_equal(bad_index, index);
    epode_arena_finish(&arena);
}

static void wrong_changes_are_named(void** state)
{
    (void)state;
    double not_a_number = epode_sqrt(-1.0);
    static const EpodeMeterChange common = {0, 4, 4};
    const EpodeTempoChange bad[] = {{1, 0.999, 0},          {1, 10000.001, 0}, {1, not_a_number, 0},
                                    {not_a_number, 120, 0}, {0, 120, 0},       {-1, 120, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EpodeTempoChange changes[] = {{0, 120, EPODE_TEMPO_STEP}, bad[i]};
        assert_refused(changes, 2, &common, 1, EPODE_ERR_BAD_ARG, 1);
    }
    assert_refused((EpodeTempoChange[]){{1, 120, EPODE_TEMPO_STEP}}, 1, NULL, 0, EPODE_ERR_BAD_ARG,
                   0);
    EpodeTempoChange far[] = {{0, 10000, EPODE_TEMPO_STEP}, {1e11, 120, EPODE_TEMPO_STEP}};
    assert_refused(far, 2, NULL, 0, EPODE_ERR_LIMIT, 1);
    far[0].ramp = EPODE_TEMPO_BEATS;
    far[1].beat = HUGE_VAL;
    assert_refused(far, 2, NULL, 0, EPODE_ERR_LIMIT, 1);
    EpodeTempoChange late[] = {{0, 1, EPODE_TEMPO_STEP}, {600001, 120, EPODE_TEMPO_STEP}};
    assert_refused(late, 2, NULL, 0, EPODE_ERR_LIMIT, 1);
}

static void wrong_meters_are_named_after_the_changes(void** state)
{
    (void)state;
    static const EpodeTempoChange change = {0, 120, EPODE_TEMPO_STEP};
    static const EpodeMeterChange bad[] = {{0, 4, 4},   {1, 0, 4}, {1, 256, 4}, {1, 4, 0},
                                           {1, 4, 256}, {1, 4, 3}, {1, 4, -4}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EpodeMeterChange meters[] = {{0, 4, 4}, bad[i]};
        assert_refused(&change, 1, meters, 2, EPODE_ERR_BAD_ARG, 2);
    }
    assert_refused(NULL, 0, (EpodeMeterChange[]){{1, 4, 4}}, 1, EPODE_ERR_BAD_ARG, 0);
    EpodeMeterChange far[] = {{0, 4, 4}, {2500000001, 4, 4}};
    assert_refused(NULL, 0, far, 2, EPODE_ERR_LIMIT, 1);
}

static void limits_themselves_are_allowed(void** state)
{
    (void)state;
    Fixture f;
    EpodeTempoChange changes[] = {{0, EPODE_TEMPO_BPM_MIN, EPODE_TEMPO_BEATS},
                                  {1, EPODE_TEMPO_BPM_MAX, EPODE_TEMPO_STEP}};
    EpodeMeterChange meters[] = {
        {0, 4, 4}, {2500000000, EPODE_METER_NUMERATOR_MAX, EPODE_METER_DENOMINATOR_MAX}};
    fixture_init(&f, changes, 2, meters, 2);
    assert_true(epode_tempo_bar_beat(f.map, 2500000000) == EPODE_TEMPO_BEAT_MAX);
    fixture_finish(&f);
}

static void a_failing_heap_is_reported(void** state)
{
    (void)state;
    static EpodeTempoChange changes[LONG_COUNT];
    uint64_t seed = 1;
    make_long_map(changes, &seed);
    for (size_t fail_at = 1;; fail_at++) {
        TestHeap counter = {.fail_at = fail_at};
        EpodeArena arena;
        epode_arena_init(&arena, test_heap(&counter));
        EpodeTempoMap* map = NULL;
        EpodeStatus status =
            epode_tempo_map_create(&arena, changes, LONG_COUNT, NULL, 0, &map, NULL);
        epode_arena_finish(&arena);
        test_heap_assert_empty(&counter);
        if (counter.failed_count == 0) {
            assert_int_equal(status, EPODE_OK);
            assert_true(fail_at > 3);
            break;
        }
        assert_int_equal(status, EPODE_ERR_NO_MEM);
        assert_null(map);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_list_is_120_in_four_four),
        cmocka_unit_test(a_bar_of_three_at_90_lasts_two_seconds),
        cmocka_unit_test(ramps_follow_their_closed_forms),
        cmocka_unit_test(tempo_moves_as_its_ramp_says),
        cmocka_unit_test(a_long_map_round_trips),
        cmocka_unit_test(changes_stand_at_exact_flicks),
        cmocka_unit_test(time_never_runs_backwards),
        cmocka_unit_test(a_day_in_one_ramp_still_round_trips),
        cmocka_unit_test(a_change_ends_what_was_before_it_however_late),
        cmocka_unit_test(answers_are_the_same_on_every_machine),
        cmocka_unit_test(changes_within_one_flick_are_allowed),
        cmocka_unit_test(extreme_beats_saturate),
        cmocka_unit_test(bars_count_over_changes_of_meter),
        cmocka_unit_test(a_beat_never_falls_outside_its_bar),
        cmocka_unit_test(wrong_changes_are_named),
        cmocka_unit_test(wrong_meters_are_named_after_the_changes),
        cmocka_unit_test(limits_themselves_are_allowed),
        cmocka_unit_test(a_failing_heap_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
