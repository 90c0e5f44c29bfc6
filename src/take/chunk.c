// SPDX-License-Identifier: MIT
// The bytes of chunks and the rules of their order. Knows hashes and nothing of hosts, buffers or
// files.
#include "take/chunk.h"

#include <string.h>

#include "base/hash.h"
#include "take/bytes.h"

enum { CHECK_OFFSET = 5, CHECK_SIZE = 3 };

void epode_take_summary_format(unsigned char* out, const EpodeTakeSummary* summary)
{
    EpodeBytesOut bytes = epode_bytes_out(out, EPODE_TAKE_END_SIZE);
    epode_bytes_put_u64(&bytes, summary->tick_count);
    epode_bytes_put_u64(&bytes, summary->inputs_count);
    epode_bytes_put_u64(&bytes, summary->hashes.state);
    epode_bytes_put_u64(&bytes, summary->hashes.tasks);
}

void epode_take_magic_format(unsigned char* out)
{
    const uint16_t version = EPODE_TAKE_VERSION;
    memcpy(out, EPODE_TAKE_MAGIC, EPODE_TAKE_MAGIC_SIZE - sizeof version);
    memcpy(out + EPODE_TAKE_MAGIC_SIZE - sizeof version, &version, sizeof version);
}

EpodeTakeState epode_take_state(void)
{
    unsigned char magic[EPODE_TAKE_MAGIC_SIZE];
    epode_take_magic_format(magic);
    return (EpodeTakeState){.chain = epode_hash(magic, sizeof magic, 0), .next_tick = -1};
}

static const char* tick_refusal(const EpodeTakeState* state, const EpodeTakeChunk* chunk)
{
    size_t count = chunk->payload_size / EPODE_TAKE_TICK_SIZE;
    if (count == 0 || chunk->payload_size % EPODE_TAKE_TICK_SIZE != 0) {
        return "the hashes of ticks have a wrong size";
    }
    if (state->next_tick >= 0 && chunk->tick != state->next_tick) {
        return "a tick is missing or repeated";
    }
    return chunk->tick > INT64_MAX - (int64_t)count ? "a tick is out of range" : NULL;
}

static const char* end_refusal(const EpodeTakeState* state, const EpodeTakeChunk* chunk)
{
    if (chunk->payload_size != EPODE_TAKE_END_SIZE) {
        return "the end has a wrong size";
    }
    if (chunk->payload == NULL || state->is_partial) {
        return NULL;
    }
    unsigned char expected[EPODE_TAKE_END_SIZE];
    epode_take_summary_format(expected, &state->summary);
    return memcmp(expected, chunk->payload, sizeof expected) == 0
               ? NULL
               : "the end does not agree with what comes before it";
}

const char* epode_take_state_refusal(const EpodeTakeState* state, const EpodeTakeChunk* chunk)
{
    if (!state->has_header && chunk->kind != EPODE_TAKE_HEADER) {
        return "the header is missing";
    }
    if (chunk->payload_size > EPODE_TAKE_RECORD_SIZE_MAX) {
        return "a record is larger than the format allows";
    }
    if (chunk->tick < state->tick) {
        return "time goes back";
    }
    switch (chunk->kind) {
    case EPODE_TAKE_HEADER:
        return state->has_header  ? "there is a second header"
               : chunk->tick != 0 ? "the header is not at tick 0"
                                  : NULL;
    case EPODE_TAKE_TICK: return tick_refusal(state, chunk);
    case EPODE_TAKE_INPUTS:
        return chunk->tick < state->next_tick ? "inputs come after their tick" : NULL;
    case EPODE_TAKE_TASKS:
    case EPODE_TAKE_SNAPSHOT:
    case EPODE_TAKE_NOTE: return NULL;
    case EPODE_TAKE_END: return end_refusal(state, chunk);
    case EPODE_TAKE_NONE:
    case EPODE_TAKE_KIND_COUNT: break;
    }
    return "a record is of an unknown kind";
}

static void advance_ticks(EpodeTakeState* state, const EpodeTakeChunk* chunk)
{
    size_t count = chunk->payload_size / EPODE_TAKE_TICK_SIZE;
    const unsigned char* last = chunk->payload + (count - 1) * EPODE_TAKE_TICK_SIZE;
    const EpodeTakeRecord record = {
        .kind = EPODE_TAKE_TICK, .bytes = last, .size = EPODE_TAKE_TICK_SIZE};
    state->tick = chunk->tick + (int64_t)count - 1;
    state->next_tick = state->tick + 1;
    state->summary.tick_count += count;
    state->summary.hashes = epode_take_record_hashes(&record);
}

void epode_take_state_advance(EpodeTakeState* state, const EpodeTakeChunk* chunk)
{
    state->tick = chunk->tick;
    switch (chunk->kind) {
    case EPODE_TAKE_HEADER: state->has_header = 1; break;
    case EPODE_TAKE_TICK: advance_ticks(state, chunk); break;
    case EPODE_TAKE_INPUTS: state->summary.inputs_count++; break;
    case EPODE_TAKE_END: state->is_sealed = 1; break;
    default: break;
    }
}

// The head's own check is seeded with the chain, so a chunk that was moved is found before its
// payload is read, and a damaged size is not mistaken for a torn end.
static uint32_t head_check(const unsigned char* head, uint64_t chain)
{
    unsigned char bytes[EPODE_TAKE_HEAD_SIZE];
    memcpy(bytes, head, sizeof bytes);
    memset(bytes + CHECK_OFFSET, 0, CHECK_SIZE);
    return (uint32_t)(epode_hash(bytes, sizeof bytes, chain) & 0xFFFFFF);
}

void epode_take_head_format(unsigned char* out, const EpodeTakeChunk* chunk, uint64_t chain)
{
    EpodeBytesOut head = epode_bytes_out(out, EPODE_TAKE_HEAD_SIZE);
    epode_bytes_put_u32(&head, (uint32_t)chunk->payload_size);
    epode_bytes_put_u32(&head, (uint32_t)chunk->kind);
    epode_bytes_put_i64(&head, chunk->tick);
    uint32_t check = head_check(out, chain);
    memcpy(out + CHECK_OFFSET, &check, CHECK_SIZE);
}

EpodeStatus epode_take_head_parse(const unsigned char* bytes, uint64_t chain, EpodeTakeChunk* chunk)
{
    uint32_t check = 0;
    memcpy(&check, bytes + CHECK_OFFSET, CHECK_SIZE);
    if (check != head_check(bytes, chain)) {
        return EPODE_ERR_CORRUPT;
    }
    EpodeBytesIn head = epode_bytes_in(bytes, EPODE_TAKE_HEAD_SIZE);
    *chunk = (EpodeTakeChunk){.payload_size = epode_bytes_get_u32(&head)};
    chunk->kind = (EpodeTakeKind)(epode_bytes_get_u32(&head) & 0xFF);
    chunk->tick = epode_bytes_get_i64(&head);
    return EPODE_OK;
}

uint64_t epode_take_chain_next(uint64_t chain, const unsigned char* bytes, size_t size)
{
    return epode_hash(bytes, size, chain);
}
