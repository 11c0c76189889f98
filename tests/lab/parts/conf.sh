# shellcheck shell=bash
# Writes the lab's configuration below $LAB_DIR/etc. Inside the lab that is /run/lab/etc and /etc/slurm,
# whatever LAB_DIR is, so that recordings made in different places look the same.

write_people() { # write_people PASSWD GROUP SUFFIX: a machine's accounts plus the lab's
    local user uid etc=$LAB_DIR/etc
    { grep -vE "^($(tr ' ' '|' <<<"$LAB_USERS")):" "$1"
      for user in $LAB_USERS; do
          uid=$(lab_uid "$user")
          printf '%s:x:%s:%s:%s:/home/%s:/bin/bash\n' "$user" "$uid" "$uid" "${user^}" "$user"
      done; } >"$etc/passwd$3"
    { grep -vE "^($(tr ' ' '|' <<<"$LAB_USERS")|lab-[a-z]+):" "$2"
      for user in $LAB_USERS; do
          uid=$(lab_uid "$user")
          printf '%s:x:%s:\n' "$user" "$uid"
      done
      printf 'lab-bio:x:2101:alice,bob\nlab-physics:x:2102:carol\nlab-support:x:2103:sue\n'; } >"$etc/group$3"
    printf '127.0.0.1 localhost\n127.0.0.1 lab\n' >"$etc/hosts$3"
}

write_homes() {
    local user uid
    for user in $LAB_USERS; do
        uid=$(lab_uid "$user")
        mkdir -p "$LAB_DIR/home/$user/work"
        chmod 755 "$LAB_DIR/home/$user" "$LAB_DIR/home/$user/work"
        chown "$uid:$uid" "$LAB_DIR/home/$user" "$LAB_DIR/home/$user/work"
    done
    # bob keeps his to himself: what a colleague's job wrote cannot be read
    chmod 700 "$LAB_DIR/home/bob"
}

write_slurm_conf() { # write_slurm_conf FIRST-JOB-ID
    cat >"$LAB_DIR/etc/slurm/slurm.conf" <<CONF
ClusterName=lab
SlurmctldHost=lab(127.0.0.1)
AuthType=auth/munge
SlurmUser=slurm
StateSaveLocation=/run/lab/state/ctld
SlurmdSpoolDir=/run/lab/state/slurmd.%n
SlurmctldPidFile=/run/lab/run/slurmctld.pid
SlurmdPidFile=/run/lab/run/slurmd.%n.pid
SlurmctldLogFile=/run/lab/log/slurmctld.log
SlurmdLogFile=/run/lab/log/slurmd.%n.log
ProctrackType=proctrack/cgroup
TaskPlugin=task/cgroup
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStorageEnforce=associations,limits,qos
AccountingStorageTRES=gres/gpu,license/matlab
PriorityType=priority/multifactor
PriorityWeightAge=1000
PriorityWeightQOS=10000
PriorityCalcPeriod=1
PreemptType=preempt/qos
PreemptMode=REQUEUE
ReturnToService=1
KillWait=3
BatchStartTimeout=3600
InactiveLimit=10
MinJobAge=86400
MessageTimeout=10
CompleteWait=0
EnforcePartLimits=NO
RequeueExit=98
RequeueExitHold=99
Prolog=/run/lab/etc/prolog
PrologSlurmctld=/run/lab/etc/prolog.slurmctld
RebootProgram=/bin/true
ResumeTimeout=10
SlurmdTimeout=60
SchedulerParameters=sched_interval=2,batch_sched_delay=0,bf_interval=2,bf_window=2880,default_queue_depth=500
SlurmdParameters=config_overrides
DefMemPerCPU=100
GresTypes=gpu
Licenses=matlab:2,ansys:1
MpiDefault=none
FirstJobId=$1
# every node is this machine; its CPUs are a lie that config_overrides lets us tell. n1 to n3 have so many
# that no scenario there ever waits for another one.
NodeName=DEFAULT CPUs=16 CoresPerSocket=16 RealMemory=8000
NodeName=n[1-2] NodeHostname=lab NodeAddr=127.0.0.1 Port=[17001-17002] Gres=gpu:a100:2 Feature=intel,a100
NodeName=n3 NodeHostname=lab NodeAddr=127.0.0.1 Port=17003 Gres=gpu:2 Feature=amd
NodeName=DEFAULT CPUs=4 CoresPerSocket=4 RealMemory=4000
NodeName=n4 NodeHostname=lab NodeAddr=127.0.0.1 Port=17004 Gres=gpu:2 Feature=amd
NodeName=n5 NodeHostname=lab NodeAddr=127.0.0.1 Port=17005 State=DOWN Reason="bad dimm"
NodeName=n6 NodeHostname=lab NodeAddr=127.0.0.1 Port=17006 State=DRAIN Reason="waiting for a new disk"
NodeName=n[7-11] NodeHostname=lab NodeAddr=127.0.0.1 Port=[17007-17011] Feature=spare
NodeName=n13 NodeHostname=lab NodeAddr=127.0.0.1 Port=17013 Feature=spare
# nothing ever answers for this one
NodeName=n12 NodeHostname=lab NodeAddr=127.0.0.1 Port=17012
PartitionName=debug Nodes=n[1-3] Default=YES MaxTime=60 DefaultTime=10
PartitionName=long Nodes=n[1-3] MaxTime=1-0
PartitionName=busy Nodes=n4 MaxTime=120 DefaultTime=60
PartitionName=maint Nodes=n5 MaxTime=60
PartitionName=mended Nodes=n6 MaxTime=60
PartitionName=offline Nodes=n[1-2] MaxTime=60 State=DOWN
PartitionName=closed Nodes=n[1-2] MaxTime=60
PartitionName=tiny Nodes=n[1-2] MaxTime=10 MaxNodes=1
PartitionName=physics Nodes=n[1-2] MaxTime=60 AllowAccounts=physics
PartitionName=express Nodes=n[1-2] MaxTime=60 AllowQos=urgent
PartitionName=support Nodes=n[1-2] MaxTime=60
PartitionName=capped Nodes=n[1-3] MaxTime=60 QOS=partcap
PartitionName=flaky Nodes=n7 MaxTime=60
PartitionName=slowstart Nodes=n8 MaxTime=60
PartitionName=slowctld Nodes=n8 MaxTime=60
PartitionName=spot Nodes=n9 MaxTime=1-0
PartitionName=fragile Nodes=n10 MaxTime=60
PartitionName=course Nodes=n11 MaxTime=60
PartitionName=workshop Nodes=n13 MaxTime=60
PartitionName=picky Nodes=n13 MaxTime=60
PartitionName=silent Nodes=n12 MaxTime=60
CONF
    cat >"$LAB_DIR/etc/slurm/gres.conf" <<'CONF'
NodeName=n[1-2] Name=gpu Type=a100 File=/dev/null,/dev/zero
NodeName=n[3-4] Name=gpu File=/dev/null,/dev/zero
CONF
    cat >"$LAB_DIR/etc/slurm/cgroup.conf" <<'CONF'
CgroupPlugin=cgroup/v1
CgroupMountpoint=/sys/fs/cgroup
ConstrainRAMSpace=yes
ConstrainSwapSpace=yes
AllowedSwapSpace=0
CONF
    cat >"$LAB_DIR/etc/slurm/slurmdbd.conf" <<'CONF'
AuthType=auth/munge
DbdHost=localhost
SlurmUser=slurm
PidFile=/run/lab/run/slurmdbd.pid
LogFile=/run/lab/log/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StorageUser=slurm
StoragePass=lab
StorageLoc=slurm_acct
CONF
    chown 64030:64030 "$LAB_DIR/etc/slurm/slurmdbd.conf"
    chmod 600 "$LAB_DIR/etc/slurm/slurmdbd.conf"
}

# The prologs do nothing, unless a file in knobs/ named after the job's partition says "fail" or "sleep";
# a sleeping one wakes when the file is taken away.
write_prologs() {
    local which
    for which in prolog prolog.slurmctld; do
        cat >"$LAB_DIR/etc/$which" <<CONF
#!/bin/sh
knob=/run/lab/knobs/$which.\$SLURM_JOB_PARTITION
[ -e "\$knob" ] || exit 0
read -r what <"\$knob"
[ "\$what" != fail ] || exit 1
tries=0
while [ -e "\$knob" ] && [ "\$tries" -lt 3500 ]; do
    sleep 1
    tries=\$((tries + 1))
done
exit 0
CONF
        chmod 755 "$LAB_DIR/etc/$which"
    done
}

# hpcdoc as a command of the lab's users. A newer root has other libraries than the binary was linked with,
# so there it runs with the machine's own ones.
write_wrapper() { # write_wrapper VERSION
    local loader=
    if [ "$1" != 22.05 ]; then
        # resolved here: inside, an absolute link below /host would lead to the newer root's loader
        loader=/host$(realpath /lib64/ld-linux-x86-64.so.2 2>/dev/null || realpath /lib/ld-linux-aarch64.so.1)
        loader="$loader --library-path ${loader%/*}"
    fi
    cat >"$LAB_DIR/bin/hpcdoc" <<CONF
#!/bin/sh
export HPCDOC_SHARE="\${HPCDOC_SHARE:-/run/lab/src/share/hpcdoc}"
exec $loader "\${HPCDOC:-/run/lab/src/build/dev/hpcdoc}" "\$@"
CONF
    chmod 755 "$LAB_DIR/bin/hpcdoc"
}
