"""A session by telephone, with nothing on a shared screen and a companion on the line: from planned to the note."""

import json

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

F7, F10 = "\x1b[18~", "\x1b[21~"


def write(terminal: Terminal, text: str) -> None:
    """Types text and waits until it stands on the screen."""
    terminal.type(text)
    terminal.wait_for(text)


def details(terminal: Terminal) -> None:
    """By telephone, forty minutes, with Ole."""
    terminal.press("o")
    terminal.wait_for("Details of the session")
    terminal.press("down", "down")
    write(terminal, "40")
    terminal.press("down", "right")
    terminal.wait_for("telephone/digital")
    terminal.press("down", "down", "down", "down", "down", "enter")
    write(terminal, "Ole Bak")
    terminal.press("enter")
    terminal.wait_for("companion: Ole Bak")
    terminal.press(F10)
    terminal.wait_for("24-1107")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_by_telephone_with_a_companion(desk: Desk, size: tuple[int, int]) -> None:
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "--lang", "en", size=size)
    terminal.wait_for("Open drafts")
    terminal.press("/")
    write(terminal, "mette")
    terminal.press("enter")
    terminal.wait_for("24-1107")
    details(terminal)
    terminal.press("enter")
    terminal.wait_for("▸1 ")
    terminal.wait_for("telephone/digital")
    terminal.press(F7, "f3")  # the questions are read aloud from the guide
    terminal.wait_for("Opening: 0 of 3 done")
    write(terminal, "Ro til at søge")
    terminal.press("tab")
    terminal.wait_for("Opening: 1 of 3 done")
    write(terminal, "Lager eller butik")
    terminal.press("enter")
    terminal.wait_for("Opening: 2 of 3 done")
    terminal.press(F7, "f4")
    terminal.wait_for("▸3 ")
    terminal.press("space")
    terminal.wait_for("✓ Lager eller butik")
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    for part, key in (("Ringe til Bilka", "tab"), ("I telefonen", "tab"), ("11/6", "enter")):
        write(terminal, part)
        terminal.press(key)
    terminal.wait_for("Ringe til Bilka – I telefonen")
    terminal.press("f9")
    terminal.wait_for("Enter completes")
    terminal.wait_for("bisidder (Ole Bak)")
    terminal.press("enter")
    terminal.wait_for("The note is written")
    assert terminal.leave() == 0

    rows = desk.sql("SELECT status, form, minutes, participants FROM session WHERE key = 'mette-i-dag'")
    (status, form, minutes, people) = rows[0]
    assert (status, form, minutes) == ("completed", "remote", 40)
    assert json.loads(people) == [{"role": "companion", "name": "Ole Bak"}]
    ((note,),) = desk.sql("SELECT text FROM note WHERE session = 'mette-i-dag'")
    for said in (
        "Form: telefonisk eller digital samtale, 40 minutter",
        "Andre deltagere: bisidder (Ole Bak)",
        "Ro til at søge",
        "Lager eller butik",
        "Ringe til Bilka",
    ):
        assert said in note
