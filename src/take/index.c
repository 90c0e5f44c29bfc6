// SPDX-License-Identifier: MIT
// One entry for each chunk, in the order of the file; ticks only grow along it, so everything is
// found by halving. Knows readers and their chunks.
#include "take/index.h"

static EpodeStatus note_chunk(EpodeTakeIndex* index, const EpodeTakeReader* reader, uint64_t chain)
{
    const EpodeTakeChunk* chunk = &reader->chunk;
    if (index->count == UINT32_MAX) {
        return EPODE_ERR_LIMIT;
    }
    EPODE_TRY(epode_array_reserve(index->heap, &index->entries, &index->capacity, index->count + 1,
                                  sizeof *index->entries));
    EpodeTakeEntry entry = {.offset = chunk->offset,
                            .chain = chain,
                            .tick = chunk->tick,
                            .kind = (uint32_t)chunk->kind};
    if (chunk->kind == EPODE_TAKE_TICK) {
        entry.tick_count = (uint32_t)(chunk->payload_size / EPODE_TAKE_TICK_SIZE);
        index->first_tick = index->first_tick < 0 ? chunk->tick : index->first_tick;
        index->last_tick = chunk->tick + entry.tick_count - 1;
    }
    if (chunk->kind == EPODE_TAKE_SNAPSHOT) {
        EPODE_TRY(epode_array_reserve(index->heap, &index->snapshots, &index->snapshot_capacity,
                                      index->snapshot_count + 1, sizeof *index->snapshots));
        index->snapshots[index->snapshot_count++] = index->count;
    }
    index->entries[index->count++] = entry;
    return EPODE_OK;
}

EpodeStatus epode_take_index_init(EpodeTakeIndex* index, EpodeTakeReader* reader, EpodeHeap heap)
{
    *index = (EpodeTakeIndex){.heap = heap, .first_tick = -1, .last_tick = -1};
    for (;;) {
        uint64_t chain = reader->state.chain;
        uint64_t before = reader->valid_size;
        EpodeTakeRecord record;
        if (epode_take_reader_next(reader, &record) != EPODE_OK) {
            return reader->status == EPODE_ERR_NO_MEM ? EPODE_ERR_NO_MEM : EPODE_OK;
        }
        if (reader->valid_size != before) {
            EPODE_TRY(note_chunk(index, reader, chain));
        }
    }
}

void epode_take_index_finish(EpodeTakeIndex* index)
{
    epode_heap_free(index->heap, index->entries, index->capacity * sizeof *index->entries);
    epode_heap_free(index->heap, index->snapshots,
                    index->snapshot_capacity * sizeof *index->snapshots);
    *index = (EpodeTakeIndex){.heap = index->heap, .first_tick = -1, .last_tick = -1};
}

static int64_t entry_last_tick(const EpodeTakeEntry* entry)
{
    return entry->tick_count == 0 ? entry->tick : entry->tick + entry->tick_count - 1;
}

// Index of the first entry that reaches `tick`, or the count.
static uint32_t find_reaching(const EpodeTakeIndex* index, int64_t tick)
{
    uint32_t low = 0;
    uint32_t high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (entry_last_tick(&index->entries[middle]) < tick) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const EpodeTakeEntry* epode_take_index_tick(const EpodeTakeIndex* index, int64_t tick)
{
    // What else a tick has, its inputs above all, stands beside its hashes.
    for (uint32_t i = find_reaching(index, tick); i < index->count; i++) {
        const EpodeTakeEntry* entry = &index->entries[i];
        if (entry->tick > tick) {
            return NULL;
        }
        if (entry->kind == EPODE_TAKE_TICK) {
            return entry;
        }
    }
    return NULL;
}

const EpodeTakeEntry* epode_take_index_snapshot(const EpodeTakeIndex* index, int64_t tick)
{
    uint32_t low = 0;
    uint32_t high = index->snapshot_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->entries[index->snapshots[middle]].tick <= tick) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? NULL : &index->entries[index->snapshots[low - 1]];
}

const EpodeTakeEntry* epode_take_index_from(const EpodeTakeIndex* index, int64_t tick)
{
    uint32_t at = find_reaching(index, tick);
    return at == index->count ? NULL : &index->entries[at];
}

EpodeStatus epode_take_index_seek(EpodeTakeReader* reader, const EpodeTakeEntry* entry)
{
    if (reader->source.read != NULL || entry->offset >= reader->size) {
        return EPODE_ERR_BAD_ARG;
    }
    *reader = (EpodeTakeReader){.bytes = reader->bytes,
                                .size = reader->size,
                                .at = (size_t)entry->offset,
                                .valid_size = entry->offset};
    reader->state = epode_take_state();
    reader->state.chain = entry->chain;
    reader->state.has_header = entry->kind != EPODE_TAKE_HEADER;
    reader->state.is_partial = reader->state.has_header;
    return EPODE_OK;
}
