# shellcheck shell=bash
# Jobs stopped by a limit: too big for ever, or not yet.

hello='#!/bin/bash
hostname'

# scenario: limit-never-qos-wall | job.limit-never | --time 10 in a QOS with MaxWall 5
submit_limit_never_qos_wall() { job alice --qos=short -t 10 <<<"$hello"; }
until_limit_never_qos_wall() { pending "$1" QOSMaxWallDurationPerJobLimit; }

# scenario: limit-never-qos-user-cpu | job.limit-never | two CPUs in a QOS that gives a user one
submit_limit_never_qos_user_cpu() { job alice --qos=tiny -c2 <<<"$hello"; }
until_limit_never_qos_user_cpu() { pending "$1" QOSMaxCpuPerUserLimit; }

# scenario: limit-never-qos-job-cpu | job.limit-never | three CPUs in a QOS that gives a job two
submit_limit_never_qos_job_cpu() { job alice --qos=slim -c3 <<<"$hello"; }
until_limit_never_qos_job_cpu() { pending "$1" QOSMaxCpuPerJobLimit; }

# scenario: limit-never-qos-min | job.limit-never | one CPU in a QOS for jobs of at least four
submit_limit_never_qos_min() { job alice --qos=big -c1 <<<"$hello"; }
until_limit_never_qos_min() { pending "$1" QOSMinCpuNotSatisfied; }

# scenario: limit-never-parent-account | job.limit-never | four CPUs; the account above the job's has GrpTRES=cpu=2
submit_limit_never_parent_account() { job alice -A granta -c4 <<<"$hello"; }
until_limit_never_parent_account() { pending "$1" AssocGrpCpuLimit; }

# scenario: limit-never-partition-qos | job.limit-never | three CPUs in a partition whose QOS gives a user two
submit_limit_never_partition_qos() { job alice -p capped -c3 <<<"$hello"; }
until_limit_never_partition_qos() { pending "$1" QOSMaxCpuPerUserLimit; }

# scenario: limit-in-use-jobs | job.limit-in-use | a second job in a QOS with MaxJobsPerUser=1
submit_limit_in_use_jobs() {
    wait_or_die 60 "the first job" running "$(helper_job alice --qos=onejob)"
    job alice --qos=onejob <<<"$hello"
}
until_limit_in_use_jobs() { pending "$1" QOSMaxJobsPerUserLimit; }

# scenario: limit-in-use-user-cpu | job.limit-in-use | the one CPU of the QOS is taken by a job of the same user
submit_limit_in_use_user_cpu() {
    wait_or_die 60 "the first job" running "$(helper_job alice --qos=tiny)"
    job alice --qos=tiny <<<"$hello"
}
until_limit_in_use_user_cpu() { pending "$1" QOSMaxCpuPerUserLimit; }

# scenario: limit-in-use-account | job.limit-in-use | bob uses both CPUs of the account above
submit_limit_in_use_account() {
    wait_or_die 60 "bob's job" running "$(helper_job bob -A granta -c2)"
    job alice -A granta -c1 <<<"$hello"
}
until_limit_in_use_account() { pending "$1" AssocGrpCpuLimit; }

# scenario: limit-in-use-partition-qos | job.limit-in-use | the two CPUs that the partition's QOS gives are taken
submit_limit_in_use_partition_qos() {
    wait_or_die 60 "the first job" running "$(helper_job alice -p capped -c2)"
    job alice -p capped -c1 <<<"$hello"
}
until_limit_in_use_partition_qos() { pending "$1" QOSMaxCpuPerUserLimit; }

# scenario: limit-never-qos-job-minutes | job.limit-never | CPUs times --time above the QOS's MaxTRESMinsPerJob
submit_limit_never_qos_job_minutes() { job alice --qos=brief -c2 -t 30 <<<"$hello"; }
until_limit_never_qos_job_minutes() { pending "$1" QOSMaxCpuMinutesPerJobLimit; }

# The first job of both really spends the budget: it runs until Slurm stops it (once a minute usage is counted).

# scenario: budget-exhausted-qos | job.budget-exhausted | the CPU minutes of the QOS are used up | wait=150
submit_budget_exhausted_qos() {
    job alice --qos=minutes --dependency="afterany:$(helper_job bob --qos=minutes -c4 -t 60)" <<<"$hello"
}
until_budget_exhausted_qos() { pending "$1" QOSGrpCPUMinutesLimit; }

# scenario: budget-exhausted-account | job.budget-exhausted | the CPU minutes of the account are used up | wait=150
submit_budget_exhausted_account() {
    job alice -A spent --dependency="afterany:$(helper_job bob -A spent -c4 -t 60)" <<<"$hello"
}
until_budget_exhausted_account() { pending "$1" AssocGrpCPUMinutesLimit; }

# scenario: partition-limit-time | job.partition-limit | --time above the partition's MaxTime
submit_partition_limit_time() { job alice -p tiny -t 30 <<<"$hello"; }
until_partition_limit_time() { pending "$1" PartitionTimeLimit; }

# scenario: partition-limit-nodes | job.partition-limit | more nodes than the partition's MaxNodes
submit_partition_limit_nodes() { job alice -p tiny -N2 -t 5 <<<"$hello"; }
until_partition_limit_nodes() { pending "$1" PartitionNodeLimit; }

# scenario: partition-not-allowed-account | job.partition-not-allowed | the account is not in AllowAccounts
submit_partition_not_allowed_account() { job alice -p physics <<<"$hello"; }
until_partition_not_allowed_account() { pending "$1" 'AccountNotAllowed' || pending "$1" PartitionConfig || pending "$1" "Job's account not permitted*"; }

# scenario: partition-not-allowed-qos | job.partition-not-allowed | the QOS is not in AllowQos
submit_partition_not_allowed_qos() { job alice -p express <<<"$hello"; }
until_partition_not_allowed_qos() { pending "$1" 'QOSNotAllowed' || pending "$1" PartitionConfig || pending "$1" "Job's QOS not permitted*"; }

# scenario: partition-not-allowed-group | job.partition-not-allowed | AllowGroups was narrowed while the job waited
submit_partition_not_allowed_group() {
    local id
    id=$(job alice -p support --begin=now+4 <<<"$hello")
    admin update PartitionName=support AllowGroups=lab-support
    echo "$id"
}
until_partition_not_allowed_group() { pending "$1" PartitionConfig || pending "$1" 'uid * not in group permitted*'; }

# scenario: invalid-account | job.invalid-account | the account was deleted while the job waited (newer sacctmgr refuse that) | slurm=22.05
submit_invalid_account() {
    local id
    id=$(job alice -A oldproj --begin=now+1hour <<<"$hello")
    acct delete user alice where account=oldproj
    as alice scontrol update JobId="$id" StartTime=now
    echo "$id"
}
until_invalid_account() { pending "$1" InvalidAccount; }

# scenario: invalid-qos | job.invalid-qos | the QOS was taken away while the job waited
submit_invalid_qos() {
    local id
    id=$(job alice --qos=gone --begin=now+1hour <<<"$hello")
    acct modify user alice set qos-=gone
    as alice scontrol update JobId="$id" StartTime=now
    echo "$id"
}
until_invalid_qos() { pending "$1" InvalidQOS; }

# scenario: constraint-impossible | job.constraint-impossible | no node has the feature any more
submit_constraint_impossible() {
    local id
    id=$(job alice -p picky -C spare --begin=now+4 <<<"$hello")
    admin update NodeName=n13 Features=none ActiveFeatures=none
    echo "$id"
}
until_constraint_impossible() { pending "$1" 'BadConstraints*'; }
