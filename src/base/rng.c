// SPDX-License-Identifier: MIT
// Philox 4x32-10: a block cipher on a counter. Integers only, so the bits are the same everywhere.
#include "base/rng.h"

static const uint32_t MULTIPLIER_0 = 0xD2511F53u;
static const uint32_t MULTIPLIER_1 = 0xCD9E8D57u;
static const uint32_t WEYL_0 = 0x9E3779B9u;
static const uint32_t WEYL_1 = 0xBB67AE85u;

uint64_t epode_rng_bits(uint64_t seed, uint32_t stream, uint64_t tick, uint32_t n)
{
    uint32_t c[4] = {n, stream, (uint32_t)tick, (uint32_t)(tick >> 32)};
    uint32_t k[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)MULTIPLIER_0 * c[0];
        uint64_t p1 = (uint64_t)MULTIPLIER_1 * c[2];
        uint32_t next[4] = {(uint32_t)(p1 >> 32) ^ c[1] ^ k[0], (uint32_t)p1,
                            (uint32_t)(p0 >> 32) ^ c[3] ^ k[1], (uint32_t)p0};
        c[0] = next[0];
        c[1] = next[1];
        c[2] = next[2];
        c[3] = next[3];
        k[0] += WEYL_0;
        k[1] += WEYL_1;
    }
    return (uint64_t)c[1] << 32 | c[0];
}

double epode_rng_unit(uint64_t seed, uint32_t stream, uint64_t tick, uint32_t n)
{
    return (double)(epode_rng_bits(seed, stream, tick, n) >> 11) * 0x1p-53;
}
