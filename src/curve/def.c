// SPDX-License-Identifier: MIT
// Definitions of curves: their defaults, and what may be wrong with them. Knows no text; who reads
// a show gives the faults a place.
#include <string.h>

#include "base/math.h"
#include "curve/layout.h"
#include "curve/quaternion.h"

EpodeCurveDef epode_curve_def(void)
{
    return (EpodeCurveDef){.width = 1};
}

EpodeCurveKey epode_curve_key(EpodeFlicks at, double value, EpodeInterp interp)
{
    static const double ease[4] = {0.25, 0.1, 0.25, 1.0};
    EpodeCurveKey key = {.at = at, .value = {value}, .interp = interp};
    if (interp == EPODE_INTERP_BEZIER) {
        memcpy(key.shape, ease, sizeof ease);
    }
    if (interp == EPODE_INTERP_EXPONENTIAL || interp == EPODE_INTERP_LOG) {
        key.shape[0] = 2.0;
    }
    if (interp == EPODE_INTERP_S_CURVE) {
        key.shape[0] = 1.0;
    }
    return key;
}

const char* epode_curve_fault_text(EpodeCurveFault fault)
{
    static const char* const texts[EPODE_CURVE_FAULT_COUNT] = {
        "the curve is well formed",
        "a curve needs at least one key",
        "a curve has more keys than fit",
        "a curve has 1 to 4 values, a quaternion exactly 4",
        "there is no such extrapolation",
        "the key lies beyond the longest time a show may reach",
        "the key is earlier than the one before it",
        "the key is at the same instant as the one before it",
        "the value is not a number, or too large",
        "the tangent is not a number, or too large",
        "there is no such interpolation",
        "slerp turns rotations, and this curve has none",
        "the shape lies outside what the interpolation allows",
        "the quaternion is too short to be a rotation",
    };
    return (unsigned)fault < EPODE_CURVE_FAULT_COUNT ? texts[fault] : "unknown fault";
}

static int is_value(double x)
{
    return epode_fabs(x) <= EPODE_CURVE_VALUE_MAX;
}

static int are_values(const double* values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!is_value(values[i])) {
            return 0;
        }
    }
    return 1;
}

static int is_shape(const EpodeCurveKey* key)
{
    const double* shape = key->shape;
    switch (key->interp) {
    case EPODE_INTERP_BEZIER:
        return shape[0] >= 0.0 && shape[0] <= 1.0 && shape[2] >= 0.0 && shape[2] <= 1.0 &&
               is_value(shape[1]) && is_value(shape[3]);
    case EPODE_INTERP_EXPONENTIAL:
    case EPODE_INTERP_LOG: return shape[0] >= 0.01 && shape[0] <= 100.0;
    case EPODE_INTERP_S_CURVE: return shape[0] <= 100.0;
    default: return 1;
    }
}

static EpodeCurveFault check_time(const EpodeCurveDef* def, uint32_t index)
{
    EpodeFlicks at = def->keys[index].at;
    if (at < -EPODE_FLICKS_MAX || at > EPODE_FLICKS_MAX) {
        return EPODE_CURVE_FAULT_TIME;
    }
    if (index > 0 && at <= def->keys[index - 1].at) {
        return at == def->keys[index - 1].at ? EPODE_CURVE_FAULT_DUPLICATE
                                             : EPODE_CURVE_FAULT_UNSORTED;
    }
    return EPODE_CURVE_FAULT_NONE;
}

static EpodeCurveFault check_key(const EpodeCurveDef* def, uint32_t index)
{
    const EpodeCurveKey* key = &def->keys[index];
    EpodeCurveFault fault = check_time(def, index);
    if (fault != EPODE_CURVE_FAULT_NONE) {
        return fault;
    }
    if (!are_values(key->value, def->width)) {
        return EPODE_CURVE_FAULT_VALUE;
    }
    if (def->is_quaternion && !(epode_quaternion_length(key->value) >= 1e-6)) {
        return EPODE_CURVE_FAULT_QUATERNION;
    }
    if ((unsigned)key->interp >= EPODE_INTERP_COUNT) {
        return EPODE_CURVE_FAULT_INTERP;
    }
    if (key->interp == EPODE_INTERP_SLERP && !def->is_quaternion) {
        return EPODE_CURVE_FAULT_SLERP;
    }
    if (!is_shape(key)) {
        return EPODE_CURVE_FAULT_SHAPE;
    }
    int is_left_hermite = index > 0 && key[-1].interp == EPODE_INTERP_HERMITE;
    int is_right_hermite = key->interp == EPODE_INTERP_HERMITE;
    if ((is_left_hermite && !are_values(key->tangent_in, def->width)) ||
        (is_right_hermite && !are_values(key->tangent_out, def->width))) {
        return EPODE_CURVE_FAULT_TANGENT;
    }
    return EPODE_CURVE_FAULT_NONE;
}

EpodeCurveError epode_curve_def_check(const EpodeCurveDef* def)
{
    EpodeCurveError error = {EPODE_CURVE_FAULT_NONE, 0};
    if (def->width < 1 || def->width > EPODE_CURVE_WIDTH_MAX ||
        (def->is_quaternion && def->width != 4)) {
        error.fault = EPODE_CURVE_FAULT_WIDTH;
    } else if ((unsigned)def->before >= EPODE_EXTRAPOLATION_COUNT ||
               (unsigned)def->after >= EPODE_EXTRAPOLATION_COUNT) {
        error.fault = EPODE_CURVE_FAULT_EXTRAPOLATION;
    } else if (def->key_count == 0) {
        error.fault = EPODE_CURVE_FAULT_NO_KEYS;
    } else if (def->key_count > EPODE_CURVE_KEYS_MAX) {
        error.fault = EPODE_CURVE_FAULT_KEY_COUNT;
    }
    for (uint32_t i = 0; error.fault == EPODE_CURVE_FAULT_NONE && i < def->key_count; i++) {
        error.fault = check_key(def, i);
        error.key = error.fault == EPODE_CURVE_FAULT_NONE ? 0 : i;
    }
    return error;
}
