# shellcheck shell=bash
# Jobs that are held, and jobs whose nodes or partition are not to be had.

hello='#!/bin/bash
hostname'

# scenario: held-by-user | job.held-by-user | sbatch --hold
submit_held_by_user() { job alice --hold <<<"$hello"; }
until_held_by_user() { pending "$1" JobHeldUser; }

# scenario: held-by-admin | job.held-by-admin | root held it
submit_held_by_admin() {
    local id
    id=$(job alice --begin=now+1hour <<<"$hello")
    admin hold "$id"
    echo "$id"
}
until_held_by_admin() { pending "$1" JobHeldAdmin; }

# scenario: requeue-held-exit-code | job.requeue-held | exit 99 is in RequeueExitHold
submit_requeue_held_exit_code() { job alice <<<'#!/bin/bash
echo "state file is locked by another run" >&2
exit 99'; }
until_requeue_held_exit_code() { state_is "$1" 'SPECIAL_EXIT' || state_is "$1" PENDING 'JobHeld*'; }

# scenario: requeue-held-by-admin | job.requeue-held | root requeued it and holds it
submit_requeue_held_by_admin() {
    local id
    id=$(job alice <<<'#!/bin/bash
sleep 3000')
    wait_or_die 60 "its start" running "$id"
    admin requeuehold "$id"
    echo "$id"
}
until_requeue_held_by_admin() { pending "$1" 'job requeued in held state' || pending "$1" 'JobHeld*'; }

# scenario: reserved-for-maintenance | job.reserved-for-maintenance | --time 2 h, maintenance in 1 h
submit_reserved_for_maintenance() {
    admin create reservation=maintenance StartTime=now+1hour Duration=4:00:00 Users=root Nodes=n9 Flags=MAINT,IGNORE_JOBS
    job alice -p spot -t 2:00:00 <<<"$hello"
}
until_reserved_for_maintenance() { pending "$1" 'ReqNodeNotAvail*aintenance*'; }

# scenario: node-unavailable-nodelist | job.node-unavailable | asks for a node that is down
submit_node_unavailable_nodelist() { job alice -p maint -w n5 <<<"$hello"; }
until_node_unavailable_nodelist() { pending "$1" '*odeNotAvail*' || pending "$1" 'Nodes required*'; }

# scenario: node-unavailable-partition | job.node-unavailable | every node of the partition is down
submit_node_unavailable_partition() { job alice -p maint <<<"$hello"; }
until_node_unavailable_partition() { pending "$1" 'Nodes required*' || pending "$1" '*odeNotAvail*'; }

# scenario: node-unavailable-drained | job.node-unavailable | every node of the partition is drained
submit_node_unavailable_drained() { job alice -p mended <<<"$hello"; }
until_node_unavailable_drained() { pending "$1" 'Nodes required*' || pending "$1" '*odeNotAvail*'; }

# scenario: node-unavailable-silent | job.node-unavailable | the node does not respond
submit_node_unavailable_silent() { job alice -p silent <<<"$hello"; }
until_node_unavailable_silent() { pending "$1" 'Nodes required*' || pending "$1" '*odeNotAvail*'; }

# scenario: partition-down | job.partition-down | State=DOWN
submit_partition_down() { job alice -p offline <<<"$hello"; }
until_partition_down() { pending "$1" PartitionDown; }

# scenario: partition-inactive | job.partition-down | State=INACTIVE
submit_partition_inactive() {
    # submitting to an inactive partition is refused: it has to become so while the job waits
    local id
    id=$(job alice -p closed --begin=now+4 <<<"$hello")
    admin update PartitionName=closed State=INACTIVE
    echo "$id"
}
until_partition_inactive() { pending "$1" PartitionInactive; }
