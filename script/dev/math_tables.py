#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints src/base/math_tables.h: the tables and polynomials of Epode's elementary functions.

Needs mpmath; pipe the output through clang-format. The header is committed, so a build does not run
this: run it to change a table or a degree. What it says to stderr is how far each polynomial, with
its coefficients rounded, is from what it stands for.
"""
import sys

from mpmath import atan, cos, exp, expm1, floor, frexp, ldexp, log, lu_solve, matrix, mp, mpf, pi
from mpmath import sin, sqrt

mp.prec = 400

LOG_BITS = 7
EXP_BITS = 7
ATAN_STEPS = 16


def rounded(value, bits=53):
    """`value` rounded to `bits` significant bits, ties to even."""
    if value == 0:
        return mpf(0)
    mantissa, exponent = frexp(value)
    scaled = ldexp(mantissa, bits)
    whole = floor(scaled)
    rest = scaled - whole
    if rest > 0.5 or (rest == 0.5 and whole % 2 == 1):
        whole += 1
    return ldexp(whole, exponent - bits)


def on_grid(value, exponent):
    """`value` rounded to a multiple of 2^exponent."""
    return ldexp(floor(ldexp(value, -exponent) + mpf(0.5)), exponent)


def text(value):
    return float(value).hex() if value != 0 else "0.0"


def minimax(function, degree, low, high):
    """The polynomial of least error on [low, high], by Remez exchange."""
    count = degree + 2
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * k / (count - 1)) for k in range(count)]
    grid = [low + (high - low) * mpf(k) / 4000 for k in range(4001)]
    for _ in range(12):
        system = matrix(count, count)
        wanted = matrix(count, 1)
        for row, x in enumerate(points):
            for power in range(degree + 1):
                system[row, power] = x**power
            system[row, degree + 1] = (-1) ** row
            wanted[row] = function(x)
        solution = lu_solve(system, wanted)
        coefficients = [solution[power] for power in range(degree + 1)]
        points = extremes(lambda x: evaluate(coefficients, x) - function(x), grid, count)
    return coefficients


def evaluate(coefficients, x):
    total = mpf(0)
    for coefficient in reversed(coefficients):
        total = total * x + coefficient
    return total


def extremes(error, grid, count):
    """The `count` neighbouring points of alternating sign where the error is greatest."""
    runs = []
    for x in grid:
        value = error(x)
        if runs and (runs[-1][1] < 0) == (value < 0):
            if abs(value) > abs(runs[-1][1]):
                runs[-1] = (x, value)
        else:
            runs.append((x, value))
    while len(runs) > count:
        runs.pop(0 if abs(runs[0][1]) < abs(runs[-1][1]) else -1)
    assert len(runs) == count
    return [x for x, _ in runs]


def print_polynomial(name, function, degree, low, high, note):
    """Fits, rounds to doubles, and reports the greatest error of what was rounded."""
    low, high = mpf(low), mpf(high)
    coefficients = [rounded(c) for c in minimax(function, degree, low, high)]
    worst = max(abs(evaluate(coefficients, x) - function(x))
                for x in (low + (high - low) * mpf(k) / 1501 for k in range(1502)))
    print(f"{name}: error 2^{float(log(worst, 2)):.1f}", file=sys.stderr)
    print(f"// {note}")
    print(f"static const double {name}[] = {{" + ", ".join(map(text, coefficients)) + "};\n")


def without_singularity(function, at_zero):
    return lambda x: at_zero if abs(x) < mpf(10) ** -20 else function(x)


def print_log_table():
    """Cells of equal width in the bits of a double, one of them lying evenly around 1."""
    cell = 1 << (52 - LOG_BITS)
    one = 0x3FF << 52
    start = one - 75 * cell - 2 * cell // 3
    start -= start % (1 << 26)

    def double_at(bits):
        return ldexp(mpf((1 << 52) + bits % (1 << 52)), bits // (1 << 52) - 1023 - 52)

    reach = mpf(0)
    rows = []
    for index in range(1 << LOG_BITS):
        low, high = double_at(start + index * cell), double_at(start + (index + 1) * cell)
        inverse = mpf(1) if low < 1 < high else rounded(2 / (low + high), 20)
        reach = max(reach, abs(low * inverse - 1), abs(high * inverse - 1))
        whole = on_grid(-log(inverse), -42)
        rows.append(f"{{{text(inverse)}, {text(whole)}, {text(rounded(-log(inverse) - whole))}}}")
    print("// Bits of the double at which the first cell of LOG_TABLE starts.")
    print(f"static const uint64_t LOG_START = UINT64_C({start:#x});\n")
    print("// For each cell: 1/c in 20 bits, log c on a grid of 2^-42, and the rest of log c.")
    print("static const struct {\n    double inverse, log_hi, log_lo;\n} LOG_TABLE[] = {")
    print(",\n".join(rows) + "};\n")
    return reach


def print_exp_table():
    rows = []
    for index in range(1 << EXP_BITS):
        power = mpf(2) ** (mpf(index) / (1 << EXP_BITS))
        rows.append(f"{{{text(rounded(power))}, {text(rounded(power / rounded(power) - 1))}}}")
    print("// 2^(i/128) as a double, and what to multiply it by, less one, to make it exact.")
    print("static const struct {\n    double power, rest;\n} EXP_TABLE[] = {")
    print(",\n".join(rows) + "};\n")


def print_atan_table():
    rows = []
    for index in range(ATAN_STEPS + 1):
        angle = atan(mpf(index) / ATAN_STEPS)
        rows.append(f"{{{text(rounded(angle))}, {text(rounded(angle - rounded(angle)))}}}")
    print(f"// atan(i/{ATAN_STEPS}) as a pair of doubles.")
    print("static const EpodePair ATAN_TABLE[] = {" + ",\n".join(rows) + "};\n")


def print_two_over_pi():
    mp.prec = 1600
    words = [int(floor(ldexp(2 / pi, 64 * (k + 1)))) % (1 << 64) for k in range(20)]
    mp.prec = 400
    print("// The fraction bits of 2/pi, highest first, after one word of zeros.")
    print("static const uint64_t TWO_OVER_PI[] = {0,")
    print(", ".join(f"UINT64_C({word:#018x})" for word in words) + "};\n")


def print_split(name, value, hi_exponent, note):
    hi = on_grid(value, hi_exponent) if hi_exponent is not None else rounded(value)
    print(f"// {note}")
    print(f"static const double {name}_HI = {text(hi)};")
    print(f"static const double {name}_LO = {text(rounded(value - hi))};\n")


def main():
    print("""// SPDX-License-Identifier: MIT
// Made by script/dev/math_tables.py; do not edit. Tables and minimax polynomials of the elementary
// functions, lowest power first. A polynomial is named for the function it completes: what the
// leading terms in the comment leave over.
#ifndef EPODE_BASE_MATH_TABLES_H
#define EPODE_BASE_MATH_TABLES_H

#include "base/pair.h"
""")
    print_split("LN2", log(mpf(2)), -42, "log 2; the high part times any exponent is exact.")
    print_split("LN2_STEP", log(mpf(2)) / (1 << EXP_BITS), -42,
                "log 2 / 128; the high part times any count of steps is exact.")
    print_split("INV_LN2", 1 / log(mpf(2)), None, "1 / log 2.")
    print("// 128 / log 2.")
    print(f"static const double STEPS_PER_UNIT = {text(rounded((1 << EXP_BITS) / log(mpf(2))))};\n")
    reach = print_log_table()
    print_polynomial("LOG_POLY", without_singularity(
        lambda x: (log(1 + x) - x + x * x / 2) / x**3, mpf(1) / 3), 5, -reach, reach,
        "log(1 + r) = r - r^2/2 + r^3 LOG_POLY(r).")
    print_exp_table()
    half_step = log(mpf(2)) / (1 << (EXP_BITS + 1)) * mpf("1.01")
    print_polynomial("EXP_POLY", without_singularity(
        lambda x: (expm1(x) - x) / x**2, mpf(1) / 2), 3, -half_step, half_step,
        "e^r = 1 + r + r^2 EXP_POLY(r).")
    print_polynomial("EXPM1_POLY", without_singularity(
        lambda x: (expm1(x) - x - x * x / 2) / x**3, mpf(1) / 6), 8, -0.125, 0.125,
        "e^x - 1 = x + x^2/2 + x^3 EXPM1_POLY(x), |x| <= 1/8.")
    quarter = (pi / 4)**2 * mpf("1.0001")
    print_polynomial("SIN_POLY", without_singularity(
        lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 6), 6, mpf(10)**-9, quarter,
        "sin x = x + x^3 SIN_POLY(x^2), |x| <= pi/4.")
    print_polynomial("COS_POLY", without_singularity(
        lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf(1) / 24), 5, mpf(10)**-9, quarter,
        "cos x = 1 - x^2/2 + x^4 COS_POLY(x^2), |x| <= pi/4.")
    first = rounded(pi / 2, 33)
    second = rounded(pi / 2 - first, 33)
    parts = (first, second, rounded(pi / 2 - first - second))
    print("// pi/2 in three parts; the first two have 33 bits.")
    print("static const double HALF_PI_PART[] = {" + ", ".join(map(text, parts)) + "};\n")
    print_split("HALF_PI", pi / 2, None, "pi/2.")
    print_split("PI", pi, None, "pi.")
    print("// 2 / pi.")
    print(f"static const double INV_HALF_PI = {text(rounded(2 / pi))};\n")
    print_two_over_pi()
    print_atan_table()
    widest = (mpf(1) / (2 * ATAN_STEPS) * mpf("1.001"))**2
    print_polynomial("ATAN_POLY", without_singularity(
        lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, -mpf(1) / 3), 4, mpf(10)**-9, widest,
        "atan q = q + q^3 ATAN_POLY(q^2), |q| <= 1/32.")
    print("#endif")


main()
