#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""commands.py HPCDOC MANUALS [ROOT]

Every command that the program HPCDOC knows has a help with examples first, a manual page in the directory MANUALS that
reads without a warning, and tests in tests/cmd/<command path>/, at least one of which replays a recording.
Exit status: 0 nothing wrong, 1 something is.
"""
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

MOST_COLUMNS_OF_A_SUMMARY = 60


def summary(path, text):
    if len(text) > MOST_COLUMNS_OF_A_SUMMARY or text.endswith(".") or not text[:1].isupper():
        yield f"'{path}': the summary is at most {MOST_COLUMNS_OF_A_SUMMARY} columns, with a capital and without a full stop: '{text}'"


def help_text(path, text):
    sections = re.findall(r"^## (.+)$", text, re.M)
    if not text.startswith(f"# hpcdoc {path}\n"):
        yield f"'{path}': help.md begins with '# hpcdoc {path}'"
    if sections[:1] != ["Examples"] or f"    hpcdoc {path}" not in text:
        yield f"'{path}': the first section of help.md is 'Examples', with an indented 'hpcdoc {path} …'"
    if "Description" not in sections:
        yield f"'{path}': help.md has no section 'Description'"


def options(path, command, taken):
    for option in command["options"] + command["positionals"]:
        about, names = option["about"], option.get("names", [option.get("name")])
        if not about or about.endswith("."):
            yield f"'{path}': {names[-1]} is described in a few words without a full stop"
        for name in names:
            if name in taken:
                yield f"'{path}': {name} is an option of every command"


def manual(path, manuals):
    page = manuals / f"hpcdoc-{path.replace(' ', '-')}.1"
    if not page.is_file():
        yield f"'{path}': no manual page {page.name}"


def tests(path, root):
    folder = root / "tests/cmd" / path.replace(" ", "/")
    cases = sorted(folder.glob("*.case"))
    if not cases:
        yield f"'{path}': no case in {folder.relative_to(root)}"
    recordings = [line[5:].strip() for case in cases for line in case.read_text().splitlines() if line.startswith("from ")]
    if cases and not recordings:
        yield f"'{path}': no case in {folder.relative_to(root)} replays a recording ('from …')"
    for recording in recordings:
        if not (root / "tests" / recording).exists():
            yield f"'{path}': the recording tests/{recording} is not there"


def manuals_read_well(manuals):
    if shutil.which("mandoc") is None:
        yield "mandoc: not installed (Debian: apt install mandoc)"
        return
    for page in sorted(manuals.glob("*.[0-9]")):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True, check=False)
        yield from done.stdout.splitlines()


def main(arguments):
    program, manuals = arguments[0], Path(arguments[1])
    root = Path(arguments[2] if len(arguments) > 2 else Path(__file__).parents[2]).resolve()
    described = json.loads(subprocess.run([program, "__dump-cli"], capture_output=True, check=True).stdout)
    taken = {name for option in described["global_options"] for name in option["names"]}
    complaints = []
    for command in described["commands"]:
        path = command["path"]
        complaints += summary(path, command["summary"])
        complaints += help_text(path, command["help"])
        complaints += options(path, command, taken)
        complaints += manual(path, manuals)
        complaints += tests(path, root)
    complaints += manuals_read_well(manuals)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints or not described["commands"] else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
