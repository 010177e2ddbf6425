#!/usr/bin/env python3
# File rules of the house: role header, length, words that code may not hold. Part of `make check`.
import os
import re

from swift_source import ROOT, code, files_under, read, report

LONGEST = 500  # lines; 150 is the aim, 300 the review mark
HEADER = 20  # comment lines at most before the code begins: a role, or a whole state table

# (what, pattern on code without comments and literals, path prefixes it holds for)
ANYWHERE = ("Sources/", "Tests/")
MAIN_THREAD = ("Sources/TerminalUI/", "Sources/Screens/", "Sources/Inbox/")
RULES = [
    ("'public': targets share with 'package'", r"\bpublic\b", ANYWHERE),
    ("'try!': let the error travel", r"\btry!", ANYWHERE),
    ("a type named Manager, Helper or Utils: name what it does",
     r"\b(?:class|struct|enum|protocol|actor|typealias)\s+\w*(?:Manager|Helper|Util|Utils)\b",
     ANYWHERE),
    ("'@MainActor': the main thread sits in poll, hops to it never run", r"@MainActor\b",
     MAIN_THREAD),
    ("'MainActor.run': the main thread sits in poll", r"\bMainActor\b", MAIN_THREAD),
    ("'DispatchQueue.main': the main thread sits in poll", r"\bDispatchQueue\.main\b",
     MAIN_THREAD),
    ("'Task': work leaves the main thread through effects", r"\bTask\s*(?:\{|\(|\.|<)",
     MAIN_THREAD),
    ("'print': the screen owns the terminal", r"(?<![.\w])print\(", MAIN_THREAD[:2]),
]
OPEN_WORK = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
OUTSIDE = re.compile(r"\.\./(?!Sources|Tests|docs|deploy|bench|scripts|README|CHANGELOG|CONTRIB|config)")


def header(lines):
    """What is wrong with the comment that opens a file, or None."""
    opening = 0
    for line in lines:
        if not line.startswith("//") or line.startswith("///"):
            break
        opening += 1
    if opening == 0:
        return "opens without its role: 1-4 '//' lines, what it is, who calls it, on which thread"
    if opening > HEADER:
        return f"the opening comment has {opening} lines: {HEADER} at most"
    return None


def check(path, text):
    """Problems of one Swift file."""
    problems = []
    lines = text.splitlines()
    wrong = header(lines)
    if wrong:
        problems.append(f"{path}:1: {wrong}")
    if len(lines) > LONGEST:
        problems.append(f"{path}: {len(lines)} lines: split it, {LONGEST} is the limit")
    bare = code(text).splitlines()
    for what, pattern, places in RULES:
        if path.startswith(places):
            problems += [
                f"{path}:{n}: {what}" for n, line in enumerate(bare, 1) if re.search(pattern, line)
            ]
    for n, line in enumerate(lines, 1):
        if OPEN_WORK.search(line):
            problems.append(f"{path}:{n}: open work in code: finish it or file an issue")
        if OUTSIDE.search(line) and "Conformance" not in path:
            problems.append(f"{path}:{n}: names a path outside the repository")
    return problems


def main():
    problems = []
    for path in files_under("Sources", "Tests"):
        problems += check(path, read(path))
        if re.search(r"(Manager|Helpers?|Utils?)\.swift$", path):
            problems.append(f"{path}: a file named for nothing in particular")
    for path in files_under("Sources", suffix=".c") + files_under("Sources", suffix=".h"):
        if not read(path).startswith(("/*", "//")):
            problems.append(f"{path}:1: opens without its role")
    for path in ("Makefile", ".ci/run", "Package.swift", "imports.allow"):
        if not os.path.exists(os.path.join(ROOT, path)):
            problems.append(f"{path}: missing")
    report(problems)


if __name__ == "__main__":
    main()
