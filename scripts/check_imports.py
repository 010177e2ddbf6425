#!/usr/bin/env python3
# Compares every import under Sources/<Target> and Tests/<Target> with imports.allow, because a
# transitive import builds silently. Part of `make check`.
import os
import re

from swift_source import ROOT, code, files_under, read, report

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+(?:\([^)\n]*\))?\s+)*"
    r"(?:(?:public|package|internal|fileprivate|private)[ \t]+)?"
    r"import[ \t]+(?:(?:typealias|struct|class|enum|protocol|let|var|func)[ \t]+)?([A-Za-z_]\w*)",
    re.M,
)


def imports(text):
    """(line, module) of each import statement."""
    bare = code(text)
    return [(bare.count("\n", 0, m.start(1)) + 1, m.group(1)) for m in IMPORT.finditer(bare)]


def table(text):
    """Target -> allowed modules, and what is wrong with the table itself."""
    allowed, problems = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        target, colon, modules = line.partition(":")
        if not colon:
            problems.append(f"imports.allow:{number}: want 'Target: Module Module'")
        elif target in allowed:
            problems.append(f"imports.allow:{number}: {target} has a line already")
        else:
            allowed[target] = set(modules.split())
    return allowed, problems


def check(sources, allowed):
    """Problems of {path: text} against the table, and the modules that each target uses."""
    problems, used = [], {}
    for path, text in sources.items():
        target = path.split("/")[1]
        used.setdefault(target, set())
        for line, module in imports(text):
            used[target].add(module)
            if target in allowed and module not in allowed[target]:
                problems.append(
                    f"{path}:{line}: {target} may not import {module}: "
                    f"imports.allow has {' '.join(sorted(allowed[target])) or 'nothing'}"
                )
    return problems, used


def declared(manifest):
    """Target -> its dependencies among our own targets, as Package.swift says."""
    found = {}
    for body in re.split(r"\.(?:target|executableTarget|testTarget)\(", manifest)[1:]:
        name = re.search(r'name: "(\w+)"', body)
        names = re.search(r"dependencies: \[(.*?)\]", body, re.S)
        if name:
            found[name.group(1)] = set(re.findall(r'"(\w+)"', names.group(1) if names else ""))
    return found


def reach(target, graph):
    """Everything below a target."""
    found, ahead = set(), [target]
    while ahead:
        for below in graph.get(ahead.pop(), ()):
            if below not in found:
                found.add(below)
                ahead.append(below)
    return found


def undeclared(allowed, graph):
    """Edges that the table permits and the manifest does not declare; tests may reach deeper."""
    return [
        f"imports.allow: {target} may import {module}, but Package.swift declares no such edge"
        for target in sorted(allowed.keys() & graph.keys())
        for module in sorted(
            (allowed[target] & graph.keys())
            - (reach(target, graph) if target.endswith("Tests") else graph[target]))
    ]


def main():
    allowed, problems = table(read("imports.allow"))
    problems += undeclared(allowed, declared(read("Package.swift")))
    sources = {path: read(path) for path in files_under("Sources", "Tests")}
    found, used = check(sources, allowed)
    problems += found
    for target in sorted(used.keys() - allowed.keys()):
        problems.append(f"imports.allow: no line for {target}: add '{target}: <modules>'")
    for target in sorted(allowed):
        if not any(os.path.isdir(os.path.join(ROOT, top, target)) for top in ("Sources", "Tests")):
            problems.append(f"imports.allow: {target} is no folder of Sources or Tests")
    report(problems)


if __name__ == "__main__":
    main()
