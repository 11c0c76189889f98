#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_bundles.py HPCDOC

Writes the bundles that tests look into, tests/bundles/*.tar.gz: small, made of one recording and of what is written here, some
of them damaged or hostile on purpose. HPCDOC gives the findings. The same program writes the same bytes.
"""
import copy
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
RECORDING, JOB = TESTS / "recordings/22.05/segfault-step", "4230"
TOP = "hpcdoc-bundle-lab-20261125T151300Z-1a2b3c4d"
STARTED = 1795619580  # 2026-11-25T15:13:00Z
FIRST = ["README.txt", "summary.txt", "manifest.json", "report.html", "findings.json"]

LIMITS = "Limit                     Soft Limit           Hard Limit           Units\n" + "".join(
    f"{name:<26}{soft:<21}{hard:<21}{unit}\n" for name, soft, hard, unit in [
        ("Max cpu time", "unlimited", "unlimited", "seconds"), ("Max file size", "unlimited", "unlimited", "bytes"),
        ("Max stack size", "8388608", "unlimited", "bytes"), ("Max open files", "1024", "524288", "files"),
        ("Max locked memory", "65536", "65536", "bytes")])
# id, topic, argv or path, why, content, status, exit, note
ITEMS = [
    ("system.os", "system", "/etc/os-release", "the operating system", 'NAME="Rocky Linux"\nVERSION="9.4 (Blue Onyx)"\nID="rocky"\nVERSION_ID="9.4"\n', "ok", None, ""),
    ("system.memory", "system", "/proc/meminfo", "memory of the node", "MemTotal:       131072000 kB\nMemFree:         9000000 kB\nMemAvailable:   90000000 kB\n", "ok", None, ""),
    ("system.limits", "system", "/proc/self/limits", "limits of your shell", LIMITS, "ok", None, ""),
    ("env.variables", "env", "/proc/self/environ", "variables, by allow-list", "LANG=C.UTF-8\nOMP_NUM_THREADS=4\nPATH=/usr/local/bin:/usr/bin:/bin\nSSH_CLIENT=10.0.0.7 50522 22\nSLURM_CONF=/etc/slurm/slurm.conf\n", "ok", None, ""),
    ("env.modules", "env", ["module", "list"], "modules that are loaded", "Currently Loaded Modules:\n  1) gcc/12.2.0   2) openmpi/4.1.5   3) hdf5/1.14.1\n", "ok", 0, ""),
    ("python.packages", "python", ["python3", "-m", "pip", "list"], "Python packages", "Package    Version\n---------- -------\nmpi4py     3.1.5\nnumpy      1.26.0\nscipy      1.11.3\ntorch      2.1.0\n", "ok", 0, ""),
    ("system.uptime", "system", ["uptime"], "how busy the node is", " 16:13:00 up 12 days,  3:04,  9 users,  load average: 0.71, 0.53, 0.50\n", "ok", 0, ""),
    ("job.4230.stdout", "job", "/home/alice/work/slurm-4230.out", "what the job printed", "step 1 done\nsrun: error: n3: task 0: Segmentation fault\n\x1b[31mred\x1b[0m\n", "ok", None, ""),
    ("gpu.nvidia", "gpu", ["nvidia-smi"], "GPUs", None, "missing", None, "there is no such program"),
    ("fs.scratch", "fs", ["df", "/scratch"], "space on /scratch", None, "timeout", None, "the file system does not answer"),
    ("system.dmesg", "system", ["dmesg", "-T"], "kernel messages", None, "skipped", None, "needs root"),
]
LATER = {
    "system.memory": [("9000000 kB\nMemAvailable:   90000000", "8123456 kB\nMemAvailable:   88111111")],
    "system.limits": [("8388608              unlimited", "1048576              unlimited"), ("1024 ", "4096 ")],
    "env.variables": [("OMP_NUM_THREADS=4", "OMP_NUM_THREADS=64"), ("/usr/local/bin:", "/opt/conda/bin:/usr/local/bin:"), ("50522", "40100"), ("LANG=C.UTF-8\n", "")],
    "env.modules": [("openmpi/4.1.5", "openmpi/5.0.1"), ("3) hdf5/1.14.1", "3) cuda/12.2   4) hdf5/1.14.1")],
    "python.packages": [("numpy      1.26.0", "numpy      2.0.1"), ("scipy      1.11.3\n", "")],
    "system.uptime": [("16:13:00 up 12 days,  3:04", "11:01:22 up 13 days, 21:52"), ("0.71, 0.53", "3.10, 2.20")],
    "job.4230.stdout": [("step 1 done\n", "step 1 done\nstep 2 done\n")],
}


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def stream(member, text):
    return {"member": member, "seen": len(text.encode()), "kept": len(text.encode()), "sha256": sha256(text) if member else ""}


def item(entry, index, changes):
    name, topic, what, why, text, status, code, note = entry
    for old, new in changes.get(name, []):
        assert old in text, (name, old)
        text = text.replace(old, new)
    member = "" if text is None else f"collect/{topic}/{name}.out"
    described = {"id": name, "topic": topic, "kind": "file" if isinstance(what, str) else "command", "argv": [] if isinstance(what, str) else what,
                 "path": what if isinstance(what, str) else "", "why": why, "start": f"2026-11-25T15:13:{index:02d}.007Z", "duration_ms": 10004 if status == "timeout" else 12 + index,
                 "status": status, "exit": code, "signal": None, "stdout": stream(member, text or ""), "stderr": stream("", ""), "redactions": {}, "note": note}
    return described, member, text


def findings(program, job, recording, recorded_job):
    done = subprocess.run([program, "--from", recording, "job", "explain", recorded_job, "--json"], capture_output=True, text=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TZ": "UTC", "LC_ALL": "C.UTF-8"})
    part = json.loads(done.stdout.replace(recorded_job, job))
    whole = {**copy.deepcopy(part), "command": "bundle", "subject": "", "headline": "", "facts": [], "checks": [], "findings": [], "tables": []}
    for key in ("schema", "hpcdoc"):
        part.pop(key)
    return {**whole, "reports": [part]}


def described(items, job):
    return {"schema": "hpcdoc.manifest/1", "hpcdoc": "0.1.0", "rules": "ab" * 32, "host": "login1", "role": "login", "user": "alice", "cluster": "lab",
            "started": "2026-11-25T15:13:00Z", "took_ms": 4210, "deadline_s": 60, "max_size": 10 << 20, "jobs": [job], "complete": True, "incomplete": "",
            "audience": "site", "encrypted_to": "", "note": "It worked last week", "answers": {"Since when": "today"}, "items": items}


def members(program, changes=None, job=JOB, recording=RECORDING, recorded_job=JOB):
    all_of = {str(path.relative_to(RECORDING)): path.read_text() for path in sorted(RECORDING.rglob("*"))
              if path.is_file() and (path.name == "recording.json" or path.parent != RECORDING)}
    items = []
    for index, entry in enumerate(ITEMS):
        one, member, text = item(entry, index, changes or {})
        items.append(json.loads(json.dumps(one).replace(JOB, job)))
        if member:
            all_of[member.replace(JOB, job)] = text
    all_of["manifest.json"] = dump(described(items, job))
    found = findings(program, job, recording, recorded_job)
    all_of["findings.json"] = dump(found)
    all_of["summary.txt"] = f"Job {job} of alice on lab\n\n  {found['reports'][0]['verdict']['title']}\n  {found['reports'][0]['verdict']['id']}\n"
    all_of["README.txt"] = "A bundle of hpcdoc's: 'hpcdoc bundle show FILE' looks into it.\n"
    all_of["report.html"] = "<!doctype html>\n<title>Segmentation fault</title>\n"
    return all_of


def dump(value):
    return json.dumps(value, indent=2, sort_keys=True) + "\n"


def summed(all_of):
    return {**all_of, "SHA256SUMS": "".join(f"{sha256(all_of[name])}  {name}\n" for name in sorted(all_of))}


def packed(name, all_of, extra=(), twice=False):
    bytes_of = io.BytesIO()
    with tarfile.open(fileobj=bytes_of, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for member in [n for n in FIRST if n in all_of] + sorted(set(all_of) - set(FIRST)):
            add(tar, f"{TOP}/{member}", all_of[member].encode())
        for member, kind in extra:
            add(tar, member, b"root::0:0\n" if kind == tarfile.REGTYPE else b"", kind)
    path = TESTS / "bundles" / name
    path.parent.mkdir(exist_ok=True)
    packed_once = gzip.compress(bytes_of.getvalue(), 9, mtime=0)
    path.write_bytes(gzip.compress(packed_once, 9, mtime=0) if twice else packed_once)


def add(tar, name, content, kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime, info.type, info.linkname = len(content), 0o644, STARTED, kind, "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    tar.addfile(info, io.BytesIO(content))


def incomplete(all_of):
    manifest = json.loads(all_of["manifest.json"])
    manifest.update(complete=False, incomplete="interrupted")
    return {**all_of, "manifest.json": dump(manifest)}


def main(program):
    good = members(program)
    packed("good.tar.gz", summed(good))
    packed("later.tar.gz", summed(incomplete(members(program, LATER, "4999", TESTS.parent / "share/hpcdoc/demo/out-of-memory-batch", "4203"))))
    changed = summed(good)
    changed["collect/env/env.variables.out"] += "OMP_PLACES=cores\n"
    del changed["collect/system/system.os.out"]
    packed("changed.tar.gz", {**changed, "collect/added.out": "by hand\n"})
    token = "ghp" + "_" + "R4nd0m" * 6
    packed("secret.tar.gz", summed({**good, "notes.txt": f"export GITHUB_TOKEN={token}\n"}))
    packed("hostile.tar.gz", summed(good), [("../../etc/shadow", tarfile.REGTYPE), ("/etc/cron.d/x", tarfile.REGTYPE), (f"{TOP}/link", tarfile.SYMTYPE),
                                            (f"{TOP}/hard", tarfile.LNKTYPE), (f"{TOP}/disk", tarfile.BLKTYPE), (f"{TOP}/pipe", tarfile.FIFOTYPE),
                                            (f"{TOP}/README.txt", tarfile.REGTYPE), ("other/x", tarfile.REGTYPE), (f"{TOP}/\x1b[2J", tarfile.REGTYPE)])
    packed("other.tar.gz", {"etc/hosts": "127.0.0.1 localhost\n", "version.txt": "sosreport: 4.12\n"})
    bomb = {"manifest.json": good["manifest.json"], "zeros": "0" * ((256 << 20) + 1)}
    packed("bomb.tar.gz", bomb, twice=True)  # else the bomb itself would be large
    (TESTS / "bundles/cut.tar.gz").write_bytes((TESTS / "bundles/good.tar.gz").read_bytes()[:3000])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
