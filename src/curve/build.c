// SPDX-License-Identifier: MIT
// From a definition to a curve: every segment gets the simplest law that draws it, and all of it
// goes into one block. Knows that the definition is sound; def.c sees to that.
#include "curve/build.h"

#include "base/heap.h"
#include "base/math.h"
#include "curve/layout.h"
#include "curve/quaternion.h"

// From here on a fraction of a segment may round up to 1 before its end is reached.
static const EpodeFlicks LONGEST_EXACT = INT64_C(1) << 53;

// Where the slopes at the ends of a spline come from.
typedef enum Tangents {
    TANGENTS_CUBIC,   // the neighbouring keys
    TANGENTS_HERMITE, // the keys themselves
    TANGENTS_FIXED    // `leave` and `arrive` times the difference of the keys
} Tangents;

// How a segment is going to be drawn.
typedef struct Plan {
    EpodeLaw law;
    Tangents tangents;
    double leave, arrive;
    int is_monotone;
    EpodeEase ease;
} Plan;

static Plan plan_fixed(double leave, double arrive)
{
    return (Plan){.law = EPODE_LAW_SPLINE,
                  .tangents = TANGENTS_FIXED,
                  .leave = leave,
                  .arrive = arrive,
                  .is_monotone = 1};
}

static Plan plan_ease(EpodeEaseLaw law, double exponent)
{
    return (Plan){.law = EPODE_LAW_EASE, .ease = {.law = law, .exponent = exponent}};
}

static Plan plan_linear(const EpodeCurveDef* def, uint32_t index)
{
    const EpodeCurveKey* key = &def->keys[index];
    return key[1].at - key->at < LONGEST_EXACT || def->is_quaternion
               ? (Plan){.law = EPODE_LAW_LINEAR}
               : plan_fixed(1.0, 1.0);
}

static Plan plan_bezier(const double* shape)
{
    Plan plan = plan_ease(EPODE_EASE_BEZIER, 0.0);
    plan.ease.point[0] = (EpodeEasePoint){shape[0], shape[1]};
    plan.ease.point[1] = (EpodeEasePoint){shape[2], shape[3]};
    return plan;
}

// Squares and cubes are splines too, which are several times cheaper than powers. On an arc there
// is nothing for a spline to draw.
static Plan plan_power(const EpodeCurveDef* def, uint32_t index, double exponent)
{
    if (def->is_quaternion) {
        return plan_ease(EPODE_EASE_POWER, exponent);
    }
    if (exponent == 1.0) {
        return plan_linear(def, index);
    }
    return exponent == 2.0 || exponent == 3.0 ? plan_fixed(0.0, exponent)
                                              : plan_ease(EPODE_EASE_POWER, exponent);
}

static Plan plan_smooth(const EpodeCurveDef* def)
{
    return def->is_quaternion ? plan_ease(EPODE_EASE_SMOOTH, 1.0) : plan_fixed(0.0, 0.0);
}

static Plan plan_s_curve(const EpodeCurveDef* def, uint32_t index, double strength)
{
    if (strength <= 0.0) {
        return plan_power(def, index, 1.0);
    }
    return strength == 1.0 ? plan_smooth(def) : plan_ease(EPODE_EASE_S_CURVE, strength);
}

static Plan plan_segment(const EpodeCurveDef* def, uint32_t index)
{
    const EpodeCurveKey* key = &def->keys[index];
    if (index + 1 == def->key_count) {
        return (Plan){.law = EPODE_LAW_STEP};
    }
    switch (key->interp) {
    case EPODE_INTERP_LINEAR: return plan_linear(def, index);
    case EPODE_INTERP_SMOOTH: return plan_smooth(def);
    case EPODE_INTERP_CUBIC: return (Plan){.law = EPODE_LAW_SPLINE, .tangents = TANGENTS_CUBIC};
    case EPODE_INTERP_CUBIC_MONOTONE:
        return (Plan){.law = EPODE_LAW_SPLINE, .tangents = TANGENTS_CUBIC, .is_monotone = 1};
    case EPODE_INTERP_HERMITE: return (Plan){.law = EPODE_LAW_SPLINE, .tangents = TANGENTS_HERMITE};
    case EPODE_INTERP_BEZIER: return plan_bezier(key->shape);
    case EPODE_INTERP_EXPONENTIAL: return plan_power(def, index, key->shape[0]);
    case EPODE_INTERP_LOG: return plan_power(def, index, 1.0 / key->shape[0]);
    case EPODE_INTERP_S_CURVE: return plan_s_curve(def, index, key->shape[0]);
    case EPODE_INTERP_SLERP: return plan_ease(EPODE_EASE_LINEAR, 1.0);
    case EPODE_INTERP_STEP:
    case EPODE_INTERP_COUNT: break;
    }
    return (Plan){.law = EPODE_LAW_STEP};
}

// The block while it is being filled.
typedef struct Draft {
    const EpodeCurveDef* def;
    EpodeCurve* curve;
    EpodeFlicks* times;
    double* values;
    EpodeSpline* splines;
    EpodeEase* eases;
    EpodeSegment* segments;
    uint32_t spline_count;
    uint32_t ease_count;
} Draft;

static size_t take(size_t* size, size_t count, size_t item_size)
{
    size_t offset = *size;
    *size += (count * item_size + 15) / 16 * 16;
    return offset;
}

// Lays out the block and returns its size; with a block, also sets the pointers into it.
static size_t lay_out(Draft* draft, char* block)
{
    size_t key_count = draft->def->key_count;
    size_t size = 0;
    size_t curve = take(&size, 1, sizeof(EpodeCurve));
    size_t times = take(&size, key_count, sizeof(EpodeFlicks));
    size_t values = take(&size, key_count * draft->def->width, sizeof(double));
    size_t splines = take(&size, draft->spline_count, sizeof(EpodeSpline));
    size_t eases = take(&size, draft->ease_count, sizeof(EpodeEase));
    size_t segments = take(&size, key_count, sizeof(EpodeSegment));
    if (block != NULL) {
        draft->curve = (EpodeCurve*)(void*)(block + curve);
        draft->times = (EpodeFlicks*)(void*)(block + times);
        draft->values = (double*)(void*)(block + values);
        draft->splines = (EpodeSpline*)(void*)(block + splines);
        draft->eases = (EpodeEase*)(void*)(block + eases);
        draft->segments = (EpodeSegment*)(void*)(block + segments);
    }
    return size;
}

static Draft draft_of(const EpodeCurveDef* def)
{
    Draft draft = {.def = def};
    for (uint32_t i = 0; i < def->key_count; i++) {
        EpodeLaw law = plan_segment(def, i).law;
        draft.spline_count += law == EPODE_LAW_SPLINE ? def->width : 0;
        draft.ease_count += law == EPODE_LAW_EASE;
    }
    return draft;
}

static void fill_header(Draft* draft, EpodeHeap heap, size_t size)
{
    const EpodeCurveDef* def = draft->def;
    *draft->curve = (EpodeCurve){
        .heap = heap,
        .size = size,
        .width = def->width,
        .key_count = def->key_count,
        .before = def->before,
        .after = def->after,
        .is_quaternion = def->is_quaternion != 0,
        .start_flicks = def->keys[0].at,
        .length_flicks = def->keys[def->key_count - 1].at - def->keys[0].at,
        .times = draft->times,
        .values = draft->values,
        .segments = draft->segments,
        .splines = draft->splines,
        .eases = draft->eases,
    };
}

// Adding 0 makes -0 into 0, so that a constant has the same bits by whatever law it is drawn.
static void fill_key(Draft* draft, uint32_t index)
{
    const EpodeCurveDef* def = draft->def;
    draft->times[index] = def->keys[index].at;
    double* value = draft->values + (size_t)index * def->width;
    for (uint32_t i = 0; i < def->width; i++) {
        value[i] = def->keys[index].value[i] + 0.0;
    }
    if (!def->is_quaternion) {
        return;
    }
    epode_quaternion_normalise(value, value, value);
    double sign = index > 0 && epode_quaternion_dot(value - 4, value) < 0.0 ? -1.0 : 1.0;
    for (uint32_t i = 0; i < 4; i++) {
        value[i] = sign * value[i] + 0.0;
    }
}

// What the tangents of a key are multiplied by: those of a quaternion are scaled as it was.
static double tangent_scale(const Draft* draft, uint32_t index)
{
    if (!draft->def->is_quaternion) {
        return 1.0;
    }
    const double* given = draft->def->keys[index].value;
    double scale = 1.0 / epode_quaternion_length(given);
    return epode_quaternion_dot(given, draft->values + (size_t)index * 4) < 0.0 ? -scale : scale;
}

static double length_seconds(const Draft* draft, uint32_t index)
{
    return (double)(draft->times[index + 1] - draft->times[index]) /
           (double)EPODE_FLICKS_PER_SECOND;
}

static double secant(const Draft* draft, uint32_t index, uint32_t component)
{
    const double* value = draft->values + (size_t)index * draft->def->width + component;
    return (value[draft->def->width] - value[0]) / length_seconds(draft, index);
}

// Slope from the start of one segment to the end of another that follows it, in time or by a wrap.
static double chord(const Draft* draft, uint32_t left, uint32_t right, uint32_t component)
{
    uint32_t width = draft->def->width;
    const double* values = draft->values + component;
    double rise = values[(size_t)(right + 1) * width] - values[(size_t)left * width];
    return rise / (length_seconds(draft, left) + length_seconds(draft, right));
}

// The segment on one side of a key, across the wrap where a loop closes; UINT32_MAX when there is
// none, or it is a step.
static uint32_t neighbour(const Draft* draft, uint32_t key, uint32_t component, int is_left)
{
    const EpodeCurveDef* def = draft->def;
    uint32_t last = def->key_count - 1;
    int is_loop =
        (def->before == EPODE_EXTRAPOLATION_LOOP || def->after == EPODE_EXTRAPOLATION_LOOP) &&
        draft->values[component] == draft->values[(size_t)last * def->width + component];
    uint32_t segment = UINT32_MAX;
    if (is_left) {
        segment = key > 0 ? key - 1 : is_loop ? last - 1 : UINT32_MAX;
    } else {
        segment = key < last ? key : is_loop ? 0 : UINT32_MAX;
    }
    int is_step = segment != UINT32_MAX && def->keys[segment].interp == EPODE_INTERP_STEP;
    return is_step ? UINT32_MAX : segment;
}

// Tangent per second of a key between two segments that draw through it.
static double cubic_tangent(const Draft* draft, uint32_t key, uint32_t component)
{
    uint32_t left = neighbour(draft, key, component, 1);
    uint32_t right = neighbour(draft, key, component, 0);
    if (left == UINT32_MAX || right == UINT32_MAX) {
        return secant(draft, left == UINT32_MAX ? right : left, component);
    }
    double tangent = chord(draft, left, right, component);
    const EpodeCurveKey* keys = draft->def->keys;
    if (keys[left].interp != EPODE_INTERP_CUBIC_MONOTONE &&
        keys[right].interp != EPODE_INTERP_CUBIC_MONOTONE) {
        return tangent;
    }
    double before = secant(draft, left, component);
    double after = secant(draft, right, component);
    // Fritsch and Carlson: monotone as long as no tangent is steeper than three secants.
    if (!((before > 0.0 && after > 0.0) || (before < 0.0 && after < 0.0))) {
        return 0.0;
    }
    double smaller = epode_fabs(before) < epode_fabs(after) ? before : after;
    return epode_fabs(tangent) > 3.0 * epode_fabs(smaller) ? 3.0 * smaller : tangent;
}

static void fill_spline(Draft* draft, uint32_t index, const Plan* plan, uint32_t component,
                        EpodeSpline* spline)
{
    const EpodeCurveDef* def = draft->def;
    const double* value = draft->values + (size_t)index * def->width + component;
    double p0 = value[0];
    double p1 = value[def->width];
    double length = length_seconds(draft, index);
    double leave = plan->leave * (p1 - p0);
    double arrive = plan->arrive * (p1 - p0);
    if (plan->tangents == TANGENTS_CUBIC) {
        leave = length * cubic_tangent(draft, index, component);
        arrive = length * cubic_tangent(draft, index + 1, component);
    } else if (plan->tangents == TANGENTS_HERMITE) {
        const EpodeCurveKey* key = &def->keys[index];
        leave = length * (tangent_scale(draft, index) * key[0].tangent_out[component]);
        arrive = length * (tangent_scale(draft, index + 1) * key[1].tangent_in[component]);
    }
    EpodeFlicks length_flicks = draft->times[index + 1] - draft->times[index];
    epode_spline_init(spline, p0, p1, leave, arrive, length_flicks, plan->is_monotone);
}

static void fill_ease(const Draft* draft, uint32_t index, const Plan* plan, EpodeEase* ease)
{
    *ease = plan->ease;
    epode_ease_find_turns(ease, draft->times[index + 1] - draft->times[index]);
    if (draft->def->is_quaternion) {
        const double* q = draft->values + (size_t)index * 4;
        ease->angle = epode_quaternion_angle(q, q + 4);
        ease->inverse_sine = ease->angle == 0.0 ? 0.0 : 1.0 / epode_sin(ease->angle);
    }
}

static void fill_segments(Draft* draft)
{
    uint32_t spline_count = 0;
    uint32_t ease_count = 0;
    for (uint32_t i = 0; i < draft->def->key_count; i++) {
        Plan plan = plan_segment(draft->def, i);
        draft->segments[i].law = plan.law;
        if (plan.law == EPODE_LAW_SPLINE) {
            draft->segments[i].record = spline_count & EPODE_RECORDS_MAX;
            for (uint32_t k = 0; k < draft->def->width; k++) {
                fill_spline(draft, i, &plan, k, &draft->splines[spline_count++]);
            }
        } else if (plan.law == EPODE_LAW_EASE) {
            draft->segments[i].record = ease_count & EPODE_RECORDS_MAX;
            fill_ease(draft, i, &plan, &draft->eases[ease_count++]);
        }
    }
}

static void fill(Draft* draft, EpodeHeap heap, char* block)
{
    size_t size = lay_out(draft, block);
    fill_header(draft, heap, size);
    for (uint32_t i = 0; i < draft->def->key_count; i++) {
        fill_key(draft, i);
    }
    fill_segments(draft);
    EpodeCurve* curve = draft->curve;
    uint32_t last = curve->key_count - 1;
    if (last > 0) {
        epode_curve_segment_slope(curve, 0, curve->times[0], 1, curve->slope_before);
        epode_curve_segment_slope(curve, last - 1, curve->times[last], 1, curve->slope_after);
    }
}

static EpodeStatus check(const EpodeCurveDef* def, EpodeCurve** out, EpodeCurveError* error)
{
    EpodeCurveError found = epode_curve_def_check(def);
    *out = NULL;
    if (error != NULL) {
        *error = found;
    }
    return found.fault == EPODE_CURVE_FAULT_NONE ? EPODE_OK : EPODE_ERR_BAD_ARG;
}

EpodeStatus epode_curve_create(EpodeHeap heap, const EpodeCurveDef* def, EpodeCurve** out,
                               EpodeCurveError* error)
{
    EPODE_TRY(check(def, out, error));
    Draft draft = draft_of(def);
    char* block = epode_heap_alloc(heap, lay_out(&draft, NULL));
    if (block == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    fill(&draft, heap, block);
    *out = draft.curve;
    return EPODE_OK;
}

EpodeStatus epode_curve_create_in(EpodeArena* arena, const EpodeCurveDef* def, EpodeCurve** out,
                                  EpodeCurveError* error)
{
    EPODE_TRY(check(def, out, error));
    Draft draft = draft_of(def);
    char* block = epode_arena_alloc(arena, lay_out(&draft, NULL));
    if (block == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    fill(&draft, (EpodeHeap){NULL, NULL}, block);
    *out = draft.curve;
    return EPODE_OK;
}

void epode_curve_destroy(EpodeCurve* curve)
{
    if (curve != NULL) {
        EPODE_ASSERT(curve->heap.resize != NULL);
        epode_heap_free(curve->heap, curve, curve->size);
    }
}

uint32_t epode_curve_width(const EpodeCurve* curve)
{
    return curve->width;
}

int epode_curve_is_quaternion(const EpodeCurve* curve)
{
    return curve->is_quaternion;
}

EpodeFlicks epode_curve_start(const EpodeCurve* curve)
{
    return curve->start_flicks;
}

EpodeFlicks epode_curve_end(const EpodeCurve* curve)
{
    return curve->start_flicks + curve->length_flicks;
}
