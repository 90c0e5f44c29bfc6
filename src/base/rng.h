// SPDX-License-Identifier: MIT
// Random numbers as a pure function of where they are drawn: f(seed, stream, tick, n). No state, so
// a snapshot has nothing to save and the order of draws does not matter (decision D2).
#ifndef EPODE_BASE_RNG_H
#define EPODE_BASE_RNG_H

#include <stdint.h>

/// 64 random bits of one draw.
///
/// Units:   `stream` names who draws (e.g. a hash of a rule's id), `n` is the draw within the tick.
/// Thread:  [any], real-time safe.
/// Source:  Salmon et al. 2011, Philox 4x32 with ten rounds.
uint64_t epode_rng_bits(uint64_t seed, uint32_t stream, uint64_t tick, uint32_t n);

/// A draw in [0, 1) with 53 random bits.
///
/// Thread:  [any], real-time safe.
double epode_rng_unit(uint64_t seed, uint32_t stream, uint64_t tick, uint32_t n);

#endif
