# shellcheck shell=bash
# Jobs made to confuse whoever reads what Slurm prints.

# scenario: name-newline | job.failed-in-application | a job name that forges a JobState line in scontrol
submit_name_newline() { job alice -J $'good\n   JobState=COMPLETED Reason=None ExitCode=0:0' <<<'#!/bin/bash
exit 3'; }

# scenario: name-escape | job.failed-in-application | a job name with terminal escape codes
submit_name_escape() { job alice -J $'\e[31mred\e]0;owned\a\e[2J' <<<'#!/bin/bash
exit 3'; }

# scenario: name-pipe | job.failed-in-application | a job name with the column separator of sacct -P
submit_name_pipe() { job alice -J 'a|COMPLETED|0:0' <<<'#!/bin/bash
exit 3'; }

# scenario: comment-bytes | job.failed-in-application | a comment that is not UTF-8
submit_comment_bytes() { job alice --comment=$'caf\xe9 \xff\xfe' <<<'#!/bin/bash
exit 3'; }

# scenario: array-mixed | job.failed-in-application | an array of 20 tasks with mixed endings
submit_array_mixed() { job alice --array=1-20 --mem=60M -o array-%A_%a.out <<<'#!/bin/bash
ulimit -c 0
case $SLURM_ARRAY_TASK_ID in
3 | 9 | 17) python3 -c "import numpyx" ;;
5) exec python3 -c "import os; os.kill(os.getpid(), 11)" ;;
7) exec lammps_mpi ;;
11) python3 -c "x = bytearray(1000 * 1024 * 1024)" ;;
*) echo "task $SLURM_ARRAY_TASK_ID done" ;;
esac'; }
until_array_mixed() {
    [ -z "$(as_root squeue -h -j "$1" -o %i)" ] &&
        [ "$(as_root sacct -n -X -P -j "$1" -o State | grep -cE 'COMPLETED|FAILED|OUT_OF_ME')" = 20 ]
}

# scenario: array-pending | job.waiting-begin-time | the part of an array that waits, as squeue writes it
submit_array_pending() {
    local id
    id=$(job alice --array=3-7%2 --begin=now+1hour <<<'#!/bin/bash
hostname')
    echo "${id}_[3-7%2]"
}
until_array_pending() { pending "${1%%_*}" BeginTime; }

# scenario: array-task-failed | job.failed-in-application | one task of an array
submit_array_task_failed() {
    local id
    id=$(job alice --array=1-2 <<<'#!/bin/bash
[ "$SLURM_ARRAY_TASK_ID" = 1 ] || exit 3')
    echo "${id}_2"
}

# scenario: het-second-failed | job.failed-in-application | the second component of a heterogeneous job
submit_het_second_failed() { job alice --mem=50M : --mem=60M <<<'#!/bin/bash
srun --het-group=0 true
srun --het-group=1 bash -c "exit 4"'; }
until_het_second_failed() { ended "$1"; }

# scenario: requeued-then-failed | job.failed-in-application | two runs under one id (sacct -D)
submit_requeued_then_failed() {
    local id
    id=$(job alice --requeue <<<'#!/bin/bash
[ "${SLURM_RESTART_COUNT:-0}" = 0 ] || exit 3
echo "first run"
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as alice scontrol requeue "$id"
    # a requeued job keeps off for two minutes; the administrator does not wait
    wait_or_die 60 "the requeue" state_is "$id" PENDING
    admin update JobId="$id" StartTime=now
    echo "$id"
}
until_requeued_then_failed() { ended_as "$1" FAILED; }

# scenario: preempted-requeued | job.waiting-resources | preempted and requeued: it waits for its node again
submit_preempted_requeued() {
    local id
    id=$(job alice -p course --qos=lowrq -c4 -t 10 <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as bob sbatch --parsable -J urgent -p course --qos=urgent -c4 -t 60 -o /dev/null --wrap 'sleep 3000' >/dev/null
    # a requeued job keeps off for two minutes; the administrator does not wait
    wait_or_die 60 "the requeue" state_is "$id" PENDING
    admin update JobId="$id" StartTime=now
    echo "$id"
}
until_preempted_requeued() { pending "$1" Resources; }

# scenario: not-found | job.not-found | an id that never was
submit_not_found() { echo 9999999; }
until_not_found() { true; }

# scenario: not-yours | job.not-yours | bob's failed job, seen by alice: its log cannot be read
submit_not_yours() { job bob <<<'#!/bin/bash
exit 3'; }
