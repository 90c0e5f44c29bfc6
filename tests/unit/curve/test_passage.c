// SPDX-License-Identifier: MIT
// Passages against a scan of every flick, and against themselves under every way of cutting time.
#include "test.h"

#include "random_curve.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

enum { PASSAGES_MAX = 20000 };

static EpodePassage found[PASSAGES_MAX];
static EpodePassage expected[PASSAGES_MAX];

static EpodeThreshold at_level(double level)
{
    return (EpodeThreshold){level, level};
}

// The definition without nodes: the side after every flick.
static uint32_t scan_flicks(const EpodeCurve* curve, EpodeThreshold threshold, EpodeFlicks start,
                            EpodeFlicks until, EpodePassage* out)
{
    EpodeCurveCursor cursor = {0};
    double value = 0.0;
    epode_curve_value_at(curve, &cursor, start, &value);
    int side = value > threshold.hi ? 1 : value < threshold.lo ? -1 : 0;
    uint32_t count = 0;
    for (EpodeFlicks at = start + 1; at <= until; at++) {
        epode_curve_value_at(curve, &cursor, at, &value);
        int now = value > threshold.hi ? 1 : value < threshold.lo ? -1 : side;
        if (now != side) {
            assert_true(count < PASSAGES_MAX);
            out[count++] = (EpodePassage){at, (EpodeSide)now};
        }
        side = now;
    }
    return count;
}

static int are_equal(const EpodePassage* a, uint32_t a_count, const EpodePassage* b,
                     uint32_t b_count)
{
    if (a_count != b_count) {
        return 0;
    }
    for (uint32_t i = 0; i < a_count; i++) {
        if (a[i].at != b[i].at || a[i].side != b[i].side) {
            return 0;
        }
    }
    return 1;
}

// A threshold that the curve has to do with: often exactly the value of a key or an extremum.
static EpodeThreshold random_threshold(uint64_t* seed, const EpodeCurve* curve,
                                       const EpodeCurveDef* def)
{
    double least = 0.0;
    double greatest = 0.0;
    epode_curve_range(curve, epode_curve_start(curve), epode_curve_end(curve), &least, &greatest);
    double level = least + (greatest - least) * test_random_unit(seed);
    switch (random_below(seed, 6)) {
    case 0: level = def->keys[random_below(seed, def->key_count)].value[0]; break;
    case 1: level = random_below(seed, 2) == 0 ? least : greatest; break;
    default: break;
    }
    double band =
        random_below(seed, 3) == 0 ? 0.3 * (greatest - least) * test_random_unit(seed) : 0.0;
    return random_below(seed, 2) == 0 ? (EpodeThreshold){level - band, level}
                                      : (EpodeThreshold){level, level + band};
}

static void passages_are_those_of_every_flick(void** state)
{
    (void)state;
    uint64_t seed = 60;
    for (int round = 0; round < 1300; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        EpodeInterp interp = (EpodeInterp)(round % (EPODE_INTERP_SLERP + 3));
        interp = interp >= EPODE_INTERP_SLERP ? EPODE_INTERP_COUNT : interp;
        random_curve(&seed, &random, interp, 1, 0, round % 3 == 0 ? 300 : 60);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        for (int i = 0; i < 3; i++) {
            EpodeThreshold threshold = random_threshold(&seed, curve, &random.def);
            EpodeFlicks start = epode_curve_start(curve) -
                                (EpodeFlicks)(test_random_unit(&seed) * 2.0 * (double)span);
            EpodeFlicks until = start + 3 * span;
            uint32_t expected_count = scan_flicks(curve, threshold, start, until, expected);
            uint32_t count =
                epode_curve_event_times(curve, 0, threshold, start, until, found, PASSAGES_MAX);
            if (!are_equal(found, count, expected, expected_count)) {
                fail_msg("seed %llu: %u passages of %.17g..%.17g from %lld, not %u",
                         (unsigned long long)round_seed, count, threshold.lo, threshold.hi,
                         (long long)start, expected_count);
            }
            EpodePassage first = {0, EPODE_SIDE_BETWEEN};
            int has_one = epode_curve_next_passage(curve, 0, threshold, start, until, &first);
            assert_int_equal(has_one, expected_count > 0);
            assert_true(!has_one || first.at == expected[0].at);
        }
        epode_curve_destroy(curve);
    }
}

static uint32_t scan_in_steps(const EpodeCurve* curve, EpodeThreshold threshold, EpodeFlicks start,
                              EpodeFlicks until, EpodeFlicks step, uint64_t* seed,
                              EpodePassage* out)
{
    EpodePassageScan scan;
    epode_passage_scan_init(&scan, epode_curve_signal(curve, 0), threshold, start);
    uint32_t count = 0;
    for (EpodeFlicks at = start; at < until;) {
        EpodeFlicks before = at;
        at += step > 0 ? step : 1 + (EpodeFlicks)(test_random_unit(seed) * 0.2 * (double)SECOND);
        at = at < until ? at : until;
        while (epode_passage_scan_next(&scan, at, &out[count])) {
            assert_true(out[count].at > before && out[count].at <= at);
            count++;
            assert_true(count < PASSAGES_MAX);
        }
        assert_true(scan.quiet_until >= at);
    }
    return count;
}

static void passages_do_not_depend_on_the_tick_rate(void** state)
{
    (void)state;
    uint64_t seed = 61;
    uint32_t total = 0;
    for (int round = 0; round < 300; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0,
                     round % 2 == 0 ? SECOND : SECOND / 20);
        EpodeCurve* curve = create_curve(&random.def);
        if (epode_curve_end(curve) - epode_curve_start(curve) < SECOND / 50) {
            epode_curve_destroy(curve); // as a loop it would have millions of passages
            continue;
        }
        EpodeThreshold threshold = random_threshold(&seed, curve, &random.def);
        EpodeFlicks start = -(EpodeFlicks)random_below(&seed, 1000000000);
        EpodeFlicks until = start + 10 * SECOND;
        uint32_t count =
            epode_curve_event_times(curve, 0, threshold, start, until, expected, PASSAGES_MAX);
        total += count;
        static const int64_t rates[] = {20, 60, 240, 0}; // 0: irregular
        for (int i = 0; i < 4; i++) {
            EpodeFlicks step = rates[i] == 0 ? 0 : SECOND / rates[i];
            uint32_t cut_count = scan_in_steps(curve, threshold, start, until, step, &seed, found);
            assert_true(are_equal(found, cut_count, expected, count));
        }
        epode_curve_destroy(curve);
    }
    assert_true(total > 1000);
}

static void up_and_down_alternate(void** state)
{
    (void)state;
    uint64_t seed = 62;
    for (int round = 0; round < 500; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeThreshold threshold = random_threshold(&seed, curve, &random.def);
        uint32_t count =
            epode_curve_event_times(curve, 0, threshold, -SECOND, 20 * SECOND, found, PASSAGES_MAX);
        for (uint32_t i = 0; i < count; i++) {
            double value = epode_curve_component(curve, 0, found[i].at);
            double before = epode_curve_component(curve, 0, found[i].at - 1);
            int is_up = found[i].side == EPODE_SIDE_ABOVE;
            assert_true(is_up ? value > threshold.hi : value < threshold.lo);
            assert_true(is_up ? before <= threshold.hi : before >= threshold.lo);
            assert_true(i == 0 || found[i].side != found[i - 1].side);
            assert_true(i == 0 || found[i].at > found[i - 1].at);
        }
        epode_curve_destroy(curve);
    }
}

// Piecewise straight curves through the given values, 10 flicks apart from 0 on.
static EpodeCurve* create_straight(const double* values, uint32_t count,
                                   EpodeExtrapolation extrapolation)
{
    EpodeCurveKey keys[RANDOM_KEYS_MAX];
    for (uint32_t i = 0; i < count; i++) {
        keys[i] = epode_curve_key(10 * (EpodeFlicks)i, values[i], EPODE_INTERP_LINEAR);
    }
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = count;
    def.before = def.after = extrapolation;
    return create_curve(&def);
}

static void assert_passages(const EpodeCurve* curve, EpodeThreshold threshold, EpodeFlicks start,
                            EpodeFlicks until, const EpodePassage* wanted, uint32_t count)
{
    uint32_t found_count =
        epode_curve_event_times(curve, 0, threshold, start, until, found, PASSAGES_MAX);
    assert_true(are_equal(found, found_count, wanted, count));
}

static void touching_is_no_passage(void** state)
{
    (void)state;
    static const double peaks[] = {0.0, 1.0, 0.0, 1.0, 0.0};
    EpodeCurve* curve = create_straight(peaks, 5, EPODE_EXTRAPOLATION_CLAMP);
    assert_passages(curve, at_level(1.0), 0, 100, NULL, 0);
    epode_curve_destroy(curve);
}

static void a_plateau_is_passed_when_it_is_left_for_the_other_side(void** state)
{
    (void)state;
    static const double back[] = {0.0, 1.0, 1.0, 0.0};
    static const double through[] = {0.0, 1.0, 1.0, 2.0};
    EpodeCurve* curve = create_straight(back, 4, EPODE_EXTRAPOLATION_CLAMP);
    assert_passages(curve, at_level(1.0), 0, 100, NULL, 0);
    epode_curve_destroy(curve);
    curve = create_straight(through, 4, EPODE_EXTRAPOLATION_CLAMP);
    static const EpodePassage up[] = {{21, EPODE_SIDE_ABOVE}};
    assert_passages(curve, at_level(1.0), 0, 100, up, 1);
    epode_curve_destroy(curve);
}

static void from_between_the_first_departure_counts(void** state)
{
    (void)state;
    static const double values[] = {1.0, 2.0, 0.0};
    EpodeCurve* curve = create_straight(values, 3, EPODE_EXTRAPOLATION_CLAMP);
    static const EpodePassage both[] = {{1, EPODE_SIDE_ABOVE}, {16, EPODE_SIDE_BELOW}};
    assert_passages(curve, at_level(1.0), 0, 100, both, 2);
    static const EpodePassage down[] = {{16, EPODE_SIDE_BELOW}};
    assert_passages(curve, at_level(1.0), 15, 100, down, 1); // exactly on it at 15
    assert_passages(curve, at_level(1.0), 3, 100, down, 1);
    epode_curve_destroy(curve);
}

static void hysteresis_swallows_small_returns(void** state)
{
    (void)state;
    static const double values[] = {0.0, 1.0, 0.5, 1.0, 0.0};
    EpodeCurve* curve = create_straight(values, 5, EPODE_EXTRAPOLATION_CLAMP);
    static const EpodePassage all[] = {{8, EPODE_SIDE_ABOVE},
                                       {17, EPODE_SIDE_BELOW},
                                       {25, EPODE_SIDE_ABOVE},
                                       {34, EPODE_SIDE_BELOW}};
    assert_passages(curve, at_level(0.7), 0, 100, all, 4);
    static const EpodePassage outer[] = {{8, EPODE_SIDE_ABOVE}, {37, EPODE_SIDE_BELOW}};
    assert_passages(curve, (EpodeThreshold){0.4, 0.7}, 0, 100, outer, 2);
    epode_curve_destroy(curve);
}

static void a_wrap_is_a_passage_at_the_first_flick_of_the_lap(void** state)
{
    (void)state;
    static const double values[] = {0.0, 1.0};
    EpodeCurve* curve = create_straight(values, 2, EPODE_EXTRAPOLATION_LOOP);
    static const EpodePassage saw[] = {{6, EPODE_SIDE_ABOVE},
                                       {10, EPODE_SIDE_BELOW},
                                       {16, EPODE_SIDE_ABOVE},
                                       {20, EPODE_SIDE_BELOW}};
    assert_passages(curve, at_level(0.5), 0, 25, saw, 4);
    epode_curve_destroy(curve);
    curve = create_straight(values, 2, EPODE_EXTRAPOLATION_PINGPONG);
    static const EpodePassage triangle[] = {
        {6, EPODE_SIDE_ABOVE}, {16, EPODE_SIDE_BELOW}, {26, EPODE_SIDE_ABOVE}};
    assert_passages(curve, at_level(0.5), 0, 30, triangle, 3);
    epode_curve_destroy(curve);
}

static void a_threshold_out_of_reach_ends_the_search_of_a_loop(void** state)
{
    (void)state;
    static const double values[] = {0.0, 1.0, 0.0};
    EpodeCurve* curve = create_straight(values, 3, EPODE_EXTRAPOLATION_LOOP);
    EpodePassage passage;
    assert_false(
        epode_curve_next_passage(curve, 0, at_level(2.0), 0, EPODE_FLICKS_NEVER, &passage));
    assert_true(epode_curve_next_passage(curve, 0, at_level(0.5), 0, EPODE_FLICKS_NEVER, &passage));
    assert_int_equal(passage.at, 6);
    epode_curve_destroy(curve);
}

static void capacity_ends_the_list(void** state)
{
    (void)state;
    static const double values[] = {0.0, 1.0, 0.0};
    EpodeCurve* curve = create_straight(values, 3, EPODE_EXTRAPOLATION_LOOP);
    found[2].at = -1;
    assert_int_equal(
        epode_curve_event_times(curve, 0, at_level(0.5), 0, EPODE_FLICKS_NEVER, found, 2), 2);
    assert_int_equal(found[1].at, 16);
    assert_int_equal(found[2].at, -1);
    assert_int_equal(epode_curve_event_times(curve, 0, at_level(0.5), 0, 100, found, 0), 0);
    epode_curve_destroy(curve);
}

// A signal of the caller's own: two curves added up, with the nodes of both.
typedef struct Sum {
    const EpodeCurve* a;
    const EpodeCurve* b;
} Sum;

static double sum_value(const void* source, uint32_t component, EpodeFlicks at, uint32_t* hint)
{
    (void)hint;
    const Sum* sum = source;
    return epode_curve_component(sum->a, component, at) +
           epode_curve_component(sum->b, component, at);
}

// Of a sum even the pieces between nodes may turn, but on so coarse a clock every flick can be one.
static EpodeFlicks sum_next_node(const void* source, uint32_t component, EpodeFlicks after,
                                 uint32_t* hint)
{
    (void)source;
    (void)component;
    (void)hint;
    return after < 400 ? after + 1 : EPODE_FLICKS_NEVER;
}

static void signals_of_the_caller_are_scanned_too(void** state)
{
    (void)state;
    uint64_t seed = 63;
    for (int round = 0; round < 200; round++) {
        RandomCurve random[2];
        random_curve(&seed, &random[0], EPODE_INTERP_COUNT, 1, 0, 60);
        random_curve(&seed, &random[1], EPODE_INTERP_COUNT, 1, 0, 60);
        Sum sum = {create_curve(&random[0].def), create_curve(&random[1].def)};
        EpodeSignal signal = {&sum, 0, sum_value, sum_next_node};
        EpodeThreshold threshold = at_level(random_value(&seed));
        EpodePassageScan scan;
        epode_passage_scan_init(&scan, signal, threshold, 0);
        uint32_t count = 0;
        while (epode_passage_scan_next(&scan, 1000, &found[count])) {
            count++;
        }
        uint32_t wanted = 0;
        EpodeSide side =
            epode_threshold_side(threshold, sum_value(&sum, 0, 0, NULL), EPODE_SIDE_BETWEEN);
        for (EpodeFlicks at = 1; at <= 400; at++) {
            EpodeSide now = epode_threshold_side(threshold, sum_value(&sum, 0, at, NULL), side);
            if (now != side) {
                expected[wanted++] = (EpodePassage){at, now};
            }
            side = now;
        }
        assert_true(are_equal(found, count, expected, wanted));
        epode_curve_destroy((EpodeCurve*)(uintptr_t)sum.a);
        epode_curve_destroy((EpodeCurve*)(uintptr_t)sum.b);
    }
}

static void the_flick_of_a_piece_is_found_by_halving(void** state)
{
    (void)state;
    static const double values[] = {0.0, 1.0};
    EpodeCurve* curve = create_straight(values, 2, EPODE_EXTRAPOLATION_CONTINUE);
    EpodeSignal signal = epode_curve_signal(curve, 0);
    assert_int_equal(epode_passage_flick(&signal, at_level(0.45), EPODE_SIDE_ABOVE, 0, 9), 5);
    assert_int_equal(epode_passage_flick(&signal, at_level(0.5), EPODE_SIDE_ABOVE, 0, 9), 6);
    assert_int_equal(epode_passage_flick(&signal, at_level(0.5), EPODE_SIDE_ABOVE, 5, 6), 6);
    EpodePassage passage;
    double far = 1e9;
    assert_true(epode_curve_next_passage(curve, 0, at_level(far), 0, EPODE_FLICKS_NEVER, &passage));
    assert_int_equal(passage.at, 10000000001);
    epode_curve_destroy(curve);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passages_are_those_of_every_flick),
        cmocka_unit_test(passages_do_not_depend_on_the_tick_rate),
        cmocka_unit_test(up_and_down_alternate),
        cmocka_unit_test(touching_is_no_passage),
        cmocka_unit_test(a_plateau_is_passed_when_it_is_left_for_the_other_side),
        cmocka_unit_test(from_between_the_first_departure_counts),
        cmocka_unit_test(hysteresis_swallows_small_returns),
        cmocka_unit_test(a_wrap_is_a_passage_at_the_first_flick_of_the_lap),
        cmocka_unit_test(a_threshold_out_of_reach_ends_the_search_of_a_loop),
        cmocka_unit_test(capacity_ends_the_list),
        cmocka_unit_test(signals_of_the_caller_are_scanned_too),
        cmocka_unit_test(the_flick_of_a_piece_is_found_by_halving),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
