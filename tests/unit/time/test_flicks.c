// SPDX-License-Identifier: MIT
// Seconds, ticks and frames: exact at their boundaries, on both sides of them, and at the limits.
#include "test.h"
#include "test_assert.h"

#include "epode/time.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

static void a_second_divides_by_every_common_rate(void** state)
{
    (void)state;
    static const int64_t rates[] = {24,  25,   30,    50,    60,    120,   240,
                                    750, 1000, 44100, 48000, 88200, 96000, 192000};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        assert_true(epode_tick_rate_is_valid(rates[i]));
    }
    static const int64_t wrong[] = {0, -60, 11, 59, 705600001};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(epode_tick_rate_is_valid(wrong[i]));
    }
}

static void seconds_become_the_nearest_flick(void** state)
{
    (void)state;
    assert_int_equal(epode_flicks_from_seconds(0.0), 0);
    assert_int_equal(epode_flicks_from_seconds(1.0), SECOND);
    assert_int_equal(epode_flicks_from_seconds(-1.5), -SECOND * 3 / 2);
    assert_int_equal(epode_flicks_from_seconds(0.1), SECOND / 10);
    assert_int_equal(epode_flicks_from_seconds(1.0 / 48000), 14700);
    assert_int_equal(epode_flicks_from_seconds(0.49 / 705600000.0), 0);
    assert_int_equal(epode_flicks_from_seconds(0.51 / 705600000.0), 1);
    assert_int_equal(epode_flicks_from_seconds(-0.51 / 705600000.0), -1);
    // Where half a flick more is no longer a double, a whole count must not move to its neighbour.
    uint64_t seed = 1;
    for (int i = 0; i < 1000; i++) {
        double seconds = 6400000.0 + 6000000.0 * test_random_unit(&seed);
        EpodeFlicks flicks = epode_flicks_from_seconds(seconds);
        assert_true((double)flicks == seconds * 705600000.0);
    }
}

static void seconds_beyond_the_limit_saturate(void** state)
{
    (void)state;
    assert_int_equal(epode_flicks_from_seconds(36e6), EPODE_FLICKS_MAX);
    assert_int_equal(epode_flicks_from_seconds(1e300), EPODE_FLICKS_MAX);
    assert_int_equal(epode_flicks_from_seconds(-1e300), -EPODE_FLICKS_MAX);
    assert_int_equal(epode_flicks_from_seconds(0.0 / strtod("0", NULL)), 0);
    assert_true(epode_flicks_from_seconds(35999999.0) < EPODE_FLICKS_MAX);
}

static void seconds_survive_the_way_there_and_back(void** state)
{
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 20000; i++) {
        EpodeFlicks at = (EpodeFlicks)(test_random(&seed) % (uint64_t)(1000 * 3600 * SECOND));
        assert_int_equal(epode_flicks_from_seconds(epode_flicks_seconds(at)), at);
    }
}

static void a_tick_covers_the_half_open_interval_before_it(void** state)
{
    (void)state;
    static const int64_t rates[] = {20, 60, 240, 750, 48000};
    uint64_t seed = 3;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        int64_t rate = rates[i];
        assert_int_equal(epode_flicks_tick(0, rate), 0);
        assert_int_equal(epode_flicks_tick(-5, rate), 0);
        assert_int_equal(epode_flicks_tick(1, rate), 1);
        for (int n = 0; n < 1000; n++) {
            int64_t tick = (int64_t)(test_random(&seed) % 1000000000) + 1;
            EpodeFlicks at = epode_tick_flicks(tick, rate);
            assert_int_equal(at * rate, tick * SECOND);
            assert_int_equal(epode_flicks_tick(at, rate), tick);
            assert_int_equal(epode_flicks_tick(at + 1, rate), tick + 1);
            assert_int_equal(epode_flicks_tick(at - SECOND / rate, rate), tick - 1);
            assert_int_equal(epode_flicks_tick(at - SECOND / rate + 1, rate), tick);
        }
    }
}

static void a_show_of_seconds_has_one_tick_more_than_it_lasts(void** state)
{
    (void)state;
    assert_int_equal(epode_tick_count(0, 60), 1);
    assert_int_equal(epode_tick_count(SECOND, 60), 61);
    assert_int_equal(epode_tick_count(SECOND - 1, 60), 60);
    assert_int_equal(epode_tick_count(SECOND / 60, 60), 2);
    assert_int_equal(epode_tick_count(-1, 60), 0);
}

static void a_frame_is_the_first_at_or_after_its_instant(void** state)
{
    (void)state;
    static const int64_t rates[] = {1, 8000, 11025, 44100, 48000, 192000, 768000, 44099};
    uint64_t seed = 5;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        int64_t rate = rates[i];
        for (int n = 0; n < 2000; n++) {
            EpodeFlicks at = (EpodeFlicks)(test_random(&seed) % (uint64_t)EPODE_FLICKS_MAX);
            int64_t frame = epode_flicks_frame(at, rate);
            // (frame - 1) / rate < at <= frame / rate, by remainders that fit 64 bits.
            int64_t whole = at / SECOND;
            int64_t rest = at % SECOND * rate;
            int64_t after = frame - whole * rate;
            assert_true(rest <= after * SECOND && rest > (after - 1) * SECOND);
        }
    }
    assert_int_equal(epode_flicks_frame(0, 48000), 0);
    assert_int_equal(epode_flicks_frame(1, 48000), 1);
    assert_int_equal(epode_flicks_frame(14700, 48000), 1);
    assert_int_equal(epode_flicks_frame(14701, 48000), 2);
    assert_int_equal(epode_flicks_frame(-14699, 48000), 0);
}

static void a_render_has_the_nearest_count_of_frames(void** state)
{
    (void)state;
    assert_int_equal(epode_frame_count(10 * SECOND, 48000), 480000);
    assert_int_equal(epode_frame_count(7349, 48000), 0);
    assert_int_equal(epode_frame_count(7350, 48000), 1);
    assert_int_equal(epode_frame_count(22049, 48000), 1);
    assert_int_equal(epode_frame_count(22050, 48000), 2);
    assert_int_equal(epode_frame_count(-1, 48000), 0);
    assert_int_equal(epode_frame_count(EPODE_FLICKS_MAX, 768000), INT64_C(36000000) * 768000);
    assert_true(epode_frame_count(EPODE_FLICKS_NEVER, 1) > 0);
}

static void a_wrong_rate_is_a_mistake_of_the_caller(void** state)
{
    (void)state;
    expect_assert_failure(epode_tick_flicks(1, 59));
    expect_assert_failure(epode_flicks_tick(1, 0));
    expect_assert_failure(epode_tick_count(1, -1));
    expect_assert_failure(epode_frame_count(1, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_divides_by_every_common_rate),
        cmocka_unit_test(seconds_become_the_nearest_flick),
        cmocka_unit_test(seconds_beyond_the_limit_saturate),
        cmocka_unit_test(seconds_survive_the_way_there_and_back),
        cmocka_unit_test(a_tick_covers_the_half_open_interval_before_it),
        cmocka_unit_test(a_show_of_seconds_has_one_tick_more_than_it_lasts),
        cmocka_unit_test(a_frame_is_the_first_at_or_after_its_instant),
        cmocka_unit_test(a_render_has_the_nearest_count_of_frames),
        cmocka_unit_test_setup_teardown(a_wrong_rate_is_a_mistake_of_the_caller, test_assert_setup,
                                        test_assert_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
