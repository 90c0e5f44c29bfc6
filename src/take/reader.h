// SPDX-License-Identifier: MIT
// Reads a take record by record, from memory or as the bytes come, and believes nothing: sizes,
// checksums, the chain and the order of records are checked before a byte is handed out. Knows
// bytes and ticks, not what they mean, and no files.
#ifndef EPODE_TAKE_READER_H
#define EPODE_TAKE_READER_H

#include "epode/host.h"
#include "take/chunk.h"
#include "take/record.h"

/// A reader. Its fields are its own; the functions below say what may be known.
typedef struct EpodeTakeReader {
    EpodeSource source;
    EpodeHeap heap;
    unsigned char* buffer; // NULL when reading from memory
    size_t capacity;

    const unsigned char* bytes; // what is in memory of the file ...
    size_t size;
    size_t at;
    uint64_t base; // ... and the offset of its first byte

    EpodeTakeState state;
    EpodeTakeChunk chunk; // the batch of ticks that is being handed out
    size_t chunk_at;
    uint64_t valid_size;
    const char* problem;
    EpodeStatus status;
} EpodeTakeReader;

/// Reads a take that lies in memory, which must stay there. Allocates nothing and needs no close.
///
/// Errors:  EPODE_ERR_CORRUPT when it is not a take, EPODE_ERR_VERSION when it is one of a version
///          that this build does not read.
/// Thread:  [any].
EpodeStatus epode_take_reader_init(EpodeTakeReader* reader, const void* bytes, size_t size);

/// Reads a take as it comes, holding one chunk in memory.
///
/// Errors:  as epode_take_reader_init, and what the source returned. Close it in any case.
/// Thread:  [load].
EpodeStatus epode_take_reader_open(EpodeTakeReader* reader, EpodeSource source, EpodeHeap heap);

/// Frees what epode_take_reader_open acquired.
///
/// Thread:  [load].
void epode_take_reader_close(EpodeTakeReader* reader);

/// Hands out the next record; its bytes live until the next call.
///
/// Errors:  EPODE_ERR_END after the last whole record: then epode_take_reader_is_sealed and
///          epode_take_reader_torn_size say how the take ends, and a take that is still growing can
///          be asked again. EPODE_ERR_CORRUPT for damage (and for a record that may not stand
///          there), with epode_take_reader_problem; EPODE_ERR_NO_MEM; what the source returned.
///          These three stick.
/// Thread:  [load]; from memory [any], does not allocate.
EpodeStatus epode_take_reader_next(EpodeTakeReader* reader, EpodeTakeRecord* record);

/// Whether the end record was read: the run came to its end and nothing is missing.
///
/// Thread:  [any].
int epode_take_reader_is_sealed(const EpodeTakeReader* reader);

/// Bytes from the start of the file up to the end of the last whole chunk. A take that is cut back
/// to this size is valid, though not sealed.
///
/// Thread:  [any].
uint64_t epode_take_reader_valid_size(const EpodeTakeReader* reader);

/// Bytes of an unfinished chunk at the end of the file, as a killed writer leaves them; 0 when it
/// ends cleanly. Known after EPODE_ERR_END.
///
/// Thread:  [any].
uint64_t epode_take_reader_torn_size(const EpodeTakeReader* reader);

/// What is damaged, as a sentence without a full stop; it concerns the chunk that starts at
/// epode_take_reader_valid_size. NULL when nothing is.
///
/// Thread:  [any].
const char* epode_take_reader_problem(const EpodeTakeReader* reader);

#endif
