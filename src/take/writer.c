// SPDX-License-Identifier: MIT
// One buffer in which a chunk is put together, whole, before it leaves. Ticks that wait stand in
// the same buffer, already in their place, because any other chunk sends them off first.
#include "take/writer.h"

#include <string.h>

#include "base/heap.h"
#include "take/chunk.h"

enum { BATCH_DEFAULT = 32, RECORD_SIZE_DEFAULT = 1 << 20 };

// Where things stand in the buffer; the magic is used once, in front of the header.
enum {
    HEAD_AT = EPODE_TAKE_MAGIC_SIZE,
    PAYLOAD_AT = HEAD_AT + EPODE_TAKE_HEAD_SIZE,
    AROUND_PAYLOAD = PAYLOAD_AT + EPODE_TAKE_TAIL_SIZE
};

struct EpodeTakeWriter {
    EpodeTakeWriterDef def;
    EpodeTakeState state; // past everything pushed; its chain past everything written
    EpodeStatus status;
    uint32_t waiting_ticks;
    uint64_t size; // written
    size_t block_size;
    unsigned char buffer[];
};

EpodeTakeWriterDef epode_take_writer_def(void)
{
    return (EpodeTakeWriterDef){.heap = epode_heap_system(),
                                .batch_ticks = BATCH_DEFAULT,
                                .record_size_max = RECORD_SIZE_DEFAULT};
}

// Completes and sends the chunk whose payload stands in the buffer.
static EpodeStatus send_chunk(EpodeTakeWriter* writer, const EpodeTakeChunk* chunk)
{
    unsigned char* head = writer->buffer + HEAD_AT;
    size_t linked_size = EPODE_TAKE_HEAD_SIZE + chunk->payload_size;
    epode_take_head_format(head, chunk, writer->state.chain);
    writer->state.chain = epode_take_chain_next(writer->state.chain, head, linked_size);
    memcpy(head + linked_size, &writer->state.chain, EPODE_TAKE_TAIL_SIZE);

    unsigned char* start = head;
    if (chunk->kind == EPODE_TAKE_HEADER) {
        start = writer->buffer;
        epode_take_magic_format(start);
    }
    size_t size = (size_t)(head - start) + linked_size + EPODE_TAKE_TAIL_SIZE;
    writer->status = writer->def.out.write(writer->def.out.user, start, size);
    EPODE_TRY(writer->status);
    writer->size += size;
    return EPODE_OK;
}

static EpodeStatus push_chunk(EpodeTakeWriter* writer, EpodeTakeKind kind, int64_t tick,
                              const void* bytes, size_t size)
{
    EpodeTakeChunk chunk = {.kind = kind, .tick = tick, .payload = bytes, .payload_size = size};
    if (epode_take_state_refusal(&writer->state, &chunk) != NULL) {
        return EPODE_ERR_TEMPORAL;
    }
    EPODE_TRY(epode_take_writer_flush(writer));
    if (size > 0) {
        memcpy(writer->buffer + PAYLOAD_AT, bytes, size);
    }
    epode_take_state_advance(&writer->state, &chunk);
    return send_chunk(writer, &chunk);
}

EpodeStatus epode_take_writer_create(const EpodeTakeWriterDef* def, const void* header,
                                     size_t header_size, EpodeTakeWriter** out)
{
    *out = NULL;
    if (def->out.write == NULL || def->batch_ticks < 1 || def->batch_ticks > EPODE_TAKE_BATCH_MAX ||
        def->record_size_max > EPODE_TAKE_RECORD_SIZE_MAX) {
        return EPODE_ERR_BAD_ARG;
    }
    if (header_size > def->record_size_max) {
        return EPODE_ERR_LIMIT;
    }
    size_t payload_size = (size_t)def->batch_ticks * EPODE_TAKE_TICK_SIZE;
    if (payload_size < def->record_size_max) {
        payload_size = def->record_size_max;
    }
    if (payload_size < EPODE_TAKE_END_SIZE) {
        payload_size = EPODE_TAKE_END_SIZE;
    }
    size_t block_size = sizeof(EpodeTakeWriter) + AROUND_PAYLOAD + payload_size;
    EpodeTakeWriter* writer = epode_heap_alloc(def->heap, block_size);
    if (writer == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    writer->def = *def;
    writer->block_size = block_size;
    writer->state = epode_take_state();
    EpodeStatus status = push_chunk(writer, EPODE_TAKE_HEADER, 0, header, header_size);
    if (status != EPODE_OK) {
        epode_take_writer_destroy(writer);
        return status;
    }
    *out = writer;
    return EPODE_OK;
}

void epode_take_writer_destroy(EpodeTakeWriter* writer)
{
    if (writer != NULL) {
        epode_heap_free(writer->def.heap, writer, writer->block_size);
    }
}

// What stands against pushing anything at all.
static EpodeStatus check_open(const EpodeTakeWriter* writer)
{
    EPODE_TRY(writer->status);
    return writer->state.is_sealed ? EPODE_ERR_SEALED : EPODE_OK;
}

EpodeStatus epode_take_writer_push_tick(EpodeTakeWriter* writer, int64_t tick,
                                        EpodeTakeHashes hashes)
{
    EPODE_TRY(check_open(writer));
    unsigned char* place =
        writer->buffer + PAYLOAD_AT + (size_t)writer->waiting_ticks * EPODE_TAKE_TICK_SIZE;
    memcpy(place, &hashes.state, sizeof hashes.state);
    memcpy(place + sizeof hashes.state, &hashes.tasks, sizeof hashes.tasks);
    EpodeTakeChunk chunk = {.kind = EPODE_TAKE_TICK,
                            .tick = tick,
                            .payload = place,
                            .payload_size = EPODE_TAKE_TICK_SIZE};
    if (epode_take_state_refusal(&writer->state, &chunk) != NULL) {
        return EPODE_ERR_TEMPORAL;
    }
    epode_take_state_advance(&writer->state, &chunk);
    writer->waiting_ticks++;
    return writer->waiting_ticks < writer->def.batch_ticks ? EPODE_OK
                                                           : epode_take_writer_flush(writer);
}

EpodeStatus epode_take_writer_push(EpodeTakeWriter* writer, EpodeTakeKind kind, int64_t tick,
                                   const void* bytes, size_t size)
{
    if (kind != EPODE_TAKE_INPUTS && kind != EPODE_TAKE_TASKS && kind != EPODE_TAKE_SNAPSHOT &&
        kind != EPODE_TAKE_NOTE) {
        return EPODE_ERR_BAD_ARG;
    }
    EPODE_TRY(check_open(writer));
    if (size > writer->def.record_size_max) {
        return EPODE_ERR_LIMIT;
    }
    return push_chunk(writer, kind, tick, bytes, size);
}

EpodeStatus epode_take_writer_flush(EpodeTakeWriter* writer)
{
    EPODE_TRY(writer->status);
    if (writer->waiting_ticks == 0) {
        return EPODE_OK;
    }
    const EpodeTakeChunk batch = {.kind = EPODE_TAKE_TICK,
                                  .tick = writer->state.next_tick - writer->waiting_ticks,
                                  .payload_size =
                                      (size_t)writer->waiting_ticks * EPODE_TAKE_TICK_SIZE};
    writer->waiting_ticks = 0;
    return send_chunk(writer, &batch);
}

EpodeStatus epode_take_writer_sync(EpodeTakeWriter* writer)
{
    EPODE_TRY(epode_take_writer_flush(writer));
    if (writer->def.out.sync != NULL) {
        writer->status = writer->def.out.sync(writer->def.out.user);
    }
    return writer->status;
}

EpodeStatus epode_take_writer_seal(EpodeTakeWriter* writer)
{
    EPODE_TRY(check_open(writer));
    unsigned char end[EPODE_TAKE_END_SIZE];
    epode_take_summary_format(end, &writer->state.summary);
    EPODE_TRY(push_chunk(writer, EPODE_TAKE_END, writer->state.tick, end, sizeof end));
    return epode_take_writer_sync(writer);
}

uint64_t epode_take_writer_size(const EpodeTakeWriter* writer)
{
    return writer->size;
}
