# shellcheck shell=bash disable=SC2034
# Shared by every script of the lab: where it lives, how to step inside, how to wait without hanging.

LAB_HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_DIR=${HPCDOC_LAB_DIR:-/tmp/hpcdoc-lab.$(id -u)}
LAB_CACHE=${HPCDOC_LAB_CACHE:-/var/cache/hpcdoc-lab}
LAB_PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin
LAB_USERS='alice bob carol sue'
LAB_NODES='n1 n2 n3 n4 n7 n8 n9 n10 n11 n13' # the nodes that have a slurmd

die() {
    printf 'lab: %s\n' "$*" >&2
    exit 1
}

note() {
    printf 'lab: %s\n' "$*" >&2
}

need_root() {
    [ "$(id -u)" = 0 ] || die "needs root (namespaces, cgroups, several users)"
}

# A pid file holds "pid start-time", so that a recycled pid is never mistaken for ours.
start_time_of() {
    sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

# first_child PID: waits for the process that unshare forked (the kernel's list has no newline at its end)
first_child() {
    local child=
    read -r child <"/proc/$1/task/$1/children" || true
    [ -n "$child" ] || return 1
    printf '%s\n' "${child%% *}"
}

save_pid() { # save_pid NAME PID
    printf '%s %s\n' "$2" "$(start_time_of "$2")" >"$LAB_DIR/run/$1.pid"
}

pid_of() { # prints the pid of holder NAME when it is alive and still ours
    local pid started
    [ -e "$LAB_DIR/run/$1.pid" ] || return 1
    read -r pid started <"$LAB_DIR/run/$1.pid"
    [ -n "$started" ] && [ "$(start_time_of "$pid")" = "$started" ] || return 1
    printf '%s\n' "$pid"
}

lab_is_up() {
    pid_of base >/dev/null && pid_of root >/dev/null
}

load_lab() {
    lab_is_up || die "is not up in $LAB_DIR (start it with tests/lab/up)"
    # shellcheck source=/dev/null
    . "$LAB_DIR/run/env"
}

# All namespaces of the lab; `base` has the machine's root, `root` the root that Slurm runs from.
in_holder() { # in_holder base|root CMD…
    local pid
    pid=$(pid_of "$1") || die "is not up in $LAB_DIR"
    shift
    nsenter -t "$pid" -m -p -n -u -- \
        env -i -C / PATH="$LAB_PATH" LC_ALL=C.UTF-8 HOME=/root USER=root LOGNAME=root TERM=dumb "$@"
}

as_root() {
    in_holder root "$@"
}

as() { # as USER CMD…: an ordinary login of that user, in the directory ~/work
    as_in "$1" "/home/$1/work" "${@:2}"
}

as_in() { # as_in USER DIRECTORY CMD…
    local user=$1 dir=$2 uid pid
    uid=$(lab_uid "$user")
    pid=$(pid_of root) || die "is not up in $LAB_DIR"
    shift 2
    nsenter -t "$pid" -m -p -n -u -- \
        setpriv --reuid "$uid" --regid "$uid" --init-groups \
        env -i -C "$dir" PATH="/run/lab/bin:$LAB_PATH" HOME="/home/$user" USER="$user" LOGNAME="$user" \
        SHELL=/bin/bash LANG=C.UTF-8 TERM="${TERM:-dumb}" SLURM_CONF=/etc/slurm/slurm.conf \
        ${LAB_HPCDOC:+"HPCDOC=$LAB_HPCDOC"} "$@"
}

lab_uid() {
    case $1 in
    alice) echo 2001 ;;
    bob) echo 2002 ;;
    carol) echo 2003 ;;
    sue) echo 2004 ;;
    root) echo 0 ;;
    *) die "no such lab user: $1 (there are: $LAB_USERS)" ;;
    esac
}

# wait_until SECONDS CMD…: polls four times a second; false when the time is over.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.25
    done
}

daemon_pid() { # pid (inside the lab) of a daemon by its own pid file
    cat "$LAB_DIR/run/$1.pid" 2>/dev/null
}

daemon_alive() {
    local pid
    pid=$(daemon_pid "$1") && [ -n "$pid" ] && as_root kill -0 "$pid" 2>/dev/null
}

daemon_gone() {
    ! daemon_alive "$1"
}

stop_daemon() { # stop_daemon NAME: politely, then not
    local pid
    pid=$(daemon_pid "$1") || return 0
    [ -n "$pid" ] || return 0
    as_root kill -TERM "$pid" 2>/dev/null || return 0
    as_root kill -CONT "$pid" 2>/dev/null || true
    wait_until 10 daemon_gone "$1" || as_root kill -KILL "$pid" 2>/dev/null || true
    rm -f "$LAB_DIR/run/$1.pid"
}

# LAB_HPCDOC is the path, inside the lab, of the binary that HPCDOC names outside (it must be in the checkout)
LAB_HPCDOC=
if [ -n "${HPCDOC:-}" ]; then
    LAB_HPCDOC=/run/lab/src/$(realpath --relative-to="$LAB_HERE/../.." "$HPCDOC")
fi
