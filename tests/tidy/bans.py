# SPDX-License-Identifier: MIT
"""What must not stand in a file, as a table: a pattern, where it is banned, what to do instead,
and an example that breaks the ban, which the self-test plants. Knows no structure; see rules.py."""

import re
from dataclasses import dataclass
from typing import Callable


def in_core(path):
    """The library: what must give equal bits and may not touch the world."""
    return path.startswith(("src/", "include/")) and not path.startswith("src/port/")


def in_shipped(path):
    """Everything that is built for use, the library, ports and programs."""
    return path.startswith(("src/", "include/", "programs/"))


def is_c(path):
    return path.endswith((".c", ".h"))


def is_cmake(path):
    return path.endswith((".cmake", "CMakeLists.txt", "CMakePresets.json"))


def except_in(where, *prefixes):
    return lambda path: where(path) and not path.startswith(prefixes)


def call(names):
    """Matches a call of one of the functions; not a member and not part of a longer name."""
    return r"(?<![\w.])(?<!->)(?:%s)\s*\(" % "|".join(names.split())


@dataclass(frozen=True)
class Ban:
    """`view` is what the pattern sees: code (no comments or strings), strings, or all the text."""

    name: str
    pattern: str
    where: Callable[[str], bool]
    remedy: str
    example: str
    example_path: str = "src/base/planted.c"
    view: str = "code"
    # Harmless neighbours of the example that the pattern must leave alone.
    harmless: str = ""

    def finditer(self, source):
        """Offsets at which the source breaks the ban."""
        if self.view == "strings":
            for offset, string in source.strings:
                if re.search(self.pattern, string.replace("%%", "")):
                    yield offset
            return
        text = source.code if self.view == "code" else source.text
        for match in re.finditer(self.pattern, text, re.MULTILINE):
            yield match.start()


_LIBM = """acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp
    exp2 expm1 fabs fdim floor fmax fmin fmod frexp hypot ldexp lgamma llrint llround log
    log10 log1p log2 logb lrint lround modf nearbyint nextafter pow remainder remquo rint
    round scalbn scalbln sin sincos sinh sqrt tan tanh tgamma trunc"""
_LIBM_ALL = " ".join(
    prefix + name + suffix
    for name in _LIBM.split()
    for prefix in ("", "__builtin_")
    for suffix in ("", "f", "l")
)

BANS = [
    # Equal bits on every machine (docs/determinism.md, decision D1).
    Ban(
        "libm",
        call(_LIBM_ALL),
        except_in(in_core, "src/base/math"),
        "use the functions of base/math.h: libm differs between machines",
        "double f(double x) { return pow(x, 2); }",
        harmless="double g(M* m, double x) { return epode_pow(x, 2) + m->log(x) + m->v.sin(x); }",
    ),
    Ban(
        "fma",
        call("fma fmaf fmal __builtin_fma __builtin_fmaf __builtin_fmal")
        + r"|\b_mm\d*_(?:mask_|maskz_)?fn?m(?:add|sub)\w*|\bvfm[as]q?_\w+|FP_CONTRACT\s+ON",
        is_c,
        "write a * b + c: a fused multiply-add rounds once and other machines twice",
        "double f(double x) { return fma(x, x, 1); }",
        harmless="double g(double x) { return epode_sofma(x); }",
    ),
    Ban(
        "reassociation",
        r"#\s*pragma\s+(?:GCC|clang|STDC)\s+(?:optimize|fp\b|FP_CONTRACT\s+ON)|optimize\s*\(\s*\"",
        is_c,
        "floating-point options belong to the whole build (cmake/options.cmake)",
        '#pragma GCC optimize("fast-math")',
        view="text",
        harmless='#pragma GCC diagnostic ignored "-Wconversion"',
    ),
    Ban(
        "fast-math",
        r"-ffast-math|-Ofast|-funsafe-math|-fassociative-math|-freciprocal-math"
        r"|-ffp-contract=(?:fast|on)",
        except_in(is_cmake, "tests/determinism/"),
        "only the negative controls of tests/determinism may build this way",
        "add_compile_options(-ffast-math)\n",
        example_path="cmake/planted.cmake",
        view="text",
        harmless="add_compile_options(-ffp-contract=off)\n",
    ),
    Ban(
        "float-mode",
        call("fesetround feenableexcept fesetenv _mm_setcsr _MM_SET_FLUSH_ZERO_MODE "),
        in_shipped,
        "the mode of the host's thread is not ours; flush denormals in code",
        "void f(void) { fesetround(0); }",
    ),
    Ban(
        "long-double",
        r"\blong\s+double\b",
        in_core,
        "use double, or two of them: long double has another size on every machine",
        "long double x;",
        harmless="unsigned long count;",
    ),
    Ban(
        "qsort",
        call("qsort qsort_r"),
        in_shipped,
        "use a stable merge sort: qsort leaves the order of equals to the C library",
        "void f(void* a) { qsort(a, 1, 1, 0); }",
    ),
    Ban(
        "chance",
        call("rand srand rand_r random srandom drand48 srand48 arc4random"),
        in_shipped,
        "draw with epode_rng_bits(seed, stream, tick, n)",
        "int f(void) { return rand(); }",
        harmless="int g(void) { return epode_rand(); }",
    ),
    # The library touches nothing outside itself (decision D3).
    Ban(
        "heap",
        call(
            "malloc calloc realloc reallocarray free aligned_alloc posix_memalign memalign alloca"
            " strdup strndup"
        ),
        except_in(in_core, "src/base/heap.c"),
        "allocate through EpodeHeap or EpodeArena",
        "void* f(void) { return malloc(8); }",
        harmless="void g(H* h) { h->free(h); epode_heap_free(h); }",
    ),
    Ban(
        "clock",
        call(
            "time clock clock_gettime gettimeofday timespec_get localtime localtime_r gmtime"
            " gmtime_r mktime strftime nanosleep usleep sleep"
        ),
        in_core,
        "time comes in as an argument or as an input of a tick",
        "long f(void) { return time(0); }",
        harmless="long g(void) { return epode_time(0); }",
    ),
    Ban(
        "surroundings",
        call("getenv secure_getenv setenv putenv system popen fork atexit signal exit"),
        in_core,
        "the host decides; pass what is needed as an argument",
        'char* f(void) { return getenv("HOME"); }',
    ),
    Ban(
        "locale",
        call(
            "setlocale newlocale uselocale strtod strtof strtold atof atoi atol atoll"
            " sscanf fscanf scanf"
        ),
        in_shipped,
        "use epode_number_parse or epode_int_parse: these follow the locale and hide errors",
        "double f(const char* s) { return atof(s); }",
        harmless="double g(const char* s) { return epode_atof(s); }",
    ),
    Ban(
        "files",
        call("fopen freopen fdopen tmpfile open openat creat opendir mmap unlink rename"),
        in_core,
        "files come through the host's reader (epode/host.h)",
        'void f(void) { fopen("x", "r"); }',
        harmless="void g(F* f) { f->open(f); epode_file_open(f); }",
    ),
    Ban(
        "output",
        call("printf fprintf vprintf vfprintf puts fputs putchar putc fputc fwrite perror"),
        except_in(in_core, "src/base/status.c"),
        "return a status, fill the diagnostics or write through the host's writer",
        'void f(void) { puts("x"); }',
        harmless="void g(B* b) { epode_text_puts(b, 0); }",
    ),
    Ban(
        "threads",
        r"\b(?:pthread_|thrd_|mtx_|cnd_|tss_)\w+|\b_Thread_local\b",
        in_core,
        "the library starts no thread and takes no lock; use the host's EpodeParallelFor",
        "static _Thread_local int x;",
    ),
    Ban(
        "float-format",
        r"%[-+#0-9.*]*(?:l|L)?[fFeEgGaA]",
        in_core,
        "use epode_text_put_number or epode_number_format: printf follows the locale",
        'const char* f(void) { return "%.3f"; }',
        view="strings",
        harmless='const char* g(void) { return "%d of 100%% finished, %-5s"; }',
    ),
    # Plain dangers.
    Ban(
        "unbounded",
        call("sprintf vsprintf strcpy strcat strncpy strncat stpcpy strtok strtok_r gets"),
        in_shipped,
        "use a call that takes the size of the room: snprintf, memcpy, EpodeTextBuffer",
        "void f(char* a, const char* b) { strcpy(a, b); }",
        harmless="int g(char* a) { return snprintf(a, 1, 0); }",
    ),
    Ban(
        "volatile",
        r"\bvolatile\b",
        in_core,
        "use C11 atomics between threads; nothing else in the library needs it",
        "volatile int x;",
        harmless="// A volatile temper.\n",
    ),
    Ban(
        "assert",
        call("assert"),
        in_shipped,
        "use EPODE_ASSERT, which stays on in release builds and asks the host",
        "void f(int x) { assert(x); }",
        harmless="_Static_assert(1, EPODE_ASSERT(1));",
    ),
    Ban(
        "parent-include",
        r'^\s*#\s*include\s*"[^"]*\.\./',
        is_c,
        "include by module, as in \"base/text.h\"",
        '#include "../base/a.h"',
        view="text",
    ),
    # The vocabulary (docs/words.md).
    Ban(
        "priority",
        r"\bpriority\b",
        in_core,
        "say salience (which rule fires first) or band (how dispensable a task is)",
        "int priority;",
        harmless="// Its priority in the text.\nint salience;",
    ),
    # Text of any kind.
    Ban(
        "unfinished",
        r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b",
        lambda path: True,
        "finish it, or open an issue and say nothing here",
        "// TO" "DO: think.",
        view="text",
        harmless="// To do so is easy.",
    ),
    Ban(
        "trailing-space",
        r"[ \t\r]+$",
        lambda path: True,
        "remove the white space at the end of the line",
        "int x; \n",
        view="text",
    ),
    Ban(
        "tab",
        r"\t",
        lambda path: True,
        "indent with spaces",
        "\tint x;\n",
        view="text",
    ),
    Ban(
        "columns",
        r"^.{101}",
        lambda path: not path.endswith((".md", ".json", ".html")),
        "break the line at 100 columns",
        "// " + "x" * 98 + "\n",
        view="text",
        harmless="// " + "x" * 97 + "\n",
    ),
    # The project speaks of itself alone: nothing of the machine or the occasion it was written on.
    Ban(
        "machine-path",
        r"(?<![\w.*}])/(?:home|root|work|mnt|srv|Users)/\w|/tmp/w[t]\b",
        lambda path: True,
        "name a path inside the project, or none",
        "// See /ho" "me/someone/notes.\n",
        view="text",
        harmless="// See https://example.org/network/x and src/mnt/x.\n",
    ),
    Ban(
        "occasion",
        r"(?i)\bthis\s+session\b|\bsub-?agents?\b|\bissue #?\d",
        lambda path: not path.endswith(".json"),
        "say what the project is, not how or when the line came about",
        "// Fixed with iss" "ue #12.\n",
        view="text",
        harmless="// An agent plays; the issue is known.\n",
    ),
]
