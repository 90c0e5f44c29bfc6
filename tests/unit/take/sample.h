// SPDX-License-Identifier: MIT
// What the tests of takes share: a sink in memory, a source that serves it in small pieces, and a
// small take in which every kind of record occurs.
#ifndef EPODE_TESTS_UNIT_TAKE_SAMPLE_H
#define EPODE_TESTS_UNIT_TAKE_SAMPLE_H

#include "test.h"

#include "base/hash.h"
#include "base/heap.h"
#include "take/bytes.h"
#include "take/reader.h"
#include "take/writer.h"

/// A sink of fixed size that counts its calls and can be told to fail.
typedef struct Sink {
    unsigned char* bytes;
    size_t capacity;
    size_t size;
    unsigned write_count;
    unsigned sync_count;
    unsigned failing_write; // 1-based; 0 for none
    unsigned failing_sync;
} Sink;

static inline EpodeStatus sink_write(void* user, const void* bytes, size_t size)
{
    Sink* sink = user;
    sink->write_count++;
    if (sink->write_count == sink->failing_write) {
        return EPODE_ERR_IO;
    }
    assert_true(size <= sink->capacity - sink->size);
    memcpy(sink->bytes + sink->size, bytes, size);
    sink->size += size;
    return EPODE_OK;
}

static inline EpodeStatus sink_sync(void* user)
{
    Sink* sink = user;
    sink->sync_count++;
    return sink->sync_count == sink->failing_sync ? EPODE_ERR_IO : EPODE_OK;
}

static inline EpodeWriter sink_writer(Sink* sink)
{
    return (EpodeWriter){.write = sink_write, .sync = sink_sync, .user = sink};
}

/// A source that serves `size` bytes in pieces of at most `piece`, and fails at byte `failing_at`.
typedef struct Spring {
    const unsigned char* bytes;
    size_t size;
    size_t at;
    size_t piece;
    size_t failing_at;
} Spring;

static inline EpodeStatus spring_read(void* user, void* bytes, size_t size, size_t* read_size)
{
    Spring* spring = user;
    if (spring->at >= spring->failing_at) {
        return EPODE_ERR_IO;
    }
    size_t left = spring->size - spring->at;
    size_t got = size < left ? size : left;
    got = got < spring->piece ? got : spring->piece;
    if (got > 0) {
        memcpy(bytes, spring->bytes + spring->at, got);
    }
    spring->at += got;
    *read_size = got;
    return EPODE_OK;
}

static inline EpodeSource spring_source(Spring* spring)
{
    return (EpodeSource){.read = spring_read, .user = spring};
}

static inline EpodeTakeHashes sample_hashes(int64_t tick)
{
    return (EpodeTakeHashes){epode_hash(&tick, sizeof tick, 1), epode_hash(&tick, sizeof tick, 2)};
}

enum { SAMPLE_SIZE = 4096, SAMPLE_TICKS = 40 };

static const char SAMPLE_HEADER[] = "a header of which only the stage knows the meaning";

/// Pushes what happens at one tick of the sample: inputs at every seventh, tasks at every fifth,
/// a snapshot at every sixteenth, one note.
static inline void sample_push(EpodeTakeWriter* writer, int64_t tick)
{
    char text[32];
    int size = snprintf(text, sizeof text, "what happens at %d", (int)tick);
    if (tick % 7 == 0) {
        assert_int_equal(
            epode_take_writer_push(writer, EPODE_TAKE_INPUTS, tick, text, (size_t)size), EPODE_OK);
    }
    assert_int_equal(epode_take_writer_push_tick(writer, tick, sample_hashes(tick)), EPODE_OK);
    if (tick % 5 == 0) {
        assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, tick, text, (size_t)size),
                         EPODE_OK);
    }
    if (tick % 16 == 0) {
        assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_SNAPSHOT, tick, text, 16),
                         EPODE_OK);
    }
    if (tick == 20) {
        assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, tick, "half way", 8),
                         EPODE_OK);
    }
}

static inline EpodeTakeWriter* sample_begin(Sink* sink, uint32_t batch_ticks)
{
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = sink_writer(sink);
    def.batch_ticks = batch_ticks;
    def.record_size_max = 1024;
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(
        epode_take_writer_create(&def, SAMPLE_HEADER, sizeof SAMPLE_HEADER - 1, &writer), EPODE_OK);
    return writer;
}

/// Writes the sample take to `bytes` (of SAMPLE_SIZE) and returns its size.
static inline size_t sample_write(unsigned char* bytes, uint32_t batch_ticks)
{
    Sink sink = {.bytes = bytes, .capacity = SAMPLE_SIZE};
    EpodeTakeWriter* writer = sample_begin(&sink, batch_ticks);
    for (int64_t tick = 0; tick < SAMPLE_TICKS; tick++) {
        sample_push(writer, tick);
    }
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    assert_int_equal(epode_take_writer_size(writer), sink.size);
    epode_take_writer_destroy(writer);
    return sink.size;
}

/// How a reading went: where it stopped, and a hash over every record before.
typedef struct Reading {
    EpodeStatus status;
    uint32_t record_count;
    uint64_t hash;
    uint64_t valid_size;
    uint64_t torn_size;
    int is_sealed;
} Reading;

static inline Reading read_all(EpodeTakeReader* reader)
{
    Reading reading = {0};
    EpodeTakeRecord record;
    while ((reading.status = epode_take_reader_next(reader, &record)) == EPODE_OK) {
        reading.record_count++;
        uint64_t seed = epode_hash_chain((uint64_t)record.kind, (uint64_t)record.tick);
        seed = epode_hash_chain(seed, record.offset);
        reading.hash = epode_hash_chain(reading.hash, epode_hash(record.bytes, record.size, seed));
    }
    reading.valid_size = epode_take_reader_valid_size(reader);
    reading.torn_size = epode_take_reader_torn_size(reader);
    reading.is_sealed = epode_take_reader_is_sealed(reader);
    return reading;
}

/// Reads bytes in memory from start to end.
static inline Reading read_bytes(const void* bytes, size_t size)
{
    EpodeTakeReader reader;
    EpodeStatus status = epode_take_reader_init(&reader, bytes, size);
    Reading reading = read_all(&reader);
    if (status != EPODE_OK) {
        assert_int_equal(reading.status, status);
    }
    return reading;
}

#endif
