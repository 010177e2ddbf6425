# What a durable webhook costs the relay, at 1, 16 and 50 connections, beside the same load on nginx
# that does nothing, on FastAPI with a synced commit each, and SQLite at its C API; and, asked for by
# name (`million`), whether memory and start-up time stay flat over a million events.
import statistics
import time
import urllib.error
import urllib.request

from place import Relay, resident_mib
from reference import FastAPI, Nginx
from table import Table
from webhooks import floor


def middle(results, key):
    return statistics.median(result[key] for result in results)


def measure(rounds, posts):
    """Interleaved: each round loads each server; label and connections -> results."""
    found, first, memory = {}, 1, {}

    def note(label, connections, result):
        found.setdefault((label, connections), []).append(result)

    with Relay("relay") as relay, FastAPI("fastapi") as fastapi, Nginx("nginx") as nginx:
        relay.load(500, 4, 10_000_000)
        memory["first"] = resident_mib(relay.process.pid)
        for _ in range(rounds):
            for connections, count in ((1, posts // 5), (16, posts), (50, posts)):
                note("relay", connections, relay.load(count, connections, first))
                note("fastapi", connections, fastapi.load(count // 4, connections, first))
                first += count
            note("nginx", 16, nginx.load(posts, 16))
            note("commits", 0, floor("commits", 1.5))
            note("batches", 0, floor("batches", 1.5))
        memory["relay"] = resident_mib(relay.process.pid)
        memory["fastapi"] = fastapi.resident()
    return found, memory, first - 1


def run(rounds=3, posts=20_000):
    found, memory, count = measure(rounds, posts)

    def of(label, connections, key):
        return middle(found[label, connections], key)

    table = Table(f"Relay, {rounds} rounds of {posts}")
    rate = of("relay", 16, "rate")
    table.add("durable webhooks/s, 16 connections", "/s", rate, of("fastapi", 16, "rate"),
              "FastAPI + FULL", at_least=3)
    table.add("", "/s", rate, of("commits", 0, "rate"), "synced commits", at_least=1)
    table.add("", "/s", rate, of("batches", 0, "rate"), "synced batches of 100")
    table.add("", "/s", rate, of("nginx", 16, "rate"), "nginx, no work")
    table.add("durable webhooks/s, 1 connection", "/s", of("relay", 1, "rate"),
              of("fastapi", 1, "rate"), "FastAPI + FULL")
    table.add("durable webhooks/s, 50 connections", "/s", of("relay", 50, "rate"),
              of("fastapi", 50, "rate"), "FastAPI + FULL")
    for connections in (1, 16, 50):
        table.add(f"CPU per webhook, {connections} connections", "µs",
                  of("relay", connections, "cpu_us"), of("fastapi", connections, "cpu_us"),
                  "FastAPI + FULL", at_most=0.4 if connections == 1 else None)
        if connections == 1:
            table.add("", "µs", of("relay", 1, "cpu_us"), of("commits", 0, "cpu_us"),
                      "a synced commit")
    for connections in (16, 50):
        table.add(f"answer p50, {connections} connections", "ms",
                  of("relay", connections, "p50_ms"), of("fastapi", connections, "p50_ms"),
                  "FastAPI + FULL")
        table.add(f"answer p99, {connections} connections", "ms",
                  of("relay", connections, "p99_ms"), of("fastapi", connections, "p99_ms"),
                  "FastAPI + FULL", at_most=0.5 if connections == 16 else None)
    table.add(f"relay RSS after {count} webhooks", "MiB", memory["relay"], memory["fastapi"],
              "FastAPI", at_most=0.5)
    table.add("", "MiB", memory["relay"], memory["first"], "after 500")
    table.show()
    return table.missed


def starts(relay, times=5):
    """ms from the start of the process to ready, median."""
    took = []
    for _ in range(times):
        begun = time.monotonic()
        with relay:
            took.append((time.monotonic() - begun) * 1e3)
    return statistics.median(took)


def run_million(events=1_000_000, piece=50_000):
    """Memory along the way, and the start with all of them on disk."""
    empty = starts(Relay("empty"))
    relay, memory, slow = Relay("million"), [], []
    with relay:
        for first in range(1, events, piece):
            result = relay.load(piece, 50, first)
            memory.append(resident_mib(relay.process.pid))
            slow.append(result["p99_ms"])
    full = starts(relay)
    table = Table(f"Relay, {events} events")
    table.add("RSS at the end", "MiB", memory[-1], memory[0], f"after {piece}", at_most=1.15)
    table.add("answer p99 at the end, 50 connections", "ms", slow[-1], slow[0],
              f"the first {piece}")
    table.add("start to ready", "ms", full, empty, "empty log", at_most=2)
    table.show()
    return table.missed
