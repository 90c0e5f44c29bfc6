# SPDX-License-Identifier: MIT
"""Runs clang-tidy, with the checks of .clang-tidy, over the sources that a build compiles, as many
at once as there are processors. Knows where a build keeps its compile commands; no check.

    python3 tests/tidy/lint.py BUILD_FOLDER ROOT [FOLDER..]      folders of ROOT, src unless told
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def sources(build, root, folders):
    commands = json.loads((build / "compile_commands.json").read_text())
    files = {Path(command["directory"], command["file"]).resolve() for command in commands}
    wanted = [(root / folder).resolve() for folder in folders]
    return sorted(f for f in files if any(f.is_relative_to(folder) for folder in wanted))


def lint(build, root, folders):
    """What clang-tidy has to say, and how many files it was asked about."""
    def one(file):
        result = subprocess.run(
            ["clang-tidy", "-p", str(build), f"--config-file={root / '.clang-tidy'}", "--quiet",
             str(file)], capture_output=True, text=True, check=False)
        return "" if result.returncode == 0 else result.stdout + result.stderr

    files = sources(build, root, folders)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return "".join(pool.map(one, files)), len(files)


def main():
    build, root = Path(sys.argv[1]), Path(sys.argv[2])
    said, count = lint(build, root, sys.argv[3:] or ["src"])
    print(said, end="")
    print(f"note: clang-tidy read {count} files")
    return 1 if said or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
