"""A database that another process holds locked: leaving is not held up by it, and says so by its exit code."""

import json
import signal
import sqlite3

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

LONG = 12.0
"""Less than three changes would wait for a lock, one after the other."""
KEPT = ("Ro og tid", '"indicator": "energi"', '"indicator": "overblik"')


def backlog(desk: Desk) -> tuple[Terminal, sqlite3.Connection]:
    """Five changes that wait for a database that is locked, and a text among them."""
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "--lang", "en", "open", "mette-holm")
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("7")
    terminal.wait_for("saved")
    connection = sqlite3.connect(desk.path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    terminal.press("j", "5", "j", "4", "f3")
    terminal.wait_for("▸2 ")
    terminal.type("Ro og tid")
    terminal.wait_for("Ro og tid")
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    return terminal, connection


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 1), (signal.SIGTERM, 1), (signal.SIGKILL, -9)])
def test_what_waits_for_a_lock_holds_nobody_up_and_is_saved_the_next_time(desk: Desk, number: int, code: int) -> None:
    terminal, connection = backlog(desk)
    if number == signal.SIGKILL:  # which leaves no time for anything
        terminal.wait_for(lambda: all(kept in recovery(desk) for kept in KEPT), "the recovery file")
    terminal.process.send_signal(number)
    assert terminal.process.wait(LONG) == code
    assert desk.sql("SELECT value FROM score WHERE session = 'mette-i-dag'") == [(7,)]
    assert all(kept in recovery(desk) for kept in KEPT)
    connection.close()

    again = desk.start("--db", str(desk.path), "--user", "anne", "--lang", "en", "open", "mette-holm")
    again.wait_for("24-1107")
    again.press("n")
    scored = "SELECT indicator, value FROM score WHERE session = 'mette-i-dag' AND by = 'citizen' ORDER BY position"
    again.wait_for(lambda: desk.sql(scored) == [("mod", 7), ("energi", 5), ("overblik", 4)], "the scores")
    again.press("f3")
    again.wait_for("Ro og tid")
    assert again.leave() == 0
    assert recovery(desk) == ""


def recovery(desk: Desk) -> str:
    files = sorted((desk.home / "data" / "jobsamtale").glob("recovery-*.json"))
    held = [json.loads(file.read_text("utf-8")) for file in files]
    return "".join(json.dumps([one["drafts"], one["edits"]], ensure_ascii=False) for one in held)
