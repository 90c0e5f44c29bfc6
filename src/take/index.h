// SPDX-License-Identifier: MIT
// Where in a take each tick and snapshot stands, found in one pass, so that a reader can go there
// without reading what lies before. Knows offsets and ticks, not what the bytes mean.
#ifndef EPODE_TAKE_INDEX_H
#define EPODE_TAKE_INDEX_H

#include "base/heap.h"
#include "take/reader.h"

/// One chunk of the file, and the link before it, with which a reader can check it.
typedef struct EpodeTakeEntry {
    uint64_t offset;
    uint64_t chain;
    int64_t tick;        // of its first record
    uint32_t tick_count; // hashes in it; 0 for other kinds than EPODE_TAKE_TICK
    uint32_t kind;
} EpodeTakeEntry;

typedef struct EpodeTakeIndex {
    EpodeHeap heap;
    EpodeTakeEntry* entries; // in the order of the file
    uint32_t count;
    uint32_t capacity;
    uint32_t* snapshots; // which entries are snapshots, in order
    uint32_t snapshot_count;
    uint32_t snapshot_capacity;
    int64_t first_tick; // of the ticks with hashes; -1 when there are none
    int64_t last_tick;
} EpodeTakeIndex;

/// Reads the whole take that `reader` was initialised with, from its first record, and notes where
/// everything stands. Finish the index in any case.
///
/// Errors:  EPODE_ERR_NO_MEM, EPODE_ERR_LIMIT for more than 2^32 chunks. Damage is no error here:
///          the index covers what comes before it, and the reader says what was found.
/// Thread:  [load].
EpodeStatus epode_take_index_init(EpodeTakeIndex* index, EpodeTakeReader* reader, EpodeHeap heap);

/// Frees the index.
///
/// Thread:  [load].
void epode_take_index_finish(EpodeTakeIndex* index);

/// The entry whose chunk holds the hashes of `tick`.
///
/// Errors:  NULL when there is none.
/// Thread:  [any], real-time safe.
const EpodeTakeEntry* epode_take_index_tick(const EpodeTakeIndex* index, int64_t tick);

/// The last snapshot of a tick <= `tick`: where to start to reach it.
///
/// Errors:  NULL when there is none.
/// Thread:  [any], real-time safe.
const EpodeTakeEntry* epode_take_index_snapshot(const EpodeTakeIndex* index, int64_t tick);

/// The first entry that holds a record of a tick >= `tick`: where to begin reading to replay it.
///
/// Errors:  NULL when there is none.
/// Thread:  [any], real-time safe.
const EpodeTakeEntry* epode_take_index_from(const EpodeTakeIndex* index, int64_t tick);

/// Makes the entry's first record the next one of a reader over the same bytes in memory. From
/// there on everything is checked but the counts of the end record.
///
/// Errors:  EPODE_ERR_BAD_ARG for a reader of a source, or an entry beyond its bytes.
/// Thread:  [any], real-time safe.
EpodeStatus epode_take_index_seek(EpodeTakeReader* reader, const EpodeTakeEntry* entry);

#endif
