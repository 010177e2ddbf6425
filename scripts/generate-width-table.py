#!/usr/bin/env python3
"""Writes Sources/CursesShim/width_table.h from the `wcwidth` package's Unicode tables.

Run by hand when a new Unicode version comes out:
    pip install 'wcwidth>=0.7' && scripts/generate-width-table.py
"""
import pathlib
import re
import unicodedata

from wcwidth.table_wide import WIDE_EASTASIAN
from wcwidth.table_zero import ZERO_WIDTH

FIRST = 0x300  # below it every printable character is one column wide


def newest(table):
    return max(table, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])


def merged(ranges):
    out = []
    for first, last in sorted(ranges):
        if last < FIRST:
            continue
        if out and first <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], last)
        else:
            out.append([first, last])
    return out


def spacing_marks():
    """Vowel signs of Indic scripts: tmux, xterm, VTE, mosh and glibc give each a column of its own.

    The newest terminals draw them over the letter before. Where a terminal takes more columns than
    a program thinks, the rest of the row is pushed over its neighbours and is never cleared; where
    it takes fewer there is a gap. The gap is the lesser evil.
    """
    marks = [code for code in range(FIRST, 0x110000) if unicodedata.category(chr(code)) == "Mc"]
    return merged([code, code] for code in marks)


def without(ranges, holes):
    """`ranges` less what `holes` cover."""
    out = []
    for first, last in ranges:
        for low, high in holes:
            if high < first or low > last:
                continue
            if low > first:
                out.append([first, low - 1])
            first = high + 1
        if first <= last:
            out.append([first, last])
    return out


def array(name, ranges):
    rows = []
    for start in range(0, len(ranges), 5):
        rows.append("  " + " ".join(f"{{{a:#x}, {b:#x}}}," for a, b in ranges[start:start + 5]))
    return f"static const struct width_range {name}[] = {{\n" + "\n".join(rows) + "\n};\n"


TARGET = pathlib.Path(__file__).parent.parent / "Sources/CursesShim/width_table.h"


def table():
    """The file's text."""
    version = newest(ZERO_WIDTH)
    zero = without(merged(ZERO_WIDTH[version]), spacing_marks())
    # A zero-width mark wins over a wide block.
    wide = merged(without(merged(WIDE_EASTASIAN[newest(WIDE_EASTASIAN)]), zero))
    return (
        f"// Columns per code point, Unicode {version}. "
        "Written by scripts/generate-width-table.py.\n"
        "// Sorted, disjoint ranges; what no range names takes one column.\n"
        "#include <stdint.h>\n\n"
        "struct width_range {\n  uint32_t first, last;\n};\n\n"
        + array("zero_width", zero) + "\n" + array("wide", wide)
    )


def main():
    TARGET.write_text(table())
    print(f"{TARGET}: Unicode {newest(ZERO_WIDTH)}")


if __name__ == "__main__":
    main()
