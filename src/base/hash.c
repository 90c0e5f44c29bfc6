// SPDX-License-Identifier: MIT
// xxHash behind our own names, compiled in (no library at run time, so it cross-compiles).
#include "base/hash.h"

#include <string.h>

#define XXH_INLINE_ALL
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wundef"
#include <xxhash.h>
#pragma GCC diagnostic pop

_Static_assert(sizeof(XXH3_state_t) <= sizeof(EpodeHashStream), "opaque stream is too small");
_Static_assert(_Alignof(XXH3_state_t) <= 64, "opaque stream is not aligned enough");

uint64_t epode_hash(const void* bytes, size_t size, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, size, seed);
}

uint64_t epode_hash_chain(uint64_t chain, uint64_t value)
{
    const uint64_t pair[2] = {chain, value};
    return XXH3_64bits(pair, sizeof pair);
}

static XXH3_state_t* state_of(EpodeHashStream* stream)
{
    return (XXH3_state_t*)(void*)stream->opaque;
}

void epode_hash_stream_init(EpodeHashStream* stream)
{
    memset(stream, 0, sizeof *stream);
    XXH3_64bits_reset(state_of(stream));
}

void epode_hash_stream_push(EpodeHashStream* stream, const void* bytes, size_t size)
{
    if (size > 0) {
        XXH3_64bits_update(state_of(stream), bytes, size);
    }
}

uint64_t epode_hash_stream_value(const EpodeHashStream* stream)
{
    return XXH3_64bits_digest((const XXH3_state_t*)(const void*)stream->opaque);
}
