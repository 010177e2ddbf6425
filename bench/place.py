# Where the benchmarks find the release programs and keep what they make; small process helpers.
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RELEASE = os.environ.get("INBOX_PROGRAMS", os.path.join(ROOT, ".build", "release"))
# Below the build folder: on the disk that the product would use, not on a memory file system.
OUT = os.path.join(ROOT, ".build", "bench")
SECRET = "bench-app-secret"
TOKEN = "bench-relay-token"
ACCOUNT = "106540352242922"


def program(name):
    path = os.path.join(RELEASE, name)
    if not os.access(path, os.X_OK):
        sys.exit(f"bench: {path} is missing: run 'make release' first")
    return path


def tool(source, *libraries):
    """A C program of this folder, compiled when its source is newer."""
    os.makedirs(os.path.join(OUT, "tools"), exist_ok=True)
    path = os.path.join(ROOT, "bench", source)
    made = os.path.join(OUT, "tools", os.path.splitext(source)[0])
    if not os.path.exists(made) or os.path.getmtime(made) < os.path.getmtime(path):
        subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", made, path, *libraries], check=True)
    return made


def fresh(name):
    """An empty folder of that name."""
    folder = os.path.join(OUT, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, mode=0o700)
    return folder


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment():
    """What every measured program gets: nothing of the caller's set-up."""
    home = os.path.join(OUT, "home")
    os.makedirs(home, exist_ok=True)
    return {
        "PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
        "TZ": "UTC", "USER": "bench",
    }


def configure(folder, port, graph_port=9):
    """A config file for relay, worker and app in `folder`. Returns its path."""
    for name, value in (("relay.token", TOKEN), ("app.secrets", SECRET), ("verify.token", "v"),
                        ("wa.token", "bench-access-token")):
        with open(os.path.join(folder, name), "w") as file:
            file.write(value + "\n")
        os.chmod(os.path.join(folder, name), 0o600)
    path = os.path.join(folder, "config.toml")
    with open(path, "w") as file:
        file.write(f'''
[store]
path = "{folder}/data"

[[gym]]
id = "bench"
name = "Bench"
timezone = "Europe/Berlin"
country = "DE"

[relay]
url = "http://127.0.0.1:{port}"
token_file = "{folder}/relay.token"

[relay_server]
listen = "127.0.0.1:{port}"
data = "{folder}/relay"
verify_token_file = "{folder}/verify.token"
app_secrets_file = "{folder}/app.secrets"
retention_days = 14

[[relay_server.client]]
name = "bench"
token_file = "{folder}/relay.token"

[[channel]]
id = "wa-main"
kind = "whatsapp"
gym = "Bench"
phone_number_id = "{ACCOUNT}"
business_account_id = "102290129340398"
access_token_file = "{folder}/wa.token"
graph_url = "http://127.0.0.1:{graph_port}/v26.0"
''')
    return path


def inbox(*arguments, **options):
    """Runs an `inbox` command and returns its standard output."""
    done = subprocess.run([program("inbox"), *arguments], env=environment(), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if done.returncode != 0:
        sys.exit(f"bench: inbox {' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def cpu_seconds(pid):
    """CPU time of a process so far, every thread."""
    return time.clock_gettime_ns((~pid << 3) | 2) / 1e9


def resident_mib(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024


def post_load(pid, port, count, connections, first, leads=5000, rate=0):
    """Posts webhooks; the loader's figures plus the server's CPU for each."""
    before = cpu_seconds(pid)
    done = subprocess.run(
        [tool("load.c", "-lm"), str(port), SECRET, str(count), str(connections), str(first),
         str(leads), str(rate), ACCOUNT], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: the load failed: {done.stdout}")
    result = json.loads(done.stdout)
    result["cpu_us"] = (cpu_seconds(pid) - before) / count * 1e6
    return result


class Relay:
    """A release relay on a free port, for a `with` block."""

    def __init__(self, name):
        self.folder, self.port = fresh(name), free_port()
        self.config = configure(self.folder, self.port)

    def __enter__(self):
        self.log = open(os.path.join(self.folder, "relay.log"), "w")
        self.process = subprocess.Popen(
            [program("inbox-relay"), "serve", "--config", self.config], env=environment(),
            stdout=self.log, stderr=self.log)
        end = time.monotonic() + 15
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return self
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end or self.process.poll() is not None:
                    sys.exit(f"bench: the relay did not start: see {self.folder}/relay.log")
                time.sleep(0.02)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def load(self, count, connections, first, leads=5000, rate=0):
        return post_load(self.process.pid, self.port, count, connections, first, leads, rate)
