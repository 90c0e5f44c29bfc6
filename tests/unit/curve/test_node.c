// SPDX-License-Identifier: MIT
// Nodes, checked against every single flick: between two of them nothing turns, they are where the
// header says, and walking back meets the same ones.
#include "test.h"

#include "random_curve.h"

static const EpodeFlicks SECOND = EPODE_FLICKS_PER_SECOND;

// Whether the component never turns from one node to the next.
static int is_monotone(const EpodeCurve* curve, uint32_t component, EpodeFlicks from,
                       EpodeFlicks to)
{
    double before = epode_curve_component(curve, component, from);
    int has_risen = 0;
    int has_fallen = 0;
    for (EpodeFlicks at = from + 1; at <= to; at++) {
        double value = epode_curve_component(curve, component, at);
        has_risen |= value > before;
        has_fallen |= value < before;
        before = value;
    }
    return !(has_risen && has_fallen);
}

static void between_nodes_nothing_turns(void** state)
{
    (void)state;
    uint64_t seed = 50;
    for (int round = 0; round < 3000; round++) {
        uint64_t round_seed = seed;
        RandomCurve random;
        uint32_t width = 1 + random_below(&seed, 2);
        random_curve(&seed, &random, EPODE_INTERP_COUNT, width, 0, 100);
        EpodeCurve* curve = create_curve(&random.def);
        uint32_t component = random_below(&seed, width);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        EpodeFlicks last = epode_curve_end(curve) + 2 * span;
        EpodeFlicks node = epode_curve_start(curve) - 2 * span;
        while (node < last) {
            EpodeFlicks next = epode_curve_next_node(curve, component, node);
            assert_true(next > node);
            next = next < last ? next : last;
            if (!is_monotone(curve, component, node, next)) {
                fail_msg("seed %llu: component %u turns between %lld and %lld",
                         (unsigned long long)round_seed, component, (long long)node,
                         (long long)next);
            }
            node = next;
        }
        epode_curve_destroy(curve);
    }
}

static void walking_back_meets_the_same_nodes(void** state)
{
    (void)state;
    uint64_t seed = 51;
    for (int round = 0; round < 2000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, 100);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks span = epode_curve_end(curve) - epode_curve_start(curve) + 10;
        EpodeFlicks node = epode_curve_next_node(curve, 0, epode_curve_start(curve) - 3 * span);
        for (int i = 0; i < 100; i++) {
            EpodeFlicks next = epode_curve_next_node(curve, 0, node);
            if (next == EPODE_FLICKS_NEVER) {
                assert_int_equal(epode_curve_previous_node(curve, 0, EPODE_FLICKS_NEVER), node);
                break;
            }
            // From anywhere up to the next node, the one before is this one.
            EpodeFlicks gap = next - node - 1;
            EpodeFlicks between = next - (EpodeFlicks)(test_random_unit(&seed) * (double)gap);
            assert_int_equal(epode_curve_previous_node(curve, 0, next), node);
            assert_int_equal(epode_curve_previous_node(curve, 0, between), node);
            if (between > node + 1) {
                assert_int_equal(epode_curve_next_node(curve, 0, between - 1), next);
            }
            node = next;
        }
        epode_curve_destroy(curve);
    }
}

static int is_node(const EpodeCurve* curve, EpodeFlicks at)
{
    return epode_curve_next_node(curve, 0, at - 1) == at;
}

static void keys_and_the_flicks_before_them_are_nodes(void** state)
{
    (void)state;
    uint64_t seed = 52;
    for (int round = 0; round < 1000; round++) {
        RandomCurve random;
        random_curve(&seed, &random, EPODE_INTERP_COUNT, 1, 0, round % 2 == 0 ? 100 : SECOND);
        EpodeCurve* curve = create_curve(&random.def);
        EpodeFlicks start = epode_curve_start(curve);
        EpodeFlicks lap = epode_curve_end(curve) - start;
        for (uint32_t i = 0; i < random.def.key_count; i++) {
            EpodeFlicks at = random.keys[i].at;
            assert_true(is_node(curve, at));
            int is_flat_before = i == 0 && random.def.before != EPODE_EXTRAPOLATION_PINGPONG;
            if (i > 0 || is_flat_before) {
                assert_true(is_node(curve, at - 1));
            }
            if (lap > 0 && random.def.after == EPODE_EXTRAPOLATION_LOOP) {
                assert_true(is_node(curve, at + 7 * lap));
                assert_true(is_node(curve, at + 7 * lap - 1));
            }
            if (lap > 0 && random.def.after == EPODE_EXTRAPOLATION_PINGPONG) {
                EpodeFlicks mirrored = start + 2 * lap - (at - start);
                assert_true(is_node(curve, at + 6 * lap));
                assert_true(is_node(curve, mirrored + 6 * lap));
            }
        }
        epode_curve_destroy(curve);
    }
}

static void an_extremum_lies_between_two_neighbouring_nodes(void** state)
{
    (void)state;
    // 4 u (1 - u) over 999 flicks: the top is at 499.5.
    EpodeCurveKey keys[2] = {epode_curve_key(1, 0.0, EPODE_INTERP_HERMITE),
                             epode_curve_key(1000, 0.0, EPODE_INTERP_STEP)};
    double slope = 4.0 * (double)SECOND / 999.0;
    keys[0].tangent_out[0] = slope;
    keys[1].tangent_in[0] = -slope;
    EpodeCurveDef def = epode_curve_def();
    def.keys = keys;
    def.key_count = 2;
    EpodeCurve* curve = create_curve(&def);
    static const EpodeFlicks nodes[] = {0, 1, 500, 501, 999, 1000, EPODE_FLICKS_NEVER};
    EpodeFlicks at = -50;
    for (size_t i = 0; i < sizeof nodes / sizeof nodes[0]; i++) {
        at = epode_curve_next_node(curve, 0, at);
        assert_int_equal(at, nodes[i]);
    }
    epode_curve_destroy(curve);
}

static void nodes_end_with_time(void** state)
{
    (void)state;
    EpodeCurveKey keys[2] = {epode_curve_key(0, 0.0, EPODE_INTERP_LINEAR),
                             epode_curve_key(100, 1.0, EPODE_INTERP_LINEAR)};
    static const EpodeFlicks after_100[EPODE_EXTRAPOLATION_COUNT] = {EPODE_FLICKS_NEVER, 199, 101,
                                                                     101, EPODE_FLICKS_MAX};
    for (int i = 0; i < EPODE_EXTRAPOLATION_COUNT; i++) {
        EpodeCurveDef def = epode_curve_def();
        def.keys = keys;
        def.key_count = 2;
        def.before = def.after = (EpodeExtrapolation)i;
        EpodeCurve* curve = create_curve(&def);
        assert_int_equal(epode_curve_next_node(curve, 0, 100), after_100[i]);
        assert_int_equal(epode_curve_next_node(curve, 0, EPODE_FLICKS_MAX), EPODE_FLICKS_NEVER);
        assert_int_equal(epode_curve_next_node(curve, 0, EPODE_FLICKS_NEVER), EPODE_FLICKS_NEVER);
        assert_int_equal(epode_curve_previous_node(curve, 0, -EPODE_FLICKS_MAX),
                         -EPODE_FLICKS_NEVER);
        assert_int_equal(epode_curve_previous_node(curve, 0, INT64_MIN), -EPODE_FLICKS_NEVER);
        epode_curve_destroy(curve);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(between_nodes_nothing_turns),
        cmocka_unit_test(walking_back_meets_the_same_nodes),
        cmocka_unit_test(keys_and_the_flicks_before_them_are_nodes),
        cmocka_unit_test(an_extremum_lies_between_two_neighbouring_nodes),
        cmocka_unit_test(nodes_end_with_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
