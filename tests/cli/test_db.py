import json
import sqlite3
from pathlib import Path

import pytest

from jobsamtale_tui.store.sqlite.checks import faults
from jobsamtale_tui.store.sqlite.database import Database

from .conftest import Run


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_missing_database_is_made_and_empty(run: Run, home: Path) -> None:
    assert run("citizen", "list", "--format", "json").json == []
    path = home / "data" / "test.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_info(run: Run, filled: Path) -> None:
    found = run("db", "info", "--format", "json").json
    assert found["path"] == str(filled)
    assert found["schema"] == found["program_schema"]
    assert found["counts"]["session"] == 4
    assert str(filled) in run("db", "info").out


def test_a_copy_is_put_back(run: Run, filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("db", "backup", copy).code == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    refused = run("db", "backup", copy)
    assert refused.code == 1
    assert refused.err.count("\n") == 1
    assert run("db", "backup", "--force", copy).code == 0
    change(filled, "UPDATE citizen SET name = 'Another' WHERE key = 'åge'")
    assert run("citizen", "show", "åge", "--format", "json").json["name"] == "Another"
    assert run("db", "restore", copy).code == 0
    assert "Ørsted" in run("citizen", "show", "åge", "--format", "json").json["name"]
    assert len(list(filled.parent.glob("*.replaced"))) == 1


def test_a_copy_never_replaces_the_database_itself(run: Run, filled: Path) -> None:
    assert run("db", "backup", "--force", filled).code == 1
    assert run("db", "check").code == 0


def test_a_copy_needs_its_folder(run: Run, filled: Path, tmp_path: Path) -> None:
    assert run("db", "backup", tmp_path / "none" / "copy.db").code == 1


def test_restore_into_nothing(run: Run, home: Path, caseload: Path) -> None:
    copy = home / "copy.db"
    copy.write_bytes(caseload.read_bytes())
    copy.chmod(0o600)
    assert run("db", "restore", copy).code == 0
    assert len(run("citizen", "list", "--format", "json").json) == 2


def test_what_is_not_a_copy_is_not_put_back(run: Run, filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("something else that is long enough")
    assert run("db", "restore", other).code == 4
    assert run("--read-only", "db", "restore", filled).code == 4


def test_an_older_database_is_brought_up_to_date(run: Run, home: Path) -> None:
    from jobsamtale_tui.store import migrations

    path = home / "data" / "test.db"
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    migrations.run(Database(path), "0001")
    assert run("--read-only", "citizen", "list").code == 4
    assert run("db", "upgrade").code == 0
    assert (path.parent / "test.db.0001.bak").exists()
    assert run("db", "info", "--format", "json").json["schema"] != "0001"
    assert run("db", "upgrade").code == 0


def test_a_sound_database_passes_quietly(run: Run, filled: Path) -> None:
    done = run("db", "check")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM indicator", "indicator"),
        ("DELETE FROM note WHERE session = 's-1'", "s-1 is completed but has no note"),
        ("DELETE FROM caseworker", "caseworker"),
        ("DELETE FROM history", "history"),
        ("UPDATE citizen SET indicators_used = '{' WHERE key = 'mette-høj'", "citizen.indicators_used"),
        ("UPDATE note SET version = 'x' WHERE session = 's-1'", "note.version"),
    ],
)
def test_damage_is_told(run: Run, filled: Path, statement: str, words: str) -> None:
    change(filled, statement)
    done = run("db", "check")
    assert (done.code, done.out) == (1, "")
    *told, last = done.err.splitlines()
    assert any(words in line for line in told)
    assert last.startswith("jobsamtale: ")


def test_an_agreement_may_choose_what_is_there_only(filled: Path) -> None:
    change(filled, "UPDATE agreement_indicator SET indicator = 'gone'")
    assert any("gone" in fault for fault in faults(Database(filled)))


def test_a_damaged_file_is_told(run: Run, filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
    filled.write_bytes(content)
    done = run("db", "check")
    assert done.code in (1, 4)
    assert done.err.splitlines()[-1].startswith("jobsamtale: ")


def test_a_locked_database_is_exit_four(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("jobsamtale_tui.store.sqlite.database.BUSY_SECONDS", 0.1)
    source = tmp_path / "more.jsonl"
    source.write_text(json.dumps({"kind": "unit", "key": "syd", "name": "Syd"}) + "\n")
    holder = sqlite3.connect(filled, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        done = run("import", source)
    finally:
        holder.close()
    assert done.code == 4
    assert done.err.count("\n") == 1
    assert "locked" in done.err
