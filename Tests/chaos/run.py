#!/usr/bin/env python3
# `make chaos`: the real programs under everything that goes wrong at once, then a comparison of what
# is stored with what was acknowledged. --seed brings the same choices back (not the same timing);
# exit 1 with the folder kept when a promise is broken.
import argparse
import errno
import os
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from provider import Ledger, Provider  # noqa: E402
from staff import Staff  # noqa: E402
from syncs import count_syncs  # noqa: E402
from verdict import Verdict  # noqa: E402
from world import PATIENCE, World  # noqa: E402

WRITERS = 8  # two workers, six staff commands
TMPFS = 768  # MiB


class Chaos:
    """What goes wrong, one thing after the other, until enough was killed or the time is over."""

    def __init__(self, world, seed, staff, kills, seconds):
        self.world, self.random, self.staff = world, random.Random(seed), staff
        self.wanted, self.end = kills, time.monotonic() + seconds
        self.kills, self.faults = {}, {}

    def run(self):
        while sum(self.kills.values()) < self.wanted and time.monotonic() < self.end:
            time.sleep(self.random.random() * 0.8)
            dice = self.random.random()
            if dice < 0.80:
                self.kill()
            elif dice < 0.88:
                self.count("clock jump")
                self.world.control.clock_seconds = self.random.choice(
                    (0, 0, 90, -90, 7200, -7200, 86_400 * 2, -86_400 * 2))
            elif dice < 0.94:
                self.refuse()
            else:
                self.provider_fault()
        self.world.control.clock_seconds = 0

    def count(self, what):
        self.faults[what] = self.faults.get(what, 0) + 1

    def kill(self):
        name = self.random.choice(
            ["relay"] * 2 + ["worker 0", "worker 1"] * 2
            + [f"staff {person.number}" for person in self.staff])
        if not self.world.kill(name):
            return
        kind = name.split()[0]
        self.kills[kind] = self.kills.get(kind, 0) + 1
        if kind == "relay":
            self.world.start_relay()
        elif kind == "worker":
            self.world.start_worker(int(name.split()[1]))

    def refuse(self):
        """The disk takes nothing for a moment: from programs that run, none can start then."""
        self.world.await_workers()
        if self.world.is_mounted and self.random.random() < 0.5:
            self.count("disk really full")
            return self.fill()
        code = self.random.choice((errno.ENOSPC, errno.EROFS, errno.EIO))
        self.count(f"disk: {errno.errorcode[code]}")
        self.world.control.refusal = code
        time.sleep(self.random.random() * 1.5)
        self.world.control.refusal = 0

    def fill(self):
        path = os.path.join(self.world.folder, "filler")
        try:
            with open(path, "wb", buffering=0) as file:
                while file.write(bytes(1 << 20)):
                    pass
        except OSError:
            pass  # full: that was the aim
        time.sleep(self.random.random() * 1.5)
        os.unlink(path)

    def provider_fault(self):
        self.count("provider fault")
        fault = self.random.choice((
            {"status": 500, "times": 3}, {"status": 429, "code": 130429, "times": 2},
            {"drop": "before", "times": 2}, {"drop": "after", "times": 1},
            {"delay_ms": 300, "times": 5}))
        self.world.fault(match="/messages", **fault)


def settle(world, providers, staff, stop):
    """Ends everything in order; what was held back is delivered and applied."""
    stop.set()
    for thread in staff + providers:
        thread.join(4 * PATIENCE)
        if thread.is_alive():
            raise SystemExit(f"chaos: {thread} does not come to an end")
    for number in (0, 1):
        if world.running[f"worker {number}"].poll() is not None:
            raise SystemExit(f"chaos: worker {number} ended by itself")
        world.stop(f"worker {number}")
    once(world)


def once(world):
    """One run of the worker over everything there is."""
    status = world.once()
    if status != 0:
        raise SystemExit(f"chaos: worker --once: exit {status}, see {world.folder}/output")


def main():
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=900, help="the bound of the wild part")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", action="store_true", help="keep the folder")
    options = parser.parse_args()
    if os.geteuid() != 0:
        print("chaos: SKIPPED a disk that is really full: needs root for a small tmpfs", flush=True)
    folder = tempfile.mkdtemp(prefix="inbox-chaos-")
    world = World(folder, TMPFS if os.geteuid() == 0 else 0)
    print(f"chaos: seed {options.seed}, {WRITERS} writers, in {folder}", flush=True)
    keep = True
    try:
        verdict = play(world, options)
        keep = options.keep or bool(verdict.broken)
    finally:
        world.end(keep)
    sys.exit(1 if verdict.broken else 0)


def play(world, options):
    begun = time.monotonic()
    world.start_relay()
    world.start_simulator()
    once(world)
    stop, ledger = threading.Event(), Ledger()
    first = Provider(9, options.seed, world, ledger, stop)
    unsynced = count_syncs(world, first, lambda: once(world))
    providers = [Provider(n, options.seed, world, ledger, stop) for n in range(4)]
    staff = [Staff(n, options.seed, world, stop) for n in range(WRITERS - 2)]
    for number in (0, 1):
        world.start_worker(number)
    for thread in providers + staff:
        thread.start()
    chaos = Chaos(world, options.seed, staff, options.kills, options.seconds)
    chaos.run()
    wild = time.monotonic() - begun
    settle(world, providers, staff, stop)
    verdict = Verdict(world, ledger, staff)
    verdict.broken += unsynced
    verdict.compare(lambda: once(world))
    print(f"chaos: {sum(chaos.kills.values())} kill -9 {chaos.kills}, {chaos.faults}, in {wild:.0f} s")
    verdict.report(ledger, staff)
    return verdict


if __name__ == "__main__":
    main()
