import os
import sqlite3
from pathlib import Path

import pytest

from jobsamtale_tui.errors import NotFoundError, StoreError, UsageError
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database, file_system


def test_a_missing_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database.at(str(tmp_path / "new" / "x.db"))
    database.prepare()
    assert database.path.stat().st_mode & 0o777 == 0o600
    assert database.path.parent.stat().st_mode & 0o777 == 0o700
    assert database.revision() == sqlite_database.REVISIONS[-1]


def test_read_only_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="none is made"):
        Database(tmp_path / "x.db", read_only=True).prepare()
    assert not (tmp_path / "x.db").exists()


def test_read_only_refuses_every_change(database: Database) -> None:
    with (
        Database(database.path, read_only=True).connected() as connection,
        pytest.raises(StoreError, match="only be read"),
        sqlite_database.reported(database.path),
    ):
        connection.execute("DELETE FROM citizen")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_can_reach_is_refused_with_the_chmod_that_mends_it(database: Database, mode: int) -> None:
    database.path.chmod(mode)
    with pytest.raises(StoreError) as refused:
        database.prepare()
    assert refused.value.hint == f"chmod 600 {database.path}"
    assert refused.value.exit_code == 4


def test_the_pragmas_stand_on_every_connection(database: Database) -> None:
    with database.connected() as connection:
        values = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2, 1]


def test_a_newer_database_is_refused_with_a_way_out(database: Database) -> None:
    with database.connected() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version") as refused:
        database.prepare()
    assert "--db" in refused.value.hint


def test_what_is_no_database_of_this_program_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello, this is not a database at all")
    text.chmod(0o600)
    with pytest.raises(StoreError, match="not a database of this program"):
        Database(text).prepare()
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE x (y)").connection.close()
    other.chmod(0o600)
    with pytest.raises(StoreError, match="not a database of this program"):
        Database(other).prepare()


def test_other_kinds_of_database_are_refused() -> None:
    with pytest.raises(UsageError, match="postgresql"):
        Database.at("postgresql://host/db")
    assert Database.at("sqlite:////srv/x.db").path == Path("/srv/x.db")


def test_a_locked_database_is_said_to_be_locked(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.05)
    holder = database.connect()
    holder.execute("BEGIN IMMEDIATE")
    try:
        with (
            database.connected() as connection,
            pytest.raises(StoreError, match="locked"),
            sqlite_database.reported(database.path),
        ):
            connection.execute("BEGIN IMMEDIATE")
    finally:
        holder.close()


def test_errors_of_the_mapping_layer_show_no_values(database: Database) -> None:
    from sqlalchemy import text

    with (
        pytest.raises(StoreError) as refused,
        sqlite_database.reported(database.path),
        database.engine().connect() as connection,
    ):
        connection.execute(text("INSERT INTO citizen (key) VALUES (:key)"), {"key": "010190-1234"})
    assert "010190" not in str(refused.value)


MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:50 / {home} rw,relatime shared:1 - nfs4 server:/home rw
41 40 8:2 / {home}/local rw - xfs /dev/sdb rw
"""


def test_network_file_systems_are_recognised(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "local").mkdir(parents=True)
    info = tmp_path / "mountinfo"
    info.write_text(MOUNTS.format(home=home))
    assert file_system(home / "x.db", info) == "nfs4"
    assert file_system(home / "local" / "x.db", info) == "xfs"
    assert file_system(tmp_path / "x.db", info) == "ext4"
    assert file_system(tmp_path / "x.db", tmp_path / "missing") is None


def test_a_network_file_system_is_refused_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_database, "file_system", lambda _path: "cifs")
    with pytest.raises(StoreError, match=r"network file system \(cifs\)"):
        Database(tmp_path / "x.db").prepare()
    assert not (tmp_path / "x.db").exists()


def test_a_copy_is_whole_while_somebody_writes_and_restores(database: Database, tmp_path: Path) -> None:
    with database.connected() as writer:
        writer.execute("INSERT INTO unit (key, name) VALUES ('nord', 'Nord')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO unit (key, name) VALUES ('syd', 'Syd')")
        database.copy_to(tmp_path / "copy.db")
        writer.execute("COMMIT")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    kept = database.restore_from(tmp_path / "copy.db")
    with database.connected() as connection:
        assert connection.execute("SELECT key FROM unit").fetchall() == [("nord",)]
    assert kept is not None
    with Database(kept).connected() as connection:
        assert connection.execute("SELECT key FROM unit ORDER BY key").fetchall() == [("nord",), ("syd",)]


def test_what_cannot_be_restored_leaves_all_as_it_was(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        database.restore_from(tmp_path / "none.db")
    broken = tmp_path / "broken.db"
    broken.write_bytes(os.urandom(8192))
    with pytest.raises(StoreError):
        database.restore_from(broken)
    assert database.revision() == sqlite_database.REVISIONS[-1]
