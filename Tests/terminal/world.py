# A small gym for a test: config, relay and simulator on free ports, a store, people; and the app in a
# pseudo-terminal that is read by a terminal emulator. Used by Tests/terminal/test_app*.py.
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from harness import PATIENCE, Session

PROGRAMS = os.environ.get("INBOX_PROGRAMS", ".build/debug")
EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"
PHONE_NUMBER_ID = "106540352242922"
# For one answer of a server and one run of a command; a test waits on.
ANSWER = 120


def program(name):
    return os.path.join(PROGRAMS, name)


def until(condition, what, pause=0.05):
    """Calls `condition` until it gives something true, which is returned."""
    end = time.monotonic() + PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {PATIENCE} s: {what}")
        time.sleep(pause)


def free_ports():
    """Two, both held until both are known."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


class App(Session):
    """A program in a terminal of its own, with exactly the environment given."""

    def __init__(self, argv, env, size=(120, 40)):
        super().__init__(argv, size[0], size[1], env={**dict.fromkeys(os.environ), **env})

    def wait(self, pattern):
        return self.wait_for(pattern)

    def ended_with(self, reading=True):
        """Waits for the end: the exit status, negative for a signal."""
        return self.wait_exit(reading)

    def wait_silent(self, seconds=2):
        """Waits until nothing has come for so long."""
        until(lambda: self.rest(seconds) == 0, f"{seconds} s of silence", pause=0)

    def compose(self):
        """Opens the composer of the lead that is open or under the cursor."""
        self.send("r")
        self.wait(" TYPE ")

    def leave_composer(self):
        """Esc, alone: with a letter right behind it, it would be one key."""
        self.send("\x1b")
        self.wait_gone(" TYPE ")

    def offer_quit(self):
        """Ctrl-C twice; which counts within two seconds, so again when the machine took longer."""
        while True:
            self.send("\x03\x03")
            self.wait(r"y quit|again to quit")
            self.wait_gone(r"again to quit")
            if "y quit" in self.text():
                return


class World:
    """Relay, simulator and an empty store for a `with` block."""

    def __init__(self, undo_seconds=0, user=True):
        self.undo_seconds, self.user = undo_seconds, user
        self.processes, self.apps = [], []

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="inbox-terminal-")
        os.chmod(self.folder, 0o700)
        self.data = os.path.join(self.folder, "data")
        self.relay_port, self.sim_port = free_ports()
        self.env = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "USER": "tester", "INBOX_CONFIG": self.configure(),
        }
        try:
            self.start("inbox-relay", "serve", "--config", self.env["INBOX_CONFIG"])
            self.start("inbox-sim", "serve", "--listen", f"127.0.0.1:{self.sim_port}", "--relay",
                       f"http://127.0.0.1:{self.relay_port}", "--secret", "terminal-secret",
                       "--rate", "0", "--seed", "1")
            self.answers(f"http://127.0.0.1:{self.relay_port}/readyz")
            self.answers(f"http://127.0.0.1:{self.sim_port}/_sim/sent")
            if self.user:
                self.add_user(EMAIL, "Ada")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for app in self.apps:
            app.close()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(ANSWER)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def configure(self):
        for name, value in (("relay.token", "terminal-token"), ("app.secrets", "terminal-secret"),
                            ("verify.token", "terminal-verify"), ("wa.token", "terminal-access")):
            path = os.path.join(self.folder, name)
            with open(path, "w") as file:
                file.write(value + "\n")
            os.chmod(path, 0o600)
        path = os.path.join(self.folder, "config.toml")
        with open(path, "w") as file:
            file.write(f'''
[app]
undo_send_seconds = {self.undo_seconds}

[store]
path = "{self.data}"

[[gym]]
id = "downtown"
name = "Downtown"
timezone = "Europe/Berlin"
country = "DE"

[relay]
url = "http://127.0.0.1:{self.relay_port}"
token_file = "{self.folder}/relay.token"

[relay_server]
listen = "127.0.0.1:{self.relay_port}"
data = "{self.folder}/relay"
verify_token_file = "{self.folder}/verify.token"
app_secrets_file = "{self.folder}/app.secrets"
retention_days = 14

[[relay_server.client]]
name = "front-desk"
token_file = "{self.folder}/relay.token"

[[channel]]
id = "wa-main"
kind = "whatsapp"
gym = "Downtown"
phone_number_id = "{PHONE_NUMBER_ID}"
business_account_id = "102290129340398"
access_token_file = "{self.folder}/wa.token"
graph_url = "http://127.0.0.1:{self.sim_port}/v26.0"
''')
        os.chmod(path, 0o600)
        return path

    def start(self, name, *arguments):
        log = open(os.path.join(self.folder, name + ".log"), "ab")
        self.processes.append(subprocess.Popen(
            [program(name), *arguments], env=self.env, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log))
        log.close()

    def answers(self, url):
        def asked():
            for process in self.processes:
                if process.poll() is not None:
                    raise AssertionError(f"a server ended at its start: {self.logs()}")
            try:
                with urllib.request.urlopen(url, timeout=ANSWER) as response:
                    return response.status == 200
            except (urllib.error.URLError, OSError):
                return False
        until(asked, f"{url} answers")

    def logs(self):
        parts = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".log"):
                with open(os.path.join(self.folder, name), errors="replace") as file:
                    parts.append(f"{name}: {file.read()[-2000:]}")
        return "\n".join(parts)

    # MARK: the command line

    def inbox(self, *arguments, status=0, text=None, env=None):
        """Runs `inbox` without a terminal; returns (stdout, stderr)."""
        done = subprocess.run([program("inbox"), *arguments], env=env or self.env, input=text or "",
                              text=True, capture_output=True, timeout=PATIENCE)
        assert done.returncode == status, (
            f"inbox {' '.join(arguments)}: exit {done.returncode}, wanted {status}: {done.stderr}")
        return done.stdout, done.stderr

    def json(self, *arguments):
        out, _ = self.inbox(*arguments, "--json")
        return [json.loads(line) for line in out.splitlines()]

    def add_user(self, email, name):
        self.inbox("user", "add", email, "--name", name, "--role", "owner", "--password-stdin",
                   text=PASSWORD + "\n")

    # MARK: the customers

    def say(self, number, name, text):
        """A customer says this now."""
        body = json.dumps({"from": number, "name": name, "text": text,
                           "account": PHONE_NUMBER_ID}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.sim_port}/_sim/say", data=body,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=ANSWER) as response:
            assert response.status // 100 == 2, response.status

    def sent(self):
        """What the provider accepted, oldest first."""
        url = f"http://127.0.0.1:{self.sim_port}/_sim/sent"
        with urllib.request.urlopen(url, timeout=ANSWER) as response:
            return [json.loads(line) for line in response.read().decode().splitlines() if line]

    def fault(self, **fault):
        """The provider's next matching calls fail or dawdle so."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.sim_port}/_sim/fault",
                                         data=json.dumps(fault).encode())
        with urllib.request.urlopen(request, timeout=ANSWER) as response:
            assert response.status == 200, response.status

    def stored(self, query, *arguments):
        """What the store answers, all rows."""
        with sqlite3.connect(os.path.join(self.data, "inbox.db"), timeout=ANSWER) as store:
            rows = store.execute(query, arguments).fetchall()
        store.close()
        return rows

    def status_of(self, text):
        """The state of our message with this text, None while there is none."""
        rows = self.stored("SELECT status FROM message WHERE direction = 'out' AND text = ?", text)
        return rows[0][0] if rows else None

    def queued(self):
        """How many of our messages wait."""
        return self.stored("SELECT count(*) FROM message WHERE status = 'queued'")[0][0]

    def draft(self):
        """The text of the one draft, None while there is none."""
        rows = self.stored("SELECT text FROM draft")
        return rows[0][0] if rows else None

    # MARK: the app

    def app(self, *arguments, size=(120, 40), env=None):
        """The app in a terminal; as Ada unless told otherwise."""
        given = list(arguments) if arguments else ["--as", EMAIL]
        made = App([program("inbox"), *given], {**self.env, **(env or {})}, size)
        self.apps.append(made)
        return made

    def app_with_lead(self, text="Is there a trial class on Friday?", **options):
        """The app with Maria's lead on its list."""
        made = self.app(**options)
        self.say("4915112345678", "Maria Lopez", text)
        made.wait("Maria Lopez")
        return made
