# shellcheck shell=bash
# The cluster is broken, not the job. Each stands alone: `scenario --clean` repairs it.

# scenario: launch-failed | job.launch-failed | the node's spool directory is read-only | alone=yes
submit_launch_failed() {
    as_root mount -t tmpfs -o ro tmpfs /run/lab/state/slurmd.n10
    job alice -p fragile --no-requeue <<<'#!/bin/bash
hostname'
}

# scenario: launch-failed-requeued | job.requeue-held | the same for a job that may be requeued | alone=yes
submit_launch_failed_requeued() {
    as_root mount -t tmpfs -o ro tmpfs /run/lab/state/slurmd.n10
    job alice -p fragile <<<'#!/bin/bash
hostname'
}
until_launch_failed_requeued() { ended "$1" || pending "$1" '[!N]*'; }

# scenario: prolog-failed-requeued | job.prolog-failed | the node's prolog fails: launch failed requeued held | alone=yes
submit_prolog_failed_requeued() {
    echo fail >"$LAB_DIR/knobs/prolog.flaky"
    job alice -p flaky <<<'#!/bin/bash
hostname'
}
until_prolog_failed_requeued() { pending "$1" 'launch failed*'; }

# scenario: node-failure-reboot | job.node-failure | its node was rebooted for it and never came back | alone=yes wait=120
submit_node_failure_reboot() {
    put alice "$NAME.sh" 755 <<<'#!/bin/bash
hostname'
    as_root env -C /home/alice/work sbatch --parsable --uid=alice --reboot --no-requeue -p fragile "$NAME.sh"
}

# scenario: private-jobs | job.not-yours | bob's failed job on a cluster with PrivateData=jobs | alone=yes
submit_private_jobs() {
    local id
    id=$(job bob <<<'#!/bin/bash
exit 3')
    wait_or_die 30 "its end" ended "$id"
    set_private jobs
    echo "$id"
}
until_private_jobs() { ! as alice scontrol show job "$1" >/dev/null 2>&1; }

failed_job() {
    local id
    id=$(job alice <<<'#!/bin/bash
exit 3')
    wait_or_die 30 "its end" ended "$id"
    echo "$id"
}

# scenario: accounting-down-job-known | job.failed-in-application | slurmdbd is stopped, the controller still knows the job | alone=yes
submit_accounting_down_job_known() {
    failed_job
    stop_daemon slurmdbd
}
until_accounting_down_job_known() { true; }

# scenario: accounting-unavailable | slurm.database-unreachable | slurmdbd is stopped, the controller does not know the id | alone=yes
submit_accounting_unavailable() {
    stop_daemon slurmdbd
    echo 9999999
}
until_accounting_unavailable() { true; }

# scenario: database-unreachable | slurm.database-unreachable | MariaDB is stopped under slurmdbd | alone=yes
submit_database_unreachable() {
    stop_daemon mariadbd
    echo 9999999
}
until_database_unreachable() { true; }

# scenario: controller-down-job-ended | job.failed-in-application | slurmctld is stopped, accounting knows the job | alone=yes
submit_controller_down_job_ended() {
    failed_job
    stop_daemon slurmctld
}
until_controller_down_job_ended() { true; }

# scenario: controller-unreachable | slurm.controller-unreachable | slurmctld is stopped while a job waits | alone=yes
submit_controller_unreachable() {
    job alice --hold <<<'#!/bin/bash
hostname'
    stop_daemon slurmctld
}
until_controller_unreachable() { true; }

# scenario: controller-hung | slurm.controller-unreachable | slurmctld is stopped by SIGSTOP: it listens and never answers | alone=yes
submit_controller_hung() {
    job alice --hold <<<'#!/bin/bash
hostname'
    as_root kill -STOP "$(daemon_pid slurmctld)"
}
until_controller_hung() { true; }

# scenario: auth-failed | slurm.auth-failed | munged is stopped | alone=yes
submit_auth_failed() {
    failed_job
    stop_daemon munged
}
until_auth_failed() { true; }

# scenario: purged | job.failed-in-application | the controller has forgotten it, accounting has not | alone=yes wait=150
submit_purged() {
    set_min_job_age 2
    failed_job
}
until_purged() { ! as_root scontrol show job "$1" >/dev/null 2>&1; }
