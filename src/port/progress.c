// SPDX-License-Identifier: MIT
// One line that is drawn over itself: label, bar, part, time left. Plain characters; of the
// terminal's commands only "erase to the end of the line".
#define _GNU_SOURCE
#include "port/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum {
    FIRST_MILLISECONDS = 1000,
    STEP_MILLISECONDS = 100,
    LINE_SIZE = 256,
    COLUMNS_USUAL = 80,
    COLUMNS_MAX = 120,
    LABEL_COLUMNS_MAX = 40,
    BAR_COLUMNS_LEAST = 8,
    COLUMNS_BESIDE_BAR = 32 // brackets, part and the longest time
};

#define ERASE_REST "\x1b[K"

static int64_t monotonic_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int can_draw(int handle)
{
    const char* kind = getenv("TERM");
    return isatty(handle) && kind != NULL && kind[0] != '\0' && strcmp(kind, "dumb") != 0;
}

void epode_progress_init_clock(EpodeProgress* progress, int handle, const char* label,
                               uint64_t total, int64_t (*now_milliseconds)(void))
{
    *progress = (EpodeProgress){.handle = can_draw(handle) ? handle : -1,
                                .label = label,
                                .total = total,
                                .now_milliseconds = now_milliseconds};
    progress->start_milliseconds = now_milliseconds();
    progress->next_milliseconds = progress->start_milliseconds + FIRST_MILLISECONDS;
}

void epode_progress_init(EpodeProgress* progress, int handle, const char* label, uint64_t total)
{
    epode_progress_init_clock(progress, handle, label, total, monotonic_milliseconds);
}

static int columns_of(int handle)
{
    struct winsize size = {0};
    if (ioctl(handle, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return COLUMNS_USUAL;
    }
    return size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
}

static void send(EpodeProgress* progress, const char* bytes, size_t size)
{
    if (write(progress->handle, bytes, size) < 0) {
        progress->handle = -1;
    }
}

// Seconds as minutes:seconds, or with hours in front.
static int format_time(char* out, size_t size, int64_t seconds)
{
    int hours = (int)(seconds / 3600);
    int minutes = (int)(seconds / 60 % 60);
    int rest = (int)(seconds % 60);
    return hours > 0 ? snprintf(out, size, "%d:%02d:%02d left", hours, minutes, rest)
                     : snprintf(out, size, "%d:%02d left", minutes, rest);
}

static void draw(EpodeProgress* progress, double part, int64_t elapsed_milliseconds)
{
    char line[LINE_SIZE];
    char left[32] = "";
    double left_seconds = (double)elapsed_milliseconds / 1000.0 * (1.0 / part - 1.0);
    if (left_seconds < 100.0 * 3600.0) {
        format_time(left, sizeof left, (int64_t)(left_seconds + 0.5));
    }
    int columns = columns_of(progress->handle) - 1;
    int label = (int)strlen(progress->label);
    label = label < LABEL_COLUMNS_MAX ? label : LABEL_COLUMNS_MAX;
    int bar = columns - label - COLUMNS_BESIDE_BAR;
    char marks[COLUMNS_MAX + 1] = "";
    if (bar >= BAR_COLUMNS_LEAST) {
        int filled = (int)(part * bar);
        memset(marks, '#', (size_t)filled);
        memset(marks + filled, '.', (size_t)(bar - filled));
        marks[bar] = '\0';
    }
    int size = snprintf(line, sizeof line, "\r%.*s%s%s%s %3d %%  %s", label, progress->label,
                        marks[0] != '\0' ? " [" : "", marks, marks[0] != '\0' ? "]" : "",
                        (int)(part * 100.0), left);
    size = size < columns + 1 ? size : columns + 1;
    memcpy(line + size, ERASE_REST, sizeof ERASE_REST - 1);
    send(progress, line, (size_t)size + sizeof ERASE_REST - 1);
    progress->is_drawn = 1;
}

void epode_progress_show(EpodeProgress* progress, uint64_t done)
{
    if (progress->handle < 0 || progress->total == 0 || done == 0) {
        return;
    }
    int64_t now = progress->now_milliseconds();
    if (now < progress->next_milliseconds) {
        return;
    }
    progress->next_milliseconds = now + STEP_MILLISECONDS;
    double part = done < progress->total ? (double)done / (double)progress->total : 1.0;
    draw(progress, part, now - progress->start_milliseconds);
}

void epode_progress_finish(EpodeProgress* progress)
{
    if (progress->is_drawn && progress->handle >= 0) {
        send(progress, "\r" ERASE_REST, sizeof ERASE_REST);
    }
    progress->handle = -1;
}
