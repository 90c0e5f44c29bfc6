// SPDX-License-Identifier: MIT
// Runs one piece of work that is not trusted, such as a decoder on a file from outside, in a child
// process that can do nothing but compute and hand back bytes. Whatever the work does, crash or
// loop or lie, it ends as a status and a message here. Knows Linux processes and system calls; what
// the work is, it does not know.
#ifndef EPODE_PORT_JAIL_H
#define EPODE_PORT_JAIL_H

#include "epode/host.h"
#include "port/message.h"

/// What the work may use. Begin with epode_jail_def().
typedef struct EpodeJailDef {
    EpodeHeap heap;                ///< For the result, in the parent.
    size_t result_size_max;        ///< Default 1 GiB.
    size_t memory_size;            ///< On top of what the process has already. Default 512 MiB.
    uint32_t cpu_seconds;          ///< Default 10.
    uint32_t waiting_milliseconds; ///< Longest time until the result is whole. Default 30 s.
} EpodeJailDef;

/// The work. It runs in the child, on a copy of the parent's memory, with no open files but `out`;
/// a system call other than for memory and for writing to `out` kills it. Like any code between
/// fork and exec it must not wait for a lock that another thread may hold. On failure it sets
/// `message`.
typedef EpodeStatus (*EpodeJailWork)(void* user, EpodeWriter out, EpodeMessage* message);

/// The defaults.
///
/// Thread:  [any].
EpodeJailDef epode_jail_def(void);

/// Runs `work` in a child and waits for it.
///
/// Shapes:  `*bytes` is a block of `*size + 1` bytes from the heap, the last of them a NUL, with
///          what the work wrote.
/// Errors:  what the work returned. EPODE_ERR_LIMIT when it used too much time or memory or wrote
///          too much; EPODE_ERR_CORRUPT when it crashed or tried what is forbidden; EPODE_ERR_IO
///          when no child could be made; EPODE_ERR_NO_MEM. Nothing is handed over then.
/// Thread:  [load]; other threads may run meanwhile.
EpodeStatus epode_jail_run(const EpodeJailDef* def, EpodeJailWork work, void* user, char** bytes,
                           size_t* size, EpodeMessage* message);

#endif
