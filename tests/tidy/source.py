# SPDX-License-Identifier: MIT
"""Reads a C file as the rules see it: with comments and strings blanked out, split into functions
and declarations. Knows just enough of C for code that clang-format has laid out; knows no rules."""

import re
from dataclasses import dataclass
from functools import cached_property

_TOKEN = re.compile(
    r"""//(?:\\\n|[^\n])*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.MULTILINE)
_ATTRIBUTE = re.compile(r"__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|_Alignas\s*\([^()]*\)")
_NOT_A_FUNCTION = re.compile(r"\s*(?:typedef|_Static_assert|static_assert)\b")
_BRACE = re.compile(r"[{}]")
_END_OF_HEAD = re.compile(r"[;{}]")
_NAME_AND_PARENTHESIS = re.compile(r"(\w+)\s*\(")


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


@dataclass
class Function:
    """A function that is declared or defined at the top level of a file; lines count from 1."""

    name: str
    line: int
    last_line: int
    has_body: bool

    @property
    def line_count(self):
        return self.last_line - self.line + 1


class Source:
    """One text file of the project; `path` is relative to its root, with slashes."""

    def __init__(self, path, text):
        self.path = path
        self.text = text

    @cached_property
    def lines(self):
        return self.text.split("\n")

    @property
    def is_c(self):
        return self.path.endswith((".c", ".h"))

    @property
    def is_header(self):
        return self.path.endswith(".h")

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    @cached_property
    def code(self):
        """The text with the insides of comments, strings and characters blank, of equal length."""

        def replace(match):
            token = match.group(0)
            if token[0] == "/":
                return _blank(token)
            return token[0] + _blank(token[1:-1]) + token[-1]

        return _TOKEN.sub(replace, self.text)

    @cached_property
    def strings(self):
        """Every string literal as (offset, what stands between the quotes)."""
        found = []
        for match in _TOKEN.finditer(self.text):
            token = match.group(0)
            if token[0] == '"':
                found.append((match.start(), token[1:-1]))
        return found

    @cached_property
    def includes(self):
        """Every quoted include as (line, name)."""
        pattern = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]*)"', re.MULTILINE)
        return [(self.line_of(m.start()), m.group(1)) for m in pattern.finditer(self.text)]

    @cached_property
    def functions(self):
        """Functions declared or defined at the top level, in order."""
        code = _DIRECTIVE.sub(lambda m: _blank(m.group(0)), self.code)
        code = re.sub(r'extern\s*"\s*"\s*\{', lambda m: _blank(m.group(0)), code)
        functions = []
        start = 0
        while True:
            match = _END_OF_HEAD.search(code, start)
            if match is None:
                return functions
            head = code[start : match.start()]
            end = match.end()
            if match.group(0) == ";":
                self._add(functions, head, start, end, has_body=False)
            elif match.group(0) == "{":
                end = _end_of_block(code, match.start())
                if not self._add(functions, head, start, end, has_body=True):
                    # A type or an initialiser: its statement goes on to the semicolon.
                    end = code.find(";", end) + 1 or len(code)
            start = end

    def _add(self, functions, head, start, end, has_body):
        plain = _ATTRIBUTE.sub(lambda m: _blank(m.group(0)), head)
        match = _NAME_AND_PARENTHESIS.search(plain)
        if match is None or "=" in plain or _NOT_A_FUNCTION.match(plain):
            return False
        name = match.group(1)
        if not has_body and name.isupper():
            return False  # a macro that is called at the top level
        first = start + len(head) - len(head.lstrip())
        functions.append(Function(name, self.line_of(first), self.line_of(end - 1), has_body))
        return True


def _end_of_block(code, opening):
    depth = 0
    for match in _BRACE.finditer(code, opening):
        depth += 1 if match.group(0) == "{" else -1
        if depth == 0:
            return match.end()
    return len(code)
