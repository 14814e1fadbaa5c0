"""A database that another process holds locked: leaving is not held up by it, and says so by its exit code."""

import json
import signal
import sqlite3
import time

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

LONG = 12.0
"""Less than three changes would wait for a lock, one after the other."""


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


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_what_waits_for_a_lock_holds_nobody_up_and_its_text_is_kept(desk: Desk, number: int) -> None:
    terminal, connection = backlog(desk)
    began = time.monotonic()
    terminal.process.send_signal(number)
    assert terminal.process.wait(LONG) == 1
    assert time.monotonic() - began < LONG
    connection.close()
    (file,) = (desk.home / "data" / "jobsamtale").glob("recovery-*.json")
    assert "Ro og tid" in json.dumps(json.loads(file.read_text("utf-8"))["drafts"], ensure_ascii=False)
    assert desk.sql("SELECT value FROM score WHERE session = 'mette-i-dag'") == [(7,)]
