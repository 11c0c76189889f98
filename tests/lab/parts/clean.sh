# shellcheck shell=bash
# Puts the cluster back as `up` left it, whatever a scenario did to it.

cancel_all() {
    as_root squeue -h -a -o %A | sort -u | while read -r id; do
        as_root scancel "$@" "$id" </dev/null || true
    done
}

no_jobs() {
    [ -z "$(as_root squeue -h -a -o %i)" ]
}

set_private() { # set_private jobs|none: PrivateData of the controller and of accounting
    local file
    for file in slurm.conf slurmdbd.conf; do
        sed -i '/^PrivateData=/d' "$LAB_DIR/etc/slurm/$file"
        [ "$1" = none ] || printf 'PrivateData=%s\n' "$1" >>"$LAB_DIR/etc/slurm/$file"
    done
    as_root kill -HUP "$(daemon_pid slurmdbd)"
    admin reconfigure
}

set_min_job_age() {
    sed -i "s/^MinJobAge=.*/MinJobAge=$1/" "$LAB_DIR/etc/slurm/slurm.conf"
    admin reconfigure
}

clean_lab() {
    local node name
    rm -f "$LAB_DIR"/knobs/*
    for node in $LAB_NODES; do
        as_root umount "/run/lab/state/slurmd.$node" 2>/dev/null || true
    done
    for name in munged mariadbd slurmdbd slurmctld; do
        # a daemon that was stopped with SIGSTOP goes on
        as_root kill -CONT "$(daemon_pid "$name")" 2>/dev/null || true
    done
    start_daemons
    grep -q '^MinJobAge=86400' "$LAB_DIR/etc/slurm/slurm.conf" || set_min_job_age 86400
    [ -z "$(grep -s '^PrivateData=' "$LAB_DIR/etc/slurm/slurm.conf")" ] || set_private none
    cancel_all
    for name in $(as_root scontrol -o show reservation | sed -n 's/^ReservationName=\([^ ]*\).*/\1/p'); do
        admin delete "ReservationName=$name" || true
    done
    mend_nodes
    mend_partitions
    mend_accounts
    if ! wait_until 20 no_jobs; then
        cancel_all --signal=KILL
        wait_until 40 no_jobs || note "some jobs do not go away: $(as_root squeue -h -a -o '%i=%T' | tr '\n' ' ')"
    fi
    for name in $(as_root scontrol -o show reservation | sed -n 's/^ReservationName=\([^ ]*\).*/\1/p'); do
        admin delete "ReservationName=$name" || true
    done
    wait_until 60 nodes_ready || note "not every node came back: $(as_root sinfo -h -N -o '%N=%t' | sort -u | tr '\n' ' ')"
}

mend_nodes() {
    local node
    for node in $LAB_NODES; do
        case $(as_root sinfo -h -N -n "$node" -o %t | head -n 1) in
        idle | mix | alloc | comp) ;;
        *) admin update NodeName="$node" State=RESUME 2>/dev/null || true ;;
        esac
    done
    admin update NodeName=n13 Features=spare ActiveFeatures=spare || true
}

mend_partitions() {
    admin update PartitionName=support AllowGroups=ALL || true
    admin update PartitionName=closed State=UP || true
}

mend_accounts() {
    acct add user alice,bob account=oldproj
    acct modify user alice,bob set qos+=gone
    acct modify account spent set RawUsage=0
    acct modify qos minutes set RawUsage=0
    acct modify qos burst set RawUsage=0
}
