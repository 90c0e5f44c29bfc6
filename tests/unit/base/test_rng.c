// SPDX-License-Identifier: MIT
// Draws: the published vectors of Philox 4x32-10, and that every argument counts.
#include "test.h"

#include "base/rng.h"

static void bits_match_the_published_vectors(void** state)
{
    (void)state;
    // The counter is (n, stream, tick), the key the seed, the draw the first two words.
    assert_int_equal(epode_rng_bits(0, 0, 0, 0), UINT64_C(0xE169C58D6627E8D5));
    assert_int_equal(epode_rng_bits(UINT64_MAX, UINT32_MAX, UINT64_MAX, UINT32_MAX),
                     UINT64_C(0x41C83B0E408F276D));
    assert_int_equal(epode_rng_bits(UINT64_C(0x299F31D0A4093822), 0x85A308D3,
                                    UINT64_C(0x0370734413198A2E), 0x243F6A88),
                     UINT64_C(0x94FDCCEBD16CFE09));
}

// About half of 64 bits change, whichever bit of whichever argument does.
static void every_bit_of_every_argument_counts(void** state)
{
    (void)state;
    const uint64_t seed = 1234567, tick = 89;
    const uint32_t stream = 17, n = 3;
    const uint64_t before = epode_rng_bits(seed, stream, tick, n);
    for (int bit = 0; bit < 64; bit++) {
        uint64_t one = UINT64_C(1) << bit;
        uint64_t draws[] = {epode_rng_bits(seed ^ one, stream, tick, n),
                            epode_rng_bits(seed, stream, tick ^ one, n),
                            epode_rng_bits(seed, stream ^ 1U << bit % 32, tick, n),
                            epode_rng_bits(seed, stream, tick, n ^ 1U << bit % 32)};
        for (int i = 0; i < 4; i++) {
            int changed = __builtin_popcountll(draws[i] ^ before);
            assert_in_range(changed, 12, 52);
        }
    }
}

static void units_fill_the_interval_evenly(void** state)
{
    (void)state;
    enum { DRAWS = 64000, CELLS = 64 };
    int counts[CELLS] = {0};
    for (uint32_t n = 0; n < DRAWS; n++) {
        double unit = epode_rng_unit(42, 7, n / 8, n % 8);
        assert_true(unit >= 0.0 && unit < 1.0);
        // 53 bits and no more.
        assert_true(unit * 0x1p53 == (double)(int64_t)(unit * 0x1p53));
        counts[(int)(unit * CELLS)]++;
    }
    double chi_square = 0;
    for (int i = 0; i < CELLS; i++) {
        double difference = counts[i] - DRAWS / CELLS;
        chi_square += difference * difference / (DRAWS / CELLS);
    }
    // 63 degrees of freedom: a fair source lies outside once in a million.
    assert_true(chi_square > 20 && chi_square < 130);
}

static void a_unit_is_the_upper_bits_of_the_same_draw(void** state)
{
    (void)state;
    assert_true(epode_rng_unit(1, 2, 3, 4) * 0x1p53 == (double)(epode_rng_bits(1, 2, 3, 4) >> 11));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_match_the_published_vectors),
        cmocka_unit_test(every_bit_of_every_argument_counts),
        cmocka_unit_test(units_fill_the_interval_evenly),
        cmocka_unit_test(a_unit_is_the_upper_bits_of_the_same_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
