// SPDX-License-Identifier: MIT
// What a take holds, seen by those who write and read one: a sequence of records, each of a kind
// and of a tick. Knows bytes, not fields: what the bytes of inputs, tasks and snapshots mean is
// the stage's business. How records are framed in the file is take/chunk.h's.
#ifndef EPODE_TAKE_RECORD_H
#define EPODE_TAKE_RECORD_H

#include "base/check.h"

/// The kinds of record. The numbers stand in files and never change.
typedef enum EpodeTakeKind {
    EPODE_TAKE_NONE = 0,     ///< No record; never in a file.
    EPODE_TAKE_HEADER = 1,   ///< What was run, opaque; exactly one, first.
    EPODE_TAKE_TICK = 2,     ///< The hashes after one tick; ticks follow each other without a gap.
    EPODE_TAKE_INPUTS = 3,   ///< The inputs of a tick, opaque; stands before the tick's hashes.
    EPODE_TAKE_TASKS = 4,    ///< The tasks of a tick, opaque.
    EPODE_TAKE_SNAPSHOT = 5, ///< The state after a tick, opaque.
    EPODE_TAKE_NOTE = 6,     ///< A text for people, such as an alert.
    EPODE_TAKE_END = 7,      ///< The run came to its end; the last record of a sealed take.
    EPODE_TAKE_KIND_COUNT = 8
} EpodeTakeKind;

/// Version of the file form that this build writes and reads.
#define EPODE_TAKE_VERSION 1

/// Most bytes of one record. A larger size in a file is damage, not a reason to allocate.
#define EPODE_TAKE_RECORD_SIZE_MAX ((size_t)64 << 20)

/// One record as a reader hands it out.
typedef struct EpodeTakeRecord {
    EpodeTakeKind kind;
    int64_t tick; // 0 for the header; the end repeats that of the record before
    const unsigned char* bytes;
    size_t size;
    uint64_t offset; // of `bytes` in the file
} EpodeTakeRecord;

/// What became of one tick.
typedef struct EpodeTakeHashes {
    uint64_t state;
    uint64_t tasks;
} EpodeTakeHashes;

/// What the end of a take says about the whole of it.
typedef struct EpodeTakeSummary {
    uint64_t tick_count;
    uint64_t inputs_count;  // records of that kind
    EpodeTakeHashes hashes; // of the last tick; zero when there was none
} EpodeTakeSummary;

/// Bytes of a record of kind EPODE_TAKE_TICK and EPODE_TAKE_END.
#define EPODE_TAKE_TICK_SIZE 16
#define EPODE_TAKE_END_SIZE 32

/// The hashes of a tick record.
///
/// Range:   the record is of kind EPODE_TAKE_TICK.
/// Thread:  [any], real-time safe.
EpodeTakeHashes epode_take_record_hashes(const EpodeTakeRecord* record);

/// The summary of an end record.
///
/// Range:   the record is of kind EPODE_TAKE_END.
/// Thread:  [any], real-time safe.
EpodeTakeSummary epode_take_record_summary(const EpodeTakeRecord* record);

/// A kind's name for people: "header", "tick", "inputs" ...
///
/// Range:   "nothing" for EPODE_TAKE_NONE, "unknown" for any other value.
/// Thread:  [any], real-time safe.
const char* epode_take_kind_name(EpodeTakeKind kind);

#endif
