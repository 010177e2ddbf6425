# The built programs as a person meets them: relay, simulator and app, keys in, screen out.
import itertools
import os
import re
import signal
import subprocess
import time

from harness import in_time
from world import ANSWER, EMAIL, PASSWORD, App, World, program, until

MARIA = "Maria Lopez"
LEAVE = (b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[?1006l", b"\x1b[?1004l")


def test_login_by_typing():
    with World() as world:
        world.say("4915112345678", MARIA, "Hello!")
        app = world.app("--config", world.env["INBOX_CONFIG"])
        app.wait(r"(?i)e-?mail")
        app.send(EMAIL + "\t" + "wrong password" + "\r")
        app.wait(r"(?i)don't match|wrong")
        assert "wrong password" not in app.text(), "a password on the screen"
        app.send("\x15" + PASSWORD + "\r")
        app.wait(MARIA)
        assert PASSWORD.encode() not in app.output, "a password in the output"


def test_webhook_slides_in_and_reply_leaves():
    with World() as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("Yes, at six. See you there!")
        app.wait(r"Yes, at six\. See you there!")
        app.send("\r")
        until(lambda: world.sent(), "the reply reaches the provider")
        [sent] = world.sent()
        assert "Yes, at six. See you there!" in str(sent["body"]), sent
        app.wait(r"✓")
        # A second message of hers comes in by itself.
        world.say("4915112345678", MARIA, "Great, thanks!")
        app.wait(r"Great, thanks!")


def test_undo_calls_a_reply_back():
    with World(undo_seconds=60) as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("Too hasty\r")
        app.wait(r"(?i)undo")
        app.leave_composer()
        app.send("u")
        app.wait(r"✎ Draft: Too hasty")
        assert not [m for m in world.json("message", "list", "--lead", "1")
                    if m["direction"] == "out" and m["status"] == "queued"]
        assert world.sent() == []


def test_what_is_called_back_is_in_the_draft_once():
    with World(undo_seconds=60) as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("First thing\r")
        app.wait(r"sending in")
        app.send("Second thing\r")
        until(lambda: world.queued() == 2, "both are queued")
        app.leave_composer()
        for count in (1, 0):
            app.send("u")
            until(lambda: world.queued() == count, "one is called back")
            app.wait(r"✎ Draft: .*thing" if count else r"✎ Draft: .*thing.*thing")
            # What the store says of the draft has come by then.
            app.rest(0.5)
        for draft in (app.wait(r"✎ Draft: (.*?)\s*(│|$)").group(1), world.draft()):
            assert draft.count("First thing") == 1, draft
            assert draft.count("Second thing") == 1, draft


def test_resize_keeps_the_lead():
    with World() as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        for size in ((80, 24), (46, 19), (20, 8), (120, 40)):
            app.resize(*size)
            mark = len(app.output)
            app.wait_until(lambda: b"Maria" in app.output[mark:] and "Maria" in app.text(), str(size))


def test_quit_restores_the_terminal():
    with World() as world:
        line = f"stty -a >before; {program('inbox')} --as {EMAIL}; echo left $?; stty -a >after"
        app = App(["/bin/sh", "-c", f"cd {world.folder}; {line}"], world.env)
        world.apps.append(app)
        world.say("4915112345678", MARIA, "Hello!")
        app.wait(MARIA)
        app.send("q")
        app.wait(r"left 0")
        app.ended_with()
        for mode in LEAVE:
            on = mode[:-1] + b"h"
            if on in app.output:
                assert app.output.rfind(mode) > app.output.rfind(on), f"{mode} is left on"
        assert app.output.rfind(b"\x1b[?25h") >= app.output.rfind(b"\x1b[?25l"), "no cursor"
        with open(os.path.join(world.folder, "before")) as before:
            with open(os.path.join(world.folder, "after")) as after:
                assert before.read() == after.read(), "stty changed"


def test_hangup_ends_it():
    with World() as world:
        app = world.app_with_lead()
        app.hang_up()
        assert app.ended_with() in (129, -signal.SIGHUP)


def test_terminate_ends_it_and_restores():
    with World() as world:
        app = world.app_with_lead()
        app.kill(signal.SIGTERM)
        assert app.ended_with() in (143, -signal.SIGTERM)
        assert app.output.rfind(b"\x1b[?1049l") > app.output.rfind(b"\x1b[?1049h")


def test_dumb_terminal_is_refused():
    with World() as world:
        app = world.app(env={"TERM": "dumb"})
        assert app.ended_with() == 69
        lines = [line for line in app.text().splitlines() if line.strip()]
        assert "lead" in " ".join(lines), lines
        assert b"\x1b" not in app.output, "escape sequences on a dumb terminal"


def test_no_terminal_is_refused():
    with World() as world:
        out, err = world.inbox("--as", EMAIL, status=69)
        assert out == "" and len(err.strip().splitlines()) == 1, (out, err)


def test_no_user_leads_to_setup():
    with World(user=False) as world:
        app = world.app("--config", world.env["INBOX_CONFIG"])
        app.wait(r"(?i)set.?up|first|welcome")
        app.wait(r"(?i)password")


def test_kill_keeps_draft_and_store():
    with World() as world:
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("Half a thought")
        app.wait(r"Half a thought")
        until(lambda: world.draft() == "Half a thought", "the draft is kept")
        app.kill(signal.SIGKILL)
        app.ended_with()
        assert world.stored("PRAGMA integrity_check") == [("ok",)]
        assert world.stored("SELECT text FROM draft") == [("Half a thought",)]
        again = world.app()
        again.wait(MARIA)
        again.send("\r")
        again.wait(r"Half a thought")
        assert world.sent() == []


def test_a_note_outlives_the_line():
    with World() as world:
        app = world.app_with_lead()
        app.send("c")
        app.wait(r"Note about")
        app.send("Knee trouble, no jumps")
        app.wait(r"Knee trouble, no jumps")
        app.hang_up()
        assert app.ended_with() in (129, -signal.SIGHUP)
        again = world.app()
        again.wait(MARIA)
        again.send("c")
        again.wait(r"Knee trouble, no jumps")
        again.send(" yet\r")
        again.wait(r"Note added")
        assert world.stored("SELECT text FROM note") == [("Knee trouble, no jumps yet",)]
        assert world.stored("SELECT * FROM note_draft") == []
        assert world.sent() == [], "a note is nothing for customers"


def test_a_template_outlives_the_line():
    with World() as world:
        app = world.app_with_lead()
        app.send("gtn")
        app.wait(r"New saved reply")
        app.send("Parking\tBehind the house")
        app.wait(r"Behind the house")
        app.hang_up()
        assert app.ended_with() in (129, -signal.SIGHUP)
        again = world.app()
        again.wait(MARIA)
        again.send("gtn")
        again.wait(r"Behind the house")
        again.send("\t\r")
        again.wait(r"Parking.*added|added.*Parking")


def test_a_reason_outlives_a_kill():
    with World() as world:
        app = world.app_with_lead()
        app.send("slost\r")
        app.wait(r"Lost: why\?")
        app.send("moved to Ulm")
        app.wait_until(lambda: any("moved to Ulm" in row[0] for row in world.stored(
            "SELECT text FROM form_draft")), "it is kept")
        app.kill(signal.SIGKILL)
        assert app.ended_with() == -signal.SIGKILL
        again = world.app()
        again.wait(MARIA)
        again.send("slost\r")
        again.wait(r"moved to Ulm")
        again.send("\r")
        again.wait_until(lambda: world.stored("SELECT close_reason FROM lead") == [("moved to Ulm",)],
                         "the lead is lost for that reason")
        again.wait_until(lambda: world.stored("SELECT * FROM form_draft") == [], "it is answered")


def test_nothing_is_kept_of_who_was_erased_while_one_noted():
    with World() as world:
        app = world.app_with_lead()
        app.send("c")
        app.wait(r"Note about")
        app.send("Knee trouble")
        app.wait(r"Knee trouble")
        world.inbox("lead", "erase", "1", "--yes")
        app.send("\r")
        app.wait(r"merged or erased meanwhile")
        assert "is kept" not in app.text(), app.text()
        assert world.stored("SELECT * FROM note_draft") == []
        assert world.stored("SELECT * FROM note") == []


def test_who_is_merged_while_one_writes():
    with World() as world:
        app = world.app_with_lead()
        world.say("4915187654321", "Tom Becker", "What does it cost?")
        app.wait("Tom Becker")
        app.compose()
        name = app.wait(r"Reply to (Maria Lopez|Tom Becker) ").group(1)
        writing = 1 if name == MARIA else 2
        app.send("We")
        until(lambda: world.draft() == "We", "the draft is kept")
        world.inbox("lead", "merge", str(writing), str(3 - writing))
        # Letters that would be commands in the list: assign to me, no reply needed, next waiting.
        app.send(" Ae are open]")
        app.wait(r"was merged")
        leads = world.json("lead", "list")
        assert len(leads) == 1 and leads[0]["waiting_since"] and not leads[0]["owner"], leads
        app.send("\r")
        app.wait(r"Reply to .*\n.*│ We")
        app.send(" are open\r")
        until(lambda: world.sent(), "the reply leaves")
        assert "are open" in str(world.sent()[0]["body"]) and "We" in str(world.sent()[0]["body"])


def test_one_person_in_two_terminals():
    with World(undo_seconds=60) as world:
        here = world.app_with_lead()
        there = world.app()
        for app in (here, there):
            app.wait(MARIA)
            app.compose()
            app.wait(r"trial class on Friday")
        here.send("Yes, at")
        there.wait(r"Yes, at")
        there.send(" six")
        here.wait(r"Yes, at six")
        # Both at once, faster than either can be told: nothing is lost.
        here.send(" sharp")
        there.send(" pm")
        for app in (here, there):
            app.wait(r"sharp[\s\S]*pm|pm[\s\S]*sharp")
        here.send("\r")
        there.wait(r"Sent or cleared in another terminal")
        there.send("\r")
        there.rest(0.5)
        queued = [m for m in world.json("message", "list", "--lead", "1")
                  if m["direction"] == "out"]
        assert len(queued) == 1 and "sharp" in queued[0]["text"] and "pm" in queued[0]["text"], queued


def test_two_screens_agree():
    with World() as world:
        first = world.app_with_lead()
        second = world.app()
        second.wait(MARIA)
        world.say("4915187654321", "Tom Becker", "What does it cost?")
        first.wait("Tom Becker")
        second.wait("Tom Becker")
        world.inbox("lead", "stage", "1", "Interested")
        for screen in (first, second):
            screen.wait("Interested")


def test_idle_prints_nothing():
    with World() as world:
        app = world.app_with_lead()
        # Ages step once a minute at most; the first windows may still belong to the start.
        windows = []
        while len(windows) < 10:
            windows.append(app.rest(3))
            if windows[-1] == 0:
                return
        raise AssertionError(f"bytes in idle windows of 3 s: {windows}")


def test_inside_tmux():
    with World() as world:
        socket = os.path.join(world.folder, "tmux.sock")

        def tmux(*arguments):
            done = subprocess.run(["tmux", "-S", socket, "-f", "/dev/null", *arguments],
                                  env=world.env, capture_output=True, text=True, timeout=ANSWER)
            assert done.returncode == 0, done.stderr
            return done.stdout

        world.say("4915112345678", MARIA, "Hello from tmux")
        tmux("new-session", "-d", "-x", "120", "-y", "40", "-s", "inbox",
             f"{program('inbox')} --as {EMAIL}; echo left $?; exec cat")
        try:
            shown = lambda: tmux("capture-pane", "-p", "-t", "inbox")
            until(lambda: MARIA in shown(), "the list in tmux", pause=0.2)
            assert tmux("display", "-p", "-t", "inbox", "#{alternate_on}").strip() == "1"
            tmux("resize-window", "-t", "inbox", "-x", "60", "-y", "20")
            until(lambda: MARIA in shown(), "the list after a resize", pause=0.2)
            tmux("send-keys", "-t", "inbox", "q")
            until(lambda: "left 0" in shown(), "it leaves", pause=0.2)
            assert tmux("display", "-p", "-t", "inbox", "#{alternate_on}").strip() == "0"
        finally:
            tmux("kill-server")


def test_demo_opens_and_stops_what_it_started():
    with World(user=False) as world:
        data = os.path.join(world.folder, "demo")
        env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        app = App([program("inbox"), "demo", "--data", data, "--seed", "1"], env)
        world.apps.append(app)
        login = app.wait(r"(\S+@\S+)\s+password: (\S+)\n.*password: \S")
        app.send(f"{login.group(1)}\t{login.group(2)}\r")
        app.wait(r"Open · \d")
        started = children(app.pid)
        assert any("inbox-relay" in name for name in started.values()), started
        assert any("inbox-sim" in name for name in started.values()), started
        app.send("q")
        app.ended_with()
        left = {pid for pid in started if os.path.exists(f"/proc/{pid}")}
        assert not left, f"still running: {left}"


def children(pid):
    """The process's children: pid -> command line."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as stat, open(f"/proc/{entry}/cmdline") as line:
                if int(re.sub(r".*\) ", "", stat.read()).split()[1]) == pid:
                    found[int(entry)] = line.read().replace("\0", " ")
        except (OSError, ValueError):
            continue
    return found


def reply_slowly(world, app, text):
    """Sends while the provider takes seconds to answer; the text whose post was seen under way."""
    app.send("\r")
    app.compose()
    for delay in itertools.count(1500, 500):
        tried = f"{text} {delay}"
        world.fault(match="/messages", delay_ms=min(delay, 4000), times=1)
        app.send(tried + "\r")
        left = lambda: world.status_of(tried) not in (None, "queued") and world.status_of(tried)
        if until(left, "the post is under way", pause=0.02) == "sending":
            return tried


def was_waited_for(world, text, begun):
    """The post has its answer, or five seconds to get one."""
    status = world.status_of(text)
    assert status in ("sent", "delivered", "read") or time.monotonic() - begun > 5, f"{text}: {status}"


def test_leaving_waits_for_a_post_under_way():
    for name, leave in (
        ("quit", lambda app: app.send("y")),
        ("hangup", lambda app: os.kill(app.pid, signal.SIGHUP)),
        ("terminate", lambda app: os.kill(app.pid, signal.SIGTERM)),
    ):
        with World() as world:
            app = world.app_with_lead()
            text = reply_slowly(world, app, f"before {name}")
            if name == "quit":
                app.offer_quit()
            begun = time.monotonic()
            leave(app)
            app.ended_with()
            was_waited_for(world, text, begun)


def test_suspending_hands_the_work_over():
    with World() as world:
        world.say("4915112345678", MARIA, "Is there a trial class on Friday?")
        # A shell with job control: without one the kernel ignores ^Z.
        shell = App(["bash", "--norc", "--noprofile", "-i"], {**world.env, "PS1": "shell$ "})
        world.apps.append(shell)
        shell.wait(r"shell\$")
        shell.send(f"{os.path.abspath(program('inbox'))} --as {EMAIL}\r")
        shell.wait(MARIA)
        second = world.app("--as", EMAIL)
        second.wait(MARIA)
        text = reply_slowly(world, shell, "before the shell")
        begun = time.monotonic()
        shell.send("\x1a")
        shell.wait(r"Stopped")
        was_waited_for(world, text, begun)
        # The one that is left takes the lease and goes on receiving.
        world.say("4915100000077", "Takeover Tess", "still there?")
        second.wait("Takeover Tess")
        shell.send("fg\r")
        shell.wait("Takeover Tess")


def test_a_killed_holder_is_followed():
    with World() as world:
        first = world.app_with_lead()
        second = world.app("--as", EMAIL)
        second.wait(MARIA)
        os.kill(first.pid, signal.SIGKILL)
        begun = time.monotonic()
        world.say("4915100000078", "Takeover Tom", "hello?")
        second.wait("Takeover Tom")
        in_time(begun, 6)


def test_search_opens_at_the_message():
    with World() as world:
        app = world.app_with_lead()
        world.say("4915187654321", "Tom Becker", "Do you have a sauna?")
        app.wait("Tom Becker")
        app.send("/saun")
        app.wait(r"Find in all leads · 1")
        app.send("\r")
        app.wait(r"Do you have a sauna\?")
        app.wait(r"Tom Becker · WhatsApp")
        [hit] = world.json("search", "sauna")
        assert hit["kind"] == "message" and hit["name"] == "Tom Becker", hit
        assert world.json("search", "0151 8765")[0]["kind"] == "phone"
        app.send("\x1b\x1b")
        app.wait(MARIA)


def test_colleagues_see_each_other_typing():
    with World() as world:
        first = world.app_with_lead()
        world.add_user("ben@example.org", "Ben")
        second = world.app("--as", "ben@example.org")
        second.wait(MARIA)
        for app in (first, second):
            app.send("\r")
            app.wait(r"trial class on Friday")
        second.compose()

        def typed_on():
            """It shows for six seconds after a key."""
            second.send(".")
            second.pump()
            first.rest(0.3)
            return "Ben is typing here" in first.text()

        until(typed_on, "Ben is seen typing")
        second.leave_composer()
        first.wait(r"Ben has a draft here")
        second.kill(signal.SIGKILL)
        second.ended_with()


def test_draft_in_the_own_editor():
    with World() as world:
        editor = os.path.join(world.folder, "editor")
        with open(editor, "w") as script:
            script.write("#!/bin/sh\nstat -c %a \"$1\" >> \"$1.mode\"; cp \"$1.mode\" \"$HOME/mode\"\n"
                         "rm \"$1.mode\"; echo 'and more' >> \"$1\"\n")
        os.chmod(editor, 0o700)
        world.env["EDITOR"] = editor
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("Hello")
        app.wait("Hello")
        app.send("\x18\x05")
        app.wait(r"and more")
        app.wait(r"trial class on Friday")
        with open(os.path.join(world.folder, "mode")) as mode:
            assert mode.read().strip() == "600"
        until(lambda: not [name for name in os.listdir(world.data) if name.startswith("draft-")],
              "its file is gone")
        assert world.sent() == []


def test_a_file_that_cannot_go_keeps_its_prompt():
    with World() as world:
        empty = os.path.join(world.folder, "empty.txt")
        plan = os.path.join(world.folder, "plan.txt")
        open(empty, "w").close()
        with open(plan, "w") as file:
            file.write("Yoga on Friday at six\n")
        app = world.app_with_lead()
        app.send("\r")
        app.wait(r"trial class on Friday")
        app.compose()
        app.send("Our plan")
        app.wait("Our plan")
        app.send("\x18a")
        app.wait(r"as its caption: “Our plan”")
        app.send("/nowhere.txt\r")
        app.wait(r"✗ /nowhere.txt: No such file")
        app.send("\x15" + world.folder + "\r")
        app.wait(r"is no file that can")
        app.send("\x15" + empty + "\r")
        app.wait(r"✗ empty.txt: The file is empty")
        app.send("\x15" + plan + "\r")
        app.wait_gone(r"Attach a file")
        until(lambda: world.sent(), "the file reaches the provider")
        assert "Our plan" in str([sent["body"] for sent in world.sent()])
        assert "nowhere" not in str(world.sent())
