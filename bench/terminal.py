# A full-screen program in a pseudo-terminal, watched from outside: what a key costs until the last
# byte of its paint, in time, bytes and CPU. Used by bench/screen.py; standard library only.
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

# Everything that moves the cursor or changes a mode; what is left is text.
ESCAPES = re.compile(
    rb"\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1b[PX^_].*?\x1b\\|\x1b[ -/]*[0-~]|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f]",
    re.S,
)

# Questions that programs ask a terminal, and a plain xterm's answers. A program that gets none
# would sit out its patience, which is not what is measured here.
ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>41;0;0c"),
    (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:c0c0/c0c0/c0c0\x1b\\"),
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
)


class Sample:
    """One key's cost: ms to the first and the last byte, bytes painted, CPU ms of the program."""

    def __init__(self, first, paint, size, cpu):
        self.first, self.paint, self.bytes, self.cpu = first, paint, size, cpu


class Program:
    """A running program and its terminal."""

    def __init__(self, argv, columns=120, rows=40, env=None, cwd=None):
        self.text = b""  # escape-free output since `mark`
        self.tail = b""  # raw output that may end in half a sequence
        self.total = 0
        self.begun = time.monotonic_ns()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if cwd:
                    os.chdir(cwd)
                os.execvpe(argv[0], argv, env or os.environ)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # MARK: what it costs

    def cpu_ms(self):
        """User and system time so far, every thread, in ms (the kernel's nanosecond clock)."""
        return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e6

    def memory_mib(self):
        """Resident and peak resident size."""
        fields = {}
        with open(f"/proc/{self.pid}/status") as status:
            for line in status:
                key, _, value = line.partition(":")
                fields[key] = value
        return tuple(int(fields[k].split()[0]) / 1024 for k in ("VmRSS", "VmHWM"))

    # MARK: reading

    def pump(self, timeout):
        """Reads once. True when bytes came within `timeout` seconds."""
        if not select.select([self.fd], [], [], max(0, timeout))[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            raise EOFError("the program ended: " + self.shown()[-400:])
        self.read_at = time.monotonic_ns()
        self.total += len(data)
        for question, answer in ANSWERS:
            for _ in question.findall(data):
                os.write(self.fd, answer)
        raw = self.tail + data
        cut = raw.rfind(b"\x1b")
        if cut >= 0 and not ESCAPES.match(raw, cut) and len(raw) - cut < 4096:
            raw, self.tail = raw[:cut], raw[cut:]
        else:
            self.tail = b""
        self.text += ESCAPES.sub(b" ", raw)
        return True

    def shown(self):
        """The text painted since `mark`, in the order it was sent."""
        return self.text.decode("utf-8", "replace")

    def mark(self):
        self.text = b""

    def quiet(self, silence=0.03, patience=5.0):
        """Reads until nothing came for `silence` seconds."""
        end = time.monotonic() + patience
        while time.monotonic() < end and self.pump(silence):
            pass

    def until(self, ready, patience=60.0):
        """Reads until `ready(text)`. Returns ns from the start of the program to that read."""
        end = time.monotonic() + patience
        while not ready(self.shown()):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError("not seen in time; last painted: " + self.shown()[-600:])
            self.pump(left)
        return self.read_at - self.begun

    # MARK: measuring

    def key(self, keys, silence=0.03, patience=2.0):
        """Sends keys in one write and measures until the paint is over."""
        size, cpu = self.total, self.cpu_ms()
        start = time.monotonic_ns()
        os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)
        first = last = None
        wait = patience
        while self.pump(wait):
            last = self.read_at
            first = first or last
            wait = silence
        if first is None:
            return Sample(None, None, 0, self.cpu_ms() - cpu)
        return Sample(
            (first - start) / 1e6, (last - start) / 1e6, self.total - size, self.cpu_ms() - cpu
        )

    def idle(self, seconds):
        """Bytes and CPU ms per second while nothing happens."""
        self.quiet(0.3)
        size, cpu, start = self.total, self.cpu_ms(), time.monotonic()
        while (left := start + seconds - time.monotonic()) > 0:
            self.pump(left)
        return self.total - size, (self.cpu_ms() - cpu) / seconds

    def end(self, keys=None):
        """Asks with keys, then by signals; waits for the end."""
        try:
            if keys:
                os.write(self.fd, keys.encode())
            for number, patience in ((None, 1.5), (signal.SIGHUP, 6), (signal.SIGKILL, 2)):
                if number:
                    os.kill(self.pid, number)
                end = time.monotonic() + patience
                while time.monotonic() < end:
                    if os.waitpid(self.pid, os.WNOHANG)[0]:
                        return
                    try:
                        self.pump(0.02)
                    except EOFError:
                        time.sleep(0.01)
        except (ProcessLookupError, ChildProcessError, OSError):
            pass
        finally:
            os.close(self.fd)
