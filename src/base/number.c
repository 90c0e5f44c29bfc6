// SPDX-License-Identifier: MIT
// Decimal text to double and back, exact in both directions. Short numbers take a path of one
// multiplication or division; everything else goes through a decimal of many digits that is halved
// and doubled until its binary digits can be read off. Knows nothing but integers and doubles.
#include "base/number.h"

#include <string.h>

#include "base/bits.h"
#include "base/check.h"

// A double has at most 767 significant decimal digits; what comes after is only "not zero".
enum { DIGITS_MAX = 800, SHIFT_MAX = 59 };

// 0.d[0]d[1]... x 10^point. `is_cut` says that non-zero digits were lost beyond the last.
typedef struct Decimal {
    int32_t count;
    int32_t point;
    int is_cut;
    uint8_t digit[DIGITS_MAX];
} Decimal;

static const double EXACT_POWER[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { EXACT_POWER_MAX = 22 };
static const uint64_t EXACT_INTEGER_MAX = UINT64_C(1) << 53;

static void trim(Decimal* d)
{
    while (d->count > 0 && d->digit[d->count - 1] == 0) {
        d->count--;
    }
    if (d->count == 0) {
        d->point = 0;
    }
}

// Multiplies by 2^shift, 0 < shift <= SHIFT_MAX: long multiplication from the last digit.
static void decimal_double(Decimal* d, int shift)
{
    uint8_t product[DIGITS_MAX + 20];
    int32_t at = (int32_t)sizeof product;
    uint64_t carry = 0;
    for (int32_t i = d->count - 1; i >= 0; i--) {
        carry += (uint64_t)d->digit[i] << shift;
        product[--at] = (uint8_t)(carry % 10);
        carry /= 10;
    }
    while (carry > 0) {
        product[--at] = (uint8_t)(carry % 10);
        carry /= 10;
    }
    int32_t count = (int32_t)sizeof product - at;
    d->point += count - d->count;
    int32_t kept = count < DIGITS_MAX ? count : DIGITS_MAX;
    for (int32_t i = kept; i < count; i++) {
        d->is_cut |= product[at + i] != 0;
    }
    memcpy(d->digit, product + at, (size_t)kept);
    d->count = kept;
    trim(d);
}

// Divides by 2^shift, 0 < shift <= SHIFT_MAX: long division from the first digit.
static void decimal_halve(Decimal* d, int shift)
{
    const uint64_t mask = (UINT64_C(1) << shift) - 1;
    uint64_t rest = 0;
    int32_t read = 0;
    while (rest >> shift == 0) {
        if (read >= d->count && rest == 0) {
            d->count = 0;
            d->point = 0;
            return;
        }
        rest = rest * 10 + (read < d->count ? d->digit[read] : 0);
        read++;
    }
    d->point -= read - 1;
    int32_t written = 0;
    while (read < d->count || rest > 0) {
        uint8_t digit = (uint8_t)(rest >> shift);
        rest = (rest & mask) * 10 + (read < d->count ? d->digit[read] : 0);
        read++;
        if (written < DIGITS_MAX) {
            d->digit[written++] = digit;
        } else {
            d->is_cut |= digit != 0;
        }
    }
    d->count = written;
    trim(d);
}

static void decimal_shift(Decimal* d, int shift)
{
    while (shift != 0) {
        int step = shift > SHIFT_MAX ? SHIFT_MAX : shift < -SHIFT_MAX ? -SHIFT_MAX : shift;
        if (step > 0) {
            decimal_double(d, step);
        } else {
            decimal_halve(d, -step);
        }
        shift -= step;
    }
}

static int rounds_up(const Decimal* d, int32_t count)
{
    if (count < 0 || count >= d->count) {
        return 0;
    }
    if (d->digit[count] != 5 || count + 1 < d->count || d->is_cut) {
        return d->digit[count] >= 5;
    }
    return count > 0 && d->digit[count - 1] % 2 == 1; // exactly half: to even
}

static uint64_t decimal_integer(const Decimal* d)
{
    uint64_t value = 0;
    for (int32_t i = 0; i < d->point; i++) {
        value = value * 10 + (i < d->count ? d->digit[i] : 0);
    }
    return value + (uint64_t)rounds_up(d, d->point);
}

// The nearest double of a positive decimal; infinity when it is too large.
static double decimal_nearest(Decimal* d)
{
    if (d->count == 0 || d->point < -330) {
        return 0.0;
    }
    if (d->point > 310) {
        return epode_double_from_bits(UINT64_C(0x7FF) << 52);
    }
    int exponent = 0;
    while (d->point > 0) { // down to [0.1, 1)
        int shift = d->point > 17 ? SHIFT_MAX : d->point * 3 + 1;
        decimal_shift(d, -shift);
        exponent += shift;
    }
    while (d->point < 0 || d->digit[0] < 5) { // up to [0.5, 1)
        int shift = d->point < -17 ? SHIFT_MAX : d->point < 0 ? -d->point * 3 : 1;
        decimal_shift(d, shift);
        exponent -= shift;
    }
    exponent--; // [1, 2)
    if (exponent < -1022) {
        decimal_shift(d, exponent + 1022);
        exponent = -1022;
    }
    decimal_shift(d, 53);
    uint64_t mantissa = decimal_integer(d);
    if (mantissa == EXACT_INTEGER_MAX) {
        mantissa >>= 1;
        exponent++;
    }
    if (exponent > 1023) {
        return epode_double_from_bits(UINT64_C(0x7FF) << 52);
    }
    if (mantissa >> 52 == 0) {
        return epode_double_from_bits(mantissa); // subnormal
    }
    return epode_double_from_bits((uint64_t)(exponent + 1023) << 52 |
                                  (mantissa & ~(UINT64_C(1) << 52)));
}

static void decimal_from_integer(Decimal* d, uint64_t value)
{
    uint8_t reversed[20];
    int32_t count = 0;
    for (; value > 0; value /= 10) {
        reversed[count++] = (uint8_t)(value % 10);
    }
    d->count = count;
    d->point = count;
    d->is_cut = 0;
    for (int32_t i = 0; i < count; i++) {
        d->digit[i] = reversed[count - 1 - i];
    }
    trim(d);
}

static double integer_times_power(uint64_t digits, int power)
{
    if (digits <= EXACT_INTEGER_MAX && power >= -EXACT_POWER_MAX && power <= EXACT_POWER_MAX) {
        return power < 0 ? (double)digits / EXACT_POWER[-power]
                         : (double)digits * EXACT_POWER[power];
    }
    Decimal d;
    decimal_from_integer(&d, digits);
    d.point += power;
    return decimal_nearest(&d);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// The parts of a number as they stand in the text.
typedef struct Scan {
    int is_negative;
    size_t digits_at;  // first digit or point
    size_t digits_end; // one behind the last digit or point
    int32_t exponent;  // as written behind the `e`, clamped
    size_t used;
} Scan;

static EpodeStatus scan_number(const char* bytes, size_t size, Scan* scan)
{
    size_t i = 0;
    scan->is_negative = size > 0 && bytes[0] == '-';
    if (size > 0 && (bytes[0] == '-' || bytes[0] == '+')) {
        i++;
    }
    scan->digits_at = i;
    size_t digit_count = 0;
    int has_point = 0;
    for (; i < size && (is_digit(bytes[i]) || (bytes[i] == '.' && !has_point)); i++) {
        has_point |= bytes[i] == '.';
        digit_count += bytes[i] != '.';
    }
    if (digit_count == 0) {
        return EPODE_ERR_TEXT;
    }
    scan->digits_end = i;
    scan->exponent = 0;
    scan->used = i;
    if (i < size && (bytes[i] == 'e' || bytes[i] == 'E')) {
        size_t at = i + 1;
        int is_negative = at < size && bytes[at] == '-';
        at += at < size && (bytes[at] == '-' || bytes[at] == '+');
        size_t first = at;
        for (; at < size && is_digit(bytes[at]); at++) {
            if (scan->exponent < 100000) {
                scan->exponent = scan->exponent * 10 + (bytes[at] - '0');
            }
        }
        if (at > first) {
            scan->exponent = is_negative ? -scan->exponent : scan->exponent;
            scan->used = at;
        } else {
            scan->exponent = 0;
        }
    }
    return EPODE_OK;
}

static double nearest_of_scan(const char* bytes, const Scan* scan)
{
    Decimal d = {0};
    uint64_t integer = 0;
    int32_t integer_digits = 0;
    int64_t point = 0; // digits before the point, or minus the zeros behind it
    int has_point = 0;
    for (size_t i = scan->digits_at; i < scan->digits_end; i++) {
        if (bytes[i] == '.') {
            has_point = 1;
            continue;
        }
        uint8_t digit = (uint8_t)(bytes[i] - '0');
        if (digit == 0 && d.count == 0) {
            point -= has_point;
            continue;
        }
        point += !has_point;
        if (d.count < DIGITS_MAX) {
            d.digit[d.count++] = digit;
        } else {
            d.is_cut |= digit != 0;
        }
        if (integer_digits < 19) {
            integer = integer * 10 + digit;
            integer_digits++;
        }
    }
    if (d.count == 0) {
        return 0.0;
    }
    point += scan->exponent;
    if (d.count <= 19) {
        int64_t power = point - d.count;
        if (power >= -400 && power <= 400) {
            return integer_times_power(integer, (int)power);
        }
    }
    d.point = point > 100000 ? 100000 : point < -100000 ? -100000 : (int32_t)point;
    trim(&d);
    return decimal_nearest(&d);
}

EpodeStatus epode_number_parse(const char* bytes, size_t size, double* out, size_t* used)
{
    Scan scan;
    EPODE_TRY(scan_number(bytes, size, &scan));
    double value = nearest_of_scan(bytes, &scan);
    *out = scan.is_negative ? -value : value;
    *used = scan.used;
    return value > 1.7976931348623157e308 ? EPODE_ERR_LIMIT : EPODE_OK;
}

// Digits and decimal exponent of a positive double: value = integer x 10^power, shortest.
typedef struct Shortest {
    uint64_t integer;
    int power;
} Shortest;

static int find_short(double value, Shortest* out)
{
    if (!(value >= 1e-5 && value < 1e15)) {
        return 0;
    }
    for (int k = 0; k <= 19; k++) {
        double scaled = value * EXACT_POWER[k];
        if (scaled >= 1e15) {
            return 0;
        }
        uint64_t integer = (uint64_t)(scaled + 0.5);
        if ((double)integer / EXACT_POWER[k] == value) {
            *out = (Shortest){integer, -k};
            return 1;
        }
    }
    return 0;
}

static void decimal_from_double(Decimal* d, double value)
{
    uint64_t bits = epode_double_bits(value);
    int exponent = (int)(bits >> 52 & 0x7FF);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    if (exponent == 0) {
        exponent = 1;
    } else {
        mantissa |= UINT64_C(1) << 52;
    }
    decimal_from_integer(d, mantissa);
    decimal_shift(d, exponent - 1075);
}

// Tries ever more digits of the exact expansion, cut and cut plus one, the nearer of them first.
static Shortest find_shortest(double value)
{
    Shortest best;
    if (find_short(value, &best)) {
        return best;
    }
    Decimal d;
    decimal_from_double(&d, value);
    uint64_t prefix = 0;
    for (int32_t count = 1; count <= 17; count++) {
        prefix = prefix * 10 + (count <= d.count ? d.digit[count - 1] : 0);
        int power = d.point - count;
        uint64_t up = (uint64_t)rounds_up(&d, count);
        uint64_t candidates[2] = {prefix + up, prefix + 1 - up};
        for (int i = 0; i < 2; i++) {
            if (integer_times_power(candidates[i], power) == value) {
                return (Shortest){candidates[i], power};
            }
        }
    }
    return (Shortest){prefix, d.point - 17};
}

static size_t put_digits(uint64_t value, char* out)
{
    char reversed[20];
    size_t count = 0;
    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    return count;
}

static size_t put_plain(const char* digits, int count, int point, char* out)
{
    size_t size = 0;
    if (point <= 0) {
        out[size++] = '0';
        out[size++] = '.';
        for (int i = point; i < 0; i++) {
            out[size++] = '0';
        }
    }
    for (int i = 0; i < count || i < point; i++) {
        if (i == point && point > 0) {
            out[size++] = '.';
        }
        out[size++] = i < count ? digits[i] : '0';
    }
    return size;
}

static size_t put_scientific(const char* digits, int count, int point, char* out)
{
    size_t size = 0;
    out[size++] = digits[0];
    if (count > 1) {
        out[size++] = '.';
        memcpy(out + size, digits + 1, (size_t)count - 1);
        size += (size_t)count - 1;
    }
    out[size++] = 'e';
    int exponent = point - 1;
    if (exponent < 0) {
        out[size++] = '-';
        exponent = -exponent;
    }
    return size + put_digits((uint64_t)exponent, out + size);
}

size_t epode_number_format(double value, char* out)
{
    size_t size = 0;
    uint64_t bits = epode_double_bits(value);
    if (value != value) {
        memcpy(out, "nan", 4);
        return 3;
    }
    if (bits >> 63 != 0) {
        out[size++] = '-';
        value = -value;
    }
    if (value > 1.7976931348623157e308) {
        memcpy(out + size, "inf", 4);
        return size + 3;
    }
    if (value == 0.0) {
        out[size++] = '0';
        out[size] = '\0';
        return size;
    }
    Shortest shortest = find_shortest(value);
    char digits[20];
    int count = (int)put_digits(shortest.integer, digits);
    int point = count + shortest.power;
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    int is_plain = point > -5 && point <= 17;
    size += is_plain ? put_plain(digits, count, point, out + size)
                     : put_scientific(digits, count, point, out + size);
    out[size] = '\0';
    return size;
}

EpodeStatus epode_int_parse(const char* bytes, size_t size, int64_t* out)
{
    size_t i = 0;
    int is_negative = size > 0 && bytes[0] == '-';
    i += size > 0 && (bytes[0] == '-' || bytes[0] == '+');
    if (i == size) {
        return EPODE_ERR_TEXT;
    }
    uint64_t limit = (uint64_t)INT64_MAX + (uint64_t)is_negative;
    uint64_t value = 0;
    EpodeStatus status = EPODE_OK;
    for (; i < size; i++) {
        if (!is_digit(bytes[i])) {
            return EPODE_ERR_TEXT;
        }
        uint64_t digit = (uint64_t)(bytes[i] - '0');
        if (value > (limit - digit) / 10) {
            status = EPODE_ERR_LIMIT;
            value = limit / 10; // keep scanning for a stray character, without overflow
            continue;
        }
        value = value * 10 + digit;
    }
    EPODE_TRY(status);
    *out = is_negative ? (int64_t)(~value + 1) : (int64_t)value;
    return EPODE_OK;
}

size_t epode_int_format(int64_t value, char* out)
{
    size_t size = 0;
    uint64_t magnitude = (uint64_t)value;
    if (value < 0) {
        out[size++] = '-';
        magnitude = ~magnitude + 1;
    }
    size += put_digits(magnitude, out + size);
    out[size] = '\0';
    return size;
}
