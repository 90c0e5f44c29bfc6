// SPDX-License-Identifier: MIT
// Numbers from text and to text, without locale and equal on every machine (decision D3).
#ifndef EPODE_BASE_NUMBER_H
#define EPODE_BASE_NUMBER_H

#include "epode/base.h"

/// Room that epode_number_format needs for any double, terminating NUL included.
#define EPODE_NUMBER_TEXT_SIZE 32

/// Reads a decimal number: optional sign, digits with an optional point, optional exponent. At
/// least one digit; `.5` and `5.` are numbers. No hex, no "inf" or "nan", no white space.
///
/// Shapes:  reads at most `size` bytes; `*used` is how many belong to the number.
/// Range:   correctly rounded (to nearest, ties to even), any count of digits.
/// Errors:  EPODE_ERR_TEXT when no number starts here; EPODE_ERR_LIMIT when it overflows a double
///          (`*out` is then the signed infinity); underflow gives a signed zero or a subnormal.
/// Thread:  [any], does not allocate.
EpodeStatus epode_number_parse(const char* bytes, size_t size, double* out, size_t* used);

/// Writes the shortest decimal text that reads back as exactly `value`; of several the nearest.
/// Plain notation for 1e-5 <= |value| < 1e17 (no exponent, no trailing ".0"), otherwise d.ddde±x.
///
/// Shapes:  `out` has EPODE_NUMBER_TEXT_SIZE bytes; returns the length without the NUL.
/// Range:   -0 gives "-0"; not-a-number "nan", infinities "inf" and "-inf".
/// Thread:  [any], does not allocate.
/// Source:  Steele and White 1990; Loitsch 2010 for the requirement.
size_t epode_number_format(double value, char* out);

/// Reads a decimal integer with optional sign, all of `size` bytes.
///
/// Errors:  EPODE_ERR_TEXT when it is not one, EPODE_ERR_LIMIT when it does not fit.
/// Thread:  [any], does not allocate.
EpodeStatus epode_int_parse(const char* bytes, size_t size, int64_t* out);

/// Writes a decimal integer; returns the length without the NUL.
///
/// Shapes:  `out` has EPODE_NUMBER_TEXT_SIZE bytes.
/// Thread:  [any], does not allocate.
size_t epode_int_format(int64_t value, char* out);

#endif
