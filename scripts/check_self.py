#!/usr/bin/env python3
# The checks checked: each rule is shown a source that breaks it and one that does not, so that a
# slip in a pattern can't switch a rule off in silence. Part of `make check`.
import check_docs
import check_files
import check_imports
from swift_source import code, report

HEAD = "// A role.\n"


def breaks(path, text):
    return bool(check_files.check(path, HEAD + text))


def imported(text):
    return [module for _, module in check_imports.imports(text)]


CASES = [
    ("comments are not code", "public" not in code("// public\nlet a = 1 /* public */\n")),
    ("strings are not code", "public" not in code('let a = "public \\" public"\n')),
    ("raw and long strings are not code", "public" not in code('#"public"# """\npublic\n"""')),
    ("line numbers hold", code("/* a\nb */ x").count("\n") == 1),
    ("plain import", imported("import Model\n") == ["Model"]),
    ("testable import", imported("@testable import Store\n") == ["Store"]),
    ("access on import", imported("package import Model\n") == ["Model"]),
    ("attributes on import", imported("@preconcurrency @_spi(X) import A\n") == ["A"]),
    ("submodule", imported("import struct Foundation.Date\n") == ["Foundation"]),
    ("import in a comment", imported("// import A\n/* import B */\n") == []),
    ("disallowed import", check_imports.check(
        {"Sources/A/x.swift": "import B\n"}, {"A": {"C"}})[0] != []),
    ("allowed import", check_imports.check({"Sources/A/x.swift": "import B\n"}, {"A": {"B"}})[0] == []),
    ("undeclared edge", check_imports.undeclared({"A": {"B"}}, check_imports.declared(
        '.target(name: "A"), .target(name: "B", dependencies: ["A", grdb])')) != []),
    ("declared edge", check_imports.undeclared({"B": {"A"}}, check_imports.declared(
        '.target(name: "A"), .target(name: "B", dependencies: ["A", grdb])')) == []),
    ("clean file", not breaks("Sources/Store/A.swift", "struct A {}\n")),
    ("no header", bool(check_files.check("Sources/A/A.swift", "struct A {}\n"))),
    ("too long", breaks("Sources/A/A.swift", "\n" * check_files.LONGEST)),
    ("public", breaks("Sources/A/A.swift", "public struct A {}\n")),
    ("try!", breaks("Sources/A/A.swift", "let a = try! b()\n")),
    ("manager", breaks("Sources/A/A.swift", "final class ThingManager {}\n")),
    ("use of FileManager", not breaks("Sources/A/A.swift", "let f = FileManager.default\n")),
    ("main actor in screens", breaks("Sources/Screens/A.swift", "@MainActor func a() {}\n")),
    ("task in screens", breaks("Sources/Screens/A.swift", "Task { a() }\n")),
    ("task in the relay", not breaks("Sources/Relay/A.swift", "Task { a() }\n")),
    ("a name that holds Task", not breaks("Sources/Screens/A.swift", "let x = MyTask()\n")),
    ("main queue", breaks("Sources/TerminalUI/A.swift", "DispatchQueue.main.async {}\n")),
    ("open work", breaks("Sources/A/A.swift", "// TO" + "DO later\n")),
    ("outside path", breaks("Sources/A/A.swift", 'let p = "../else"\n')),
    ("path in a document", check_docs.paths("see `Sources/A/B.swift` and `a b`") ==
     [(1, "Sources/A/B.swift")]),
    ("pattern in a document", check_docs.paths("`Sources/<Target>/x`") == []),
    ("link", check_docs.links("[a](docs/x.md) [b](https://x)") == [(1, "docs/x.md")]),
]

report([f"scripts/check_self.py: {name}" for name, holds in CASES if not holds])
