// SPDX-License-Identifier: MIT
// Reading takes that are whole, torn, damaged or made up by somebody who knows the format.
#include "sample.h"

#include "test_heap.h"

static void every_cut_is_noticed_and_the_rest_is_read(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    Reading whole = read_bytes(bytes, size);
    assert_true(whole.is_sealed);
    uint32_t record_count = 0;
    uint64_t valid_size = 0;
    for (size_t cut = 0; cut < size; cut++) {
        // A copy of exact size, so that a sanitizer sees any read beyond it.
        unsigned char* copy = malloc(cut > 0 ? cut : 1);
        memcpy(copy, bytes, cut);
        Reading reading = read_bytes(copy, cut);
        assert_int_equal(reading.status, EPODE_ERR_END);
        assert_false(reading.is_sealed);
        assert_int_equal(reading.valid_size + reading.torn_size, cut);
        assert_true(reading.record_count >= record_count && reading.valid_size >= valid_size);
        // What is left after cutting back is a take that is whole as far as it goes.
        Reading again = read_bytes(bytes, reading.valid_size);
        assert_int_equal(again.torn_size, 0);
        assert_true(again.hash == reading.hash);
        record_count = reading.record_count;
        valid_size = reading.valid_size;
        free(copy);
    }
    assert_int_equal(record_count, whole.record_count - 1);
}

static void every_flipped_bit_is_noticed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    assert_true(size > 1800);
    Reading whole = read_bytes(bytes, size);
    for (size_t i = 0; i < size * 8; i++) {
        bytes[i / 8] ^= (unsigned char)(1u << i % 8);
        Reading reading = read_bytes(bytes, size);
        bytes[i / 8] ^= (unsigned char)(1u << i % 8);
        int is_version = i / 8 == 6 || i / 8 == 7;
        assert_int_equal(reading.status, is_version ? EPODE_ERR_VERSION : EPODE_ERR_CORRUPT);
        assert_true(reading.valid_size <= i / 8);
        assert_true(reading.record_count < whole.record_count);
        // Everything before the damage was handed out, and nothing of it.
        assert_true(read_bytes(bytes, reading.valid_size).hash == reading.hash);
    }
}

// Where the chunk after `at` begins.
static size_t next_chunk(const unsigned char* bytes, size_t at)
{
    uint32_t payload_size = 0;
    memcpy(&payload_size, bytes + at, sizeof payload_size);
    return at + EPODE_TAKE_HEAD_SIZE + payload_size + EPODE_TAKE_TAIL_SIZE;
}

static void a_removed_chunk_is_noticed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    unsigned char damaged[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    for (size_t at = EPODE_TAKE_MAGIC_SIZE; at < size; at = next_chunk(bytes, at)) {
        size_t next = next_chunk(bytes, at);
        memcpy(damaged, bytes, at);
        memcpy(damaged + at, bytes + next, size - next);
        Reading reading = read_bytes(damaged, size - (next - at));
        assert_false(reading.is_sealed);
        assert_int_equal(reading.status, next == size ? EPODE_ERR_END : EPODE_ERR_CORRUPT);
        assert_int_equal(reading.valid_size, at);
    }
}

static void swapped_and_repeated_chunks_are_noticed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    unsigned char damaged[2 * SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    for (size_t a = EPODE_TAKE_MAGIC_SIZE; next_chunk(bytes, a) < size; a = next_chunk(bytes, a)) {
        size_t b = next_chunk(bytes, a);
        size_t after = next_chunk(bytes, b);
        memcpy(damaged, bytes, size);
        memcpy(damaged + a, bytes + b, after - b);
        memcpy(damaged + a + (after - b), bytes + a, b - a);
        assert_int_equal(read_bytes(damaged, size).status, EPODE_ERR_CORRUPT);
        assert_int_equal(read_bytes(damaged, size).valid_size, a);

        memcpy(damaged, bytes, b);
        memcpy(damaged + b, bytes + a, size - a);
        assert_int_equal(read_bytes(damaged, size + (b - a)).status, EPODE_ERR_CORRUPT);
        assert_int_equal(read_bytes(damaged, size + (b - a)).valid_size, b);
    }
}

static void nothing_may_follow_the_end(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE + 1] = {0};
    size_t size = sample_write(bytes, 8);
    Reading reading = read_bytes(bytes, size + 1);
    assert_int_equal(reading.status, EPODE_ERR_CORRUPT);
    assert_int_equal(reading.valid_size, size);
}

static void another_version_is_refused(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    for (unsigned version = 0; version < 600; version++) {
        bytes[6] = (unsigned char)version;
        bytes[7] = (unsigned char)(version >> 8);
        EpodeTakeReader reader;
        assert_int_equal(epode_take_reader_init(&reader, bytes, size),
                         version == EPODE_TAKE_VERSION ? EPODE_OK : EPODE_ERR_VERSION);
    }
}

static void what_is_no_take_is_refused_at_once(void** state)
{
    (void)state;
    EpodeTakeReader reader;
    EpodeTakeRecord record;
    assert_int_equal(epode_take_reader_init(&reader, "RIFF....WAVE", 12), EPODE_ERR_CORRUPT);
    assert_string_equal(epode_take_reader_problem(&reader), "this is not a take");
    assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_ERR_CORRUPT);
    assert_int_equal(epode_take_reader_init(&reader, "EPO", 3), EPODE_ERR_CORRUPT);
    assert_int_equal(epode_take_reader_init(&reader, "EPT", 3), EPODE_OK);
    assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_ERR_END);
    assert_int_equal(epode_take_reader_torn_size(&reader), 3);
    assert_int_equal(epode_take_reader_init(&reader, NULL, 0), EPODE_OK);
    assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_ERR_END);
}

// Puts chunks with right checks and links, whatever nonsense they hold.
typedef struct Forger {
    unsigned char bytes[SAMPLE_SIZE];
    size_t size;
    uint64_t chain;
} Forger;

static void forge_begin(Forger* forger)
{
    epode_take_magic_format(forger->bytes);
    forger->size = EPODE_TAKE_MAGIC_SIZE;
    forger->chain = epode_take_state().chain;
}

static void forge(Forger* forger, uint8_t kind, int64_t tick, const void* payload, size_t size)
{
    unsigned char* head = forger->bytes + forger->size;
    EpodeTakeChunk chunk = {.kind = (EpodeTakeKind)kind, .tick = tick, .payload_size = size};
    epode_take_head_format(head, &chunk, forger->chain);
    if (payload != NULL) {
        memcpy(head + EPODE_TAKE_HEAD_SIZE, payload, size);
        size_t linked_size = EPODE_TAKE_HEAD_SIZE + size;
        forger->chain = epode_take_chain_next(forger->chain, head, linked_size);
        memcpy(head + linked_size, &forger->chain, EPODE_TAKE_TAIL_SIZE);
        forger->size += linked_size + EPODE_TAKE_TAIL_SIZE;
    } else {
        forger->size += EPODE_TAKE_HEAD_SIZE;
    }
}

static void assert_problem(const Forger* forger, const char* problem)
{
    EpodeTakeReader reader;
    assert_int_equal(epode_take_reader_init(&reader, forger->bytes, forger->size), EPODE_OK);
    assert_int_equal(read_all(&reader).status, EPODE_ERR_CORRUPT);
    assert_string_equal(epode_take_reader_problem(&reader), problem);
}

static void records_out_of_order_are_refused(void** state)
{
    (void)state;
    static const struct {
        struct {
            uint8_t kind;
            int64_t tick;
            size_t size;
        } chunks[3];
        const char* problem;
    } cases[] = {
        {{{2, 0, 16}}, "the header is missing"},
        {{{1, 0, 4}, {1, 0, 4}}, "there is a second header"},
        {{{1, 1, 4}}, "the header is not at tick 0"},
        {{{1, -1, 4}}, "time goes back"},
        {{{1, 0, 4}, {2, 5, 32}, {2, 6, 16}}, "a tick is missing or repeated"},
        {{{1, 0, 4}, {2, 5, 32}, {2, 8, 16}}, "a tick is missing or repeated"},
        {{{1, 0, 4}, {2, 5, 32}, {4, 5, 1}}, "time goes back"},
        {{{1, 0, 4}, {2, 5, 32}, {3, 6, 1}}, "inputs come after their tick"},
        {{{1, 0, 4}, {2, 5, 0}}, "the hashes of ticks have a wrong size"},
        {{{1, 0, 4}, {2, 5, 17}}, "the hashes of ticks have a wrong size"},
        {{{1, 0, 4}, {2, INT64_MAX, 16}}, "a tick is out of range"},
        {{{1, 0, 4}, {7, 0, 31}}, "the end has a wrong size"},
        {{{1, 0, 4}, {6, 0, 1}, {7, 0, 32}}, NULL},
        {{{1, 0, 4}, {3, 0, 1}, {7, 0, 32}}, "the end does not agree with what comes before it"},
        {{{1, 0, 4}, {0, 0, 1}}, "a record is of an unknown kind"},
        {{{1, 0, 4}, {8, 0, 1}}, "a record is of an unknown kind"},
        {{{1, 0, 4}, {255, 0, 1}}, "a record is of an unknown kind"},
    };
    static const unsigned char zeros[64];
    for (size_t i = 0; i < EPODE_COUNT_OF(cases); i++) {
        Forger forger;
        forge_begin(&forger);
        for (size_t j = 0; j < 3 && (j == 0 || cases[i].chunks[j].kind + cases[i].chunks[j].size);
             j++) {
            forge(&forger, cases[i].chunks[j].kind, cases[i].chunks[j].tick, zeros,
                  cases[i].chunks[j].size);
        }
        if (cases[i].problem != NULL) {
            assert_problem(&forger, cases[i].problem);
        } else {
            assert_true(read_bytes(forger.bytes, forger.size).is_sealed);
        }
    }
}

static void a_size_beyond_the_limit_is_damage_and_not_a_torn_end(void** state)
{
    (void)state;
    Forger forger;
    for (int excess = -1; excess <= 1; excess++) {
        forge_begin(&forger);
        forge(&forger, EPODE_TAKE_HEADER, 0, "h", 1);
        size_t size = (size_t)((int64_t)EPODE_TAKE_RECORD_SIZE_MAX + excess);
        forge(&forger, EPODE_TAKE_SNAPSHOT, 0, NULL, size);
        if (excess > 0) {
            assert_problem(&forger, "a record is larger than the format allows");
        } else {
            Reading reading = read_bytes(forger.bytes, forger.size);
            assert_int_equal(reading.status, EPODE_ERR_END);
            assert_int_equal(reading.torn_size, EPODE_TAKE_HEAD_SIZE);
        }
    }
}

static void a_source_in_pieces_gives_the_same_records(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    const size_t pieces[] = {1, 7, 64, 1000, SIZE_MAX};
    for (size_t i = 0; i < EPODE_COUNT_OF(pieces); i++) {
        for (size_t cut = 0; cut <= size; cut += i == 0 ? 97 : 13) {
            Spring spring = {bytes, cut, 0, pieces[i], SIZE_MAX};
            EpodeTakeReader reader;
            assert_int_equal(
                epode_take_reader_open(&reader, spring_source(&spring), epode_heap_system()),
                EPODE_OK);
            Reading streamed = read_all(&reader);
            epode_take_reader_close(&reader);
            Reading whole = read_bytes(bytes, cut);
            assert_int_equal(streamed.status, whole.status);
            assert_true(streamed.hash == whole.hash);
            assert_int_equal(streamed.valid_size, whole.valid_size);
            assert_int_equal(streamed.torn_size, whole.torn_size);
        }
    }
}

static void a_take_larger_than_the_window_streams(void** state)
{
    (void)state;
    enum { CAPACITY = 1 << 20, PAYLOAD = 100000 };
    Sink sink = {.bytes = malloc(CAPACITY), .capacity = CAPACITY};
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = sink_writer(&sink);
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(epode_take_writer_create(&def, "h", 1, &writer), EPODE_OK);
    unsigned char* payload = malloc(PAYLOAD);
    for (int i = 0; i < 9; i++) {
        memset(payload, i, PAYLOAD);
        assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_TASKS, i, payload, PAYLOAD - 7),
                         EPODE_OK);
    }
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    epode_take_writer_destroy(writer);

    Spring spring = {sink.bytes, sink.size, 0, 3001, SIZE_MAX};
    EpodeTakeReader reader;
    assert_int_equal(epode_take_reader_open(&reader, spring_source(&spring), epode_heap_system()),
                     EPODE_OK);
    Reading streamed = read_all(&reader);
    epode_take_reader_close(&reader);
    assert_true(streamed.is_sealed);
    assert_true(streamed.hash == read_bytes(sink.bytes, sink.size).hash);
    free(payload);
    free(sink.bytes);
}

static void a_take_that_grows_can_be_followed(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    Spring spring = {bytes, 0, 0, SIZE_MAX, SIZE_MAX};
    EpodeTakeReader reader;
    assert_int_equal(epode_take_reader_open(&reader, spring_source(&spring), epode_heap_system()),
                     EPODE_OK);
    EpodeTakeRecord record;
    uint32_t count = 0;
    while (!epode_take_reader_is_sealed(&reader)) {
        EpodeStatus status = epode_take_reader_next(&reader, &record);
        count += status == EPODE_OK;
        assert_true(status == EPODE_OK || (status == EPODE_ERR_END && spring.size < size));
        spring.size += status == EPODE_ERR_END;
    }
    assert_int_equal(count, read_bytes(bytes, size).record_count);
    epode_take_reader_close(&reader);
}

static void a_failing_source_is_an_error_that_sticks(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    for (size_t failing = 0; failing < size; failing += 50) {
        Spring spring = {bytes, size, 0, 50, failing};
        EpodeTakeReader reader;
        EpodeStatus status =
            epode_take_reader_open(&reader, spring_source(&spring), epode_heap_system());
        assert_int_equal(status, failing == 0 ? EPODE_ERR_IO : EPODE_OK);
        assert_int_equal(read_all(&reader).status, EPODE_ERR_IO);
        spring.failing_at = SIZE_MAX;
        EpodeTakeRecord record;
        assert_int_equal(epode_take_reader_next(&reader, &record), EPODE_ERR_IO);
        epode_take_reader_close(&reader);
    }
}

static void an_exhausted_heap_is_an_error(void** state)
{
    (void)state;
    Forger forger;
    forge_begin(&forger);
    forge(&forger, EPODE_TAKE_HEADER, 0, "h", 1);
    forge(&forger, EPODE_TAKE_SNAPSHOT, 0, NULL, EPODE_TAKE_RECORD_SIZE_MAX);
    for (size_t call = 1; call <= 2; call++) {
        TestHeap heap = {.fail_at = call};
        Spring spring = {forger.bytes, forger.size, 0, SIZE_MAX, SIZE_MAX};
        EpodeTakeReader reader;
        assert_int_equal(epode_take_reader_open(&reader, spring_source(&spring), test_heap(&heap)),
                         call == 1 ? EPODE_ERR_NO_MEM : EPODE_OK);
        Reading reading = read_all(&reader);
        assert_int_equal(reading.status, EPODE_ERR_NO_MEM);
        assert_int_equal(reading.record_count, call - 1);
        epode_take_reader_close(&reader);
        test_heap_assert_empty(&heap);
    }
}

static void random_bytes_behind_a_valid_start_are_refused(void** state)
{
    (void)state;
    uint64_t seed = 20240501;
    unsigned char bytes[SAMPLE_SIZE];
    for (int round = 0; round < 2000; round++) {
        uint64_t round_seed = seed;
        size_t size = sample_write(bytes, 8);
        size_t from = EPODE_TAKE_MAGIC_SIZE + test_random(&seed) % (size - 40);
        for (size_t i = from; i < size; i++) {
            bytes[i] = (unsigned char)test_random(&seed);
        }
        Reading reading = read_bytes(bytes, size);
        if (reading.is_sealed || reading.valid_size > from) {
            print_error("seed %llu\n", (unsigned long long)round_seed);
        }
        assert_false(reading.is_sealed);
        assert_true(reading.valid_size <= from);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cut_is_noticed_and_the_rest_is_read),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(a_removed_chunk_is_noticed),
        cmocka_unit_test(swapped_and_repeated_chunks_are_noticed),
        cmocka_unit_test(nothing_may_follow_the_end),
        cmocka_unit_test(another_version_is_refused),
        cmocka_unit_test(what_is_no_take_is_refused_at_once),
        cmocka_unit_test(records_out_of_order_are_refused),
        cmocka_unit_test(a_size_beyond_the_limit_is_damage_and_not_a_torn_end),
        cmocka_unit_test(a_source_in_pieces_gives_the_same_records),
        cmocka_unit_test(a_take_larger_than_the_window_streams),
        cmocka_unit_test(a_take_that_grows_can_be_followed),
        cmocka_unit_test(a_failing_source_is_an_error_that_sticks),
        cmocka_unit_test(an_exhausted_heap_is_an_error),
        cmocka_unit_test(random_bytes_behind_a_valid_start_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
