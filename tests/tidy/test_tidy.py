# SPDX-License-Identifier: MIT
"""Proves that the checker can fail: plants every breach it knows in a small clean project and wants
exactly that finding at that line, and wants nothing where the same words are harmless."""

import json
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import lint
import tidy
from bans import BANS
from rules import FILE_LINES_MAX, FUNCTION_LINES_MAX, RULES

HEAD = """// SPDX-License-Identifier: MIT
// A file of the small project on which the checker is tested. Knows nothing.
"""
HEADER = HEAD + """#ifndef {guard}
#define {guard}

{body}

#endif
"""
CLEAN = {
    "include/epode/epode.h": HEADER.format(guard="EPODE_EPODE_H", body='#include "epode/base.h"'),
    "include/epode/base.h": HEADER.format(
        guard="EPODE_BASE_H",
        body="/// The answer.\n///\n/// Thread:  [any].\nint epode_answer(void);\n"
        "int epode_other_answer(void);"),
    "src/base/text.h": HEADER.format(
        guard="EPODE_BASE_TEXT_H",
        body='#include "epode/base.h"\n\ntypedef struct EpodeText {\n    int size;\n} EpodeText;'),
    "src/base/text.c": HEAD + '#include "base/text.h"\n\nint epode_answer(void)\n{\n'
                              "    return 42;\n}\n",
    "src/CMakeLists.txt": "epode_module(base LEVEL 0 WING shared PUBLIC base.h\n"
                          "    SOURCES base/text.c base/planted.c)\n",
    "docs/house.md": "| folder | level | wing |\n| `src/base/` | 0 | shared |\n",
    "docs/tour.md": "See [the header](../include/epode/base.h).\n",
}
C_FILE = "src/base/planted.c"
HEADER_FILE = "src/base/planted.h"


def c_file(body):
    return {C_FILE: HEAD + "\n" + body + "\n"}


def header_file(body):
    return {HEADER_FILE: HEADER.format(guard="EPODE_BASE_PLANTED_H", body=body),
            C_FILE: HEAD + '#include "base/planted.h"\n'}


def function_of(line_count):
    return "int f(void)\n{\n" + "    f();\n" * (line_count - 3) + "}"


CONTRACT = "/// Does it.\n///\n/// Thread:  [any].\n"

# What is planted, and the findings (rule, path, line) that it must give.
BREACHES = {
    "no licence": ({C_FILE: "// A file without a licence, which is long enough. Knows nothing.\n"},
                   [("opening", C_FILE, 1)]),
    "no paragraph": ({C_FILE: "// SPDX-License-Identifier: MIT\n// Text.\n"},
                     [("opening", C_FILE, 2)]),
    "wrong guard": ({HEADER_FILE: HEADER.format(guard="EPODE_PLANTED_H", body="#define EPODE_X 1"),
                     C_FILE: HEAD + '#include "base/planted.h"\n'},
                    [("guard", HEADER_FILE, 1)]),
    "no contract": (header_file("int epode_f(void);"), [("contract", HEADER_FILE, 6)]),
    "contract without thread": (header_file("/// Does it.\nint epode_f(void);"),
                                [("contract", HEADER_FILE, 7)]),
    "contract with an unknown thread": (
        header_file("/// Does it.\n///\n/// Thread:  [main].\nint epode_f(void);"),
        [("contract", HEADER_FILE, 9)]),
    "contract cut off by a blank line": (header_file(CONTRACT + "\nint epode_f(void);"),
                                         [("contract", HEADER_FILE, 10)]),
    "inline function without contract": (
        header_file("static inline int epode_f(void)\n{\n    return 1;\n}"),
        [("contract", HEADER_FILE, 6)]),
    "second function without contract": (
        header_file(CONTRACT + "int epode_f(void);\n\nint epode_g(void);"),
        [("contract", HEADER_FILE, 11)]),
    "inline stranger below a contract": (
        header_file(CONTRACT + "static inline int epode_put_u8(void)\n{\n    return 1;\n}\n\n"
                    "static inline int epode_get_u8(void)\n{\n    return 1;\n}"),
        [("contract", HEADER_FILE, 14)]),
    "function without prefix": (header_file(CONTRACT + "int frobnicate(void);"),
                                [("naming", HEADER_FILE, 9)]),
    "macro without prefix": (header_file("#define LIMIT 3"), [("naming", HEADER_FILE, 6)]),
    "types without prefix": (
        header_file("typedef struct Plain {\n    int x;\n} Plain;\n\ntypedef int Count;\n"
                    "typedef void (*Call)(int x);"),
        [("naming", HEADER_FILE, 8), ("naming", HEADER_FILE, 10), ("naming", HEADER_FILE, 11)]),
    "long function": (c_file(function_of(FUNCTION_LINES_MAX + 1)), [("length", C_FILE, 4)]),
    "long file": ({C_FILE: HEAD + "int x;\n" * (FILE_LINES_MAX - 1)},
                  [("length", C_FILE, FILE_LINES_MAX + 1)]),
    "source that is not built": ({"src/base/lost.c": HEAD}, [("dead", "src/base/lost.c", 1)]),
    "test that is not registered": (
        {"tests/unit/base/test_lost.c": HEAD,
         "tests/CMakeLists.txt": "epode_unit_test(time lost)\n"},
        [("dead", "tests/unit/base/test_lost.c", 1)]),
    "header that nobody includes": (
        {HEADER_FILE: HEADER.format(guard="EPODE_BASE_PLANTED_H", body="#define EPODE_X 1")},
        [("dead", HEADER_FILE, 1)]),
    "public header outside the umbrella": (
        {"include/epode/time.h": HEADER.format(guard="EPODE_TIME_H", body="#define EPODE_X 1"),
         "src/CMakeLists.txt": CLEAN["src/CMakeLists.txt"].replace("base.h", "base.h time.h")},
        [("dead", "include/epode/time.h", 1), ("umbrella", "include/epode/epode.h", 1)]),
    "umbrella over nothing": (
        {"include/epode/epode.h": HEADER.format(
            guard="EPODE_EPODE_H", body='#include "epode/base.h"\n#include "epode/gone.h"')},
        [("umbrella", "include/epode/epode.h", 7)]),
    "public header that no module owns": (
        {"src/CMakeLists.txt": CLEAN["src/CMakeLists.txt"].replace(" PUBLIC base.h", "")},
        [("owner", "include/epode/base.h", 1)]),
    "module in the wrong place of the plan": (
        {"docs/house.md": "| `src/base/` | 1 | shared |\n"}, [("house", "docs/house.md", 1)]),
    "module outside the plan": ({"docs/house.md": "Rooms.\n"}, [("house", "docs/house.md", 1)]),
    "no newline at the end": ({C_FILE: HEAD + "int x;"},
                              [("ending", C_FILE, 3)]),
    "blank lines at the end": ({"docs/words.md": "Words.\n\n"}, [("ending", "docs/words.md", 2)]),
    "link to nowhere": ({"docs/words.md": "See\n[it](gone.md).\n"},
                        [("links", "docs/words.md", 2)]),
    "layout": (c_file("int  x;"), [("layout", C_FILE, 4)]),
    "exception for nothing": ({tidy.EXCEPTIONS: "# Head.\nlength src/base/text.c because\n"},
                              [("exception", tidy.EXCEPTIONS, 2)]),
    "exception without reason": (
        {**c_file(function_of(FUNCTION_LINES_MAX + 1)), tidy.EXCEPTIONS: f"length {C_FILE}:f\n"},
        [("exception", tidy.EXCEPTIONS, 1)]),
    "exception for another function": (
        {**c_file(function_of(FUNCTION_LINES_MAX + 1)),
         tidy.EXCEPTIONS: f"length {C_FILE}:g because\n"},
        [("exception", tidy.EXCEPTIONS, 1), ("length", C_FILE, 4)]),
}
HARMLESS = {
    "function at the limit": c_file(function_of(FUNCTION_LINES_MAX)),
    "contract over an attribute": header_file(
        CONTRACT + "__attribute__((format(printf, 1, 2))) int epode_f(const char* format, ...);"),
    "contract shared by neighbours": header_file(
        CONTRACT + "int epode_f(void);\nint epode_g(void);"),
    "contract shared by inline kin": header_file(
        CONTRACT + "static inline int epode_put_u8(void)\n{\n    return 1;\n}\n\n"
        "static inline int epode_put_u16(void)\n{\n    return 2;\n}"),
    "macro that looks like a function": header_file("#define EPODE_F(x) do_it(x)"),
    "table that looks like a function": c_file(
        "static const struct {\n    int (*call)(int x);\n} TABLE[] = {{f}, {g}};"),
    "guards of test headers": {
        "tests/unit/base/case.h": HEADER.format(guard="EPODE_TESTS_BASE_CASE_H", body="int a;"),
        "tests/support/help.h": HEADER.format(guard="EPODE_TESTS_HELP_H", body="int a;"),
        C_FILE: HEAD + '#include "case.h"\n#include "help.h"\n'},
    "granted exception": {**c_file(function_of(FUNCTION_LINES_MAX + 1)),
                          tidy.EXCEPTIONS: f"length {C_FILE}:f one readable list\n"},
}


class Checker(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copy(Path(__file__).resolve().parents[2] / ".clang-format", self.root)

    def findings(self, files):
        for path, text in {**CLEAN, **files}.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tidy.check(self.root)

    def assert_findings(self, files, expected):
        found = self.findings(files)
        self.assertEqual(sorted((f.rule, f.path, f.line) for f in found), sorted(expected),
                         "\n".join(map(str, found)))

    def test_clean_project_has_no_findings(self):
        self.assert_findings({}, [])


def add_case(name, files, expected):
    def case(self):
        self.assert_findings(files, expected)
    setattr(Checker, "test_" + name.replace(" ", "_"), case)


def add_ban(ban):
    def planted(self):
        text = ban.example
        if ban.example_path.endswith(".c"):
            text = HEAD + text
        line = text[:next(iter(ban.finditer(tidy.Source(ban.example_path, text))))].count("\n") + 1
        found = {(f.rule, f.path, f.line) for f in self.findings({ban.example_path: text})}
        self.assertIn((ban.name, ban.example_path, line), found)

    def harmless(self):
        text = ban.harmless
        if ban.example_path.endswith(".c"):
            text = HEAD + text
        found = [f for f in self.findings({ban.example_path: text}) if f.rule == ban.name]
        self.assertEqual(found, [])

    setattr(Checker, f"test_ban_{ban.name}_finds_its_example", planted)
    setattr(Checker, f"test_ban_{ban.name}_leaves_neighbours_alone", harmless)


for _name, (_files, _expected) in BREACHES.items():
    add_case("finds_" + _name, _files, _expected)
for _name, _files in HARMLESS.items():
    add_case("allows_" + _name, _files, [])
for _ban in BANS:
    add_ban(_ban)


class Coverage(unittest.TestCase):
    def test_every_rule_has_a_planted_breach(self):
        planted = {rule for _, expected in BREACHES.values() for rule, _, _ in expected}
        self.assertEqual({rule.__name__ for rule in RULES} - {"bans"}, planted - {"exception"})


class Lint(unittest.TestCase):
    def said(self, code):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "src").mkdir()
            shutil.copy(Path(__file__).resolve().parents[2] / ".clang-tidy", root)
            file = root / "src" / "planted.c"
            file.write_text(code)
            (root / "compile_commands.json").write_text(json.dumps(
                [{"directory": folder, "file": str(file), "command": f"cc -c {file}"}]))
            return lint.lint(root, root, ["src"])

    def test_finds_a_suspicious_semicolon(self):
        said, count = self.said("int f(int x)\n{\n    if (x);\n        x++;\n    return x;\n}\n")
        self.assertIn("bugprone-suspicious-semicolon", said)
        self.assertEqual(count, 1)

    def test_accepts_clean_code(self):
        self.assertEqual(self.said("int f(int x)\n{\n    return x;\n}\n"), ("", 1))


if __name__ == "__main__":
    sys.exit(unittest.main())
