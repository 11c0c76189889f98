#!/bin/bash
# Gives a newer Slurm its own root: a second mount namespace of the lab, with the private root pivoted in.
# The machine's root stays visible, read-only, as /host (to run a freshly built hpcdoc inside).
set -euo pipefail
root=$1

mount --bind "$root" "$root"
cd "$root"
mkdir -p run proc dev sys home host old tmp etc/slurm
mount --rbind /run run
mount -t proc proc proc
mount --rbind /dev dev
mount --rbind /sys sys
mount --rbind /tmp tmp
mount --rbind /home home
mount --bind / host
mount -o remount,bind,ro host
mount --bind /run/lab/etc/slurm etc/slurm
for file in passwd group hosts; do
    [ -e "etc/$file" ] || touch "etc/$file"
    mount --bind "/run/lab/etc/$file.root" "etc/$file"
done
pivot_root . old
cd /
umount -l /old
touch /run/lab/run/root.ready
while :; do
    sleep 3600 &
    wait $! || true
done
