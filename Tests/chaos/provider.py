# Plays the provider: webhooks of many customers, one message or many, early, late, out of order and
# again, each posted until the relay has answered 200, as Meta does. Called by Tests/chaos/run.py.
import hashlib
import hmac
import json
import random
import threading
import time

from world import ACCOUNT, SECRET, post

PEOPLE = 40
WORDS = ("trial", "class", "prijs", "mañana", "Öffnungszeiten", "friday", "🏋️", "yoga", "when", "价格")


class Ledger:
    """What was promised: bodies answered with 200, and the messages in them."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = set()  # sha256 of bodies
        self.posted = set()  # the same, of everything ever tried
        self.messages = {}  # provider id -> (phone, text), of everything ever tried
        self.promised = set()  # provider ids in acknowledged bodies
        self.answers = {}  # status -> how often


class Provider(threading.Thread):
    """One line of the provider; several post beside each other."""

    def __init__(self, number, seed, world, ledger, stop):
        super().__init__(daemon=True)
        self.random = random.Random(f"{seed}/{number}")
        self.number, self.world, self.ledger, self.stop = number, world, ledger, stop
        self.count, self.held, self.again = 0, [], []

    def run(self):
        while not self.stop.is_set():
            self.step()
            time.sleep(self.random.random() * 0.05)
        # Nothing is given up: what was held back or failed goes out at last.
        rest = self.held + self.again
        self.random.shuffle(rest)
        self.held, self.again = [], []
        for webhook in rest:
            while self.deliver(webhook) != 200:
                time.sleep(0.1)

    def step(self):
        dice = self.random.random()
        if dice < 0.15 and self.again:
            self.deliver(self.again.pop(self.random.randrange(len(self.again))))
        elif dice < 0.25 and self.held:
            self.deliver(self.held.pop(self.random.randrange(len(self.held))))
        elif dice < 0.30:
            self.forge()
        else:
            webhook = self.webhook()
            if self.random.random() < 0.2:
                self.held.append(webhook)
                return
            if self.deliver(webhook) == 200 and self.random.random() < 0.15:
                self.again.append(webhook)

    def deliver(self, webhook):
        body, ids = webhook
        digest = hashlib.sha256(body).hexdigest()
        with self.ledger.lock:
            self.ledger.posted.add(digest)
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        status = post(self.world.relay + "/webhooks/meta", body, {
            "Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"})
        with self.ledger.lock:
            self.ledger.answers[status] = self.ledger.answers.get(status, 0) + 1
            if status == 200:
                self.ledger.acknowledged.add(digest)
                self.ledger.promised.update(ids)
        if status != 200 and not self.stop.is_set():
            self.again.append(webhook)
        return status

    def forge(self):
        """Somebody without the secret: never taken, whatever else goes on."""
        body, _ = self.webhook(stranger=True)
        status = post(self.world.relay + "/webhooks/meta", body, {
            "Content-Type": "application/json", "X-Hub-Signature-256": "sha256=" + "0" * 64})
        with self.ledger.lock:
            self.ledger.answers[status] = self.ledger.answers.get(status, 0) + 1
            if status == 200:
                self.ledger.answers["forged"] = self.ledger.answers.get("forged", 0) + 1

    def webhook(self, stranger=False):
        """A body and the ids of the messages in it."""
        if not stranger and self.random.random() < 0.03:
            return b"{not json %d.%d" % (self.number, self.random.randrange(1 << 30)), []
        entries, ids = [], []
        for _ in range(self.random.choice((1, 1, 1, 1, 2, 3))):
            changes = []
            for _ in range(self.random.choice((1, 1, 1, 2))):
                value, said = self.value(stranger)
                ids += said
                changes.append({"field": "messages", "value": value})
            entries.append({"id": "102290129340398", "changes": changes})
        body = {"object": "whatsapp_business_account", "entry": entries}
        return json.dumps(body, ensure_ascii=False).encode(), ids

    def value(self, stranger):
        value = {"messaging_product": "whatsapp",
                 "metadata": {"display_phone_number": "15550783881", "phone_number_id": ACCOUNT}}
        if self.random.random() < 0.2:
            value["statuses"] = [self.receipt()]
            return value, []
        phone = f"4915{7 + self.number % 2}{self.random.randrange(PEOPLE):07d}"
        value["contacts"] = [{"profile": {"name": f"Person {phone[-3:]}"}, "wa_id": phone}]
        value["messages"] = [self.message(phone, stranger)
                             for _ in range(self.random.choice((1, 1, 1, 2, 5)))]
        return value, [m["id"] for m in value["messages"] if m["type"] == "text"]

    def message(self, phone, stranger):
        self.count += 1
        if not stranger and self.count > 5 and self.random.random() < 0.08:
            with self.ledger.lock:
                theirs = [i for i, (p, _) in self.ledger.messages.items() if p == phone]
            if theirs:
                return {"from": phone, "id": self.id(), "timestamp": self.moment(),
                        "type": "reaction", "reaction": {
                            "message_id": self.random.choice(theirs), "emoji": "👍"}}
        words = " ".join(self.random.choice(WORDS) for _ in range(self.random.randrange(1, 9)))
        text = f"{words} {self.number}.{self.count}"
        message = {"from": phone, "id": self.id(), "timestamp": self.moment(), "type": "text",
                   "text": {"body": text}}
        if not stranger:
            with self.ledger.lock:
                self.ledger.messages[message["id"]] = (phone, text)
        return message

    def id(self):
        return f"wamid.CHAOS{self.number}.{self.count}"

    def moment(self):
        return str(int(time.time()) - self.random.choice((0, 0, 0, 1, 60, 86_400 * 2)))

    def receipt(self):
        return {"id": f"wamid.UNKNOWN{self.random.randrange(200)}", "timestamp": self.moment(),
                "status": self.random.choice(("sent", "delivered", "read")),
                "recipient_id": "4915100000000"}
