// SPDX-License-Identifier: MIT
// Definitions: defaults, every fault with the key it is in, and what creation does with memory.
#include "test.h"

#include <math.h>

#include "curve/build.h"
#include "random_curve.h"
#include "test_heap.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

// A sound curve of three keys to break in one place.
typedef struct Sample {
    EpodeCurveKey keys[3];
    EpodeCurveDef def;
} Sample;

static void make_sample(Sample* sample, uint32_t width, int is_quaternion)
{
    memset(sample, 0, sizeof *sample);
    for (int i = 0; i < 3; i++) {
        sample->keys[i] = epode_curve_key(i * SECOND, 1.0, EPODE_INTERP_LINEAR);
    }
    sample->def = epode_curve_def();
    sample->def.width = width;
    sample->def.is_quaternion = is_quaternion;
    sample->def.keys = sample->keys;
    sample->def.key_count = 3;
}

static void assert_fault(const Sample* sample, EpodeCurveFault fault, uint32_t key)
{
    EpodeCurve* curve = (EpodeCurve*)(uintptr_t)sample;
    EpodeCurveError error = {EPODE_CURVE_FAULT_NONE, 77};
    EpodeStatus status = epode_curve_create(epode_heap_system(), &sample->def, &curve, &error);
    assert_int_equal(error.fault, fault);
    assert_int_equal(error.key, key);
    assert_int_equal(status, fault == EPODE_CURVE_FAULT_NONE ? EPODE_OK : EPODE_ERR_BAD_ARG);
    assert_true((curve != NULL) == (status == EPODE_OK));
    epode_curve_destroy(curve);
}

static void a_sound_definition_has_no_fault(void** state)
{
    (void)state;
    Sample sample;
    for (uint32_t width = 1; width <= 4; width++) {
        make_sample(&sample, width, 0);
        assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    }
    make_sample(&sample, 4, 1);
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
}

static void faults_of_the_whole(void** state)
{
    (void)state;
    Sample sample;
    make_sample(&sample, 0, 0);
    assert_fault(&sample, EPODE_CURVE_FAULT_WIDTH, 0);
    make_sample(&sample, 5, 0);
    assert_fault(&sample, EPODE_CURVE_FAULT_WIDTH, 0);
    make_sample(&sample, 3, 1);
    assert_fault(&sample, EPODE_CURVE_FAULT_WIDTH, 0);
    make_sample(&sample, 1, 0);
    sample.def.key_count = 0;
    assert_fault(&sample, EPODE_CURVE_FAULT_NO_KEYS, 0);
    make_sample(&sample, 1, 0);
    sample.def.key_count = EPODE_CURVE_KEYS_MAX + 1;
    assert_fault(&sample, EPODE_CURVE_FAULT_KEY_COUNT, 0);
    make_sample(&sample, 1, 0);
    sample.def.before = EPODE_EXTRAPOLATION_COUNT;
    assert_fault(&sample, EPODE_CURVE_FAULT_EXTRAPOLATION, 0);
    make_sample(&sample, 1, 0);
    sample.def.after = EPODE_EXTRAPOLATION_COUNT;
    assert_fault(&sample, EPODE_CURVE_FAULT_EXTRAPOLATION, 0);
}

static void faults_of_time(void** state)
{
    (void)state;
    Sample sample;
    make_sample(&sample, 1, 0);
    sample.keys[2].at = SECOND;
    assert_fault(&sample, EPODE_CURVE_FAULT_DUPLICATE, 2);
    sample.keys[2].at = SECOND - 1;
    assert_fault(&sample, EPODE_CURVE_FAULT_UNSORTED, 2);
    sample.keys[2].at = SECOND + 1;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    sample.keys[2].at = EPODE_FLICKS_MAX;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    sample.keys[2].at = EPODE_FLICKS_MAX + 1;
    assert_fault(&sample, EPODE_CURVE_FAULT_TIME, 2);
    make_sample(&sample, 1, 0);
    sample.keys[0].at = -EPODE_FLICKS_MAX - 1;
    assert_fault(&sample, EPODE_CURVE_FAULT_TIME, 0);
}

static void faults_of_values(void** state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1.0000001e100, -1.0000001e100};
    Sample sample;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        make_sample(&sample, 2, 0);
        sample.keys[1].value[1] = bad[i];
        assert_fault(&sample, EPODE_CURVE_FAULT_VALUE, 1);
        sample.def.width = 1; // the second value no longer counts
        assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    }
    make_sample(&sample, 1, 0);
    sample.keys[1].value[0] = -EPODE_CURVE_VALUE_MAX;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    make_sample(&sample, 4, 1);
    memset(sample.keys[2].value, 0, sizeof sample.keys[2].value);
    assert_fault(&sample, EPODE_CURVE_FAULT_QUATERNION, 2);
    sample.keys[2].value[3] = 0.99e-6;
    assert_fault(&sample, EPODE_CURVE_FAULT_QUATERNION, 2);
    sample.keys[2].value[3] = 1e-6;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
}

static void faults_of_tangents_only_where_they_count(void** state)
{
    (void)state;
    Sample sample;
    make_sample(&sample, 1, 0);
    sample.keys[1].tangent_in[0] = NAN;
    sample.keys[1].tangent_out[0] = NAN;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    sample.keys[0].interp = EPODE_INTERP_HERMITE;
    assert_fault(&sample, EPODE_CURVE_FAULT_TANGENT, 1);
    make_sample(&sample, 1, 0);
    sample.keys[1].interp = EPODE_INTERP_HERMITE;
    sample.keys[1].tangent_in[0] = INFINITY;
    assert_fault(&sample, EPODE_CURVE_FAULT_NONE, 0);
    sample.keys[1].tangent_out[0] = INFINITY;
    assert_fault(&sample, EPODE_CURVE_FAULT_TANGENT, 1);
}

static void faults_of_interpolations(void** state)
{
    (void)state;
    static const struct {
        EpodeInterp interp;
        double shape[4];
        EpodeCurveFault fault;
    } cases[] = {
        {EPODE_INTERP_COUNT, {0}, EPODE_CURVE_FAULT_INTERP},
        {EPODE_INTERP_SLERP, {0}, EPODE_CURVE_FAULT_SLERP},
        {EPODE_INTERP_BEZIER, {0.0, -5.0, 1.0, 5.0}, EPODE_CURVE_FAULT_NONE},
        {EPODE_INTERP_BEZIER, {-0.01, 0.0, 1.0, 1.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_BEZIER, {0.0, 0.0, 1.01, 1.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_BEZIER, {0.0, NAN, 1.0, 1.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_BEZIER, {0.0, 0.0, NAN, 1.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_EXPONENTIAL, {0.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_EXPONENTIAL, {0.01}, EPODE_CURVE_FAULT_NONE},
        {EPODE_INTERP_EXPONENTIAL, {100.1}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_LOG, {-1.0}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_LOG, {NAN}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_S_CURVE, {-1.0}, EPODE_CURVE_FAULT_NONE},
        {EPODE_INTERP_S_CURVE, {100.0}, EPODE_CURVE_FAULT_NONE},
        {EPODE_INTERP_S_CURVE, {100.1}, EPODE_CURVE_FAULT_SHAPE},
        {EPODE_INTERP_S_CURVE, {NAN}, EPODE_CURVE_FAULT_SHAPE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Sample sample;
        make_sample(&sample, 1, 0);
        sample.keys[1].interp = cases[i].interp;
        memcpy(sample.keys[1].shape, cases[i].shape, sizeof cases[i].shape);
        uint32_t key = cases[i].fault == EPODE_CURVE_FAULT_NONE ? 0 : 1;
        assert_fault(&sample, cases[i].fault, key);
    }
}

static void every_fault_has_its_own_sentence(void** state)
{
    (void)state;
    for (int i = 0; i < EPODE_CURVE_FAULT_COUNT; i++) {
        const char* text = epode_curve_fault_text((EpodeCurveFault)i);
        assert_true(strlen(text) > 10);
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(text, epode_curve_fault_text((EpodeCurveFault)k));
        }
    }
    assert_string_equal(epode_curve_fault_text(EPODE_CURVE_FAULT_COUNT), "unknown fault");
}

static void keys_start_with_the_usual_shape(void** state)
{
    (void)state;
    EpodeCurveKey key = epode_curve_key(5, 0.5, EPODE_INTERP_BEZIER);
    assert_int_equal(key.at, 5);
    assert_true(key.value[0] == 0.5);
    assert_true(key.shape[0] == 0.25 && key.shape[1] == 0.1 && key.shape[2] == 0.25 &&
                key.shape[3] == 1.0);
    assert_true(epode_curve_key(0, 0.0, EPODE_INTERP_EXPONENTIAL).shape[0] == 2.0);
    assert_true(epode_curve_key(0, 0.0, EPODE_INTERP_LOG).shape[0] == 2.0);
    assert_true(epode_curve_key(0, 0.0, EPODE_INTERP_S_CURVE).shape[0] == 1.0);
}

static void a_curve_keeps_nothing_of_its_definition(void** state)
{
    (void)state;
    uint64_t seed = 70;
    RandomCurve random;
    random_curve(&seed, &random, EPODE_INTERP_COUNT, 3, 0, 300);
    EpodeCurve* curve = create_curve(&random.def);
    double before[50][3];
    for (int i = 0; i < 50; i++) {
        epode_curve_value(curve, 20 * i, before[i]);
    }
    memset(&random, 0xA5, sizeof random);
    for (int i = 0; i < 50; i++) {
        double after[3];
        epode_curve_value(curve, 20 * i, after);
        assert_memory_equal(after, before[i], sizeof after);
    }
    assert_int_equal(epode_curve_width(curve), 3);
    assert_false(epode_curve_is_quaternion(curve));
    epode_curve_destroy(curve);
    epode_curve_destroy(NULL);
}

static void an_exhausted_heap_is_an_error_and_leaks_nothing(void** state)
{
    (void)state;
    uint64_t seed = 71;
    for (int round = 0; round < 20; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 2, 0, 300);
        size_t call = 1;
        for (;; call++) {
            TestHeap heap = {.fail_at = call};
            EpodeCurve* curve = NULL;
            EpodeCurveError error;
            EpodeStatus status = epode_curve_create(test_heap(&heap), &random.def, &curve, &error);
            assert_int_equal(error.fault, EPODE_CURVE_FAULT_NONE);
            epode_curve_destroy(curve);
            test_heap_assert_empty(&heap);
            if (heap.failed_count == 0) {
                assert_int_equal(status, EPODE_OK);
                break;
            }
            assert_int_equal(status, EPODE_ERR_NO_MEM);
            assert_null(curve);
        }
        assert_true(call > 1);
    }
}

static void a_curve_in_an_arena_is_the_same_curve(void** state)
{
    (void)state;
    uint64_t seed = 72;
    TestHeap heap = {0};
    EpodeArena arena;
    epode_arena_init(&arena, test_heap(&heap));
    for (int round = 0; round < 200; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 2, 0, 300);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeCurve* other = NULL;
        assert_int_equal(epode_curve_create_in(&arena, &random.def, &other, NULL), EPODE_OK);
        for (EpodeFlicks at = -500; at < 4000; at += 37) {
            double a[2];
            double b[2];
            epode_curve_value(curve, at, a);
            epode_curve_value(other, at, b);
            assert_memory_equal(a, b, sizeof a);
        }
        epode_curve_destroy(curve);
    }
    Sample sample;
    make_sample(&sample, 1, 0);
    EpodeCurve* curve = NULL;
    heap.fail_at = heap.call_count + 1;
    heap.fails_for_ever = 1;
    EpodeStatus status = EPODE_OK;
    for (int i = 0; i < 100000 && status == EPODE_OK; i++) { // until the last chunk is full
        status = epode_curve_create_in(&arena, &sample.def, &curve, NULL);
    }
    assert_int_equal(status, EPODE_ERR_NO_MEM);
    assert_null(curve);
    sample.keys[1].at = 0;
    assert_int_equal(epode_curve_create_in(&arena, &sample.def, &curve, NULL), EPODE_ERR_BAD_ARG);
    epode_arena_finish(&arena);
    test_heap_assert_empty(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_definition_has_no_fault),
        cmocka_unit_test(faults_of_the_whole),
        cmocka_unit_test(faults_of_time),
        cmocka_unit_test(faults_of_values),
        cmocka_unit_test(faults_of_tangents_only_where_they_count),
        cmocka_unit_test(faults_of_interpolations),
        cmocka_unit_test(every_fault_has_its_own_sentence),
        cmocka_unit_test(keys_start_with_the_usual_shape),
        cmocka_unit_test(a_curve_keeps_nothing_of_its_definition),
        cmocka_unit_test(an_exhausted_heap_is_an_error_and_leaks_nothing),
        cmocka_unit_test(a_curve_in_an_arena_is_the_same_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
