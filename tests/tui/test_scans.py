"""No screen goes through a whole table that grows with the caseload: every statement that is made is explained."""

import sqlite3
from pathlib import Path

import pytest
from bench.scale import QUESTIONS, scans
from tests.tui.driving import driving

from jobsamtale_tui import texts
from jobsamtale_tui.store.questions import citizen_lists
from jobsamtale_tui.store.sqlite.database import Database


async def test_no_statement_of_a_day_in_the_app_scans_a_table_that_grows(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    connect = Database.connect

    def traced(self: Database, *patience: float) -> sqlite3.Connection:
        connection = connect(self, *patience)
        connection.set_trace_callback(made.append)
        return connection

    monkeypatch.setattr(Database, "connect", traced)
    async with driving(db, size=(120, 40)) as drive:
        for citizen in ("m", "mette", "24-2200", "nobody"):
            await drive.press("/")
            await drive.type(citizen)
            await drive.press("escape", "escape")
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter", "g", "escape", "i", "escape", "l", "escape", "e", "escape")
        await drive.press("n", "f2", "f3", "f4", "s", "7", "down", "5", "u", "f5", "escape", "escape")
        await drive.press("ctrl+f")
        await drive.type("lager")
        await drive.press("escape")
    monkeypatch.undo()
    asked = [statement for statement in made if statement.lstrip().upper().startswith("SELECT")]
    assert len(set(asked)) > 30
    with Database(db).connected() as connection:
        assert dict(scans(connection, made)) == {}


def test_a_scan_is_seen(db: Path) -> None:
    with Database(db).connected() as connection:
        found = dict(scans(connection, ['SELECT s."key" FROM "session" s WHERE s."theme" = \'x\'']))
        assert list(found.values()) == ["SCAN s"]


def test_everybodys_week_is_read_no_further_than_it_is_shown(db: Path) -> None:
    with Database(db).connected() as connection:
        question = QUESTIONS["home, everybody"]
        made: list[str] = []
        connection.set_trace_callback(made.append)
        question(connection)
        connection.set_trace_callback(None)
        for statement in made:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
            assert all("USE TEMP B-TREE" not in step for step in plan), plan
            assert any("ix_session_status (status=?" in step for step in plan)


@pytest.mark.parametrize(
    "search", ["a", "me", "tt", "mette", "mette h", "24-11", "ø", "sø", "bx", "ida 22", "zzz", "%"]
)
def test_finding_says_what_a_look_at_every_citizen_says(db: Path, search: str) -> None:
    with Database(db).connected() as connection:
        words = texts.folded(search).split()
        rows = connection.execute('SELECT "key", found_by FROM citizen ORDER BY sort_key, "key"')
        every = [key for key, found_by in rows if all(word in found_by for word in words)]
        for limit in (-1, 100, 2):
            found = citizen_lists.citizens(connection, search, limit=limit)
            assert [one.key for one in found] == every[: None if limit < 0 else limit]
