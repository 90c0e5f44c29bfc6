// SPDX-License-Identifier: MIT
// Shows on a terminal how far long work has come and how long it still takes. Says nothing when the
// work is short or when nobody looks (a pipe, a file, a terminal that cannot). Knows terminals;
// what is being done it knows by a word.
#ifndef EPODE_PORT_PROGRESS_H
#define EPODE_PORT_PROGRESS_H

#include <stdint.h>

/// Progress of one piece of work. Its fields are its own.
typedef struct EpodeProgress {
    int handle; // -1 when nothing is shown
    int is_drawn;
    const char* label;
    uint64_t total;
    int64_t (*now_milliseconds)(void);
    int64_t start_milliseconds;
    int64_t next_milliseconds; // when to draw again
} EpodeProgress;

/// Begins. Nothing is drawn before a second has passed.
///
/// Units:   `handle` is where to draw if it is a terminal, as a rule STDERR_FILENO; `label` is a
///          word or two and must outlive the work; `total` is in whatever epode_progress_show uses.
/// Thread:  [load].
void epode_progress_init(EpodeProgress* progress, int handle, const char* label, uint64_t total);

/// As epode_progress_init, by another clock.
///
/// Thread:  [load].
void epode_progress_init_clock(EpodeProgress* progress, int handle, const char* label,
                               uint64_t total, int64_t (*now_milliseconds)(void));

/// Says that `done` of the total is done. Draws at most ten times a second, so call it freely.
///
/// Range:   what is above the total counts as the total.
/// Thread:  [load], by one thread at a time; may block on the terminal.
void epode_progress_show(EpodeProgress* progress, uint64_t done);

/// Takes the line away again.
///
/// Thread:  [load].
void epode_progress_finish(EpodeProgress* progress);

#endif
