// SPDX-License-Identifier: MIT
// Files that are read: one by its path, or those of a show by their names inside its folder, which
// no name and no link can leave. Knows the file system; what is in the files is not its business.
#ifndef EPODE_PORT_FILES_H
#define EPODE_PORT_FILES_H

#include "epode/host.h"
#include "port/message.h"

/// Most entries that a listed folder may have.
#define EPODE_FOLDER_ENTRIES_MAX 10000

/// Reads the whole file at `path`, or standard input when that is "-".
///
/// Shapes:  `*bytes` is a block of `*size + 1` bytes from `heap`, the last of them a NUL.
/// Errors:  EPODE_ERR_LIMIT above `size_max` bytes, EPODE_ERR_NOT_FOUND, EPODE_ERR_IO,
///          EPODE_ERR_NO_MEM, with a message; nothing is handed over then.
/// Thread:  [load].
EpodeStatus epode_file_read(const char* path, size_t size_max, EpodeHeap heap, char** bytes,
                            size_t* size, EpodeMessage* message);

/// A folder out of which files are read. Its fields are its own.
typedef struct EpodeFolder {
    int handle;
    int is_walking; // the kernel lacks openat2, or forbids it
    size_t file_size_max;
    EpodeMessage message;
} EpodeFolder;

/// Opens the folder at `path`. Close it in any case.
///
/// Errors:  EPODE_ERR_NOT_FOUND, EPODE_ERR_IO, with a message.
/// Thread:  [load].
EpodeStatus epode_folder_open(EpodeFolder* folder, const char* path, size_t file_size_max,
                              EpodeMessage* message);

/// Closes a folder; a second time does nothing.
///
/// Thread:  [load].
void epode_folder_close(EpodeFolder* folder);

/// The host reader that the library wants (epode/host.h). It reads regular files only: names that
/// are absolute or hold "..", symbolic links, devices, pipes and sockets are refused. The folder
/// must outlive it.
///
/// Thread:  [load], by one thread at a time.
EpodeReader epode_folder_reader(EpodeFolder* folder);

typedef enum EpodeEntryKind {
    EPODE_ENTRY_FILE = 0,
    EPODE_ENTRY_FOLDER = 1,
    EPODE_ENTRY_OTHER = 2 ///< What a reader refuses: links, devices, pipes, sockets.
} EpodeEntryKind;

typedef struct EpodeFolderEntry {
    const char* name;
    EpodeEntryKind kind;
} EpodeFolderEntry;

/// What stands in a folder, in the order of the names' bytes.
typedef struct EpodeFolderList {
    EpodeHeap heap;
    EpodeFolderEntry* entries;
    uint32_t count;
    uint32_t capacity;
} EpodeFolderList;

/// Lists the folder `name` inside a folder, "" being the folder itself. Names that begin with a dot
/// are left out. Finish the list in any case.
///
/// Errors:  as the reader's; EPODE_ERR_LIMIT above EPODE_FOLDER_ENTRIES_MAX entries.
/// Thread:  [load].
EpodeStatus epode_folder_list(EpodeFolder* folder, const char* name, EpodeHeap heap,
                              EpodeFolderList* list, EpodeMessage* message);

/// Frees a list.
///
/// Thread:  [load].
void epode_folder_list_finish(EpodeFolderList* list);

/// A file that is read piece by piece.
typedef struct EpodeFileSource {
    int handle;
} EpodeFileSource;

/// Opens the file at `path`, or standard input when that is "-". Close it in any case.
///
/// Errors:  EPODE_ERR_NOT_FOUND, EPODE_ERR_IO, with a message.
/// Thread:  [load].
EpodeStatus epode_file_source_open(EpodeFileSource* source, const char* path,
                                   EpodeMessage* message);

/// The host source that the library wants; `source` must outlive it.
///
/// Thread:  [load].
EpodeSource epode_file_source(EpodeFileSource* source);

/// Closes a source; a second time does nothing.
///
/// Thread:  [load].
void epode_file_source_close(EpodeFileSource* source);

#endif
