// SPDX-License-Identifier: MIT
// The laws of progress: values, slopes, integrals, and where they turn.
#include "curve/ease.h"

#include "base/check.h"
#include "base/math.h"
#include "curve/spline.h"

// A bezier law seen from one end: x(r) and y(r) with both 0 at r = 0 and 1 at r = 1.
typedef struct Bezier {
    double x1, y1, x2, y2;
} Bezier;

static Bezier bezier_from_start(const EpodeEase* ease)
{
    return (Bezier){ease->point[0].x, ease->point[0].y, ease->point[1].x, ease->point[1].y};
}

static Bezier bezier_from_end(const EpodeEase* ease)
{
    return (Bezier){1.0 - ease->point[1].x, 1.0 - ease->point[1].y, 1.0 - ease->point[0].x,
                    1.0 - ease->point[0].y};
}

// The sum of Bernstein terms: all of one sign where the law is monotone, so nothing cancels.
static double bernstein(double a1, double a2, double r)
{
    double q = 1.0 - r;
    return r * (3.0 * q * (a1 * q + a2 * r) + r * r);
}

static double bernstein_slope(double a1, double a2, double r)
{
    double q = 1.0 - r;
    return 3.0 * (a1 * q * q + 2.0 * (a2 - a1) * q * r + (1.0 - a2) * r * r);
}

static double bernstein_bend(double a1, double a2, double r)
{
    return 6.0 * ((a2 - 2.0 * a1) * (1.0 - r) + (1.0 - 2.0 * a2 + a1) * r);
}

// Solves x(r) = x by Newton's method inside a bracket that only ever shrinks.
static double bezier_solve(const Bezier* bezier, double x)
{
    double lo = 0.0;
    double hi = 1.0;
    double r = x;
    for (int i = 0; i < 64 && x > 0.0; i++) {
        double excess = bernstein(bezier->x1, bezier->x2, r) - x;
        if (excess > 0.0) {
            hi = r;
        } else {
            lo = r;
        }
        double next = r - excess / bernstein_slope(bezier->x1, bezier->x2, r);
        if (!(next > lo && next < hi)) {
            next = 0.5 * (lo + hi);
        }
        double step = epode_fabs(next - r);
        r = next;
        if (step <= 0x1p-50 * r) {
            break;
        }
    }
    return r;
}

static EpodeProgress bezier_progress(const EpodeEase* ease, double u, double w)
{
    int is_from_end = u > w;
    Bezier bezier = is_from_end ? bezier_from_end(ease) : bezier_from_start(ease);
    double r = bezier_solve(&bezier, is_from_end ? w : u);
    return (EpodeProgress){bernstein(bezier.y1, bezier.y2, r), is_from_end};
}

static EpodeEaseSlope bezier_slope(const EpodeEase* ease, double u, double w)
{
    int is_from_end = u > w;
    Bezier bezier = is_from_end ? bezier_from_end(ease) : bezier_from_start(ease);
    double r = bezier_solve(&bezier, is_from_end ? w : u);
    double dx = bernstein_slope(bezier.x1, bezier.x2, r);
    double dy = bernstein_slope(bezier.y1, bezier.y2, r);
    double ddx = bernstein_bend(bezier.x1, bezier.x2, r);
    double ddy = bernstein_bend(bezier.y1, bezier.y2, r);
    double bend = (ddy * dx - dy * ddx) / (dx * dx * dx);
    return (EpodeEaseSlope){dy / dx, is_from_end ? -bend : bend};
}

// The integral of y by x is that of y(r) x'(r) by r, a polynomial of degree five, for which three
// points of Gauss are exact.
static double bezier_integral(const EpodeEase* ease, double u0, double u1)
{
    static const double node = 0.774596669241483377;
    Bezier bezier = bezier_from_start(ease);
    double r0 = bezier_solve(&bezier, u0);
    double r1 = u1 < 1.0 ? bezier_solve(&bezier, u1) : 1.0;
    double middle = 0.5 * (r0 + r1);
    double half = 0.5 * (r1 - r0);
    double sum = 0.0;
    for (int i = -1; i <= 1; i++) {
        double r = middle + half * node * i;
        double weight = i == 0 ? 8.0 / 9.0 : 5.0 / 9.0;
        sum +=
            weight * bernstein(bezier.y1, bezier.y2, r) * bernstein_slope(bezier.x1, bezier.x2, r);
    }
    return half * sum;
}

static double smooth(double u)
{
    return u * u * (3.0 - 2.0 * u);
}

static double power(double u, double exponent)
{
    return exponent == 0.5 ? epode_sqrt(u) : epode_pow(u, exponent);
}

// b^p / (b^p + (1-b)^p) as 1 / (1 + ((1-b)/b)^p), which keeps rising where b^p would underflow.
static EpodeProgress s_curve_progress(double exponent, double u, double w)
{
    int is_from_end = u > w;
    double near = smooth(is_from_end ? w : u);
    double far = smooth(is_from_end ? u : w);
    return (EpodeProgress){1.0 / (1.0 + epode_pow(far / near, exponent)), is_from_end};
}

// With ratio = ((1-b)/b)^p: y (1-y) = ratio / (1+ratio)^2, the same from either end, and
// y' = y (1-y) g with g = p b' / (b (1-b)); the second derivative is that of the product.
static EpodeEaseSlope s_curve_slope(double exponent, double u, double w)
{
    int is_from_end = u > w;
    double b = smooth(u);
    double c = smooth(w);
    double ratio = epode_pow(is_from_end ? b / c : c / b, exponent);
    double spread = ratio / ((1.0 + ratio) * (1.0 + ratio));
    double lean = (ratio - 1.0) / (ratio + 1.0);
    double db = 6.0 * u * w;
    double g = exponent * db / (b * c);
    double first = spread * g;
    double second =
        first * ((is_from_end ? -lean : lean) * g - db * (c - b) / (b * c) + 6.0 * (w - u) / db);
    return (EpodeEaseSlope){first, second};
}

typedef struct Estimate {
    double value;
    double error;
} Estimate;

// Gauss and Kronrod's pair of 7 and 15 points.
static Estimate s_curve_estimate(double exponent, double a, double b)
{
    static const double nodes[8] = {
        0.991455371120812639, 0.949107912342758525, 0.864864423359769073, 0.741531185599394440,
        0.586087235467691130, 0.405845151377397167, 0.207784955007898468, 0.0};
    static const double fine[8] = {0.022935322010529225, 0.063092092629978553, 0.104790010322250184,
                                   0.140653259715525919, 0.169004726639267903, 0.190350578064785410,
                                   0.204432940075298892, 0.209482141084727828};
    static const double coarse[4] = {0.129484966168869693, 0.279705391489276668,
                                     0.381830050505118945, 0.417959183673469388};
    double middle = 0.5 * (a + b);
    double half = 0.5 * (b - a);
    double fine_sum = 0.0;
    double coarse_sum = 0.0;
    for (int i = 0; i < 8; i++) {
        double left = middle - half * nodes[i];
        double right = middle + half * nodes[i];
        double y = s_curve_progress(exponent, left, 1.0 - left).y;
        if (i < 7) {
            y += s_curve_progress(exponent, right, 1.0 - right).y;
        }
        fine_sum += fine[i] * y;
        if (i % 2 == 1) {
            coarse_sum += coarse[i / 2] * y;
        }
    }
    return (Estimate){half * fine_sum, half * epode_fabs(fine_sum - coarse_sum)};
}

// Integral over a..b within the first half, where the law is convex or has a root at 0: intervals
// are halved until both rules agree, the left part first.
static double s_curve_half_integral(double exponent, double a, double b)
{
    enum { DEPTH_MAX = 44 };
    double ends[DEPTH_MAX + 1];
    int depth = 0;
    double sum = 0.0;
    ends[0] = b;
    while (depth >= 0) {
        Estimate estimate = s_curve_estimate(exponent, a, ends[depth]);
        if (estimate.error > 1e-12 && depth < DEPTH_MAX) {
            ends[depth + 1] = 0.5 * (a + ends[depth]);
            depth++;
        } else {
            sum += estimate.value;
            a = ends[depth];
            depth--;
        }
    }
    return sum;
}

// The second half mirrors the first: y(u) = 1 - y(1 - u).
static double s_curve_integral(double exponent, double u0, double u1)
{
    double sum = 0.0;
    if (u0 < 0.5) {
        sum += s_curve_half_integral(exponent, u0, u1 < 0.5 ? u1 : 0.5);
    }
    if (u1 > 0.5) {
        double from = u0 > 0.5 ? u0 : 0.5;
        sum += (u1 - from) - s_curve_half_integral(exponent, 1.0 - u1, 1.0 - from);
    }
    return sum;
}

void epode_ease_find_turns(EpodeEase* ease, EpodeFlicks length_flicks)
{
    ease->is_monotone = 1;
    ease->turn_flicks[0] = EPODE_FLICKS_NEVER;
    ease->turn_flicks[1] = EPODE_FLICKS_NEVER;
    if (ease->law != EPODE_EASE_BEZIER) {
        return;
    }
    Bezier bezier = bezier_from_start(ease);
    ease->is_monotone =
        bezier.y1 >= 0.0 && bezier.y1 <= 1.0 && bezier.y2 >= 0.0 && bezier.y2 <= 1.0;
    if (ease->is_monotone) {
        return;
    }
    double roots[2];
    int count = epode_spline_roots(1.0 + 3.0 * bezier.y1 - 3.0 * bezier.y2,
                                   2.0 * (bezier.y2 - 2.0 * bezier.y1), bezier.y1, roots);
    for (int i = 0; i < count; i++) {
        double u = bernstein(bezier.x1, bezier.x2, roots[i]);
        ease->turn_flicks[i] = (EpodeFlicks)epode_floor(u * (double)length_flicks);
    }
}

EpodeProgress epode_ease_progress(const EpodeEase* ease, double u, double w)
{
    switch (ease->law) {
    case EPODE_EASE_LINEAR: break;
    case EPODE_EASE_SMOOTH:
        return u <= w ? (EpodeProgress){smooth(u), 0} : (EpodeProgress){smooth(w), 1};
    case EPODE_EASE_POWER: return (EpodeProgress){power(u, ease->exponent), 0};
    case EPODE_EASE_S_CURVE: return s_curve_progress(ease->exponent, u, w);
    case EPODE_EASE_BEZIER: return bezier_progress(ease, u, w);
    }
    return (EpodeProgress){u, 0};
}

EpodeEaseSlope epode_ease_slope(const EpodeEase* ease, double u, double w)
{
    double k = ease->exponent;
    switch (ease->law) {
    case EPODE_EASE_LINEAR: break;
    case EPODE_EASE_SMOOTH: return (EpodeEaseSlope){6.0 * u * w, 6.0 * (w - u)};
    case EPODE_EASE_POWER:
        return (EpodeEaseSlope){k * epode_pow(u, k - 1.0), k * (k - 1.0) * epode_pow(u, k - 2.0)};
    case EPODE_EASE_S_CURVE: return s_curve_slope(k, u, w);
    case EPODE_EASE_BEZIER: return bezier_slope(ease, u, w);
    }
    return (EpodeEaseSlope){1.0, 0.0};
}

double epode_ease_integral(const EpodeEase* ease, double u0, double u1)
{
    double k = ease->exponent;
    switch (ease->law) {
    case EPODE_EASE_POWER: return (epode_pow(u1, k + 1.0) - epode_pow(u0, k + 1.0)) / (k + 1.0);
    case EPODE_EASE_S_CURVE: return s_curve_integral(k, u0, u1);
    case EPODE_EASE_BEZIER: return bezier_integral(ease, u0, u1);
    case EPODE_EASE_LINEAR:
    case EPODE_EASE_SMOOTH: break;
    }
    EPODE_ASSERT(0 && "a law that only quaternions have");
    return 0.0;
}
