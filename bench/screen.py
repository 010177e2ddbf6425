# What the app costs the eye: start, keys, typing, idling, memory at 120x40, beside full-screen
# programs of the same kind in the same run (neomutt, tig, vim), interleaved round by round.
import json
import os
import shutil
import time

import corpus
from place import OUT, Relay, environment, fresh, inbox, program
from table import Table, p50, p95
from terminal import Program

PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"
USER = "bench@example.org"


class Run:
    """Samples of one program over all rounds: label -> list of samples or numbers."""

    def __init__(self):
        self.samples, self.figures = {}, {}

    def keys(self, label, terminal, keys, times=1, silence=0.03):
        for key in list(keys) * times:
            self.samples.setdefault(label, []).append(terminal.key(key, silence))

    def add(self, label, value):
        self.figures.setdefault(label, []).append(value)

    def of(self, label, field):
        values = [getattr(s, field) for s in self.samples.get(label, [])]
        return [v for v in values if v is not None]

    def median(self, label, field=None):
        return p50(self.of(label, field) if field else self.figures.get(label, []))


LONG = 10_000  # messages of the long conversation


def make_store(folder, leads, messages):
    """Seeded leads and, through relay and worker, two customers who write now; one wrote LONG."""
    with Relay("seeding") as relay:
        inbox("--config", relay.config, "seed", "--leads", str(leads), "--messages", str(messages))
        inbox("--config", relay.config, "user", "add", USER, "--name", "Bench", "--role", "admin",
              "--password-stdin", input="correct horse battery staple\n")
        relay.load(LONG, 8, 1, leads=1)
        relay.load(3, 1, LONG + 1_000_000, leads=2)
        while len(inbox("--config", relay.config, "event", "list", "--json").splitlines()) < LONG + 3:
            inbox("--config", relay.config, "worker", "--once")
        inbox("--config", relay.config, "worker", "--once")
        rows = [json.loads(line) for line in
                inbox("--config", relay.config, "lead", "list", "--json").splitlines()]
        for lead in rows[-2:]:  # the newest: the two who write
            inbox("--config", relay.config, "lead", "assign", str(lead["id"]), USER)
        shutil.move(os.path.join(relay.folder, "data"), folder)


def store(leads, messages):
    """A data directory, made once, and text that its painted list must show."""
    folder = os.path.join(OUT, f"store-{leads}-{messages}-{LONG}")
    done = os.path.join(folder, ".done")
    # The reply window is a day: an older store has nobody who can be written to.
    if not os.path.exists(done) or time.time() - os.path.getmtime(done) > 20 * 3600:
        shutil.rmtree(folder, ignore_errors=True)
        make_store(folder, leads, messages)
        open(done, "w").close()
    names = set()
    for line in inbox("--data", folder, "lead", "list", "--json").splitlines():
        name = json.loads(line).get("name")
        if name:
            names.add(name.split()[0])
    if not names:
        os.unlink(done)
        raise SystemExit("bench: the seeded store has no leads")
    return folder, names


def painted(names):
    """True once several leads of the store stand on the screen."""
    return lambda text: sum(1 for name in names if name in text) >= 3


def measure_inbox(run, data, names, idle):
    app = Program([program("inbox"), "--data", data, "--as", USER], env=environment())
    try:
        run.add("start", app.until(painted(names)) / 1e6)
        app.quiet(0.25)
        run.keys("move", app, "jk", 30)
        run.keys("move", app, "j", 20)
        run.keys("scroll", app, "j" * 60)
        run.keys("page", app, [PAGE_DOWN], 15)
        run.keys("burst", app, ["j" * 30], 3)
        app.key("gg")
        for _ in range(15):
            run.keys("open", app, ["\r"], silence=0.06)
            run.keys("back", app, ["h"], silence=0.06)
            app.key("j")
        app.key("f", silence=0.2)
        app.key("2", silence=0.3)  # mine: the two who write, the long conversation on top
        for _ in range(8):
            app.key("gg", silence=0.06)
            run.keys("open long", app, ["\r"], silence=0.06)
            app.key("h", silence=0.06)
            app.key("j", silence=0.06)
            app.key("\r", silence=0.06)
            app.key("h", silence=0.06)
        app.key("gg", silence=0.06)
        app.key("\r", silence=0.2)
        run.keys("chat scroll", app, "k" * 60)
        app.key("G", silence=0.2)
        app.key("r", silence=0.2)
        run.keys("type", app, "Hello there, see you on Friday evening then. " * 2)
        app.key("\x15", silence=0.2)
        app.key("\x1b", silence=0.2)
        app.key("\x1b", silence=0.2)
        app.key("f", silence=0.2)
        app.key("1", silence=0.3)
        for word in ("yoga", "price", "friday"):
            if app.key("/", silence=0.2).bytes == 0:
                break  # this build has no search
            run.keys("search", app, [word], silence=0.1)
            app.key("\x1b", silence=0.2)
            app.key("\x1b", silence=0.3)
        # Ages step once a minute at most: of three windows the quietest lies between steps.
        painted_bytes, cpu = min(app.idle(idle) for _ in range(3))
        run.add("idle bytes", painted_bytes)
        run.add("idle cpu", cpu)
        run.add("rss", app.memory_mib()[0])
    finally:
        app.end()


def measure_neomutt(run, mails):
    folder = corpus.maildir(os.path.join(OUT, f"maildir-{mails}"), mails)
    rc = os.path.join(OUT, "neomuttrc")
    with open(rc, "w") as file:
        file.write(f'set folder="{OUT}"\nset spoolfile="{folder}"\nset mbox_type=Maildir\n'
                   f'set header_cache="{OUT}/neomutt-cache"\nset sort=reverse-date\n'
                   'set check_new=no\nset wait_key=no\nset pager_index_lines=0\nset quit=yes\n')
    mutt = Program(["neomutt", "-n", "-F", rc], env=environment())
    try:
        run.add("start", mutt.until(lambda text: "Msgs:" in text, patience=180) / 1e6)
        mutt.quiet(0.25)
        mutt.key("=")
        run.keys("move", mutt, "jk", 30)
        run.keys("page", mutt, [PAGE_DOWN], 15)
        run.keys("burst", mutt, ["j" * 30], 3)
        mutt.key("=")
        for _ in range(10):
            run.keys("open", mutt, ["\r"], silence=0.06)
            run.keys("back", mutt, ["q"], silence=0.06)
            mutt.key("j")
        for word in ("yoga", "price", "friday"):
            mutt.key("l~s " + word, silence=0.2)
            run.keys("search", mutt, ["\r"], silence=0.1)
            mutt.key("lall\r", silence=0.3)
        run.add("rss", mutt.memory_mib()[0])
    finally:
        mutt.end("x")


def measure_tig(run, commits):
    repository = corpus.history(os.path.join(OUT, f"history-{commits}"), commits)
    tig = Program(["tig"], env=environment(), cwd=repository)
    try:
        run.add("start", tig.until(lambda text: "%" in text) / 1e6)
        tig.quiet(0.4)
        run.keys("move", tig, "jk", 30)
        run.keys("page", tig, [PAGE_DOWN], 15)
        run.add("rss", tig.memory_mib()[0])
    finally:
        tig.end("q")


def measure_vim(run):
    vim = Program(["vim", "-n"], env=environment())  # as installed: its own defaults
    try:
        vim.until(lambda text: "~" in text)
        vim.quiet(0.3)
        vim.key("i", silence=0.2)
        run.keys("type", vim, "Hello there, see you on Friday evening then. " * 2)
    finally:
        vim.end("\x1b:q!\r")


def rows(table, ours, mutt, tig, vim):
    """The figures against their goals."""
    first, against = (mutt, "neomutt") if mutt.figures else (tig, "tig")
    goal = (lambda value: value) if mutt.figures else (lambda value: None)
    table.add("start to painted list (--as)", "ms", ours.median("start"), first.median("start"),
              against, at_most=goal(0.03), limit=60)
    moves = ours.of("move", "paint") + ours.of("scroll", "paint") + ours.of("page", "paint")
    table.add("j/k paint p50", "ms", ours.median("move", "paint"), first.median("move", "paint"),
              against, at_most=goal(0.6))
    table.add("key to last byte p95, all lists", "ms", p95(moves), limit=5)
    table.add("j/k CPU", "ms", ours.median("move", "cpu"), first.median("move", "cpu"), against,
              at_most=goal(0.5))
    table.add("j/k bytes", "B", ours.median("move", "bytes"), first.median("move", "bytes"),
              against, at_most=goal(1.2))
    # The list beside a chat is 32 columns of 37 rows at this size; ncurses scrolls whole lines only.
    table.add("scroll by one, bytes", "B", ours.median("scroll", "bytes"), 32 * 37, "its cells",
              at_most=1.2)
    table.add("page down", "ms", ours.median("page", "paint"), first.median("page", "paint"),
              against, at_most=goal(1.0))
    table.add("page down, bytes", "B", ours.median("page", "bytes"), first.median("page", "bytes"),
              against)
    table.add("open", "ms", ours.median("open", "paint"), first.median("open", "paint"), against,
              at_most=goal(1.5))
    table.add("open, 10 000 messages", "ms", ours.median("open long", "paint"),
              first.median("open", "paint"), against, at_most=goal(1.5))
    table.add("scroll there, paint", "ms", ours.median("chat scroll", "paint"), limit=5)
    table.add("back", "ms", ours.median("back", "paint"), first.median("back", "paint"), against,
              at_most=goal(0.1))
    table.add("words typed to leads found", "ms", ours.median("search", "paint"),
              first.median("search", "paint"), against, at_most=goal(1.5))
    table.add("30 keys typed ahead, bytes", "B", ours.median("burst", "bytes"),
              first.median("burst", "bytes"), against, at_most=goal(1.0))
    table.add("typing paint p50", "ms", ours.median("type", "paint"), vim.median("type", "paint"),
              "vim", at_most=1.5)
    table.add("typing bytes", "B", ours.median("type", "bytes"), vim.median("type", "bytes"),
              "vim", at_most=0.5)
    table.add("RSS", "MiB", ours.median("rss"), first.median("rss"), against, at_most=goal(0.2),
              limit=40)
    table.add("idle bytes", "B", max(ours.figures["idle bytes"]), limit=0)
    table.add("idle CPU per second", "ms", ours.median("idle cpu"), limit=1)


def run(rounds=3, leads=10_000, messages=100_000, mails=100_000, idle=5):
    fresh("home")
    data, names = store(leads, messages)
    ours, mutt, tig, vim = Run(), Run(), Run(), Run()
    has = {name: shutil.which(name) for name in ("neomutt", "tig", "vim")}
    if has["neomutt"]:
        measure_neomutt(Run(), mails)  # fills its header cache
    for _ in range(rounds):
        measure_inbox(ours, data, names, idle)
        if has["neomutt"]:
            measure_neomutt(mutt, mails)
        if has["tig"]:
            measure_tig(tig, leads)
        if has["vim"]:
            measure_vim(vim)
    table = Table(f"Screen, 120x40, {leads} leads, {messages} messages, {mails} mails, "
                  f"{rounds} rounds")
    rows(table, ours, mutt, tig, vim)
    table.show()
    absent = [name for name, path in has.items() if not path]
    if absent:
        print(f"not installed, so not compared: {', '.join(absent)}")
    return table.missed


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
