# SPDX-License-Identifier: MIT
"""What the built library shows and needs: exactly the functions that its headers declare, nothing
of the system but an allow-list, and no memory of its own that changes. Reads nm; keeps no list of
our functions, since the headers are that list.

    python3 tests/abi/interface.py LIBRARY.so ARCHIVE.a HEADER..
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tidy"))

from source import Source

# What the library may take from the C library, and why nothing else: no clock, file, lock, thread,
# environment, locale or libm can be reached without a name that would appear here.
ALLOWED = {
    "memcpy", "memmove", "memset", "memcmp", "memchr", "bcmp",
    "strlen", "strcmp", "strncmp", "strchr", "strstr",
    "vsnprintf", "snprintf",  # integers and strings only; tests/tidy bans floating formats
    "sqrt", "floor", "ceil", "sqrtf", "floorf", "ceilf",  # exact by definition; see base/math.h
    "realloc", "free",  # base/heap.c, the default heap
    "abort", "fprintf", "fwrite", "fputs", "fputc", "stderr",  # base/status.c, a failed assertion
    # What compilers and start-up code add by themselves.
    "__stack_chk_fail", "__cxa_finalize", "__gmon_start__",
    "_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable",
}
# Objects that may change while the library runs, and why.
WRITABLE = {
    "assert_hook",  # base/status.c: set once by the host before any other call
}


def nm(*arguments):
    result = subprocess.run(["nm", *arguments], capture_output=True, text=True, check=True)
    return result.stdout.splitlines()


def exported(library):
    return {line.split()[0].partition("@")[0]
            for line in nm("-D", "--defined-only", "-f", "posix", library)}


def needed(library):
    return {line.split()[0].partition("@")[0]
            for line in nm("-D", "--undefined-only", "-f", "posix", library)}


def writable(archive):
    """Names of the objects in .data, .bss and their thread-local kin, with the file they are in.
    Tables of pointers that only the loader writes (.data.rel.ro) are constant."""
    found = set()
    member = ""
    for line in nm("-f", "sysv", archive):
        if line.startswith("Symbols from "):
            member = line.rpartition("[")[2].partition("]")[0]
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 7 and fields[3] in ("OBJECT", "TLS"):
            section = fields[6]
            if section.startswith((".data", ".bss", ".tdata", ".tbss", "*COM*")) \
                    and not section.startswith(".data.rel.ro"):
                found.add((member, fields[0].partition(".")[0]))
    return found


def declared(headers):
    """Functions that the headers declare without giving their body."""
    names = set()
    for path in headers:
        source = Source(str(path), Path(path).read_text())
        names |= {function.name for function in source.functions if not function.has_body}
    return names


def findings(library, archive, headers):
    shown, promised = exported(library), declared(headers)
    for name in sorted(promised - shown):
        yield f"{name} is declared in a public header, but the library does not export it: " \
              "define it, and mark the declaration EPODE_API"
    for name in sorted(shown - promised):
        yield f"{name} is exported, but no public header declares it: make it static or hidden"
    for name in sorted(needed(library) - ALLOWED):
        yield f"{name} is needed from the system: the library may only use what interface.py allows"
    for member, name in sorted(writable(archive)):
        if name not in WRITABLE:
            yield f"{name} in {member} can change while the library runs: make it const, or part " \
                  "of an object that the host creates"


def main():
    found = list(findings(sys.argv[1], sys.argv[2], sys.argv[3:]))
    for line in found:
        print(line)
    print(f"note: {len(exported(sys.argv[1]))} functions exported")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
