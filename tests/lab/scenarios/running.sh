# shellcheck shell=bash
# Jobs that run: well, silently, wastefully.

# scenario: running | job.running | writes a line every other second
submit_running() { job alice <<<'#!/bin/bash
for i in $(seq 1 450); do
    echo "iteration $i"
    sleep 2
done'; }
until_running() { running "$1"; }

# scenario: running-silent-buffered | job.running-silent | Python keeps its output in a buffer | config=job.silent_after=5s
submit_running_silent_buffered() {
    put alice train.py 644 <<<'import time
for i in range(900):
    end = time.process_time() + 0.2
    while time.process_time() < end:
        sum(range(1000))
    print("epoch", i)
    time.sleep(0.8)'
    job alice <<<'#!/bin/bash
python3 train.py'
}
until_running_silent_buffered() { ran_for "$1" 8; }

# scenario: running-silent-fifo | job.running-silent | blocked in a read that nobody answers | config=job.silent_after=5s
submit_running_silent_fifo() { job alice <<<'#!/bin/bash
echo "waiting for the coupled model"
rm -f pipe.$SLURM_JOB_ID
mkfifo pipe.$SLURM_JOB_ID
cat pipe.$SLURM_JOB_ID'; }
until_running_silent_fifo() { ran_for "$1" 8; }

# scenario: running-silent-elsewhere | job.running-silent | its output goes to another file | config=job.silent_after=5s
submit_running_silent_elsewhere() { job alice <<<'#!/bin/bash
exec >"result.$SLURM_JOB_ID.txt"
for i in $(seq 1 450); do
    echo "iteration $i"
    sleep 2
done'; }
until_running_silent_elsewhere() { ran_for "$1" 8; }

# The jobs below are short; the tool judges efficiency only from 180 s on, unless its configuration says less.

# burn SECONDS: Python that really computes for so long
burn='import time
end = time.process_time() + SECONDS
while time.process_time() < end:
    sum(range(10000))'

# scenario: cpu-underused | job.cpu-underused | four CPUs, one of them a little busy | config=job.efficiency_min_runtime=10s wait=240
submit_cpu_underused() { job alice -c4 -t 20 --mem=200M <<<"#!/bin/bash
python3 -c '${burn/SECONDS/4}'
sleep 16"; }
until_cpu_underused() { ended_as "$1" COMPLETED; }

# scenario: memory-overrequested | job.memory-overrequested | 3000 MB asked, some 10 used | config=job.efficiency_min_runtime=10s wait=240
submit_memory_overrequested() { job alice -t 20 --mem=3000M -d singleton -J burn <<<"#!/bin/bash
python3 -c '${burn/SECONDS/12}'"; }
until_memory_overrequested() { ended_as "$1" COMPLETED; }

# scenario: time-overrequested | job.time-overrequested | an hour asked, some seconds used | config=job.efficiency_min_runtime=10s wait=240
submit_time_overrequested() { job alice -t 60 --mem=20M -d singleton -J burn <<<"#!/bin/bash
python3 -c '${burn/SECONDS/12}'"; }
until_time_overrequested() { ended_as "$1" COMPLETED; }

# scenario: threads-oversubscribed | job.threads-oversubscribed | one CPU asked, three busy processes on it | config=job.efficiency_min_runtime=10s wait=240
submit_threads_oversubscribed() { job alice -c1 -t 20 --mem=200M -d singleton -J burn <<<"#!/bin/bash
export OMP_NUM_THREADS=3
for i in 1 2 3; do
    python3 -c '${burn/SECONDS/8}' &
done
wait"; }
until_threads_oversubscribed() { ended_as "$1" COMPLETED; }

# scenario: gpu-idle | job.gpu-idle | a GPU asked and never touched (utilisation as jobstats stores it) | config=job.efficiency_min_runtime=10s wait=240
submit_gpu_idle() {
    local id
    id=$(job alice --gres=gpu:a100:1 -t 1 --mem=200M <<<'#!/bin/bash
sleep 14')
    wait_or_die 60 "its start" running "$id"
    admin update JobId="$id" AdminComment="JS1:$(python3 -c '
import base64, gzip, json
print(base64.b64encode(gzip.compress(json.dumps({"nodes": {"n1": {"total_memory": 209715200,
    "used_memory": 8388608, "total_time": 0.2, "cpus": 1, "gpu_total_memory": {"0": 42949672960},
    "gpu_used_memory": {"0": 0}, "gpu_utilization": {"0": 0}}}, "total_time": 14, "gpus": 1}).encode())).decode())')"
    echo "$id"
}
until_gpu_idle() { ended_as "$1" COMPLETED; }
