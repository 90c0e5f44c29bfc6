// SPDX-License-Identifier: MIT
// Writing on POSIX systems: whole writes, temporary files, and pipes that break without a signal.
#define _GNU_SOURCE
#include "port/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"

enum { NAME_ATTEMPTS = 100 };

static EpodeStatus fail(EpodeOutput* output, int error)
{
    EpodeStatus status = epode_message_errno(&output->message, error);
    if (output->status == EPODE_OK) {
        output->status = status;
    }
    return output->status;
}

static EpodeStatus set_path(EpodeOutput* output, const char* path)
{
    size_t size = strlen(path) + 1;
    if (size > sizeof output->path) {
        return fail(output, ENAMETOOLONG);
    }
    memcpy(output->path, path, size);
    return EPODE_OK;
}

// Replaces a path that is a symbolic link by where it leads, so that not the link is replaced.
static EpodeStatus follow_link(EpodeOutput* output)
{
    struct stat info;
    if (lstat(output->path, &info) != 0 || !S_ISLNK(info.st_mode)) {
        return EPODE_OK;
    }
    char* target = realpath(output->path, NULL);
    if (target == NULL) {
        return fail(output, errno);
    }
    EpodeStatus status = set_path(output, target);
    free(target);
    return status;
}

// Creates a file beside the path; the name tells where it came from if it is ever left behind.
static EpodeStatus open_temporary(EpodeOutput* output, const struct stat* replaced)
{
    for (int i = 0; i < NAME_ATTEMPTS; i++) {
        snprintf(output->temporary, sizeof output->temporary, "%s.new-%ld-%d", output->path,
                 (long)getpid(), i);
        output->handle = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (output->handle >= 0) {
            output->is_temporary = 1;
            if (replaced != NULL && fchmod(output->handle, replaced->st_mode & 0777) != 0) {
                return fail(output, errno);
            }
            return EPODE_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return fail(output, errno);
}

EpodeStatus epode_output_open(EpodeOutput* output, const char* path, EpodeOutputMode mode)
{
    *output = (EpodeOutput){.handle = -1};
    struct stat info;
    if (strcmp(path, "-") == 0) {
        output->handle = STDOUT_FILENO;
        output->is_standard = 1;
        return EPODE_OK;
    }
    EPODE_TRY(set_path(output, path));
    int is_there = stat(output->path, &info) == 0;
    output->is_regular = !is_there || S_ISREG(info.st_mode);
    if (mode == EPODE_OUTPUT_REPLACE && output->is_regular) {
        EPODE_TRY(follow_link(output));
        return open_temporary(output, is_there ? &info : NULL);
    }
    output->handle = open(output->path, O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666);
    return output->handle < 0 ? fail(output, errno) : EPODE_OK;
}

// Writes once; waits for a slow reader if the handle does not.
static ssize_t write_some(int handle, const void* bytes, size_t size)
{
    for (;;) {
        ssize_t written = write(handle, bytes, size);
        if (written >= 0 || (errno != EINTR && errno != EAGAIN)) {
            return written;
        }
        if (errno == EAGAIN) {
            struct pollfd ready = {.fd = handle, .events = POLLOUT};
            poll(&ready, 1, -1);
        }
    }
}

static int write_all(int handle, const unsigned char* bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write_some(handle, bytes, size);
        if (written < 0) {
            return errno;
        }
        if (written == 0) {
            return EIO;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return 0;
}

// Writes to something that may be a pipe without being killed when nobody reads it any more. The
// process's handling of the signal is the host's business and stays as it is.
static int write_to_pipe(int handle, const unsigned char* bytes, size_t size)
{
    sigset_t pipe_signal;
    sigset_t pending;
    sigset_t before;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigemptyset(&pending);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    int error = write_all(handle, bytes, size);
    if (error == EPIPE && !sigismember(&pending, SIGPIPE)) {
        const struct timespec at_once = {0, 0};
        sigtimedwait(&pipe_signal, NULL, &at_once);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static EpodeStatus output_write(void* user, const void* bytes, size_t size)
{
    EpodeOutput* output = user;
    EPODE_TRY(output->status);
    int error = output->is_regular ? write_all(output->handle, bytes, size)
                                   : write_to_pipe(output->handle, bytes, size);
    if (error == 0) {
        output->size += size;
        return EPODE_OK;
    }
    if (output->is_regular && ftruncate(output->handle, (off_t)output->size) == 0) {
        lseek(output->handle, (off_t)output->size, SEEK_SET);
    }
    return fail(output, error);
}

static EpodeStatus output_sync(void* user)
{
    EpodeOutput* output = user;
    EPODE_TRY(output->status);
    if (output->is_regular && fdatasync(output->handle) != 0) {
        return fail(output, errno);
    }
    return EPODE_OK;
}

static const char* output_message(void* user)
{
    return epode_output_message(user);
}

EpodeWriter epode_output_writer(EpodeOutput* output)
{
    return (EpodeWriter){
        .write = output_write, .sync = output_sync, .message = output_message, .user = output};
}

// Makes a rename survive a loss of power. A file system that cannot is no reason to fail.
static void sync_folder_of(const char* path)
{
    char folder[EPODE_OUTPUT_PATH_SIZE];
    const char* slash = strrchr(path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    memcpy(folder, path, size);
    memcpy(folder + size, ".", 2);
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle >= 0) {
        fsync(handle);
        close(handle);
    }
}

static void close_handle(EpodeOutput* output)
{
    if (output->handle >= 0 && !output->is_standard && close(output->handle) != 0) {
        fail(output, errno);
    }
    output->handle = -1;
}

EpodeStatus epode_output_close(EpodeOutput* output)
{
    if (output->handle < 0) {
        return output->status;
    }
    if (output->is_temporary && output->status == EPODE_OK && fsync(output->handle) != 0) {
        fail(output, errno);
    }
    close_handle(output);
    if (output->is_temporary) {
        output->is_temporary = 0;
        if (output->status == EPODE_OK && rename(output->temporary, output->path) != 0) {
            fail(output, errno);
        }
        if (output->status == EPODE_OK) {
            sync_folder_of(output->path);
        } else {
            unlink(output->temporary);
        }
    }
    return output->status;
}

void epode_output_discard(EpodeOutput* output)
{
    close_handle(output);
    if (output->is_temporary) {
        output->is_temporary = 0;
        unlink(output->temporary);
    }
}

const char* epode_output_message(const EpodeOutput* output)
{
    return output->message.text;
}
