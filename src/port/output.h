// SPDX-License-Identifier: MIT
// Files that are written: a finished thing that appears all at once in place of the old one, or
// a growing thing such as a take that can be read meanwhile; or standard output. Knows the file
// system and pipes; what is written is not its business.
#ifndef EPODE_PORT_OUTPUT_H
#define EPODE_PORT_OUTPUT_H

#include "epode/host.h"
#include "port/message.h"

#define EPODE_OUTPUT_PATH_SIZE 4096

typedef enum EpodeOutputMode {
    EPODE_OUTPUT_REPLACE = 0, ///< Nothing is seen at the path until close, then everything.
    EPODE_OUTPUT_GROW = 1     ///< The file is emptied at once and grows with every write.
} EpodeOutputMode;

/// An output. Its fields are its own.
typedef struct EpodeOutput {
    int handle;
    int is_standard;  // standard output
    int is_regular;   // a file that can be cut back and synced
    int is_temporary; // it stands at `temporary` until it is renamed to `path`
    uint64_t size;    // written
    EpodeStatus status;
    EpodeMessage message;
    char path[EPODE_OUTPUT_PATH_SIZE];
    char temporary[EPODE_OUTPUT_PATH_SIZE + 64];
} EpodeOutput;

/// Opens an output at `path`, or standard output when that is "-". A path that leads through
/// symbolic links writes where they lead; devices and pipes are written directly in either mode.
/// Close or discard it in any case.
///
/// Errors:  EPODE_ERR_NOT_FOUND, EPODE_ERR_LIMIT, EPODE_ERR_BAD_ARG, EPODE_ERR_IO;
///          epode_output_message says why.
/// Thread:  [load].
EpodeStatus epode_output_open(EpodeOutput* output, const char* path, EpodeOutputMode mode);

/// The host writer that the library wants (epode/host.h). It writes all or fails, is not disturbed
/// by signals (a broken pipe is an error and not a death), and takes back what a failed write left
/// in a regular file. After a failure every further write fails. `output` must outlive it.
///
/// Thread:  [load] or [tick], one thread at a time; may block.
EpodeWriter epode_output_writer(EpodeOutput* output);

/// Ends an output. In the mode EPODE_OUTPUT_REPLACE the file appears now, unless something failed
/// before: then what stood at the path stays. A second time does nothing.
///
/// Errors:  the first that happened.
/// Thread:  [load]; may block.
EpodeStatus epode_output_close(EpodeOutput* output);

/// Ends an output that is not wanted: what EPODE_OUTPUT_REPLACE was about to write is dropped.
///
/// Thread:  [load].
void epode_output_discard(EpodeOutput* output);

/// Why something failed, in words; "" when nothing did.
///
/// Thread:  [any].
const char* epode_output_message(const EpodeOutput* output);

#endif
