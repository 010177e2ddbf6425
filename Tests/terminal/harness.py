"""Runs a program on a pseudo-terminal and shows its screen: for tests and measurements.

    with Session(["inbox"], columns=120, rows=40) as s:
        s.wait_for("Inbox")
        s.send("jj")
        print(s.text())

Waits are for conditions with a deadline, never for a fixed time.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

import pyte


class Timeout(AssertionError):
    """What was waited for did not come; the message shows the screen."""


class Session:
    def __init__(self, command, columns=80, rows=24, env=None, term="xterm-256color", cwd=None):
        self.columns, self.rows = columns, rows
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.output = bytearray()
        self.status = None
        self.ended = False
        environment = {**os.environ, "TERM": term, "LANG": "C.UTF-8", **(env or {})}
        environment = {key: value for key, value in environment.items() if value is not None}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                if cwd:
                    os.chdir(cwd)
                # The size is there before the program looks.
                size = struct.pack("HHHH", rows, columns, 0, 0)
                fcntl.ioctl(0, termios.TIOCSWINSZ, size)
                os.execvpe(command[0], command, environment)
            finally:
                os._exit(127)
        os.set_blocking(self.fd, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # --- Output ---

    def pump(self, seconds=0.0):
        """Reads what is there, waiting at most `seconds` for the first byte; bytes read."""
        count, deadline = 0, time.monotonic() + seconds
        while not self.ended:
            left = max(0.0, deadline - time.monotonic()) if count == 0 else 0.0
            if not select.select([self.fd], [], [], left)[0]:
                break
            try:
                chunk = os.read(self.fd, 65536)
            except BlockingIOError:
                break
            except OSError:
                chunk = b""
            if not chunk:
                self.ended = True
                break
            self.output += chunk
            self.stream.feed(chunk)
            count += len(chunk)
        return count

    def settle(self, quiet=0.05, deadline=5.0):
        """Reads until nothing has come for `quiet` seconds; bytes read."""
        total, end = 0, time.monotonic() + deadline
        while time.monotonic() < end:
            count = self.pump(quiet)
            if count == 0:
                break
            total += count
        return total

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_until(self, condition, deadline=30.0, what="the condition"):
        end = time.monotonic() + deadline
        while True:
            if condition():
                return
            left = end - time.monotonic()
            if left <= 0 or (self.ended and not condition()):
                raise Timeout(f"{what} did not come in {deadline} s; the screen:\n{self.text()}")
            self.pump(min(left, 0.02))

    def wait_for(self, pattern, deadline=30.0):
        """Waits until the screen matches `pattern`; the match."""
        found = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: found.search(self.text()), deadline, repr(pattern))
        return found.search(self.text())

    def wait_gone(self, pattern, deadline=30.0):
        found = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: not found.search(self.text()), deadline, f"no {pattern!r}")

    # --- Input ---

    def send(self, keys):
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            select.select([], [self.fd], [], 5)
            data = data[os.write(self.fd, data[:1024]):]
            if data:
                self.pump()

    def paste(self, text):
        self.send("\x1b[200~" + text + "\x1b[201~")

    def click(self, column, row):
        """Presses and releases at a cell, both from 0."""
        place = f"{column + 1};{row + 1}"
        self.send(f"\x1b[<0;{place}M\x1b[<0;{place}m")

    def resize(self, columns, rows):
        self.pump()
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self):
        """Closes the terminal, as a lost connection does."""
        os.close(self.fd)
        self.fd = -1
        self.ended = True

    # --- Measuring ---

    def measure(self, keys, quiet=0.03):
        """Sends keys: seconds to the first and the last byte, and the bytes."""
        self.settle()
        start = time.perf_counter()
        self.send(keys)
        first = last = None
        total = 0
        while True:
            ready = select.select([self.fd], [], [], quiet if first else 2.0)[0]
            if not ready:
                break
            now = time.perf_counter()
            count = self.pump()
            if count == 0:
                break
            first, last, total = first or now, now, total + count
        if first is None:
            return None, None, 0
        return first - start, last - start, total

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_kib(self):
        with open(f"/proc/{self.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))

    def modes(self):
        """The terminal's line settings, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self.fd)

    # --- The end ---

    def poll_exit(self):
        if self.status is None:
            pid, raw = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(raw)
        return self.status is not None

    def wait_exit(self, deadline=30.0, reading=True):
        """The exit status, negative for a signal."""
        end = time.monotonic() + deadline
        while not self.poll_exit():
            if time.monotonic() > end:
                raise Timeout(f"still running after {deadline} s; the screen:\n{self.text()}")
            if reading and not self.ended:
                self.pump(0.01)
            else:
                select.select([], [], [], 0.005)
        if reading and self.fd >= 0:
            self.pump()
        return self.status

    def kill(self, number):
        os.kill(self.pid, number)

    def close(self):
        if not self.poll_exit():
            os.kill(self.pid, signal.SIGKILL)
            _, raw = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(raw)
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
