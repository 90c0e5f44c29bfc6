// SPDX-License-Identifier: MIT
// What a host hands in so that the library can reach the outside: files by name, bytes as they
// come, and a place for bytes to go. The library itself opens nothing (decision D3). Knows no
// paths of the machine, no handles and no sockets.
#ifndef EPODE_HOST_H
#define EPODE_HOST_H

#include "epode/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/// How the library reads the files of a show.
///
/// `read` fetches the file `name`, relative to the show's folder with '/' between its parts, and
/// hands over a block of `*size + 1` bytes from `heap` whose last byte is a NUL beyond the content.
/// The library frees the block with that size. On failure it returns EPODE_ERR_NOT_FOUND,
/// EPODE_ERR_LIMIT (larger than the host allows), EPODE_ERR_BAD_ARG (a name that leaves the
/// folder), EPODE_ERR_IO or EPODE_ERR_NO_MEM and hands over nothing.
/// `message`, which may be NULL, says why the last read failed, in words for a person and without
/// the name; the text lives until the next read.
/// Both are called only from [load] functions, by one thread at a time.
typedef struct EpodeReader {
    EpodeStatus (*read)(void* user, const char* name, EpodeHeap heap, char** bytes, size_t* size);
    const char* (*message)(void* user);
    void* user;
} EpodeReader;

/// How the library reads something long piece by piece.
///
/// `read` puts at most `size` bytes at `bytes` and says in `*read_size` how many there were; 0 of
/// them with EPODE_OK is the end, at least for now. Failures are EPODE_ERR_IO.
typedef struct EpodeSource {
    EpodeStatus (*read)(void* user, void* bytes, size_t size, size_t* read_size);
    void* user;
} EpodeSource;

/// Where the library sends bytes.
///
/// `write` takes all of `size` bytes, in the order of the calls, or fails. `sync` returns when
/// everything written would survive a loss of power; NULL when the host cannot promise that.
/// Failures are EPODE_ERR_IO, and EPODE_ERR_LIMIT when there is no room; after one the library
/// stops writing there. `message` is as in EpodeReader.
typedef struct EpodeWriter {
    EpodeStatus (*write)(void* user, const void* bytes, size_t size);
    EpodeStatus (*sync)(void* user);
    const char* (*message)(void* user);
    void* user;
} EpodeWriter;

#ifdef __cplusplus
}
#endif

#endif
