// SPDX-License-Identifier: MIT
// The elementary functions against MPFR: the greatest error over each function's domain and its
// hard places stays below a bound, and special cases are exact. The bounds are what was seen with a
// little room, tighter than what base/math.h promises, so a worse polynomial is noticed.
#include "test.h"

#include <math.h>
#include <mpfr.h>

#include "base/bits.h"
#include "base/math.h"

enum { PRECISION = 200, POINTS = 4000 };

typedef double Generator(uint64_t* seed);

typedef struct Function {
    const char* name;
    double (*ours)(double);
    int (*exact)(mpfr_t, const mpfr_t, mpfr_rnd_t);
    double bound;
    Generator* generators[6];
} Function;

typedef struct Function2 {
    const char* name;
    double (*ours)(double, double);
    int (*exact)(mpfr_t, const mpfr_t, const mpfr_t, mpfr_rnd_t);
    double bound;
} Function2;

static double within(uint64_t* seed, double limit)
{
    return (2.0 * test_random_unit(seed) - 1.0) * limit;
}

// A power of two, 2^-count < power <= 1.
static double small_power(uint64_t* seed, int count)
{
    return ldexp(1.0, -(int)(test_random(seed) % (uint64_t)count));
}

static double any(uint64_t* seed)
{
    double value = epode_double_from_bits(test_random(seed));
    return isfinite(value) ? value : 1.0;
}

static double positive(uint64_t* seed)
{
    return fabs(any(seed));
}

static double positive_subnormal(uint64_t* seed)
{
    return epode_double_from_bits(test_random(seed) >> 12 >> test_random(seed) % 52);
}

static double below_four(uint64_t* seed)
{
    return 4.0 * test_random_unit(seed);
}

static double within_one(uint64_t* seed)
{
    return within(seed, 1.0);
}

static double within_ten(uint64_t* seed)
{
    return within(seed, 10.0);
}

static double within_million(uint64_t* seed)
{
    return within(seed, 1e6);
}

static double within_billion(uint64_t* seed)
{
    return within(seed, 0x1p30);
}

static double within_exp(uint64_t* seed)
{
    return within(seed, 750.0);
}

static double within_exp2(uint64_t* seed)
{
    return within(seed, 1080.0);
}

static double around_zero(uint64_t* seed)
{
    return within(seed, 0.5) * small_power(seed, 80);
}

static double around_one(uint64_t* seed)
{
    return 1.0 + within(seed, 0.5) * small_power(seed, 52);
}

static double below_one(uint64_t* seed)
{
    return 1.0 - test_random_unit(seed) * small_power(seed, 52);
}

static double around_minus_one(uint64_t* seed)
{
    return -below_one(seed);
}

// The doubles around multiples of pi/2, where almost all of an argument cancels.
static double around_quarter_turns(uint64_t* seed)
{
    double turns = (double)(test_random(seed) >> (11 + test_random(seed) % 52));
    uint64_t bits = epode_double_bits(turns * 1.5707963267948966);
    return epode_double_from_bits(bits + test_random(seed) % 5 - (turns > 0.0 ? 2 : 0));
}

static const Function FUNCTIONS[] = {
    {"sin",
     epode_sin,
     mpfr_sin,
     0.87,
     {any, within_ten, within_million, within_billion, around_zero, around_quarter_turns}},
    {"cos",
     epode_cos,
     mpfr_cos,
     0.87,
     {any, within_ten, within_million, within_billion, around_zero, around_quarter_turns}},
    {"tan",
     epode_tan,
     mpfr_tan,
     1.1,
     {any, within_ten, within_million, within_billion, around_zero, around_quarter_turns}},
    {"acos", epode_acos, mpfr_acos, 0.52, {within_one, below_one, around_minus_one, around_zero}},
    {"exp", epode_exp, mpfr_exp, 0.76, {any, within_exp, within_one, around_zero}},
    {"expm1",
     epode_expm1,
     mpfr_expm1,
     0.63,
     {any, within_exp, within_ten, within_one, around_zero}},
    {"exp2", epode_exp2, mpfr_exp2, 0.76, {any, within_exp2, within_one, around_zero}},
    {"log",
     epode_log,
     mpfr_log,
     0.51,
     {positive, positive_subnormal, below_four, around_one, below_one}},
    {"log1p",
     epode_log1p,
     mpfr_log1p,
     0.51,
     {positive, within_one, around_zero, around_minus_one, below_four}},
    {"log2",
     epode_log2,
     mpfr_log2,
     0.51,
     {positive, positive_subnormal, below_four, around_one, below_one}},
    {"tanh", epode_tanh, mpfr_tanh, 0.62, {any, within_ten, within_one, around_zero}},
};

static const Function2 FUNCTIONS2[] = {
    {"pow", epode_pow, mpfr_pow, 0.76},
    {"atan2", epode_atan2, mpfr_atan2, 0.52},
};

// Arguments at which something happens: zeros, ends of ranges, thresholds, worst known cases.
static const double HARD[] = {
    0.0,
    1.0,
    2.0,
    3.0,
    0.5,
    4.0,
    10.0,
    HUGE_VAL,
    (double)NAN,
    0x1p-1074,
    0x1p-1023,
    0x0.fffffffffffffp-1022,
    0x1p-1022,
    0x1.fffffffffffffp+1023,
    0x1p+1023,
    0x1.fffffffffffffp-1,
    0x1.0000000000001p+0,
    0x1p-54,
    0x1p-53,
    0x1p-27,
    0x1p-28,
    0x1p52,
    0x1p53,
    0x1.fffffffffffffp+52,
    0x1.0000000000001p+53,
    0x1p64,
    0x1p-64,
    0x1p20,
    0x1.fffffffffffffp+19,
    0.125,
    1.0 / 384.0,
    20.0,
    19.0,
    40.0,
    38.0,
    700.0,
    709.782712893384,
    709.7827128933841,
    708.3964185322641,
    710.0,
    745.1332191019411,
    745.1332191019412,
    746.0,
    1022.0,
    1023.0,
    1023.9999999999999,
    1024.0,
    1074.0,
    1075.0,
    1074.9999999999998,
    1.5707963267948966,
    3.141592653589793,
    0.7853981633974483,
    6.283185307179586,
    // Closest to a multiple of pi/2 among all doubles, and of their exponent.
    0x1.6ac5b262ca1ffp+849,
    0x1.6c6cbc45dc8dep+5,
    0x1.6c6cbc45dc8dep+10,
    0x1.39c6fd67805a7p+18,
    0x1.39c6fd67805a7p+19,
    0x1.9eb7148f354d6p+20,
    0x1.b951f1572eba5p+23,
    1e22,
    0.1,
    1.1,
    0.3333333333333333,
    0.49999999999999994,
    0x1.0000000000001p+52,
    2.5,
};
enum { HARD_COUNT = sizeof HARD / sizeof HARD[0] };

static double hard(int index)
{
    return index < HARD_COUNT ? HARD[index] : -HARD[index - HARD_COUNT];
}

// Distance of `got` from `exact` in units of the last place of `exact`; infinite for a wrong kind
// or sign. An infinity stands for the power of two after the largest double.
static double error_ulp(double got, const mpfr_t exact)
{
    if (mpfr_nan_p(exact) || isnan(got)) {
        int is_ours = epode_double_bits(got) == epode_double_bits(epode_not_a_number());
        return mpfr_nan_p(exact) && is_ours ? 0.0 : HUGE_VAL;
    }
    if (mpfr_zero_p(exact) || mpfr_inf_p(exact)) {
        double expected = mpfr_get_d(exact, MPFR_RNDN);
        return epode_double_bits(expected) == epode_double_bits(got) ? 0.0 : HUGE_VAL;
    }
    int has_sign = (mpfr_signbit(exact) != 0) == (signbit(got) != 0);
    if (!has_sign || (isinf(got) && mpfr_get_exp(exact) > 1024)) {
        return has_sign ? 0.0 : HUGE_VAL;
    }
    mpfr_exp_t exponent = mpfr_get_exp(exact);
    if (exponent < -1021) {
        exponent = -1021;
    }
    mpfr_t difference;
    mpfr_init2(difference, PRECISION);
    if (isinf(got)) {
        mpfr_set_si_2exp(difference, got > 0 ? 1 : -1, 1024, MPFR_RNDN);
    } else {
        mpfr_set_d(difference, got, MPFR_RNDN);
    }
    mpfr_sub(difference, difference, exact, MPFR_RNDN);
    mpfr_mul_2si(difference, difference, 53 - exponent, MPFR_RNDN);
    double error = fabs(mpfr_get_d(difference, MPFR_RNDN));
    mpfr_clear(difference);
    return error;
}

typedef struct Worst {
    double error, x, y;
} Worst;

static void note(Worst* worst, double error, double x, double y)
{
    if (error > worst->error) {
        *worst = (Worst){error, x, y};
    }
}

static void check(Worst* worst, const Function* function, double x)
{
    mpfr_t exact, argument;
    mpfr_inits2(PRECISION, exact, argument, (mpfr_ptr)NULL);
    mpfr_set_d(argument, x, MPFR_RNDN);
    function->exact(exact, argument, MPFR_RNDN);
    note(worst, error_ulp(function->ours(x), exact), x, 0.0);
    mpfr_clears(exact, argument, (mpfr_ptr)NULL);
}

static void check2(Worst* worst, const Function2* function, double x, double y)
{
    mpfr_t exact, first, second;
    mpfr_inits2(PRECISION, exact, first, second, (mpfr_ptr)NULL);
    mpfr_set_d(first, x, MPFR_RNDN);
    mpfr_set_d(second, y, MPFR_RNDN);
    function->exact(exact, first, second, MPFR_RNDN);
    note(worst, error_ulp(function->ours(x, y), exact), x, y);
    mpfr_clears(exact, first, second, (mpfr_ptr)NULL);
}

static void assert_below(const char* name, Worst worst, double bound)
{
    print_message("%-6s %.4f ulp at (%a, %a)\n", name, worst.error, worst.x, worst.y);
    if (!(worst.error <= bound)) {
        fail_msg("%s errs by %.4f ulp at (%a, %a); %.2f is allowed", name, worst.error, worst.x,
                 worst.y, bound);
    }
}

static void functions_of_one_number_stay_within_their_bounds(void** state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++) {
        const Function* function = &FUNCTIONS[i];
        Worst worst = {0};
        uint64_t seed = 1000 + i;
        for (int k = 0; k < 6 && function->generators[k] != NULL; k++) {
            for (int n = 0; n < POINTS; n++) {
                check(&worst, function, function->generators[k](&seed));
            }
        }
        assert_below(function->name, worst, function->bound);
    }
}

static void hard_arguments_stay_within_the_bounds(void** state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++) {
        Worst worst = {0};
        for (int n = 0; n < 2 * HARD_COUNT; n++) {
            check(&worst, &FUNCTIONS[i], hard(n));
        }
        assert_below(FUNCTIONS[i].name, worst, FUNCTIONS[i].bound);
    }
    for (size_t i = 0; i < sizeof FUNCTIONS2 / sizeof FUNCTIONS2[0]; i++) {
        Worst worst = {0};
        for (int n = 0; n < 4 * HARD_COUNT * HARD_COUNT; n++) {
            check2(&worst, &FUNCTIONS2[i], hard(n % (2 * HARD_COUNT)), hard(n / (2 * HARD_COUNT)));
        }
        assert_below(FUNCTIONS2[i].name, worst, FUNCTIONS2[i].bound);
    }
}

static void powers_stay_within_their_bound(void** state)
{
    (void)state;
    const Function2* function = &FUNCTIONS2[0];
    Worst worst = {0};
    uint64_t seed = 77;
    for (int n = 0; n < POINTS; n++) {
        check2(&worst, function, positive(&seed), any(&seed));
        check2(&worst, function, below_four(&seed), within_ten(&seed));
        // Results over the whole range of doubles, both ends included.
        double x = n % 2 == 0 ? positive(&seed) : around_one(&seed);
        check2(&worst, function, x, within(&seed, 760.0) / fabs(log(x)));
        x = n % 2 == 0 ? positive(&seed) : around_one(&seed);
        check2(&worst, function, x, (n % 4 < 2 ? 709.7 : -745.0) / log(x));
        check2(&worst, function, positive_subnormal(&seed), within_one(&seed));
        check2(&worst, function, -positive(&seed), (double)(test_random(&seed) % 9) - 4.0);
    }
    assert_below(function->name, worst, function->bound);
}

static void whole_powers_are_exact(void** state)
{
    (void)state;
    for (int base = 2; base <= 40; base++) {
        double product = 1.0;
        for (int n = 0; product < 0x1p53; n++) {
            assert_true(epode_pow(base, n) == product);
            assert_true(epode_pow(-base, n) == (n % 2 == 0 ? product : -product));
            product *= base;
        }
        assert_true(epode_pow((double)base * base, 0.5) == base);
    }
    for (int n = -1074; n < 1024; n++) {
        assert_true(epode_pow(2.0, n) == ldexp(1.0, n));
        assert_true(epode_exp2(n) == ldexp(1.0, n));
        assert_true(epode_log2(ldexp(1.0, n)) == n);
    }
}

static void angles_of_points_stay_within_their_bound(void** state)
{
    (void)state;
    const Function2* function = &FUNCTIONS2[1];
    Worst worst = {0};
    uint64_t seed = 78;
    for (int n = 0; n < POINTS; n++) {
        check2(&worst, function, any(&seed), any(&seed));
        check2(&worst, function, within_one(&seed), within_one(&seed));
        double y = any(&seed);
        check2(&worst, function, y, y * within_one(&seed) * small_power(&seed, 70));
        check2(&worst, function, y * within_one(&seed) * small_power(&seed, 70), y);
        check2(&worst, function, positive_subnormal(&seed), -positive_subnormal(&seed));
    }
    assert_below(function->name, worst, function->bound);
}

static void exact_operations_are_those_of_c(void** state)
{
    (void)state;
    uint64_t seed = 5;
    for (int n = 0; n < 20000; n++) {
        double x = n % 3 == 0 ? any(&seed) : n % 3 == 1 ? within_ten(&seed) : within_billion(&seed);
        x = n < 2 * HARD_COUNT ? hard(n) : x;
        if (x != x) {
            assert_true(isnan(epode_floor(x)) && isnan(epode_ceil(x)));
            continue;
        }
        assert_int_equal(epode_double_bits(epode_floor(x)), epode_double_bits(floor(x)));
        assert_int_equal(epode_double_bits(epode_ceil(x)), epode_double_bits(ceil(x)));
        assert_int_equal(epode_double_bits(epode_round(x)), epode_double_bits(round(x)));
        assert_int_equal(epode_double_bits(epode_fabs(x)), epode_double_bits(fabs(x)));
        double root = x >= 0.0 ? sqrt(x) : epode_not_a_number();
        assert_int_equal(epode_double_bits(epode_sqrt(x)), epode_double_bits(root));
    }
}

static void quotients_round_down_and_up_and_saturate(void** state)
{
    (void)state;
    assert_int_equal(epode_muldiv_floor(7, 3, 2), 10);
    assert_int_equal(epode_muldiv_ceil(7, 3, 2), 11);
    assert_int_equal(epode_muldiv_floor(-7, 3, 2), -11);
    assert_int_equal(epode_muldiv_ceil(-7, 3, 2), -10);
    assert_int_equal(epode_muldiv_floor(8, 3, 2), 12);
    assert_int_equal(epode_muldiv_ceil(-8, 3, 2), -12);
    assert_int_equal(epode_muldiv_floor(INT64_MAX, INT64_MAX, INT64_MAX), INT64_MAX);
    assert_int_equal(epode_muldiv_floor(INT64_MIN, INT64_MAX, INT64_MAX), INT64_MIN);
    assert_int_equal(epode_muldiv_floor(INT64_MAX, 2, 1), INT64_MAX);
    assert_int_equal(epode_muldiv_ceil(INT64_MIN, 2, 1), INT64_MIN);
    uint64_t seed = 6;
    for (int n = 0; n < 10000; n++) {
        int64_t a = (int64_t)test_random(&seed) >> 34;
        int64_t b = (int64_t)test_random(&seed) >> 34;
        int64_t c = ((int64_t)(test_random(&seed) >> 40)) + 1;
        int64_t down = epode_muldiv_floor(a, b, c);
        assert_true(down * c <= a * b && a * b < (down + 1) * c);
        assert_int_equal(epode_muldiv_ceil(a, b, c), down + (a * b != down * c));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_of_one_number_stay_within_their_bounds),
        cmocka_unit_test(hard_arguments_stay_within_the_bounds),
        cmocka_unit_test(powers_stay_within_their_bound),
        cmocka_unit_test(whole_powers_are_exact),
        cmocka_unit_test(angles_of_points_stay_within_their_bound),
        cmocka_unit_test(exact_operations_are_those_of_c),
        cmocka_unit_test(quotients_round_down_and_up_and_saturate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
