# SPDX-License-Identifier: MIT
"""Checks that the project keeps its own rules: prints file:line: rule: remedy for every breach and
returns 1 when there is one. Knows how to walk the tree and which exceptions were granted; the rules
stand in bans.py and rules.py, and test_tidy.py proves that each of them can fail.

    python3 tests/tidy/tidy.py [ROOT]
"""

import os
import sys
from functools import cached_property
from pathlib import Path

from rules import RULES, Finding
from source import Source

SUFFIXES = (".c", ".h", ".cmake", ".py", ".sh", ".md", ".json", ".ts", ".css", ".html", ".in")
NAMES = ("CMakeLists.txt", ".clang-format", ".clang-tidy", ".editorconfig", ".gitattributes",
         ".gitignore")
FOLDERS_OF_SCRIPTS = ("script", ".ci")
# Not ours to judge: what is built, fetched or kept exactly as found, such as the cases of a test.
SKIPPED = ("build", "out", "node_modules", "__pycache__", ".git", "corpus", "bad", "good", "golden")
EXCEPTIONS = "tests/tidy/exceptions.txt"


class Tree:
    """All texts of the project under one root."""

    def __init__(self, root):
        self.root = Path(root)

    def _paths(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(
                f for f in folders if f not in SKIPPED and not f.startswith("build-"))
            relative = Path(folder).relative_to(self.root)
            for name in sorted(names):
                if (name.endswith(SUFFIXES) or name in NAMES
                        or relative.parts[:1] and relative.parts[0] in FOLDERS_OF_SCRIPTS):
                    yield relative / name

    @cached_property
    def sources(self):
        return [
            Source(path.as_posix(), (self.root / path).read_bytes().decode("utf-8", "replace"))
            for path in self._paths()
        ]

    @property
    def c_sources(self):
        return [source for source in self.sources if source.is_c]

    @property
    def build_files(self):
        return [(s.path, s.text) for s in self.sources
                if s.path.endswith((".cmake", "CMakeLists.txt"))]

    def source(self, path):
        return next((source for source in self.sources if source.path == path), None)

    def exceptions(self):
        """Lines of `rule path[:function] reason`."""
        file = self.root / EXCEPTIONS
        if not file.exists():
            return
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield number, *(line.split(None, 2) + ["", ""])[:3]


def check(root):
    """Every finding in the tree that no exception covers, sorted."""
    tree = Tree(root)
    found = [finding for rule in RULES for finding in rule(tree)]
    left = set(found)
    for number, rule, place, reason in tree.exceptions():
        path, _, subject = place.partition(":")
        covered = {f for f in found if (f.rule, f.path) == (rule, path)
                   and (not subject or f.subject == subject)}
        if not covered:
            left.add(Finding(EXCEPTIONS, number, "exception",
                             f"{place} no longer breaks the rule {rule}; remove the line"))
        elif not reason:
            left.add(Finding(EXCEPTIONS, number, "exception", "say why the exception is granted"))
        left -= covered
    return sorted(left)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    findings = check(root)
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} breaches of the rules")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
