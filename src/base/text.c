// SPDX-License-Identifier: MIT
// Growing texts and the distance between names. Knows heaps and numbers.
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/number.h"

void epode_text_buffer_init(EpodeTextBuffer* buffer, EpodeHeap heap)
{
    *buffer = (EpodeTextBuffer){.heap = heap};
}

void epode_text_buffer_finish(EpodeTextBuffer* buffer)
{
    epode_heap_free(buffer->heap, buffer->bytes, buffer->capacity);
    epode_text_buffer_init(buffer, buffer->heap);
}

void epode_text_buffer_clear(EpodeTextBuffer* buffer)
{
    buffer->size = 0;
    buffer->status = EPODE_OK;
    if (buffer->bytes != NULL) {
        buffer->bytes[0] = '\0';
    }
}

// Makes room for `size` more bytes and the NUL; 0 when that failed now or before.
static int reserve(EpodeTextBuffer* buffer, size_t size)
{
    if (buffer->status != EPODE_OK) {
        return 0;
    }
    if (size >= SIZE_MAX / 4 || buffer->size >= SIZE_MAX / 4) {
        buffer->status = EPODE_ERR_LIMIT;
        return 0;
    }
    size_t needed = buffer->size + size + 1;
    if (needed <= buffer->capacity) {
        return 1;
    }
    size_t capacity = buffer->capacity == 0 ? 64 : buffer->capacity;
    while (capacity < needed) {
        capacity *= 2;
    }
    char* bytes = buffer->heap.resize(buffer->heap.user, buffer->bytes, buffer->capacity, capacity);
    if (bytes == NULL) {
        buffer->status = EPODE_ERR_NO_MEM;
        return 0;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return 1;
}

void epode_text_put(EpodeTextBuffer* buffer, EpodeText text)
{
    if (text.size == 0 || !reserve(buffer, text.size)) {
        return;
    }
    memcpy(buffer->bytes + buffer->size, text.bytes, text.size);
    buffer->size += text.size;
    buffer->bytes[buffer->size] = '\0';
}

void epode_text_puts(EpodeTextBuffer* buffer, const char* string)
{
    epode_text_put(buffer, epode_text(string));
}

void epode_text_putc(EpodeTextBuffer* buffer, char character)
{
    epode_text_put(buffer, (EpodeText){&character, 1});
}

void epode_text_put_number(EpodeTextBuffer* buffer, double value)
{
    char digits[EPODE_NUMBER_TEXT_SIZE];
    epode_text_put(buffer, (EpodeText){digits, epode_number_format(value, digits)});
}

void epode_text_put_int(EpodeTextBuffer* buffer, int64_t value)
{
    char digits[EPODE_NUMBER_TEXT_SIZE];
    epode_text_put(buffer, (EpodeText){digits, epode_int_format(value, digits)});
}

void epode_text_putf(EpodeTextBuffer* buffer, const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    if (size >= 0 && reserve(buffer, (size_t)size)) {
        vsnprintf(buffer->bytes + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
    va_end(arguments);
}

// Length of the valid UTF-8 sequence at `bytes`, 0 when there is none.
static size_t utf8_length(const unsigned char* bytes, size_t size)
{
    unsigned char lead = bytes[0];
    if (lead < 0x80) {
        return 1;
    }
    size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                    : lead >= 0xE0 && lead <= 0xEF ? 3
                    : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                   : 0;
    if (length == 0 || length > size) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    int is_overlong = (lead == 0xE0 && bytes[1] < 0xA0) || (lead == 0xF0 && bytes[1] < 0x90);
    int is_surrogate = lead == 0xED && bytes[1] > 0x9F;
    int is_beyond = lead == 0xF4 && bytes[1] > 0x8F;
    return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

void epode_text_put_json(EpodeTextBuffer* buffer, EpodeText text)
{
    const unsigned char* bytes = (const unsigned char*)text.bytes;
    epode_text_putc(buffer, '"');
    for (size_t i = 0; i < text.size;) {
        unsigned char c = bytes[i];
        size_t length = utf8_length(bytes + i, text.size - i);
        if (c == '"' || c == '\\') {
            epode_text_putc(buffer, '\\');
            epode_text_putc(buffer, (char)c);
        } else if (c == '\n' || c == '\t') {
            epode_text_puts(buffer, c == '\n' ? "\\n" : "\\t");
        } else if (c < 0x20 || c == 0x7F) {
            epode_text_putf(buffer, "\\u%04x", (unsigned)c);
        } else if (length == 0) {
            epode_text_puts(buffer, "\\ufffd");
        } else {
            epode_text_put(buffer, (EpodeText){text.bytes + i, length});
        }
        i += length == 0 ? 1 : length;
    }
    epode_text_putc(buffer, '"');
}

uint32_t epode_text_distance(EpodeText a, EpodeText b, uint32_t limit)
{
    enum { LONGEST = 63 };
    if (a.size > LONGEST || b.size > LONGEST) {
        return limit + 1;
    }
    uint32_t row[LONGEST + 1];
    for (uint32_t j = 0; j <= b.size; j++) {
        row[j] = j;
    }
    for (uint32_t i = 1; i <= a.size; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.size; j++) {
            uint32_t above = row[j];
            uint32_t change = diagonal + (a.bytes[i - 1] != b.bytes[j - 1]);
            uint32_t least = above + 1 < row[j - 1] + 1 ? above + 1 : row[j - 1] + 1;
            row[j] = least < change ? least : change;
            diagonal = above;
        }
    }
    return row[b.size] > limit ? limit + 1 : row[b.size];
}
