# A morning at the front desk in tmux, from login to logout, with real relay, provider and store: what
# somebody does with the keys they see, in the order in which it comes.
import itertools
import os
import subprocess

from world import ANSWER, EMAIL, PASSWORD, World, program, until

PEOPLE = (
    ("4915100000001", "Nadia Rahimi", "Hi! Is the two-week trial still on?"),
    ("4915100000002", "Tom Becker", "What does the student plan cost?"),
    ("4915100000003", "Inés Valdés", "¿Tienen clases por la tarde? 🙌"),
)


class Desk:
    """The inbox inside tmux, as a colleague would see it over somebody's shoulder."""

    def __init__(self, world, columns=120, rows=40):
        self.world, self.socket = world, os.path.join(world.folder, "morning.sock")
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "-s", "desk",
                  f"{os.path.abspath(program('inbox'))}; echo left $?; exec cat")

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *arguments],
                              env=self.world.env, capture_output=True, text=True, timeout=ANSWER)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def text(self):
        return self.tmux("capture-pane", "-p", "-t", "desk")

    def sees(self, *words):
        for word in words:
            try:
                until(lambda: word in self.text(), word, pause=0.1)
            except AssertionError as error:
                raise AssertionError(f"{error}; the screen:\n{self.text()}") from None

    def misses(self, word):
        until(lambda: word not in self.text(), f"no {word}", pause=0.1)

    def types(self, text):
        self.tmux("send-keys", "-t", "desk", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", "-t", "desk", *keys)


def test_a_morning_from_login_to_logout():
    with World(undo_seconds=3) as world:
        for person in PEOPLE:
            world.say(*person)
        desk = Desk(world)
        try:
            morning(world, desk)
        except AssertionError as error:
            raise AssertionError(f"{error}; the screen:\n{desk.text()}") from error
        finally:
            desk.tmux("kill-server")


def slip(world, desk, text):
    """Sends what was not meant so and calls it back; how often a slow machine was too late for that."""
    for gone in itertools.count():
        desk.types(text)
        desk.press("Enter")
        until(lambda: world.status_of(text), "the slip is queued")
        desk.press("C-_")
        until(lambda: world.status_of(text) != "queued", "the slip is called back or gone")
        if world.status_of(text) in (None, "recalled"):
            desk.sees(f"│ {text}")  # in the composer; what is sent stands on the right
            return gone
        text = "Oh. " + text


def morning(world, desk):
    desk.sees("E-mail")
    desk.types(EMAIL)
    desk.press("Tab")
    desk.types(PASSWORD)
    desk.press("Enter")
    desk.sees("3 waiting", "Nadia Rahimi", "Inés Valdés")

    # The one who has waited longest is answered; a slip is called back and mended.
    desk.press("Enter")
    desk.sees("two-week trial still on")
    desk.types("r")
    desk.sees("TYPE")
    gone = slip(world, desk, "Hi Nadia, it si!")
    desk.press("BSpace", "BSpace", "BSpace")
    desk.types("is! Come by today.")
    desk.press("Enter")
    until(lambda: any("it is! Come by today." in str(sent["body"]) for sent in world.sent()),
          "the mended reply leaves, and only that")
    assert len(world.sent()) == gone + 1, world.sent()
    desk.sees("2 waiting")

    # On to the next: pasted text with a line break in it doesn't send by itself.
    desk.press("C-n")
    desk.sees("student plan cost")
    subprocess.run(["tmux", "-S", desk.socket, "set-buffer", "Students pay 29 €.\nBring your card."],
                   env=world.env, check=True, timeout=ANSWER)
    desk.tmux("paste-buffer", "-p", "-t", "desk")
    desk.sees("Bring your card.")
    assert len(world.sent()) == gone + 1
    desk.press("Enter")
    until(lambda: len(world.sent()) == gone + 2, "the second reply leaves")
    desk.press("Escape")
    desk.misses("TYPE")  # Esc and a letter at once would be one key

    # Whose lead it is, how far along, and what colleagues should know.
    desk.types("A")
    until(lambda: world.stored("SELECT owner_id FROM lead WHERE owner_id IS NOT NULL"), "an owner")
    desk.types("s")
    desk.sees("Stage of")
    desk.types("2")
    desk.misses("Stage of")
    desk.sees("Contacted")
    desk.types("c")
    desk.sees("Note about")
    desk.types("Studies sports, wants evenings")
    desk.press("Enter")
    until(lambda: world.stored("SELECT text FROM note"), "the note is there")
    desk.types("3")
    desk.sees("Studies sports, wants evenings", "Timeline")

    # A new message slides in; the window may be any size meanwhile.
    world.say("4915100000004", "Late Lena", "Are you open on Sunday?")
    desk.types("1")
    desk.sees("Late Lena")
    for columns, rows in ((46, 19), (20, 8), (160, 44), (120, 40)):
        desk.tmux("resize-window", "-t", "desk", "-x", str(columns), "-y", str(rows))
        desk.sees("Lena")

    # The numbers, the help, somebody else's view, and out.
    desk.types("4")
    desk.sees("Dashboard")
    desk.press("Escape")
    desk.types("?")
    desk.sees("Help")
    desk.press("Escape")
    desk.types(":logout")
    desk.press("Enter")
    desk.sees("E-mail")
    desk.misses("Nadia Rahimi")
    assert "desk" in desk.tmux("list-sessions")
    desk.press("C-c", "C-c")
    desk.sees("left 0")
    assert desk.tmux("display", "-p", "-t", "desk", "#{alternate_on}").strip() == "0"
    [lead] = [row for row in world.json("lead", "list") if row["name"] == "Tom Becker"]
    assert lead["owner"] == EMAIL and lead["stage"] == "Contacted", lead
