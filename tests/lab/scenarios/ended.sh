# shellcheck shell=bash
# Jobs that ended, by Slurm's hand or somebody's.

# scenario: completed | job.completed | nothing wrong
submit_completed() { job alice <<<'#!/bin/bash
echo "step 1 of 2 done"
sleep 2
echo "all done"'; }
until_completed() { ended_as "$1" COMPLETED; }

# scenario: completed-zero-seconds | job.completed | over before the first sample
submit_completed_zero_seconds() { job alice <<<'#!/bin/bash
exit 0'; }
until_completed_zero_seconds() { ended_as "$1" COMPLETED; }

# scenario: out-of-memory-batch | job.out-of-memory | Python wants 1 GB of 100 MB, no srun
submit_out_of_memory_batch() { job alice --mem=100M <<<'#!/bin/bash
echo "loading the matrix"
python3 -c "x = bytearray(1000 * 1024 * 1024)"'; }
until_out_of_memory_batch() { ended_as "$1" OUT_OF_MEMORY; }

# scenario: out-of-memory-step | job.out-of-memory | an srun step is killed, the job says COMPLETED
submit_out_of_memory_step() { job alice --mem=100M <<<'#!/bin/bash
srun python3 -c "x = bytearray(1000 * 1024 * 1024)"
echo "finished"'; }

# scenario: out-of-memory-per-cpu | job.out-of-memory | --mem-per-cpu times two CPUs was too little
submit_out_of_memory_per_cpu() { job alice --mem-per-cpu=60M -c2 <<<'#!/bin/bash
python3 - <<PY
import time
blocks = []
for i in range(100):
    blocks.append(bytearray(10 * 1024 * 1024))
    time.sleep(0.3)
PY'; }
until_out_of_memory_per_cpu() { ended_as "$1" OUT_OF_MEMORY; }

# scenario: time-limit | job.time-limit | one minute was too short | wait=180
submit_time_limit() { job alice -t 1 <<<'#!/bin/bash
for i in $(seq 1 100); do
    echo "iteration $i of 100"
    sleep 3
done'; }
until_time_limit() { ended_as "$1" TIMEOUT; }

# scenario: time-limit-not-own-reservation | job.time-limit-not-own | its reservation was cut short | wait=150
submit_time_limit_not_own_reservation() {
    local id
    admin create reservation=workshop StartTime=now Duration=1:00:00 Users=alice,bob Nodes=n13 Flags=IGNORE_JOBS
    id=$(job alice -p workshop --reservation=workshop -t 30 <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    admin update ReservationName=workshop EndTime=now+3
    echo "$id"
}
until_time_limit_not_own_reservation() { ended_as "$1" TIMEOUT; }

# scenario: time-limit-not-own-budget | job.time-limit-not-own | the CPU minutes of its QOS ran out | wait=150
submit_time_limit_not_own_budget() { job alice --qos=burst -c4 -t 60 <<<'#!/bin/bash
echo started
sleep 3000'; }
until_time_limit_not_own_budget() { ended_as "$1" TIMEOUT; }

# scenario: time-limit-not-own-inactive | job.time-limit-not-own | salloc stopped answering (InactiveLimit) | wait=150
submit_time_limit_not_own_inactive() {
    local id
    as alice bash -c 'setsid salloc -J interactive -t 30 sleep 1500 >salloc.out 2>&1 </dev/null & echo $! >salloc.pid'
    id=
    wait_or_die 60 "salloc" has_job interactive
    id=$(as_root squeue -h -n interactive -t R -o %i | head -n 1)
    as alice bash -c 'kill -STOP "$(cat salloc.pid)"'
    echo "$id"
}
has_job() { [ -n "$(as_root squeue -h -n "$1" -t R -o %i)" ]; }
until_time_limit_not_own_inactive() { ended "$1"; }

# scenario: deadline | job.deadline | still queued when it could no longer end in time | wait=120
submit_deadline() {
    busy_blocker
    job alice -p busy -c4 -t 1 --deadline=now+70 <<<'#!/bin/bash
hostname'
}
until_deadline() { ended_as "$1" DEADLINE; }

# scenario: preempted | job.preempted | an urgent job took its node (PreemptMode=cancel)
submit_preempted() {
    local id
    id=$(job alice -p spot --qos=low -c4 -t 10 <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as bob sbatch --parsable -J urgent -p spot --qos=urgent -c4 -t 5 -o /dev/null --wrap 'sleep 3' >/dev/null
    echo "$id"
}
until_preempted() { ended_as "$1" PREEMPTED; }

# scenario: node-failure | job.node-failure | its node was set down (it may not be requeued)
submit_node_failure() {
    local id
    id=$(job alice -p fragile --no-requeue <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    admin update NodeName=n10 State=DOWN Reason="machine check error"
    echo "$id"
}
until_node_failure() { ended_as "$1" NODE_FAIL; }

# scenario: prolog-failed | job.prolog-failed | the node's prolog fails, the job may not be requeued
submit_prolog_failed() {
    echo fail >"$LAB_DIR/knobs/prolog.flaky"
    job alice -p flaky --no-requeue <<<'#!/bin/bash
hostname'
}

# scenario: cancelled-by-user | job.cancelled-by-user | scancel by its owner while it ran
submit_cancelled_by_user() {
    local id
    id=$(job alice <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as alice scancel "$id"
    echo "$id"
}
until_cancelled_by_user() { ended_as "$1" CANCELLED; }

# scenario: cancelled-by-user-pending | job.cancelled-by-user | scancel by its owner before it started
submit_cancelled_by_user_pending() {
    local id
    id=$(job alice --begin=now+1hour <<<'#!/bin/bash
hostname')
    as alice scancel "$id"
    echo "$id"
}
until_cancelled_by_user_pending() { ended_as "$1" CANCELLED; }

# scenario: cancelled-by-other | job.cancelled-by-other | carol, coordinator of the account, cancelled it
submit_cancelled_by_other() {
    local id
    id=$(job alice <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as carol scancel "$id"
    echo "$id"
}
until_cancelled_by_other() { ended_as "$1" CANCELLED; }

# scenario: cancelled-by-admin | job.cancelled-by-admin | root cancelled it
submit_cancelled_by_admin() {
    local id
    id=$(job alice <<<'#!/bin/bash
echo started
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    as_root scancel "$id"
    echo "$id"
}
until_cancelled_by_admin() { ended_as "$1" CANCELLED; }

# scenario: cancelled-by-system | job.cancelled-by-system | --kill-on-invalid-dep after a parent that failed
submit_cancelled_by_system() {
    local parent
    parent=$(as alice sbatch --parsable -J first --wrap 'exit 3')
    job alice --dependency="afterok:$parent" --kill-on-invalid-dep=yes <<<'#!/bin/bash
hostname'
}
until_cancelled_by_system() { ended_as "$1" CANCELLED; }
