// SPDX-License-Identifier: MIT
// The one place that knows xxHash. Hashes are XXH3-64 over canonical little-endian bytes.
#ifndef EPODE_BASE_HASH_H
#define EPODE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/// XXH3-64 of `size` bytes with a seed.
///
/// Thread:  [any], real-time safe.
/// Source:  xxHash 0.8, XXH3_64bits_withSeed.
uint64_t epode_hash(const void* bytes, size_t size, uint64_t seed);

/// Links `value` to a chain: the hash of the sixteen bytes (chain, value).
///
/// Thread:  [any], real-time safe.
uint64_t epode_hash_chain(uint64_t chain, uint64_t value);

/// A hash that grows by pieces; pieces of any size give the hash of their concatenation.
/// Fixed memory, no heap.
typedef struct EpodeHashStream {
    _Alignas(64) unsigned char opaque[704];
} EpodeHashStream;

/// Starts a stream with seed 0.
///
/// Thread:  [any], real-time safe.
void epode_hash_stream_init(EpodeHashStream* stream);

/// Adds `size` bytes.
///
/// Thread:  [any], real-time safe.
void epode_hash_stream_push(EpodeHashStream* stream, const void* bytes, size_t size);

/// Hash of everything pushed so far; the stream can go on.
///
/// Thread:  [any], real-time safe.
uint64_t epode_hash_stream_value(const EpodeHashStream* stream);

#endif
