#!/bin/sh
# SPDX-License-Identifier: MIT
# script/bootstrap with a Debian of our own around it: fakes of dpkg-query, apt-get, id and sudo,
# and no other command in reach but the few it needs. Nothing is installed.
set -u
bootstrap=$(cd "$(dirname "$0")/../.." && pwd)/script/bootstrap
world=$(mktemp -d)
trap 'rm -rf "$world"' EXIT
failed=0

# fresh MISSING UID APT_FAILURES: all packages but MISSING are there; apt-get fails so many times.
fresh() {
    rm -rf "${world:?}/bin" "$world/calls"
    mkdir "$world/bin"
    : >"$world/calls"
    for tool in sh env mktemp rm cat; do
        ln -s "$(command -v $tool)" "$world/bin/$tool"
    done
    fake dpkg-query <<EOF
shift 3
for package in "\$@"; do
    [ "\$package" = "$1" ] || printf '%s=installed ' "\$package"
done
[ -z "$1" ]
EOF
    fake id <<EOF
echo $2
EOF
    echo "$3" >"$world/failures"
    fake apt-get <<EOF
printf '%s\n' "\$*" >>"$world/calls"
read -r left <"$world/failures"
[ "\$left" = 0 ] && exit 0
echo \$((left - 1)) >"$world/failures"
echo "could not resolve host"
exit 100
EOF
}

# fake NAME: a command whose script is the standard input.
fake() {
    { echo "#!/bin/sh" && cat; } >"$world/bin/$1"
    chmod +x "$world/bin/$1"
}

bootstrap() {
    PATH=$world/bin "$bootstrap" "$@" >"$world/said" 2>&1
    code=$?
}

# expect WHAT TEST..: notes a failure together with all that is known about the run.
expect() {
    what=$1
    shift
    if ! "$@"; then
        echo "FAILED: $what"
        echo "exit code $code; said:"
        sed 's/^/    /' "$world/said"
        echo "apt-get was called with:"
        sed 's/^/    /' "$world/calls"
        failed=1
    fi
}
says() { grep -q "$1" "$world/said"; }
calls() { [ "$(wc -l <"$world/calls")" -eq "$1" ]; }

fresh "" 0 0
bootstrap test
expect "nothing missing: success" [ "$code" = 0 ]
expect "nothing missing: silence" [ ! -s "$world/said" ]
expect "nothing missing: apt-get is left alone" calls 0

fresh ninja-build 0 0
bootstrap demo
expect "one missing: success" [ "$code" = 0 ]
expect "one missing: one call" calls 1
expect "one missing: exactly it is installed" grep -q 'install ninja-build$' "$world/calls"

fresh ninja-build 0 1
bootstrap
expect "stale lists: success" [ "$code" = 0 ]
expect "stale lists: install, update, install" calls 3
expect "stale lists: the lists are fetched" grep -q 'update$' "$world/calls"

fresh ninja-build 0 9
bootstrap
expect "no network: failure" [ "$code" = 1 ]
expect "no network: shows what apt-get said" says 'could not resolve host'
expect "no network: gives the remedy" says 'apt-get install ninja-build'

fresh ninja-build 1000 0
bootstrap
expect "no right to install: failure" [ "$code" = 1 ]
expect "no right to install: gives the remedy" says 'As root run: apt-get install ninja-build'
expect "no right to install: apt-get is left alone" calls 0

fresh ninja-build 1000 0
fake sudo <<EOF
echo sudo >>"$world/calls"
exec "\$@"
EOF
bootstrap
expect "sudo: success" [ "$code" = 0 ]
expect "sudo: is used" grep -q '^sudo$' "$world/calls"

fresh "" 0 0
rm "$world/bin/dpkg-query"
bootstrap
expect "another system: failure" [ "$code" = 1 ]
expect "another system: names what is needed" says 'libxxhash-dev'

fresh "" 0 0
bootstrap everything
expect "unknown purpose: failure" [ "$code" = 1 ]
expect "unknown purpose: shows the usage" says 'usage: script/bootstrap'

exit $failed
