#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""behaviour.py HPCDOC: how the program treats its streams, signals and files, tried on the real thing."""
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = ""
ROOT = Path(__file__).resolve().parents[2]
MINIMAL = str(ROOT / "tests/recordings/minimal")
PLAIN = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "dumb"}


def run(*words, env=None, **more):
    return subprocess.run([PROGRAM, *words], env={**PLAIN, **(env or {})}, capture_output=True, text=True, timeout=60, check=False, **more)


def on_terminal(*words, env=None):
    """What is shown when stdin, stdout and stderr are a terminal; exit status."""
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, [PROGRAM, *words], {**PLAIN, "TERM": "xterm", "PAGER": "cat", **(env or {})})
    shown = b""
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(fd)
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Own(unittest.TestCase):
    """A directory of its own."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="hpcdoc-behaviour-")
        self.addCleanup(self.temporary.cleanup)
        self.dir = Path(self.temporary.name)

    def slow_slurm(self):
        """Slurm commands that tell their pid and then answer nothing."""
        tools = self.dir / "tools"
        tools.mkdir()
        for name in ("sacct", "squeue", "scontrol", "sstat", "sacctmgr", "sinfo"):
            tool = tools / name
            tool.write_text(f"#!/bin/sh\necho $$ >>{self.dir}/pids\nexec sleep 300\n")
            tool.chmod(0o755)
        return ["-c", f"tools.path={tools}"]

    def no_child_is_left(self):
        for pid in (self.dir / "pids").read_text().split():
            for _ in range(100):
                if not Path(f"/proc/{pid}").exists() or "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                    break
                time.sleep(0.05)
            else:
                self.fail(f"process {pid} is still there")


class Version(Own):
    def test_it_is_one_line(self):
        for option in ("--version", "-V"):
            self.assertRegex(run(option).stdout, r"\Ahpcdoc \d+\.\d+\.\d+ \(build \S+\)\n\Z")
        self.assertRegex(run("--json", "--version").stdout, r"\Ahpcdoc ")

    def test_it_needs_none_of_our_files(self):
        self.assertEqual(run("--version", env={"HPCDOC_SHARE": "/nonexistent"}).returncode, 0)


class Streams(Own):
    def test_a_full_device_is_an_error_in_words(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "--from", MINIMAL, "config", "show"], env=PLAIN, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (2, "hpcdoc: cannot write the report: no space left on device\n"))

    def test_a_reader_that_has_gone_is_no_error(self):
        for words in (["help", "config", "show"], ["--from", MINIMAL, "config", "show"], ["__dump-cli"]):
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run([PROGRAM, *words], env=PLAIN, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
            os.close(writing)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)

    def test_closed_streams_do_no_harm(self):
        out = self.dir / "out"
        for closed in ("0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"):
            record = self.dir / f"record-{abs(hash(closed))}"
            line = f'"$0" --from "$1" config show --record "$2" {closed}'
            done = subprocess.run(["sh", "-c", line, PROGRAM, MINIMAL, str(record)], env=PLAIN, stdout=out.open("w"), stderr=subprocess.DEVNULL, check=False)
            self.assertEqual(done.returncode, 0, closed)
            # A file opened in place of a closed stream would hold the report.
            json.loads((record / "recording.json").read_text())

    def test_errors_and_reports_keep_to_their_streams(self):
        done = run("config", "shwo")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertTrue(done.stderr.startswith("hpcdoc: 'shwo' is not a command of 'config'; did you mean 'show'?\n"))
        done = run("--from", MINIMAL, "config", "show")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_escapes_in_arguments_are_not_passed_on(self):
        for words in (["\033[31mx"], ["config", "show", "\033]0;x\007"], ["--from", "\033[2J", "config", "show"], ["config", "show", "--\033[2J"]):
            done = run(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertNotIn("\033", done.stderr + done.stdout)

    def test_arguments_that_are_not_utf8_do_no_harm(self):
        done = subprocess.run([PROGRAM, "config", b"\xff\xfe"], env=PLAIN, capture_output=True, check=False)
        self.assertEqual(done.returncode, 2)
        done.stderr.decode("utf-8")


class OnATerminal(Own):
    def test_help_has_colour_and_a_pipe_has_none(self):
        shown, status = on_terminal("help", "config", "show")
        self.assertEqual(status, 0)
        self.assertIn("\033[1m", shown)
        self.assertNotIn("\033", run("help", "config", "show").stdout)
        shown, _ = on_terminal("help", "config", "show", env={"NO_COLOR": "1"})
        self.assertNotIn("\033", shown)

    def test_the_pager_is_used_for_long_text_only(self):
        shown, status = on_terminal("help", "config", "show", env={"PAGER": "sed s/^/paged:/"})
        self.assertEqual(status, 0)
        self.assertIn("paged:Usage", shown)
        shown, _ = on_terminal("--no-pager", "--from", MINIMAL, "config", "show", env={"PAGER": "sed s/^/paged:/"})
        self.assertNotIn("paged:", shown)

    def test_a_pager_that_is_missing_costs_nothing(self):
        shown, status = on_terminal("help", "config", "show", env={"PAGER": "/nonexistent/pager"})
        self.assertEqual(status, 0)
        self.assertIn("Usage", shown)


class Ending(Own):
    def start(self, *words):
        process = subprocess.Popen([PROGRAM, *self.slow_slurm(), *words], env=PLAIN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   start_new_session=True)
        for _ in range(200):
            if (self.dir / "pids").exists():
                return process
            time.sleep(0.05)
        process.kill()
        return self.fail("no program was run")

    def test_an_interrupted_run_tells_what_it_has_and_leaves_no_child(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                self.setUp()
                process = self.start("--json", "job", "explain", "4242")
                process.send_signal(number)
                out, _ = process.communicate(timeout=30)
                self.assertEqual(process.returncode, 130)
                report = json.loads(out)
                self.assertFalse(report["complete"])
                self.no_child_is_left()

    def test_a_second_interrupt_ends_it_at_once(self):
        process = self.start("job", "explain", "4242")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertIn(process.returncode, (130, 1, 3))  # the first may have been enough
        self.no_child_is_left()

    def test_the_deadline_ends_it(self):
        before = time.monotonic()
        done = run(*self.slow_slurm(), "--json", "--deadline", "1s", "job", "explain", "4242")
        self.assertLess(time.monotonic() - before, 30)
        report = json.loads(done.stdout)
        self.assertFalse(report["complete"])
        self.assertIn("run", [check["id"] for check in report["checks"]])
        self.no_child_is_left()


class Recordings(Own):
    def record(self):
        out = self.dir / "recording"
        done = run("--from", MINIMAL, "config", "show", "--record", str(out))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return out

    def test_a_recording_is_for_its_owner_and_replays(self):
        out = self.record()
        self.assertEqual(stat.S_IMODE(out.stat().st_mode) & 0o077, 0)
        self.assertEqual(run("--from", str(out), "config", "show").returncode, 0)
        self.assertEqual(sorted(path.name for path in self.dir.iterdir()), ["recording"])

    def test_an_archive_of_it_replays_too(self):
        out = self.record()
        for mode, name in (("w", "r.tar"), ("w:gz", "r.tar.gz"), ("w:xz", "r.tar.xz")):
            with tarfile.open(self.dir / name, mode) as archive:
                archive.add(out, arcname="some-name")
            done = run("--from", str(self.dir / name), "config", "show")
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)

    def test_what_exists_is_not_written_over(self):
        out = self.record()
        done = run("--from", MINIMAL, "config", "show", "--record", str(out))
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("exists already and is not empty", done.stderr)

    def test_what_is_no_recording_is_refused_in_one_line_and_a_hint(self):
        (self.dir / "empty").mkdir()
        (self.dir / "cut.tar.gz").write_bytes(b"\x1f\x8b\x08\x00garbage")
        (self.dir / "zero").write_bytes(b"")
        (self.dir / "bad").mkdir()
        (self.dir / "bad/recording.json").write_text('{"schema":"hpcdoc.recording/1"')
        os.mkfifo(self.dir / "fifo")
        for name in ("empty", "cut.tar.gz", "zero", "bad", "fifo", "missing"):
            done = run("--from", str(self.dir / name), "config", "show")
            self.assertEqual((done.returncode, done.stdout), (2, ""), name)
            self.assertRegex(done.stderr, r"\Ahpcdoc: [^\n]+\n(  [^\n]+\n)*\Z")

    def test_a_strict_replay_fails_on_a_call_that_was_not_recorded(self):
        done = run("--from", MINIMAL, "job", "list", env={"HPCDOC_REPLAY_STRICT": "1"})
        self.assertEqual(done.returncode, 3)
        self.assertIn("hpcdoc: not in the recording: ", done.stderr)


class SelfDescription(Own):
    def test_it_names_every_command_with_help(self):
        described = json.loads(run("__dump-cli").stdout)
        paths = [command["path"] for command in described["commands"]]
        self.assertEqual(paths, sorted(paths))
        self.assertIn("config show", paths)
        for path in paths:
            done = run("help", *path.split())
            self.assertEqual(done.returncode, 0, path)
            self.assertIn("Usage: hpcdoc " + path, done.stdout)

    def test_help_comes_whatever_the_settings_say(self):
        done = run("help", env={"HPCDOC_OUTPUT_COLOR": "nonsense"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_completion_is_silent_whatever_is_asked(self):
        for words in ([], ["x"], ["1"], ["1", "--"], ["99999999999999999999", "--", "hpcdoc"], ["7", "--", "hpcdoc", "job"],
                      ["2", "--", "hpcdoc", "nonsense", ""], ["3", "--", "hpcdoc", "--nonsense", "--from", "/nonexistent", ""]):
            done = run("__complete", *words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
