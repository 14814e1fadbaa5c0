"""A caseload in which every text is hostile, on a real terminal: what the app writes to it, byte for byte."""

import time
from pathlib import Path

from tests import hostile
from tests.pty.conftest import Desk
from tests.pty.terminal import PATIENCE, Terminal
from tests.tui import caseload

HELP, PALETTE, SEARCH, PRIVACY, GUIDE, TURN = "?", "\x10", "\x06", "\x1b[24~", "\x1b[18~", "\x1b[19~"
WRITING = ("f2", "f3", "f4", "s", "3", "enter", "escape", "d", "enter", "escape", "f5")
PLACES = (
    *((HELP,), (PALETTE,), (SEARCH, "a", "enter"), ("m",), ("+",)),
    *(("enter", key) for key in "glepi"),
    ("n", *WRITING, GUIDE, TURN, TURN, GUIDE, PRIVACY, PRIVACY, "o"),
    ("n", "f9"),
)
QUIET = 0.06
"""Above what the app waits between two things that belong to one key."""


class Walk:
    """Goes from screen to screen, and back by escape."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.seen: list[str] = []

    def press(self, key: str) -> None:
        self.terminal.press(key)
        self.terminal.quiet(QUIET)
        assert self.terminal.process.poll() is None, f"ended after {key!r}:\n{self.terminal.screen}"
        self.seen.append(self.terminal.screen)

    def visit(self, base: str, places: tuple[tuple[str, ...], ...]) -> None:
        """Each of the places, and back to the screen that has `base` on it."""
        for keys in places:
            self.turn(keys[0])
            for key in keys[1:]:
                self.press(key)
            until = time.monotonic() + PATIENCE
            while base not in self.terminal.screen and time.monotonic() < until:
                self.back()
            assert base in self.terminal.screen, keys

    def back(self) -> None:
        """Escape; from a field it shows nothing."""
        self.terminal.escape()
        self.press("")

    def turn(self, key: str) -> None:
        """A key that brings another screen, which may take its time."""
        before = self.terminal.screen
        self.terminal.press(key)
        self.terminal.wait_for(lambda: self.terminal.screen != before, f"what {key!r} shows")
        self.press("")


def test_no_screen_steers_the_terminal(desk: Desk, tmp_path: Path) -> None:
    made = caseload.make(tmp_path / "hostile.db", hostile.caseload(2))
    terminal = desk.start("--db", str(made), "--user", "anne")
    walk = Walk(terminal)
    terminal.wait_for("Åbne kladder")
    walk.visit("Åbne kladder", PLACES)
    walk.turn("n")
    walk.press("f3")
    for text in (*hostile.SEQUENCES, *hostile.UNSEEN, *hostile.MARKUP):
        terminal.send("\x1b[200~" + text.replace("\x1b", "") + "\x1b[201~")
    terminal.quiet(QUIET)
    walk.press("f9")
    assert terminal.leave() == 0
    assert hostile.steers(bytes(terminal.raw), app=True) == []
    seen = "\n".join(walk.seen)
    assert [shown for shown in ("⟨202E⟩", "[/]", "[red]x", "{{ ''.__class__") if shown not in seen] == []


def test_what_steers_is_known_when_it_is_seen() -> None:
    for text in (*hostile.SEQUENCES, *hostile.UNSEEN):
        assert hostile.steers(f"a\x1b[1mb{text}".encode())
        assert hostile.steers(f"a\x1b[2J{text}".encode(), app=True) or text.startswith("\x1b[")
