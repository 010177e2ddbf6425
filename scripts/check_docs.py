#!/usr/bin/env python3
# Every path that the documents name must exist, so that the map never goes stale: spans in
# backticks that look like paths, and relative links. Part of `make check`.
import glob
import os
import re

from swift_source import ROOT, read, report

TOPS = ("Sources/", "Tests/", "docs/", "deploy/", "scripts/", "bench/", ".ci/")
FILES = ("Package.swift", "Makefile", "imports.allow", ".swift-format", "config.example.toml")
GENERATED = ("docs/keys.md",)


def paths(text):
    """(line, path) that a document claims to exist."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for span in re.findall(r"`([^`\s]+)`", line):
            if span.startswith(TOPS) or span in FILES:
                if not re.search(r"[<>*$…]", span):
                    found.append((number, span))
    return found


def links(text):
    """(line, target) of relative links."""
    return [
        (number, target)
        for number, line in enumerate(text.splitlines(), 1)
        for target in re.findall(r"\]\(([^)#\s]+)", line)
        if "://" not in target and not target.startswith("mailto:")
    ]


def main():
    documents = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"]
    documents += sorted(os.path.relpath(p, ROOT) for p in glob.glob(os.path.join(ROOT, "docs/*.md")))
    problems = []
    for document in documents:
        if not os.path.exists(os.path.join(ROOT, document)):
            problems.append(f"{document}: missing")
            continue
        text = read(document)
        for line, path in paths(text):
            if path not in GENERATED and not os.path.exists(os.path.join(ROOT, path)):
                problems.append(f"{document}:{line}: {path} does not exist")
        base = os.path.dirname(document)
        for line, target in links(text):
            path = os.path.normpath(os.path.join(base, target))
            if path not in GENERATED and not os.path.exists(os.path.join(ROOT, path)):
                problems.append(f"{document}:{line}: the link {target} leads nowhere")
    report(problems)


if __name__ == "__main__":
    main()
