# What the app feels like while messages come in: from a customer's webhook to the row on the open
# screen, and whether keys stay quick under load. The app itself fetches and applies meanwhile.
import hashlib
import hmac
import http.client
import json
import subprocess
import time

from place import ACCOUNT, SECRET, Relay, environment, inbox, program, tool
from screen import USER
from table import Table, p50, p95
from terminal import Program

RATE = 200  # webhooks a second


def webhook(number, name):
    """A signed message of a customer never seen before."""
    message = {
        "from": f"4917{number:08d}", "id": f"wamid.LIVE{number}",
        "timestamp": str(int(time.time())), "type": "text", "text": {"body": "Any place on Friday?"},
    }
    value = {
        "messaging_product": "whatsapp", "metadata": {"phone_number_id": ACCOUNT},
        "contacts": [{"profile": {"name": name}, "wa_id": message["from"]}], "messages": [message],
    }
    body = json.dumps({"object": "whatsapp_business_account", "entry": [
        {"id": "1", "changes": [{"field": "messages", "value": value}]}]}).encode()
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return body, {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}


def arrivals(app, port, count):
    """ms from the POST to the lead's name on the screen."""
    took = []
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for number in range(count):
        name = f"Quick{number:03d}"
        body, headers = webhook(number, name)
        app.mark()
        start = time.monotonic_ns()
        connection.request("POST", "/webhooks/meta", body, headers)
        if connection.getresponse().read() is None:
            raise SystemExit("bench: no answer")
        app.until(lambda text, name=name: name in text, patience=20)
        took.append((app.read_at - start) / 1e6)
        app.quiet(0.1)
    return took


def first_bytes(app, seconds):
    """ms from a key to the first byte, j and k in turn, for so long."""
    took, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        for key in "jk":
            sample = app.key(key, silence=0.02, patience=1)
            if sample.first is not None:
                took.append(sample.first)
    return took


def run(seconds=8, count=12, leads=100_000):
    table = Table(f"Live: one screen open, then {leads} leads and {RATE} webhooks/s")
    with Relay("live") as relay:
        relay.load(3, 1, 1)  # few: those who waited longest stand on top, the new ones below
        inbox("--config", relay.config, "user", "add", USER, "--name", "Bench", "--role", "admin",
              "--password-stdin", input="correct horse battery staple\n")
        app = Program([program("inbox"), "--config", relay.config, "--as", USER],
                      env=environment())
        try:
            app.until(lambda text: "Bench" in text and "Lead" in text)
            app.quiet(1.0)
            took = arrivals(app, relay.port, count)
            # Only now: those who have waited longest stand on top and would hide the new ones.
            inbox("--config", relay.config, "seed", "--leads", str(leads), "--messages",
                  str(2 * leads))
            app.quiet(3.0, patience=60)
            calm = first_bytes(app, seconds / 2)
            load = subprocess.Popen(
                [tool("load.c", "-lm"), str(relay.port), SECRET, str(int(RATE * (seconds + 1))),
                 "4", "1000000", "2000", str(RATE), ACCOUNT], stdout=subprocess.DEVNULL)
            time.sleep(0.5)
            busy = first_bytes(app, seconds)
            load.wait()
        finally:
            app.end()
    table.add("webhook POST to row on screen, p50", "ms", p50(took), limit=250)
    table.add("webhook POST to row on screen, p95", "ms", p95(took), limit=1000)
    table.add("j/k first byte p95 under load", "ms", p95(busy), p95(calm), "own, idle",
              at_most=2.0)
    table.show()
    return table.missed


if __name__ == "__main__":
    raise SystemExit(1 if run() else 0)
