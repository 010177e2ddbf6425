# What "on disk" rests on: each acknowledgement has a sync of its own or a share of one. Counted by
# Tests/chaos/shim.c before the chaos begins. Called by Tests/chaos/run.py.
import os
import sqlite3
import threading
import time

from world import PATIENCE

POSTS = 40
# s; the relay may answer 503 when a webhook waited 20 for the disk.
DEADLINE = 19


def count_syncs(world, provider, once):
    """Broken promises, in words; the figures are printed."""
    broken, late = [], []

    def counted(work):
        before = world.control.syncs
        work()
        return world.control.syncs - before

    def post():
        """As the provider does: again until it is taken, which only a slow machine makes necessary."""
        webhook, first = provider.webhook(), time.monotonic()
        while True:
            begun = time.monotonic()
            if provider.deliver(webhook) == 200:
                return
            late.append(webhook)
            if time.monotonic() - begun < DEADLINE or time.monotonic() - first > PATIENCE:
                broken.append("the relay did not take a webhook though nothing was wrong yet")
                return

    def at_once():
        threads = [threading.Thread(target=post) for _ in range(POSTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    alone = counted(lambda: [post() for _ in range(POSTS)])
    together = counted(at_once)
    # Another connection, so that no command is the last one to leave, which would checkpoint.
    with sqlite3.connect(os.path.join(world.data, "inbox.db")) as store:
        store.execute("SELECT count(*) FROM lead").fetchone()
        applying = counted(once)
        lead = store.execute("SELECT id FROM lead LIMIT 1").fetchone()[0]
        reading = counted(lambda: world.inbox("lead", "list"))
        noting = counted(lambda: world.inbox("lead", "note", str(lead), "one sync"))
    print(f"chaos: syncs for {POSTS} webhooks {alone} one by one, {together} at once; {applying} to "
          f"fetch and apply {2 * POSTS}; {noting} for a note, {reading} for a look", flush=True)
    for holds, promise in (
            (POSTS <= alone <= POSTS + len(late), f"{POSTS} webhooks one after the other took {alone} syncs"),
            (1 <= together <= POSTS + len(late), f"{POSTS} webhooks at once took {together} syncs"),
            (1 <= applying < POSTS, f"applying {2 * POSTS} webhooks took {applying} syncs"),
            # Of the log, and of the folder that a new process can't know to be on disk.
            (1 <= noting <= 2, f"a note took {noting} syncs"),
            (reading == 0, f"a look at the leads took {reading} syncs")):
        if not holds:
            broken.append(promise)
    return broken
