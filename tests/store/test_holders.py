"""Who has a session open, and who no longer has."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.writing import presence

HOLD = """
import sys
from pathlib import Path
from jobsamtale_tui.store.writing import presence
from jobsamtale_tui.store.sqlite.database import Database
with Database(Path(sys.argv[1])).connected() as connection:
    presence.announce(connection, "s", "bo-login", None)
    print("held", flush=True)
    sys.stdin.readline()
    if sys.argv[2] == "leave":
        presence.withdraw(connection)
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:42:00Z")
    found = Database(tmp_path / "test.db")
    found.prepare()
    return found


@pytest.mark.parametrize("end", ["leave", "killed"])
def test_the_one_who_has_it_open_is_told_until_she_leaves_or_her_process_is_gone(database: Database, end: str) -> None:
    command = [sys.executable, "-c", HOLD, str(database.path), end]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other,
        database.connected() as connection,
    ):
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        presence.announce(connection, "s", "anne-login", None)
        (found,) = presence.others(connection).values()
        assert (found.session, found.who) == ("s", "bo-login")
        assert presence.others(connection, ["another"]) == {}
        if end == "killed":
            other.kill()
        else:
            other.stdin.write("\n")
            other.stdin.flush()
        other.wait()
        assert presence.others(connection) == {}
        presence.announce(connection, "s", "anne-login", None)
        assert connection.execute("SELECT process FROM at_hand").fetchall() == [(os.getpid(),)]


def test_a_number_that_was_given_out_again_is_another_process(database: Database) -> None:
    with database.connected() as connection:
        row = ("s", platform.node(), os.getppid(), "1", "bo-login", "2026-06-03T08:00:00Z")
        connection.execute("INSERT INTO at_hand (session, host, process, begun, login, at) VALUES (?,?,?,?,?,?)", row)
        assert presence.others(connection) == {}


@pytest.mark.parametrize(("at", "told"), [("2026-06-03T07:00:00Z", True), ("2026-06-02T07:00:00Z", False)])
def test_another_machine_counts_for_half_a_day(database: Database, at: str, told: bool) -> None:
    with database.connected() as connection:
        row = ("s", "another", 1, "1", "bo-login", at)
        connection.execute("INSERT INTO at_hand (session, host, process, begun, login, at) VALUES (?,?,?,?,?,?)", row)
        assert bool(presence.others(connection)) == told
