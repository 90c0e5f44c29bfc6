// SPDX-License-Identifier: MIT
// Curves of rotations: the shortest arc, unit length, and a spin that is the rotation's own.
#include "test.h"

#include <math.h>

#include "random_curve.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

// A key that turns by `degrees` around an axis of length 1.
static EpodeCurveKey turned(EpodeFlicks at, double degrees, double x, double y, double z,
                            EpodeInterp interp)
{
    EpodeCurveKey key = epode_curve_key(at, 0.0, interp);
    double half = degrees * 3.14159265358979323846 / 360.0;
    key.value[0] = x * sin(half);
    key.value[1] = y * sin(half);
    key.value[2] = z * sin(half);
    key.value[3] = cos(half);
    return key;
}

static EpodeCurve* create_pair(EpodeCurveKey a, EpodeCurveKey b, EpodeExtrapolation extrapolation)
{
    EpodeCurveKey keys[2] = {a, b};
    EpodeCurveDef def = {.width = 4,
                         .is_quaternion = 1,
                         .before = extrapolation,
                         .after = extrapolation,
                         .keys = keys,
                         .key_count = 2};
    return create_curve(&def);
}

static void assert_turned(const double* q, double degrees, double x, double y, double z)
{
    EpodeCurveKey expected = turned(0, degrees, x, y, z, EPODE_INTERP_STEP);
    double dot = 0.0;
    for (int i = 0; i < 4; i++) {
        dot += q[i] * expected.value[i];
    }
    assert_true(fabs(fabs(dot) - 1.0) <= 1e-12);
    for (int i = 0; i < 4; i++) {
        assert_true(fabs(q[i] - (dot < 0.0 ? -1.0 : 1.0) * expected.value[i]) <= 1e-12);
    }
}

static void slerp_turns_at_constant_speed(void** state)
{
    (void)state;
    EpodeCurve* curve =
        create_pair(turned(0, 10, 0, 0, 1, EPODE_INTERP_SLERP),
                    turned(SECOND, 100, 0, 0, 1, EPODE_INTERP_SLERP), EPODE_EXTRAPOLATION_CLAMP);
    for (int i = 0; i <= 9; i++) {
        double q[4];
        double spin[4];
        epode_curve_value(curve, i * SECOND / 9, q);
        assert_turned(q, 10 + 10 * i, 0, 0, 1);
        epode_curve_derivative(curve, i * SECOND / 9, spin);
        double expected = i == 9 ? 0.0 : 0.5 * 3.14159265358979323846;
        assert_true(fabs(spin[0]) <= 1e-12 && fabs(spin[1]) <= 1e-12);
        assert_true(fabs(spin[2] - expected) <= 1e-12);
        assert_true(spin[3] == 0.0);
    }
    epode_curve_destroy(curve);
}

static void the_arc_is_the_shorter_one(void** state)
{
    (void)state;
    EpodeCurveKey b = turned(SECOND, 80, 1, 0, 0, EPODE_INTERP_SLERP);
    for (int i = 0; i < 4; i++) {
        b.value[i] *= -3.0; // the same rotation
    }
    EpodeCurve* curve =
        create_pair(turned(0, 0, 1, 0, 0, EPODE_INTERP_SLERP), b, EPODE_EXTRAPOLATION_CLAMP);
    double q[4];
    epode_curve_value(curve, SECOND / 4, q);
    assert_turned(q, 20, 1, 0, 0);
    assert_true(q[3] > 0.9);
    epode_curve_value(curve, SECOND, q);
    assert_turned(q, 80, 1, 0, 0);
    assert_true(q[3] > 0.7);
    epode_curve_destroy(curve);
}

static void laws_of_progress_go_along_the_arc(void** state)
{
    (void)state;
    static const struct {
        EpodeInterp interp;
        double degrees; // after a quarter of the time, of 90
    } cases[] = {
        {EPODE_INTERP_STEP, 0.0},
        {EPODE_INTERP_SMOOTH, 90 * 0.15625},
        {EPODE_INTERP_EXPONENTIAL, 5.625},
        {EPODE_INTERP_LOG, 45.0},
        {EPODE_INTERP_S_CURVE, 90 * 0.15625},
        {EPODE_INTERP_BEZIER, 90 * 0.40851059132},
        {EPODE_INTERP_SLERP, 22.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurve* curve =
            create_pair(turned(0, 0, 0, 1, 0, cases[i].interp),
                        turned(SECOND, 90, 0, 1, 0, cases[i].interp), EPODE_EXTRAPOLATION_CLAMP);
        double q[4];
        epode_curve_value(curve, SECOND / 4, q);
        double degrees = 360.0 / 3.14159265358979323846 * atan2(q[1], q[3]);
        assert_true(fabs(degrees - cases[i].degrees) <= 1e-6);
        epode_curve_destroy(curve);
    }
}

static void outside_the_keys(void** state)
{
    (void)state;
    static const struct {
        EpodeExtrapolation extrapolation;
        double before, after; // degrees one second before and three seconds after the keys
    } cases[] = {
        {EPODE_EXTRAPOLATION_CLAMP, 10, 50},      {EPODE_EXTRAPOLATION_LOOP, 30, 30},
        {EPODE_EXTRAPOLATION_PINGPONG, 30, 30},   {EPODE_EXTRAPOLATION_ZERO, 0, 0},
        {EPODE_EXTRAPOLATION_CONTINUE, -10, 110},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EpodeCurve* curve = create_pair(turned(0, 10, 0, 0.6, 0.8, EPODE_INTERP_SLERP),
                                        turned(2 * SECOND, 50, 0, 0.6, 0.8, EPODE_INTERP_SLERP),
                                        cases[i].extrapolation);
        double q[4];
        epode_curve_value(curve, -SECOND, q);
        assert_turned(q, cases[i].before, 0, 0.6, 0.8);
        epode_curve_value(curve, 5 * SECOND, q);
        assert_turned(q, cases[i].after, 0, 0.6, 0.8);
        epode_curve_destroy(curve);
    }
}

static void random_rotations(uint64_t* seed, RandomCurve* random, EpodeFlicks gap)
{
    random_curve(seed, random, EPODE_INTERP_COUNT, 4, 1, gap);
}

static void length_stays_one(void** state)
{
    (void)state;
    uint64_t seed = 80;
    for (int round = 0; round < 1500; round++) {
        RandomCurve random;
        random_rotations(&seed, &random, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        for (int i = 0; i < 40; i++) {
            EpodeFlicks at = epode_curve_start(curve) +
                             (EpodeFlicks)((test_random_unit(&seed) * 3.0 - 1.0) * (double)span);
            double q[4];
            epode_curve_value(curve, at, q);
            double length = sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
            assert_true(fabs(length - 1.0) <= 1e-12);
        }
        epode_curve_destroy(curve);
    }
}

static void keys_are_met_with_the_sign_nearer_to_the_one_before(void** state)
{
    (void)state;
    uint64_t seed = 81;
    for (int round = 0; round < 500; round++) {
        RandomCurve random;
        random_rotations(&seed, &random, SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        double before[4] = {0};
        for (uint32_t i = 0; i + 1 < random.def.key_count; i++) {
            const double* given = random.keys[i].value;
            double q[4];
            epode_curve_value(curve, random.keys[i].at, q);
            double with_given = 0.0;
            double with_before = 0.0;
            double length = 0.0;
            for (int k = 0; k < 4; k++) {
                with_given += q[k] * given[k];
                with_before += q[k] * before[k];
                length += given[k] * given[k];
            }
            assert_true(fabs(fabs(with_given) - sqrt(length)) <= 1e-12);
            assert_true(with_before >= 0.0);
            memcpy(before, q, sizeof q);
        }
        epode_curve_destroy(curve);
    }
}

// The rotation from one instant to a later one, as a rotation vector per second.
static void measured_spin(const EpodeCurve* curve, EpodeFlicks at, EpodeFlicks step, double* spin)
{
    double a[4];
    double b[4];
    epode_curve_value(curve, at - step, a);
    epode_curve_value(curve, at + step, b);
    double w = b[0] * a[0] + b[1] * a[1] + b[2] * a[2] + b[3] * a[3];
    double sign = w < 0.0 ? -2.0 : 2.0;
    double seconds = epode_flicks_seconds(2 * step);
    spin[0] = sign * (b[0] * a[3] - b[3] * a[0] + b[2] * a[1] - b[1] * a[2]) / seconds;
    spin[1] = sign * (b[1] * a[3] - b[3] * a[1] + b[0] * a[2] - b[2] * a[0]) / seconds;
    spin[2] = sign * (b[2] * a[3] - b[3] * a[2] + b[1] * a[0] - b[0] * a[1]) / seconds;
}

static void the_derivative_is_the_spin_of_the_rotation(void** state)
{
    (void)state;
    uint64_t seed = 82;
    for (int round = 0; round < 2000; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        random_rotations(&seed, &random, 20 * SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        for (uint32_t i = 0; i + 1 < random.def.key_count; i++) {
            EpodeFlicks length = random.keys[i + 1].at - random.keys[i].at;
            EpodeFlicks step = length / 40000;
            if (step == 0) {
                continue;
            }
            double unit = test_random_unit(&seed);
            EpodeFlicks at =
                random.keys[i].at + length / 5 + (EpodeFlicks)(0.6 * (double)length * unit);
            double spin[4];
            double narrow[3];
            double wide[3];
            epode_curve_derivative(curve, at, spin);
            measured_spin(curve, at, step, narrow);
            measured_spin(curve, at, 2 * step, wide);
            for (int k = 0; k < 3; k++) {
                double allowed =
                    1e-6 / epode_flicks_seconds(length) + 2.0 * fabs(wide[k] - narrow[k]);
                if (!(fabs(spin[k] - narrow[k]) <= allowed)) {
                    fail_msg("seed %llu, interpolation %d: %g, not %g",
                             (unsigned long long)round_seed, (int)random.keys[i].interp, spin[k],
                             narrow[k]);
                }
            }
        }
        epode_curve_destroy(curve);
    }
}

static void equal_rotations_stand_still(void** state)
{
    (void)state;
    for (int i = 0; i < EPODE_INTERP_COUNT; i++) {
        EpodeCurve* curve =
            create_pair(turned(0, 70, 1, 0, 0, (EpodeInterp)i),
                        turned(SECOND, 70, 1, 0, 0, (EpodeInterp)i), EPODE_EXTRAPOLATION_CONTINUE);
        double q[4];
        double spin[4];
        for (EpodeFlicks at = -SECOND; at <= 2 * SECOND; at += SECOND / 4) {
            epode_curve_value(curve, at, q);
            assert_turned(q, 70, 1, 0, 0);
            epode_curve_derivative(curve, at, spin);
            assert_true(spin[0] == 0.0 && spin[1] == 0.0 && spin[2] == 0.0);
        }
        epode_curve_destroy(curve);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slerp_turns_at_constant_speed),
        cmocka_unit_test(the_arc_is_the_shorter_one),
        cmocka_unit_test(laws_of_progress_go_along_the_arc),
        cmocka_unit_test(outside_the_keys),
        cmocka_unit_test(length_stays_one),
        cmocka_unit_test(keys_are_met_with_the_sign_nearer_to_the_one_before),
        cmocka_unit_test(the_derivative_is_the_spin_of_the_rotation),
        cmocka_unit_test(equal_rotations_stand_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
