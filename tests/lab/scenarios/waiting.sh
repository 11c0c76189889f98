# shellcheck shell=bash
# Jobs that wait for a thing that will come.

# scenario: waiting-resources | job.waiting-resources | next in line on a full node
submit_waiting_resources() {
    busy_blocker
    job alice -p busy -c4 <<<'#!/bin/bash
hostname'
}
until_waiting_resources() { pending "$1" Resources; }

# scenario: waiting-priority | job.waiting-priority | behind another job of the same partition
submit_waiting_priority() {
    busy_blocker
    as bob sbatch --parsable -J ahead -p busy -c4 -o /dev/null --wrap 'sleep 3000' >/dev/null
    job alice -p busy -c4 --nice=1000 <<<'#!/bin/bash
hostname'
}
until_waiting_priority() { pending "$1" Priority; }

# scenario: waiting-begin-time | job.waiting-begin-time | asked to start in an hour
submit_waiting_begin_time() {
    job alice --begin=now+1hour <<<'#!/bin/bash
hostname'
}
until_waiting_begin_time() { pending "$1" BeginTime; }

# scenario: waiting-dependency | job.waiting-dependency | afterok of a job that still runs
submit_waiting_dependency() {
    local parent
    parent=$(helper_job alice)
    job alice --dependency="afterok:$parent" <<<'#!/bin/bash
hostname'
}
until_waiting_dependency() { pending "$1" Dependency; }

# scenario: waiting-license | job.waiting-license | bob holds both matlab licences
submit_waiting_license() {
    local other
    other=$(helper_job bob -L matlab:2)
    wait_or_die 60 "bob's job with the licences" running "$other"
    job alice -L matlab:1 <<<'#!/bin/bash
hostname'
}
until_waiting_license() { pending "$1" Licenses; }

# scenario: waiting-reservation | job.waiting-reservation | its reservation starts in two hours
submit_waiting_reservation() {
    admin create reservation=course StartTime=now+2hours Duration=2:00:00 Users=alice Nodes=n11
    job alice -p course --reservation=course <<<'#!/bin/bash
hostname'
}
until_waiting_reservation() { pending "$1" Reservation; }

# scenario: waiting-array-throttle | job.waiting-array-throttle | task 3 of an array that may run one at a time
submit_waiting_array_throttle() {
    local id
    id=$(job alice --array=1-6%1 -o /dev/null <<<'#!/bin/bash
sleep 3000')
    echo "${id}_3"
}
until_waiting_array_throttle() { pending "$1" JobArrayTaskLimit; }

# scenario: waiting-prolog | job.waiting-prolog | the controller's prolog takes its time (CONFIGURING, no reason)
submit_waiting_prolog() {
    echo sleep >"$LAB_DIR/knobs/prolog.slurmctld.slowctld"
    job alice -p slowctld <<<'#!/bin/bash
hostname'
}
until_waiting_prolog() { state_is "$1" CONFIGURING; }

# scenario: waiting-prolog-node | job.running-silent | the node's prolog takes its time: RUNNING, but no line of it has run | config=job.silent_after=5s
submit_waiting_prolog_node() {
    echo sleep >"$LAB_DIR/knobs/prolog.slowstart"
    job alice -p slowstart <<<'#!/bin/bash
hostname'
}
until_waiting_prolog_node() { ran_for "$1" 8; }

# scenario: dependency-never | job.dependency-never-satisfied | afterok of a job that failed
submit_dependency_never() {
    local parent
    parent=$(as alice sbatch --parsable -J first --wrap 'exit 3')
    job alice --dependency="afterok:$parent" <<<'#!/bin/bash
hostname'
}
until_dependency_never() { pending "$1" DependencyNeverSatisfied; }

# scenario: dependency-never-chain | job.dependency-never-satisfied | third of a chain whose first failed; Slurm says only Dependency
submit_dependency_never_chain() {
    local first second
    first=$(as alice sbatch --parsable -J first --wrap 'exit 3')
    second=$(as alice sbatch --parsable -J second --dependency="afterok:$first" --wrap hostname)
    wait_or_die 60 "the second of the chain" pending "$second" DependencyNeverSatisfied
    job alice --dependency="afterok:$second" <<<'#!/bin/bash
hostname'
}
until_dependency_never_chain() { pending "$1" Dependency; }

# scenario: dependency-wrong-way | job.dependency-never-satisfied | afternotok of a job that went well
submit_dependency_wrong_way() {
    local parent
    parent=$(as alice sbatch --parsable -J first --wrap true)
    job alice --dependency="afternotok:$parent" <<<'#!/bin/bash
hostname'
}
until_dependency_wrong_way() { pending "$1" DependencyNeverSatisfied; }
