// SPDX-License-Identifier: MIT
// Includes cmocka in the order it wants, and a few helpers every unit test shares.
#ifndef EPODE_TESTS_SUPPORT_TEST_H
#define EPODE_TESTS_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/// A small generator for property tests: print the seed when something fails.
static inline uint64_t test_random(uint64_t* state)
{
    // splitmix64
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static inline double test_random_unit(uint64_t* state)
{
    return (double)(test_random(state) >> 11) * 0x1p-53;
}

#endif
