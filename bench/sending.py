# How fast queued replies leave, and what one costs: real replies to as many people through the release
# worker and the simulator, which stamps each when it takes it.
import http.server
import json
import os
import shutil
import subprocess
import threading
import time
import urllib.request
from datetime import datetime

import live
from place import Relay, SECRET, configure, cpu_seconds, environment, free_port, inbox, program
from table import Table

ALLOWED = 80  # messages a second and number (Meta, "Throughput", 2026)


class Deaf(http.server.BaseHTTPRequestHandler):
    """Takes the simulator's receipts in the relay's place, so that sending alone is measured."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def simulator(receipts, faults=None):
    command = [program("inbox-sim"), "serve", "--listen", "127.0.0.1:0", "--relay",
               f"http://127.0.0.1:{receipts}", "--secret", SECRET, "--rate", "0"]
    if faults:
        command += ["--faults", faults]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    return process, int(line.strip().rsplit(":", 1)[1].rstrip("/"))


def sent(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_sim/sent", timeout=10) as answer:
        return [json.loads(line) for line in answer.read().decode().splitlines()]


def seconds(row):
    return datetime.fromisoformat(row["at"].replace("Z", "+00:00")).timestamp()


def fill(relay, count):
    """`count` people who have just written, each with a queued reply."""
    connection = live.http.client.HTTPConnection("127.0.0.1", relay.port)
    for number in range(count):
        body, headers = live.webhook(number, f"Person{number:04d}")
        connection.request("POST", "/webhooks/meta", body, headers)
        connection.getresponse().read()
    inbox("worker", "--once", "--config", relay.config)
    rows = inbox("lead", "list", "--json", "--limit", str(count), "--config", relay.config)
    leads = [json.loads(row)["id"] for row in rows.splitlines()]
    for lead in leads:
        inbox("send", "--lead", str(lead), "--text", f"reply to {lead}", "--config", relay.config)
    return len(leads)


def bare(port, count):
    """CPU seconds of `count` posts of the same size by curl alone, over one kept connection."""
    body = json.dumps({"messaging_product": "whatsapp", "recipient_type": "individual",
                       "to": "+4917000000000", "type": "text", "text": {"body": "reply to 1000"},
                       "biz_opaque_callback_data": "inbox-" + "0" * 32})
    path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"bench-curl-{os.getpid()}")
    with open(path, "w") as file:
        for number in range(count):
            file.write(("next\n" if number else "") + f'url = "http://127.0.0.1:{port}/v26.0/1/messages"\n'
                       'header = "Authorization: Bearer t"\nheader = "Content-Type: application/json"\n'
                       f'data = {json.dumps(body)}\noutput = /dev/null\nsilent\n')
    before = os.times()
    subprocess.run(["curl", "-K", path], env=environment(), check=True)
    after = os.times()
    os.remove(path)
    return after.children_user + after.children_system - before.children_user - before.children_system


def drain(config, port, count):
    """Runs the worker until all are taken: the rows, its CPU seconds."""
    worker = subprocess.Popen([program("inbox"), "worker", "--config", config], env=environment(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end, rows = time.monotonic() + 180, []
        while len(rows) < count and time.monotonic() < end:
            time.sleep(0.5)
            rows = sent(port)
        time.sleep(1)
        return rows, cpu_seconds(worker.pid)
    finally:
        worker.terminate()
        worker.wait()


def most_in_a_second(times):
    most, first = 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def measure(table, count, faults, label):
    receipts = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Deaf)
    threading.Thread(target=receipts.serve_forever, daemon=True).start()
    with Relay("sending") as relay:
        process, port = simulator(receipts.server_address[1], faults)
        try:
            configure(relay.folder, relay.port, port)
            queued = fill(relay, count)
            rows, cpu = drain(relay.config, port, queued)
            times = sorted(map(seconds, rows))
            rate = (len(times) - 1) / (times[-1] - times[0])
            table.add(f"replies taken a second{label}", "/s", rate, ALLOWED, "allowed", at_least=0.9)
            table.add(f"most in any second{label}", "", most_in_a_second(times), limit=ALLOWED)
            table.add(f"people who got none{label}", "", count - len({r["to"] for r in rows}), limit=0)
            table.add(f"sent twice{label}", "", len(rows) - len({r["to"] for r in rows}), limit=0)
            if not faults:
                spare = bare(port, count) if shutil.which("curl") else 0
                table.add("CPU for a reply above the call", "ms", (cpu - spare) / count * 1000, limit=2)
        finally:
            process.terminate()
            process.wait()
            receipts.shutdown()


def run(count=1000):
    table = Table(f"Sending: {count} queued replies to as many people")
    measure(table, count, None, "")
    measure(table, count, "slow:250=1", ", each answered after 250 ms")
    table.show()
    return table.missed
