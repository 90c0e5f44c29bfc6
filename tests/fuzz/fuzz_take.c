// SPDX-License-Identifier: MIT
// Hostile takes. The first byte chooses where the take comes from: the bytes themselves, chunks
// with right checks around hostile content (a fuzzer does not find hashes by itself), or a writer
// that is told what to push. Whatever it is, memory and stream must agree, and so must the index.
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/heap.h"
#include "take/bytes.h"
#include "take/diff.h"
#include "take/index.h"
#include "take/reader.h"
#include "take/writer.h"

enum { TAKE_SIZE_MAX = 1 << 16, PUSH_SIZE_MAX = 300 };

typedef struct Take {
    unsigned char bytes[TAKE_SIZE_MAX];
    size_t size;
} Take;

typedef struct Reading {
    EpodeStatus status;
    uint64_t hash;
    uint64_t valid_size;
    uint64_t torn_size;
    int is_sealed;
} Reading;

static Reading read_to_end(EpodeTakeReader* reader)
{
    Reading reading = {0};
    EpodeTakeRecord record;
    while ((reading.status = epode_take_reader_next(reader, &record)) == EPODE_OK) {
        EPODE_ASSERT(record.tick >= 0);
        uint64_t seed = epode_hash_chain((uint64_t)record.kind, (uint64_t)record.tick);
        reading.hash = epode_hash_chain(reading.hash, epode_hash(record.bytes, record.size, seed));
    }
    EPODE_ASSERT((reading.status == EPODE_ERR_END) == (epode_take_reader_problem(reader) == NULL));
    reading.valid_size = epode_take_reader_valid_size(reader);
    reading.torn_size = epode_take_reader_torn_size(reader);
    reading.is_sealed = epode_take_reader_is_sealed(reader);
    return reading;
}

static void assert_same(const Reading* a, const Reading* b)
{
    EPODE_ASSERT(a->status == b->status && a->hash == b->hash);
    EPODE_ASSERT(a->valid_size == b->valid_size && a->is_sealed == b->is_sealed);
    EPODE_ASSERT(a->status != EPODE_ERR_END || a->torn_size == b->torn_size);
}

typedef struct Stream {
    const Take* take;
    size_t at;
    size_t piece;
} Stream;

static EpodeStatus read_piece(void* user, void* bytes, size_t size, size_t* read_size)
{
    Stream* stream = user;
    size_t left = stream->take->size - stream->at;
    size_t got = size < left ? size : left;
    got = got < stream->piece ? got : stream->piece;
    memcpy(bytes, stream->take->bytes + stream->at, got);
    stream->at += got;
    *read_size = got;
    return EPODE_OK;
}

static void check_stream(const Take* take, const Reading* expected, size_t piece)
{
    Stream stream = {take, 0, piece};
    EpodeTakeReader reader;
    epode_take_reader_open(&reader, (EpodeSource){read_piece, &stream}, epode_heap_system());
    Reading reading = read_to_end(&reader);
    assert_same(expected, &reading);
    epode_take_reader_close(&reader);
}

static void check_index(const Take* take, const Reading* expected)
{
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    if (epode_take_reader_init(&reader, take->bytes, take->size) != EPODE_OK) {
        return;
    }
    EPODE_ASSERT(epode_take_index_init(&index, &reader, epode_heap_system()) == EPODE_OK);
    uint32_t stride = 1 + index.count / 16;
    for (uint32_t i = 0; i < index.count; i += stride) {
        EPODE_ASSERT(epode_take_index_seek(&reader, &index.entries[i]) == EPODE_OK);
        Reading rest = read_to_end(&reader);
        // Who starts in the middle cannot know that a gap or a wrong count lies across his start.
        EPODE_ASSERT(rest.valid_size >= expected->valid_size);
        EPODE_ASSERT(expected->status != EPODE_ERR_END || rest.status == EPODE_ERR_END);
        const EpodeTakeEntry* entry = &index.entries[i];
        const EpodeTakeEntry* found = epode_take_index_tick(&index, entry->tick);
        EPODE_ASSERT(entry->kind != EPODE_TAKE_TICK || found == entry);
        found = epode_take_index_snapshot(&index, entry->tick);
        EPODE_ASSERT(entry->kind != EPODE_TAKE_SNAPSHOT || found->tick == entry->tick);
        EPODE_ASSERT(epode_take_index_from(&index, entry->tick) != NULL);
    }
    epode_take_index_finish(&index);
}

static void check_diff(const Take* take, const Reading* expected)
{
    EpodeTakeReader a;
    EpodeTakeReader b;
    EpodeTakeDiff diff;
    epode_take_reader_init(&a, take->bytes, take->size);
    epode_take_reader_init(&b, take->bytes, take->size);
    EpodeStatus status = epode_take_diff(&a, &b, EPODE_TAKE_KINDS_ALL, &diff);
    EPODE_ASSERT(status == (expected->status == EPODE_ERR_END ? EPODE_OK : expected->status));
    EPODE_ASSERT(status != EPODE_OK || diff.is_equal);
}

// Chunks of {u8 kind, u8 step of the tick, u8 size, content}, each with right check and link.
static void forge(Take* take, EpodeBytesIn* in)
{
    epode_take_magic_format(take->bytes);
    take->size = EPODE_TAKE_MAGIC_SIZE;
    EpodeTakeState state = epode_take_state();
    int64_t tick = 0;
    while (epode_bytes_is_more(in)) {
        EpodeTakeChunk chunk = {.kind = (EpodeTakeKind)epode_bytes_get_u8(in)};
        tick += (int8_t)epode_bytes_get_u8(in);
        chunk.tick = tick;
        chunk.payload_size = epode_bytes_get_u8(in);
        const unsigned char* payload = epode_bytes_get(in, chunk.payload_size);
        size_t linked_size = EPODE_TAKE_HEAD_SIZE + chunk.payload_size;
        if (payload == NULL || linked_size + EPODE_TAKE_TAIL_SIZE > TAKE_SIZE_MAX - take->size) {
            return;
        }
        unsigned char* head = take->bytes + take->size;
        epode_take_head_format(head, &chunk, state.chain);
        memcpy(head + EPODE_TAKE_HEAD_SIZE, payload, chunk.payload_size);
        state.chain = epode_take_chain_next(state.chain, head, linked_size);
        memcpy(head + linked_size, &state.chain, EPODE_TAKE_TAIL_SIZE);
        take->size += linked_size + EPODE_TAKE_TAIL_SIZE;
    }
}

static EpodeStatus collect(void* user, const void* bytes, size_t size)
{
    Take* take = user;
    if (size > TAKE_SIZE_MAX - take->size) {
        return EPODE_ERR_LIMIT;
    }
    memcpy(take->bytes + take->size, bytes, size);
    take->size += size;
    return EPODE_OK;
}

// What a writer leaves is never damaged, however it was used.
static void record(Take* take, EpodeBytesIn* in)
{
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = (EpodeWriter){.write = collect, .user = take};
    def.batch_ticks = 1 + epode_bytes_get_u8(in) % 16u;
    def.record_size_max = 200;
    EpodeTakeWriter* writer = NULL;
    EPODE_ASSERT(epode_take_writer_create(&def, "fuzz", 4, &writer) == EPODE_OK);
    int64_t tick = 0;
    while (epode_bytes_is_more(in)) {
        static const unsigned char payload[PUSH_SIZE_MAX];
        uint8_t what = epode_bytes_get_u8(in);
        tick += (int8_t)epode_bytes_get_u8(in);
        if (what < 128) {
            epode_take_writer_push_tick(writer, tick, (EpodeTakeHashes){what, 1});
        } else if (what < 250) {
            size_t size = epode_bytes_get_u8(in);
            epode_take_writer_push(writer, (EpodeTakeKind)(what % 9), tick, payload, size);
        } else if (what < 254) {
            epode_take_writer_flush(writer);
        } else {
            epode_take_writer_seal(writer);
        }
    }
    epode_take_writer_destroy(writer);
}

int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size)
{
    EpodeBytesIn in = epode_bytes_in(bytes, size);
    unsigned way = epode_bytes_get_u8(&in) % 3u;
    size_t piece = 1 + (size_t)epode_bytes_get_u8(&in);
    Take* take = calloc(1, sizeof *take);
    if (take == NULL) {
        return 0;
    }
    if (way == 0) {
        take->size = size < 2 ? 0 : size - 2;
        take->size = take->size < TAKE_SIZE_MAX ? take->size : TAKE_SIZE_MAX;
        memcpy(take->bytes, bytes + (size - take->size), take->size);
    } else if (way == 1) {
        forge(take, &in);
    } else {
        record(take, &in);
    }
    EpodeTakeReader reader;
    epode_take_reader_init(&reader, take->bytes, take->size);
    Reading reading = read_to_end(&reader);
    EPODE_ASSERT(way != 2 || (reading.status == EPODE_ERR_END && reading.torn_size == 0));
    check_stream(take, &reading, piece);
    check_index(take, &reading);
    check_diff(take, &reading);
    free(take);
    return 0;
}
