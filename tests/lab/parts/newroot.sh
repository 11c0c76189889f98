# shellcheck shell=bash
# A cached private root with a newer Slurm: 24.11 from Debian 13, 26.05 from Debian unstable.

debian_mirror() { # the machine's own one, never a fixed address
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        grep -m 1 -E '/debian/?$' || die "no Debian mirror in the machine's apt sources"
}

suite_of() {
    case $1 in
    24.11) echo trixie ;;
    26.05) echo sid ;;
    esac
}

make_root() { # make_root VERSION
    local root=$LAB_CACHE/$1 suite found log=$LAB_DIR/log/debootstrap.log
    suite=$(suite_of "$1")
    if [ ! -e "$root/.complete" ]; then
        PATH="$LAB_PATH" command -v debootstrap >/dev/null || die "debootstrap is missing (packages: tests/lab/packages.txt)"
        note "building a private root for Slurm $1 from Debian $suite in $root (once)"
        rm -rf "$root.new"
        mkdir -p "$root.new"
        env PATH="$LAB_PATH" debootstrap --variant=minbase \
            --include=slurmctld,slurmd,slurmdbd,slurm-client,munge,python3-minimal,procps \
            "$suite" "$root.new" "$(debian_mirror)" >"$log" 2>&1 9>&- ||
            failed_to_start "the private root for Slurm $1 (debootstrap)" "$log"
        touch "$root.new/.complete"
        rm -rf "$root"
        mv "$root.new" "$root"
    fi
    found=$(chroot "$root" slurmctld -V) || die "slurmctld does not run in $root"
    case $found in
    "slurm $1".* | "slurm-wlm $1".*) ;;
    *) note "Debian $suite now has $found, not $1 (going on with it)" ;;
    esac
}
