# shellcheck shell=bash
# Words the scenarios are written in. $NAME is the scenario's own name.

# job USER [sbatch option…] <script: writes the script into the user's ~/work, submits it, prints the job id
job() {
    local user=$1 uid file
    shift
    uid=$(lab_uid "$user")
    file=$LAB_DIR/home/$user/work/$NAME.sh
    cat >"$file"
    chmod 755 "$file"
    chown "$uid:$uid" "$file"
    as "$user" sbatch --parsable "$@" "$NAME.sh"
}

# helper_job USER [option…]: a job that only has to be there and run for as long as it is needed
helper_job() {
    local user=$1
    shift
    as "$user" sbatch --parsable -J helper -t 60 -o /dev/null "$@" --wrap 'sleep 3500'
}

# put USER FILE MODE <content: a file in the user's ~/work
put() {
    local file=$LAB_DIR/home/$1/work/$2
    cat >"$file"
    chmod "$3" "$file"
    chown "$(lab_uid "$1"):$(lab_uid "$1")" "$file"
}

state_of() { # "STATE|reason" as squeue says it; of an array whatever is first
    as_root timeout 20 squeue -h -a -t all -j "$1" -o '%T|%r' 2>/dev/null | head -n 1
}

state_is() { # state_is ID STATE [REASON-PATTERN]
    local now
    now=$(state_of "$1")
    # shellcheck disable=SC2053
    [[ ${now%%|*} = $2 && ${now#*|} = ${3:-*} ]]
}

pending() { # pending ID REASON-PATTERN
    state_is "$1" PENDING "$2"
}

running() {
    state_is "$1" RUNNING
}

ran_for() { # ran_for ID SECONDS
    local seconds
    seconds=$(as_root squeue -h -t R -j "$1" -o %M 2>/dev/null | awk -F: '{print $(NF - 1) * 60 + $NF}')
    [ "${seconds:-0}" -ge "$2" ]
}

ended() { # for the controller and for accounting
    local now
    now=$(state_of "$1")
    case ${now%%|*} in '' | PENDING | RUNNING | COMPLETING | CONFIGURING | SUSPENDED | REQUEUED) return 1 ;; esac
    [ -z "$(as_root timeout 20 sacct -n -X -P -j "${1%%_*}" -o State | grep -E 'RUNNING|PENDING')" ]
}

ended_as() { # ended_as ID STATE
    ended "$1" && state_is "$1" "$2"
}

admin() {
    as_root scontrol "$@" >/dev/null
}

wait_or_die() { # wait_or_die SECONDS WHAT CMD…
    local seconds=$1 what=$2
    shift 2
    wait_until "$seconds" "$@" || die "$NAME: waited $seconds s for $what"
}

# busy_blocker: bob fills the one node of partition busy, once
busy_blocker() {
    local id
    id=$(as_root squeue -h -p busy -n blocker -t R -o %i | head -n 1)
    [ -z "$id" ] || return 0
    id=$(as bob sbatch --parsable -J blocker -p busy -c4 -t 60 -o /dev/null --wrap 'sleep 3500')
    wait_or_die 60 "the job that fills n4" running "$id"
}
