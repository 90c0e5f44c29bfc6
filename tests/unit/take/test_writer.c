// SPDX-License-Identifier: MIT
// Writing takes: order, limits, batches, one call of the host per chunk, and a host that fails.
#include "sample.h"

#include "test_heap.h"

static void a_take_reads_back_as_it_was_written(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 32);
    EpodeTakeReader reader;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);

    uint32_t counts[EPODE_TAKE_KIND_COUNT] = {0};
    int64_t next_tick = 0;
    EpodeTakeRecord record;
    while (epode_take_reader_next(&reader, &record) == EPODE_OK) {
        counts[record.kind]++;
        assert_memory_equal(record.bytes, bytes + record.offset, record.size);
        if (record.kind == EPODE_TAKE_HEADER) {
            assert_int_equal(record.size, sizeof SAMPLE_HEADER - 1);
            assert_memory_equal(record.bytes, SAMPLE_HEADER, record.size);
        } else if (record.kind == EPODE_TAKE_TICK) {
            EpodeTakeHashes expected = sample_hashes(next_tick);
            EpodeTakeHashes found = epode_take_record_hashes(&record);
            assert_int_equal(record.tick, next_tick);
            assert_true(found.state == expected.state && found.tasks == expected.tasks);
            next_tick++;
        } else if (record.kind == EPODE_TAKE_INPUTS) {
            assert_int_equal(record.tick, next_tick);
            assert_memory_equal(record.bytes, "what happens at ", 16);
        } else if (record.kind == EPODE_TAKE_END) {
            EpodeTakeSummary summary = epode_take_record_summary(&record);
            assert_int_equal(summary.tick_count, SAMPLE_TICKS);
            assert_int_equal(summary.inputs_count, 6);
            assert_true(summary.hashes.state == sample_hashes(SAMPLE_TICKS - 1).state);
            assert_true(summary.hashes.tasks == sample_hashes(SAMPLE_TICKS - 1).tasks);
        }
    }
    assert_true(epode_take_reader_is_sealed(&reader));
    assert_null(epode_take_reader_problem(&reader));
    assert_int_equal(epode_take_reader_torn_size(&reader), 0);
    assert_int_equal(counts[EPODE_TAKE_TICK], SAMPLE_TICKS);
    assert_int_equal(counts[EPODE_TAKE_INPUTS], 6);
    assert_int_equal(counts[EPODE_TAKE_TASKS], 8);
    assert_int_equal(counts[EPODE_TAKE_SNAPSHOT], 3);
    assert_int_equal(counts[EPODE_TAKE_NOTE], 1);
    assert_int_equal(counts[EPODE_TAKE_END], 1);
}

static void equal_runs_give_equal_bytes(void** state)
{
    (void)state;
    unsigned char a[SAMPLE_SIZE];
    unsigned char b[SAMPLE_SIZE];
    size_t size = sample_write(a, 8);
    assert_int_equal(sample_write(b, 8), size);
    assert_memory_equal(a, b, size);
}

static void ticks_wait_for_a_batch_or_for_anything_else(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    assert_int_equal(sink.write_count, 1);
    for (int64_t tick = 1; tick <= 9; tick++) {
        assert_int_equal(epode_take_writer_push_tick(writer, tick, sample_hashes(tick)), EPODE_OK);
        assert_int_equal(sink.write_count, 1 + tick / 4);
    }
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, 10, "x", 1), EPODE_OK);
    assert_int_equal(sink.write_count, 5);
    assert_int_equal(epode_take_writer_flush(writer), EPODE_OK);
    assert_int_equal(sink.write_count, 5);
    assert_int_equal(epode_take_writer_push_tick(writer, 10, sample_hashes(10)), EPODE_OK);
    assert_int_equal(epode_take_writer_flush(writer), EPODE_OK);
    assert_int_equal(sink.write_count, 6);
    assert_int_equal(read_bytes(bytes, sink.size).record_count, 12);
    epode_take_writer_destroy(writer);
}

static void sync_and_seal_reach_the_host(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    assert_int_equal(epode_take_writer_push_tick(writer, 0, sample_hashes(0)), EPODE_OK);
    assert_int_equal(epode_take_writer_sync(writer), EPODE_OK);
    assert_int_equal(sink.sync_count, 1);
    assert_int_equal(sink.write_count, 2);
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    assert_int_equal(sink.sync_count, 2);
    assert_int_equal(sink.write_count, 3);
    assert_int_equal(epode_take_writer_seal(writer), EPODE_ERR_SEALED);
    assert_int_equal(epode_take_writer_push_tick(writer, 1, sample_hashes(1)), EPODE_ERR_SEALED);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, 1, "", 0), EPODE_ERR_SEALED);
    assert_int_equal(sink.write_count, 3);
    epode_take_writer_destroy(writer);
    epode_take_writer_destroy(NULL);
}

static void time_may_not_go_back_or_skip(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    EpodeTakeHashes hashes = sample_hashes(0);
    assert_int_equal(epode_take_writer_push_tick(writer, -1, hashes), EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push_tick(writer, INT64_MAX, hashes), EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push_tick(writer, 100, hashes), EPODE_OK);
    assert_int_equal(epode_take_writer_push_tick(writer, 100, hashes), EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push_tick(writer, 102, hashes), EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, 100, "x", 1),
                     EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 99, "x", 1),
                     EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 100, "x", 1), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, 101, "x", 1), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, 101, "y", 1), EPODE_OK);
    assert_int_equal(epode_take_writer_push_tick(writer, 101, hashes), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, 103, "ahead", 5), EPODE_OK);
    assert_int_equal(epode_take_writer_push_tick(writer, 102, hashes), EPODE_ERR_TEMPORAL);
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    Reading reading = read_bytes(bytes, sink.size);
    assert_int_equal(reading.status, EPODE_ERR_END);
    assert_true(reading.is_sealed);
    assert_int_equal(reading.record_count, 8);
    epode_take_writer_destroy(writer);
}

static void a_take_without_ticks_can_be_sealed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    epode_take_writer_destroy(writer);
    Reading reading = read_bytes(bytes, sink.size);
    assert_true(reading.is_sealed);
    assert_int_equal(reading.record_count, 2);
}

static void the_smallest_writer_has_room_for_the_end(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = sink_writer(&sink);
    def.batch_ticks = 1;
    def.record_size_max = 0;
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(epode_take_writer_create(&def, NULL, 0, &writer), EPODE_OK);
    assert_int_equal(epode_take_writer_push_tick(writer, 0, sample_hashes(0)), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, 0, "x", 1), EPODE_ERR_LIMIT);
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    epode_take_writer_destroy(writer);
    assert_true(read_bytes(bytes, sink.size).is_sealed);
}

static void a_record_has_at_most_its_limit(void** state)
{
    (void)state;
    static unsigned char bytes[SAMPLE_SIZE];
    static const unsigned char payload[1025];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 0, payload, 1023), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 0, payload, 1024), EPODE_OK);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 0, payload, 1025),
                     EPODE_ERR_LIMIT);
    assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, 0, NULL, 0), EPODE_OK);
    assert_int_equal(read_bytes(bytes, sink.size).record_count, 4);
    epode_take_writer_destroy(writer);
}

static void only_kinds_with_content_can_be_pushed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    const EpodeTakeKind kinds[] = {EPODE_TAKE_NONE, EPODE_TAKE_HEADER, EPODE_TAKE_TICK,
                                   EPODE_TAKE_END, EPODE_TAKE_KIND_COUNT};
    for (size_t i = 0; i < EPODE_COUNT_OF(kinds); i++) {
        assert_int_equal(epode_take_writer_push(writer, kinds[i], 0, "x", 1), EPODE_ERR_BAD_ARG);
    }
    assert_int_equal(sink.write_count, 1);
    epode_take_writer_destroy(writer);
}

static EpodeStatus create_with(EpodeTakeWriterDef def, size_t header_size)
{
    static const unsigned char header[64];
    EpodeTakeWriter* writer = NULL;
    EpodeStatus status = epode_take_writer_create(&def, header, header_size, &writer);
    assert_true((status == EPODE_OK) == (writer != NULL));
    epode_take_writer_destroy(writer);
    return status;
}

static void a_definition_is_checked(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriterDef def = epode_take_writer_def();
    assert_int_equal(create_with(def, 1), EPODE_ERR_BAD_ARG);
    def.out = sink_writer(&sink);
    def.record_size_max = 32;
    assert_int_equal(create_with(def, 31), EPODE_OK);
    assert_int_equal(create_with(def, 32), EPODE_OK);
    assert_int_equal(create_with(def, 33), EPODE_ERR_LIMIT);

    const uint32_t batches[] = {1, EPODE_TAKE_BATCH_MAX, 0, EPODE_TAKE_BATCH_MAX + 1};
    for (size_t i = 0; i < EPODE_COUNT_OF(batches); i++) {
        def.batch_ticks = batches[i];
        assert_int_equal(create_with(def, 1), i < 2 ? EPODE_OK : EPODE_ERR_BAD_ARG);
    }
    def.batch_ticks = 1;
    def.record_size_max = EPODE_TAKE_RECORD_SIZE_MAX + 1;
    assert_int_equal(create_with(def, 1), EPODE_ERR_BAD_ARG);
    def.record_size_max = 0;
    assert_int_equal(create_with(def, 0), EPODE_OK);
}

static void the_largest_record_of_all_can_be_written_and_read(void** state)
{
    (void)state;
    const size_t capacity = EPODE_TAKE_RECORD_SIZE_MAX + 1024;
    Sink sink = {.bytes = malloc(capacity), .capacity = capacity};
    unsigned char* payload = calloc(1, EPODE_TAKE_RECORD_SIZE_MAX);
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = sink_writer(&sink);
    def.record_size_max = EPODE_TAKE_RECORD_SIZE_MAX;
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(epode_take_writer_create(&def, NULL, 0, &writer), EPODE_OK);
    assert_int_equal(
        epode_take_writer_push(writer, EPODE_TAKE_SNAPSHOT, 0, payload, EPODE_TAKE_RECORD_SIZE_MAX),
        EPODE_OK);
    Reading reading = read_bytes(sink.bytes, sink.size);
    assert_int_equal(reading.status, EPODE_ERR_END);
    assert_int_equal(reading.record_count, 2);
    epode_take_writer_destroy(writer);
    free(payload);
    free(sink.bytes);
}

// Pushes the sample until something fails and returns the first failure.
static EpodeStatus push_until_failure(EpodeTakeWriter* writer)
{
    EpodeStatus status = EPODE_OK;
    for (int64_t tick = 0; tick < SAMPLE_TICKS && status == EPODE_OK; tick++) {
        if (tick % 7 == 0) {
            status = epode_take_writer_push(writer, EPODE_TAKE_INPUTS, tick, "in", 2);
        }
        if (status == EPODE_OK) {
            status = epode_take_writer_push_tick(writer, tick, sample_hashes(tick));
        }
    }
    return status == EPODE_OK ? epode_take_writer_seal(writer) : status;
}

static void a_failing_host_ends_the_take_at_any_write(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    EpodeTakeWriterDef def = epode_take_writer_def();
    unsigned failing = 1;
    for (int is_done = 0; !is_done; failing++) {
        Sink sink = {.bytes = bytes, .capacity = sizeof bytes, .failing_write = failing};
        def.out = sink_writer(&sink);
        def.batch_ticks = 4;
        EpodeTakeWriter* writer = NULL;
        EpodeStatus created = epode_take_writer_create(&def, "h", 1, &writer);
        if (failing == 1) {
            assert_int_equal(created, EPODE_ERR_IO);
            assert_null(writer);
            continue;
        }
        is_done = push_until_failure(writer) == EPODE_OK;
        if (!is_done) {
            // The take ends there: nothing is written behind the gap.
            size_t size = sink.size;
            assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_NOTE, 99, "x", 1),
                             EPODE_ERR_IO);
            assert_int_equal(epode_take_writer_push_tick(writer, 99, sample_hashes(99)),
                             EPODE_ERR_IO);
            assert_int_equal(epode_take_writer_flush(writer), EPODE_ERR_IO);
            assert_int_equal(epode_take_writer_seal(writer), EPODE_ERR_IO);
            assert_int_equal(sink.size, size);
            assert_int_equal(sink.write_count, failing);
        }
        Reading reading = read_bytes(bytes, sink.size);
        assert_int_equal(reading.status, EPODE_ERR_END);
        assert_int_equal(reading.torn_size, 0);
        assert_int_equal(reading.is_sealed, is_done);
        epode_take_writer_destroy(writer);
    }
    assert_true(failing > 15);
}

static void a_failing_sync_sticks_and_is_not_tried_again(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes, .failing_sync = 1};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    assert_int_equal(epode_take_writer_sync(writer), EPODE_ERR_IO);
    assert_int_equal(epode_take_writer_sync(writer), EPODE_ERR_IO);
    assert_int_equal(sink.sync_count, 1);
    epode_take_writer_destroy(writer);
}

static void memory_is_asked_for_once(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    TestHeap heap = {.fail_at = 1};
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.heap = test_heap(&heap);
    def.out = sink_writer(&sink);
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(epode_take_writer_create(&def, "h", 1, &writer), EPODE_ERR_NO_MEM);
    assert_null(writer);
    assert_int_equal(epode_take_writer_create(&def, "h", 1, &writer), EPODE_OK);
    assert_int_equal(push_until_failure(writer), EPODE_OK);
    assert_int_equal(heap.call_count, 2);
    epode_take_writer_destroy(writer);
    test_heap_assert_empty(&heap);
}

static void kinds_have_names(void** state)
{
    (void)state;
    assert_string_equal(epode_take_kind_name(EPODE_TAKE_NONE), "nothing");
    assert_string_equal(epode_take_kind_name(EPODE_TAKE_INPUTS), "inputs");
    assert_string_equal(epode_take_kind_name(EPODE_TAKE_END), "end");
    assert_string_equal(epode_take_kind_name(EPODE_TAKE_KIND_COUNT), "unknown");
    assert_string_equal(epode_take_kind_name((EpodeTakeKind)-1), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_take_reads_back_as_it_was_written),
        cmocka_unit_test(equal_runs_give_equal_bytes),
        cmocka_unit_test(ticks_wait_for_a_batch_or_for_anything_else),
        cmocka_unit_test(sync_and_seal_reach_the_host),
        cmocka_unit_test(time_may_not_go_back_or_skip),
        cmocka_unit_test(a_take_without_ticks_can_be_sealed),
        cmocka_unit_test(the_smallest_writer_has_room_for_the_end),
        cmocka_unit_test(a_record_has_at_most_its_limit),
        cmocka_unit_test(only_kinds_with_content_can_be_pushed),
        cmocka_unit_test(a_definition_is_checked),
        cmocka_unit_test(the_largest_record_of_all_can_be_written_and_read),
        cmocka_unit_test(a_failing_host_ends_the_take_at_any_write),
        cmocka_unit_test(a_failing_sync_sticks_and_is_not_tried_again),
        cmocka_unit_test(memory_is_asked_for_once),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
