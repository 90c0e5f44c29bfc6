# SPDX-License-Identifier: MIT
"""Proves that interface.py can fail: builds small libraries, one without a flaw and one for each
flaw it looks for, and wants the flaw to be named."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import interface

HEADER = "int epode_answer(void);\nstatic inline int epode_inline(void)\n{\n    return 1;\n}\n"
CLEAN = """
#define SHOWN __attribute__((visibility("default")))
static const char* const texts[] = {"a", "b"};
static int (*assert_hook)(void) = 0;
SHOWN int epode_answer(void)
{
    return assert_hook ? assert_hook() : texts[0][0];
}
"""


class Interface(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)

    def findings(self, code, header=HEADER):
        source, object_, library, archive, header_ = (
            str(self.root / name) for name in ("x.c", "x.o", "libx.so", "libx.a", "x.h"))
        Path(source).write_text(CLEAN + code)
        Path(header_).write_text(header)
        compiler = os.environ.get("CC", "cc")
        flags = ["-O1", "-fPIC", "-fvisibility=hidden", "-fno-builtin"]
        subprocess.run([compiler, *flags, "-c", source, "-o", object_], check=True)
        subprocess.run([compiler, "-shared", object_, "-lm", "-o", library], check=True)
        subprocess.run(["ar", "rcs", archive, object_], check=True)
        return list(interface.findings(library, archive, [header_]))

    def assert_one(self, name, found):
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(name + " "), found)

    def test_clean_library_has_no_findings(self):
        self.assertEqual(self.findings(""), [])

    def test_finds_a_promise_that_is_not_kept(self):
        self.assert_one("epode_gone", self.findings("", HEADER + "int epode_gone(void);\n"))

    def test_finds_a_function_that_slipped_out(self):
        self.assert_one("helper", self.findings("SHOWN int helper(void) { return 1; }"))

    def test_finds_what_is_needed_from_libm(self):
        self.assert_one("pow", self.findings(
            "double pow(double, double); double f(double x) { return pow(x, 3); }"))

    def test_finds_what_is_needed_from_the_system(self):
        self.assert_one("clock_gettime", self.findings(
            "int clock_gettime(int, void*); int f(void) { return clock_gettime(0, 0); }"))

    def test_finds_globals_that_change(self):
        for code in ("static int count; int f(void) { return count++; }",
                     "int f(void) { static int count = 3; return count++; }",
                     "int count = 4;"):
            with self.subTest(code):
                self.assert_one("count", self.findings(code))

    def test_finds_thread_local_state(self):
        found = self.findings("static _Thread_local int count; int f(void) { return count++; }")
        self.assertEqual([line.split()[0] for line in found], ["__tls_get_addr", "count"])


if __name__ == "__main__":
    sys.exit(unittest.main())
