// SPDX-License-Identifier: MIT
// A folder of its own for a test of ports, gone when the test is over.
#ifndef EPODE_TESTS_UNIT_PORT_SCRATCH_H
#define EPODE_TESTS_UNIT_PORT_SCRATCH_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "test.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

/// Where the test works. A group's setup and teardown: scratch_begin, scratch_end.
static char scratch_path[64];

static inline int scratch_begin(void** state)
{
    (void)state;
    snprintf(scratch_path, sizeof scratch_path, "/tmp/epode-test-XXXXXX");
    return mkdtemp(scratch_path) == NULL ? -1 : 0;
}

static inline int scratch_remove(const char* path, const struct stat* info, int kind,
                                 struct FTW* walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static inline int scratch_end(void** state)
{
    (void)state;
    return nftw(scratch_path, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/// The path of `name` in the scratch folder; valid until four further calls.
static inline const char* scratch(const char* name)
{
    static char paths[4][512];
    static unsigned next;
    char* path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", scratch_path, name);
    return path;
}

static inline void scratch_write(const char* name, const void* bytes, size_t size)
{
    int handle = open(scratch(name), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(handle >= 0);
    assert_int_equal(write(handle, bytes, size), size);
    close(handle);
}

/// Whether the file holds exactly this text.
static inline int scratch_holds(const char* name, const char* text)
{
    char found[256] = {0};
    int handle = open(scratch(name), O_RDONLY);
    if (handle < 0) {
        return 0;
    }
    ssize_t size = read(handle, found, sizeof found - 1);
    close(handle);
    return size == (ssize_t)strlen(text) && strcmp(found, text) == 0;
}

#endif
