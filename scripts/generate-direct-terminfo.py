#!/usr/bin/env python3
"""Writes Sources/CursesShim/direct_terminfo.h from scripts/inbox-direct.ti with ncurses' own `tic`.

Run by hand after a change of the entry; needs nothing but ncurses-bin.
"""
import base64
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
NAME = "inbox-direct"


def compiled():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tic", "-x", "-o", folder, HERE / f"{NAME}.ti"], check=True)
        return next(path for path in pathlib.Path(folder).rglob(NAME)).read_bytes()


def main():
    text = "b64:" + base64.b64encode(compiled()).decode()
    lines = [f'  "{text[start:start + 94]}"' for start in range(0, len(text), 94)]
    target = HERE.parent / "Sources/CursesShim/direct_terminfo.h"
    target.write_text(
        f"// The compiled terminfo entry {NAME}. Written by scripts/generate-direct-terminfo.py.\n"
        f'#define DIRECT_NAME "{NAME}"\n'
        "static const char direct_terminfo[] =\n" + "\n".join(lines) + ";\n"
    )
    print(f"{target}: {len(text)} bytes")


if __name__ == "__main__":
    main()
