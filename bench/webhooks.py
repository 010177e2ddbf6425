# How fast the worker turns a backlog of webhooks into leads. The reference of the same run is SQLite
# at its C API on this disk, writing the same rows in batches of 100.
import os
import statistics
import subprocess
import time

from place import Relay, configure, environment, fresh, inbox, program, tool
from table import Table


def floor(kind, argument):
    """bench/floor.c: rows a second, CPU µs a row. `apply` writes into a store of the product's."""
    folder = fresh("floor")
    file = os.path.join(folder, "floor.db")
    if kind == "apply":
        inbox("--config", configure(folder, 9), "lead", "list", "--limit", "1")
        file = os.path.join(folder, "data", "inbox.db")
    command = [tool("floor.c", "-lsqlite3"), kind, file, str(argument)]
    before = os.times()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    rate, rows = map(float, done.stdout.split())
    return {"rate": rate, "cpu_us": cpu / rows * 1e6}


def worker_row(table, rounds, backlog):
    """Drains a backlog with `inbox worker --once`, beside raw batches of the same work."""
    rates, references = [], []
    for _ in range(rounds):
        references.append(floor("apply", backlog)["rate"])
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
              statistics.median(references), "the same rows, raw", at_least=0.4)


def run(rounds=3, backlog=10_000):
    table = Table(f"Worker, {rounds} rounds of {backlog}")
    worker_row(table, rounds, backlog)
    table.show()
    return table.missed


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
