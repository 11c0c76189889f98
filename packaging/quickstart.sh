#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# On a fresh Debian 12: installs what hpcdoc is built from, builds it, and explains a job at once.
#   packaging/quickstart.sh        needs root (or sudo) for the packages only
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

install_packages() {
    local missing=() name
    for name in $(cat packaging/debian-build-packages.txt); do
        dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "quickstart: these packages are missing, and only root may install them: ${missing[*]}" >&2; exit 2; }
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build() {
    say "Building (some minutes)"
    cmake --preset release -DHPCDOC_TESTS=OFF -DCMAKE_UNITY_BUILD=ON >/dev/null
    cmake --build --preset release -- -k 1
}

explain_recorded() {
    local demo id
    for demo in share/hpcdoc/demo/*/; do
        id=$(cat "$demo/job")
        say "A recorded cluster: hpcdoc --from ${demo%/} job explain $id"
        # A failed job is a finding (exit status 1), not a failure of this script.
        build/release/hpcdoc --no-pager --from "${demo%/}" job explain "$id" || [ $? -eq 1 ]
    done
}

explain_live() {
    timeout 10 scontrol show config >/dev/null 2>&1 || { say "No Slurm that answers on this machine: that was all"; return; }
    say "The Slurm of this machine: hpcdoc job explain"
    build/release/hpcdoc --no-pager job explain || [ $? -le 3 ]
}

case ${1:-} in
'') ;;
*) echo "usage: packaging/quickstart.sh" >&2; exit 2 ;;
esac
install_packages
build
explain_recorded
explain_live
say "Built: $PWD/build/release/hpcdoc. To install it: cmake --install build/release --prefix /usr/local"
