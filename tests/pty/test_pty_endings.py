"""However the app ends, what stands in a field is on the disk, and a new start goes on where it was."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal, environment

ENDINGS: dict[str, Callable[[Terminal], int]] = {
    "the line drops": lambda terminal: terminal.hang_up(),
    "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "ctrl+q": lambda terminal: terminal.leave(),
}


def begin(desk: Desk) -> Terminal:
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "open", "mette-holm")
    terminal.wait_for("24-1107")
    terminal.press("n")
    return terminal


@pytest.mark.parametrize("ending", list(ENDINGS))
def test_half_a_word_is_kept_and_gone_on_with(desk: Desk, ending: str) -> None:
    terminal = begin(desk)
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    terminal.type("Jeg vil gerne i gan")
    terminal.wait_for("i gan")
    terminal.press("left", "left")
    terminal.quiet()
    assert ENDINGS[ending](terminal) == 0
    assert desk.unfinished == [(2, "need", "0,17", "Jeg vil gerne i gan")]
    assert desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [(None,)]

    again = begin(desk)
    again.wait_for("Jeg vil gerne i gan")
    again.wait_for("▸2 ")
    again.type("R")
    again.wait_for("Jeg vil gerne i gRan")
    assert again.leave() == 0


@pytest.mark.parametrize("ending", ["the line drops", "SIGTERM"])
def test_the_new_line_of_the_steps_is_kept_in_its_three_parts(desk: Desk, ending: str) -> None:
    terminal = begin(desk)
    terminal.wait_for("▸1 ")
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    for text in ("Ringe til Bilka", "Torsdag"):
        terminal.type(text)
        terminal.wait_for(text)
        terminal.press("tab")
    terminal.type("11/")
    terminal.wait_for("11/")
    assert ENDINGS[ending](terminal) == 0
    again = begin(desk)
    again.wait_for("▸4 ")
    for text in ("Ringe til Bilka", "Torsdag", "11/"):
        again.wait_for(text)
    again.type("6")
    again.wait_for("11/6")
    again.press("enter")
    again.wait_for("Ringe til Bilka – Torsdag · 11.06.2026")
    assert again.leave() == 0
    assert desk.sql("SELECT what, how, when_ FROM step WHERE session = 'mette-i-dag'") == [
        ("Ringe til Bilka", "Torsdag", "2026-06-11")
    ]


def test_half_a_remark_is_kept(desk: Desk) -> None:
    terminal = begin(desk)
    terminal.wait_for("▸1 ")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("7", "enter")
    terminal.wait_for("Bemærkning")
    terminal.type("Hun sover bed")
    terminal.wait_for("Hun sover bed")
    assert terminal.hang_up() == 0
    again = begin(desk)
    again.wait_for("Hun sover bed")
    again.type("re")
    again.wait_for("Hun sover bedre")
    again.press("enter")
    again.wait_for("✎ Hun sover bedre")


def test_what_was_saved_before_the_line_dropped_is_there(desk: Desk) -> None:
    terminal = begin(desk)
    terminal.wait_for("▸1 ")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("7", "j", "5")
    terminal.wait_for("gemt")
    terminal.quiet()
    assert terminal.hang_up() == 0
    found = desk.sql("SELECT indicator, value FROM score WHERE session = 'mette-i-dag' ORDER BY position")
    assert found == [("mod", 7), ("energi", 5)]


def test_keys_right_before_the_line_drops_are_saved(desk: Desk) -> None:
    terminal = begin(desk)
    terminal.wait_for("▸1 ")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("7", "j")
    terminal.wait_for("› Energi")
    assert terminal.hang_up() == 0
    assert desk.sql("SELECT indicator, value FROM score WHERE session = 'mette-i-dag'") == [("mod", 7)]


def test_two_terminals_on_one_session(desk: Desk) -> None:
    here = begin(desk)
    here.wait_for("▸1 ")
    there = desk.start("--db", str(desk.path), "--user", "bo", "open", "mette-holm", LOGNAME="bo-login")
    there.wait_for("24-1107")
    there.press("n")
    there.wait_for("▸1 ")
    for terminal in (here, there):
        terminal.press("f3")
        terminal.wait_for("▸2 ")
    there.type("Det siger Bo")
    there.wait_for("Det siger Bo")
    there.press("tab")
    there.wait_for("gemt")
    here.type("Det siger Anne")
    here.wait_for("Det siger Anne")
    here.press("tab")
    here.wait_for("I har begge ændret det samme")
    here.wait_for("Det siger Bo")
    here.wait_for("Det siger Anne")
    assert desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [("Det siger Bo",)]
    kept = "SELECT json_extract(typed, '$.need[0]') FROM unfinished_form WHERE login = 'anne-login'"
    here.wait_for(lambda: desk.sql(kept) == [("Det siger Anne",)], "what she typed to be kept")


def test_the_demo_leaves_nothing_behind(desk: Desk) -> None:
    for ending in ("ctrl+q", "SIGTERM", "the line drops"):
        terminal = desk.start("demo")
        terminal.wait_for("Anne Bech")
        terminal.wait_for("I dag")
        assert os.listdir(desk.home / "tmp")
        assert ENDINGS[ending](terminal) == 0
        assert os.listdir(desk.home / "tmp") == []


def refused(desk: Desk, **how: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "jobsamtale_tui", "--db", str(desk.path), "--user", "anne"]
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, capture_output=True, timeout=60, check=False, **how
    )
    return done


def test_without_a_terminal_it_refuses_in_one_line(desk: Desk) -> None:
    done = refused(desk, stdin=subprocess.DEVNULL, env=environment(desk.home))
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("jobsamtale: ")
    assert "jobsamtale citizen list" in line


@pytest.mark.parametrize("term", ["dumb", ""])
def test_in_a_dumb_terminal_it_refuses_in_one_line(desk: Desk, term: str) -> None:
    terminal = desk.start(TERM=term)
    assert terminal.ended() == 2
    (line,) = [line for line in terminal.raw.decode().splitlines() if line.strip()]
    assert line.startswith("jobsamtale: ")
    assert "jobsamtale citizen list" in line
