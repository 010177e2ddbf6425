# Servers that the relay is measured beside, for a `with` block: nginx that answers 200 and does
# nothing, and bench/receiver.py on FastAPI in an environment of its own.
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from place import OUT, ROOT, SECRET, environment, free_port, fresh, post_load, resident_mib

REQUIREMENTS = os.path.join(ROOT, "bench", "requirements.txt")


class Reference:
    """A server on a free port, one process."""

    def __init__(self, name):
        self.folder, self.port = fresh(name), free_port()

    def __enter__(self):
        self.log = open(os.path.join(self.folder, "output"), "w")
        self.process = subprocess.Popen(self.command(), env=environment(), stdout=self.log,
                                        stderr=self.log)
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                    return self
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end or self.process.poll() is not None:
                    sys.exit(f"bench: {self.folder} did not start: see its output")
                time.sleep(0.02)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def load(self, count, connections, first=1):
        return post_load(self.process.pid, self.port, count, connections, first)

    def resident(self):
        return resident_mib(self.process.pid)


class Nginx(Reference):
    def command(self):
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(NGINX.format(folder=self.folder, port=self.port))
        return ["nginx", "-p", self.folder, "-c", path]


class FastAPI(Reference):
    def command(self):
        return [os.path.join(python_environment(), "bin", "python"),
                os.path.join(ROOT, "bench", "receiver.py"), str(self.port),
                os.path.join(self.folder, "events.db"), SECRET]


def python_environment():
    """The receiver's packages, pinned; made at the first run."""
    folder = os.path.join(OUT, "venv")
    ready = os.path.join(folder, ".ready")
    if not os.path.exists(ready) or os.path.getmtime(ready) < os.path.getmtime(REQUIREMENTS):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([os.path.join(folder, "bin", "pip"), "install", "--quiet",
                        "--disable-pip-version-check", "-r", REQUIREMENTS], check=True)
        open(ready, "w").close()
    return folder


NGINX = '''
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ return 200; }}
  }}
}}
'''
