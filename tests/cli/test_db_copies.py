"""Copies of the database: made while somebody writes, put back, and what `db check` sees that SQLite does not."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.casework import by_index

from jobsamtale_tui.store.sqlite.checks import faults
from jobsamtale_tui.store.sqlite.database import Database

from .conftest import Run

WRITER = """
import sys
from pathlib import Path
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.session.commit import commit
from jobsamtale_tui.casework.session.lifecycle import start
from jobsamtale_tui.method.session_edits import SetText
from jobsamtale_tui import dates
from jobsamtale_tui.store.sqlite.database import Database
database = Database(Path(sys.argv[1]))
key = start(database, Actor(None, "w"), "åge", dates.now())
with database.connected() as connection:
    seen = connection.execute("SELECT row_version FROM session WHERE key = ?", (key,)).fetchone()[0]
for number in range(100_000):
    context = ChangeContext(database=database, actor=Actor(None, "w"), key=key, seen=seen)
    seen = commit(context, SetText(field="need", text=f"{number} " * 500)).version
    print(number, flush=True)
"""


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_copy_is_whole_while_somebody_writes_all_the_time(run: Run, filled: Path, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(filled)], stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            for number in range(3):
                before = int(writer.stdout.readline())
                copy = tmp_path / f"{number}.db"
                assert run("db", "backup", copy).code == 0
                assert faults(Database(copy, read_only=True)) == []
                with closing(sqlite3.connect(copy)) as connection:
                    newest = "SELECT need FROM session WHERE need IS NOT NULL ORDER BY held_at DESC"
                    (need,), *_others = connection.execute(newest)
                    assert int(need.split()[0]) >= before
        finally:
            writer.kill()
    assert not list(tmp_path.glob(".*"))


def test_a_copy_is_one_file_before_and_after_it_is_put_back(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    copy = folder / "copy.db"
    assert run("db", "backup", copy).code == 0
    assert run("--db", tmp_path / "again.db", "db", "restore", copy).code == 0
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert run("--db", tmp_path / "again.db", "export", "all").out == run("export", "all").out


def test_a_copy_is_not_put_back_under_somebodys_hands(run: Run, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("db", "backup", copy).code == 0
    change(filled, "UPDATE citizen SET name = 'Another' WHERE key = 'åge'")
    with Database(filled).connected() as open_:
        open_.execute("SELECT count(*) FROM citizen").fetchone()
        done = run("db", "restore", copy)
        assert done.code == 4
        assert "open in the app" in done.err
        assert not list(filled.parent.glob("*.replaced"))
    assert run("citizen", "show", "åge", "--format", "json").json["name"] == "Another"
    assert run("db", "restore", copy).code == 0
    (kept,) = filled.parent.glob("*.replaced")
    assert kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM citizen WHERE key = 'åge'").fetchone() == ("Another",)
    assert run("db", "check").code == 0


@pytest.mark.parametrize("where", [20, 4096 * 3])
def test_a_copy_takes_the_place_of_a_damaged_file(run: Run, filled: Path, tmp_path: Path, where: int) -> None:
    copy = tmp_path / "copy.db"
    assert run("db", "backup", copy).code == 0
    content = bytearray(filled.read_bytes())
    content[where : where + 4096] = b"\xa5" * 4096
    filled.write_bytes(content)
    assert run("db", "check").code in (1, 4)
    done = run("db", "restore", copy)
    assert done.code == 0, done.err
    assert run("db", "check").code == 0
    assert len(list(filled.parent.glob("*.replaced"))) == 1


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE session SET remarks = 'Andet' WHERE key = 's-1'", "session s-1"),
        ("UPDATE citizen SET name = 'Andet' WHERE key = 'åge'", "citizen åge, name"),
        ("UPDATE note SET text = text || '.' WHERE session = 's-1'", "session s-1, note"),
        ("DELETE FROM history_detail WHERE position = 0", "does not have all that it changed"),
        ("UPDATE history SET id = 7", "no entries from 1 to 6"),
    ],
)
def test_a_history_that_does_not_agree_is_told(run: Run, filled: Path, statement: str, words: str) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.execute("UPDATE history_detail SET history = (SELECT id FROM history LIMIT 1)")
    done = run("db", "check")
    assert done.code == 1
    assert any(words in line for line in done.err.splitlines()), done.err
    assert json.dumps(done.err).isprintable()


def test_what_is_done_in_the_app_agrees_with_its_history(filled: Path) -> None:
    from jobsamtale_tui.casework.change import context
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.session import lifecycle
    from jobsamtale_tui.store.questions import reads

    database = Database(filled)
    with database.connected() as connection:
        citizen = connection.execute("SELECT key FROM citizen LIMIT 1").fetchone()[0]
    from datetime import UTC, datetime

    key = lifecycle.start(database, Actor(None, "w"), citizen, datetime(2026, 6, 3, 8, tzinfo=UTC))

    def at() -> context.ChangeContext:
        with database.connected() as connection:
            seen = reads.session_version(connection, key)
        return context.ChangeContext(database=database, actor=Actor(None, "w"), key=key, seen=seen)

    by_index.add_item(at(), "A", "citizen", "agreed")
    by_index.add_item(at(), "B", "citizen", "agreed")
    by_index.remove_item(at(), 0)
    by_index.finish_item(at(), 0)
    by_index.set_text(at(), "need", "x")
    by_index.undo(at())
    by_index.redo(at())
    lifecycle.complete(at())
    database.close()
    assert faults(database) == []
