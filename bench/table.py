# The result table of `make bench`: a measure, ours, the reference of the same run, their ratio and
# the goal it is held to. Only ratios travel between machines.
import statistics


def p50(values):
    return statistics.median(values) if values else None


def p95(values):
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def number(value):
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


class Table:
    """Rows in order; `missed` counts goals not reached."""

    def __init__(self, title):
        self.title, self.rows, self.missed = title, [], 0

    def add(self, measure, unit, ours, reference=None, against="", at_most=None, at_least=None,
            limit=None, floor=None):
        """One row. `at_most` and `at_least` bound ours ÷ reference, `limit` and `floor` ours."""
        ratio = ours / reference if ours is not None and reference else None
        goals, held = [], []
        if at_most is not None:
            goals.append(f"≤ {at_most:g}x")
            held.append(None if ratio is None else ratio <= at_most)
        if at_least is not None:
            goals.append(f"≥ {at_least:g}x")
            held.append(None if ratio is None else ratio >= at_least)
        if limit is not None:
            goals.append(f"≤ {limit:g} {unit}".rstrip())
            held.append(None if ours is None else ours <= limit)
        if floor is not None:
            goals.append(f"≥ {floor:g} {unit}".rstrip())
            held.append(None if ours is None else ours >= floor)
        verdict = ""
        if any(h is False for h in held):
            verdict = "MISSED"
            self.missed += 1
        elif held and all(h is True for h in held):
            verdict = "ok"
        elif held:
            verdict = "ok, rest unmeasured" if True in held else "unmeasured"
        self.rows.append((
            measure, unit, number(ours), number(reference), against,
            "-" if ratio is None else f"{ratio:.3g}x", " and ".join(goals), verdict,
        ))

    def show(self):
        head = ("measure", "unit", "inbox", "reference", "of", "ratio", "goal", "")
        rows = [head] + self.rows
        widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
        print(f"\n{self.title}")
        for index, row in enumerate(rows):
            cells = [
                cell.rjust(width) if 2 <= i <= 3 or i == 5 else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(row, widths))
            ]
            print("  ".join(cells).rstrip())
            if index == 0:
                print("  ".join("-" * width for width in widths))
