"""What a caseworker waits for costs in a large house what it costs in a small one; SQLite's steps are counted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from bench import large, scale

from jobsamtale_tui.casework.facts import contact
from jobsamtale_tui.store.questions import contacts, session_lists
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database

SMALL, LARGE = 1500, 4500
"""Citizens: as many in the small house as fill a list, three times as many in the large one."""
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    paths = [tmp_path_factory.mktemp("house") / "house.db" for _count in (SMALL, LARGE)]
    for path, count in zip(paths, (SMALL, LARGE), strict=True):
        large.make(path, count * 3, count)
    with closing(Database(paths[0]).connect()) as one, closing(Database(paths[1]).connect()) as other:
        yield one, other


Houses = tuple[sqlite3.Connection, sqlite3.Connection]


def steps(connection: sqlite3.Connection, question: scale.Question) -> int:
    """How many tens of steps SQLite takes for it, once it is warm."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    question(connection)
    connection.set_progress_handler(count, 10)
    question(connection)
    connection.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("name", scale.QUESTIONS)
def test_a_question_costs_the_same_among_many_and_goes_through_no_table(houses: Houses, name: str) -> None:
    small, many = houses
    question = scale.QUESTIONS[name]
    assert steps(many, question) <= 1.5 * steps(small, question) + 5
    assert dict(scale.scans(many, scale.traced(many, question))) == {}


def test_contact_of_everybody_is_two_questions_that_only_the_index_of_sessions_answers(houses: Houses) -> None:
    _small, many = houses
    made = scale.traced(many, lambda connection: contact.entries(connection, DAY))
    assert len(made) == 2
    plans = [row[3] for one in made for row in many.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert any("session USING COVERING INDEX ix_session_citizen" in step for step in plans)
    assert not any("TEMP B-TREE" in step for step in plans)


def test_contact_of_everybody_says_of_each_what_is_said_of_her_alone(houses: Houses) -> None:
    small, _many = houses
    entries = contact.entries(small, DAY)
    assert len(entries) == SMALL
    assert {one.standing.status for one in entries} > {"overdue", "none"}
    for one in entries[::50]:
        assert one.standing == contact.standing(small, one.citizen, DAY)


def test_nothing_is_made_of_sessions_that_no_rule_asks_for(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    small, _many = houses
    made: list[object] = []
    as_met = contacts._met

    def met(row: tuple[Any, ...]) -> Any:
        made.append(row)
        return as_met(row)

    monkeypatch.setattr(contacts, "_met", met)
    asked = sum(len(one.standing.counted) for one in contact.entries(small, DAY))
    since = (DAY - timedelta(days=3 * 365)).isoformat()
    held = "SELECT count(*) FROM session WHERE status = 'completed' AND held_at > ?"
    assert 0 < asked <= len(made) < small.execute(held, (since,)).fetchone()[0]


def test_a_week_is_read_no_further_than_it_is_shown_and_says_so(houses: Houses) -> None:
    small, many = houses
    week = DAY, DAY + timedelta(days=6)
    everybody, own = session_lists.worklist(many, None, *week), session_lists.worklist(many, large.WORKER, *week)
    assert (len(everybody.lines), everybody.cut, own.cut) == (200, True, False)
    assert [one.status for one in everybody.lines[:65]].count("draft") == 65
    some = session_lists.worklist(small, None, *week, limit=20)
    assert [one.status for one in some.lines].count("draft") == 10
    assert some.lines[0].held_at >= some.lines[9].held_at
    assert session_lists.worklist(small, None, *week, limit=1000).cut is False


def segments(connection: sqlite3.Connection, index: str) -> int:
    (count,) = connection.execute(f"SELECT count(DISTINCT segid) FROM {index}_idx").fetchone()
    return int(count)


def test_an_index_that_was_filled_at_once_is_one_segment(houses: Houses, tmp_path: Path) -> None:
    small, _many = houses
    assert segments(small, "note_search") == segments(small, "citizen_search") == 1
    copy = Database(tmp_path / "copy.db")
    copy.path.touch(mode=0o600)
    with copy.connected() as connection:
        small.backup(connection)
        connection.execute("UPDATE citizen SET found_by = found_by || ' x' WHERE key = ?", (large.LONG,))
        connection.execute("INSERT INTO unsearched SELECT session FROM note LIMIT 1")
        connection.execute("UPDATE searched SET fingerprint = 0")
        made = scale.traced(connection, lambda one: (citizen_search.renew(one), note_search.renew(one)))
        assert not [one for one in made if "'optimize'" in one]
        assert segments(connection, "note_search") == segments(connection, "citizen_search") == 2
