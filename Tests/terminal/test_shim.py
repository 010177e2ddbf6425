"""The curses shim on a real pseudo-terminal: entering, painting, leaving, and every bad end."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import termios
import time
import unittest

from harness import PATIENCE, Session, in_time

HERE = pathlib.Path(__file__).resolve().parent
SHIM = HERE.parent.parent / "Sources/CursesShim"
LEAVES = [b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[?1006l", b"\x1b[?1002l", b"\x1b[?1049l"]


def setUpModule():
    global folder, PROBE
    folder = tempfile.TemporaryDirectory()
    PROBE = os.path.join(folder.name, "probe")
    compiler = shutil.which("clang") or shutil.which("cc")
    sources = [str(HERE / "probe.c"), *map(str, SHIM.glob("*.c"))]
    flags = ["-std=gnu11", "-Wall", "-Werror", "-D_GNU_SOURCE", "-DNCURSES_WIDECHAR=1"]
    subprocess.run(
        [compiler, *flags, f"-I{SHIM}/include", *sources, "-o", PROBE, "-lncursesw", "-ltinfo"],
        check=True,
    )


def tearDownModule():
    folder.cleanup()


def start(**options):
    session = Session([PROBE], **options)
    session.wait_for(r"size \d+x\d+ last -")   # painted last
    return session


def selected(session):
    """The list's bold row."""
    for y in range(session.rows - 1):
        if session.screen.buffer[y][0].bold:
            return session.screen.display[y].rstrip()


def cost(session, keys, row):
    """Bytes for these keys, which select that row."""
    mark = len(session.output)
    session.send(keys)
    session.wait_until(lambda: selected(session) == f"lead number {row} of many", what=f"row {row}")
    return len(session.output) - mark


class ShimTest(unittest.TestCase):
    def assertCooked(self, session):
        flags = session.modes()[3]
        self.assertTrue(flags & termios.ICANON and flags & termios.ECHO and flags & termios.ISIG)

    def assertLeft(self, session, mark=0):
        tail = bytes(session.output[mark:])
        for sequence in LEAVES:
            self.assertIn(sequence, tail)
        self.assertCooked(session)

    # --- Painting ---

    def test_wide_and_marked_glyphs_keep_their_columns(self):
        with start(columns=100) as session:
            self.assertEqual(bytes(session.output).count("\U0001fa77".encode()), 1)
            self.assertIn("e\u0301漢|", bytes(session.output).decode())

    def test_moving_costs_two_rows_and_scrolling_a_scroll(self):
        with start(columns=120, rows=40) as session:
            self.assertLess(cost(session, "j", 1), 120)
            cost(session, "j" * 37, 38)
            self.assertLess(cost(session, "j", 39), 160)

    def test_idle_is_silent(self):
        with start() as session:
            # The first second may still belong to the start.
            seconds = []
            for _ in range(5):
                before = session.cpu_seconds()
                seconds.append((session.rest(1.0), session.cpu_seconds() - before))
                if seconds[-1][0] == 0 and seconds[-1][1] < 0.02:
                    return
            self.fail(f"no silent second, bytes and CPU: {seconds}")

    def test_a_burst_of_keys_is_one_frame(self):
        with start() as session:
            one = cost(session, "j", 1)
            self.assertLess(cost(session, "j" * 10, 11), 2 * one)

    def test_follows_every_size(self):
        with start() as session:
            for columns, rows in [(120, 40), (20, 6), (7, 2), (1, 1), (250, 70), (80, 24)]:
                mark = len(session.output)
                session.resize(columns, rows)
                status = f"size {columns}x{rows} last -"[:columns]
                session.wait_until(
                    lambda: len(session.output) > mark
                    and session.screen.display[rows - 1].rstrip() == status, what=status)
                self.assertFalse(session.poll_exit())

    def test_noise_on_stderr_stays_off_the_screen(self):
        with start() as session:
            session.send("e")
            session.wait_for("last 101")
            self.assertNotIn(b"NOISE", bytes(session.output))
            session.send("q")
            session.wait_exit()
            self.assertIn(b"left with 0", bytes(session.output))

    def test_the_log_outlives_the_callers_descriptor(self):
        log = pathlib.Path(folder.name, "log")
        with start(env={"PROBE_LOG": str(log)}) as session:
            session.send("o")
            session.wait_for("OUTSIDE")
            session.send("\ne")
            session.wait_for("last 101")
            self.assertEqual(log.read_text(), "NOISE\n")

    # --- Terminals ---

    def test_runs_on_many_terminals(self):
        for term in ["tmux-256color", "screen-256color", "linux", "vt100", "xterm", "no-such"]:
            with self.subTest(term), start(term=term) as session:
                session.send("q")
                self.assertEqual(session.wait_exit(), 0)

    def test_consoles_get_no_strings_they_would_print(self):
        for term in ["linux", "vt100"]:
            with self.subTest(term), start(term=term) as session:
                session.send("mbll")
                session.wait_for("last 108")
                session.send("q")
                self.assertEqual(session.wait_exit(), 0)
                for alien in [b"\x1b]", b"?2004", b"?1004", b"?1006", b"?2026", b" q"]:
                    self.assertNotIn(alien, bytes(session.output))
                self.assertCooked(session)

    def test_a_style_costs_no_character_set(self):
        with start(columns=100) as session:
            mark = len(session.output)
            session.send("jjjlj")
            session.wait_until(lambda: b"\x1b[0;1m" in session.output[mark:]
                               and selected(session) == "lead number 4 of many")
            self.assertNotIn(b"\x1b(B", bytes(session.output[mark:]))

    def test_direct_colour_needs_no_entry_on_the_host(self):
        with start(columns=100, env={"PROBE_DIRECT": "1"}) as session:
            self.assertIn(b"38;2;17;34;51m", bytes(session.output))
            self.assertIn(b"\x1b[31m", bytes(session.output))
            session.send("o")
            session.wait_for("OUTSIDE")
        with start(columns=100, env={"PROBE_DIRECT": "1"}, term="linux") as session:
            self.assertNotIn(b"38;2;", bytes(session.output))

    def test_a_late_answer_is_not_typed_into_the_shell(self):
        with self.shell() as session:
            session.send("b")
            session.wait_until(lambda: b"\x1b]11;?" in session.output)
            # The probe reads 256 keys at a time: the answer is behind what it reads before it leaves.
            session.send("q" + "x" * 255 + "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c")
            session.wait_for("left with 0")
            session.send("echo at''last\n")
            session.wait_for("^atlast")
            self.assertNotIn("rgb:", bytes(session.output).decode())

    def test_refuses_what_is_no_screen(self):
        with Session([PROBE], term="dumb") as session:
            self.assertEqual(session.wait_exit(), 62)
            self.assertEqual(bytes(session.output), b"")
        plain = subprocess.run([PROBE], stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual((plain.returncode, plain.stdout), (61, b""))

    def test_letters_survive_a_bare_locale(self):
        bare = {"LANG": None, "LC_ALL": None, "LC_CTYPE": None}
        with start(columns=100, env=bare) as session:
            self.assertIn("漢|", bytes(session.output).decode())

    # --- Leaving ---

    def test_quit_restores_everything(self):
        with start() as session:
            mark = len(session.output)
            session.send("q")
            self.assertEqual(session.wait_exit(), 0)
            self.assertLeft(session, mark)

    def test_signals_leave_in_order(self):
        for number, status in [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 143)]:
            with self.subTest(number), start() as session:
                mark = len(session.output)
                session.kill(number)
                self.assertEqual(session.wait_exit(), status)
                self.assertLeft(session, mark)

    def test_a_lost_line_ends_the_program(self):
        log = pathlib.Path(folder.name, "lost")
        for command in [[PROBE], ["sh", "-c", f"trap '' HUP; exec {PROBE}"]]:
            with self.subTest(command), Session(command, env={"PROBE_LOG": str(log)}) as session:
                session.wait_for("last -")
                began = time.monotonic()
                session.hang_up()
                self.assertEqual(session.wait_exit(reading=False), 129)
                in_time(began, 1)
                self.assertEqual(log.read_text(), "", "it was ended instead of leaving")

    def test_crashes_give_the_terminal_back(self):
        for key, number in [("c", signal.SIGILL), ("a", signal.SIGABRT)]:
            log = pathlib.Path(folder.name, f"crash-{key}")
            with self.subTest(key), start(env={"PROBE_LOG": str(log)}) as session:
                mark = len(session.output)
                session.send(key)
                self.assertIn(session.wait_exit(), [-number, -signal.SIGTRAP])
                self.assertLeft(session, mark)
                self.assertIn("crashed", log.read_text())

    def test_a_sent_crash_signal_still_kills(self):
        with start() as session:
            session.kill(signal.SIGSEGV)
            self.assertEqual(session.wait_exit(), -signal.SIGSEGV)
            self.assertLeft(session)

    def test_leaves_when_nobody_reads(self):
        log = pathlib.Path(folder.name, "stuck")
        with start(columns=233, rows=61, env={"PROBE_LOG": str(log)}) as session:
            # Nothing reads while it paints more than any terminal holds.
            os.write(session.fd, b"w")
            end = time.monotonic() + PATIENCE
            while "FILLING" not in log.read_text():
                self.assertLess(time.monotonic(), end, "the probe doesn't paint")
                time.sleep(0.01)
            began = time.monotonic()
            session.kill(signal.SIGTERM)
            self.assertEqual(session.wait_exit(reading=False), 143)
            in_time(began, 8)
            self.assertIn("takes no more output", log.read_text())

    def test_a_slow_machine_is_no_full_terminal(self):
        log = pathlib.Path(folder.name, "slow")
        with start(env={"PROBE_LOG": str(log)}) as session:
            session.send("z")
            session.wait_until(lambda: "SLOW" in log.read_text())
            session.kill(signal.SIGTERM)
            self.assertEqual(session.wait_exit(), 143)
            self.assertLeft(session)
            self.assertEqual(log.read_text(), "SLOW\nDONE\n")

    # --- Leaving for a while ---

    def shell(self):
        session = Session(["bash", "--norc", "-i"], env={"PS1": "READY> "})
        session.wait_for("READY>")
        session.send(PROBE + "\n")
        session.wait_for("lead number 0")
        return session

    def test_stops_and_continues_like_any_job(self):
        with self.shell() as session:
            mark = len(session.output)
            session.send("\x1a")
            session.wait_for("Stopped")
            for sequence in LEAVES:
                self.assertIn(sequence, bytes(session.output[mark:]))
            mark = len(session.output)
            session.send("fg\n")
            session.wait_for("lead number 1 ")
            session.wait_until(lambda: b"?2004h" in session.output[mark:])
            session.send("j")
            session.wait_for("last 106")
            session.send("q")
            session.wait_for("left with 0")

    def test_recovers_from_a_stop_without_warning(self):
        with self.shell() as session:
            children = pathlib.Path(f"/proc/{session.pid}/task/{session.pid}/children")
            os.kill(int(children.read_text().split()[0]), signal.SIGSTOP)
            session.wait_for("Stopped")
            session.send("fg\n")
            session.wait_for("lead number 1 ")
            session.wait_until(lambda: not session.modes()[3] & termios.ICANON)
            session.send("q")
            session.wait_for("left with 0")

    def test_lends_the_terminal_to_a_program(self):
        with start() as session:
            session.send("o")
            session.wait_for("OUTSIDE")
            self.assertCooked(session)
            session.send("\n")
            session.wait_for("last status 3")
            self.assertFalse(session.modes()[3] & termios.ICANON)


if __name__ == "__main__":
    unittest.main()
