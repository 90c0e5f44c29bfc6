# SPDX-License-Identifier: MIT
"""The rules that need to know more than one line: how a file opens, what a header promises, how
long a function is, which files nobody uses. Each takes the tree and yields findings."""

import re
import subprocess
from dataclasses import dataclass

from bans import BANS

FUNCTION_LINES_MAX = 100
FILE_LINES_MAX = 1200
THREAD_WORDS = ("[load]", "[tick]", "[audio]", "[any]")


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    text: str
    subject: str = ""  # the function, when the finding is about one

    def __str__(self):
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


def bans(tree):
    for source in tree.sources:
        for ban in BANS:
            if ban.where(source.path):
                for offset in ban.finditer(source):
                    yield Finding(source.path, source.line_of(offset), ban.name, ban.remedy)


def opening(tree):
    """A file of C opens with its licence and a paragraph that says what it is and knows."""
    for source in tree.c_sources:
        if source.lines[0] != "// SPDX-License-Identifier: MIT":
            yield Finding(source.path, 1, "opening",
                          "the first line must be // SPDX-License-Identifier: MIT")
            continue
        paragraph = []
        for line in source.lines[1:]:
            if not line.startswith("// "):
                break
            paragraph.append(line[3:])
        text = " ".join(paragraph)
        if len(text) < 30 or "." not in text:
            yield Finding(source.path, 2, "opening",
                          "say in a paragraph what this file is, knows and must not know")


def guard(tree):
    """A header is guarded by its path; outside src and include any folder between the first
    and the file may be left out."""
    for source in tree.c_sources:
        if not source.is_header:
            continue
        path = re.sub(r"[^A-Z0-9/]", "_", source.path.removesuffix(".h").upper())
        top, *folders, file = path.split("/")
        if top in ("INCLUDE", "SRC"):
            middle = "".join(f"{folder}_" for folder in folders).removeprefix("EPODE_")
        else:
            middle = top + "_" + "".join(f"(?:{folder}_)?" for folder in folders)
        found = re.search(r"^#ifndef (\w+)\n#define \1$", source.text, re.MULTILINE)
        if found is None or not re.fullmatch(f"EPODE_{middle}{file}_H", found.group(1)):
            name = re.sub(r"\(\?:\w+\)\?", "", f"EPODE_{middle}{file}_H")
            yield Finding(source.path, 1, "guard", f"guard the header with {name}")


def _contract_above(lines, line):
    """The /// block that covers a declaration at `line`: right above it, or above the declarations
    that it shares the block with (nothing blank in between)."""
    index = line - 2
    while index >= 0 and lines[index].strip() and not lines[index].startswith("///"):
        index -= 1
    contract = []
    while index >= 0 and lines[index].startswith("///"):
        contract.append(lines[index][3:])
        index -= 1
    return "\n".join(reversed(contract))


def _family(function):
    """What functions that differ only in their last word share; put_u8 and put_u16 are kin."""
    return function.name.rpartition("_")[0] if function.has_body else None


def contract(tree):
    """Every function that a header declares says at least what it is and on which thread. Inline
    kin that stand right below each other may share the contract of the first."""
    for source in tree.c_sources:
        if not source.is_header or not source.path.startswith(("src/", "include/")):
            continue
        before = None
        text = ""
        for function in source.functions:
            own = _contract_above(source.lines, function.line)
            is_kin = before is not None and before.last_line + 2 == function.line \
                and _family(function) is not None and _family(function) == _family(before)
            text = own or (text if is_kin else "")
            before = function
            thread = re.search(r"^ Thread:(.*)", text, re.MULTILINE | re.DOTALL)
            if not text:
                problem = "has no /// contract"
            elif thread is None:
                problem = "has no Thread: line in its contract"
            elif not any(word in thread.group(1) for word in THREAD_WORDS):
                problem = "names none of the threads " + " ".join(THREAD_WORDS)
            else:
                continue
            yield Finding(source.path, function.line, "contract", f"{function.name} {problem}",
                          function.name)


def naming(tree):
    """What a header of ours shows to others carries the name of the project."""
    for source in tree.c_sources:
        if not source.is_header or not source.path.startswith(("src/", "include/")):
            continue
        for function in source.functions:
            if not function.name.startswith("epode_"):
                yield Finding(source.path, function.line, "naming",
                              f"a function in a header is epode_noun_verb, not {function.name}",
                              function.name)
        for match in re.finditer(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", source.code, re.MULTILINE):
            if not match.group(1).startswith("EPODE_"):
                yield Finding(source.path, source.line_of(match.start()), "naming",
                              f"a macro in a header is EPODE_NOUN_X, not {match.group(1)}")
        types = r"^typedef\b[^;{]*?\b(\w+);|^\}[ ]*(\w+);|^typedef[^;{(]*\(\*(\w+)\)"
        for match in re.finditer(types, source.code, re.MULTILINE):
            name = next(filter(None, match.groups()))
            if not name.startswith("Epode"):
                yield Finding(source.path, source.line_of(match.start(match.lastindex)), "naming",
                              f"a type in a header is EpodeNoun, not {name}")


def length(tree):
    for source in tree.c_sources:
        count = len(source.lines) - 1
        if count > FILE_LINES_MAX:
            yield Finding(source.path, count, "length",
                          f"the file has {count} lines, at most {FILE_LINES_MAX} may be; split it")
        for function in source.functions:
            if function.has_body and function.line_count > FUNCTION_LINES_MAX:
                yield Finding(source.path, function.line, "length",
                              f"{function.name} has {function.line_count} lines, at most "
                              f"{FUNCTION_LINES_MAX} may be; split it", function.name)


# How our own CMake functions name the sources that they build.
_BUILT_BY = [
    (r"tests/unit/(\w+)/test_(\w+)\.c", r"epode_unit_test\(\s*{}\s+{}\b"),
    (r"tests/fuzz/fuzz_(\w+)\.c", r"epode_fuzz_target\(\s*{}\b"),
]


def _is_named_in_build(path, build_files):
    for file, text in build_files:
        spellings = [path]
        folder = file.rpartition("/")[0] + "/"
        if path.startswith(folder):
            spellings.append(path[len(folder):])
        for spelling in spellings:
            if re.search(r"(?<![\w.-])" + re.escape(spelling) + r"(?![\w.-])", text):
                return True
        for source_pattern, call in _BUILT_BY:
            match = re.fullmatch(source_pattern, path)
            if match and re.search(call.format(*match.groups()), text):
                return True
    return False


def dead(tree):
    """A source that is not built or a header that nobody includes is a leftover."""
    included = {}
    for source in tree.c_sources:
        for _, name in source.includes:
            included.setdefault(name, set()).add(source.path)
    for source in tree.c_sources:
        path = source.path
        users = set()
        for name, paths in included.items():
            if path.endswith("/" + name) or path == name:
                users |= paths - {path}
        if source.is_header:
            if not users and path != "include/epode/epode.h":
                yield Finding(path, 1, "dead", "no file includes this header; delete it")
        elif not users and not _is_named_in_build(path, tree.build_files):
            yield Finding(path, 1, "dead", "no CMakeLists.txt names this source; delete it")


def umbrella(tree):
    """epode.h includes every public header, and nothing else."""
    public = {s.path[len("include/"):] for s in tree.c_sources if s.path.startswith("include/")}
    source = tree.source("include/epode/epode.h")
    if source is None:
        yield Finding("include/epode/epode.h", 1, "umbrella", "the header is missing")
        return
    named = {name for _, name in source.includes}
    for name in sorted(public - named - {"epode/epode.h"}):
        yield Finding(source.path, 1, "umbrella", f'add #include "{name}"')
    for line, name in source.includes:
        if name not in public:
            yield Finding(source.path, line, "umbrella", f"there is no public header {name}")


def _modules(tree):
    """The words of every epode_module line: its name first, then LEVEL, WING, PUBLIC and so on."""
    text = next((text for file, text in tree.build_files if file == "src/CMakeLists.txt"), "")
    return [match.group(1).split() for match in re.finditer(r"epode_module\(([^)]*)\)", text)]


def owner(tree):
    """Every public header belongs to exactly one module, which is how its view gets to see it."""
    owned = []
    for words in _modules(tree):
        if "PUBLIC" in words:
            for word in words[words.index("PUBLIC") + 1:]:
                if not word.endswith(".h"):
                    break
                owned.append(word)
    for source in tree.c_sources:
        if source.path.startswith("include/epode/") and source.path != "include/epode/epode.h":
            name = source.path[len("include/epode/"):]
            if owned.count(name) != 1:
                yield Finding(source.path, 1, "owner",
                              f"{owned.count(name)} modules of src/CMakeLists.txt list {name} as "
                              "PUBLIC, exactly one must")


def house(tree):
    """The plan of the house shows every module where the build puts it."""
    plan = tree.source("docs/house.md")
    rows = dict(re.findall(r"^\| `src/(\w+)/` \| (\d+ \| \w+) \|", plan.text if plan else "",
                           re.MULTILINE))
    for name, _, level, _, wing, *_ in _modules(tree):
        if rows.get(name) != f"{level} | {wing}":
            yield Finding("docs/house.md", 1, "house",
                          f"the row of src/{name}/ must say level {level}, wing {wing}")


def ending(tree):
    for source in tree.sources:
        if source.text and not source.text.endswith("\n"):
            yield Finding(source.path, len(source.lines), "ending", "end the file with a newline")
        elif source.text.endswith("\n\n"):
            yield Finding(source.path, len(source.lines) - 1, "ending",
                          "remove the blank lines at the end of the file")


def links(tree):
    """A relative link in a document leads to a file of the project."""
    for source in tree.sources:
        if not source.path.endswith(".md"):
            continue
        text = re.sub(r"```.*?```|`[^`\n]*`", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                      source.text, flags=re.DOTALL)
        for match in re.finditer(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            target = match.group(1)
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (tree.root / source.path).parent.joinpath(target).exists():
                yield Finding(source.path, source.line_of(match.start()), "links",
                              f"{target} does not exist")


def layout(tree):
    """clang-format would change nothing."""
    paths = [source.path for source in tree.c_sources]
    found = re.compile(r"^(.+?):(\d+):\d+: (?:error|warning): .*clang-format")
    for start in range(0, len(paths), 50):
        result = subprocess.run(
            ["clang-format", "--dry-run", "-Werror", *paths[start:start + 50]],
            cwd=tree.root, capture_output=True, text=True, check=False)
        seen = set()
        for line in result.stderr.splitlines():
            match = found.match(line)
            if match and match.group(1) not in seen:
                seen.add(match.group(1))
                yield Finding(match.group(1), int(match.group(2)), "layout",
                              f"run clang-format -i {match.group(1)}")
        if result.returncode != 0 and not seen:
            raise RuntimeError(f"clang-format failed:\n{result.stderr}")


RULES = [bans, opening, guard, contract, naming, length, dead, umbrella, owner, house, ending,
         links, layout]
