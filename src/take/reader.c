// SPDX-License-Identifier: MIT
// A window over the file that slides from chunk to chunk: all of it when the take lies in memory,
// a growing buffer when it comes from a source. Nothing is handed out before its link was checked.
#include "take/reader.h"

#include <string.h>

#include "base/heap.h"

enum { FIRST_CAPACITY = 1 << 16 };

static EpodeStatus fail(EpodeTakeReader* reader, EpodeStatus status, const char* problem)
{
    reader->problem = problem;
    reader->status = status;
    return status;
}

static EpodeStatus grow(EpodeTakeReader* reader, size_t needed)
{
    size_t capacity = reader->capacity == 0 ? FIRST_CAPACITY : reader->capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    unsigned char* buffer =
        reader->heap.resize(reader->heap.user, reader->buffer, reader->capacity, capacity);
    if (buffer == NULL) {
        return fail(reader, EPODE_ERR_NO_MEM, NULL);
    }
    reader->buffer = buffer;
    reader->bytes = buffer;
    reader->capacity = capacity;
    return EPODE_OK;
}

// Brings `needed` bytes from `at` on into the window; EPODE_ERR_END when there are not so many.
static EpodeStatus ensure(EpodeTakeReader* reader, size_t needed)
{
    if (reader->size - reader->at >= needed) {
        return EPODE_OK;
    }
    if (reader->source.read == NULL) {
        return EPODE_ERR_END;
    }
    if (reader->at > 0) {
        reader->size -= reader->at;
        memmove(reader->buffer, reader->buffer + reader->at, reader->size);
        reader->base += reader->at;
        reader->at = 0;
    }
    if (reader->capacity < needed) {
        EPODE_TRY(grow(reader, needed));
    }
    while (reader->size < needed) {
        size_t got = 0;
        size_t room = reader->capacity - reader->size;
        EpodeStatus status =
            reader->source.read(reader->source.user, reader->buffer + reader->size, room, &got);
        if (status != EPODE_OK) {
            return fail(reader, status, NULL);
        }
        if (got == 0) {
            return EPODE_ERR_END;
        }
        EPODE_ASSERT(got <= room);
        reader->size += got;
    }
    return EPODE_OK;
}

// Reads the eight bytes before the first chunk; EPODE_ERR_END when not all are there yet.
static EpodeStatus read_magic(EpodeTakeReader* reader)
{
    enum { NAME_SIZE = sizeof EPODE_TAKE_MAGIC - 1 };
    EpodeStatus status = ensure(reader, EPODE_TAKE_MAGIC_SIZE);
    if (status != EPODE_OK && status != EPODE_ERR_END) {
        return status;
    }
    // The reader stands at the start, so the window is what there is of the file.
    size_t name_size = reader->size < NAME_SIZE ? reader->size : NAME_SIZE;
    unsigned char expected[EPODE_TAKE_MAGIC_SIZE];
    epode_take_magic_format(expected);
    if (name_size > 0 && memcmp(reader->bytes, expected, name_size) != 0) {
        return fail(reader, EPODE_ERR_CORRUPT, "this is not a take");
    }
    EPODE_TRY(status);
    if (memcmp(reader->bytes, expected, sizeof expected) != 0) {
        return fail(reader, EPODE_ERR_VERSION, "the take is of another version of the format");
    }
    reader->at = EPODE_TAKE_MAGIC_SIZE;
    reader->valid_size = EPODE_TAKE_MAGIC_SIZE;
    return EPODE_OK;
}

static EpodeStatus begin(EpodeTakeReader* reader)
{
    reader->state = epode_take_state();
    EpodeStatus status = read_magic(reader);
    return status == EPODE_ERR_END ? EPODE_OK : status;
}

EpodeStatus epode_take_reader_init(EpodeTakeReader* reader, const void* bytes, size_t size)
{
    *reader = (EpodeTakeReader){.bytes = bytes, .size = size};
    return begin(reader);
}

EpodeStatus epode_take_reader_open(EpodeTakeReader* reader, EpodeSource source, EpodeHeap heap)
{
    *reader = (EpodeTakeReader){.source = source, .heap = heap};
    return begin(reader);
}

void epode_take_reader_close(EpodeTakeReader* reader)
{
    epode_heap_free(reader->heap, reader->buffer, reader->capacity);
    *reader = (EpodeTakeReader){.status = EPODE_ERR_END};
}

// Reads and checks one chunk and moves past it.
static EpodeStatus read_chunk(EpodeTakeReader* reader)
{
    if (reader->state.is_sealed) {
        EPODE_TRY(ensure(reader, 1));
        return fail(reader, EPODE_ERR_CORRUPT, "something follows the end");
    }
    EPODE_TRY(ensure(reader, EPODE_TAKE_HEAD_SIZE));
    EpodeTakeChunk chunk;
    if (epode_take_head_parse(reader->bytes + reader->at, reader->state.chain, &chunk) !=
        EPODE_OK) {
        return fail(reader, EPODE_ERR_CORRUPT, "the head of a record is damaged or out of place");
    }
    const char* refusal = epode_take_state_refusal(&reader->state, &chunk);
    if (refusal != NULL) {
        return fail(reader, EPODE_ERR_CORRUPT, refusal);
    }
    size_t linked_size = EPODE_TAKE_HEAD_SIZE + chunk.payload_size;
    EPODE_TRY(ensure(reader, linked_size + EPODE_TAKE_TAIL_SIZE));

    const unsigned char* head = reader->bytes + reader->at;
    uint64_t chain = epode_take_chain_next(reader->state.chain, head, linked_size);
    if (memcmp(&chain, head + linked_size, EPODE_TAKE_TAIL_SIZE) != 0) {
        return fail(reader, EPODE_ERR_CORRUPT, "the content of a record is damaged");
    }
    chunk.payload = head + EPODE_TAKE_HEAD_SIZE;
    chunk.offset = reader->base + reader->at;
    refusal = epode_take_state_refusal(&reader->state, &chunk);
    if (refusal != NULL) {
        return fail(reader, EPODE_ERR_CORRUPT, refusal);
    }
    epode_take_state_advance(&reader->state, &chunk);
    reader->state.chain = chain;
    reader->at += linked_size + EPODE_TAKE_TAIL_SIZE;
    reader->valid_size = reader->base + reader->at;
    reader->chunk = chunk;
    return EPODE_OK;
}

// Hands out the part of the chunk that starts at `at`.
static void take_record(EpodeTakeReader* reader, size_t at, size_t size, EpodeTakeRecord* record)
{
    const EpodeTakeChunk* chunk = &reader->chunk;
    *record = (EpodeTakeRecord){.kind = chunk->kind,
                                .tick = chunk->tick,
                                .bytes = chunk->payload + at,
                                .size = size,
                                .offset = chunk->offset + EPODE_TAKE_HEAD_SIZE + at};
    reader->chunk_at = at + size;
}

EpodeStatus epode_take_reader_next(EpodeTakeReader* reader, EpodeTakeRecord* record)
{
    EPODE_TRY(reader->status);
    if (reader->chunk_at >= reader->chunk.payload_size) {
        if (reader->valid_size == 0) {
            EPODE_TRY(read_magic(reader));
        }
        EPODE_TRY(read_chunk(reader));
        reader->chunk_at = 0;
    }
    if (reader->chunk.kind != EPODE_TAKE_TICK) {
        take_record(reader, 0, reader->chunk.payload_size, record);
        return EPODE_OK;
    }
    size_t at = reader->chunk_at;
    take_record(reader, at, EPODE_TAKE_TICK_SIZE, record);
    record->tick += (int64_t)(at / EPODE_TAKE_TICK_SIZE);
    return EPODE_OK;
}

int epode_take_reader_is_sealed(const EpodeTakeReader* reader)
{
    return reader->state.is_sealed;
}

uint64_t epode_take_reader_valid_size(const EpodeTakeReader* reader)
{
    return reader->valid_size;
}

uint64_t epode_take_reader_torn_size(const EpodeTakeReader* reader)
{
    return reader->base + reader->size - reader->valid_size;
}

const char* epode_take_reader_problem(const EpodeTakeReader* reader)
{
    return reader->problem;
}
