// SPDX-License-Identifier: MIT
// Rotations as unit quaternions x y z w: the arcs between them and the spin along the way. Knows no
// time and no keys.
#ifndef EPODE_CURVE_QUATERNION_H
#define EPODE_CURVE_QUATERNION_H

/// Length of a quaternion.
///
/// Thread:  [any], real-time safe.
double epode_quaternion_length(const double* q);

/// Cosine of half the rotation between two unit quaternions.
///
/// Thread:  [any], real-time safe.
double epode_quaternion_dot(const double* a, const double* b);

/// Scales to length 1; a quaternion too short to have a direction becomes `fallback`.
///
/// Shapes:  `out` may be `q`.
/// Thread:  [any], real-time safe.
void epode_quaternion_normalise(const double* q, const double* fallback, double* out);

/// Angle of the arc between two unit quaternions whose dot product is not negative, 0..pi/2.
///
/// Units:   radians; half the angle of the rotation.
/// Thread:  [any], real-time safe.
double epode_quaternion_angle(const double* a, const double* b);

/// The point of the arc from `a` to `b` that is `along` of the way; beyond 0..1 it goes on.
///
/// Shapes:  `angle` from epode_quaternion_angle, `inverse_sine` is 1 / sin(angle), 0 for no angle.
/// Thread:  [any], real-time safe.
/// Source:  Shoemake 1985.
void epode_quaternion_slerp(const double* a, const double* b, double angle, double inverse_sine,
                            double along, double* out);

/// Derivative of epode_quaternion_slerp by `along`.
///
/// Thread:  [any], real-time safe.
void epode_quaternion_slerp_slope(const double* a, const double* b, double angle,
                                  double inverse_sine, double along, double* out);

/// Angular velocity 2 q' q^-1 of the direction of `q` when it moves by `slope`; what changes only
/// the length does not count.
///
/// Shapes:  `out` receives x y z 0.
/// Range:   `q` of any length; 0 when it is too short to have a direction.
/// Thread:  [any], real-time safe.
void epode_quaternion_spin(const double* q, const double* slope, double* out);

/// Turns `q` by the rotation vector `turn` (axis times radians), in the outer frame.
///
/// Shapes:  `out` is not `q`.
/// Thread:  [any], real-time safe.
void epode_quaternion_turn(const double* q, const double* turn, double* out);

#endif
