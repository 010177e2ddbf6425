# The programs under chaos and what can be done to them: start, kill -9, clock jumps, a disk that is
# full or read-only. Called by Tests/chaos/run.py, from several threads.
import ctypes
import json
import mmap
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = os.environ.get("INBOX_PROGRAMS", ".build/debug")
SECRET, TOKEN, ACCOUNT = "chaos-secret", "chaos-token", "106540352242922"
# s; debug builds on a busy machine, where any process may be kept from running for half a minute.
PATIENCE = 300
ANSWER = 120


class Control(ctypes.Structure):
    """What Tests/chaos/shim.c reads, in shared memory."""

    _fields_ = [("clock_seconds", ctypes.c_int64), ("refusal", ctypes.c_int64),
                ("syncs", ctypes.c_int64)]


def free_ports():
    """Two, both held until both are known."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


class World:
    """Relay, simulator, workers and staff commands on one folder. `tmpfs` MiB puts it on a small
    file system of its own, for root."""

    def __init__(self, folder, tmpfs=0):
        self.folder, self.data = folder, os.path.join(folder, "data")
        self.is_mounted = bool(tmpfs)
        if tmpfs:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={tmpfs}m,mode=700", "tmpfs",
                            folder], check=True)
        self.relay_port, self.sim_port = free_ports()
        self.relay = f"http://127.0.0.1:{self.relay_port}"
        self.sim = f"http://127.0.0.1:{self.sim_port}"
        self.config = self._configure()
        self.control = self._preload()
        self.output = open(os.path.join(folder, "output"), "ab")
        self.running, self.lock = {}, threading.Lock()

    def _preload(self):
        library = os.path.join(self.folder, "shim.so")
        subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", library,
                        os.path.join(HERE, "shim.c"), "-ldl"], check=True)
        path = os.path.join(self.folder, "control")
        with open(path, "wb") as file:
            file.write(bytes(ctypes.sizeof(Control)))
        self.env = {"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8",
                    "TZ": "UTC", "INBOX_CONFIG": self.config, "LD_PRELOAD": library,
                    "CHAOS_CONTROL": path}
        with open(path, "r+b") as file:
            return Control.from_buffer(mmap.mmap(file.fileno(), 0))

    def start(self, name, *arguments):
        """Starts a program; `running[name]` until it is killed or stopped."""
        process = subprocess.Popen([os.path.join(PROGRAMS, arguments[0]), *arguments[1:]],
                                   env=self.env, stdin=subprocess.DEVNULL, stdout=self.output,
                                   stderr=self.output)
        with self.lock:
            self.running[name] = process
        return process

    def start_relay(self):
        """Starts the relay and waits until it answers, or until it gives up."""
        relay = self.start("relay", "inbox-relay", "serve")
        end = time.monotonic() + PATIENCE
        while relay.poll() is None and not answers(self.relay + "/healthz"):
            if time.monotonic() > end:
                raise SystemExit("chaos: the relay does not answer")
            time.sleep(0.02)

    def start_simulator(self):
        self.start("simulator", "inbox-sim", "serve", "--listen", f"127.0.0.1:{self.sim_port}",
                   "--relay", self.relay, "--secret", SECRET, "--rate", "0", "--seed", "1")
        end = time.monotonic() + PATIENCE
        while not answers(self.sim + "/_sim/sent"):
            if time.monotonic() > end:
                raise SystemExit("chaos: the simulator does not answer")
            time.sleep(0.02)

    def start_worker(self, number):
        self.start(f"worker {number}", "inbox", "worker")

    def await_workers(self):
        """Until every worker has opened what it needs, or was killed."""
        with self.lock:
            workers = [p for name, p in self.running.items() if name.startswith("worker")]
        end = time.monotonic() + PATIENCE
        for process in workers:
            while process.poll() is None and not is_working(process.pid):
                if time.monotonic() > end:
                    raise SystemExit("chaos: a worker does not start")
                time.sleep(0.02)

    def once(self, *arguments):
        """One run of the worker over everything there is; the exit status.

        Again when the relay's or the provider's answer was given up, which takes it some seconds.
        """
        for _ in range(10):
            begun = time.monotonic()
            status, _ = self.inbox("worker", "--once", *arguments)
            if status == 0 or time.monotonic() - begun < 4:
                break
        return status

    def inbox(self, *arguments, name="command"):
        """Runs a command to its end, or until somebody kills it: exit status and output."""
        process = subprocess.Popen([os.path.join(PROGRAMS, "inbox"), *arguments], env=self.env,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=self.output, text=True)
        with self.lock:
            self.running[name] = process
        output, _ = process.communicate()
        return process.returncode, output

    def rows(self, *arguments):
        status, output = self.inbox(*arguments, "--json", name="question")
        return [json.loads(line) for line in output.splitlines()] if status == 0 else []

    def kill(self, name):
        """kill -9; True when there was something to kill."""
        with self.lock:
            process = self.running.get(name)
        if process is None or process.poll() is not None:
            return False
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True

    def stop(self, name):
        """The orderly way out; the exit status."""
        with self.lock:
            process = self.running.pop(name, None)
        if process is None:
            return None
        process.terminate()
        try:
            return process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise SystemExit(f"chaos: {name} does not end at SIGTERM")

    def fault(self, **fault):
        """Lets the provider's next calls fail so."""
        post(self.sim + "/_sim/fault", json.dumps(fault).encode(), {})

    def sent(self):
        """What the provider has accepted, one object a message."""
        with urllib.request.urlopen(self.sim + "/_sim/sent", timeout=ANSWER) as answer:
            return [json.loads(line) for line in answer.read().decode().splitlines()]

    def end(self, keep):
        for name in list(self.running):
            self.kill(name)
        self.output.close()
        if keep:
            return
        if self.is_mounted:
            subprocess.run(["umount", "-l", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configure(self):
        for name, value in (("relay.token", TOKEN), ("app.secrets", SECRET), ("verify.token", "v"),
                            ("wa.token", "chaos-access")):
            path = os.path.join(self.folder, name)
            with open(path, "w") as file:
                file.write(value + "\n")
            os.chmod(path, 0o600)
        path = os.path.join(self.folder, "config.toml")
        with open(path, "w") as file:
            file.write(CONFIG.format(folder=self.folder, relay=self.relay, sim=self.sim,
                                     listen=self.relay.removeprefix("http://"), account=ACCOUNT))
        return path


def is_working(pid):
    """Whether a worker stands in line for the work: the last step of its start."""
    try:
        return any(os.readlink(entry.path).endswith("/worker.claim")
                   for entry in os.scandir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=ANSWER) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def post(url, body, headers):
    """The status of a POST; 0 when there was no answer."""
    request = urllib.request.Request(url, body, headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=ANSWER) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
    except Exception:  # an answer cut off in the middle is no answer
        return 0


CONFIG = '''
[app]
undo_send_seconds = 0

[store]
path = "{folder}/data"

[[gym]]
id = "chaos"
name = "Chaos"
timezone = "Europe/Berlin"
country = "DE"

[relay]
url = "{relay}"
token_file = "{folder}/relay.token"

[relay_server]
listen = "{listen}"
data = "{folder}/relay"
verify_token_file = "{folder}/verify.token"
app_secrets_file = "{folder}/app.secrets"
retention_days = 14

[[relay_server.client]]
name = "desk"
token_file = "{folder}/relay.token"

[[channel]]
id = "wa-main"
kind = "whatsapp"
gym = "Chaos"
phone_number_id = "{account}"
business_account_id = "102290129340398"
access_token_file = "{folder}/wa.token"
graph_url = "{sim}/v26.0"
'''
