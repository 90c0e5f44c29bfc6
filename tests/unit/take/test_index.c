// SPDX-License-Identifier: MIT
// Going to a tick or a snapshot without reading what lies before it.
#include "sample.h"

#include "test_heap.h"

#include "take/index.h"

static void every_tick_and_snapshot_is_found(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_OK);
    assert_true(epode_take_reader_is_sealed(&reader));
    assert_int_equal(index.first_tick, 0);
    assert_int_equal(index.last_tick, SAMPLE_TICKS - 1);

    for (int64_t tick = 0; tick < SAMPLE_TICKS; tick++) {
        const EpodeTakeEntry* entry = epode_take_index_tick(&index, tick);
        assert_non_null(entry);
        assert_int_equal(entry->kind, EPODE_TAKE_TICK);
        assert_in_range(tick, entry->tick, entry->tick + entry->tick_count - 1);
        assert_int_equal(epode_take_index_seek(&reader, entry), EPODE_OK);
        EpodeTakeRecord record;
        do {
            assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_OK);
        } while (record.tick < tick);
        assert_true(epode_take_record_hashes(&record).state == sample_hashes(tick).state);
        assert_int_equal(read_all(&reader).status, EPODE_ERR_END);
        assert_true(epode_take_reader_is_sealed(&reader));

        entry = epode_take_index_snapshot(&index, tick);
        assert_int_equal(entry->tick, tick / 16 * 16);
        assert_int_equal(entry->kind, EPODE_TAKE_SNAPSHOT);
    }
    assert_null(epode_take_index_tick(&index, -1));
    assert_null(epode_take_index_tick(&index, SAMPLE_TICKS));
    assert_null(epode_take_index_snapshot(&index, -1));
    assert_int_equal(epode_take_index_snapshot(&index, INT64_MAX)->tick, 32);
    epode_take_index_finish(&index);
}

static void replaying_from_a_tick_sees_its_inputs(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_OK);
    for (int64_t tick = 7; tick < SAMPLE_TICKS; tick += 7) {
        const EpodeTakeEntry* entry = epode_take_index_from(&index, tick);
        assert_int_equal(epode_take_index_seek(&reader, entry), EPODE_OK);
        EpodeTakeRecord record;
        assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_OK);
        assert_int_equal(record.kind, EPODE_TAKE_INPUTS);
        assert_int_equal(record.tick, tick);
    }
    assert_int_equal(epode_take_index_from(&index, 0)->kind, EPODE_TAKE_HEADER);
    assert_int_equal(epode_take_index_seek(&reader, epode_take_index_from(&index, 0)), EPODE_OK);
    assert_true(read_all(&reader).hash == read_bytes(bytes, size).hash);
    assert_null(epode_take_index_from(&index, SAMPLE_TICKS));
    epode_take_index_finish(&index);
}

static void a_take_need_not_begin_at_tick_zero_or_have_ticks(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    Sink sink = {.bytes = bytes, .capacity = sizeof bytes};
    EpodeTakeWriter* writer = sample_begin(&sink, 4);
    for (int is_empty = 1; is_empty >= 0; is_empty--) {
        EpodeTakeReader reader;
        EpodeTakeIndex index;
        assert_int_equal(epode_take_reader_init(&reader, bytes, sink.size), EPODE_OK);
        assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_OK);
        assert_int_equal(index.first_tick, is_empty ? -1 : 5000000000);
        assert_int_equal(index.last_tick, is_empty ? -1 : 5000000000);
        assert_int_equal(epode_take_index_tick(&index, 5000000000) == NULL, is_empty);
        assert_null(epode_take_index_snapshot(&index, 5000000000));
        epode_take_index_finish(&index);
        epode_take_writer_push_tick(writer, 5000000000, sample_hashes(0));
        assert_int_equal(epode_take_writer_flush(writer), EPODE_OK);
    }
    epode_take_writer_destroy(writer);
}

static void damage_ends_the_index_and_is_told(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    bytes[size / 2] ^= 1;
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_OK);
    assert_non_null(epode_take_reader_problem(&reader));
    assert_in_range(index.last_tick, 10, SAMPLE_TICKS - 2);
    assert_non_null(epode_take_index_tick(&index, index.last_tick));
    epode_take_index_finish(&index);
}

static void a_stale_entry_or_a_source_cannot_be_sought(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_OK);
    const EpodeTakeEntry* last = &index.entries[index.count - 1];
    assert_int_equal(epode_take_reader_init(&reader, bytes, last->offset), EPODE_OK);
    assert_int_equal(epode_take_index_seek(&reader, last), EPODE_ERR_BAD_ARG);
    // An entry of another take leads to a chain that does not fit.
    EpodeTakeEntry foreign = *last;
    foreign.chain ^= 1;
    assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
    assert_int_equal(epode_take_index_seek(&reader, &foreign), EPODE_OK);
    assert_int_equal(read_all(&reader).status, EPODE_ERR_CORRUPT);

    Spring spring = {bytes, size, 0, SIZE_MAX, SIZE_MAX};
    assert_int_equal(epode_take_reader_open(&reader, spring_source(&spring), epode_heap_system()),
                     EPODE_OK);
    assert_int_equal(epode_take_index_seek(&reader, last), EPODE_ERR_BAD_ARG);
    epode_take_reader_close(&reader);
    epode_take_index_finish(&index);
}

static void an_exhausted_heap_is_an_error(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    EpodeTakeReader reader;
    EpodeTakeIndex index;
    EpodeStatus status = EPODE_ERR_NO_MEM;
    for (size_t call = 1; status != EPODE_OK; call++) {
        TestHeap heap = {.fail_at = call};
        assert_int_equal(epode_take_reader_init(&reader, bytes, size), EPODE_OK);
        status = epode_take_index_init(&index, &reader, test_heap(&heap));
        assert_int_equal(status, heap.failed_count > 0 ? EPODE_ERR_NO_MEM : EPODE_OK);
        epode_take_index_finish(&index);
        test_heap_assert_empty(&heap);
    }

    // The reader's own memory may run out as well.
    TestHeap heap = {.fail_at = 1};
    Spring spring = {bytes, size, 0, SIZE_MAX, SIZE_MAX};
    assert_int_equal(epode_take_reader_open(&reader, spring_source(&spring), test_heap(&heap)),
                     EPODE_ERR_NO_MEM);
    assert_int_equal(epode_take_index_init(&index, &reader, epode_heap_system()), EPODE_ERR_NO_MEM);
    epode_take_index_finish(&index);
    epode_take_reader_close(&reader);
    test_heap_assert_empty(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tick_and_snapshot_is_found),
        cmocka_unit_test(replaying_from_a_tick_sees_its_inputs),
        cmocka_unit_test(a_take_need_not_begin_at_tick_zero_or_have_ticks),
        cmocka_unit_test(damage_ends_the_index_and_is_told),
        cmocka_unit_test(a_stale_entry_or_a_source_cannot_be_sought),
        cmocka_unit_test(an_exhausted_heap_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
