"""Units and caseworkers changed: kept whole, with history, never over what somebody else has changed since."""

import json
from typing import Any

import pytest

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import staff
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database


@pytest.fixture
def made(database: Database, actor: Actor) -> Database:
    staff.make_unit(database, actor, records.Unit(key="nord", name="Afsnit Nord", municipality="Vejle"))
    worker = records.Caseworker(key="åse", name="Åse Bæk", unit="nord", role="caseworker")
    staff.make_caseworker(database, actor, worker)
    return database


def place(database: Database, actor: Actor, kind: str, key: str) -> ChangeContext:
    with database.connected() as connection:
        return ChangeContext(database=database, actor=actor, key=key, seen=quick_reads.version(connection, kind, key))


def last(database: Database) -> tuple[Any, ...]:
    """The latest change: action, kind, record, login, before, after."""
    with database.connected() as connection:
        *entry, before, after = connection.execute(
            'SELECT h."action", h."subject_kind", h."subject", h."login", d."before", d."after" FROM history h'
            " JOIN history_detail d ON d.history = h.id ORDER BY h.id DESC LIMIT 1"
        ).fetchone()
    return (*entry, json.loads(before or "null"), json.loads(after))


def test_a_unit_is_changed_with_one_entry_in_the_history(made: Database, actor: Actor) -> None:
    seen = place(made, actor, "unit", "nord")
    assert staff.edit_unit(seen, {"name": "Afsnit Øst", "key": "other"}) == seen.seen + 1
    with made.connected() as connection:
        assert reads.units(connection) == [records.Unit(key="nord", name="Afsnit Øst", municipality="Vejle")]
    expected = ("unit.edit", "unit", "nord", "tester", {"name": "Afsnit Nord"}, {"name": "Afsnit Øst"})
    assert last(made) == expected


def test_a_caseworker_is_changed_and_sorts_by_her_new_name(made: Database, actor: Actor) -> None:
    staff.edit_caseworker(place(made, actor, "caseworker", "åse"), {"name": "Bente Bæk", "unit": None})
    with made.connected() as connection:
        expected = records.Caseworker(key="åse", name="Bente Bæk", unit=None, role="caseworker")
        assert reads.caseworker(connection, "åse") == expected
    action, kind, key, _login, before, after = last(made)
    assert (action, kind, key) == ("caseworker.edit", "caseworker", "åse")
    assert before == {"name": "Åse Bæk", "sort_key": texts.sort_key("Åse Bæk"), "unit": "nord"}
    assert after == {"name": "Bente Bæk", "sort_key": texts.sort_key("Bente Bæk"), "unit": None}


def test_the_second_writer_is_told_and_nothing_is_written_over(made: Database, actor: Actor) -> None:
    unit, worker = place(made, actor, "unit", "nord"), place(made, actor, "caseworker", "åse")
    bo = Actor("bo", "bo-login")
    staff.edit_unit(place(made, bo, "unit", "nord"), {"name": "Bos navn"})
    staff.edit_caseworker(place(made, bo, "caseworker", "åse"), {"role": "key_person"})
    with pytest.raises(ChangedByOtherError, match="bo changed it at"):
        staff.edit_unit(unit, {"name": "Mit navn"})
    with pytest.raises(ChangedByOtherError, match="bo changed it at"):
        staff.edit_caseworker(worker, {"role": "team_leader"})
    with made.connected() as connection:
        assert reads.units(connection)[0].name == "Bos navn"
        assert [one.role for one in reads.caseworkers(connection)] == ["key_person"]


def test_what_cannot_be_is_refused(made: Database, actor: Actor) -> None:
    with pytest.raises(RefusedError, match="no unit syd"):
        staff.edit_caseworker(place(made, actor, "caseworker", "åse"), {"unit": "syd"})
    with pytest.raises(RefusedError):
        staff.edit_unit(place(made, actor, "unit", "nord"), {"name": ""})
    with pytest.raises(NotFoundError):
        staff.edit_unit(place(made, actor, "unit", "syd"), {"name": "Syd"})
    assert last(made)[0] == "caseworker.new"
