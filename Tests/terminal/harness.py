"""Runs a program on a pseudo-terminal and shows its screen: for tests and measurements.

    with Session(["inbox"], columns=120, rows=40) as s:
        s.wait_for("Inbox")
        s.send("jj")
        print(s.text())

Waits are for conditions, never for a fixed time: any process may be kept from running for half a
minute. The deadline is the same everywhere and only costs time when something is broken.
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

# Debug builds on a busy machine are slow; what has not come by then does not come.
PATIENCE = 180


def in_time(begun, seconds):
    """What is promised in seconds, asked for on a quiet machine only: with INBOX_TIMED set."""
    taken = time.monotonic() - begun
    assert "INBOX_TIMED" not in os.environ or taken < seconds, f"took {taken:.1f} s, not {seconds}"


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
        self.unshown, self.looked = b"", time.monotonic()
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

    def pump(self, seconds=0.0, condition=None):
        """Reads what is there, waiting at most `seconds` for the first byte; bytes read.

        Whoever looks late may find a notice come and gone: then the bytes are shown piece by piece,
        no further than to where `condition` holds.
        """
        if self.unshown:
            return self.show(b"", condition)
        count, deadline = 0, time.monotonic() + seconds
        while not self.ended and not self.unshown:
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
            count += self.show(chunk, condition)
        self.looked = time.monotonic()
        return count

    def show(self, chunk, condition):
        is_late = bool(self.unshown) or time.monotonic() - self.looked > 0.5
        chunk, self.unshown = self.unshown + chunk, b""
        pieces = re.split(rb"(?=\x1b)", chunk) if condition and is_late else [chunk]
        count = 0
        for piece in pieces:
            self.output += piece
            self.stream.feed(piece)
            count += len(piece)
            if condition and is_late and condition():
                break
        self.unshown = chunk[count:]
        return count

    def rest(self, seconds):
        """Reads for so long, for what must not come; bytes read."""
        total, end = 0, time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.ended:
            total += self.pump(left)
        return total

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_until(self, condition, what="the condition", passing=False):
        """Waits until `condition` holds; or has held for a moment, when it is `passing`."""
        end = time.monotonic() + PATIENCE
        while not condition():
            left = end - time.monotonic()
            if left <= 0 or (self.ended and not self.unshown):
                raise Timeout(f"{what} did not come in {PATIENCE} s; the screen:\n{self.text()}")
            self.pump(min(left, 0.02), condition if passing else None)

    def wait_for(self, pattern):
        """Waits until the screen matches `pattern`; the match."""
        found = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: found.search(self.text()), repr(pattern), passing=True)
        return found.search(self.text())

    def wait_gone(self, pattern):
        found = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: not found.search(self.text()), f"no {pattern!r}")

    # --- Input ---

    def send(self, keys):
        data = keys.encode() if isinstance(keys, str) else keys
        end = time.monotonic() + PATIENCE
        while data:
            # Reads too: a program that waits for its own output to be read takes no keys.
            if not select.select([], [self.fd], [], 0.02)[1]:
                if time.monotonic() > end:
                    raise Timeout(f"keys are not taken; the screen:\n{self.text()}")
                self.pump()
                continue
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

    def wait_exit(self, reading=True):
        """The exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while not self.poll_exit():
            if time.monotonic() > end:
                raise Timeout(f"still running after {PATIENCE} s; the screen:\n{self.text()}")
            if reading and not self.ended:
                self.pump(0.01)
            else:
                select.select([], [], [], 0.005)
        while reading and self.fd >= 0 and self.pump():
            pass
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
