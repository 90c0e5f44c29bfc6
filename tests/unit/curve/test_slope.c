// SPDX-License-Identifier: MIT
// Derivatives: known answers, differences of values as the reference, and what happens at keys, at
// turns of a ping-pong and where a law has no finite slope.
#include "test.h"

#include <math.h>

#include "random_curve.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

static double slope_of(const EpodeCurve* curve, EpodeFlicks at)
{
    double slope = -1.0;
    epode_curve_derivative(curve, at, &slope);
    return slope;
}

static double bend_of(const EpodeCurve* curve, EpodeFlicks at)
{
    double bend = -1.0;
    epode_curve_second_derivative(curve, at, &bend);
    return bend;
}

static EpodeCurve* create_pair(EpodeCurveKey first, EpodeExtrapolation extrapolation)
{
    EpodeCurveKey keys[2] = {first, epode_curve_key(2 * SECOND, 6.0, EPODE_INTERP_STEP)};
    keys[1].tangent_in[0] = -1.0;
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    def.before = def.after = extrapolation;
    return create_curve(&def);
}

static void slopes_have_known_answers(void** state)
{
    (void)state;
    static const struct {
        EpodeInterp interp;
        double shape;
        double seconds;
        double slope, bend;
    } cases[] = {
        // From 2 at 0 s to 6 at 2 s.
        {EPODE_INTERP_STEP, 0, 0.5, 0.0, 0.0},         {EPODE_INTERP_LINEAR, 0, 0.5, 2.0, 0.0},
        {EPODE_INTERP_SMOOTH, 0, 1.0, 3.0, 0.0},       {EPODE_INTERP_SMOOTH, 0, 0.0, 0.0, 6.0},
        {EPODE_INTERP_SMOOTH, 0, 1.5, 2.25, -3.0},     {EPODE_INTERP_EXPONENTIAL, 2, 0.5, 1.0, 2.0},
        {EPODE_INTERP_EXPONENTIAL, 3, 1.0, 1.5, 3.0},  {EPODE_INTERP_EXPONENTIAL, 4, 1.0, 1.0, 3.0},
        {EPODE_INTERP_LOG, 2, 0.5, 2.0, -2.0},         {EPODE_INTERP_S_CURVE, 2, 1.0, 6.0, 0.0},
        {EPODE_INTERP_HERMITE, 0, 0.0, 0.0, 14.0 / 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurveKey key = epode_curve_key(0, 2.0, cases[i].interp);
        key.shape[0] = cases[i].shape;
        EpodeCurve* curve = create_pair(key, EPODE_EXTRAPOLATION_CLAMP);
        EpodeFlicks at = epode_flicks_from_seconds(cases[i].seconds);
        if (!(fabs(slope_of(curve, at) - cases[i].slope) <= 1e-12 &&
              fabs(bend_of(curve, at) - cases[i].bend) <= 1e-12)) {
            fail_msg("case %zu: %.17g and %.17g", i, slope_of(curve, at), bend_of(curve, at));
        }
        epode_curve_destroy(curve);
    }
}

static void outside_the_keys_slopes_follow_the_extrapolation(void** state)
{
    (void)state;
    static const struct {
        EpodeExtrapolation extrapolation;
        double at_minus_1, at_2, at_3;
    } cases[] = {
        {EPODE_EXTRAPOLATION_CLAMP, 0.0, 0.0, 0.0},
        {EPODE_EXTRAPOLATION_ZERO, 0.0, 0.0, 0.0},
        {EPODE_EXTRAPOLATION_LOOP, 2.0, 0.0, 2.0},
        {EPODE_EXTRAPOLATION_PINGPONG, -2.0, -4.0, -2.0},
        {EPODE_EXTRAPOLATION_CONTINUE, 0.0, 4.0, 4.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        // A square: slope 0 at 0 s, 2 at 1 s, 4 at 2 s.
        EpodeCurve* curve =
            create_pair(epode_curve_key(0, 2.0, EPODE_INTERP_EXPONENTIAL), cases[i].extrapolation);
        assert_true(slope_of(curve, -SECOND) == cases[i].at_minus_1);
        assert_true(slope_of(curve, 2 * SECOND) == cases[i].at_2);
        assert_true(slope_of(curve, 3 * SECOND) == cases[i].at_3);
        double bend = cases[i].extrapolation == EPODE_EXTRAPOLATION_LOOP ||
                              cases[i].extrapolation == EPODE_EXTRAPOLATION_PINGPONG
                          ? 2.0
                          : 0.0;
        assert_true(bend_of(curve, 3 * SECOND) == bend);
        epode_curve_destroy(curve);
    }
}

typedef double (*Quantity)(const EpodeCurve* curve, EpodeFlicks at);

static double value_of(const EpodeCurve* curve, EpodeFlicks at)
{
    return epode_curve_component(curve, 0, at);
}

// Whether `slope` is the limit of the differences of `quantity`; how far two differences are apart
// tells how far they still are from it.
static int is_limit(const EpodeCurve* curve, Quantity quantity, Quantity slope, EpodeFlicks at,
                    EpodeFlicks step, double allowed)
{
    double wide = (quantity(curve, at + 2 * step) - quantity(curve, at - 2 * step)) /
                  epode_flicks_seconds(4 * step);
    double narrow =
        (quantity(curve, at + step) - quantity(curve, at - step)) / epode_flicks_seconds(2 * step);
    double error = fabs(slope(curve, at) - narrow);
    return error <= allowed + 2.0 * fabs(wide - narrow);
}

static void slopes_agree_with_differences(void** state)
{
    (void)state;
    uint64_t seed = 30;
    for (int round = 0; round < 4000; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, 40 * SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        double largest = 0.0;
        for (uint32_t i = 0; i < random.def.key_count; i++) {
            largest = fmax(largest, fabs(random.def.keys[i].value[0]));
        }
        for (uint32_t i = 0; i + 1 < random.def.key_count; i++) {
            const EpodeCurveKey* key = &random.def.keys[i];
            EpodeFlicks length = key[1].at - key[0].at;
            EpodeFlicks step = length / 20000;
            if (step == 0) {
                continue;
            }
            double unit = test_random_unit(&seed);
            EpodeFlicks at = key->at + length / 5 + (EpodeFlicks)(0.6 * (double)length * unit);
            double seconds = epode_flicks_seconds(length);
            double size =
                largest + seconds * (fabs(key[0].tangent_out[0]) + fabs(key[1].tangent_in[0]));
            double allowed = 1e-9 * size / seconds;
            if (!is_limit(curve, value_of, slope_of, at, step, allowed) ||
                !is_limit(curve, slope_of, bend_of, at, step, allowed * 10.0 / seconds)) {
                fail_msg("seed %llu, key %u, interpolation %d, shape %g",
                         (unsigned long long)round_seed, i, (int)key->interp, key->shape[0]);
            }
        }
        epode_curve_destroy(curve);
    }
}

static void slopes_are_finite_everywhere(void** state)
{
    (void)state;
    uint64_t seed = 31;
    for (int round = 0; round < 4000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, round % 2 == 0 ? 300 : SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        for (uint32_t i = 0; i < random.def.key_count; i++) {
            for (EpodeFlicks at = -2; at <= 2; at++) {
                assert_true(isfinite(slope_of(curve, random.keys[i].at + at)));
                assert_true(isfinite(bend_of(curve, random.keys[i].at + at)));
            }
        }
        assert_true(isfinite(slope_of(curve, INT64_MAX)));
        assert_true(isfinite(slope_of(curve, INT64_MIN)));
        epode_curve_destroy(curve);
    }
}

static void a_root_starts_with_the_slope_of_its_first_flick(void** state)
{
    (void)state;
    EpodeCurve* curve =
        create_pair(epode_curve_key(0, 2.0, EPODE_INTERP_LOG), EPODE_EXTRAPOLATION_CLAMP);
    double first = 0.0;
    epode_curve_value(curve, 1, &first);
    double expected = (first - 2.0) * (double)SECOND;
    assert_true(fabs(slope_of(curve, 0) - expected) <= 1e-9 * expected);
    epode_curve_destroy(curve);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slopes_have_known_answers),
        cmocka_unit_test(outside_the_keys_slopes_follow_the_extrapolation),
        cmocka_unit_test(slopes_agree_with_differences),
        cmocka_unit_test(slopes_are_finite_everywhere),
        cmocka_unit_test(a_root_starts_with_the_slope_of_its_first_flick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
