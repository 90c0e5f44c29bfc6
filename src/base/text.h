// SPDX-License-Identifier: MIT
// A growing text: how diagnostics, formatters, JSON lines and reports put words together.
#ifndef EPODE_BASE_TEXT_H
#define EPODE_BASE_TEXT_H

#include <string.h>

#include "base/heap.h"

/// A run of bytes that somebody else owns. Not terminated.
typedef struct EpodeText {
    const char* bytes;
    size_t size;
} EpodeText;

/// A text that grows on a heap. After a failed growth `status` keeps the error and further puts do
/// nothing, so a writer checks once at the end. `bytes` is NUL-terminated when not NULL.
typedef struct EpodeTextBuffer {
    EpodeHeap heap;
    char* bytes;
    size_t size;
    size_t capacity;
    EpodeStatus status;
} EpodeTextBuffer;

/// The run of a C string.
///
/// Thread:  [any], real-time safe.
static inline EpodeText epode_text(const char* string)
{
    return (EpodeText){string, string == NULL ? 0 : strlen(string)};
}

/// Whether two runs hold the same bytes.
///
/// Thread:  [any], real-time safe.
static inline int epode_text_is(EpodeText a, EpodeText b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/// Prepares an empty buffer; allocates nothing yet.
///
/// Thread:  [load].
void epode_text_buffer_init(EpodeTextBuffer* buffer, EpodeHeap heap);

/// Frees the buffer's bytes.
///
/// Thread:  [load].
void epode_text_buffer_finish(EpodeTextBuffer* buffer);

/// Empties the buffer, keeping its memory and clearing its status.
///
/// Thread:  [load].
void epode_text_buffer_clear(EpodeTextBuffer* buffer);

/// Adds a run, a C string, a character, a number in its shortest form, an integer.
///
/// Errors:  kept in `buffer->status`.
/// Thread:  [load].
void epode_text_put(EpodeTextBuffer* buffer, EpodeText text);
void epode_text_puts(EpodeTextBuffer* buffer, const char* string);
void epode_text_putc(EpodeTextBuffer* buffer, char character);
void epode_text_put_number(EpodeTextBuffer* buffer, double value);
void epode_text_put_int(EpodeTextBuffer* buffer, int64_t value);

/// Adds formatted text. Only %s %d %u %x %c %zu %ld %lld and their widths: floating formats depend
/// on the locale and are banned (use epode_text_put_number).
///
/// Thread:  [load].
__attribute__((format(printf, 2, 3))) void epode_text_putf(EpodeTextBuffer* buffer,
                                                           const char* format, ...);

/// Adds a JSON string with its quotes; control characters and invalid UTF-8 are escaped.
///
/// Thread:  [load].
/// Source:  RFC 8259 section 7.
void epode_text_put_json(EpodeTextBuffer* buffer, EpodeText text);

/// Edit distance of two short names, at most `limit` + 1 (it stops counting there).
///
/// Thread:  [any], does not allocate; names longer than 63 bytes give `limit` + 1.
uint32_t epode_text_distance(EpodeText a, EpodeText b, uint32_t limit);

#endif
