#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""bench.py HPCDOC: how fast, beside what the user would run otherwise, as ratios in one run. Asserts nothing.

  start     hpcdoc --version against git --version
  explain   in the lab (tests/lab/up): hpcdoc job explain of an ended job against the Slurm commands it runs, timed raw
            in the same order, and its own CPU time (children not counted)
  array     a recorded array of 10,000 ended tasks against reading that recording, and the memory it takes
  size      the program, stripped
  redact    hpcdoc bundle redact of an ordinary log of 2 GiB to /dev/null against sed with one pattern and grep -c, and the
            memory it takes
  quick     hpcdoc bundle --quick of this machine against sos report --batch (needs root, and sos)
  open      in the lab: a bundle of 10 MiB with a failed job, and hpcdoc --from BUNDLE job explain of it: its own CPU time
Use a release build. Names of some of these after HPCDOC: only those.
"""
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAB = HERE.parent / "lab"
TASKS = 10_000


def timed(argv, **more):
    start = time.perf_counter()
    subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False, **more)
    return time.perf_counter() - start


def pair(ours, theirs, runs):
    """Medians of both, and of the ratio pair by pair: the machine's speed drifts."""
    timed(ours), timed(theirs)
    pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    return (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs),
            statistics.median(a / b for a, b in pairs))


def bench_start(program):
    ours, theirs, ratio = pair([program, "--version"], ["git", "--version"], 101)
    print(f"start: hpcdoc {ours * 1000:.1f} ms, git {theirs * 1000:.1f} ms, ratio {ratio:.2f} (at most 2)")


def own_cpu(argv):
    """User and system time of the program itself: its children's are counted when it waits for them, so they are taken off."""
    script = ("import os,resource,subprocess,sys\n"
              "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)\n"
              "u=resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime+u.ru_stime)")
    return float(subprocess.run([sys.executable, "-c", script, *argv], capture_output=True, text=True, check=True).stdout)


def bench_explain(program):
    if subprocess.run([str(LAB / "status")], capture_output=True).returncode != 0:
        print("explain: skipped, the lab is not up (tests/lab/up)")
        return
    job = subprocess.run([str(LAB / "scenario"), "failed-exit-code"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o777)
        subprocess.run([str(LAB / "enter"), program, "--record", f"{scratch}/r", "job", "explain", job], capture_output=True)
        calls = json.load(open(f"{scratch}/r/recording.json"))["calls"]
        raw = Path(scratch) / "raw.sh"
        raw.write_text("".join(" ".join("'" + word.replace("'", "'\\''") + "'" for word in call["argv"]) + "\n" for call in calls))
        ours, theirs, ratio = pair([str(LAB / "enter"), program, "job", "explain", job], [str(LAB / "enter"), "sh", str(raw)], 15)
        print(f"explain: {len(calls)} calls, hpcdoc {ours * 1000:.0f} ms, the commands alone {theirs * 1000:.0f} ms, ratio {ratio:.2f} (at most 1.3)")
        replay = [program, "--from", f"{scratch}/r", "job", "explain", job]
        cpu = statistics.median(own_cpu(replay) for _ in range(15))
        print(f"explain: own CPU over the recording {cpu * 1000:.1f} ms (at most 20)")


def made_array(directory, template):
    """A recording of an array of TASKS tasks in the form of a real one: each fiftieth failed, each hundredth ran out of memory."""
    shutil.copytree(template, directory)
    recording = json.loads((directory / "recording.json").read_text())
    job = (directory / "job").read_text().strip()
    call = next(c for c in recording["calls"] if c["argv"][0] == "sacct" and "-j" in c["argv"])
    text = (directory / call["out"]).read_bytes().decode()
    header, _, body = text.partition("\n")
    separator = "\x1f"
    width = header.count(separator)
    names = header.split(separator)
    cells = body.split(separator)
    rows = [cells[at:at + width] for at in range(0, len(cells) - 1, width)]
    first = [row for row in rows if row[0].lstrip("\n").split(".")[0] == rows[0][0].lstrip("\n").split(".")[0]]
    base = first[0][0].split("_")[0]
    out = [header]
    for task in range(TASKS):
        for row in first:
            new = [cell.lstrip("\n") for cell in row]
            step = new[0].partition(".")[2]
            new[0] = f"{base}_{task}" + (f".{step}" if step else "")
            new[1] = f"{int(base) + task}" + (f".{step}" if step else "")
            if task % 50 == 0:
                new[names.index("State")], new[names.index("ExitCode")] = "FAILED", "1:0"
            if task % 100 == 1:
                new[names.index("State")], new[names.index("ExitCode")] = "OUT_OF_MEMORY", "0:125"
            out.append(separator.join(new) + separator)
    data = ("\n".join(out) + "\n").encode()
    (directory / call["out"]).write_bytes(data)
    call["out_total"] = len(data)
    for other in recording["calls"]:
        if other["argv"][:3] == ["scontrol", "show", "job"]:
            other.update(status=1, out_total=0, err_total=0)
            other.pop("out", None)
            other.pop("err", None)
            other["err"] = "calls/gone.err"
            message = b"slurm_load_jobs error: Invalid job id specified\n"
            (directory / "calls/gone.err").write_bytes(message)
            other["err_total"] = len(message)
    (directory / "recording.json").write_text(json.dumps(recording))
    return job


def bench_array(program):
    template = HERE.parent / "recordings/22.05/array-mixed"
    with tempfile.TemporaryDirectory() as scratch:
        directory = Path(scratch) / "array"
        job = made_array(directory, template)
        ours, theirs, _ = pair([program, "--from", str(directory), "job", "explain", job], ["sh", "-c", f"cat {directory}/calls/* >/dev/null"], 7)
        report = json.loads(subprocess.run([program, "--from", str(directory), "job", "explain", job, "--json"], capture_output=True).stdout)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"array: {report['headline']}")
        print(f"array: {ours:.2f} s, reading the recording {theirs:.3f} s (at most 1 s over it); peak memory {before / 1024:.0f} MiB (at most 100)")


def bench_size(program):
    with tempfile.TemporaryDirectory() as scratch:
        stripped = Path(scratch) / "hpcdoc"
        subprocess.run(["strip", "-o", str(stripped), program], check=True)
        print(f"size: {stripped.stat().st_size / 1048576:.1f} MiB stripped (at most 8)")


def ordinary_log(path, size):
    """What a job of machine learning writes, a mebibyte of it again and again."""
    import random
    draw = random.Random(1)
    number, some = draw.randrange, lambda letters, count: "".join(draw.choices(letters, k=count))
    forms = (lambda: f"n{number(400)}:{number(99999)}:{number(99999)} [{number(8)}] NCCL INFO Channel {number(32):02d}/0 : {number(64)}[{number(8)}] -> {number(64)}[{number(8)}] via P2P/CUMEM/read",
             lambda: f"2026-11-25 12:{number(60):02d}:{number(60):02d},{number(1000):03d} INFO train.py:212 step {number(99999)} loss={draw.random() * 5:.4f} lr={draw.random():.3e} tokens/s={number(90000)}",
             lambda: f"slurmstepd: task {number(64)} on node n{number(400)}: /scratch/alice/run{number(100)}/checkpoint-{number(99999)}/model.safetensors written in {draw.random() * 9:.2f} s",
             lambda: f"numpy=={number(3)}.{number(30)}.{number(9)}  # via pandas, scipy, torch", lambda: some("ACGT", 100), lambda: some("".join(map(chr, range(33, 74))), 100),
             lambda: f"Downloading https://files.example.org/packages/{some('0123456789abcdef', 40)}/torch-2.{number(9)}.0-cp311-linux_x86_64.whl (779.1 MB)",
             lambda: f"srun: job {number(99999)} queued and waiting for resources: Resources, Priority",
             lambda: f"WARNING: keyword arguments passed to the tokenizer are ignored: max_num_tokens={number(4096)}")
    weights = (25, 25, 10, 10, 10, 10, 2, 7, 1)
    part = "\n".join(form() for form in draw.choices(forms, weights, k=60_000)).encode() + b"\n"
    with open(path, "wb") as log:
        while log.tell() < size:
            log.write(part)


def bench_redact(program, size=2 << 30):
    with tempfile.TemporaryDirectory(dir="/dev/shm" if shutil.disk_usage("/dev/shm").free > 2 * size else None) as scratch:
        log = f"{scratch}/x.log"
        ordinary_log(log, size)
        ours = [program, "bundle", "redact", log, "-o", "-"]
        cpu = own_cpu(ours)
        usage = "import os,resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        memory = int(subprocess.run([sys.executable, "-c", usage, *ours], capture_output=True, text=True, check=True).stdout) / 1024
        print(f"redact: {size / 1e9 / cpu:.2f} GB/s of its own CPU time (at least 1), peak memory {memory:.0f} MiB (at most 64)")
        for name, theirs in (("sed", ["sed", "-e", "s/TOKEN=[^ ]*/TOKEN=x/g", log]), ("grep -c", ["grep", "-c", "TOKEN=", log])):
            a, b, ratio = pair(ours, theirs, 3)
            print(f"redact: hpcdoc {a:.2f} s, {name} with one pattern {b:.2f} s, ratio {ratio:.2f}")


def bench_quick(program, runs=3):
    if not shutil.which("sos") or os.geteuid() != 0:
        print("quick: skipped, it needs root and sos (apt-get install sosreport)")
        return
    with tempfile.TemporaryDirectory() as scratch:
        ours = lambda n: [program, "--no-pager", "bundle", "--quick", "--no-questions", "-o", f"{scratch}/{n}.tar.gz"]
        theirs = ["sos", "report", "--batch", "--quiet", "--tmp-dir", scratch]
        timed(ours("first"))
        pairs = [(timed(ours(n)), timed(theirs)) for n in range(runs)]
        written = sum(file.stat().st_size for file in Path(scratch).glob("sosreport-*.tar.*")) / runs
        a, b = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"quick: hpcdoc bundle {a:.2f} s, {Path(scratch, '0.tar.gz').stat().st_size / 1024:.0f} KiB; sos report {b:.1f} s, "
              f"{written / 1048576:.1f} MiB; ratio {ratio:.3f} (at most 0.3)")


def bench_open(program):
    if subprocess.run([str(LAB / "status")], capture_output=True).returncode != 0:
        print("open: skipped, the lab is not up (tests/lab/up)")
        return
    job = subprocess.run([str(LAB / "scenario"), "failed-exit-code"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o777)
        logs = Path(scratch) / "logs"
        logs.mkdir()
        for number in range(18):  # what a log seldom is: it cannot be packed
            (logs / f"{number:02d}.log").write_text("".join("".join(chr(33 + byte % 90) for byte in os.urandom(70)) + "\n" for _ in range(12_000)))
        bundle = f"{scratch}/x.tar.gz"
        subprocess.run([str(LAB / "enter"), program, "--no-pager", "bundle", "--no-questions", "--job", job, "--path", str(logs), "-o", bundle], capture_output=True)
        if not Path(bundle).exists():
            print("open: no bundle was written")
            return
        replay = [program, "--from", bundle, "job", "explain", job]
        cpu = statistics.median(own_cpu(replay) for _ in range(15))
        print(f"open: a bundle of {Path(bundle).stat().st_size / 1048576:.1f} MiB, its job explained in {cpu * 1000:.0f} ms of CPU (at most 100)")


BENCHES = {"start": bench_start, "size": bench_size, "array": bench_array, "redact": bench_redact, "explain": bench_explain, "quick": bench_quick, "open": bench_open}


def main():
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(BENCHES):
        sys.exit(f"usage: bench.py HPCDOC [{'|'.join(BENCHES)}]...")
    program = str(Path(sys.argv[1]).resolve())
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name in sys.argv[2:] or BENCHES:
        BENCHES[name](program)


main()
