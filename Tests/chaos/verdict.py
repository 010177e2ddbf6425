# What must be true after the chaos. Reads the databases while no program runs. Called by
# Tests/chaos/run.py.
import os
import sqlite3

# What a replay may change: bookkeeping, not what is known about people.
NOT_DERIVED = {"journal", "outbox", "counter", "session", "setting", "sqlite_sequence", "sqlite_stat1"}
NOT_COMPARED = {"rev", "applied_at", "journal_id"}


class Verdict:
    """Collects broken promises, in words."""

    def __init__(self, world, ledger, staff):
        self.world, self.ledger, self.staff = world, ledger, staff
        self.broken, self.figures = [], {}

    def check(self, holds, promise):
        if not holds:
            self.broken.append(promise)

    def nothing(self, items, promise):
        """`items` must be empty."""
        some = sorted(map(str, items))
        self.check(not some, f"{promise}: {len(some)}, such as {some[:3]}")

    def compare(self, once):
        sent = self.world.sent()
        self.world.stop("simulator")
        # Its last receipts; from here on nothing new comes.
        once()
        self.relay()
        with self.open("data/inbox.db") as store:
            self.journal(store)
            self.messages(store)
            self.people(store, sent)
            before = tables(store)
            numbers = [str(row[0]) for row in store.execute("SELECT id FROM journal ORDER BY id")]
        self.replay(numbers, once, before)
        self.rebuild()
        self.integrity()

    def open(self, name):
        path = os.path.join(self.world.folder, name)
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def relay(self):
        """Everything answered with 200 is in the relay's log, and nothing that nobody signed."""
        with self.open("relay/events.db") as log:
            rows = log.execute("SELECT seq, hex(sha256) FROM event ORDER BY seq").fetchall()
        self.seqs = {seq: digest.lower() for seq, digest in rows}
        kept = set(self.seqs.values())
        self.figures["webhooks kept"] = len(rows)
        self.figures["different bodies acknowledged"] = len(self.ledger.acknowledged)
        self.nothing(self.ledger.acknowledged - kept, "acknowledged, not in the relay's log")
        self.check(list(self.seqs) == list(range(1, len(rows) + 1)), "the relay's seqs have gaps")

    def journal(self, store):
        rows = store.execute("SELECT seq, sha256, state, log FROM journal").fetchall()
        self.nothing([row for row in rows if row[2] == "pending"], "never applied")
        self.check(len({row[3] for row in rows}) == 1, "the journal knows several logs")
        mine = {row[0]: row[1] for row in rows}
        self.check(len(mine) == len(rows), "a webhook is in the journal twice")
        self.nothing(set(self.seqs.items()) ^ set(mine.items()), "journal and relay differ")
        parked = store.execute("SELECT count(*), min(reason) FROM journal WHERE state = 'parked' "
                               "AND CAST(substr(body, 1, 9) AS TEXT) <> '{not json'").fetchone()
        self.check(parked[0] == 0, f"parked though it is well formed: {parked}")

    def messages(self, store):
        rows = store.execute(
            "SELECT message.provider_id, identity.value, message.text FROM message "
            "JOIN thread ON thread.id = message.thread_id JOIN identity "
            "ON identity.person_id = thread.person_id AND identity.kind = 'phone' "
            "WHERE message.direction = 'in' AND message.kind = 'text'").fetchall()
        stored = {row[0]: (row[1], row[2]) for row in rows}
        self.figures["messages stored"] = len(stored)
        self.check(len(stored) == len(rows), "a message is there twice")
        self.nothing(self.ledger.promised - set(stored), "acknowledged messages are lost")
        self.nothing(set(stored) - set(self.ledger.messages), "messages that nobody wrote")
        wrong = [i for i, told in stored.items() if self.ledger.messages.get(i) != told]
        self.nothing(wrong, "messages with another text or person")
        waiting = store.execute(
            "SELECT count(*) FROM (SELECT person_id FROM lead WHERE is_open = 1 "
            "GROUP BY person_id, gym_id HAVING count(*) > 1)").fetchone()[0]
        self.check(waiting == 0, "a person has two open leads")

    def people(self, store, sent):
        """What staff did is there once; what the provider got is known to the store."""
        notes = [row[0] for row in store.execute("SELECT text FROM note "
                                                 "WHERE text LIKE 'staff %'")]
        replies = store.execute("SELECT text, status FROM message "
                                "WHERE direction = 'out' AND text LIKE 'staff %'").fetchall()
        texts = [row[0] for row in replies]
        for what, rows, done in (("notes", notes, [p.notes for p in self.staff]),
                                 ("replies", texts, [p.replies for p in self.staff])):
            promised, tried = set().union(*done), set().union(*[p.tried for p in self.staff])
            self.figures[f"{what} acknowledged"] = len(promised)
            self.check(len(set(rows)) == len(rows), f"{what} are there twice")
            self.nothing(promised - set(rows), f"acknowledged {what} are lost")
            self.nothing(set(rows) - tried, f"{what} that nobody wrote")
        accepted = [body for body in map(text_of, sent) if body]
        self.figures["replies accepted by the provider"] = len(accepted)
        self.check(len(set(accepted)) == len(accepted), "a reply went out twice")
        status = dict(replies)
        self.nothing([t for t in accepted if status.get(t) in (None, "queued", "failed")],
                     "sent, and the store says it was not")
        self.nothing([t for t, s in status.items() if s in ("sent", "delivered", "read")
                      and t not in accepted], "not sent, and the store says it was")
        self.nothing([t for t, s in status.items() if s == "sending"], "neither sent nor settled")

    def replay(self, numbers, once, before):
        """Applying every webhook again changes nothing."""
        for start in range(0, len(numbers), 500):
            status, _ = self.world.inbox("event", "replay", *numbers[start:start + 500])
            self.check(status == 0, f"event replay: exit {status}")
        once()
        with self.open("data/inbox.db") as store:
            after = tables(store)
        for name in before:
            self.nothing(before[name] ^ after[name], f"a replay changes table {name}")
        self.figures["rows compared after a replay"] = sum(map(len, before.values()))

    def rebuild(self):
        """A new store that reads the relay's log from its start knows the same."""
        known = "SELECT provider_id, kind, text, provider_at, received_at FROM message " \
                "WHERE direction = 'in'"
        people = "SELECT person.name, kind, value, retired_at IS NULL FROM person " \
                 "JOIN identity ON identity.person_id = person.id"
        status = self.world.once("--data", self.world.folder + "/again")
        self.check(status == 0, f"rebuilding: exit {status}")
        with self.open("data/inbox.db") as store, self.open("again/inbox.db") as again:
            for what, sql in (("messages", known), ("people", people)):
                mine, other = (set(db.execute(sql)) for db in (store, again))
                self.nothing(mine ^ other, f"a store built anew has other {what}")

    def integrity(self):
        self.world.stop("relay")
        for name in ("relay/events.db", "data/inbox.db"):
            with self.open(name) as database:
                found = [row[0] for row in database.execute("PRAGMA integrity_check")]
                self.check(found == ["ok"], f"{name} is damaged: {found[:3]}")
                self.nothing(database.execute("PRAGMA foreign_key_check").fetchall(),
                             f"{name} points at rows that are not there")

    def report(self, ledger, staff):
        commands = {}
        for person in staff:
            for status, count in person.statuses.items():
                commands[status] = commands.get(status, 0) + count
        print(f"chaos: relay's answers {dict(sorted(ledger.answers.items(), key=str))}, "
              f"exits of staff commands {dict(sorted(commands.items()))}")
        print("chaos: " + ", ".join(f"{n} {what}" for what, n in self.figures.items()))
        self.check("forged" not in ledger.answers, "a forged webhook was taken")
        for promise in self.broken:
            print(f"BROKEN  {promise}")
        print("chaos: every promise kept" if not self.broken
              else f"chaos: {len(self.broken)} broken, see {self.world.folder}", flush=True)


def tables(store):
    """Every derived table as a set of rows, without its bookkeeping."""
    found = {}
    names = [row[0] for row in store.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
    shadows = tuple(name + "_" for (name,) in store.execute(
        "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'"))
    for name in names:
        if name in NOT_DERIVED or shadows and name.startswith(shadows):
            continue
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({name})")]
        wanted = ", ".join(f'"{c}"' for c in columns if c not in NOT_COMPARED)
        found[name] = set(store.execute(f"SELECT {wanted} FROM {name}"))
    return found


def text_of(message):
    return ((message.get("body") or {}).get("text") or {}).get("body")
