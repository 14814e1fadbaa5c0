"""Bytes over the line, counted at a real terminal; and the same screens as when all is sent."""

from collections.abc import Callable

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal
from tests.pty.test_pty_editor import SHELL, Shell, editor

COLOURS = {"COLORTERM": "truecolor"}
SIZE = (120, 40)
FIRST_SCREEN = 6_900
"""Bytes of home, a fifth above what was measured; sent whole, as Textual does, some 35,000."""
KEY = {"letter of a text": 85, "letter of a search": 330, "row of a list": 430, "score": 450, "row of scores": 550}
"""Bytes at most, on average over the keys of a kind: a fifth above what was measured."""
PHASE = 3_300
"""Bytes of another phase: most of the screen is another."""


def counted(terminal: Terminal, *keys: str) -> float:
    """The mean of the bytes that came for each key."""
    before = len(terminal.raw)
    for key in keys:
        sent = len(terminal.raw)
        terminal.press(key)

        def answered(sent: int = sent) -> bool:
            return len(terminal.raw) > sent

        terminal.wait_for(answered, f"an answer to {key}")
        terminal.quiet(0.1)  # longer than the saver lets a key be drawn first
    return (len(terminal.raw) - before) / len(keys)


def test_bytes_of_screens_and_keys(desk: Desk) -> None:
    terminal = desk.start(size=SIZE, **COLOURS)
    terminal.wait_for("Ida Sø")
    terminal.quiet()
    first = len(terminal.raw)
    rows = counted(terminal, "down", "down")
    terminal.press("/")
    terminal.quiet()
    search = counted(terminal, *"mette")
    terminal.press("enter")
    terminal.wait_for("Samtaler")
    terminal.press("n")
    terminal.wait_for("▸1")
    terminal.press("f3")
    terminal.wait_for("▸2")
    terminal.quiet()
    text = counted(terminal, *"Hun vil i gang")
    phase = counted(terminal, "f4")
    terminal.wait_for("▸3")
    terminal.quiet()
    score = counted(terminal, "3")
    row = counted(terminal, "down")
    score = (score + counted(terminal, "7")) / 2
    phase = max(phase, counted(terminal, "f3", "f4"))
    found = dict(zip(KEY, (text, search, rows, score, row), strict=True))
    assert first <= FIRST_SCREEN
    assert {kind: bytes_ for kind, bytes_ in found.items() if bytes_ > KEY[kind]} == {}
    assert phase <= PHASE
    assert terminal.leave() == 0


def walk(terminal: Terminal) -> list[list[str]]:
    """A way through the app with all that may take the terminal away; the screens on it."""
    screens: list[list[str]] = []

    def see(what: str | Callable[[], bool]) -> None:
        terminal.wait_for(what)
        terminal.quiet()
        screens.append([line.rstrip() for line in terminal.pyte.display])

    see("Ida Sø")
    terminal.press("down", "up", "down")
    terminal.resize(50, 12)
    terminal.quiet()
    terminal.resize(*SIZE)
    terminal.pyte.erase_in_display(2)
    see("Ida Sø")
    terminal.type("/mette")
    see("24-1107")
    terminal.press("enter")
    see("Samtaler")
    terminal.press("n")
    terminal.wait_for("▸1")
    terminal.press("f3")
    see("▸2")
    terminal.type("på 日本 e\u0301n x")
    see(" x")
    terminal.press("left", "left", "backspace")
    see("日本")
    terminal.send("\x05")
    terminal.wait_for("REDAKTØREN")
    terminal.pyte.erase_in_display(2)
    terminal.send("\r")
    see("og mere")
    terminal.type("?")
    terminal.press("f4")
    see("▸3")
    terminal.escape()
    see("Samtaler")
    return screens


def test_the_screens_are_the_same_as_when_all_is_sent(desk: Desk) -> None:
    script = "print('REDAKTØREN', flush=True); sys.stdin.readline(); path.write_text(path.read_text() + ' og mere')"
    lent = editor(desk, script)
    seen, sent = [], []
    original = desk.path.read_bytes()
    for cell_diff in ("1", "0"):
        desk.path.write_bytes(original)
        terminal = desk.start(size=SIZE, EDITOR=lent, JOBSAMTALE_CELL_DIFF=cell_diff, **COLOURS)
        seen.append(walk(terminal))
        sent.append(len(terminal.raw))
        assert terminal.leave() == 0
    assert seen[0] == seen[1]
    assert sent[0] < sent[1] / 3


def test_a_terminal_that_was_lent_to_the_shell_is_drawn_anew(desk: Desk) -> None:
    shell = desk.home / "shell.py"
    shell.write_text(SHELL, encoding="utf-8")
    terminal = Shell(desk, shell)
    terminal.wait_for("Ida Sø")
    terminal.quiet()
    screen = terminal.screen
    terminal.send("\x1a")
    terminal.wait_for("STANDSET")
    terminal.pyte.erase_in_display(2)
    terminal.send("fg\r")
    terminal.wait_for("Ida Sø")
    terminal.quiet()
    assert terminal.screen.splitlines()[1:] == screen.splitlines()[1:]
    terminal.send("\x11")
    terminal.wait_for("SLUT 0")
    terminal.close()
