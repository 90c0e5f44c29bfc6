// SPDX-License-Identifier: MIT
// Integrals against double-exponential quadrature in long double, ranges against every single
// flick.
#include "test.h"

#include <math.h>

#include "random_curve.h"
#include "reference.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

static double integral_of(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to)
{
    double sum = -1.0;
    epode_curve_integral(curve, from, to, &sum);
    return sum;
}

static EpodeCurve* create_pair(EpodeCurveKey first, EpodeExtrapolation extrapolation)
{
    EpodeCurveKey keys[2] = {first, epode_curve_key(2 * SECOND, 6.0, EPODE_INTERP_STEP)};
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    def.before = def.after = extrapolation;
    return create_curve(&def);
}

static void integrals_have_known_answers(void** state)
{
    (void)state;
    static const struct {
        EpodeInterp interp;
        double shape;
        double expected; // from 2 at 0 s to 6 at 2 s
        double tolerance;
    } cases[] = {
        {EPODE_INTERP_STEP, 0, 4.0, 0},
        {EPODE_INTERP_LINEAR, 0, 8.0, 0},
        {EPODE_INTERP_SMOOTH, 0, 8.0, 1e-14},
        {EPODE_INTERP_EXPONENTIAL, 2, 4.0 + 8.0 / 3, 1e-14},
        {EPODE_INTERP_EXPONENTIAL, 9, 4.0 + 0.8, 1e-14},
        {EPODE_INTERP_LOG, 2, 4.0 + 16.0 / 3, 1e-14},
        {EPODE_INTERP_S_CURVE, 0.25, 8.0, 1e-13},
        {EPODE_INTERP_S_CURVE, 30, 8.0, 1e-13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurveKey key = epode_curve_key(0, 2.0, cases[i].interp);
        key.shape[0] = cases[i].shape;
        EpodeCurve* curve = create_pair(key, EPODE_EXTRAPOLATION_CLAMP);
        double sum = integral_of(curve, 0, 2 * SECOND);
        if (!(fabs(sum - cases[i].expected) <= cases[i].tolerance)) {
            fail_msg("case %zu: %.17g, not %.17g", i, sum, cases[i].expected);
        }
        assert_true(integral_of(curve, 2 * SECOND, 0) == -sum);
        assert_true(integral_of(curve, SECOND, SECOND) == 0.0);
        epode_curve_destroy(curve);
    }
}

static void outside_the_keys_integrals_follow_the_extrapolation(void** state)
{
    (void)state;
    static const struct {
        EpodeExtrapolation extrapolation;
        double before, after; // over the second before the keys, and the three after
    } cases[] = {
        {EPODE_EXTRAPOLATION_CLAMP, 2.0, 18.0},    {EPODE_EXTRAPOLATION_LOOP, 5.0, 11.0},
        {EPODE_EXTRAPOLATION_PINGPONG, 3.0, 11.0}, {EPODE_EXTRAPOLATION_ZERO, 0.0, 0.0},
        {EPODE_EXTRAPOLATION_CONTINUE, 1.0, 27.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurve* curve =
            create_pair(epode_curve_key(0, 2.0, EPODE_INTERP_LINEAR), cases[i].extrapolation);
        assert_true(integral_of(curve, -SECOND, 0) == cases[i].before);
        assert_true(integral_of(curve, 2 * SECOND, 5 * SECOND) == cases[i].after);
        double across = integral_of(curve, -SECOND, 5 * SECOND);
        assert_true(fabs(across - (cases[i].before + 8.0 + cases[i].after)) <= 1e-13);
        epode_curve_destroy(curve);
    }
}

static void long_loops_are_counted_not_walked(void** state)
{
    (void)state;
    EpodeCurveKey key = epode_curve_key(0, 2.0, EPODE_INTERP_LINEAR);
    key.at = 2 * SECOND - 2; // two flicks a lap
    EpodeCurve* curve = create_pair(key, EPODE_EXTRAPOLATION_LOOP);
    double hours = 10000.0 * 3600.0;
    double sum = integral_of(curve, -EPODE_FLICKS_MAX, EPODE_FLICKS_MAX);
    assert_true(fabs(sum - 2.0 * hours * 4.0) <= 1e-12 * 8.0 * hours);
    double least = 0.0;
    double greatest = 0.0;
    epode_curve_range(curve, -EPODE_FLICKS_MAX, EPODE_FLICKS_MAX, &least, &greatest);
    assert_true(least == 2.0 && greatest == 4.0);
    epode_curve_destroy(curve);
}

// Integral by u of a segment over u0..u1, by tanh-sinh, which does not mind roots at the ends.
static long double quadrature(const EpodeCurveDef* def, uint32_t i, long double u0, long double u1)
{
    static const long double step = 1.0L / 64.0L;
    long double sum = 0.0L;
    for (int k = -300; k <= 300; k++) {
        long double t = step * k;
        long double s = 1.57079632679489661923L * sinhl(t);
        long double near = 1.0L / (1.0L + expl(2.0L * fabsl(s))); // distance to the nearer end
        long double weight = 1.57079632679489661923L * coshl(t) / (2.0L * coshl(s) * coshl(s));
        long double u = s < 0.0L ? u0 + (u1 - u0) * near : u1 - (u1 - u0) * near;
        long double w = s < 0.0L ? 1.0L - u : (1.0L - u1) + (u1 - u0) * near;
        sum += step * weight * reference_segment(def, i, 0, u, w);
    }
    return sum * (u1 - u0);
}

static void integrals_keep_their_bounds(void** state)
{
    (void)state;
    uint64_t seed = 40;
    for (int round = 0; round < 250; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        EpodeInterp interp = (EpodeInterp)(round % EPODE_INTERP_SLERP);
        random_curve(&seed, &random, interp, 1, 0, 40 * SECOND);
        if (random.def.key_count < 2) {
            continue;
        }
        EpodeCurve* curve = create_curve(&random.def);
        uint32_t i = random_below(&seed, random.def.key_count - 1);
        const EpodeCurveKey* key = &random.def.keys[i];
        EpodeFlicks length = key[1].at - key[0].at;
        EpodeFlicks a = (EpodeFlicks)(test_random_unit(&seed) * (double)(length + 1));
        EpodeFlicks b = (EpodeFlicks)(test_random_unit(&seed) * (double)(length + 1));
        a = random_below(&seed, 3) == 0 ? 0 : a;
        b = random_below(&seed, 3) == 0 ? length : b;
        if (a > b) {
            EpodeFlicks swap = a;
            a = b;
            b = swap;
        }
        long double u0 = (long double)a / (long double)length;
        long double u1 = (long double)b / (long double)length;
        long double half = u0 < 0.5L && u1 > 0.5L ? 0.5L : u1; // where s-curves are steepest
        long double expected =
            quadrature(&random.def, i, u0, half) + quadrature(&random.def, i, half, u1);
        double seconds = epode_flicks_seconds(length);
        double size = 0.0;
        for (uint32_t k = 0; k < random.def.key_count; k++) {
            size = fmax(size, fabs(random.def.keys[k].value[0]));
        }
        if (interp == EPODE_INTERP_HERMITE) {
            size += seconds * (fabs(key[0].tangent_out[0]) + fabs(key[1].tangent_in[0]));
        }
        double bound = interp == EPODE_INTERP_S_CURVE ? 1e-11 : 1e-12;
        bound *= interp == EPODE_INTERP_BEZIER ? 2.0 : 1.0; // heights reach 2
        double sum = integral_of(curve, key->at + a, key->at + b);
        double error = fabs(sum - (double)(expected * (long double)seconds));
        if (!(error <= bound * size * seconds)) {
            fail_msg("seed %llu: interpolation %d, shape %g, error %g",
                     (unsigned long long)round_seed, (int)interp, key->shape[0],
                     error / (size * seconds));
        }
        epode_curve_destroy(curve);
    }
}

static void integrals_add_up(void** state)
{
    (void)state;
    uint64_t seed = 41;
    for (int round = 0; round < 2000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 2, 0, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        EpodeFlicks at[3];
        for (int i = 0; i < 3; i++) {
            at[i] = epode_curve_start(curve) +
                    (EpodeFlicks)((test_random_unit(&seed) - 0.4) * 8.0 * (double)span);
        }
        double ab[2];
        double bc[2];
        double ac[2];
        epode_curve_integral(curve, at[0], at[1], ab);
        epode_curve_integral(curve, at[1], at[2], bc);
        epode_curve_integral(curve, at[0], at[2], ac);
        for (int c = 0; c < 2; c++) {
            double least[2];
            double greatest[2];
            epode_curve_range(curve, epode_curve_start(curve) - 5 * span,
                              epode_curve_end(curve) + 5 * span, least, greatest);
            double size = fmax(fabs(least[c]), fabs(greatest[c])) * epode_flicks_seconds(20 * span);
            assert_true(fabs(ab[c] + bc[c] - ac[c]) <= 1e-10 * size);
        }
        epode_curve_destroy(curve);
    }
}

static void ranges_are_those_of_every_flick(void** state)
{
    (void)state;
    uint64_t seed = 42;
    for (int round = 0; round < 1500; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 2, 0, 100);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        EpodeFlicks from = epode_curve_start(curve) - span +
                           (EpodeFlicks)(test_random_unit(&seed) * 2.0 * (double)span);
        EpodeFlicks to = from + (EpodeFlicks)(test_random_unit(&seed) * 4.0 * (double)span);
        double least[2];
        double greatest[2];
        epode_curve_range(curve, from, to, least, greatest);
        double scanned_least[2] = {HUGE_VAL, HUGE_VAL};
        double scanned_greatest[2] = {-HUGE_VAL, -HUGE_VAL};
        for (EpodeFlicks at = from; at <= to; at++) {
            double values[2];
            epode_curve_value(curve, at, values);
            for (int c = 0; c < 2; c++) {
                scanned_least[c] = fmin(scanned_least[c], values[c]);
                scanned_greatest[c] = fmax(scanned_greatest[c], values[c]);
            }
        }
        for (int c = 0; c < 2; c++) {
            if (least[c] != scanned_least[c] || greatest[c] != scanned_greatest[c]) {
                fail_msg("seed %llu: %.17g..%.17g, not %.17g..%.17g",
                         (unsigned long long)round_seed, least[c], greatest[c], scanned_least[c],
                         scanned_greatest[c]);
            }
        }
        epode_curve_destroy(curve);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integrals_have_known_answers),
        cmocka_unit_test(outside_the_keys_integrals_follow_the_extrapolation),
        cmocka_unit_test(long_loops_are_counted_not_walked),
        cmocka_unit_test(integrals_keep_their_bounds),
        cmocka_unit_test(integrals_add_up),
        cmocka_unit_test(ranges_are_those_of_every_flick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
