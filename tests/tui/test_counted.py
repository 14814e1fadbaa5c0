"""What does not depend on the machine is counted: statements of screens and saves, modules of commands.

A figure is a fifth above what was measured, so that a screen that asks once more for every row is seen at once.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.store.questions import citizen_lists
from jobsamtale_tui.store.sqlite.database import Database

SCREENS = {"home": 11, "letter of a search": 6, "citizen": 36, "session": 75, "phase": 2}
"""Statements that read, until a screen stands with what comes to it from the saver's thread; fewer than a statement a
session on home and citizen. Three of home's and two of the citizen's reckon contact in that thread, six of the
citizen's draw her graph; so is about half of the session's made there, for beginning it and for the briefing, while
the screen takes keys."""
SAVES = {"score": 22, "text": 21}
"""Statements of a change, all in all, with its history and the record read again."""
MODULES = {"--help": 190, "note mette-maj": 222, "session list": 233, "export notes": 243}
"""Modules that a command has imported when it is done."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is made on any connection."""
    statements: list[str] = []
    connect = Database.connect

    def traced(self: Database, *patience: float) -> sqlite3.Connection:
        connection = connect(self, *patience)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(Database, "connect", traced)
    return statements


def selects(asked: list[str]) -> int:
    """How many statements read, since the last time; the rest is forgotten too."""
    count = sum(statement.lstrip().upper().startswith("SELECT") for statement in asked)
    asked.clear()
    return count


def writes(asked: list[str]) -> list[str]:
    return [one for one in asked if one.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE", "SELECT")]


async def shown(drive: Drive, asked: list[str]) -> dict[str, int]:
    """How many statements each screen takes."""
    found = {"home": selects(asked)}
    await drive.press("/", "m")
    selects(asked)
    await drive.press("e")
    found["letter of a search"] = selects(asked)
    await drive.type("tte")
    selects(asked)
    await drive.press("enter")
    found["citizen"] = selects(asked)
    await drive.press("n")
    found["session"] = selects(asked)
    await drive.press("f3")
    found["phase"] = selects(asked)
    return found


def many_sessions(db: Path, count: int) -> None:
    """The citizen has been here so often."""
    with closing(sqlite3.connect(db)) as connection, connection:
        for number in range(count):
            key = f"tidligere-{number}"
            connection.execute(
                "INSERT INTO session (key, citizen, held_at, status, caseworker)"
                " VALUES (?, 'mette-holm', ?, 'completed', 'anne')",
                (key, f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}T08:00:00Z"),
            )
            connection.execute(
                "INSERT INTO score (session, position, indicator, version, value, by)"
                " VALUES (?, 0, 'mod', 1, 5, 'citizen')",
                (key,),
            )


async def test_statements_of_screens_and_however_many_sessions_there_are(db: Path, asked: list[str]) -> None:
    many_sessions(db, 40)
    async with driving(db, size=(120, 40)) as drive:
        found = await shown(drive, asked)
    assert {screen: count for screen, count in found.items() if count > SCREENS[screen]} == {}


async def test_statements_of_saves(db: Path, asked: list[str]) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.open_session("mette-holm")
        await drive.press("f4", "3")
        asked.clear()
        await drive.press("7")
        score = len(writes(asked))
        commits = asked.count("COMMIT")
        await drive.press("f3")
        await drive.type("ja")
        asked.clear()
        await drive.press("escape")
        text = len(writes(asked))
    assert commits == 1
    assert score <= SAVES["score"]
    assert text <= SAVES["text"]


@pytest.mark.parametrize("search", ["m", "me", "mette", "ø", "bx ær", "24-2200", "zzz", "%"])
def test_who_is_found_as_one_types_is_who_is_found(db: Path, search: str) -> None:
    with Database(db).connected() as connection:
        lines = citizen_lists.citizen_lines(connection, search, 100)
        found = citizen_lists.citizens(connection, search)
        assert [(one.key, one.name, one.case_key) for one in lines] == [(c.key, c.name, c.case_key) for c in found]
        assert citizen_lists.citizen_lines(connection, search, 1) == lines[:1]


@pytest.mark.parametrize("command", MODULES)
def test_modules_of_commands(db: Path, command: str) -> None:
    script = (
        "import sys; from jobsamtale_tui.__main__ import main; main(sys.argv[1:]);"
        " print(len(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--db", str(db), *command.split()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "JOBSAMTALE_LANG": "da"},
    )
    assert int(done.stderr.split()[-1]) <= MODULES[command]
