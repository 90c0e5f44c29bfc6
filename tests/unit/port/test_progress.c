// SPDX-License-Identifier: MIT
// A bar on a terminal that looks, silence everywhere else.
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "port/progress.h"

static int64_t clock_milliseconds;

static int64_t fake_now(void)
{
    return clock_milliseconds;
}

typedef struct Terminal {
    int screen; // what the user sees
    int handle; // what the program writes to
} Terminal;

static Terminal open_terminal(unsigned short columns)
{
    Terminal terminal;
    terminal.screen = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(terminal.screen >= 0);
    assert_int_equal(grantpt(terminal.screen), 0);
    assert_int_equal(unlockpt(terminal.screen), 0);
    terminal.handle = open(ptsname(terminal.screen), O_RDWR | O_NOCTTY);
    assert_true(terminal.handle >= 0);
    const struct winsize size = {.ws_row = 24, .ws_col = columns};
    assert_int_equal(ioctl(terminal.handle, TIOCSWINSZ, &size), 0);
    setenv("TERM", "xterm", 1);
    return terminal;
}

static void close_terminal(Terminal* terminal)
{
    close(terminal->handle);
    close(terminal->screen);
}

// What was written since the last look: a terminal takes its time, so a mark is sent after it.
static const char* look(int screen, int handle)
{
    static char seen[1024];
    size_t size = 0;
    assert_int_equal(write(handle, "|", 1), 1);
    do {
        assert_int_equal(read(screen, seen + size, 1), 1);
        assert_true(++size < sizeof seen);
    } while (seen[size - 1] != '|');
    seen[size - 1] = '\0';
    return seen;
}

static const char* look_at(const Terminal* terminal)
{
    return look(terminal->screen, terminal->handle);
}

static void long_work_shows_part_and_time_left(void** state)
{
    (void)state;
    Terminal terminal = open_terminal(60);
    EpodeProgress progress;
    clock_milliseconds = 5000;
    epode_progress_init_clock(&progress, terminal.handle, "render", 1000, fake_now);
    clock_milliseconds += 999;
    epode_progress_show(&progress, 100);
    assert_string_equal(look_at(&terminal), "");
    clock_milliseconds += 1;
    epode_progress_show(&progress, 100);
    assert_string_equal(look_at(&terminal),
                        "\rrender [##...................]  10 %  0:09 left\x1b[K");
    clock_milliseconds += 99;
    epode_progress_show(&progress, 200);
    assert_string_equal(look_at(&terminal), "");
    clock_milliseconds += 60000;
    epode_progress_show(&progress, 5);
    assert_string_equal(look_at(&terminal),
                        "\rrender [.....................]   0 %  3:22:39 left\x1b[K");
    clock_milliseconds += 100;
    epode_progress_show(&progress, 2000);
    assert_string_equal(look_at(&terminal),
                        "\rrender [#####################] 100 %  0:00 left\x1b[K");
    epode_progress_finish(&progress);
    assert_string_equal(look_at(&terminal), "\r\x1b[K");
    epode_progress_finish(&progress);
    epode_progress_show(&progress, 500);
    assert_string_equal(look_at(&terminal), "");
    close_terminal(&terminal);
}

static void short_work_shows_nothing(void** state)
{
    (void)state;
    Terminal terminal = open_terminal(80);
    EpodeProgress progress;
    epode_progress_init_clock(&progress, terminal.handle, "render", 10, fake_now);
    for (uint64_t i = 0; i <= 10; i++) {
        clock_milliseconds += 90;
        epode_progress_show(&progress, i);
    }
    epode_progress_finish(&progress);
    assert_string_equal(look_at(&terminal), "");
    close_terminal(&terminal);
}

static void show_half(int handle, const char* label)
{
    EpodeProgress progress;
    epode_progress_init_clock(&progress, handle, label, 2, fake_now);
    clock_milliseconds += 2000;
    epode_progress_show(&progress, 1);
    epode_progress_finish(&progress);
}

static void nobody_looks_at_a_pipe_or_a_dumb_terminal(void** state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    setenv("TERM", "xterm", 1);
    show_half(ends[1], "render");
    assert_string_equal(look(ends[0], ends[1]), "");
    close(ends[0]);
    close(ends[1]);
    show_half(-1, "render");

    Terminal terminal = open_terminal(80);
    setenv("TERM", "dumb", 1);
    show_half(terminal.handle, "render");
    unsetenv("TERM");
    show_half(terminal.handle, "render");
    assert_string_equal(look_at(&terminal), "");
    setenv("TERM", "xterm", 1);
    show_half(terminal.handle, "render");
    assert_string_not_equal(look_at(&terminal), "");
    close_terminal(&terminal);
}

static void a_line_never_wraps(void** state)
{
    (void)state;
    static const char label[] =
        "rendering a show with a name that is far too long for any line at all";
    const unsigned short widths[] = {1, 2, 10, 30, 40, 41, 79, 80, 200, 0};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        Terminal terminal = open_terminal(widths[i]);
        show_half(terminal.handle, label);
        const char* seen = look_at(&terminal);
        const char* end = strchr(seen, '\x1b');
        assert_non_null(end);
        int columns = widths[i] == 0 ? 80 : widths[i];
        assert_true(end - seen - 1 < columns);
        close_terminal(&terminal);
    }
}

static void a_total_of_nothing_is_no_division(void** state)
{
    (void)state;
    Terminal terminal = open_terminal(80);
    EpodeProgress progress;
    epode_progress_init_clock(&progress, terminal.handle, "render", 0, fake_now);
    clock_milliseconds += 2000;
    epode_progress_show(&progress, 0);
    epode_progress_show(&progress, 1);
    epode_progress_finish(&progress);
    assert_string_equal(look_at(&terminal), "");
    close_terminal(&terminal);
}

static void the_usual_clock_begins_quietly(void** state)
{
    (void)state;
    Terminal terminal = open_terminal(80);
    EpodeProgress progress;
    epode_progress_init(&progress, terminal.handle, "render", 2);
    epode_progress_show(&progress, 1);
    epode_progress_finish(&progress);
    assert_string_equal(look_at(&terminal), "");
    close_terminal(&terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_work_shows_part_and_time_left),
        cmocka_unit_test(short_work_shows_nothing),
        cmocka_unit_test(nobody_looks_at_a_pipe_or_a_dumb_terminal),
        cmocka_unit_test(a_line_never_wraps),
        cmocka_unit_test(a_total_of_nothing_is_no_division),
        cmocka_unit_test(the_usual_clock_begins_quietly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
