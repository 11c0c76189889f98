#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""source_rules.py [ROOT]

Rules that every source of hpcdoc keeps: the layering of src/ (its order is that of src/CMakeLists.txt), who may write to a
descriptor, who may make a call that hangs on a dead mount, the licence line, no notes to oneself, sizes.
Prints "file:line: what is wrong", one a line. Exit status: 0 nothing wrong, 1 something is.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60

WRITES = re.compile(
    r"\bstd::(?:cout|cerr|clog|puts|printf|fwrite|fputs|putchar|fprintf|print)\b|(?<![\w:.>])(?:printf|puts|putchar|perror)\s*\("
    r"|\bfprintf\s*\(\s*std(?:out|err)|\bfmt::print\b|::write\s*\(\s*(?:1|2|STDOUT_FILENO|STDERR_FILENO)\s*,|\bspdlog::stdout_")
WRITERS = ("src/app/",)

BLOCKING = re.compile(
    r"\b(?:std::filesystem|fs)::(?:exists|status|symlink_status|space|is_[a-z]+|file_size|last_write_time|canonical|weakly_canonical"
    r"|directory_iterator|recursive_directory_iterator|create_director\w+|remove\w*|rename|copy\w*|permissions|read_symlink)\b"
    r"|(?<![\w:])::(?:open|openat|stat|lstat|fstatat|statvfs|statfs|access|opendir|readlink|fopen|mkdir|rename|unlink)\s*\("
    r"|\bstd::(?:basic_)?[io]?fstream\b|(?<![\w:.>])fopen\s*\(|(?<![\w:.>])(?:system|popen)\s*\(")
# exec looks for programs; config and rules read hpcdoc's own files (src/config/own_files.cpp), archive the file given to --from.
BLOCKERS = ("src/host/", "src/exec/", "src/archive/", "src/app/", "src/config/own_files.cpp")

NOTES = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
FOR_COMMANDS = re.compile(r"^(?:hpcdoc/|CLI/|fmt/|help/|[a-z_]+$)")  # the last: a header of the standard library


def sources(root):
    for folder in ("include", "src", "cmd", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


def without_comments(text):
    """The code with comments and the inside of strings blanked; lines stay where they are."""
    keep = re.compile(r'R"(?P<tag>\w*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)

    def blank(match):
        return '""' + "\n" * match.group().count("\n") if match.group()[0] in "R\"'" else "\n" * match.group().count("\n")

    return keep.sub(blank, text)


def layers(root):
    return re.findall(r"^hpcdoc_layer\((\w+)", (root / "src/CMakeLists.txt").read_text(), re.M)


def layering(root, path, number, line, order):
    found = INCLUDE.match(line)
    name = path.relative_to(root).as_posix()
    if not found or not name.startswith(("src/", "cmd/")):
        return
    quote, target = found.groups()
    if name.startswith("cmd/"):
        own = quote == '"' and (path.parent / target).is_file()
        if target not in ("commands.inc",) and not own and not FOR_COMMANDS.match(target):
            yield f"{name}:{number}: a command may include hpcdoc/…, CLI11, fmt and its own folder, not '{target}'"
        return
    layer = name.split("/")[1]
    other = target.split("/")[0]
    if quote == '"' and "/" in target and other in order and layer in order and order.index(other) > order.index(layer):
        yield f"{name}:{number}: layer '{layer}' may not include '{target}': '{other}' comes after it in src/CMakeLists.txt"
    if quote == '"' and "/" in target and other not in order and not (root / "include" / target).is_file():
        yield f"{name}:{number}: '{target}' is in no layer of src/CMakeLists.txt"


def line_rules(root, path, text, order):
    name = path.relative_to(root).as_posix()
    if not text.startswith("// SPDX-License-Identifier: Apache-2.0\n"):
        yield f"{name}:1: the first line must be '// SPDX-License-Identifier: Apache-2.0'"
    for number, line in enumerate(text.splitlines(), 1):
        yield from layering(root, path, number, line, order)
        if NOTES.search(line):
            yield f"{name}:{number}: a note to oneself; do it, or file an issue"
    if name.startswith("tests/"):
        return
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if WRITES.search(line) and not name.startswith(WRITERS):
            yield f"{name}:{number}: only src/app writes to a descriptor of the caller's"
        if BLOCKING.search(line) and not name.startswith(BLOCKERS):
            yield f"{name}:{number}: a call that hangs on a dead mount belongs into src/host"


def file_size(root, path, text):
    count = text.count("\n")
    if count > MOST_LINES_OF_A_FILE:
        yield f"{path.relative_to(root)}:{count}: {count} lines; at most {MOST_LINES_OF_A_FILE} are allowed"


def function_sizes(root, paths):
    if shutil.which("ctags") is None:
        yield "ctags: not installed (Debian: apt install universal-ctags)"
        return
    command = ["ctags", "--languages=C++", "--kinds-C++=f", "--fields=ne", "--output-format=json", "-f", "-", "-L", "-"]
    listing = subprocess.run(command, input="\n".join(map(str, paths)), capture_output=True, text=True, check=True).stdout
    for entry in re.finditer(r'"name": "(?P<name>(?:[^"\\]|\\.)*)", "path": "(?P<path>[^"]*)".*?"line": (?P<line>\d+).*?"end": (?P<end>\d+)', listing):
        length = int(entry["end"]) - int(entry["line"]) + 1
        # doctest's TEST_CASE is a macro that ctags takes for one function after another of the same name.
        if length > MOST_LINES_OF_A_FUNCTION and not entry["name"].startswith("TEST_CASE"):
            where = Path(entry["path"]).relative_to(root)
            yield f"{where}:{entry['line']}: '{entry['name']}' has {length} lines; at most {MOST_LINES_OF_A_FUNCTION} are allowed"


def main(arguments):
    root = Path(arguments[0] if arguments else Path(__file__).parents[2]).resolve()
    order = layers(root)
    complaints = []
    paths = list(sources(root))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        complaints += line_rules(root, path, text, order)
        complaints += file_size(root, path, text)
    complaints += function_sizes(root, paths)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
