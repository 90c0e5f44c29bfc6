// SPDX-License-Identifier: MIT
// The elementary functions must not only be near the truth but the same everywhere: a hash of the
// bits of 10 000 results of each, committed here, holds for every compiler, optimisation level,
// instruction set and machine. A change of a hash is a change of every take that used the function.
#include "test.h"

#include "base/bits.h"
#include "base/hash.h"
#include "base/math.h"

enum { RESULT_COUNT = 10000 };

// Either of one number or of two.
static const struct {
    const char* name;
    double (*of_one)(double);
    double (*of_two)(double, double);
    uint64_t hash;
} GOLDEN[] = {
    {"sin", epode_sin, NULL, UINT64_C(0x2f9830421ca11410)},
    {"cos", epode_cos, NULL, UINT64_C(0xf502e799675edeaf)},
    {"tan", epode_tan, NULL, UINT64_C(0x519b0b084988d647)},
    {"acos", epode_acos, NULL, UINT64_C(0xcb5b547a21a166cd)},
    {"atan2", NULL, epode_atan2, UINT64_C(0x6700b39e7d1bb4be)},
    {"exp", epode_exp, NULL, UINT64_C(0xc676fadc33e1b71c)},
    {"expm1", epode_expm1, NULL, UINT64_C(0x042c3824895d091f)},
    {"exp2", epode_exp2, NULL, UINT64_C(0x23a343603e84bcf9)},
    {"log", epode_log, NULL, UINT64_C(0x98a7eb8a7e107253)},
    {"log1p", epode_log1p, NULL, UINT64_C(0x1a9cafd8487d9322)},
    {"log2", epode_log2, NULL, UINT64_C(0x179d37816805cea1)},
    {"pow", NULL, epode_pow, UINT64_C(0x9b4c8f727ba4826c)},
    {"tanh", epode_tanh, NULL, UINT64_C(0x2243bda15eae889a)},
    {"sqrt", epode_sqrt, NULL, UINT64_C(0x550a92890bf9e5b7)},
    {"floor", epode_floor, NULL, UINT64_C(0xadfdff73f35d32fa)},
};

// Numbers of every size and kind: raw bits (infinities, not-a-numbers and subnormals among them),
// and numbers within 1, 8, 1024 and 2^30.
static double argument(uint64_t* seed, int n)
{
    static const double scales[] = {1.0, 8.0, 1024.0, 0x1p30};
    uint64_t bits = test_random(seed);
    if (n % 5 == 4) {
        return epode_double_from_bits(n % 100 == 4 ? bits | UINT64_C(0x7FF) << 52 : bits);
    }
    double unit = (double)(int64_t)(bits >> 10) * 0x1p-54;
    return (bits & 1 ? -unit : unit) * scales[n % 5];
}

static void bits_are_the_same_on_every_machine(void** state)
{
    (void)state;
    int wrong_count = 0;
    for (size_t i = 0; i < sizeof GOLDEN / sizeof GOLDEN[0]; i++) {
        static double results[RESULT_COUNT];
        uint64_t seed = 42;
        for (int n = 0; n < RESULT_COUNT; n++) {
            double x = argument(&seed, n);
            // Every kind of the one meets every kind of the other.
            double y = argument(&seed, n / 5);
            results[n] = GOLDEN[i].of_one != NULL ? GOLDEN[i].of_one(x) : GOLDEN[i].of_two(x, y);
        }
        uint64_t hash = epode_hash(results, sizeof results, 0);
        if (hash != GOLDEN[i].hash) {
            print_error("%s hashes to UINT64_C(%#018llx)\n", GOLDEN[i].name,
                        (unsigned long long)hash);
            wrong_count++;
        }
    }
    assert_int_equal(wrong_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_are_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
