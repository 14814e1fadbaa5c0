"""Finding a citizen by a part of her case key: who has it, whatever has changed, and at the same cost among many."""

import sqlite3
from pathlib import Path

import pytest

from jobsamtale_tui import texts
from jobsamtale_tui.store import migrations
from jobsamtale_tui.store.questions import citizen_lists
from jobsamtale_tui.store.sqlite import citizen_search
from jobsamtale_tui.store.sqlite.database import Database

SOUGHT = ["fas-000", "FAS-00012", "00012", "012", "s-00", "12", "1", "b-7", "anna 0001", "fas- 17", "x12", "0012b"]
LETTERS = ["ø", "q", "å e", "-", "k g", "ø 3"]


def filled(path: Path, count: int) -> Database:
    """So many citizens, with case keys as a case system gives them."""
    database = Database(path)
    database.prepare()
    names = ("Anna Åse", "Bo 12 Holm", "Ib Krag", "Ørn 0012 Dal", "Anna Bech")
    with database.connected() as connection:
        connection.execute("BEGIN")
        for number in range(count):
            name, key, case_key = names[number % len(names)], f"b-{number * 7}", f"FAS-{number:05d}"
            put(connection, name, key, case_key)
        citizen_search.renew(connection)
        connection.execute("COMMIT")
    return database


def put(connection: sqlite3.Connection, name: str, key: str, case_key: str) -> None:
    found_by = texts.folded(f"{name}\n{key}\n{case_key}")
    connection.execute(
        'INSERT INTO citizen ("key", name, sort_key, found_by, case_key) VALUES (?, ?, ?, ?, ?)'
        ' ON CONFLICT ("key") DO UPDATE SET found_by = excluded.found_by, case_key = excluded.case_key',
        (key, name, texts.sort_key(name), found_by, case_key),
    )


def agree(connection: sqlite3.Connection, sought: str) -> bool:
    """As many as are shown, and the same ones as by looking through all."""
    all_of_them = looked_through(connection, sought)
    lines = [one.key for one in citizen_lists.citizen_lines(connection, sought, 100)]
    return lines == all_of_them[:100] and [one.key for one in citizen_lists.citizens(connection, sought)] == all_of_them


def looked_through(connection: sqlite3.Connection, sought: str) -> list[str]:
    """Who has all the words, by a look at every citizen."""
    words = texts.folded(sought).split()
    rows = connection.execute('SELECT "key", found_by FROM citizen ORDER BY sort_key, "key"')
    return [key for key, found_by in rows if all(word in found_by for word in words)]


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return filled(tmp_path_factory.mktemp("some") / "some.db", 400)


@pytest.mark.parametrize("sought", [*SOUGHT, *LETTERS])
def test_a_part_of_a_number_finds_who_has_it_anywhere(some: Database, sought: str) -> None:
    with some.connected() as connection:
        assert agree(connection, sought)


@pytest.mark.parametrize("sought", ["fas-000", "000", "00012"])
def test_where_many_have_it_the_first_are_found_all_the_same(
    some: Database, sought: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citizen_search, "_MANY", 10)
    with some.connected() as connection:
        assert agree(connection, sought)


def test_a_case_key_that_changed_is_found_by_the_new_one_alone(some: Database) -> None:
    with some.connected() as connection:
        connection.execute("BEGIN")
        put(connection, "Ib Krag", "b-14", "Sag 4711/26")
        assert agree(connection, "4711")
        citizen_search.renew(connection)
        assert [one.key for one in citizen_lists.citizen_lines(connection, "711/", 9)] == ["b-14"]
        assert not citizen_lists.citizen_lines(connection, "fas-00002", 9)
        connection.execute("ROLLBACK")


def test_an_older_database_is_filled_and_a_gap_is_mended(tmp_path: Path, some: Database) -> None:
    path = tmp_path / "old.db"
    some.copy_to(path)
    old = Database(path)
    with old.connected() as connection:
        connection.execute("DROP TABLE finding_number")
        connection.execute("DROP INDEX ix_session_group")
        connection.execute("DROP INDEX ix_history_edit")
        connection.execute("ALTER TABLE history DROP COLUMN edit")
        connection.execute("UPDATE alembic_version SET version_num = '0013'")
        numbers = connection.execute("SELECT id, citizen FROM finding ORDER BY id").fetchall()
    migrations.run(old)
    with old.connected() as connection:
        assert citizen_search.in_step(connection)
        assert connection.execute("SELECT id, citizen FROM finding ORDER BY id").fetchall() == numbers
        assert agree(connection, "ø")
        assert agree(connection, "00012")
        connection.execute("DELETE FROM finding_number WHERE id = (SELECT id FROM finding WHERE citizen = 'b-84')")
        assert not citizen_search.in_step(connection)
        connection.execute("BEGIN")
        assert citizen_search.mend(connection) == 1
        connection.execute("COMMIT")
        assert citizen_search.in_step(connection)
        assert agree(connection, "00012")


def steps(database: Database, sought: str) -> int:
    """How many tens of steps SQLite takes to find who has it."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    with database.connected() as connection:
        citizen_lists.citizen_lines(connection, sought, 100)
        connection.set_progress_handler(count, 10)
        citizen_lists.citizen_lines(connection, sought, 100)
    return taken


def test_a_number_typed_by_half_costs_the_same_among_many(some: Database, tmp_path: Path) -> None:
    many = filled(tmp_path / "many.db", 4000)
    for sought in ("fas-0012", "FAS-00123", "-00123", "q", "å q"):
        assert steps(many, sought) <= 1.5 * steps(some, sought)
