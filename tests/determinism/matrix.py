# SPDX-License-Identifier: MIT
"""Equal bits everywhere: builds the library and the probe with many compilers, optimisation levels
and instruction sets, runs them all and compares what they print with the golden file. Knows how to
build and run a variant; what is hashed stands in probe.c.

    matrix.py --build FOLDER narrow|wide|control     the variants of one group
    matrix.py --program PROBE                        a probe that is already built
    matrix.py --build FOLDER --update REASON         after a deliberate change of results

The group `control` is the proof that the gate can fail: its variants are built the way that the
project forbids, and each must differ from the golden file."""

import argparse
import os
import platform
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent / "golden.txt"
IS_X86_64 = platform.machine() == "x86_64"

# What a processor must have to run code for a level, as /proc/cpuinfo spells it.
CPU_FLAGS = {
    "x86-64-v3": "avx avx2 bmi1 bmi2 f16c fma abm movbe",
    "x86-64-v4": "avx avx2 bmi1 bmi2 f16c fma abm movbe"
                 " avx512f avx512bw avx512cd avx512dq avx512vl",
}


@dataclass(frozen=True)
class Variant:
    compiler: str
    level: str
    march: str = ""
    last_flags: str = ""  # after all others, so that they can undo the project's own
    runner: str = ""

    @property
    def name(self):
        words = [self.compiler, self.level, self.march and f"-march={self.march}", self.last_flags]
        return " ".join(filter(None, words))

    @property
    def lacking(self):
        """The first thing that this machine's processor lacks to run the variant."""
        if not self.march:
            return ""
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("flags"):
                has = set(line.split())
                return next((f for f in CPU_FLAGS[self.march].split() if f not in has), "")
        return "a list of its features"


def group(name):
    cross = [Variant("aarch64-linux-gnu-gcc", "-O2", runner="qemu-aarch64")]
    marches = ["", "x86-64-v3", "x86-64-v4"] if IS_X86_64 else [""]
    narrow = [Variant("gcc", "-O0"), Variant("gcc", "-O3"), Variant("clang", "-O2")]
    if name == "narrow":
        return narrow + (cross if IS_X86_64 else [])
    if name == "wide":
        every = [Variant(compiler, level, march) for compiler in ("gcc", "clang")
                 for level in ("-O0", "-O3") for march in marches]
        return [variant for variant in every if variant not in narrow]
    controls = [Variant("gcc", "-O2", last_flags="-ffast-math")]
    if IS_X86_64:
        controls.append(Variant("gcc", "-O2", "x86-64-v3", "-ffp-contract=fast"))
    return controls


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def build(variant, folder):
    """Builds the probe of a variant and returns the path of the program."""
    folder = folder / "".join(c if c.isalnum() else "-" for c in variant.name)
    flags = ""
    system = []
    if variant.runner:
        # The cross compiler does not look where the header of xxHash is; it needs nothing else.
        headers = folder / "include"
        headers.mkdir(parents=True, exist_ok=True)
        if not (headers / "xxhash.h").exists():
            (headers / "xxhash.h").symlink_to("/usr/include/xxhash.h")
        flags = f"-isystem {headers}"
        system = ["-DCMAKE_SYSTEM_NAME=Linux", "-DCMAKE_SYSTEM_PROCESSOR=aarch64"]
    # An unknown build type has no flags of its own but these.
    configure = run([
        "cmake", "-G", "Ninja", "-S", ROOT, "-B", folder, *system,
        f"-DCMAKE_C_COMPILER={variant.compiler}", f"-DCMAKE_C_FLAGS={flags}",
        "-DCMAKE_BUILD_TYPE=Matrix", f"-DCMAKE_C_FLAGS_MATRIX={variant.level}",
        "-DCMAKE_EXE_LINKER_FLAGS=-static", f"-DEPODE_MARCH={variant.march}",
        f"-DEPODE_FLAGS_LAST={variant.last_flags}", "-DEPODE_PROBE_ONLY=ON"])
    if configure.returncode == 0:
        configure = run(["cmake", "--build", folder, "--target", "epode_probe", "-j", "1"])
    if configure.returncode != 0:
        raise RuntimeError(f"{variant.name} does not build:\n"
                           f"{configure.stdout}{configure.stderr}")
    return folder / "tests" / "determinism" / "epode_probe"


def results(text):
    """The lines of a probe or of the golden file as {what: hash}."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.rsplit(None, 1) for line in lines)


def probe(program, runner=""):
    """What a probe prints."""
    ran = run([*shlex.split(runner), program], timeout=600)
    if ran.returncode != 0:
        raise RuntimeError(f"{program} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def differences(text, golden):
    found, wanted = results(text), results(golden)
    return [f"{what}: {found.get(what, 'missing')} instead of {wanted.get(what, 'nothing')}"
            for what in sorted(found.keys() | wanted.keys())
            if found.get(what) != wanted.get(what)]


def outputs(variants, folder):
    """Builds and runs variants, as many at once as there are processors: (variant, text) each;
    the text is None for a variant that this machine cannot run."""
    def one(variant):
        program = build(variant, folder)
        return variant, None if variant.lacking else probe(program, variant.runner)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, variants))


def compare(group_name, folder):
    golden = GOLDEN.read_text()
    is_control = group_name == "control"
    failed = False
    ran = 0
    for variant, text in outputs(group(group_name), folder):
        if text is None:
            print(f"note: {variant.name} was built but not run: no {variant.lacking} here")
            continue
        ran += 1
        found = differences(text, golden)
        wrong = not found if is_control else bool(found)
        failed |= wrong
        print(f"{'FAILED' if wrong else 'ok'}: {variant.name}: {len(found)} of "
              f"{len(results(golden))} results differ")
        for line in found[:20] if wrong else []:
            print(f"    {line}")
        if wrong and is_control:
            print("    this build must not give equal bits: the probe is blind to its flags")
    kind = "forbidden builds caught" if is_control else "builds give equal bits"
    if not failed:
        print(f"note: {ran} {kind}")
    return failed


def update(reason, folder):
    if not reason.strip():
        sys.exit("a golden file changes only for a reason; give one")
    known = GOLDEN.read_text() if GOLDEN.exists() else ""
    if f"# Reason: {reason}\n" in known:
        sys.exit("this is the reason of the last change; give the reason of this one")
    texts = {}
    for variant, text in outputs(group("narrow") + group("wide"), folder):
        if text is not None:
            texts.setdefault(text, []).append(variant.name)
    if len(texts) != 1:
        for text, names in texts.items():
            print(", ".join(names))
            print("    " + "\n    ".join(differences(text, next(iter(texts)))[:20]))
        sys.exit("the builds differ among each other; there is nothing to write down")
    head = ("# What tests/determinism/probe.c prints in every build. Changed only on purpose, by\n"
            "# matrix.py --update REASON.\n"
            f"# Reason: {reason}\n")
    GOLDEN.write_text(head + next(iter(texts)))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("group", nargs="?", choices=["narrow", "wide", "control"])
    parser.add_argument("--build", type=Path, help="where to build the variants")
    parser.add_argument("--program", help="a probe to run as it is")
    parser.add_argument("--update", metavar="REASON", help="rewrite the golden file")
    arguments = parser.parse_args()
    if arguments.program:
        found = differences(probe(arguments.program), GOLDEN.read_text())
        print("\n".join(found))
        return bool(found)
    if not arguments.build or bool(arguments.group) == (arguments.update is not None):
        parser.error("give --build and either a group or --update")
    if arguments.update is not None:
        return update(arguments.update, arguments.build)
    return compare(arguments.group, arguments.build)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RuntimeError as error:
        sys.exit(str(error))
