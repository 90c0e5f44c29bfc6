#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs a build into an empty prefix and lets a stranger use it: a C and a C++ program that know
# nothing but pkg-config.
#
#   tests/abi/install.sh BUILD_FOLDER CONSUMER.c
set -eu
build=$1
consumer=$2
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$build" --prefix "$prefix" >"$prefix/install.log" || {
    cat "$prefix/install.log" >&2
    exit 1
}
pc=$(find "$prefix" -name epode.pc)
[ -n "$pc" ] || { echo "no epode.pc was installed" >&2; exit 1; }
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
library=$(pkg-config --variable=libdir epode)
version=$(pkg-config --modversion epode)

for build in "cc -std=c17 -x c" "c++ -std=c++17 -x c++"; do
    # shellcheck disable=SC2046,SC2086
    $build -Wall -Wextra -Werror "$consumer" -x none -o "$prefix/consumer" \
        $(pkg-config --cflags --libs epode)
    said=$(LD_LIBRARY_PATH=$library "$prefix/consumer")
    [ "$said" = "epode $version: tick 90 stands at 1.5 s" ] || {
        printf 'the consumer built with %s said: %s\n' "$build" "$said" >&2
        exit 1
    }
done
echo "note: installed and used from C and C++"
