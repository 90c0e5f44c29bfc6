// SPDX-License-Identifier: MIT
// Hashes: xxHash's own check values, chains, and streams fed in pieces of every size.
#include "test.h"

#include "base/hash.h"

// The bytes that xxHash checks itself with.
static void fill(unsigned char* bytes, size_t size)
{
    uint64_t generator = 2654435761U;
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (unsigned char)(generator >> 56);
        generator *= UINT64_C(11400714785074694797);
    }
}

static void hashes_match_the_published_values(void** state)
{
    (void)state;
    static unsigned char bytes[2367];
    fill(bytes, sizeof bytes);
    static const struct {
        size_t size;
        uint64_t hash;
    } known[] = {
        {0, UINT64_C(0x2D06800538D394C2)},    {1, UINT64_C(0xC44BDFF4074EECDB)},
        {6, UINT64_C(0x27B56A84CD2D7325)},    {12, UINT64_C(0xA713DAF0DFBB77E7)},
        {24, UINT64_C(0xA3FE70BF9D3510EB)},   {48, UINT64_C(0x397DA259ECBA1F11)},
        {80, UINT64_C(0xBCDEFBBB2C47C90A)},   {195, UINT64_C(0xCD94217EE362EC3A)},
        {403, UINT64_C(0xCDEB804D65C6DEA4)},  {512, UINT64_C(0x617E49599013CB6B)},
        {2048, UINT64_C(0xDD59E2C3A5F038E0)}, {2240, UINT64_C(0x6E73A90539CF2948)},
        {2367, UINT64_C(0xCB37AEB9E5D361ED)},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_int_equal(epode_hash(bytes, known[i].size, 0), known[i].hash);
    }
}

static void a_seed_changes_the_hash(void** state)
{
    (void)state;
    assert_int_equal(epode_hash("", 0, UINT64_C(0x9E3779B185EBCA8D)), UINT64_C(0xA8A6B918B2F0364A));
    assert_int_not_equal(epode_hash("abc", 3, 1), epode_hash("abc", 3, 2));
}

static void a_chain_hashes_both_links_in_order(void** state)
{
    (void)state;
    const unsigned char pair[16] = {1, 0, 0, 0, 0, 0, 0, 0, 2};
    assert_int_equal(epode_hash_chain(1, 2), epode_hash(pair, sizeof pair, 0));
    assert_int_not_equal(epode_hash_chain(1, 2), epode_hash_chain(2, 1));
}

static void pieces_hash_as_their_whole(void** state)
{
    (void)state;
    static unsigned char bytes[5000];
    fill(bytes, sizeof bytes);
    uint64_t seed = 4;
    for (int i = 0; i < 300; i++) {
        size_t size = (size_t)(test_random(&seed) % (sizeof bytes + 1));
        size_t longest = (size_t)1 << test_random(&seed) % 12;
        EpodeHashStream stream;
        epode_hash_stream_init(&stream);
        for (size_t at = 0; at < size;) {
            size_t piece = (size_t)(test_random(&seed) % (longest + 1));
            piece = piece > size - at ? size - at : piece;
            epode_hash_stream_push(&stream, bytes + at, piece);
            at += piece;
        }
        assert_int_equal(epode_hash_stream_value(&stream), epode_hash(bytes, size, 0));
    }
}

static void a_stream_goes_on_after_its_value_was_read(void** state)
{
    (void)state;
    EpodeHashStream stream;
    epode_hash_stream_init(&stream);
    assert_int_equal(epode_hash_stream_value(&stream), epode_hash("", 0, 0));
    epode_hash_stream_push(&stream, NULL, 0);
    epode_hash_stream_push(&stream, "ab", 2);
    assert_int_equal(epode_hash_stream_value(&stream), epode_hash("ab", 2, 0));
    EpodeHashStream copy = stream;
    epode_hash_stream_push(&stream, "cd", 2);
    assert_int_equal(epode_hash_stream_value(&stream), epode_hash("abcd", 4, 0));
    assert_int_equal(epode_hash_stream_value(&copy), epode_hash("ab", 2, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_match_the_published_values),
        cmocka_unit_test(a_seed_changes_the_hash),
        cmocka_unit_test(a_chain_hashes_both_links_in_order),
        cmocka_unit_test(pieces_hash_as_their_whole),
        cmocka_unit_test(a_stream_goes_on_after_its_value_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
