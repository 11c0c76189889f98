#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""run_cases.py HPCDOC [--root ROOT] [NAME...]

Runs the cases tests/cmd/<command path>/*.case with the program HPCDOC; NAME narrows to cases whose path contains it.

A case is what a person would see:

    # what it shows, in one sentence
    $ hpcdoc job explain 4242
    from recordings/22.05/oom       replayed, relative to tests/; any call it has not, or has unused, fails the case
    env NAME=value                  any number; nothing else of the caller's environment gets through
    exit 1
    -- stdout --
    ...
    -- stderr --
    ...
    -- json --
    ...                             of the same command with --json, checked against the schema too

A part that is not there must be empty (json: is not run). $ROOT stands for the source directory, also in what is printed.
HPCDOC_ACCEPT=1 writes what was seen into the case and counts it as skipped: look at the diff before you commit it.
Exit status: 0 all passed, 1 some failed, 2 wrong usage.
"""
import difflib
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PARTS = ("stdout", "stderr", "json")
DEADLINE = 60  # seconds; a hang is a failure, not a slow test
# What changes without any change in what a reader sees: the version, and the line of a rule in its file.
VERSION = re.compile(r'("hpcdoc": ?"|\bhpcdoc )\d+\.\d+\.\d+[^",]*')
RULE_LINE = re.compile(r'("rule": ?"[^"]*\.toml:)\d+(")')


def normal(text):
    return RULE_LINE.sub(r"\g<1>LINE\2", VERSION.sub(r"\1VERSION", text))


class BadCase(Exception):
    pass


class Case:
    def __init__(self, path):
        self.path, self.argv, self.recording, self.env, self.exit = path, None, None, {}, 0
        self.head, self.parts = [], {}
        self.read(path.read_text(encoding="utf-8"))

    def read(self, text):
        part = None
        for line in text.splitlines(keepends=True):
            mark = re.fullmatch(r"-- (\w+) --\n?", line)
            if mark and mark[1] in PARTS:
                part = mark[1]
                self.parts[part] = ""
            elif part:
                self.parts[part] += line
            else:
                self.head.append(line)
                self.read_head(line.rstrip("\n"))
        if self.argv is None or self.argv[:1] != ["hpcdoc"]:
            raise BadCase("has no line '$ hpcdoc …'")

    def read_head(self, line):
        word, _, rest = line.partition(" ")
        if word == "$":
            self.argv = shlex.split(rest)
        elif word == "from":
            self.recording = rest.strip()
        elif word == "env":
            name, _, value = rest.partition("=")
            self.env[name] = value
        elif word == "exit":
            self.exit = int(rest)
        elif line and word != "#":
            raise BadCase(f"has a line that means nothing: {line!r}")

    def write(self, seen, status):
        head = [f"exit {status}\n" if line.startswith("exit ") else line for line in self.head]
        if status and not any(line.startswith("exit ") for line in head):
            head.append(f"exit {status}\n")
        body = "".join(f"-- {part} --\n{seen[part]}" for part in PARTS if seen.get(part))
        self.path.write_text("".join(head) + body, encoding="utf-8")


class Runner:
    def __init__(self, program, root):
        self.program, self.root, self.tests = program, root, root / "tests"
        spec = importlib.util.spec_from_file_location("validate_schema", root / "tests/lint/validate_schema.py")
        self.schema_tool = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.schema_tool)
        schema = self.schema_tool.read(root / "share/hpcdoc/schema/report.json")
        self.validator = self.schema_tool.jsonschema.Draft202012Validator(schema)

    def environment(self, case):
        env = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb", "COLUMNS": "80"}
        if case.recording:
            env["HPCDOC_REPLAY_STRICT"] = "1"
        env.update({name: value.replace("$ROOT", str(self.root)) for name, value in case.env.items()})
        return env

    def command(self, case, as_json):
        words = [word.replace("$ROOT", str(self.root)) for word in case.argv[1:]]
        if as_json:
            words = [w for i, w in enumerate(words) if w != "--format" and (i == 0 or words[i - 1] != "--format")] + ["--json"]
        if case.recording:
            words = ["--from", str(self.tests / case.recording)] + words
        return [str(self.program)] + words

    def run(self, case, as_json=False):
        with tempfile.TemporaryDirectory(prefix="hpcdoc-case-") as cwd:
            done = subprocess.run(self.command(case, as_json), cwd=cwd, env=self.environment(case), stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=DEADLINE, check=False)
        return done.returncode, self.portable(done.stdout), self.portable(done.stderr)

    def portable(self, output):
        text = output.decode("utf-8", "backslashreplace").replace(str(self.root), "$ROOT")
        return normal(text)

    def look(self, case):
        """What the case printed, by parts; its exit status; what is wrong apart from differences."""
        status, out, err = self.run(case)
        seen, wrong = {"stdout": out, "stderr": err}, []
        if "json" in case.parts:
            json_status, seen["json"], json_err = self.run(case, as_json=True)
            wrong += self.check_json(seen["json"])
            if json_status != status:
                wrong.append(f"exit status {json_status} with --json, {status} without; stderr:\n{json_err}")
        return seen, status, wrong

    def check_json(self, text):
        try:
            document = json.loads(text, object_pairs_hook=self.schema_tool.unique_keys, parse_constant=self.schema_tool.no_constant)
        except ValueError as error:
            return [f"--json: {error}"]
        return [f"--json: {'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in self.validator.iter_errors(document)]


def differences(case, seen, status):
    if status != case.exit:
        yield f"exit status {status}, expected {case.exit}"
    for part in PARTS:
        expected, got = normal(case.parts.get(part, "")), seen.get(part, "")
        if expected != got and (part in case.parts or got):
            lines = difflib.unified_diff(expected.splitlines(keepends=True), got.splitlines(keepends=True), f"expected {part}", f"seen {part}")
            yield "".join(line if line.endswith("\n") else line + "\n\\ no newline at the end\n" for line in lines)


def failure(runner, case, seen, status, wrong):
    told = [f"FAILED {case.path.relative_to(runner.root)}", "  " + shlex.join(runner.command(case, False)),
            "  with " + shlex.join(f"{name}={value}" for name, value in runner.environment(case).items()), f"  exit status {status}"]
    for part in ("stdout", "stderr"):  # of the JSON the difference is enough
        if seen.get(part):
            told += [f"  {part}:"] + ["    " + line for line in seen[part].splitlines()]
    return "\n".join(told + ["  " + complaint.replace("\n", "\n  ").rstrip() for complaint in wrong])


def run_one(runner, path, accept):
    """'passed', 'failed' or 'skipped', and what there is to tell."""
    try:
        case = Case(path)
        seen, status, wrong = runner.look(case)
    except (BadCase, OSError, ValueError, subprocess.TimeoutExpired) as error:
        return "failed", f"FAILED {path.relative_to(runner.root)}\n  {error}"
    changed = list(differences(case, seen, status))
    if accept and changed and not wrong:
        case.write(seen, status)
        return "skipped", f"ACCEPTED {path.relative_to(runner.root)}"
    if changed or wrong:
        return "failed", failure(runner, case, seen, status, changed + wrong)
    return "passed", None


def main(arguments):
    root = Path(__file__).resolve().parents[2]
    if "--root" in arguments:
        at = arguments.index("--root")
        root = Path(arguments[at + 1]).resolve()
        del arguments[at:at + 2]
    if not arguments or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    runner = Runner(Path(arguments[0]).resolve(), root)
    accept = os.environ.get("HPCDOC_ACCEPT") == "1"
    paths = [path for path in sorted((root / "tests/cmd").rglob("*.case"))
             if not arguments[1:] or any(name in str(path) for name in arguments[1:])]
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for word, text in pool.map(lambda path: run_one(runner, path, accept), paths):
            counts[word] += 1
            if text:
                print(text)
    print(", ".join(f"{count} {word}" for word, count in counts.items()))
    return 1 if counts["failed"] or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
