#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# hpcdoc on a real Slurm: brings a lab of its own up, makes every scenario, asks as the user would and compares the
# verdict, live and from the recording made on the way; then the checks that need a cluster; then takes the lab down.
#   test.sh [--slurm VERSION] [--only REGEX]
# HPCDOC names the binary (in this checkout); default build/dev/hpcdoc. HPCDOC_LAB_RECORDINGS keeps the recordings.
# Last line: "N passed, N failed, N skipped". Exit status 1 when something failed or the lab did not start.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
slurm=22.05 only=.
while [ $# -gt 0 ]; do
    case $1 in
    --slurm) slurm=${2:?--slurm needs a version}; shift 2 ;;
    --only) only=${2:?--only needs a pattern}; shift 2 ;;
    *) echo "usage: test.sh [--slurm 22.05|24.11|26.05] [--only REGEX]" >&2; exit 2 ;;
    esac
done

HPCDOC=$(realpath "${HPCDOC:-build/dev/hpcdoc}")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/hpcdoc-lab-test.XXXXXX") || exit 1
chmod 755 "$scratch"
export HPCDOC HPCDOC_LAB_DIR=$scratch/lab HPCDOC_LAB_RESULTS=$scratch/results
passed=0 failed=0 skipped=0

# shellcheck disable=SC2317 # by the trap
finish() {
    trap - EXIT
    HPCDOC_LAB_DIR=$scratch/lab tests/lab/down --purge >/dev/null 2>&1
    # what the lab could not take away is small and below the scratch directory; never follow a mount
    rm -rf --one-file-system "$scratch"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

pass() { passed=$((passed + 1)); echo "passed $1"; }
fail() { failed=$((failed + 1)); echo "failed $1: ${2:-}"; }
check() { # check NAME CMD…: what it printed is shown when it fails
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then pass "$name"; else fail "$name" "$(tail -n 5 <<<"$said")"; fi
}

# First-job-id: other labs of this machine start at 22001.
up() {
    [ -x "$HPCDOC" ] || { echo "there is no program $HPCDOC (build it, or set HPCDOC)"; return 1; }
    tests/lab/up --slurm "$slurm" --dir "$HPCDOC_LAB_DIR" --first-job-id "$((100000 + $$ % 50000))"
}

# Every line of the results file counts; a scenario that has none did not get where it should be.
count_scenarios() { # count_scenarios REGEX PREFIX
    local name
    while read -r name _; do
        [[ $name =~ $1 ]] || continue
        if grep -q "^passed $name " "$HPCDOC_LAB_RESULTS"; then
            passed=$((passed + 1))
        elif grep -q "not with Slurm" <(grep "$name:" "$scratch/log"); then
            skipped=$((skipped + 1))
        else
            fail "$2$name" "$(grep "^failed $name " "$HPCDOC_LAB_RESULTS" || grep "$name" "$scratch/log" | tail -n 2)"
        fi
    done < <(tests/lab/scenario --list)
    : >"$HPCDOC_LAB_RESULTS"
}

scenarios() { # scenarios REGEX PREFIX
    : >"$HPCDOC_LAB_RESULTS"
    tests/lab/scenario --all --jobs 2 --each tests/lab/check-verdict --only "$1" >"$scratch/log" 2>&1
    grep -E '^(passed|failed) ' "$scratch/log"
    count_scenarios "$1" "$2"
}

ask() { # ask USER WORD…: as hpcdoc; a finding (1) is an answer too
    local user=$1
    shift
    tests/lab/enter -u "$user" hpcdoc "$@" || [ $? -eq 1 ]
}

holds() { # holds PYTHON-EXPRESSION TEXT: of the JSON as `report`
    python3 -c 'import json, sys; report = json.loads(sys.argv[2]); sys.exit(not eval(sys.argv[1]))' "$1" "$2"
}

list_names_jobs() {
    local said
    said=$(ask alice job list --json) &&
        holds 'len([row for table in report["tables"] if table["id"] == "jobs" for row in table["rows"]]) > 0' "$said"
}

chosen_job_is_explained() {
    local said
    said=$(ask alice job explain --json) &&
        holds 'report["subject"] and any(f["name"] == "job.chosen" and f["value"] for f in report["facts"])' "$said"
}

chosen_job_is_told_to_people() {
    local said
    said=$(ask alice job explain) && grep -q Chosen <<<"$said"
}

somebody_without_jobs_is_told() {
    local said
    said=$(ask sue job explain) && grep -q 'no job in the last' <<<"$said"
}

unknown_id_is_told() {
    local said
    said=$(ask alice job explain 9999998 --json) && holds 'report["verdict"]["id"] == "job.not-found"' "$said"
}

# A failed job, its bundle in another account, the same verdict from it; and nothing of a token that was in the environment.
a_bundle_says_what_the_machine_said() {
    local job live file said token
    token=hf_$(head -c 60 /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | head -c 36)
    job=$(tests/lab/scenario segfault-step) || return 1
    live=$(ask alice job explain "$job" --json) || return 1
    tests/lab/enter -u alice env HF_TOKEN="$token" hpcdoc --no-pager bundle --no-questions --job "$job" --note "it crashes with $token" \
        -o "/tmp/ticket-$job.tar.gz" || [ $? -eq 1 ] || return 1
    file=/home/bob/ticket-$job.tar.gz
    tests/lab/enter -u root bash -c "cp /tmp/ticket-$job.tar.gz $file && chown bob: $file" || return 1
    ask bob bundle verify "$file" || return 1
    ask bob bundle show "$file" summary.txt | grep -q job.segfault || { echo "the summary does not name the cause"; return 1; }
    tests/lab/enter -u root bash -c "tar xOf $file" | grep -qF "$token" && { echo "the token is in it"; return 1; }
    said=$(ask bob --from "$file" job explain "$job" --json) || return 1
    [ "$(verdict_of "$said")" = "$(verdict_of "$live")" ]
}

verdict_of() { python3 -c 'import json, sys; print(json.loads(sys.argv[1])["verdict"])' "$1"; }

a_job_bundles_itself() {
    local said
    said=$(tests/lab/enter -u alice bash -c "cd /home/alice/work && srun -n1 --mem=400 -t 5 $HPCDOC --no-pager bundle --no-questions --json -o /home/alice/in-job.tar.gz") || [ $? -eq 1 ] || return 1
    ask alice bundle show /home/alice/in-job.tar.gz --json | grep -q ', in-job' || { echo "its role is not in-job: $said"; return 1; }
}

hostile_environment() {
    local bin=/run/lab/src/tests/bin
    printf '%s\n' "PATH=$bin:/run/lab/bin:/usr/local/bin:/usr/bin:/bin" SQUEUE_FORMAT=%i SQUEUE_PARTITION=none SQUEUE_STATES=CD \
        SACCT_FORMAT=JobID SLURM_TIME_FORMAT=%s SLURM_CLUSTERS=nowhere SLURM_BITSTR_LEN=4 LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 \
        LD_PRELOAD= TZ=America/New_York COLUMNS=7
}

if ! up >"$scratch/log" 2>&1; then
    fail "the lab did not start" "$(tail -n 10 "$scratch/log")"
    exit 1
fi
scenarios "$only" ''
check "job list names alice's jobs" list_names_jobs
check "job explain without an id explains one" chosen_job_is_explained
check "and says why it chose that one" chosen_job_is_told_to_people
check "somebody without jobs is told so" somebody_without_jobs_is_told
check "an id that nobody has" unknown_id_is_told
check "a bundle says what the machine said" a_bundle_says_what_the_machine_said
check "a job bundles itself" a_job_bundles_itself
[ ! -x tests/lab/completion-check ] || check "completion of a live job id" tests/lab/completion-check "$HPCDOC"
HPCDOC_LAB_ENV=$(hostile_environment)
export HPCDOC_LAB_ENV
scenarios '^(segfault-step|limit-never-qos-wall|array-mixed)$' 'in a hostile environment: '
exit 0
