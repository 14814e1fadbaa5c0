"""A database of version 0.1.0 in the app of today: unfinished text, a change that clashes, a recovery file of then."""

import json
import sqlite3
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.store import migrations
from jobsamtale_tui.store.sqlite.database import REVISIONS, Database

OLD = "0015"
"""The schema that version 0.1.0 wrote."""
SESSION = "mette-i-dag"


@pytest.fixture
def old(db: Path, tmp_path: Path) -> Path:
    """The caseload as version 0.1.0 had it."""
    connection = sqlite3.connect(db)
    connection.execute("DROP INDEX ix_history_edit")
    connection.execute("ALTER TABLE history DROP COLUMN edit")
    connection.execute("UPDATE alembic_version SET version_num = ?", (OLD,))
    connection.execute(
        "UPDATE session SET status = 'draft', row_version = row_version + 1 WHERE key = ? AND status = 'planned'",
        (SESSION,),
    )
    connection.commit()
    (tmp_path / "then.db").touch(0o600)
    then = Database(tmp_path / "then.db")
    migrations.run(then, OLD)
    with then.connected() as made:
        columns = [row[1] for row in made.execute("PRAGMA table_info(history)")]
    assert [row[1] for row in connection.execute("PRAGMA table_info(history)")] == columns
    connection.close()
    return db


def write(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    with sqlite3.connect(path) as connection:
        for statement, values in statements:
            connection.execute(statement, values)
    connection.close()


async def opened(drive: Drive) -> None:
    await drive.open_session("mette")


async def test_a_copy_is_made_before_and_the_history_is_whole(old: Path) -> None:
    before = sqlite3.connect(old).execute("SELECT * FROM history ORDER BY id").fetchall()
    async with driving(old) as drive:
        copy = old.with_name(f"{old.name}.{OLD}.bak")
        assert copy.stat().st_mode & 0o777 == 0o600
        assert sqlite3.connect(copy).execute("SELECT * FROM history ORDER BY id").fetchall() == before
        assert drive.sql("SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
        assert [row[:-1] for row in drive.sql("SELECT * FROM history ORDER BY id")] == before
        await opened(drive)
        await drive.press("f4", "7")
        await drive.until(lambda: drive.session().scores != ())


async def test_unfinished_text_of_then_stands_where_it_was_typed(old: Path) -> None:
    write(
        old,
        (
            "INSERT INTO unfinished (session, login, phase, field, cursor, text, at)"
            " VALUES (?, ?, 2, 'need', '0,2', ?, ?)",
            (SESSION, "anne-login", "Ro", "2026-06-03T08:04:00Z"),
        ),
        (
            "INSERT INTO unfinished_form (form, login, typed, at) VALUES ('citizen.new', 'anne-login', ?, ?)",
            (json.dumps({"name": "Ny Borger"}), "2026-06-03T08:04:00Z"),
        ),
    )
    async with driving(old) as drive:
        await opened(drive)
        assert (drive.where, drive.at, drive.widget("need").value) == ("phase 2", "need", "Ro")
        await drive.press("tab")
        await drive.until(lambda: drive.session().need == "Ro")
    async with driving(old) as drive:
        await drive.press("+")
        assert drive.form.dirty["name"] == "Ny Borger"


async def test_a_clash_that_was_left_open_then_is_one_now(old: Path) -> None:
    connection = sqlite3.connect(old)
    seen = connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()[0]
    connection.close()
    key = json.dumps([SESSION])
    write(
        old,
        ("UPDATE session SET need = 'Bos', row_version = row_version + 1 WHERE key = ?", (SESSION,)),
        (
            "INSERT INTO history (id, at, by, login, action, subject_kind, subject)"
            " VALUES (?, '2026-06-03T08:03:00Z', 'bo', 'bo-login', 'text.need', 'session', ?)",
            (seen + 1, SESSION),
        ),
        (
            "INSERT INTO history_detail (history, position, table_, key, before, after)"
            " VALUES (?, 0, 'session', ?, ?, ?)",
            (seen + 1, key, '{"need": null}', '{"need": "Bos"}'),
        ),
        (
            "INSERT INTO unfinished_form (form, login, typed, at) VALUES (?, 'anne-login', ?, '2026-06-03T08:04:00Z')",
            (
                f"session {SESSION}",
                json.dumps({"need": ["Mit"], "score mod citizen": [json.dumps([7, seen, "Mod"])], "seen": str(seen)}),
            ),
        ),
    )
    async with driving(old) as drive:
        await opened(drive)
        await drive.until(lambda: [(one.indicator, one.value) for one in drive.session(SESSION).scores] == [("mod", 7)])
        await drive.press("f3")
        assert drive.widget("need").value == "Mit"
        drive.widget("need").focus()
        await drive.settle()
        await drive.press("f4")
        await drive.until(lambda: drive.where == "ConflictScreen")
        assert "Bos" in drive.screen
        assert "Mit" in drive.screen
        assert drive.session(SESSION).need == "Bos"
        await drive.press("f3")
        await drive.until(lambda: drive.session(SESSION).need == "Mit")
        await drive.until(lambda: drive.sql("SELECT * FROM unfinished_form") == [])


async def test_a_recovery_file_of_then_is_taken_over(old: Path) -> None:
    folder = Path.home() / ".local" / "share" / "jobsamtale"
    folder.mkdir(parents=True, mode=0o700)
    file = folder / "recovery-0123456789ab.json"
    connection = sqlite3.connect(old)
    seen = connection.execute("SELECT max(id) FROM history").fetchone()[0]
    connection.close()
    drafts = [
        {"kind": "place", "key": SESSION, "at": "2026-06-03T08:04:00Z", "phase": 2, "field": "need", "text": "Ro"},
        {
            "kind": "form",
            "key": f"session {SESSION}",
            "at": "2026-06-03T08:04:00Z",
            "phase": 1,
            "field": "",
            "typed": {"score mod citizen": [json.dumps([7, seen, "Mod"])]},
        },
    ]
    content = {
        "format": 1,
        "database": str(old),
        "login": "anne-login",
        "at": "2026-06-03T08:04:00Z",
        "drafts": drafts,
    }
    file.write_text(json.dumps(content), encoding="utf-8")
    file.chmod(0o600)
    async with driving(old) as drive:
        assert not file.exists()
        await opened(drive)
        assert (drive.at, drive.widget("need").value) == ("need", "Ro")
        await drive.until(lambda: [(one.indicator, one.value) for one in drive.session().scores] == [("mod", 7)])
