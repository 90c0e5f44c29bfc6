// SPDX-License-Identifier: MIT
// Numbers and texts as canonical bytes and back: little-endian, no padding, nothing that depends on
// the machine. An error sticks, so that a long list of puts or gets is checked once at its end.
// Knows fixed buffers only and never allocates.
#ifndef EPODE_TAKE_BYTES_H
#define EPODE_TAKE_BYTES_H

#include "base/text.h"

/// Bytes being put together in a buffer that somebody else owns. What does not fit is counted but
/// not stored: after a run over a buffer of capacity 0, `size` is the room that is needed.
typedef struct EpodeBytesOut {
    unsigned char* bytes;
    size_t capacity;
    size_t size;
    EpodeStatus status; // EPODE_ERR_LIMIT once something did not fit
} EpodeBytesOut;

/// Bytes being taken apart. After the first get beyond the end every get gives zero.
typedef struct EpodeBytesIn {
    const unsigned char* bytes;
    size_t size;
    size_t at;
    EpodeStatus status; // EPODE_ERR_CORRUPT once something was missing
} EpodeBytesIn;

/// Starts an empty output over `capacity` bytes; `bytes` may be NULL when that is 0.
///
/// Thread:  [any], real-time safe.
static inline EpodeBytesOut epode_bytes_out(void* bytes, size_t capacity)
{
    return (EpodeBytesOut){.bytes = bytes, .capacity = capacity};
}

/// Starts taking `size` bytes apart; they must outlive the result.
///
/// Thread:  [any], real-time safe.
static inline EpodeBytesIn epode_bytes_in(const void* bytes, size_t size)
{
    return (EpodeBytesIn){.bytes = bytes, .size = size};
}

/// Adds `size` bytes as they are.
///
/// Errors:  kept in `out->status`.
/// Thread:  [any], real-time safe.
static inline void epode_bytes_put(EpodeBytesOut* out, const void* bytes, size_t size)
{
    if (out->size <= out->capacity && size <= out->capacity - out->size) {
        if (size > 0) {
            memcpy(out->bytes + out->size, bytes, size);
        }
    } else {
        out->status = EPODE_ERR_LIMIT;
    }
    out->size = size <= SIZE_MAX - out->size ? out->size + size : SIZE_MAX;
}

/// Adds a number of the named width; signed ones in two's complement, f64 as its bits.
///
/// Errors:  kept in `out->status`.
/// Thread:  [any], real-time safe.
static inline void epode_bytes_put_u8(EpodeBytesOut* out, uint8_t value)
{
    epode_bytes_put(out, &value, sizeof value);
}

static inline void epode_bytes_put_u16(EpodeBytesOut* out, uint16_t value)
{
    epode_bytes_put(out, &value, sizeof value);
}

static inline void epode_bytes_put_u32(EpodeBytesOut* out, uint32_t value)
{
    epode_bytes_put(out, &value, sizeof value);
}

static inline void epode_bytes_put_u64(EpodeBytesOut* out, uint64_t value)
{
    epode_bytes_put(out, &value, sizeof value);
}

static inline void epode_bytes_put_i64(EpodeBytesOut* out, int64_t value)
{
    epode_bytes_put(out, &value, sizeof value);
}

static inline void epode_bytes_put_f64(EpodeBytesOut* out, double value)
{
    epode_bytes_put(out, &value, sizeof value);
}

/// Adds a text: its size as u32, then its bytes.
///
/// Errors:  kept in `out->status`, EPODE_ERR_LIMIT also for a text of 4 GiB and more.
/// Thread:  [any], real-time safe.
static inline void epode_bytes_put_text(EpodeBytesOut* out, EpodeText text)
{
    if (text.size > UINT32_MAX) {
        out->status = EPODE_ERR_LIMIT;
        return;
    }
    epode_bytes_put_u32(out, (uint32_t)text.size);
    epode_bytes_put(out, text.bytes, text.size);
}

/// Opens a section: u16 tag, u32 size, content. What is put until the matching
/// epode_bytes_end_section is its content; sections may nest.
///
/// Shapes:  returns the mark that the matching end wants.
/// Thread:  [any], real-time safe.
static inline size_t epode_bytes_begin_section(EpodeBytesOut* out, uint16_t tag)
{
    epode_bytes_put_u16(out, tag);
    epode_bytes_put_u32(out, 0);
    return out->size;
}

/// Closes the section that began at `mark`, now that its size is known.
///
/// Errors:  kept in `out->status`, EPODE_ERR_LIMIT also for a section of 4 GiB and more.
/// Thread:  [any], real-time safe.
static inline void epode_bytes_end_section(EpodeBytesOut* out, size_t mark)
{
    if (out->size - mark > UINT32_MAX) {
        out->status = EPODE_ERR_LIMIT;
    }
    if (out->status == EPODE_OK) {
        uint32_t size = (uint32_t)(out->size - mark);
        memcpy(out->bytes + mark - sizeof size, &size, sizeof size);
    }
}

/// Takes `size` bytes; they stay where they are.
///
/// Errors:  NULL when so many are not there, kept in `in->status`; never NULL otherwise.
/// Thread:  [any], real-time safe.
static inline const unsigned char* epode_bytes_get(EpodeBytesIn* in, size_t size)
{
    static const unsigned char nothing = 0;
    if (in->status != EPODE_OK || size > in->size - in->at) {
        in->status = EPODE_ERR_CORRUPT;
        return NULL;
    }
    const unsigned char* bytes = size == 0 ? &nothing : in->bytes + in->at;
    in->at += size;
    return bytes;
}

/// Takes a number of the named width; 0 after an error.
///
/// Errors:  kept in `in->status`.
/// Thread:  [any], real-time safe.
static inline uint8_t epode_bytes_get_u8(EpodeBytesIn* in)
{
    const unsigned char* bytes = epode_bytes_get(in, 1);
    return bytes == NULL ? 0 : *bytes;
}

static inline uint16_t epode_bytes_get_u16(EpodeBytesIn* in)
{
    uint16_t value = 0;
    const unsigned char* bytes = epode_bytes_get(in, sizeof value);
    if (bytes != NULL) {
        memcpy(&value, bytes, sizeof value);
    }
    return value;
}

static inline uint32_t epode_bytes_get_u32(EpodeBytesIn* in)
{
    uint32_t value = 0;
    const unsigned char* bytes = epode_bytes_get(in, sizeof value);
    if (bytes != NULL) {
        memcpy(&value, bytes, sizeof value);
    }
    return value;
}

static inline uint64_t epode_bytes_get_u64(EpodeBytesIn* in)
{
    uint64_t value = 0;
    const unsigned char* bytes = epode_bytes_get(in, sizeof value);
    if (bytes != NULL) {
        memcpy(&value, bytes, sizeof value);
    }
    return value;
}

static inline int64_t epode_bytes_get_i64(EpodeBytesIn* in)
{
    int64_t value = 0;
    const unsigned char* bytes = epode_bytes_get(in, sizeof value);
    if (bytes != NULL) {
        memcpy(&value, bytes, sizeof value);
    }
    return value;
}

static inline double epode_bytes_get_f64(EpodeBytesIn* in)
{
    double value = 0.0;
    const unsigned char* bytes = epode_bytes_get(in, sizeof value);
    if (bytes != NULL) {
        memcpy(&value, bytes, sizeof value);
    }
    return value;
}

/// Takes a text; it points into the input and is not terminated. Empty after an error.
///
/// Errors:  kept in `in->status`.
/// Thread:  [any], real-time safe.
static inline EpodeText epode_bytes_get_text(EpodeBytesIn* in)
{
    uint32_t size = epode_bytes_get_u32(in);
    const unsigned char* bytes = epode_bytes_get(in, size);
    return bytes == NULL ? (EpodeText){"", 0} : (EpodeText){(const char*)bytes, size};
}

/// Takes a section and gives its content to be taken apart on its own; a reader skips a tag that
/// it does not know by doing nothing with it.
///
/// Errors:  kept in `in->status`, and the content then has the same status.
/// Thread:  [any], real-time safe.
static inline EpodeBytesIn epode_bytes_get_section(EpodeBytesIn* in, uint16_t* tag)
{
    *tag = epode_bytes_get_u16(in);
    uint32_t size = epode_bytes_get_u32(in);
    const unsigned char* bytes = epode_bytes_get(in, size);
    return (EpodeBytesIn){.bytes = bytes, .size = bytes == NULL ? 0 : size, .status = in->status};
}

/// Whether bytes are left to take; 0 after an error.
///
/// Thread:  [any], real-time safe.
static inline int epode_bytes_is_more(const EpodeBytesIn* in)
{
    return in->status == EPODE_OK && in->at < in->size;
}

/// The verdict at the end of a list of gets.
///
/// Errors:  EPODE_ERR_CORRUPT when something was missing, or when bytes are left over.
/// Thread:  [any], real-time safe.
static inline EpodeStatus epode_bytes_in_finish(const EpodeBytesIn* in)
{
    return in->status == EPODE_OK && in->at == in->size ? EPODE_OK : EPODE_ERR_CORRUPT;
}

#endif
