# Finding among a million messages: from the last key of the words to the painted results, beside
# neomutt's limit over the subjects of its mails in the same run. Rounds are interleaved.
import os
import shutil

import corpus
from place import OUT, environment, fresh, inbox, program
from screen import USER, Run, painted, store
from table import Table, p95
from terminal import Program

WORDS = ["trial", "membership", "friday", "trainer"]


def measure_inbox(run, data, names):
    app = Program([program("inbox"), "--data", data, "--as", USER], env=environment())
    try:
        app.until(painted(names))
        app.quiet(0.5)
        for word in WORDS:
            app.key("/", silence=0.1)
            for letter in word[:-1]:
                run.keys("typing", app, letter, silence=0.1)
            run.keys("words", app, word[-1], silence=0.1)
            app.key("\x1b", silence=0.2)
    finally:
        app.end()


def measure_neomutt(run, mails):
    folder = corpus.maildir(os.path.join(OUT, f"maildir-{mails}"), mails)
    rc = os.path.join(OUT, "neomuttrc")
    with open(rc, "w") as file:
        file.write(f'set folder="{OUT}"\nset spoolfile="{folder}"\nset mbox_type=Maildir\n'
                   f'set header_cache="{OUT}/neomutt-cache"\nset sort=reverse-date\n'
                   'set check_new=no\nset wait_key=no\nset quit=yes\n')
    mutt = Program(["neomutt", "-n", "-F", rc], env=environment())
    try:
        mutt.until(lambda text: "Msgs:" in text, patience=180)
        mutt.quiet(0.25)
        for word in WORDS:
            mutt.key(f"l~s {word}", silence=0.2)
            run.keys("words", mutt, "\r", silence=0.1)
            mutt.key("lall\r", silence=0.3)
    finally:
        mutt.end("x")


def run(rounds=3, leads=100_000, messages=1_000_000, mails=100_000):
    fresh("home")
    data, names = store(leads, messages)
    # The worker's part: whoever has run for a minute has an index.
    inbox("--data", data, "worker", "--once")
    ours, mutt = Run(), Run()
    has_mutt = shutil.which("neomutt")
    if has_mutt:
        measure_neomutt(Run(), mails)  # fills its header cache
    for _ in range(rounds):
        measure_inbox(ours, data, names)
        if has_mutt:
            measure_neomutt(mutt, mails)
    table = Table(f"Search, {leads} leads, {messages} messages, {mails} mails, {rounds} rounds")
    table.add("last letter to results p50", "ms", ours.median("words", "paint"),
              mutt.median("words", "paint"), "neomutt", at_most=1.5 if has_mutt else None)
    table.add("any letter to results p95", "ms",
              p95(ours.of("words", "paint") + ours.of("typing", "paint")), limit=20)
    table.add("search CPU", "ms", ours.median("words", "cpu"), mutt.median("words", "cpu"), "neomutt")
    table.show()
    return table.missed


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
