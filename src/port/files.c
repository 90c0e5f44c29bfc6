// SPDX-License-Identifier: MIT
// Reading on Linux. A name inside a folder is opened by openat2, which makes the kernel refuse
// every way out; where that call is missing, the path is walked part by part with the same result.
#define _GNU_SOURCE
#include "port/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/heap.h"

enum { PIECE_SIZE = 1 << 16, OPEN_ATTEMPTS = 16, READ_FLAGS = O_RDONLY | O_NONBLOCK | O_NOCTTY };

static ssize_t read_some(int handle, void* bytes, size_t size)
{
    ssize_t got;
    do {
        got = read(handle, bytes, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

static void close_handle(int* handle)
{
    if (*handle > STDERR_FILENO) {
        close(*handle);
    }
    *handle = -1;
}

static EpodeStatus fail_limit(EpodeMessage* message, size_t size_max)
{
    epode_message_set(message, "it is larger than the limit of %zu bytes", size_max);
    return EPODE_ERR_LIMIT;
}

// Reads to the end into a block that grows by doubling, at first of `expected` bytes and one more.
static EpodeStatus read_to_end(int handle, size_t expected, size_t size_max, EpodeHeap heap,
                               char** block, size_t* capacity, size_t* size, EpodeMessage* message)
{
    size_t wanted = expected < PIECE_SIZE ? PIECE_SIZE : expected + 1;
    for (;;) {
        if (*size == *capacity) {
            wanted = *capacity == 0 ? wanted : *capacity * 2;
            char* grown = heap.resize(heap.user, *block, *capacity, wanted);
            if (grown == NULL) {
                return epode_message_errno(message, ENOMEM);
            }
            *block = grown;
            *capacity = wanted;
        }
        ssize_t got = read_some(handle, *block + *size, *capacity - *size);
        if (got < 0) {
            return epode_message_errno(message, errno);
        }
        if (got == 0) {
            return EPODE_OK;
        }
        *size += (size_t)got;
        if (*size > size_max) {
            return fail_limit(message, size_max);
        }
    }
}

// Reads all of an open file and hands over a block of exactly `*size` bytes and a NUL.
static EpodeStatus read_handle(int handle, size_t size_max, EpodeHeap heap, char** bytes,
                               size_t* size, EpodeMessage* message)
{
    struct stat info;
    if (fstat(handle, &info) != 0) {
        return epode_message_errno(message, errno);
    }
    if (S_ISDIR(info.st_mode)) {
        return epode_message_errno(message, EISDIR);
    }
    size_t expected = S_ISREG(info.st_mode) ? (size_t)info.st_size : 0;
    if (expected > size_max) {
        return fail_limit(message, size_max);
    }
    char* block = NULL;
    size_t capacity = 0;
    size_t used = 0;
    EpodeStatus status =
        read_to_end(handle, expected, size_max, heap, &block, &capacity, &used, message);
    char* fitted = NULL;
    if (status == EPODE_OK) {
        fitted = heap.resize(heap.user, block, capacity, used + 1);
        status = fitted == NULL ? epode_message_errno(message, ENOMEM) : EPODE_OK;
    }
    if (status != EPODE_OK) {
        epode_heap_free(heap, block, capacity);
        return status;
    }
    fitted[used] = '\0';
    *bytes = fitted;
    *size = used;
    return EPODE_OK;
}

static int open_path(const char* path)
{
    return strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
}

EpodeStatus epode_file_read(const char* path, size_t size_max, EpodeHeap heap, char** bytes,
                            size_t* size, EpodeMessage* message)
{
    int handle = open_path(path);
    if (handle < 0) {
        return epode_message_errno(message, errno);
    }
    EpodeStatus status = read_handle(handle, size_max, heap, bytes, size, message);
    close_handle(&handle);
    return status;
}

// A name that can only lead inwards: parts of a path, none of them empty, "." or "..".
static int is_inside(const char* name)
{
    while (*name != '\0') {
        size_t size = strcspn(name, "/");
        int is_dots = (size == 1 && name[0] == '.') || (size == 2 && memcmp(name, "..", 2) == 0);
        if (size == 0 || is_dots || (name[size] == '/' && name[size + 1] == '\0')) {
            return 0;
        }
        name += size + (name[size] == '/');
    }
    return 1;
}

static int open_by_kernel(int folder, const char* name, int flags)
{
    const struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC),
                                 .resolve =
                                     RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    long handle = -1;
    // EAGAIN says that something was renamed meanwhile and the kernel cannot be sure.
    for (int i = 0; i < OPEN_ATTEMPTS && handle < 0; i++) {
        handle = syscall(SYS_openat2, folder, name, &how, sizeof how);
        if (handle < 0 && errno != EAGAIN && errno != EINTR) {
            break;
        }
    }
    return (int)handle;
}

// Opens one part of a path without following a link; consumes `folder`.
static int open_part(int folder, const char* part, int flags)
{
    int handle = openat(folder, part, flags | O_NOFOLLOW | O_CLOEXEC);
    if (handle < 0 && errno == ENOTDIR) {
        struct stat info;
        int is_link =
            fstatat(folder, part, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
        errno = is_link ? ELOOP : ENOTDIR;
    }
    int error = errno;
    close(folder);
    errno = error;
    return handle;
}

static int open_by_walking(int folder, const char* name, int flags)
{
    int handle = fcntl(folder, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    while (handle >= 0) {
        char part[NAME_MAX + 1];
        size_t size = strcspn(name, "/");
        if (size > NAME_MAX) {
            close(handle);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(part, name, size);
        part[size] = '\0';
        if (name[size] == '\0') {
            return open_part(handle, part, flags);
        }
        handle = open_part(handle, part, O_PATH | O_DIRECTORY);
        name += size + 1;
    }
    return -1;
}

static int open_inside(EpodeFolder* folder, const char* name, int flags)
{
    if (!folder->is_walking) {
        int handle = open_by_kernel(folder->handle, name, flags);
        if (handle >= 0 || (errno != ENOSYS && errno != EPERM)) {
            return handle;
        }
        folder->is_walking = 1;
    }
    return open_by_walking(folder->handle, name, flags);
}

EpodeStatus epode_folder_open(EpodeFolder* folder, const char* path, size_t file_size_max,
                              EpodeMessage* message)
{
    *folder = (EpodeFolder){.file_size_max = file_size_max};
    folder->handle = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder->handle < 0 ? epode_message_errno(message, errno) : EPODE_OK;
}

void epode_folder_close(EpodeFolder* folder)
{
    close_handle(&folder->handle);
}

static EpodeStatus read_inside(void* user, const char* name, EpodeHeap heap, char** bytes,
                               size_t* size)
{
    EpodeFolder* folder = user;
    folder->message.text[0] = '\0';
    if (name[0] == '\0' || !is_inside(name)) {
        epode_message_set(&folder->message, "the name leads out of the folder");
        return EPODE_ERR_BAD_ARG;
    }
    // Without O_NONBLOCK a pipe would wait for somebody to write.
    int handle = open_inside(folder, name, READ_FLAGS);
    if (handle < 0 && errno != ENXIO) {
        return epode_message_errno(&folder->message, errno);
    }
    EpodeStatus status = EPODE_ERR_BAD_ARG;
    struct stat info;
    if (handle < 0 || fstat(handle, &info) != 0 || !S_ISREG(info.st_mode)) {
        epode_message_set(&folder->message, "it is not a regular file");
    } else {
        status = read_handle(handle, folder->file_size_max, heap, bytes, size, &folder->message);
    }
    close_handle(&handle);
    return status;
}

static const char* folder_message(void* user)
{
    return ((EpodeFolder*)user)->message.text;
}

EpodeReader epode_folder_reader(EpodeFolder* folder)
{
    return (EpodeReader){.read = read_inside, .message = folder_message, .user = folder};
}

static EpodeEntryKind kind_of(int folder, const char* name)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return EPODE_ENTRY_OTHER;
    }
    return S_ISREG(info.st_mode)   ? EPODE_ENTRY_FILE
           : S_ISDIR(info.st_mode) ? EPODE_ENTRY_FOLDER
                                   : EPODE_ENTRY_OTHER;
}

// Puts an entry where its name belongs.
static EpodeStatus insert_entry(EpodeFolderList* list, const char* name, EpodeEntryKind kind)
{
    if (list->count == EPODE_FOLDER_ENTRIES_MAX) {
        return EPODE_ERR_LIMIT;
    }
    EPODE_TRY(epode_array_reserve(list->heap, &list->entries, &list->capacity, list->count + 1,
                                  sizeof *list->entries));
    size_t size = strlen(name) + 1;
    char* copy = epode_heap_alloc(list->heap, size);
    if (copy == NULL) {
        return EPODE_ERR_NO_MEM;
    }
    memcpy(copy, name, size);
    uint32_t low = 0;
    uint32_t high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(list->entries[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    memmove(list->entries + low + 1, list->entries + low,
            (list->count - low) * sizeof *list->entries);
    list->entries[low] = (EpodeFolderEntry){copy, kind};
    list->count++;
    return EPODE_OK;
}

static EpodeStatus list_directory(DIR* directory, EpodeFolderList* list, EpodeMessage* message)
{
    for (;;) {
        errno = 0;
        const struct dirent* found = readdir(directory);
        if (found == NULL) {
            return errno == 0 ? EPODE_OK : epode_message_errno(message, errno);
        }
        if (found->d_name[0] == '.') {
            continue;
        }
        EpodeEntryKind kind = kind_of(dirfd(directory), found->d_name);
        EpodeStatus status = insert_entry(list, found->d_name, kind);
        if (status != EPODE_OK) {
            epode_message_set(message, "%s",
                              status == EPODE_ERR_LIMIT ? "the folder has too many entries"
                                                        : epode_status_text(status));
            return status;
        }
    }
}

EpodeStatus epode_folder_list(EpodeFolder* folder, const char* name, EpodeHeap heap,
                              EpodeFolderList* list, EpodeMessage* message)
{
    *list = (EpodeFolderList){.heap = heap};
    if (!is_inside(name)) {
        epode_message_set(message, "the name leads out of the folder");
        return EPODE_ERR_BAD_ARG;
    }
    const int flags = O_RDONLY | O_DIRECTORY;
    int handle = name[0] == '\0' ? openat(folder->handle, ".", flags | O_CLOEXEC)
                                 : open_inside(folder, name, flags);
    DIR* directory = handle < 0 ? NULL : fdopendir(handle);
    if (directory == NULL) {
        EpodeStatus status = epode_message_errno(message, errno);
        close_handle(&handle);
        return status;
    }
    EpodeStatus status = list_directory(directory, list, message);
    closedir(directory);
    return status;
}

void epode_folder_list_finish(EpodeFolderList* list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        char* name = (char*)list->entries[i].name;
        epode_heap_free(list->heap, name, strlen(name) + 1);
    }
    epode_heap_free(list->heap, list->entries, list->capacity * sizeof *list->entries);
    *list = (EpodeFolderList){.heap = list->heap};
}

EpodeStatus epode_file_source_open(EpodeFileSource* source, const char* path, EpodeMessage* message)
{
    source->handle = open_path(path);
    return source->handle < 0 ? epode_message_errno(message, errno) : EPODE_OK;
}

static EpodeStatus read_source(void* user, void* bytes, size_t size, size_t* read_size)
{
    const EpodeFileSource* source = user;
    ssize_t got = read_some(source->handle, bytes, size);
    *read_size = got < 0 ? 0 : (size_t)got;
    return got < 0 ? EPODE_ERR_IO : EPODE_OK;
}

EpodeSource epode_file_source(EpodeFileSource* source)
{
    return (EpodeSource){.read = read_source, .user = source};
}

void epode_file_source_close(EpodeFileSource* source)
{
    close_handle(&source->handle);
}
