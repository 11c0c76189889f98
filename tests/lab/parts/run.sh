# shellcheck shell=bash
# Finding scenarios, running one, and running all of them with shared waits.
# A scenario is a comment line and two functions named after it (dashes become underscores):
# submit_NAME prints the job id; until_NAME ID says whether it is where it should be (default: ended).

list_scenarios() { # file|name|expected|description|options
    grep -H '^# scenario: ' "$LAB_HERE"/scenarios/*.sh |
        sed -e 's/:# scenario: */|/' -e 's/ *| */|/g'
}

find_scenario() {
    list_scenarios | awk -F'|' -v name="$1" '$2 == name' | grep . || die "no such scenario: $1 (see scenario --list)"
}

option_of() { # option_of OPTIONS KEY DEFAULT
    local word
    for word in $1; do
        [ "${word%%=*}" != "$2" ] || { printf '%s\n' "${word#*=}"; return; }
    done
    printf '%s\n' "$3"
}

# wanted NAME OPTIONS PATTERN ALONE: is it to be run now, on this version?
wanted() {
    [[ $1 =~ $3 ]] && [ "$(option_of "$2" alone no)" = "$4" ] || return 1
    [ "$(option_of "$2" slurm "$LAB_SLURM")" = "$LAB_SLURM" ] || {
        note "$1: not with Slurm $LAB_SLURM"
        return 1
    }
}

submit_scenario() ( # submit_scenario FILE NAME
    NAME=$2
    # shellcheck source=/dev/null
    . "$1"
    "submit_${NAME//-/_}"
)

reached_scenario() ( # reached_scenario FILE NAME ID
    NAME=$2
    # shellcheck source=/dev/null
    . "$1"
    if declare -F "until_${NAME//-/_}" >/dev/null; then
        "until_${NAME//-/_}" "$3"
    else
        ended "$3"
    fi
)

check_id() {
    [[ $2 =~ ^[0-9]+(_[0-9]+|_\[[0-9,%-]+\]|\+[0-9]+)?$ ]] || die "$1: submission failed: ${2:-nothing printed}"
}

await_scenario() { # await_scenario FILE NAME ID SECONDS
    wait_until "$4" reached_scenario "$1" "$2" "$3" ||
        { note "$2: job $3 did not get there in $4 s; it is $(state_of "$3")"; return 1; }
}

run_one() {
    local line file expected about options id
    line=$(find_scenario "$1")
    IFS='|' read -r file _ expected about options <<<"$line"
    id=$(submit_scenario "$file" "$1") || die "$1: could not be submitted"
    check_id "$1" "$id"
    await_scenario "$file" "$1" "$id" "$(option_of "$options" wait 60)" || exit 1
    printf '%s\n' "$id"
}

# run_all: first everything that can be there at the same time (one wait for all), then, only when there is
# somebody to look at once (--each), what breaks the cluster: one at a time, each followed by a clean-up.
run_all() {
    local each='' only='.' parallel=1 rc=0
    while [ $# -gt 0 ]; do
        case $1 in
        --each) each=${2:?--each needs a command}; shift 2 ;;
        --jobs) parallel=${2:?--jobs needs a number}; shift 2 ;;
        --only) only=${2:?--only needs a pattern}; shift 2 ;;
        *) die "unknown argument: $1" ;;
        esac
    done
    clean_lab
    run_together "$each" "$only" "$parallel" || rc=1
    if [ -n "$each" ]; then
        run_alone "$each" "$only" || rc=1
        clean_lab
    fi
    return "$rc"
}

report() { # report EACH NAME EXPECTED ID OPTIONS
    printf '%s\t%s\t%s\t%s\n' "$2" "$3" "$4" "$5"
    [ -z "$1" ] || $1 "$2" "$3" "$4" "$5"
}

run_together() { # run_together EACH ONLY PARALLEL: so many CMDs at a time
    local file name expected about options id rc=0 lines=() checks=() check
    while IFS='|' read -r file name expected about options; do
        wanted "$name" "$options" "$2" no || continue
        if id=$(submit_scenario "$file" "$name" </dev/null) && (check_id "$name" "$id"); then
            lines+=("$file|$name|$expected|$options|$id")
        else
            note "$name: could not be submitted"
            rc=1
        fi
    done < <(list_scenarios)
    for line in ${lines[@]+"${lines[@]}"}; do
        IFS='|' read -r file name expected options id <<<"$line"
        if await_scenario "$file" "$name" "$id" "$(option_of "$options" wait 60)"; then
            while [ "$(jobs -pr | wc -l)" -ge "$3" ]; do
                sleep 0.1
            done
            report "$1" "$name" "$expected" "$id" "$options" </dev/null &
            checks+=($!)
        else
            rc=1
        fi
    done
    for check in ${checks[@]+"${checks[@]}"}; do
        wait "$check" || rc=1
    done
    return "$rc"
}

run_alone() {
    local file name expected options id rc=0
    while IFS='|' read -r file name expected _ options <&7; do
        wanted "$name" "$options" "$2" yes || continue
        clean_lab
        if id=$(run_one "$name" </dev/null); then
            report "$1" "$name" "$expected" "$id" "$options" || rc=1
        else
            rc=1
        fi
    done 7< <(list_scenarios)
    return "$rc"
}
