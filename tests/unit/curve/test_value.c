// SPDX-License-Identifier: MIT
// Values of curves: known answers, an independent reference in long double for every interpolation
// and extrapolation, and the promises of the header.
#include "test.h"

#include <math.h>

#include "random_curve.h"
#include "reference.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

static double value_of(const EpodeCurve* curve, EpodeFlicks at)
{
    double value = -1.0;
    epode_curve_value(curve, at, &value);
    return value;
}

// A curve from 0 at 0 s to 1 at 1 s.
static EpodeCurve* create_unit(EpodeInterp interp, double shape)
{
    EpodeCurveKey keys[2] = {epode_curve_key(0, 0.0, interp),
                             epode_curve_key(SECOND, 1.0, EPODE_INTERP_LINEAR)};
    if (shape != 0.0) {
        keys[0].shape[0] = shape;
    }
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    return create_curve(&def);
}

static void laws_give_known_answers(void** state)
{
    (void)state;
    static const struct {
        EpodeInterp interp;
        double shape; // 0: the default
        double u;
        double expected;
        double tolerance;
    } cases[] = {
        {EPODE_INTERP_STEP, 0, 0.75, 0.0, 0},
        {EPODE_INTERP_LINEAR, 0, 0.7, 0.7, 0},
        {EPODE_INTERP_LINEAR, 0, 0.1, 0.1, 0},
        {EPODE_INTERP_SMOOTH, 0, 0.25, 0.15625, 0},
        {EPODE_INTERP_CUBIC, 0, 0.25, 0.25, 1e-15},
        {EPODE_INTERP_BEZIER, 0, 0.25, 0.408510591, 1e-9},
        {EPODE_INTERP_BEZIER, 0, 0.5, 0.802403388, 1e-9},
        {EPODE_INTERP_EXPONENTIAL, 0, 0.5, 0.25, 0},
        {EPODE_INTERP_EXPONENTIAL, 3, 0.5, 0.125, 0},
        {EPODE_INTERP_EXPONENTIAL, 1, 0.3, 0.3, 0},
        {EPODE_INTERP_EXPONENTIAL, 0.5, 0.25, 0.5, 0},
        {EPODE_INTERP_LOG, 0, 0.25, 0.5, 0},
        {EPODE_INTERP_LOG, 4, 0.0625, 0.5, 1e-15},
        {EPODE_INTERP_S_CURVE, 0, 0.25, 0.15625, 0},
        {EPODE_INTERP_S_CURVE, 0.5, 0.75, 0.69914, 1e-5},
        {EPODE_INTERP_S_CURVE, 0.5, 0.25, 1 - 0.69914, 1e-5},
        {EPODE_INTERP_S_CURVE, -1, 0.3, 0.3, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurve* curve = create_unit(cases[i].interp, cases[i].shape);
        double value = value_of(curve, epode_flicks_from_seconds(cases[i].u));
        if (!(fabs(value - cases[i].expected) <= cases[i].tolerance)) {
            fail_msg("case %zu: %.17g, not %.17g", i, value, cases[i].expected);
        }
        epode_curve_destroy(curve);
    }
}

static void hermite_is_the_spline_of_gltf(void** state)
{
    (void)state;
    EpodeCurveKey keys[2] = {epode_curve_key(0, 0.0, EPODE_INTERP_HERMITE),
                             epode_curve_key(2 * SECOND, 1.0, EPODE_INTERP_STEP)};
    keys[0].tangent_out[0] = 2.0;
    keys[1].tangent_in[0] = -1.0;
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    EpodeCurve* curve = create_curve(&def);
    assert_true(value_of(curve, SECOND / 2) == 0.8125);
    assert_true(value_of(curve, SECOND) == 1.25);
    assert_true(value_of(curve, SECOND * 3 / 2) == 1.3125);
    epode_curve_destroy(curve);
}

static void one_key_is_a_constant(void** state)
{
    (void)state;
    EpodeCurveKey key = epode_curve_key(3 * SECOND, 0.5, EPODE_INTERP_CUBIC);
    for (int i = 0; i < EPODE_EXTRAPOLATION_COUNT; i++) {
        EpodeCurveDef def = epode_curve_def();
        def.keys = &key;
        def.key_count = 1;
        def.before = def.after = (EpodeExtrapolation)i;
        EpodeCurve* curve = create_curve(&def);
        double outside = i == EPODE_EXTRAPOLATION_ZERO ? 0.0 : 0.5;
        assert_true(value_of(curve, 3 * SECOND) == 0.5);
        assert_true(value_of(curve, 3 * SECOND - 1) == outside);
        assert_true(value_of(curve, 3 * SECOND + 1) == outside);
        assert_true(value_of(curve, INT64_MIN) == outside);
        assert_true(value_of(curve, INT64_MAX) == outside);
        epode_curve_destroy(curve);
    }
}

static void extrapolations_give_known_answers(void** state)
{
    (void)state;
    EpodeCurveKey keys[3] = {epode_curve_key(0, 1.0, EPODE_INTERP_LINEAR),
                             epode_curve_key(SECOND, 3.0, EPODE_INTERP_STEP),
                             epode_curve_key(2 * SECOND, 5.0, EPODE_INTERP_LINEAR)};
    static const struct {
        EpodeExtrapolation extrapolation;
        double quarters[5]; // at -2.5, -0.25, 2, 2.25 and 5.75 seconds
    } cases[] = {
        {EPODE_EXTRAPOLATION_CLAMP, {1.0, 1.0, 5.0, 5.0, 5.0}},
        {EPODE_EXTRAPOLATION_HOLD, {1.0, 1.0, 5.0, 5.0, 5.0}},
        {EPODE_EXTRAPOLATION_LOOP, {3.0, 3.0, 1.0, 1.5, 3.0}},
        {EPODE_EXTRAPOLATION_PINGPONG, {3.0, 1.5, 5.0, 3.0, 3.0}},
        {EPODE_EXTRAPOLATION_ZERO, {0.0, 0.0, 5.0, 0.0, 0.0}},
        {EPODE_EXTRAPOLATION_CONTINUE, {-4.0, 0.5, 5.0, 5.0, 5.0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurveDef def = epode_curve_def();
        def.keys = keys;
        def.key_count = 3;
        def.before = def.after = cases[i].extrapolation;
        EpodeCurve* curve = create_curve(&def);
        const EpodeFlicks at[5] = {-SECOND * 5 / 2, -SECOND / 4, 2 * SECOND, SECOND * 9 / 4,
                                   SECOND * 23 / 4};
        for (int k = 0; k < 5; k++) {
            assert_true(value_of(curve, at[k]) == cases[i].quarters[k]);
        }
        assert_int_equal(epode_curve_start(curve), 0);
        assert_int_equal(epode_curve_end(curve), 2 * SECOND);
        epode_curve_destroy(curve);
    }
}

// Greatest magnitude that goes into the values of a curve.
static long double magnitude(const EpodeCurveDef* def)
{
    long double most = 0.0L;
    for (uint32_t i = 0; i < def->key_count; i++) {
        const EpodeCurveKey* key = &def->keys[i];
        int is_hermite = key->interp == EPODE_INTERP_HERMITE && i + 1 < def->key_count;
        long double length =
            is_hermite ? (long double)(key[1].at - key->at) / (long double)SECOND : 0.0L;
        for (uint32_t c = 0; c < def->width; c++) {
            long double size = fabsl((long double)key->value[c]);
            if (is_hermite) {
                size += length * fabsl((long double)key->tangent_out[c]);
                size += length * fabsl((long double)key[1].tangent_in[c]);
            }
            most = size > most ? size : most;
        }
    }
    return most;
}

// A bezier that stands nearly still in x amplifies every rounding, the reference's too.
static long double tolerance(const EpodeCurveDef* def)
{
    long double most = 1e-13L;
    for (uint32_t i = 0; i < def->key_count; i++) {
        if (def->keys[i].interp == EPODE_INTERP_BEZIER) {
            int is_flat = def->keys[i].shape[0] > 0.9 && def->keys[i].shape[2] < 0.1;
            long double own = is_flat ? 1e-4L : 1e-10L;
            most = own > most ? own : most;
        }
    }
    return most;
}

static EpodeFlicks random_instant(uint64_t* seed, const EpodeCurveDef* def)
{
    EpodeFlicks start = def->keys[0].at;
    EpodeFlicks end = def->keys[def->key_count - 1].at;
    EpodeFlicks key = def->keys[random_below(seed, def->key_count)].at;
    double unit = test_random_unit(seed);
    switch (random_below(seed, 4)) {
    case 0: return key + (EpodeFlicks)random_below(seed, 3) - 1;
    case 1: return start - 10 + (EpodeFlicks)(unit * (double)(end - start + 20));
    default: return start + (EpodeFlicks)((unit - 0.5) * 10.0 * (double)(end - start + 20));
    }
}

static void values_agree_with_the_reference(void** state)
{
    (void)state;
    uint64_t seed = 20;
    for (int round = 0; round < 6000; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        EpodeFlicks gap = round % 2 == 0 ? 300 : 3 * SECOND;
        EpodeInterp interp = (EpodeInterp)(round % (EPODE_INTERP_SLERP + 2));
        interp = interp >= EPODE_INTERP_SLERP ? EPODE_INTERP_COUNT : interp;
        random_curve(&seed, &random, interp, 1 + random_below(&seed, 4), 0, gap);
        EpodeCurve* curve = create_curve(&random.def);
        long double allowed = tolerance(&random.def);
        long double size = magnitude(&random.def);
        for (int i = 0; i < 30; i++) {
            EpodeFlicks at = random_instant(&seed, &random.def);
            double values[EPODE_CURVE_WIDTH_MAX];
            epode_curve_value(curve, at, values);
            for (uint32_t c = 0; c < random.def.width; c++) {
                long double expected = reference_value(curve, &random.def, c, at);
                long double error = fabsl((long double)values[c] - expected);
                if (!(error <= allowed * (size + fabsl(expected)))) {
                    fail_msg("seed %llu: component %u at %lld is %.17g, not %.17Lg",
                             (unsigned long long)round_seed, c, (long long)at, values[c], expected);
                }
            }
        }
        epode_curve_destroy(curve);
    }
}

static void every_way_of_asking_gives_the_same_bits(void** state)
{
    (void)state;
    uint64_t seed = 21;
    for (int round = 0; round < 1500; round++) {
        RandomCurve random;
        int is_quaternion = round % 4 == 0;
        uint32_t width = is_quaternion ? 4 : 1 + random_below(&seed, 4);
        random_curve(&seed, &random, EPODE_INTERP_COUNT, width, is_quaternion, 300);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeCurveCursor cursor = {random_below(&seed, 100)}; // as if moved from another curve
        EpodeFlicks from = random.def.keys[0].at - 100;
        for (EpodeFlicks at = from; at < from + 3000; at += 1 + random_below(&seed, 40)) {
            double values[EPODE_CURVE_WIDTH_MAX] = {0};
            double played[EPODE_CURVE_WIDTH_MAX] = {0};
            EpodeFlicks asked = random_below(&seed, 16) == 0 ? from + (at - from) / 2 : at;
            epode_curve_value(curve, asked, values);
            epode_curve_value_at(curve, &cursor, asked, played);
            assert_memory_equal(values, played, sizeof values);
            for (uint32_t c = 0; c < width; c++) {
                double single = epode_curve_component(curve, c, asked);
                assert_memory_equal(&values[c], &single, sizeof single);
            }
        }
        epode_curve_destroy(curve);
    }
}

static void keys_are_met_exactly(void** state)
{
    (void)state;
    uint64_t seed = 22;
    for (int round = 0; round < 2000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 2, 0, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        uint32_t last = random.def.key_count - 1;
        for (uint32_t i = 0; i <= last; i++) {
            int wraps = i == last && last > 0 && random.def.after == EPODE_EXTRAPOLATION_LOOP;
            double values[2];
            epode_curve_value(curve, random.def.keys[i].at, values);
            assert_true(values[0] == random.def.keys[wraps ? 0 : i].value[0]);
            assert_true(values[1] == random.def.keys[wraps ? 0 : i].value[1]);
        }
        epode_curve_destroy(curve);
    }
}

// Laws that never overshoot stay between their keys, to the bit.
static void monotone_laws_stay_between_their_keys(void** state)
{
    (void)state;
    static const EpodeInterp laws[] = {EPODE_INTERP_LINEAR,      EPODE_INTERP_SMOOTH,
                                       EPODE_INTERP_EXPONENTIAL, EPODE_INTERP_LOG,
                                       EPODE_INTERP_S_CURVE,     EPODE_INTERP_CUBIC_MONOTONE};
    uint64_t seed = 23;
    for (int round = 0; round < 3000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, laws[round % 6], 1, 0, round % 7 == 0 ? 100 * SECOND : 300);
        EpodeCurve* curve = create_curve(&random.def);
        for (uint32_t i = 0; i + 1 < random.def.key_count; i++) {
            const EpodeCurveKey* key = &random.def.keys[i];
            double least = fmin(key[0].value[0], key[1].value[0]);
            double greatest = fmax(key[0].value[0], key[1].value[0]);
            for (int k = 0; k < 8; k++) {
                EpodeFlicks span = key[1].at - key[0].at;
                EpodeFlicks at = key[0].at + (EpodeFlicks)(test_random_unit(&seed) * (double)span);
                at = k < 2 ? key[k].at - k : at;
                double value = value_of(curve, at);
                assert_true(value >= least && value <= greatest);
            }
        }
        epode_curve_destroy(curve);
    }
}

static void longest_segments_stay_between_their_keys(void** state)
{
    (void)state;
    EpodeCurveKey keys[2] = {epode_curve_key(-EPODE_FLICKS_MAX, 1.0, EPODE_INTERP_LINEAR),
                             epode_curve_key(EPODE_FLICKS_MAX, 0x1p-55, EPODE_INTERP_STEP)};
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    EpodeCurve* curve = create_curve(&def);
    assert_true(value_of(curve, EPODE_FLICKS_MAX) == 0x1p-55);
    double before = 1.0;
    for (EpodeFlicks left = 2 * EPODE_FLICKS_MAX; left > 0; left /= 2) {
        double value = value_of(curve, EPODE_FLICKS_MAX - left);
        assert_true(value <= before && value >= 0x1p-55);
        before = value;
    }
    epode_curve_destroy(curve);
}

// A kink is a slope that differs on both sides; a jump a value that does.
static void assert_smooth_at(const EpodeCurve* curve, EpodeFlicks at, double size)
{
    double left = value_of(curve, at) - value_of(curve, at - 1000);
    double right = value_of(curve, at + 1000) - value_of(curve, at);
    assert_true(fabs(left - right) <= 1e-10 * size);
    assert_true(fabs(left) <= 1e-4 * size);
}

static void cubics_have_no_kinks(void** state)
{
    (void)state;
    uint64_t seed = 24;
    for (int round = 0; round < 1000; round++) {
        EpodeCurveKey keys[6];
        for (int i = 0; i < 6; i++) {
            EpodeInterp interp = round % 2 == 0 ? EPODE_INTERP_CUBIC : EPODE_INTERP_CUBIC_MONOTONE;
            EpodeFlicks gap = SECOND / 2 + random_below(&seed, 1000000000);
            keys[i] =
                epode_curve_key(i == 0 ? 0 : keys[i - 1].at + gap, test_random_unit(&seed), interp);
        }
        keys[5].value[0] = keys[0].value[0];
        EpodeCurveDef def = epode_curve_def();
        def.keys = keys;
        def.key_count = 6;
        def.before = def.after = EPODE_EXTRAPOLATION_LOOP;
        EpodeCurve* curve = create_curve(&def);
        for (int i = 0; i < 6; i++) {
            assert_smooth_at(curve, keys[i].at, 1.0);
        }
        epode_curve_destroy(curve);
    }
}

static void continued_curves_have_no_kinks_at_their_ends(void** state)
{
    (void)state;
    uint64_t seed = 25;
    for (int round = 0; round < 300; round++) {
        EpodeCurveKey keys[3];
        for (int i = 0; i < 3; i++) {
            keys[i] = epode_curve_key(i * SECOND, test_random_unit(&seed),
                                      (EpodeInterp)(EPODE_INTERP_LINEAR + round % 6));
            keys[i].tangent_in[0] = test_random_unit(&seed);
            keys[i].tangent_out[0] = test_random_unit(&seed);
        }
        EpodeCurveDef def = epode_curve_def();
        def.keys = keys;
        def.key_count = 3;
        def.before = def.after = EPODE_EXTRAPOLATION_CONTINUE;
        EpodeCurve* curve = create_curve(&def);
        assert_smooth_at(curve, 0, 10.0);
        assert_smooth_at(curve, 2 * SECOND, 10.0);
        epode_curve_destroy(curve);
    }
}

static void the_end_of_time_is_flat(void** state)
{
    (void)state;
    uint64_t seed = 26;
    for (int round = 0; round < 500; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        double late = value_of(curve, EPODE_FLICKS_MAX);
        double early = value_of(curve, -EPODE_FLICKS_MAX);
        assert_true(isfinite(late) && isfinite(early));
        assert_true(value_of(curve, EPODE_FLICKS_NEVER) == late);
        assert_true(value_of(curve, EPODE_FLICKS_MAX + 1) == late);
        assert_true(value_of(curve, INT64_MIN) == early);
        epode_curve_destroy(curve);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_give_known_answers),
        cmocka_unit_test(hermite_is_the_spline_of_gltf),
        cmocka_unit_test(one_key_is_a_constant),
        cmocka_unit_test(extrapolations_give_known_answers),
        cmocka_unit_test(values_agree_with_the_reference),
        cmocka_unit_test(every_way_of_asking_gives_the_same_bits),
        cmocka_unit_test(keys_are_met_exactly),
        cmocka_unit_test(monotone_laws_stay_between_their_keys),
        cmocka_unit_test(longest_segments_stay_between_their_keys),
        cmocka_unit_test(cubics_have_no_kinks),
        cmocka_unit_test(continued_curves_have_no_kinks_at_their_ends),
        cmocka_unit_test(the_end_of_time_is_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
