"""The screen for both at a real terminal: few bytes a key, and a terminal that goes away takes nothing with it."""

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal
from tests.pty.test_pty_cells import COLOURS, counted
from tests.tui import caseload

SHARE = "\x14"
NUMBER, PAGE = 800, 2_600
"""Bytes at most: of a number, with its large digits and the text that it marks; of another page."""


def into_session(terminal: Terminal) -> None:
    """From home to the session with Mette."""
    terminal.wait_for("Ida Sø")
    terminal.press("/")
    terminal.type("mette")
    terminal.wait_for("mette")
    terminal.press("enter")
    terminal.wait_for("24-1107")
    terminal.press("n")


def test_she_answers_and_the_terminal_goes_away(desk: Desk) -> None:
    terminal = desk.start(size=(120, 40), **COLOURS)
    into_session(terminal)
    terminal.wait_for("▸1 ")
    terminal.press("f4", "s", SHARE)
    terminal.wait_for("►")
    terminal.quiet()
    for hidden in ("Mette", "24-1107", caseload.CPR[:6], "Gennemførelse", "Anne"):
        assert hidden not in terminal.screen
    number = counted(terminal, "7", "8", "3")
    terminal.wait_for("10:05")
    page = counted(terminal, "down", "up")
    assert (number < NUMBER, page < PAGE) == (True, True), f"{number} bytes a number, {page} a page"
    terminal.press("enter")
    terminal.type("Jeg blev afbrudt midt i")
    terminal.wait_for("midt i")
    assert terminal.hang_up() == 0
    assert desk.sql("SELECT value, by FROM score WHERE session = 'mette-i-dag'") == [(3, "citizen")]
    assert desk.unfinished[0][:2] == (3, "entry remark mod citizen")
    assert desk.unfinished[0][3] == "Jeg blev afbrudt midt i"
    again = desk.start()
    into_session(again)
    again.wait_for("Jeg blev afbrudt midt i")
