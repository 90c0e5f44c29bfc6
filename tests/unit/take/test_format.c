// SPDX-License-Identifier: MIT
// The bytes of version 1 do not change: a golden hash, and the example of docs/formats/take.md,
// which is read from the page itself so that page and code cannot drift apart.
#include "sample.h"

static void the_sample_has_the_bytes_it_always_had(void** state)
{
    (void)state;
    unsigned char bytes[SAMPLE_SIZE];
    size_t size = sample_write(bytes, 8);
    assert_int_equal(size, 1874);
    // Another value here means another format: it needs a new version number.
    assert_true(epode_hash(bytes, size, 0) == UINT64_C(0x848BB1873954B939));
}

static size_t write_example(unsigned char* bytes, size_t capacity)
{
    Sink sink = {.bytes = bytes, .capacity = capacity};
    unsigned char header[16];
    EpodeBytesOut out = epode_bytes_out(header, sizeof header);
    size_t mark = epode_bytes_begin_section(&out, 1);
    epode_bytes_put(&out, "Hi", 2);
    epode_bytes_end_section(&out, mark);
    EpodeTakeWriterDef def = epode_take_writer_def();
    def.out = sink_writer(&sink);
    EpodeTakeWriter* writer = NULL;
    assert_int_equal(epode_take_writer_create(&def, header, out.size, &writer), EPODE_OK);
    for (int64_t tick = 0; tick < 3; tick++) {
        if (tick == 2) {
            assert_int_equal(epode_take_writer_push(writer, EPODE_TAKE_INPUTS, tick, "go", 2),
                             EPODE_OK);
        }
        uint64_t digit = UINT64_C(0x2222222222222222) * (uint64_t)tick;
        EpodeTakeHashes hashes = {UINT64_C(0x1111111111111111) + digit,
                                  UINT64_C(0x2222222222222222) + digit};
        assert_int_equal(epode_take_writer_push_tick(writer, tick, hashes), EPODE_OK);
    }
    assert_int_equal(epode_take_writer_seal(writer), EPODE_OK);
    epode_take_writer_destroy(writer);
    return sink.size;
}

// Adds the bytes of a line "offset  hh hh hh  remark" and checks its offset; passes over others.
static size_t read_line(const char* line, unsigned char* bytes, size_t size, size_t capacity)
{
    char* rest = NULL;
    unsigned long offset = strtoul(line, &rest, 16);
    if (rest != line + 4 || strncmp(rest, "  ", 2) != 0) {
        return size;
    }
    assert_int_equal(offset, size);
    for (rest++; rest[0] == ' ' && rest[1] != ' '; rest += 3) {
        assert_true(size < capacity);
        bytes[size++] = (unsigned char)strtoul(rest + 1, NULL, 16);
    }
    return size;
}

static void the_page_shows_what_the_code_writes(void** state)
{
    (void)state;
    unsigned char written[512];
    unsigned char shown[512];
    size_t written_size = write_example(written, sizeof written);
    size_t shown_size = 0;
    FILE* page = fopen(EPODE_TAKE_PAGE, "r");
    assert_non_null(page);
    char line[256];
    while (fgets(line, sizeof line, page) != NULL) {
        shown_size = read_line(line, shown, shown_size, sizeof shown);
    }
    fclose(page);
    assert_int_equal(shown_size, written_size);
    assert_memory_equal(shown, written, written_size);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_has_the_bytes_it_always_had),
        cmocka_unit_test(the_page_shows_what_the_code_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
