// SPDX-License-Identifier: MIT
// How records lie in the file: chunks of a checked head, a payload and a link of the hash chain
// (docs/formats/take.md). Shared by writer, reader and index; nobody else includes it. Knows no
// host and allocates nothing.
#ifndef EPODE_TAKE_CHUNK_H
#define EPODE_TAKE_CHUNK_H

#include "take/record.h"

/// The file begins with these six bytes and a u16 of the version.
#define EPODE_TAKE_MAGIC "EPTAKE"
#define EPODE_TAKE_MAGIC_SIZE 8

/// A chunk is u32 payload size, u8 kind, u24 check of the head, i64 tick; the payload; u64 chain.
#define EPODE_TAKE_HEAD_SIZE 16
#define EPODE_TAKE_TAIL_SIZE 8

/// A chunk in memory. A chunk of kind EPODE_TAKE_TICK holds one or more ticks in a row, `tick`
/// being the first; every other chunk is one record.
typedef struct EpodeTakeChunk {
    EpodeTakeKind kind;
    int64_t tick;
    const unsigned char* payload;
    size_t payload_size;
    uint64_t offset; // of the chunk in the file
} EpodeTakeChunk;

/// What both sides know after some records: enough to check and to link the next.
typedef struct EpodeTakeState {
    uint64_t chain;    // link of the last chunk
    int64_t tick;      // no later record may be of an earlier tick
    int64_t next_tick; // the next hashes must be of this tick; -1 when any will do
    EpodeTakeSummary summary;
    int has_header;
    int is_sealed;
    int is_partial; // reading began in the middle, so the summary does not count everything
} EpodeTakeState;

/// Puts the eight bytes of the magic.
///
/// Shapes:  `out` has EPODE_TAKE_MAGIC_SIZE bytes.
/// Thread:  [any], real-time safe.
void epode_take_magic_format(unsigned char* out);

/// The state after the magic, before the first chunk.
///
/// Thread:  [any], real-time safe.
EpodeTakeState epode_take_state(void);

/// Why a chunk may not come next, as a sentence without a full stop; NULL when it may. Looks at
/// kind, tick and sizes and, for the end, at the payload unless that is NULL.
///
/// Range:   the state is not sealed.
/// Thread:  [any], real-time safe.
const char* epode_take_state_refusal(const EpodeTakeState* state, const EpodeTakeChunk* chunk);

/// Moves the state past the records of a chunk that was not refused; leaves the chain alone.
///
/// Thread:  [any], real-time safe.
void epode_take_state_advance(EpodeTakeState* state, const EpodeTakeChunk* chunk);

/// Puts the head of a chunk.
///
/// Shapes:  `out` has EPODE_TAKE_HEAD_SIZE bytes.
/// Thread:  [any], real-time safe.
void epode_take_head_format(unsigned char* out, const EpodeTakeChunk* chunk, uint64_t chain);

/// Reads the head of a chunk: kind, tick and payload size, as they stand there.
///
/// Errors:  EPODE_ERR_CORRUPT when its check does not fit the chain.
/// Thread:  [any], real-time safe.
EpodeStatus epode_take_head_parse(const unsigned char* bytes, uint64_t chain,
                                  EpodeTakeChunk* chunk);

/// The link of a chunk: the hash of head and payload, seeded with the link before.
///
/// Shapes:  `bytes` are `size` bytes of head and payload.
/// Thread:  [any], real-time safe.
uint64_t epode_take_chain_next(uint64_t chain, const unsigned char* bytes, size_t size);

/// Puts a summary as the payload of the end.
///
/// Shapes:  `out` has EPODE_TAKE_END_SIZE bytes.
/// Thread:  [any], real-time safe.
void epode_take_summary_format(unsigned char* out, const EpodeTakeSummary* summary);

#endif
