#!/bin/bash
# Process 1 of the lab's own mount, pid, network and host-name namespaces. It makes the machine look like
# a small login node, then does nothing but reap orphans; when it ends, the kernel ends all of the lab.
# Nothing here reaches the machine outside: every mount is private.
set -euo pipefail
dir=$1
users=$2
source_tree=$3
cd "$dir"

hostname lab
ip link set lo up
# libc ignores 127.0.0.1 when it decides whether a machine has IPv4 at all (AI_ADDRCONFIG)
ip addr add 192.0.2.1/32 dev lo

mkdir -p run/oldhome
mount --rbind /home run/oldhome
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -m 755 /run/lab /run/munge
mount --bind . /run/lab
cd /run/lab
# the checkout, where the lab's users can read it even when it lies in somebody's private home
mount --bind "$source_tree" src
mount -o remount,bind,ro src

# keep what the machine has under /home (a checkout may live there) and add the lab's users
mount -t tmpfs -o mode=755 tmpfs /home
for old in run/oldhome/*; do
    [ -d "$old" ] || continue
    mkdir "/home/${old##*/}"
    mount --rbind "$old" "/home/${old##*/}"
done
for user in $users; do
    mkdir -p "/home/$user"
    mount --bind "home/$user" "/home/$user"
done

if [ -d /etc/slurm ]; then
    mount --bind etc/slurm /etc/slurm
fi
for file in passwd group hosts; do
    mount --bind "etc/$file" "/etc/$file"
done

touch run/base.ready
while :; do
    sleep 3600 &
    wait $! || true
done
