from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.store import migrations
from jobsamtale_tui.store.questions import citizen_lists
from jobsamtale_tui.store.schema.tables import Row
from jobsamtale_tui.store.sqlite import citizen_search
from jobsamtale_tui.store.sqlite.database import REVISIONS, Database


def older(path: Path, revision: str) -> Database:
    path.touch(0o600)
    database = Database(path)
    migrations.run(database, revision)
    return database


def test_the_revisions_named_are_those_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_migrations_and_tables_say_the_same(database: Database) -> None:
    with database.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": migrations.ours})
        assert compare_metadata(context, Row.metadata) == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_database_is_copied_then_migrated_with_its_rows(tmp_path: Path, revision: str) -> None:
    database = older(tmp_path / "old.db", revision)
    with database.connected() as connection:
        connection.execute("INSERT INTO citizen (key, name, sort_key, found_by) VALUES ('a', 'Å', '}', 'å')")
        connection.execute("INSERT INTO session (key, citizen, held_at, status) VALUES ('s', 'a', 'x', 'draft')")
        connection.execute("INSERT INTO agenda_item VALUES ('s', 0, 'CV', 'citizen', 'agreed', NULL, NULL)")
    database.prepare()
    assert database.revision() == REVISIONS[-1]
    with database.connected() as connection:
        assert connection.execute("SELECT topic FROM agenda_item").fetchall() == [("CV",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    copy = Database(tmp_path / f"old.db.{revision}.bak")
    assert copy.revision() == revision
    assert copy.path.stat().st_mode & 0o777 == 0o600


def test_an_upgrade_that_is_cut_off_leaves_the_older_database_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = older(tmp_path / "old.db", REVISIONS[-2])

    def interrupted(_connection: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(citizen_search, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            database.prepare()
    assert database.revision() == REVISIONS[-2]
    database.prepare()
    with database.connected() as connection:
        assert citizen_search.in_step(connection)
        assert citizen_lists.citizen_lines(connection, "å", 9) == []


def test_an_older_database_is_not_touched_when_read_only(tmp_path: Path) -> None:
    database = older(tmp_path / "old.db", REVISIONS[0])
    with pytest.raises(StoreError, match="older version"):
        Database(database.path, read_only=True).prepare()
    assert database.revision() == REVISIONS[0]


def test_every_table_is_strict(database: Database) -> None:
    with database.connected() as connection:
        rows = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
            " AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'"
        ).fetchall()
    assert {name for name, _strict in rows} == set(Row.metadata.tables)
    assert all(strict for _name, strict in rows)
