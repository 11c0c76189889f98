# shellcheck shell=bash
# Starting things, each with one clear line when it does not start.

check_tools() {
    local tool
    for tool in unshare nsenter setpriv ip munged mariadbd mariadb-install-db; do
        PATH="$LAB_PATH" command -v "$tool" >/dev/null || die "$tool is missing (packages: tests/lab/packages.txt)"
    done
    [ "$1" != 22.05 ] || PATH="$LAB_PATH" command -v slurmctld >/dev/null ||
        die "slurmctld is missing (packages: tests/lab/packages.txt)"
}

failed_to_start() { # failed_to_start PART LOGFILE
    note "$1 did not start; the end of its log:"
    tail -n 8 "$2" >&2 || true
    exit 1
}

fresh_directory() {
    local part
    for part in bin db etc home knobs log run state tmp; do
        rm -rf "${LAB_DIR:?}/$part"
    done
    mkdir -p "$LAB_DIR"/{bin,db,etc/slurm,etc/munge,home,knobs,log,run,state/ctld,src,tmp}
    chmod 755 "$LAB_DIR" "$LAB_DIR"/{bin,etc,etc/slurm,home,knobs,log,src,state}
    chmod 1777 "$LAB_DIR/run"
    chmod 700 "$LAB_DIR/etc/munge"
    head -c 128 /dev/urandom >"$LAB_DIR/etc/munge/key"
    chmod 600 "$LAB_DIR/etc/munge/key"
    chown 64030:64030 "$LAB_DIR/state/ctld" "$LAB_DIR/log" "$LAB_DIR/run"
    chown mysql "$LAB_DIR/db" "$LAB_DIR/tmp"
}

start_namespaces() { # start_namespaces VERSION
    local holder child base
    setsid unshare -m -p -n -u --fork --propagation private --mount-proc \
        bash "$LAB_HERE/parts/base.sh" "$LAB_DIR" "$LAB_USERS" "$(cd "$LAB_HERE/../.." && pwd)" </dev/null >"$LAB_DIR/log/base.log" 2>&1 9>&- &
    holder=$!
    wait_until 10 test -e "$LAB_DIR/run/base.ready" || failed_to_start "the namespaces" "$LAB_DIR/log/base.log"
    base=$(first_child "$holder") || die "the namespaces ended at once"
    save_pid base "$base"
    if [ "$1" = 22.05 ]; then
        save_pid root "$base"
        return
    fi
    write_people "$LAB_CACHE/$1/etc/passwd" "$LAB_CACHE/$1/etc/group" .root
    setsid nsenter -t "$base" -m -p -n -u -- unshare -m --propagation private \
        bash "/proc/self/fd/8" "$LAB_CACHE/$1" 8<"$LAB_HERE/parts/root.sh" \
        </dev/null >"$LAB_DIR/log/root.log" 2>&1 9>&- &
    holder=$!
    wait_until 10 test -e "$LAB_DIR/run/root.ready" || failed_to_start "the private root" "$LAB_DIR/log/root.log"
    child=$(first_child "$holder") || die "the private root ended at once"
    save_pid root "$child"
}

start_daemons() {
    start_munge
    start_mariadb
    start_slurmdbd
    make_accounting
    start_slurmctld
    start_nodes
}

start_munge() {
    daemon_alive munged && return
    as_root munged --force --key-file=/run/lab/etc/munge/key --pid-file=/run/lab/run/munged.pid \
        --log-file=/run/lab/log/munged.log --seed-file=/run/lab/state/munge.seed \
        --socket=/run/munge/munge.socket.2 >>"$LAB_DIR/log/munged.log" 2>&1 9>&- || true
    wait_until 10 daemon_alive munged || failed_to_start munged "$LAB_DIR/log/munged.log"
}

sql() {
    in_holder base mariadb --socket=/run/lab/run/mariadb.sock -u root -N -e "$1"
}

start_mariadb() {
    daemon_alive mariadbd && return
    if [ ! -d "$LAB_DIR/db/mysql" ]; then
        in_holder base mariadb-install-db --no-defaults --user=mysql --datadir=/run/lab/db --tmpdir=/run/lab/tmp \
            --auth-root-authentication-method=normal --skip-test-db >"$LAB_DIR/log/mariadb.log" 2>&1 9>&- ||
            failed_to_start mariadb-install-db "$LAB_DIR/log/mariadb.log"
    fi
    in_holder base mariadbd --no-defaults --user=mysql --datadir=/run/lab/db --tmpdir=/run/lab/tmp --socket=/run/lab/run/mariadb.sock \
        --bind-address=127.0.0.1 --skip-name-resolve --pid-file=/run/lab/run/mariadbd.pid \
        --innodb-lock-wait-timeout=900 --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 \
        </dev/null >>"$LAB_DIR/log/mariadb.log" 2>&1 9>&- &
    wait_until 120 sql 'select 1' >/dev/null 2>&1 || failed_to_start mariadbd "$LAB_DIR/log/mariadb.log"
    sql "create database if not exists slurm_acct;
         create user if not exists 'slurm'@'127.0.0.1' identified by 'lab';
         grant all on slurm_acct.* to 'slurm'@'127.0.0.1'" || die "MariaDB refused the accounting user"
}

dbd_answers() {
    as_root timeout 5 sacctmgr -n show cluster
}

start_slurmdbd() {
    daemon_alive slurmdbd && return
    as_root slurmdbd >>"$LAB_DIR/log/slurmdbd.log" 2>&1 9>&- || true
    wait_until 120 dbd_answers >/dev/null 2>&1 || failed_to_start slurmdbd "$LAB_DIR/log/slurmdbd.log"
    as_root sacctmgr -Q -i add cluster lab >>"$LAB_DIR/log/sacctmgr.log" 2>&1 || true
}

ctld_answers() {
    as_root timeout 5 squeue -h
}

start_slurmctld() {
    daemon_alive slurmctld && return
    as_root slurmctld >>"$LAB_DIR/log/slurmctld.log" 2>&1 9>&- || true
    wait_until 120 ctld_answers >/dev/null 2>&1 || failed_to_start slurmctld "$LAB_DIR/log/slurmctld.log"
}

nodes_ready() {
    [ "$(as_root sinfo -h -N -n "${LAB_NODES// /,}" -t idle,mix,alloc -o %N | sort -u | wc -l)" = \
        "$(wc -w <<<"$LAB_NODES")" ]
}

start_nodes() {
    local node
    for node in $LAB_NODES; do
        daemon_alive "slurmd.$node" && continue
        as_root slurmd -N "$node" >>"$LAB_DIR/log/slurmd.$node.log" 2>&1 9>&- ||
            failed_to_start "slurmd of $node" "$LAB_DIR/log/slurmd.$node.log"
    done
}

await_nodes() {
    wait_until 120 nodes_ready || failed_to_start "the cluster (not every node is idle)" "$LAB_DIR/log/slurmctld.log"
}
