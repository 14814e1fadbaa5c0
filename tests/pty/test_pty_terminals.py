"""Terminals of every kind, locales of every kind, and pastes of every size: the text stays as it was typed."""

from typing import Any

import pytest
from tests.pty.conftest import Desk
from tests.pty.test_pty_input import in_the_need, need

NO_UTF_8 = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
TERMINALS: dict[str, tuple[dict[str, str], str, str]] = {
    "linux": ({"LANG": "C"}, "\x1b[[D", "\x1b[[C"),
    "screen": ({"LC_ALL": "C"}, "\x1bOS", "\x1bOR"),
    "tmux": ({"LANG": "da_DK.ISO-8859-1"}, "\x1bOS", "\x1bOR"),
    "xterm": (NO_UTF_8, "\x1bOS", "\x1bOR"),
    "putty": ({"LC_ALL": "POSIX"}, "\x1b[14~", "\x1b[13~"),
    "vt100": (NO_UTF_8, "\x1bOS", "\x1bOR"),
}
"""Locale, F4 and F3 of each."""


@pytest.mark.parametrize("term", list(TERMINALS))
def test_letters_and_keys_of_every_terminal(desk: Desk, term: str) -> None:
    env, f4, f3 = TERMINALS[term]
    terminal = in_the_need(desk, TERM=term, **env)
    terminal.type("Ål på ø")
    terminal.wait_for("Ål på ø")
    terminal.type(", A\u030al pa\u030a o\u0308")
    terminal.press("home", "right", "end")
    terminal.send(f4)
    terminal.wait_for("▸3 ")
    terminal.send(f3)
    terminal.wait_for("▸2 ")
    terminal.wait_for("gemt")
    assert need(desk) == "Ål på ø, Ål på ö"
    assert terminal.leave() == 0


def test_a_name_that_is_no_ascii_where_the_locale_knows_no_utf_8(desk: Desk) -> None:
    desk.sql("UPDATE caseworker SET key = 'åse' WHERE key = 'bo'")
    terminal = desk.start("--db", str(desk.path), "citizen", "show", "øjvind-bx", JOBSAMTALE_USER="åse", **NO_UTF_8)
    assert terminal.ended() == 0
    assert "Øjvind Nør" in terminal.screen


LINES = "".join(f"{number:05d} en linje med æøå\n" for number in range(10_000))


@pytest.mark.parametrize("marked", [True, False], ids=["marked as a paste", "as keys"])
def test_ten_thousand_lines_are_pasted_and_one_writes_on(desk: Desk, marked: bool) -> None:
    terminal = in_the_need(desk)
    for size in [(20, 5), (80, 24)] * 10:
        terminal.resize(*size)
    data = LINES.replace("\n", "\r").encode()
    pour(terminal, b"\x1b[200~" + data + b"\x1b[201~" if marked else data)
    terminal.type("slut")
    terminal.wait_for("slut")
    terminal.press("f6")
    terminal.wait_for("▸3 ")
    terminal.wait_for("gemt")
    assert need(desk) == f"{LINES}slut"
    assert terminal.leave() == 0


def test_many_lines_into_one_line(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.press("tab")
    pour(terminal, b"\x1b[200~" + b"en linje\r\n" * 1000 + b"\x1b[201~")
    terminal.type(" ... slut")
    terminal.wait_for("slut")
    terminal.press("enter")
    terminal.wait_for("gemt")
    ((topic,),) = desk.sql("SELECT topic FROM agenda_item WHERE session = 'mette-i-dag'")
    assert topic == " ".join(["en linje"] * 1000) + " ... slut"
    for text in ("Første punkt, der er så langt, at det kommer som en hel klump på én gang", "Andet"):
        terminal.send(f"{text}\r")
    terminal.wait_for(lambda: desk.sql("SELECT count(*) FROM agenda_item WHERE session = 'mette-i-dag'") == [(3,)])


def test_escape_and_a_letter_are_two_keys_where_they_come_apart(desk: Desk) -> None:
    terminal = in_the_need(desk, SSH_CONNECTION="10.0.0.1 22 10.0.0.2 22")
    terminal.type("tekst")
    terminal.wait_for("tekst")
    terminal.wait_for(lambda: any(one[3] == "tekst" for one in desk.unfinished), "the text to be kept")
    terminal.quiet()  # then it reads nothing but keys
    terminal.send("\x1b")
    terminal.taken()
    terminal.send("n\x1b[B")
    terminal.send("\x1b[99999999999u\x1b[97:65;1u")
    terminal.wait_for(lambda: need(desk) == "tekst", "the text to be saved")
    assert terminal.leave() == 0


def pour(terminal: Any, data: bytes) -> None:
    """Sends much at once, and reads meanwhile."""
    for at in range(0, len(data), 2048):
        terminal.send(data[at : at + 2048])
        terminal.read(0)
