# Makes what the reference programs look at, once, under .build/bench: a maildir for neomutt, a git
# history for tig, a text for vim. Deterministic; called by bench/screen.py.
import os
import random
import subprocess
import time

NAMES = ("Ana", "Bruno", "Chloé", "Daniel", "Elif", "Fatima", "Giorgos", "Hana", "Ivan", "Jonas",
         "Kemal", "Lena", "Marta", "Noor", "Olga", "Paul", "Rosa", "Sven", "Tom", "Zoë")
WORDS = ("trial", "class", "morning", "price", "yoga", "boxing", "coach", "visit", "friday", "open",
         "member", "locker", "evening", "start", "offer", "group", "training", "times", "thanks")


def sentence(chance, length):
    return " ".join(chance.choice(WORDS) for _ in range(length))


def maildir(folder, mails):
    """A maildir of `mails` plain letters, all read, one a minute up to now."""
    done = os.path.join(folder, f".done-{mails}")
    if os.path.exists(done):
        return folder
    for part in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    chance = random.Random(7)
    newest = 1_750_000_000
    for number in range(mails):
        at = newest - (mails - number) * 60
        name = f"{chance.choice(NAMES)} {chance.choice(NAMES)}son"
        letter = (
            f"From: {name} <lead{number % 10000}@example.org>\n"
            f"To: Front desk <desk@example.org>\n"
            f"Subject: {sentence(chance, 5)}\n"
            f"Date: {time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime(at))}\n"
            f"Message-ID: <{number}@example.org>\n\n{sentence(chance, 24)}\n"
        )
        path = os.path.join(folder, "cur", f"{at}.{number}.bench:2,S")
        with open(path, "w", encoding="utf-8") as file:
            file.write(letter)
    open(done, "w").close()
    return folder


def history(folder, commits):
    """A git repository with `commits` commits on one branch."""
    done = os.path.join(folder, f".done-{commits}")
    if os.path.exists(done):
        return folder
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    chance = random.Random(7)
    stream = []
    for number in range(commits):
        subject = sentence(chance, 6).encode()
        content = sentence(chance, 30).encode() + b"\n"
        at = 1_750_000_000 - (commits - number) * 60
        stream.append(
            b"commit refs/heads/main\ncommitter %s <a@example.org> %d +0000\ndata %d\n%s\n"
            b"M 100644 inline file%d\ndata %d\n%s\n"
            % (chance.choice(NAMES).encode(), at, len(subject), subject, number % 50, len(content),
               content)
        )
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=b"".join(stream),
                   check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)
    open(done, "w").close()
    return folder
