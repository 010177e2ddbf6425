# One table of widths: what layout and ncurses go by is what the terminal emulator of these tests knows.
import importlib.util
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def test_the_table_is_the_newest_unicodes():
    path = os.path.join(ROOT, "scripts", "generate-width-table.py")
    spec = importlib.util.spec_from_file_location("generator", path)
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    with open(generator.TARGET) as file:
        assert file.read() == generator.table(), "run scripts/generate-width-table.py"
