# Plays the staff: short commands beside each other, each a writer process of its own that may be
# killed at any moment. What a command acknowledged by exit 0 must be there at the end, once.
import random
import threading
import time


class Staff(threading.Thread):
    """One person at a terminal."""

    def __init__(self, number, seed, world, stop):
        super().__init__(daemon=True)
        self.random = random.Random(f"{seed}/staff/{number}")
        self.number, self.world, self.stop = number, world, stop
        self.leads, self.count = [], 0
        self.tried, self.notes, self.replies = set(), set(), set()
        self.statuses = {}

    def run(self):
        while not self.stop.is_set():
            if not self.leads or self.random.random() < 0.05:
                self.leads = [row["id"] for row in self.world.rows("lead", "list", "--limit", "50")]
            if not self.leads:
                time.sleep(0.5)
                continue
            self.step(str(self.random.choice(self.leads)))

    def step(self, lead):
        self.count += 1
        text = f"staff {self.number}.{self.count}"
        dice = self.random.random()
        if dice < 0.55:
            self.act(self.notes, text, "lead", "note", lead, text)
        elif dice < 0.85:
            self.act(self.replies, text, "send", "--lead", lead, "--text", text)
        else:
            stage = self.random.choice(("Contacted", "Interested", "New"))
            self.act(set(), text, "lead", "stage", lead, stage)

    def act(self, done, text, *arguments):
        self.tried.add(text)
        status, _ = self.world.inbox(*arguments, name=f"staff {self.number}")
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == 0:
            done.add(text)
