# How many signed webhooks a second the relay keeps durably, what each costs, and how fast the
# worker turns a backlog into leads. References in the same run: SQLite at its C API on this disk.
import os
import statistics
import subprocess
import time

from place import Relay, environment, fresh, inbox, program, resident_mib, tool
from table import Table


def floor(kind, argument):
    """Rows a second of bench/floor.c."""
    file = os.path.join(fresh("floor"), "floor.db")
    done = subprocess.run([tool("floor.c", "-lsqlite3"), kind, file, str(argument)], check=True,
                          stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def relay_rows(table, rounds, posts):
    """Loads one relay in `rounds` rounds, each beside its own reference measurement."""
    single, many, commits, first = [], [], [], 1
    with Relay("relay") as relay:
        relay.load(500, 4, 10_000_000)
        small = resident_mib(relay.process.pid)
        for _ in range(rounds):
            commits.append(floor("commits", 1.5))
            single.append(relay.load(posts // 5, 1, first))
            first += posts // 5
            commits.append(floor("commits", 1.5))
            many.append(relay.load(posts, 16, first))
            first += posts
        large = resident_mib(relay.process.pid)
    middle = lambda results, key: statistics.median(r[key] for r in results)
    raw = statistics.median(commits)
    against = "synced commits/s"
    table.add("durable webhooks/s, 1 connection", "/s", middle(single, "rate"), raw, against)
    table.add("durable webhooks/s, 16 connections", "/s", middle(many, "rate"), raw, against,
              at_least=1.0)
    table.add("CPU per webhook, 1 connection", "µs", middle(single, "cpu_us"))
    table.add("CPU per webhook, 16 connections", "µs", middle(many, "cpu_us"))
    table.add("answer p50, 1 connection", "ms", middle(single, "p50_ms"))
    table.add("answer p50, 16 connections", "ms", middle(many, "p50_ms"))
    table.add("answer p99, 16 connections", "ms", middle(many, "p99_ms"))
    table.add(f"relay RSS after {first - 1 + 500} webhooks", "MiB", large, small, "after 500",
              limit=25.5)


def worker_row(table, rounds, backlog):
    """Drains a backlog with `inbox worker --once`, beside raw batches of the same work."""
    rates, references = [], []
    for _ in range(rounds):
        references.append(floor("apply", backlog))
        with Relay("worker") as relay:
            relay.load(backlog, 16, 1)
            data = os.path.join(relay.folder, "data")
            inbox("--config", relay.config, "lead", "list", "--limit", "1")
            begun = time.monotonic()
            subprocess.run([program("inbox"), "--config", relay.config, "worker", "--once"],
                           env=environment(), check=True, stderr=subprocess.DEVNULL)
            rates.append(backlog / (time.monotonic() - begun))
            kept = sum(1 for line in inbox("--config", relay.config, "--data", data,
                                           "event", "list", "--json").splitlines()
                       if '"applied"' in line)
            if kept != backlog:
                raise SystemExit(f"bench: {backlog} webhooks posted, {kept} applied")
    table.add(f"worker: a backlog of {backlog} applied", "/s", statistics.median(rates),
              statistics.median(references), "raw batches of 100", at_least=0.4)


def run(rounds=3, posts=20_000, backlog=10_000):
    table = Table(f"Webhooks, {rounds} rounds of {posts}")
    relay_rows(table, rounds, posts)
    worker_row(table, rounds, backlog)
    table.show()
    return table.missed


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
