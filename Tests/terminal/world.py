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

from harness import Session

PROGRAMS = os.environ.get("INBOX_PROGRAMS", ".build/debug")
EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"
PHONE_NUMBER_ID = "106540352242922"
# Debug builds on a busy machine are slow; a test that waits this long has failed.
PATIENCE = 40


def program(name):
    return os.path.join(PROGRAMS, name)


def until(condition, what, patience=PATIENCE, pause=0.05):
    """Calls `condition` until it gives something true, which is returned."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(pause)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class App(Session):
    """A program in a terminal of its own, with exactly the environment given."""

    def __init__(self, argv, env, size=(120, 40)):
        super().__init__(argv, size[0], size[1], env={**dict.fromkeys(os.environ), **env})

    def wait(self, pattern, patience=PATIENCE):
        return self.wait_for(pattern, patience)

    def ended_with(self, patience=PATIENCE):
        """Waits for the end: the exit status, negative for a signal."""
        return self.wait_exit(patience)


class World:
    """Relay, simulator and an empty store for a `with` block."""

    def __init__(self, undo_seconds=0, user=True):
        self.undo_seconds, self.user = undo_seconds, user
        self.processes, self.apps = [], []

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="inbox-terminal-")
        os.chmod(self.folder, 0o700)
        self.data = os.path.join(self.folder, "data")
        self.relay_port, self.sim_port = free_port(), free_port()
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
                process.wait(10)
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
                with urllib.request.urlopen(url, timeout=5) as response:
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
                              text=True, capture_output=True, timeout=120)
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
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.status // 100 == 2, response.status

    def sent(self):
        """What the provider accepted, oldest first."""
        url = f"http://127.0.0.1:{self.sim_port}/_sim/sent"
        with urllib.request.urlopen(url, timeout=10) as response:
            return [json.loads(line) for line in response.read().decode().splitlines() if line]

    def fault(self, **fault):
        """The provider's next matching calls fail or dawdle so."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.sim_port}/_sim/fault",
                                         data=json.dumps(fault).encode())
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.status == 200, response.status

    def status_of(self, text):
        """The state of our message with this text, None while there is none."""
        with sqlite3.connect(os.path.join(self.data, "inbox.db"), timeout=10) as store:
            row = store.execute("SELECT status FROM message WHERE direction = 'out' AND text = ?",
                                (text,)).fetchone()
        store.close()
        return row and row[0]

    def state_of(self, pid):
        """The kernel's letter for a process: T is stopped."""
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0]

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
