// SPDX-License-Identifier: MIT
// Curves: values over time, given by keys. A curve is immutable once created, its value at a flick
// is a pure function of that flick, and the bits are the same on every machine. Knows flicks and
// numbers; beats, names and what a value means belong to whoever builds the curve.
#ifndef EPODE_CURVE_H
#define EPODE_CURVE_H

#include "epode/passage.h"

#ifdef __cplusplus
extern "C" {
#endif

#define EPODE_CURVE_WIDTH_MAX 4
#define EPODE_CURVE_KEYS_MAX 1048576

/// Largest magnitude of a value, a tangent per second, or a bezier height.
#define EPODE_CURVE_VALUE_MAX 1e100

/// How a curve goes from a key to the next one; u is 0 at the key and 1 at the next. The laws
/// between SMOOTH and S_CURVE that are marked (progress) move from value to value by a progress
/// y(u); with quaternions that progress goes along the shortest arc.
typedef enum EpodeInterp {
    EPODE_INTERP_STEP = 0,   ///< The key's value up to the next key.
    EPODE_INTERP_LINEAR = 1, ///< Straight; with quaternions the normalised straight line.
    EPODE_INTERP_SMOOTH = 2, ///< (progress) 3u^2 - 2u^3.
    /// Catmull-Rom over keys at any distance: each key's tangent is the slope from the key before
    /// to the key after; at an end, or beside a step, that of its own side. The curve has no kink
    /// at keys whose both sides are cubic, nor where a loop of equal end values wraps.
    EPODE_INTERP_CUBIC = 3,
    EPODE_INTERP_CUBIC_MONOTONE = 4, ///< The same, tangents limited so that it never overshoots.
    EPODE_INTERP_HERMITE = 5, ///< glTF's CUBICSPLINE: tangent_out here, tangent_in at the next key.
    EPODE_INTERP_BEZIER = 6,  ///< (progress) CSS cubic-bezier: shape is x1 y1 x2 y2, x in [0, 1].
    EPODE_INTERP_EXPONENTIAL = 7, ///< (progress) u^k; shape[0] is k, 0.01..100, usually 2.
    EPODE_INTERP_LOG = 8,         ///< (progress) u^(1/k); shape[0] is k, 0.01..100, usually 2.
    /// (progress) b = 3u^2 - 2u^3, then b^p / (b^p + (1-b)^p); shape[0] is p, up to 100, usually 1;
    /// p <= 0 is linear.
    EPODE_INTERP_S_CURVE = 9,
    EPODE_INTERP_SLERP = 10, ///< Constant speed along the shortest arc; quaternions only.
    EPODE_INTERP_COUNT = 11
} EpodeInterp;

/// What a curve is before its first and after its last key. A lap is the span between the two.
typedef enum EpodeExtrapolation {
    EPODE_EXTRAPOLATION_CLAMP = 0, ///< The value of the nearest key.
    /// Another name of clamp, for texts that say "hold": beyond its keys a curve that stands at its
    /// last value and one that holds it are the same.
    EPODE_EXTRAPOLATION_HOLD = 0,
    /// Again from the first key: the instant of the last key is already the next lap's start.
    EPODE_EXTRAPOLATION_LOOP = 1,
    EPODE_EXTRAPOLATION_PINGPONG = 2, ///< Back and forth: the ends are visited once a period.
    EPODE_EXTRAPOLATION_ZERO = 3,     ///< 0; with quaternions no rotation.
    EPODE_EXTRAPOLATION_CONTINUE = 4, ///< On in a straight line; quaternions turn on steadily.
    EPODE_EXTRAPOLATION_COUNT = 5
} EpodeExtrapolation;

/// A value at an instant, and the way from it to the next key.
typedef struct EpodeCurveKey {
    EpodeFlicks at;                            ///< Within +-EPODE_FLICKS_MAX.
    double value[EPODE_CURVE_WIDTH_MAX];       ///< Quaternions are x y z w.
    double tangent_in[EPODE_CURVE_WIDTH_MAX];  ///< Per second; of the way that ends here (hermite).
    double tangent_out[EPODE_CURVE_WIDTH_MAX]; ///< Per second; of the way that starts here.
    double shape[4];                           ///< What the interpolation says it is.
    EpodeInterp interp;
} EpodeCurveKey;

/// What a curve is made of. Keys are sorted, no two at one instant; one key is a constant.
typedef struct EpodeCurveDef {
    uint32_t width; ///< Values of a key that count, 1..EPODE_CURVE_WIDTH_MAX.
    int is_quaternion;
    EpodeExtrapolation before;
    EpodeExtrapolation after;
    const EpodeCurveKey* keys;
    uint32_t key_count; ///< 1..EPODE_CURVE_KEYS_MAX.
} EpodeCurveDef;

/// Why a definition is refused.
typedef enum EpodeCurveFault {
    EPODE_CURVE_FAULT_NONE = 0,
    EPODE_CURVE_FAULT_NO_KEYS = 1,
    EPODE_CURVE_FAULT_KEY_COUNT = 2,     ///< More than EPODE_CURVE_KEYS_MAX.
    EPODE_CURVE_FAULT_WIDTH = 3,         ///< Not 1..4, or a quaternion whose width is not 4.
    EPODE_CURVE_FAULT_EXTRAPOLATION = 4, ///< Not one of the enumeration.
    EPODE_CURVE_FAULT_TIME = 5,          ///< Beyond EPODE_FLICKS_MAX.
    EPODE_CURVE_FAULT_UNSORTED = 6,      ///< Earlier than the key before.
    EPODE_CURVE_FAULT_DUPLICATE = 7,     ///< At the same instant as the key before.
    EPODE_CURVE_FAULT_VALUE = 8,         ///< Not a number, or beyond EPODE_CURVE_VALUE_MAX.
    EPODE_CURVE_FAULT_TANGENT = 9,       ///< As for values.
    EPODE_CURVE_FAULT_INTERP = 10,       ///< Not one of the enumeration.
    EPODE_CURVE_FAULT_SLERP = 11,        ///< Slerp without quaternions.
    EPODE_CURVE_FAULT_SHAPE = 12,        ///< Outside what the interpolation allows.
    EPODE_CURVE_FAULT_QUATERNION = 13,   ///< Shorter than 1e-6, so no direction to speak of.
    EPODE_CURVE_FAULT_COUNT = 14
} EpodeCurveFault;

/// Which key is wrong, and how. The key is 0 when the fault is not about one.
typedef struct EpodeCurveError {
    EpodeCurveFault fault;
    uint32_t key;
} EpodeCurveError;

typedef struct EpodeCurve EpodeCurve;

/// Where a reader of one curve last looked. Starts zeroed; may be moved to another curve; only ever
/// makes answers faster.
typedef struct EpodeCurveCursor {
    uint32_t segment;
} EpodeCurveCursor;

/// A definition of width 1 without keys that clamps on both sides.
///
/// Thread:  [any], real-time safe.
EPODE_API EpodeCurveDef epode_curve_def(void);

/// A key of width 1 with the usual shape of its interpolation: k = 2, p = 1, CSS "ease".
///
/// Thread:  [any], real-time safe.
EPODE_API EpodeCurveKey epode_curve_key(EpodeFlicks at, double value, EpodeInterp interp);

/// One sentence in English about a fault, without a full stop.
///
/// Range:   any value; an unknown one gives "unknown fault".
/// Thread:  [any], real-time safe.
EPODE_API const char* epode_curve_fault_text(EpodeCurveFault fault);

/// Checks and compiles a definition. The curve keeps no pointer into it. -0 becomes 0. Quaternions
/// are normalised, and each takes the sign that is nearer to the one before (tangents with it).
///
/// Errors:  EPODE_ERR_BAD_ARG with the first fault in `*error`; EPODE_ERR_NO_MEM. `*out` is then
///          NULL. `error` may be NULL.
/// Thread:  [load].
EPODE_API EpodeStatus epode_curve_create(EpodeHeap heap, const EpodeCurveDef* def, EpodeCurve** out,
                                         EpodeCurveError* error);

/// Frees a curve; NULL is allowed.
///
/// Thread:  [load].
EPODE_API void epode_curve_destroy(EpodeCurve* curve);

/// Count of values at an instant.
///
/// Thread:  [any], real-time safe.
EPODE_API uint32_t epode_curve_width(const EpodeCurve* curve);

/// Whether the four values are a rotation.
///
/// Thread:  [any], real-time safe.
EPODE_API int epode_curve_is_quaternion(const EpodeCurve* curve);

/// Instant of the first and of the last key.
///
/// Thread:  [any], real-time safe.
EPODE_API EpodeFlicks epode_curve_start(const EpodeCurve* curve);
EPODE_API EpodeFlicks epode_curve_end(const EpodeCurve* curve);

/// Value at an instant. Right-continuous: at a key it is exactly that key's value, except that a
/// loop is at its last key's instant already at the next lap's first.
///
/// Shapes:  `out` receives epode_curve_width(curve) values.
/// Units:   `at` in flicks of the time the keys are in.
/// Range:   any `at`; beyond +-EPODE_FLICKS_MAX the value there. Never an infinity or not a number.
/// Thread:  [any], real-time safe, does not allocate; time grows with the logarithm of the keys.
/// Source:  glTF 2.0 appendix C (spline, slerp); CSS Easing 1 (bezier); docs/decisions C1.
EPODE_API void epode_curve_value(const EpodeCurve* curve, EpodeFlicks at, double* out);

/// As epode_curve_value, with the same bits, at a cost that does not grow with the keys as long as
/// `at` moves forward by small steps.
///
/// Shapes:  `out` receives epode_curve_width(curve) values.
/// Thread:  [any], real-time safe, does not allocate. A cursor belongs to one thread at a time.
EPODE_API void epode_curve_value_at(const EpodeCurve* curve, EpodeCurveCursor* cursor,
                                    EpodeFlicks at, double* out);

/// One of the values of epode_curve_value, with the same bits.
///
/// Range:   component < epode_curve_width(curve).
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API double epode_curve_component(const EpodeCurve* curve, uint32_t component, EpodeFlicks at);

/// Rate of change towards the future; jumps do not count. Where a law has no finite slope (a root
/// at its start, some beziers) it is the slope between the flicks beside it.
///
/// Shapes:  `out` receives epode_curve_width(curve) values; for quaternions the angular velocity
///          2 q' q^-1 as x y z and a 0.
/// Units:   per second; for quaternions radians per second in the frame the rotation leads to.
/// Range:   finite for any `at`.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API void epode_curve_derivative(const EpodeCurve* curve, EpodeFlicks at, double* out);

/// Rate of change of the rate of change, in the same sense.
///
/// Shapes:  `out` receives epode_curve_width(curve) values.
/// Units:   per second squared.
/// Range:   finite; no quaternions.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API void epode_curve_second_derivative(const EpodeCurve* curve, EpodeFlicks at, double* out);

/// Integral over continuous time from `from` to `to`.
///
/// Shapes:  `out` receives epode_curve_width(curve) values.
/// Units:   value times seconds; `to` before `from` changes the sign.
/// Range:   closed forms, error below 1e-12 of (greatest magnitude x length of the touched
///          segments), but s_curve with p other than 1: quadrature, below 1e-11 of it. No
///          quaternions.
/// Thread:  [any], does not allocate; time grows with the keys between, not with the laps.
EPODE_API void epode_curve_integral(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to,
                                    double* out);

/// Least and greatest of the values at the flicks from..to, both included. Exact.
///
/// Shapes:  `least` and `greatest` receive epode_curve_width(curve) values.
/// Range:   from <= to; no quaternions.
/// Thread:  [any], does not allocate; time grows with the keys between, not with the laps.
EPODE_API void epode_curve_range(const EpodeCurve* curve, EpodeFlicks from, EpodeFlicks to,
                                 double* least, double* greatest);

/// The smallest node after `after`: between two neighbouring nodes the component is monotone, but
/// for the rounding of its last digits where it hardly moves. Nodes are every key's instant and the
/// flick before it; the two flicks around each interior extremum; every flick of a segment of at
/// most eight; the same in every lap; the first flick of zero; and EPODE_FLICKS_MAX where a curve
/// continues.
///
/// Range:   EPODE_FLICKS_NEVER when the component is constant from `after` on, and beyond
///          EPODE_FLICKS_MAX. No quaternions.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API EpodeFlicks epode_curve_next_node(const EpodeCurve* curve, uint32_t component,
                                            EpodeFlicks after);

/// The greatest node before `before`; -EPODE_FLICKS_NEVER when there is none.
///
/// Range:   no quaternions.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API EpodeFlicks epode_curve_previous_node(const EpodeCurve* curve, uint32_t component,
                                                EpodeFlicks before);

/// One component as a signal. The curve must outlive it. The signal's hint is a cursor.
///
/// Range:   no quaternions.
/// Thread:  [any], real-time safe, does not allocate.
EPODE_API EpodeSignal epode_curve_signal(const EpodeCurve* curve, uint32_t component);

/// Finds the first passage in (start, until] of a threshold armed at `start`: 1 and `*out`, or 0.
///
/// Range:   as epode_passage_scan_init.
/// Thread:  [any], does not allocate. Ends early when the curve never reaches the threshold, so an
///          endless loop may be asked until EPODE_FLICKS_NEVER.
EPODE_API int epode_curve_next_passage(const EpodeCurve* curve, uint32_t component,
                                       EpodeThreshold threshold, EpodeFlicks start,
                                       EpodeFlicks until, EpodePassage* out);

/// All passages in (start, until] of a threshold armed at `start`, in order.
///
/// Shapes:  writes at most `capacity` passages; returns how many. When that is `capacity` there may
///          be more.
/// Range:   as epode_passage_scan_init.
/// Thread:  [any], does not allocate; time grows with the nodes between.
EPODE_API uint32_t epode_curve_event_times(const EpodeCurve* curve, uint32_t component,
                                           EpodeThreshold threshold, EpodeFlicks start,
                                           EpodeFlicks until, EpodePassage* out, uint32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
