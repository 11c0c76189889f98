#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# shell.sh [ROOT]: every shell script parses and passes shellcheck. Exit status: 0 nothing wrong, 1 something is.
set -u
root=$(cd "${1:-$(dirname "$0")/../..}" && pwd) || exit 2
command -v shellcheck >/dev/null || { echo "shellcheck: not installed (Debian: apt install shellcheck)"; exit 1; }

# SC2034: variables of a file that others source look unused in it.
cd "$root" || exit 2
wrong=0
while IFS= read -r -d '' file; do
    read -r first <"$file" 2>/dev/null || continue
    case $file:$first in
    *.sh:* | *.bash:* | *:'#!/bin/bash'* | *:'#!/bin/sh'* | *:'#!/usr/bin/env bash'*) ;;
    *) continue ;;
    esac
    bash -n "$file" || wrong=1
    shellcheck --shell=bash --external-sources --source-path=SCRIPTDIR --severity=warning --exclude=SC2034 "$file" || wrong=1
done < <(find . \( -name .git -o -path ./build -o -path './tests/bin' -o -path ./out \) -prune -o -type f -print0 | sort -z)
exit $wrong
