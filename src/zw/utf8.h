// SPDX-License-Identifier: MIT
// One code point at a time: what the reader needs to refuse bytes that are no text, and what the
// diagnostics need to count columns. Knows nothing of ZW.
#ifndef EPODE_ZW_UTF8_H
#define EPODE_ZW_UTF8_H

#include <stddef.h>
#include <stdint.h>

/// Size of the code point that starts at `bytes`, and the code point; 0 when the bytes are not
/// UTF-8 (overlong forms, surrogates and values beyond U+10FFFF are not).
///
/// Range:   size >= 1.
/// Thread:  [any], real-time safe.
/// Source:  RFC 3629 section 4.
static inline size_t epode_utf8_read(const char* text, size_t size, uint32_t* code_point)
{
    const unsigned char* bytes = (const unsigned char*)text;
    uint32_t lead = bytes[0];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || length > size) {
        return 0;
    }
    uint32_t value = lead & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3FU);
    }
    int is_overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    int is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (is_overlong || is_surrogate || value > 0x10FFFF) {
        return 0;
    }
    *code_point = value;
    return length;
}

/// Count of code points in a run; every byte that belongs to none counts as one.
///
/// Thread:  [any], real-time safe.
static inline uint32_t epode_utf8_count(const char* text, size_t size)
{
    uint32_t count = 0;
    for (size_t i = 0; i < size; count++) {
        uint32_t code_point;
        size_t length = epode_utf8_read(text + i, size - i, &code_point);
        i += length == 0 ? 1 : length;
    }
    return count;
}

#endif
