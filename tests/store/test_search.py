"""Search in all notes: parts of words, å is not a, newest first, and an index that nobody can forget."""

import json
import sqlite3
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework import by_index

from jobsamtale_tui import texts
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.exchange.importing import import_file
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.errors import ImportRefusedError
from jobsamtale_tui.store import migrations
from jobsamtale_tui.store.sqlite import checks, citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.sqlite.note_search import notes_with

NOTES = {
    "a": ("2026-01-05T08:00:00Z", "Sygedagpengene løber ud. Århus er langt væk."),
    "b": ("2026-03-02T08:00:00Z", "Hun vil ned ad havnen og søge om dagpenge."),
    "c": ("2026-02-02T08:00:00Z", 'Talte om C++ og "lager OR butik" NEAR(havn).'),
    "d": ("2026-02-02T08:00:00Z", "Å, det gik godt: 50 % af tiden på åhavnen. DAGPENGE igen."),
}


def records(notes: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    people = [
        {"kind": "caseworker", "key": "anne", "name": "Anne"},
        {"kind": "caseworker", "key": "bo", "name": "Bo"},
        {"kind": "citizen", "key": "mette", "name": "Mette Holm"},
        {"kind": "citizen", "key": "per", "name": "Per Madsen"},
    ]
    return people + [
        {
            "kind": "session",
            "key": key,
            "citizen": "per" if key == "d" else "mette",
            "caseworker": "bo" if key in "cd" else "anne",
            "held_at": held_at,
            "status": "completed",
            "note": {"text": text, "template": "x", "version": 1, "at": held_at},
        }
        for key, (held_at, text) in notes.items()
    ]


@pytest.fixture
def put(database: Database, tmp_path: Path, actor: Actor) -> Callable[..., None]:
    def call(found: list[dict[str, Any]], **options: Any) -> None:
        path = tmp_path / "in.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        import_file(database, path, "in.jsonl", actor, **options)

    return call


@pytest.fixture
def filled(database: Database, put: Callable[..., None]) -> Database:
    put(records(NOTES))
    return database


def keys(database: Database, text: str, **options: Any) -> str:
    with database.connected() as connection:
        return "".join(one.session for one in notes_with(connection, text, **options))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dagpenge", "bda"),
        ("DAGPENGE", "bda"),
        ("sygedag", "a"),
        ("havn", "bdc"),
        ("ahavn", ""),
        ("åhavn", "d"),
        ("århus", "a"),
        ("arhus", ""),
        ("a\u030ahavn", "d"),
        ("dagpenge havn", "bd"),
        ("havn dagpenge", "bd"),
        ("c++", "c"),
        ("OR", "c"),
        ('"lager OR', "c"),
        ('"', "c"),
        ("NEAR(", "c"),
        ("havn*", ""),
        ("text:havn", ""),
        ("50 %", "d"),
        ("%", "d"),
        ("_", ""),
        ("+", "c"),
        ("å", "d"),
        ("år", "a"),
        ("or", "c"),
        ("lø", "a"),
        ("øb", ""),
        ("c", "c"),
        ("la", "ca"),
        ("-havn", ""),
        ("010190-1234", ""),
        ("", ""),
        ("  \n ", ""),
        ("xyz", ""),
        ("pengedag", ""),
    ],
)
def test_what_is_typed_is_sought_as_it_is_and_the_newest_comes_first(
    filled: Database, text: str, expected: str
) -> None:
    assert keys(filled, text) == expected


def test_of_one_citizen_or_caseworker_alone_and_no_more_than_asked_for(filled: Database) -> None:
    assert keys(filled, "dagpenge", citizen="mette") == "ba"
    assert keys(filled, "dagpenge", caseworker="bo") == "d"
    assert keys(filled, "dagpenge", caseworker="anne", citizen="per") == ""
    assert keys(filled, "dagpenge", limit=2) == "bd"
    assert keys(filled, "en", limit=1) == ""
    assert keys(filled, "om", limit=1) == "b"


def test_a_hit_says_whose_it_is_and_where_it_stands(filled: Database) -> None:
    with filled.connected() as connection:
        (found,) = notes_with(connection, "åhavn gik")
    assert (found.citizen, found.citizen_name, found.held_at) == (
        "per",
        "Per Madsen",
        datetime(2026, 2, 2, 8, tzinfo=UTC),
    )
    assert [found.snippet[start:end] for start, end in found.hits] == ["gik", "åhavn"]


def in_step(database: Database) -> bool:
    with database.connected() as connection:
        waiting = connection.execute("SELECT count(*) FROM unsearched").fetchone()[0]
        return waiting == 0 and note_search.in_step(connection)


def test_in_step_after_an_import_a_second_one_and_one_that_was_refused_or_dry(
    filled: Database, put: Callable[..., None]
) -> None:
    assert in_step(filled)
    changed = records(NOTES)
    changed[-1]["amendments"] = [
        {"at": "2026-04-01T08:00:00Z", "by": "anne", "reason": "Forkert sted", "text": "Det var fjordhavnen."}
    ]
    put(changed, dry_run=True)
    assert keys(filled, "fjord") == ""
    put(changed)
    assert keys(filled, "fjord") == "d"
    assert keys(filled, "forkert åhavnen") == "d"
    assert in_step(filled)
    broken = records({"e": ("2026-05-01T08:00:00Z", "Vinterferie")})
    broken[-1]["citizen"] = "ingen"
    with pytest.raises(ImportRefusedError):
        put(broken)
    assert keys(filled, "vinter") == ""
    assert in_step(filled)


def test_a_record_imported_again_without_its_amendment_is_found_by_what_it_has(
    filled: Database, put: Callable[..., None]
) -> None:
    changed = records(NOTES)
    changed[-1]["amendments"] = [{"at": "2026-04-01T08:00:00Z", "by": "anne", "reason": "Sted", "text": "Fjorden."}]
    put(changed)
    put(records(NOTES))
    assert keys(filled, "fjord") == ""
    assert in_step(filled)


def test_in_step_after_a_session_is_completed(filled: Database, actor: Actor) -> None:
    at = datetime(2026, 6, 1, 8, tzinfo=UTC)
    key = lifecycle.start(filled, actor, "per", at)
    seen = 1
    seen = by_index.set_text(
        ChangeContext(database=filled, actor=actor, key=key, seen=seen), "summary", "Jeg prøver bageriet."
    )
    assert keys(filled, "bageri") == ""
    lifecycle.complete(ChangeContext(database=filled, actor=actor, key=key, seen=seen))
    assert keys(filled, "bageri") == key
    assert in_step(filled)


def test_in_step_after_a_copy_is_put_back(filled: Database, put: Callable[..., None], tmp_path: Path) -> None:
    filled.copy_to(tmp_path / "copy.db")
    put(records({"e": ("2026-05-01T08:00:00Z", "Vinterferie")}))
    assert keys(filled, "vinter") == "e"
    filled.restore_from(tmp_path / "copy.db")
    assert keys(filled, "vinter") == ""
    assert keys(filled, "dagpenge") == "bda"
    assert in_step(filled)


def write(connection: sqlite3.Connection, session: str, text: str) -> None:
    connection.execute(
        "INSERT INTO session (key, citizen, held_at, status) VALUES (?, 'per', '2026-05-01T08:00:00Z', 'completed')",
        (session,),
    )
    connection.execute("INSERT INTO note VALUES (?, ?, 'x', '1', '2026-05-01T08:00:00Z')", (session, text))


def test_what_another_program_wrote_is_found_too_and_taken_in_by_the_next_change(
    filled: Database, put: Callable[..., None]
) -> None:
    with filled.connected() as connection:
        write(connection, "z", "Skrevet udenom, om dagpenge")
    assert keys(filled, "udenom") == "z"
    assert keys(filled, "dagpenge") == "zbda"
    assert keys(filled, "dagpenge", limit=2) == "zb"
    assert not in_step(filled)
    put(records({"e": ("2026-05-02T08:00:00Z", "Mere")}))
    assert keys(filled, "udenom") == "z"
    assert in_step(filled)


def _lose_the_triggers(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    write(connection, "z", "Uden udløser")


def _lose_the_index(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE note_search")
    write(connection, "z", "Uden udløser")


def _another_text(connection: sqlite3.Connection) -> None:
    write(connection, "z", "Uden udløser")
    connection.execute("UPDATE note SET text = 'Noget andet' WHERE session = 'a'")
    connection.execute("DELETE FROM unsearched")


def _a_note_that_is_gone(connection: sqlite3.Connection) -> None:
    write(connection, "z", "Uden udløser")
    connection.execute("INSERT INTO searched VALUES (1, 'borte', 0)")
    connection.execute("DELETE FROM unsearched")


@pytest.mark.parametrize("harm", [_lose_the_triggers, _lose_the_index, _another_text, _a_note_that_is_gone])
def test_the_check_knows_when_the_index_is_out_of_step_and_it_is_mended(
    filled: Database, harm: Callable[[sqlite3.Connection], None]
) -> None:
    assert checks.faults(filled) == []
    with filled.connected() as connection:
        harm(connection)
    assert [said for said in checks.faults(filled) if "db upgrade" in said]
    with filled.connected() as connection:
        assert note_search.mend(connection) > 0
        assert note_search.mend(connection) == 0
    assert not [said for said in checks.faults(filled) if "search" in said]
    assert keys(filled, "udløser") == "z"
    assert keys(filled, "dagpenge") in ("bda", "bd")


def test_notes_of_an_older_database_are_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch(0o600)
    database = Database(path)
    migrations.run(database, "0003")
    with database.connected() as connection:
        connection.execute("INSERT INTO citizen (key, name, sort_key, found_by) VALUES ('per', 'P', 'p', 'p')")
        connection.execute("INSERT INTO caseworker (key, name, sort_key) VALUES ('anne', 'A', 'a')")
        write(connection, "z", "Truckkort i februar")
        connection.execute("INSERT INTO amendment VALUES ('z', 0, '2026-05-02T08:00:00Z', 'anne', 'Måned', 'Marts')")
    database.prepare()
    assert keys(database, "truck") == "z"
    assert keys(database, "truck marts") == "z"
    assert in_step(database)


def test_many_sessions_of_one_moment_all_have_their_place(database: Database, put: Callable[..., None]) -> None:
    put(records({f"k{place:03}": ("2026-05-01T08:00:00Z", f"Fælles møde {place}") for place in range(300)}))
    put(records({f"m{place:03}": ("2026-05-01T08:00:00Z", f"Fælles møde {place}") for place in range(20)}))
    with database.connected() as connection:
        assert len(notes_with(connection, "fælles", limit=1000)) == 320
    assert in_step(database)


@given(text=st.text(), part=st.tuples(st.integers(0, 40), st.integers(1, 12)))
def test_folding_keeps_places_and_every_part_of_a_text_is_found(text: str, part: tuple[int, int]) -> None:
    low = texts.lowered(text)
    assert len(low) == len(text)
    sought = low[part[0] : part[0] + part[1]]
    pattern = texts.pattern(sought)
    for start, end in texts.places(text, [pattern]):
        assert sought in texts.lowered(text[start:end])
    if len(sought) > 2:
        assert texts.places(text, [pattern])
    snippet, hits = texts.snippet(text, [pattern], 50)
    assert len(snippet) <= 52
    assert all(0 <= start < end <= len(snippet) for start, end in hits)


def test_all_that_wait_are_not_held_in_memory_at_once(database: Database) -> None:
    many = 10_000
    with database.connected() as connection:
        for table, renew in (("unsearched", note_search.renew), ("unfound", citizen_search.renew)):
            connection.execute("BEGIN")
            connection.executemany(f"INSERT INTO {table} VALUES (?)", ((f"gone-{number}",) for number in range(many)))
            tracemalloc.start()
            try:
                assert renew(connection) == many
                _now, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
            connection.execute("COMMIT")
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
            assert most < many * 30  # a row of text takes some 120 bytes
