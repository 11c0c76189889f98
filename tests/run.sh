#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# All tests, on a fresh Debian 12, as root: installs what they need, builds the program and, with sanitizers, its unit
# tests, warnings as errors; runs unit, command, lint and lab tests. The last line says how it went:
# "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
root=$PWD
logs=$root/build/test-logs
passed=0 failed=0 skipped=0

say() { printf '\n== %s (at %d:%02d)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# count PASSED FAILED SKIPPED
count() {
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# A part that is one test by itself: it passed when it exits 0.
part() { # part NAME COMMAND…
    local name=$1
    shift
    say "$name"
    if "$@" >"$logs/$name.log" 2>&1; then
        count 1 0 0
        echo "passed $name"
    else
        count 0 1 0
        cat "$logs/$name.log"
        echo "FAILED $name"
    fi
}

# A part whose last line is "N passed, N failed, N skipped".
counted() { # counted NAME STATUS: reads $logs/NAME.log
    local numbers
    numbers=$(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$logs/$1.log" | tail -1)
    if [ -n "$numbers" ]; then
        # shellcheck disable=SC2086
        count $numbers
        [ "$2" -eq 0 ] || [ "$(echo "$numbers" | cut -d' ' -f2)" -gt 0 ] || count 0 1 0
    else
        count 0 1 0
        echo "FAILED $1: it did not come to its end"
    fi
    grep -E '^(failed|FAILED)' "$logs/$1.log"
    tail -1 "$logs/$1.log"
}

finish() {
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] || exit 1
    exit 0
}

die() { # what cannot go on
    echo "tests/run.sh: $*" >&2
    count 0 1 0
    finish
}

install_packages() {
    local missing=() name
    for name in $(cat packaging/debian-build-packages.txt tests/packages.txt tests/lab/packages.txt); do
        dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || return 1
    say "Installing ${missing[*]}"
    # Nothing of these packages may start a server of its own on this machine.
    local policy=/usr/sbin/policy-rc.d made=no
    [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy && made=yes; }
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$logs/apt.log" 2>&1
    local status=$?
    [ $made = no ] || rm -f $policy
    [ $status -eq 0 ] || tail -20 "$logs/apt.log"
    return $status
}

build() { # build PRESET TARGET…
    # Without debug information: half the time of a build for debugging, the same warnings. The one build is GCC's, the other
    # Clang's: both compilers are kept working, and Clang needs half the time for sanitizers.
    local preset=$1 options=(-DCMAKE_CXX_FLAGS_DEBUG=-O1)
    shift
    [ "$preset" != asan ] || options=(-DCMAKE_CXX_FLAGS_DEBUG=-O0 -DCMAKE_CXX_COMPILER=clang++-14)
    cmake --preset "$preset" -DCMAKE_UNITY_BUILD=ON -DCMAKE_BUILD_TYPE=Debug "${options[@]}" >"$logs/cmake-$preset.log" 2>&1 &&
        cmake --build "build/$preset" --target "$@" >"$logs/build-$preset.log" 2>&1 && return 0
    tail -5 "$logs/cmake-$preset.log"
    grep -E -A 5 'error|FAILED' "$logs/build-$preset.log" | head -40
    return 1
}

# Each doctest program tells its own numbers.
unit_tests() {
    local program numbers
    for program in build/asan/tests/unit/unit_* build/asan/tests/fuzz/fuzz_*; do
        [ -x "$program" ] && [ -f "$program" ] || continue
        local log
        log=$logs/$(basename "$program").log
        timeout 600 "$program" >"$log" 2>&1
        local status=$?
        numbers=$(sed -nE 's/.*test cases: *([0-9]+) *\| *([0-9]+) passed *\| *([0-9]+) failed *\| *([0-9]+) skipped.*/\2 \3 \4/p' "$log" | tail -1)
        # shellcheck disable=SC2086
        [ -z "$numbers" ] || count $numbers
        if [ -z "$numbers" ] || { [ $status -ne 0 ] && [ "$(echo "$numbers" | cut -d' ' -f2)" = 0 ]; }; then
            count 0 1 0
        fi
        if [ $status -ne 0 ]; then
            tail -40 "$log"
            echo "FAILED $(basename "$program"), exit status $status"
        fi
    done
}

mkdir -p "$logs"
install_packages || die "the packages could not be installed (see packaging/debian-build-packages.txt, tests/packages.txt, tests/lab/packages.txt)"

say "Building the program with warnings as errors"
build dev program unit_host || die "the build failed"

say "The lab starts beside the rest (a real Slurm: $logs/lab.log)"
HPCDOC=$root/build/dev/hpcdoc tests/lab/test.sh >"$logs/lab.log" 2>&1 &
lab=$!
trap 'kill "$lab" 2>/dev/null; wait "$lab"' EXIT INT TERM

say "Commands"
python3 tests/cmd/run_cases.py build/dev/hpcdoc >"$logs/commands.log" 2>&1
counted commands $?
for check in tests/lint/*-check tests/program/*-check; do
    [ "${check##*/}" != page-check ] || continue # its pages are made by a unit test
    part "$(basename "$check")" "$check" build/dev/hpcdoc build/dev
done

part many-threads build/dev/tests/unit/unit_host -tc='many threads ask at once'

say "Unit tests with address and undefined-behaviour sanitizers"
if build asan unit_tests; then
    unit_tests
    part page-check tests/program/page-check build/dev/hpcdoc build/asan
else
    count 0 1 0
fi

say "The lab"
wait "$lab"
status=$?
trap - EXIT INT TERM
counted lab $status
echo
finish
