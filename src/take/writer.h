// SPDX-License-Identifier: MIT
// Writes a take while the run goes on. Every chunk leaves in one call of the host's writer; memory
// is fixed when the writer is created. Knows bytes and ticks, not what they mean, and no files.
#ifndef EPODE_TAKE_WRITER_H
#define EPODE_TAKE_WRITER_H

#include "epode/host.h"
#include "take/record.h"

/// Most ticks whose hashes may wait for one chunk.
#define EPODE_TAKE_BATCH_MAX 1024

/// How a take is written. Begin with epode_take_writer_def().
typedef struct EpodeTakeWriterDef {
    EpodeHeap heap;
    EpodeWriter out;

    /// Ticks whose hashes wait before they are written together, 1..EPODE_TAKE_BATCH_MAX. They
    /// leave earlier when any other record is pushed. A killed process loses at most these, and
    /// they can be computed again: no inputs lie among them. Default 32, half a second at 60 Hz.
    uint32_t batch_ticks;

    /// Most bytes of one record, up to EPODE_TAKE_RECORD_SIZE_MAX; the writer holds one buffer of
    /// about this size. Default 1 MiB.
    size_t record_size_max;
} EpodeTakeWriterDef;

typedef struct EpodeTakeWriter EpodeTakeWriter;

/// The defaults, with nowhere to write to yet.
///
/// Thread:  [any].
EpodeTakeWriterDef epode_take_writer_def(void);

/// Begins a take: writes the magic and the header record.
///
/// Errors:  EPODE_ERR_BAD_ARG for a definition outside its ranges, EPODE_ERR_LIMIT for a header
///          above `record_size_max`, EPODE_ERR_NO_MEM, and what the host's writer returned.
///          `*out` is then NULL.
/// Thread:  [load].
EpodeStatus epode_take_writer_create(const EpodeTakeWriterDef* def, const void* header,
                                     size_t header_size, EpodeTakeWriter** out);

/// Frees the writer; NULL is allowed. Ticks that still wait are not written: flush or seal first.
///
/// Thread:  [load].
void epode_take_writer_destroy(EpodeTakeWriter* writer);

/// Records the hashes after `tick`. The first may be of any tick >= 0, each further one is of the
/// tick after; no other record may have gone ahead of it.
///
/// Errors:  EPODE_ERR_TEMPORAL for another tick, EPODE_ERR_SEALED; nothing is recorded then. What
///          the host's writer returned sticks: the take ends there, further pushes return it.
/// Thread:  [tick], does not allocate.
EpodeStatus epode_take_writer_push_tick(EpodeTakeWriter* writer, int64_t tick,
                                        EpodeTakeHashes hashes);

/// Records bytes of `kind` (inputs, tasks, snapshot, note) for `tick`, at once.
///
/// Range:   `tick` >= that of the record before; inputs: > that of the last hashes.
/// Errors:  as epode_take_writer_push_tick; EPODE_ERR_LIMIT for more than `record_size_max` bytes,
///          EPODE_ERR_BAD_ARG for another kind; nothing is recorded then.
/// Thread:  [tick], does not allocate.
EpodeStatus epode_take_writer_push(EpodeTakeWriter* writer, EpodeTakeKind kind, int64_t tick,
                                   const void* bytes, size_t size);

/// Writes the ticks that wait.
///
/// Errors:  what the host's writer returned; it sticks.
/// Thread:  [tick], does not allocate.
EpodeStatus epode_take_writer_flush(EpodeTakeWriter* writer);

/// Writes the ticks that wait and makes everything survive a loss of power, if the host can.
///
/// Errors:  what the host's writer returned; it sticks.
/// Thread:  [tick], does not allocate, may block for long.
EpodeStatus epode_take_writer_sync(EpodeTakeWriter* writer);

/// Ends the take: ticks that wait, the end record, sync. Nothing can be pushed afterwards.
///
/// Errors:  EPODE_ERR_SEALED the second time; what the host's writer returned.
/// Thread:  [tick], does not allocate, may block for long.
EpodeStatus epode_take_writer_seal(EpodeTakeWriter* writer);

/// Bytes that the host's writer has accepted.
///
/// Thread:  [tick].
uint64_t epode_take_writer_size(const EpodeTakeWriter* writer);

#endif
