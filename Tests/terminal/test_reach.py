# What the app does with the terminal around its screen: colours, clipboard, notifications, plain
# lines, files; and how it leaves when the terminal is the trouble.
import base64
import csv
import os
import re
import signal
import subprocess
import time

from harness import in_time
from world import ANSWER, EMAIL, PASSWORD, App, World, program, until

MARIA = "Maria Lopez"
LIGHT = "\x1b]11;rgb:ffff/ffff/f0f0\x1b\\\x1b[?62;22c"
COLOURS = re.compile(rb"\x1b\[[0-9;]*m")


def configure(world, text):
    """Adds lines to the [app] section, or sections in front of it."""
    path = world.env["INBOX_CONFIG"]
    with open(path) as file:
        config = file.read()
    with open(path, "w") as file:
        file.write(config.replace("[app]\n", text + "\n" if "[app]" in text
                                  else "[app]\n" + text + "\n", 1))


def colours(app):
    """The colour numbers that were sent, attributes left out."""
    found = set()
    for sequence in COLOURS.findall(bytes(app.output)):
        body = sequence[2:-1].decode()
        found.update(re.findall(r"38;[25];[0-9;]+|\b[34][0-7]\b|\b9[0-7]\b", body))
    return found - {"39", "49"}


def test_colours_follow_the_terminal_and_the_person():
    with World() as world:
        world.say("4915112345678", MARIA, "Hello!")
        usual = world.app()
        usual.wait(MARIA)
        usual.wait_until(lambda: colours(usual), "a colour")
        usual.rest(0.3)
        assert not any(c.startswith("38;2") for c in colours(usual))
        none = world.app(env={"NO_COLOR": "1"})
        none.wait(MARIA)
        none.rest(0.3)
        assert not colours(none), colours(none)
        assert b"\x1b]11;?" not in none.output, "asks for a colour that is not used"
        # What the config says stands above NO_COLOR.
        configure(world, 'colors = "256"')
        said = world.app(env={"NO_COLOR": "1"})
        said.wait(MARIA)
        said.wait_until(lambda: colours(said), "a colour")


def test_a_light_background_is_heard_of():
    with World() as world:
        world.say("4915112345678", MARIA, "Hello!")
        app = world.app()
        app.wait(MARIA)
        assert b"\x1b]11;?" in app.output
        app.wait_silent(0.3)
        before = colours(app)
        app.send(LIGHT)
        app.wait_until(lambda: any(c.startswith("38;5") for c in colours(app) - before),
                       "the colours for a light background")
        assert "rgb" not in app.text()


def test_a_theme_of_ones_own_in_true_colour():
    with World() as world:
        configure(world, '[[theme]]\nname = "reef"\naccent = "#123456"\n\n[app]\ntheme = "reef"')
        world.say("4915112345678", MARIA, "Hello!")
        app = world.app(env={"COLORTERM": "truecolor"})
        app.wait(MARIA)
        app.wait_until(lambda: "38;2;18;52;86" in colours(app), "the theme's colour")
        # Another, chosen by its picker, is remembered.
        app.send(":theme\r")
        app.wait("Colour theme")
        app.send("vivid\r")
        app.wait("Theme: vivid")
        app.wait_until(lambda: "38;2;255;135;215" in colours(app), "the other theme's colour")
        app.send("q")
        app.ended_with()
        again = world.app(env={"COLORTERM": "truecolor"})
        again.wait(MARIA)
        again.wait_until(lambda: "38;2;255;135;215" in colours(again), "the other theme's colour")
        again.rest(0.3)
        assert "38;2;18;52;86" not in colours(again), colours(again)


def test_a_wrong_theme_is_one_line():
    with World() as world:
        configure(world, '[[theme]]\nname = "reef"\naccent = "sea green"\n\n[app]\ntheme = "rief"')
        _, error = world.inbox("lead", "list", status=78)
        assert len(error.splitlines()) == 2, error
        assert "theme.accent" in error and "must be colours and attributes" in error, error
        assert 'app.theme: is "rief"; must be terminal' in error, error


def test_runs_on_many_terminals():
    with World() as world:
        world.say("4915112345678", MARIA, "Hello!")
        for term in ("xterm", "screen-256color", "tmux-256color", "linux", "vt100"):
            app = world.app(env={"TERM": term})
            app.wait(MARIA)
            app.send("\r")
            app.wait("Write to Maria")
            app.rest(0.3)
            if term in ("linux", "vt100"):
                for alien in (b"\x1b]", b"?2004h", b"?1004h", b"?1006h", b"?2026h"):
                    assert alien not in app.output, f"{term}: {alien}"
            app.offer_quit()
            app.send("y")
            assert app.ended_with() == 0, term


def test_a_console_without_emoji_reads_their_names():
    with World() as world:
        world.say("4915112345678", MARIA, "Bis morgen \U0001f4aa\U0001f3fd!")
        app = world.app(env={"TERM": "linux"})
        app.wait(":flexed_")
        app.send("\r")
        app.wait("Bis morgen :flexed_biceps:!")


def test_copy_reaches_the_terminal_and_tmux():
    with World() as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait("trial class on Friday")
        app.send("ym")
        app.wait("Copied the message")
        app.wait_until(lambda: re.search(rb"\x1b\]52;c;[^\x07]*\x07", app.output), "OSC 52")
        code = app.output.split(b"\x1b]52;c;")[1].split(b"\x07")[0]
        assert base64.b64decode(code).decode() == "Is there a trial class on Friday?"
        socket = os.path.join(world.folder, "copy.sock")

        def tmux(*arguments):
            return subprocess.run(["tmux", "-S", socket, "-f", "/dev/null", *arguments],
                                  env=world.env, capture_output=True, text=True, timeout=ANSWER).stdout

        tmux("new-session", "-d", "-x", "100", "-y", "30", "-s", "copy",
             f"{os.path.abspath(program('inbox'))} --as {EMAIL}")
        try:
            shown = lambda: tmux("capture-pane", "-p", "-t", "copy")
            until(lambda: MARIA in shown(), "the list", pause=0.2)
            tmux("send-keys", "-t", "copy", "Enter")
            until(lambda: "Write to Maria" in shown(), "the chat", pause=0.2)
            tmux("send-keys", "-t", "copy", "ym")
            until(lambda: "trial class on Friday?" in tmux("show-buffer"), "tmux's buffer", pause=0.2)
        finally:
            tmux("kill-server")


def test_who_looks_elsewhere_is_told_without_words():
    with World() as world:
        configure(world, 'notify = "osc9"')
        app = world.app_with_lead()
        # The help is there: what was sent in front of its key has been heard of.
        app.send("\x1b[O?")
        app.wait("Help")
        app.send("\x1b")
        app.wait_gone("Help")
        mark = len(app.output)
        world.say("4915187654321", "Tom Becker", "A secret question")
        app.wait("Tom Becker")
        app.wait_until(lambda: b"\x1b]9;1 new message" in app.output[mark:], "OSC 9")
        app.wait_until(lambda: b"\x1b]2;(1) Inbox" in app.output[mark:], "the title's count")
        for sequence in re.findall(rb"\x1b\][^\x07]*\x07", bytes(app.output[mark:])):
            assert b"secret" not in sequence and b"Tom" not in sequence, sequence
        app.send("\x1b[I")
        app.wait_until(lambda: app.output.rstrip().rfind(b"\x1b]2;Inbox") > mark,
                       "the title without a count")


def test_what_terminals_send_by_themselves_is_never_typed():
    with World() as world:
        app = world.app_with_lead()
        app.send("\rr")
        app.wait("· WhatsApp ━")
        for noise in ("\x1b[13;5u", "\x1b[27;5;13~", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[?62;22c",
                      "\x1b[24~", "\x1b[1;6D", "\x1bOA", "\x1b[A", "\x1b[M !!", "\x1bP1$r0m\x1b\\", "\x13"):
            app.send(noise)
        app.paste("first line\rsecond\x1b[2J line")
        app.wait("second")
        app.send(" end")
        app.wait(r"second.* line end")
        text = app.text()
        for alien in ("5u", "27;5", "rgb", "62;22", "24~", "1;6D", "0m", "!!"):
            assert alien not in text, f"{alien}:\n{text}"
        assert world.sent() == [], "a pasted line break sends nothing"
        # Both forms of the arrows move, whatever terminfo names.
        app.leave_composer()
        app.send("1")
        app.send("\x1bOB\x1b[B\x1bOA\x1b[A")
        app.wait("Maria Lopez")


def test_mouse_drags_the_border_and_can_be_off():
    with World() as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait("trial class on Friday")
        border = lambda: app.screen.display[10].find("│")
        app.wait_until(lambda: border() == 32, "the border")
        app.send("\x1b[<0;33;11M\x1b[<32;44;11M\x1b[<0;44;11m")
        app.wait_until(lambda: border() == 43, "the border follows")
        app.send("%")
        app.wait("MOUSE OFF")
        app.wait_until(lambda: b"\x1b[?1002l" in app.output, "mouse mode off")
        app.send("1q")
        app.ended_with()
        again = world.app()
        again.wait(MARIA)
        again.wait("MOUSE OFF")
        again.send("\r")
        again.wait("trial class on Friday")
        again.wait_until(lambda: again.screen.display[10].find("│") == 43, "the border's place")


def test_a_terminal_that_stops_reading_ends_it():
    with World() as world:
        app = world.app_with_lead()
        app.send("\rr")
        app.wait("· WhatsApp ━")
        app.send("Half a thought")
        app.wait("Half a thought")
        until(lambda: world.draft() == "Half a thought", "the draft is stored")
        # Nobody reads any more; repaints fill the line until the program must drop frames.
        for _ in range(400):
            os.write(app.fd, b"\x0c")
        begun = time.monotonic()
        app.kill(signal.SIGTERM)
        assert app.ended_with(reading=False) == 143
        in_time(begun, 15)
        assert world.draft() == "Half a thought"


def test_a_lost_line_keeps_what_was_typed():
    for end in ("hangup", "terminate"):
        with World() as world:
            app = world.app_with_lead()
            app.send("\rr")
            app.wait("· WhatsApp ━")
            app.send("Typed just now")
            app.wait("Typed just now")  # and not yet 300 ms ago
            if end == "hangup":
                app.hang_up()
            else:
                app.kill(signal.SIGTERM)
            app.ended_with()
            assert world.draft() == "Typed just now", end


def test_a_crash_gives_the_terminal_back_and_says_so():
    for number in (signal.SIGSEGV, signal.SIGABRT):
        with World() as world:
            app = world.app_with_lead()
            flags = app.modes()[3]
            app.kill(number)
            # The backtracer's question at its end waits half a minute for a key; nobody is asked.
            assert app.ended_with() == -number
            if b"Backtrace took" in app.output:
                assert b"Program crashed" in app.output and b"Terminal.run" in app.output
            for mode in (b"?1049l", b"?2004l", b"?1004l", b"?1002l"):
                assert app.output.rfind(b"\x1b[" + mode) > app.output.rfind(MARIA.encode()), mode
            assert app.modes()[3] != flags, "the line is still raw"
            with open(os.path.join(world.data, "log", "inbox.log")) as file:
                assert "crashed" in file.read()


def test_the_log_says_why_it_ended():
    for number, word in ((signal.SIGTERM, "terminated"), (signal.SIGHUP, "hangup")):
        with World() as world:
            app = world.app_with_lead()
            app.kill(number)
            app.ended_with()
            with open(os.path.join(world.data, "log", "inbox.log")) as file:
                assert f"leaving: {word}" in file.read()


# --- Plain lines ---


def test_plain_mode_does_the_main_job():
    with World() as world:
        world.say("4915112345678", MARIA, "Is there a trial \x1b[2Jclass on Friday? \U0001f64f")
        with open(os.path.join(world.folder, "opener.log"), "w") as log:
            worker = subprocess.Popen([program("inbox"), "worker"], env=world.env, stdout=log,
                                      stderr=log)
        world.processes.append(worker)
        until(lambda: world.json("lead", "list"), "the lead is there")
        out, _ = world.inbox("--plain", "--as", EMAIL, text="\n".join((
            "list", "1", "reply Yes, at six!", "stage", "2", "assign me", "note Knee injury",
            "stage lost", "Too far away", "undo", "nonsense", "stage banana", "stage", "zebra",
            "list unassigned", "stage", "quit", "")))
        assert out.startswith("Plain mode is on."), out
        assert "1. Maria Lopez, WhatsApp, New, waiting for" in out, out
        assert re.search(r"Customer, \d\d:\d\d: Is there a trial .*class on Friday\?", out), out
        for words in ("Queued to be sent to Maria Lopez.", "Moved to Contacted: Maria Lopez.",
                      "Assigned to Ada: Maria Lopez.", "Note added: Maria Lopez.", "Why?",
                      "Moved to Lost: Maria Lopez.", "Undone: stage change · Maria Lopez.",
                      "There is no command nonsense",
                      "There is no stage banana. stage lists them.",
                      "There is no stage zebra. A number from 1 to", "No leads here.", "Goodbye."):
            assert words in out, f"{words}:\n{out}"
        for alien in ("\x1b", "│", "─", "\r"):
            assert alien not in out, repr(alien)
        until(lambda: world.sent(), "the reply reaches the provider")
        assert "Yes, at six!" in str(world.sent()[0]["body"])
        [lead] = world.json("lead", "list")
        assert lead["owner"] == EMAIL and lead["stage"] == "Contacted", lead


def plain(world, **env):
    """Plain mode in a terminal, with Maria's lead open."""
    shell = world.app("--plain", "--as", EMAIL, env=env)
    shell.wait("Signed in as Ada")
    world.say("4915112345678", MARIA, "Is there a trial class on Friday?")
    until(lambda: world.json("lead", "list"), "the lead is there")
    type_line(shell, "list")
    shell.wait("1. Maria")
    type_line(shell, "1")
    shell.wait("Customer, ")
    return shell


def type_line(shell, line):
    """Types at the next prompt, or ends what stands there, and waits for the prompt after it."""
    asked = lambda: re.search(rb"> (\x1b\[\?2004h)?$", bytes(shell.output[-20:]))
    if line:
        shell.wait_until(asked, f"a prompt for {line!r}")
    before = len(shell.output)
    shell.send(line + "\r")
    shell.wait_until(lambda: len(shell.output) > before and asked() or shell.ended,
                     f"the prompt after {line!r}")


def at_once(shell, lines):
    """As a paste comes, also on a slow machine: all is echoed before the program goes on."""
    mark = len(shell.output)
    shell.kill(signal.SIGSTOP)
    shell.send(lines)
    last = lines.split("\r")[-1].encode()
    shell.wait_until(lambda: shell.output[mark:].endswith(last), "the echo")
    shell.kill(signal.SIGCONT)


def test_what_is_pasted_in_plain_mode_is_one_text():
    with World() as world:
        shell = plain(world)
        assert b"\x1b[?2004h" in shell.output
        # At the command line nothing of it runs.
        shell.paste("stage won\rassign me\r")
        type_line(shell, "")
        shell.wait("2 lines came at once, as a paste does: nothing was run")
        type_line(shell, "reply")
        shell.paste("Yes!\r\rFriday at six.\rstage won\r")
        shell.rest(0.3)
        assert world.sent() == []
        type_line(shell, "")
        shell.wait("Queued to be sent|Sending 4 lines")
        until(lambda: world.sent(), "the reply reaches the provider")
        assert world.sent()[0]["body"]["text"]["body"] == "Yes!\n\nFriday at six.\nstage won"
        # Behind a word that was typed, too.
        shell.send("note ")
        shell.paste("one\rtwo")
        type_line(shell, "")
        shell.wait("Note added")
        [lead] = world.json("lead", "list")
        assert lead["stage"] == "New" and not lead.get("owner"), lead
        type_line(shell, "quit")
        assert shell.ended_with() == 0
        last = max(shell.output.rfind(b"\x1b[?2004h"), 0)
        assert shell.output.rfind(b"\x1b[?2004l") > last


def test_plain_mode_guesses_a_paste_where_terminals_dont_say():
    with World() as world:
        shell = plain(world, TERM="vt100")
        at_once(shell, "stage won\rassign me")
        shell.wait("2 lines came at once")
        type_line(shell, "reply")
        at_once(shell, "Yes!\rFriday at six.\rstage won")
        shell.wait("Send these 3 lines")
        type_line(shell, "stage won")
        shell.wait("y or n:\\n")
        assert world.sent() == []
        type_line(shell, "n")
        shell.wait("Not sent; it is kept as a draft")
        assert world.draft() == "Yes!\nFriday at six.\nstage won"
        # Another reply leaves it there.
        type_line(shell, "reply One moment")
        type_line(shell, "reply")
        shell.wait("You have a draft")
        type_line(shell, ".")
        until(lambda: len(world.sent()) == 2, "the replies reach the provider")
        assert world.sent()[1]["body"]["text"]["body"] == "Yes!\nFriday at six.\nstage won"
        assert world.draft() is None
        [lead] = world.json("lead", "list")
        assert lead["stage"] == "New" and not lead.get("owner"), lead
        type_line(shell, "quit")
        assert b"\x1b" not in shell.output and shell.ended_with() == 0


def test_plain_mode_writes_several_lines():
    with World() as world:
        shell = plain(world)
        type_line(shell, "reply")
        for line in ("Yes!\\", "\\", "Friday at six."):
            type_line(shell, line)
        until(lambda: world.sent(), "the reply reaches the provider")
        assert world.sent()[0]["body"]["text"]["body"] == "Yes!\n\nFriday at six."


def test_a_number_behind_reply_is_asked_about():
    with World(undo_seconds=60) as world:
        shell = plain(world)
        type_line(shell, "reply 1")
        shell.wait("Reply to Maria Lopez with “1”")
        type_line(shell, "list")
        shell.wait("y or n:\\n")
        type_line(shell, "n")
        shell.wait("Nothing done")
        assert world.status_of("1") is None and world.draft() is None
        type_line(shell, "reply 1")
        type_line(shell, "y")
        shell.wait("Sending to Maria Lopez in 60 seconds")
        assert world.status_of("1") == "queued"
        # No lead has that number.
        type_line(shell, "reply 20")
        shell.wait_until(lambda: shell.output.count(b"Sending to Maria Lopez") == 2, "it goes")


def test_plain_mode_undoes_in_order():
    with World(undo_seconds=60) as world:
        shell = plain(world)
        for line in ("reply test", "assign me", "undo", "undo"):
            type_line(shell, line)
        shell.wait("Undone: assignment")
        shell.wait("Called back, it was not sent to Maria Lopez and is a draft: test")
        assert world.status_of("test") is None or world.status_of("test") != "queued"
        type_line(shell, "undo")
        shell.wait("nothing to undo")


def test_ctrl_c_leaves_the_question_and_then_plain_mode():
    with World() as world:
        shell = plain(world)
        type_line(shell, "reply")
        type_line(shell, "Yes,\\")
        shell.send("at si")
        shell.wait("at si$")
        before = shell.output.count(b"> ")
        shell.send("\x03")
        shell.wait("Cancelled. What you wrote is kept as a draft")
        shell.wait_until(lambda: shell.output.count(b"> ") > before, "the prompt")
        assert world.draft() == "Yes,\nat si"
        # Twice within two seconds: again when the machine took longer.
        while not shell.ended:
            before = shell.output.count(b"> ")
            shell.send("\x03")
            shell.wait_until(lambda: shell.output.count(b"> ") > before or shell.ended, "the prompt")
        assert shell.ended_with() == 0
        assert "Goodbye" in shell.text()
        assert world.sent() == []
        # Ctrl-D too.
        shell = plain(world)
        shell.send("\x04")
        assert shell.ended_with() == 0


def test_plain_mode_ends_in_order_and_keeps_what_was_typed():
    for number in (signal.SIGTERM, signal.SIGHUP):
        with World() as world:
            shell = plain(world)
            type_line(shell, "reply")
            shell.send("Half a thought")
            shell.wait("Half a thought")
            shell.kill(number)
            assert shell.ended_with() == 128 + number
            assert world.draft() == "Half a thought"
            assert shell.output.rfind(b"\x1b[?2004l") > shell.output.rfind(b"\x1b[?2004h")
    with World() as world:
        shell = plain(world)
        type_line(shell, "reply")
        type_line(shell, "Half a\\")
        shell.hang_up()
        assert shell.ended_with(reading=False) == 129
        assert world.draft() == "Half a"
    with World() as world:
        shell = plain(world)
        type_line(shell, "note")
        shell.send("Knee trouble")
        shell.wait("Knee trouble")
        shell.kill(signal.SIGTERM)
        assert shell.ended_with() == 143
        shell = plain(world)
        type_line(shell, "note")
        shell.wait("You have begun a note")
        type_line(shell, ".")
        shell.wait("Note added")
        assert world.draft() is None
        assert world.stored("SELECT text FROM note") == [("Knee trouble",)]
        assert world.stored("SELECT * FROM note_draft") == []


def test_plain_mode_ends_where_nobody_reads():
    with World() as world:
        shell = plain(world)
        # Known to mark pastes, so that what follows was typed ahead.
        shell.paste("help")
        type_line(shell, "")
        os.write(shell.fd, b"help\r" * 400)
        until(lambda: all(sleeps_in_write(shell.pid) for _ in range(20)),
              "the terminal takes no more")
        shell.kill(signal.SIGTERM)
        assert shell.ended_with(reading=False) == 143


def sleeps_in_write(pid):
    time.sleep(0.02)
    with open(f"/proc/{pid}/syscall") as file:
        return file.read().split()[:2] == ["1", "0x1"]


def test_plain_mode_by_the_environment():
    with World() as world:
        shell = world.app(env={"INBOX_PLAIN": "1"})
        shell.wait("Plain mode is on")
        shell.wait("^>")
        shell.send("quit\r")
        assert shell.ended_with() == 0
        screen = world.app(env={"INBOX_PLAIN": ""})
        screen.wait("Nobody is waiting|No leads|Inbox")
        assert b"\x1b[?1049h" in screen.output


def test_plain_mode_asks_who_it_is():
    with World() as world:
        shell = App([program("inbox"), "--plain"], {**world.env, "TERM": "dumb"})
        world.apps.append(shell)
        shell.wait("Plain mode is on")
        shell.wait("E-mail")
        shell.send(EMAIL + "\r")
        shell.wait("Password")
        shell.send(PASSWORD + "\r")
        shell.wait("Signed in as Ada")
        shell.send("list\r")
        shell.wait("No leads here")
        shell.send("quit\r")
        assert shell.ended_with() == 0
        assert PASSWORD.encode() not in shell.output and b"\x1b" not in shell.output


# --- Files ---


def test_export_runs_nothing_in_a_spreadsheet():
    with World() as world:
        world.say("4915112345678", "=HYPERLINK(\"http://x\")", "=1+1, \"quoted\"\nand more")
        world.inbox("worker", "--once")
        until(lambda: world.inbox("worker", "--once") and world.json("lead", "list"), "the lead")
        path = os.path.join(world.folder, "leads.csv")
        world.inbox("export", "leads", "--csv", path)
        with open(path, newline="") as file:
            [lead] = list(csv.DictReader(file))
        assert lead["name"].startswith("'=HYPERLINK"), lead
        assert lead["phone"] == "+4915112345678", lead
        assert os.stat(path).st_mode & 0o777 == 0o600
        out, _ = world.inbox("export", "messages", "--csv", "-")
        [message] = list(csv.DictReader(out.splitlines(keepends=True)))
        assert message["text"] == "'=1+1, \"quoted\"\nand more", message
        assert message["lead"] == lead["id"], message
        out, _ = world.inbox("export", "activity", "--csv", "-")
        assert out.startswith("id,lead,at,actor,verb,before,after"), out
        world.inbox("export", "leads", "--csv", "/no/such/place.csv", status=1)
