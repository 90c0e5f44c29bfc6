// SPDX-License-Identifier: MIT
// Arithmetic of unit quaternions for curves.
#include "curve/quaternion.h"

#include "base/math.h"

// Shorter than this a quaternion has no direction, and its square no digits.
static const double LENGTH_LEAST = 1e-100;

double epode_quaternion_dot(const double* a, const double* b)
{
    return (a[0] * b[0] + a[1] * b[1]) + (a[2] * b[2] + a[3] * b[3]);
}

double epode_quaternion_length(const double* q)
{
    // Scaled by the largest part, whose square might not fit.
    double largest = 0.0;
    for (int i = 0; i < 4; i++) {
        double size = epode_fabs(q[i]);
        largest = size > largest ? size : largest;
    }
    if (largest == 0.0) {
        return 0.0;
    }
    double p[4] = {q[0] / largest, q[1] / largest, q[2] / largest, q[3] / largest};
    return largest * epode_sqrt(epode_quaternion_dot(p, p));
}

void epode_quaternion_normalise(const double* q, const double* fallback, double* out)
{
    double length = epode_quaternion_length(q);
    for (int i = 0; i < 4; i++) {
        out[i] = length > LENGTH_LEAST ? q[i] / length : fallback[i];
    }
}

double epode_quaternion_angle(const double* a, const double* b)
{
    double sum[4];
    double difference[4];
    for (int i = 0; i < 4; i++) {
        sum[i] = a[i] + b[i];
        difference[i] = a[i] - b[i];
    }
    // Unlike the arc cosine of the dot product this is exact for small angles too.
    return 2.0 * epode_atan2(epode_quaternion_length(difference), epode_quaternion_length(sum));
}

void epode_quaternion_slerp(const double* a, const double* b, double angle, double inverse_sine,
                            double along, double* out)
{
    double to_a = angle == 0.0 ? 1.0 - along : epode_sin((1.0 - along) * angle) * inverse_sine;
    double to_b = angle == 0.0 ? along : epode_sin(along * angle) * inverse_sine;
    for (int i = 0; i < 4; i++) {
        out[i] = to_a * a[i] + to_b * b[i];
    }
}

void epode_quaternion_slerp_slope(const double* a, const double* b, double angle,
                                  double inverse_sine, double along, double* out)
{
    double to_a = -angle * epode_cos((1.0 - along) * angle) * inverse_sine;
    double to_b = angle * epode_cos(along * angle) * inverse_sine;
    for (int i = 0; i < 4; i++) {
        out[i] = to_a * a[i] + to_b * b[i];
    }
}

void epode_quaternion_spin(const double* q, const double* slope, double* out)
{
    // The vector part of slope times the conjugate of q.
    double scale =
        epode_quaternion_length(q) > LENGTH_LEAST ? 2.0 / epode_quaternion_dot(q, q) : 0.0;
    const double* s = slope;
    out[0] = scale * ((s[0] * q[3] - s[3] * q[0]) + (s[2] * q[1] - s[1] * q[2]));
    out[1] = scale * ((s[1] * q[3] - s[3] * q[1]) + (s[0] * q[2] - s[2] * q[0]));
    out[2] = scale * ((s[2] * q[3] - s[3] * q[2]) + (s[1] * q[0] - s[0] * q[1]));
    out[3] = 0.0;
}

void epode_quaternion_turn(const double* q, const double* turn, double* out)
{
    double vector[4] = {turn[0], turn[1], turn[2], 0.0};
    double angle = epode_quaternion_length(vector);
    double scale = angle == 0.0 ? 0.5 : epode_sin(0.5 * angle) / angle;
    double x = vector[0] * scale;
    double y = vector[1] * scale;
    double z = vector[2] * scale;
    double w = epode_cos(0.5 * angle);
    out[0] = (w * q[0] + x * q[3]) + (y * q[2] - z * q[1]);
    out[1] = (w * q[1] + y * q[3]) + (z * q[0] - x * q[2]);
    out[2] = (w * q[2] + z * q[3]) + (x * q[1] - y * q[0]);
    out[3] = (w * q[3] - x * q[0]) - (y * q[1] + z * q[2]);
}
