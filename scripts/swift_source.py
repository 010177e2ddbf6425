# Reads Swift sources for the checks: which files there are, and a file's code without its comments
# and string contents (line breaks stay, so that line numbers hold).
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

TOKEN = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|(?P<hashes>#+)"""(?:.*?)"""(?P=hashes)'
    r'|"""(?:\\.|.)*?"""'
    r'|(?P<hash>#+)"[^\n]*?"(?P=hash)'
    r'|"(?:\\.|[^"\\\n])*"',
    re.S,
)


def files_under(*folders, suffix=".swift"):
    """Paths below the package root, sorted."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(os.path.join(ROOT, folder)):
            names[:] = sorted(n for n in names if not n.startswith(".") and n != "__pycache__")
            found += [
                os.path.relpath(os.path.join(place, f), ROOT) for f in files if f.endswith(suffix)
            ]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as source:
        return source.read()


def code(text):
    """The text with comments and literals blanked."""
    return TOKEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def report(problems):
    """Prints the problems, one a line, and ends with 1 when there are any."""
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)
