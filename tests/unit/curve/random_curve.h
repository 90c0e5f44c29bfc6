// SPDX-License-Identifier: MIT
// Random definitions of curves for property tests: every interpolation, every extrapolation, keys
// from one flick apart to as far as the test wants, values that repeat and touch.
#ifndef EPODE_TESTS_RANDOM_CURVE_H
#define EPODE_TESTS_RANDOM_CURVE_H

#include "test.h"

#include "epode/curve.h"

enum { RANDOM_KEYS_MAX = 12 };

typedef struct RandomCurve {
    EpodeCurveKey keys[RANDOM_KEYS_MAX];
    EpodeCurveDef def;
} RandomCurve;

static inline uint32_t random_below(uint64_t* seed, uint32_t limit)
{
    return (uint32_t)(test_random(seed) % limit);
}

// Often a small whole number, so that keys touch thresholds and each other; sometimes -0.
static inline double random_value(uint64_t* seed)
{
    switch (random_below(seed, 8)) {
    case 0: return -0.0;
    case 1:
    case 2:
    case 3: return (double)random_below(seed, 5) - 2.0;
    case 4: return (test_random_unit(seed) - 0.5) * 2e6;
    default: return (test_random_unit(seed) - 0.5) * 4.0;
    }
}

static inline void random_shape(uint64_t* seed, EpodeCurveKey* key)
{
    static const double exponents[] = {0.01, 0.3, 0.5, 1.0, 2.0, 3.0, 7.5, 100.0};
    switch (key->interp) {
    case EPODE_INTERP_BEZIER:
        for (int i = 0; i < 4; i++) {
            int is_height = i % 2 == 1;
            double unit = test_random_unit(seed);
            double edge = (double)random_below(seed, 2);
            key->shape[i] = random_below(seed, 4) == 0 ? edge : is_height ? 3.0 * unit - 1.0 : unit;
        }
        break;
    case EPODE_INTERP_EXPONENTIAL:
    case EPODE_INTERP_LOG:
    case EPODE_INTERP_S_CURVE: {
        double exponent = 0.2 + 4.0 * test_random_unit(seed);
        key->shape[0] = random_below(seed, 2) == 0 ? exponents[random_below(seed, 8)] : exponent;
        if (key->interp == EPODE_INTERP_S_CURVE && random_below(seed, 8) == 0) {
            key->shape[0] = -1.0;
        }
        break;
    }
    default: break;
    }
}

static inline EpodeInterp random_interp(uint64_t* seed, int is_quaternion)
{
    uint32_t count = is_quaternion ? EPODE_INTERP_COUNT : EPODE_INTERP_SLERP;
    return (EpodeInterp)random_below(seed, count);
}

static inline EpodeFlicks random_gap(uint64_t* seed, EpodeFlicks gap_max)
{
    if (gap_max > 300 && random_below(seed, 4) != 0) {
        return 1 + (EpodeFlicks)(test_random_unit(seed) * (double)gap_max);
    }
    return 1 + (EpodeFlicks)random_below(seed, random_below(seed, 2) == 0 ? 12 : 300);
}

// Fills `random`; the definition points into it. `interp` EPODE_INTERP_COUNT means any.
static inline void random_curve(uint64_t* seed, RandomCurve* random, EpodeInterp interp,
                                uint32_t width, int is_quaternion, EpodeFlicks gap_max)
{
    memset(random, 0, sizeof *random);
    uint32_t count = 1 + random_below(seed, RANDOM_KEYS_MAX);
    EpodeFlicks at = (EpodeFlicks)random_below(seed, 400) - 200;
    for (uint32_t i = 0; i < count; i++) {
        EpodeCurveKey* key = &random->keys[i];
        key->at = at;
        key->interp = interp == EPODE_INTERP_COUNT ? random_interp(seed, is_quaternion) : interp;
        for (uint32_t k = 0; k < width; k++) {
            key->value[k] = is_quaternion ? test_random_unit(seed) - 0.5 : random_value(seed);
            // Tangents that matter at this scale of time.
            double per_second = (double)EPODE_FLICKS_PER_SECOND / (double)gap_max;
            key->tangent_in[k] = random_value(seed) * per_second;
            key->tangent_out[k] = random_value(seed) * per_second;
        }
        random_shape(seed, key);
        at += random_gap(seed, gap_max);
    }
    if (count > 1 && random_below(seed, 3) == 0) {
        memcpy(random->keys[count - 1].value, random->keys[0].value,
               sizeof random->keys[0].value); // a loop that closes
    }
    random->def = (EpodeCurveDef){
        .width = width,
        .is_quaternion = is_quaternion,
        .before = (EpodeExtrapolation)random_below(seed, EPODE_EXTRAPOLATION_COUNT),
        .after = (EpodeExtrapolation)random_below(seed, EPODE_EXTRAPOLATION_COUNT),
        .keys = random->keys,
        .key_count = count,
    };
}

static inline EpodeCurve* create_curve(const EpodeCurveDef* def)
{
    EpodeCurve* curve = NULL;
    EpodeCurveError error;
    EpodeStatus status = epode_curve_create(epode_heap_system(), def, &curve, &error);
    if (status != EPODE_OK) {
        print_error("key %u: %s\n", error.key, epode_curve_fault_text(error.fault));
    }
    assert_int_equal(status, EPODE_OK);
    return curve;
}

#endif
