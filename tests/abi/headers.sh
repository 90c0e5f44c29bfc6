#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public header compiles alone, twice in one file, in C17 and C++17, with gcc and with clang,
# without a warning. Knows only the folder of headers it is given; nothing of src/ is in sight.
#
#   tests/abi/headers.sh INCLUDE_FOLDER
set -u
include=$1
warnings="-Wall -Wextra -Wpedantic -Wundef -Wconversion -Werror"
failed=0
count=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for header in "$include"/epode/*.h; do
    name=epode/${header##*/}
    printf '#include "%s"\n#include "%s"\n' "$name" "$name" >"$work/alone.c"
    cp "$work/alone.c" "$work/alone.cc"
    for compiler in "gcc -std=c17" "clang -std=c17" "g++ -std=c++17" "clang++ -std=c++17"; do
        case $compiler in
        *++*) file=$work/alone.cc ;;
        *) file=$work/alone.c ;;
        esac
        count=$((count + 1))
        # shellcheck disable=SC2086
        if ! $compiler $warnings -I "$include" -fsyntax-only "$file"; then
            printf '%s does not compile alone with %s\n' "$name" "$compiler" >&2
            failed=1
        fi
    done
done
[ "$count" -gt 0 ] || { printf 'no header in %s\n' "$include" >&2; exit 1; }
printf 'note: %d compilations of headers alone\n' "$count"
exit $failed
