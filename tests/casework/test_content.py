"""A kind of session proposes and takes nothing away; what is left out of it asks why; looks back are for learning."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index
from tests.tui.caseload import RECORDS, make

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.facts import kind_checks, suggestions
from jobsamtale_tui.casework.session import lifecycle, planning, reflections
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.questions import reflections as kept
from jobsamtale_tui.store.sqlite import checks
from jobsamtale_tui.store.sqlite.database import Database

ANNE, BO = Actor("anne", "anne-login"), Actor("bo", "bo-login")
GOOD = records.Quality(structure=3, involvement=3, ownership=2, focus=2, questions=1, it=1)
CORE = ["Det, du kan, i en ny branche", "Hvor der mangler folk"]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:05:00Z")
    found = Database(make(tmp_path / "c.db", RECORDS))
    found.prepare()
    return found


def session(database: Database, key: str) -> records.Session:
    with database.connected() as connection:
        found = reads.session(connection, key)
    assert found is not None
    return found


def place(database: Database, key: str) -> ChangeContext:
    with database.connected() as connection:
        return ChangeContext(database=database, actor=ANNE, key=key, seen=reads.session_version(connection, key))


def missing(database: Database, key: str) -> list[str]:
    with database.connected() as connection:
        return kind_checks.missing(connection, session(database, key), "t")


def test_a_kind_proposes_and_takes_nothing_away(database: Database) -> None:
    before = session(database, "ida-åben")
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "brancheskift"})
    now = session(database, "ida-åben")
    assert now.session_kind == "Brancheskift"
    assert now.agenda[: len(before.agenda)] == before.agenda
    assert [item.topic for item in now.agenda[1:3]] == CORE
    assert {(item.state, item.by, item.required) for item in now.agenda[1:]} == {("possible", "caseworker", None)}
    assert (now.interview_type, now.need, now.next) == (7, before.need, before.next)
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Fællessamtale med a-kassen"})
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Brancheskift"})
    after = session(database, "ida-åben")
    assert after.agenda[: len(now.agenda)] == now.agenda, "nothing twice, nothing gone"
    assert after.interview_type == 7, "what is chosen stays"
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Vores egen"})
    assert session(database, "ida-åben").session_kind == "Vores egen"
    by_index.undo(place(database, "ida-åben"))
    by_index.set_content(place(database, "ida-åben"), {"session_kind": None})
    assert session(database, "ida-åben").agenda == after.agenda


def test_choosing_a_kind_is_one_change_that_undo_takes_back_whole(database: Database) -> None:
    before = session(database, "ida-åben")
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Brancheskift", "risk": "Lille risiko"})
    by_index.undo(place(database, "ida-åben"))
    assert session(database, "ida-åben") == before
    by_index.redo(place(database, "ida-åben"))
    assert session(database, "ida-åben").risk == "Lille risiko"
    assert checks.faults(database) == []


def test_a_planned_session_has_its_kinds_items_waiting(database: Database) -> None:
    at = session(database, "åge-om-lidt").held_at.replace(hour=12)
    key = planning.plan(database, ANNE, "åge-bx", at, kind="Kort opfølgning")
    found = session(database, key)
    assert (found.form, found.interview_type, found.session_kind) == ("remote", 7, "Kort opfølgning")
    assert [(item.topic, item.state) for item in found.agenda] == [("Det næste skridt", "possible")]


def test_what_belongs_to_the_kind_and_is_left_out_asks_why(database: Database) -> None:
    assert missing(database, "ida-åben") == []
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Brancheskift"})
    said = missing(database, "ida-åben")
    assert len(said) == 1
    assert all(topic in said[0] for topic in CORE)
    assert "besøg" not in said[0], "what is not at its core may be left out"
    by_index.set_content(place(database, "ida-åben"), {"risk": "Hun har valgt: helbredet først"})
    assert missing(database, "ida-åben") == []
    lifecycle.complete(place(database, "ida-åben"))
    note = session(database, "ida-åben").note
    assert note is not None
    assert "Slags samtale: Brancheskift" in note.text
    assert "Vurdering bag samtalens indhold: Hun har valgt: helbredet først" in note.text


def test_the_kinds_indicators_are_suggested_and_nothing_more(database: Database) -> None:
    by_index.set_content(place(database, "ida-åben"), {"session_kind": "Jobsøgning"})
    with database.connected() as connection:
        citizen = reads.citizen(connection, "ida-sø")
        assert citizen is not None
        found = suggestions.suggested(connection, citizen, date(2026, 6, 3), taken=("netvaerk",))
    because = {one.indicator: [why.text for why in one.because if why.fact == "kind"] for one in found}
    assert because["jobsoegning"] == ["Jobsøgning"]
    assert "netvaerk" not in because
    assert session(database, "ida-åben").scores == ()


def keep(database: Database, actor: Actor, role: records.Observer, **said: Any) -> bool:
    what = reflections.Said(**said)
    return reflections.keep(database, actor, "mette-maj", role, what)


def seen(database: Database, user: str) -> list[tuple[str, str, str | None]]:
    with database.connected() as connection:
        found = kept.for_caseworker(connection, user)
    return [(one.record.by, one.record.role, one.record.note) for one in found]


def test_a_look_back_is_seen_by_its_writer_and_an_observation_by_the_observed(database: Database) -> None:
    assert keep(database, ANNE, "self", note="Vente længere", quality=GOOD)
    assert keep(database, BO, "peer", worked="Pausen", note="Prøv skærmen")
    assert seen(database, "anne") == [("anne", "self", "Vente længere"), ("bo", "peer", "Prøv skærmen")]
    assert seen(database, "bo") == [("bo", "peer", "Prøv skærmen")]
    assert keep(
        database, ANNE, "self", note="Vente endnu længere", roles=records.Balance(coach=60, adviser=30, authority=10)
    )
    assert seen(database, "anne")[0][2] == "Vente endnu længere"
    assert not keep(database, ANNE, "self", note="  "), "nothing left: taken out"
    assert seen(database, "anne") == [("bo", "peer", "Prøv skærmen")]
    assert checks.faults(database) == [], "its history agrees with it"


def test_another_role_takes_the_place_of_the_one_before(database: Database) -> None:
    keep(database, BO, "peer", note="Godt set")
    reflections.keep(database, BO, "mette-maj", "leader", reflections.Said(note="Godt set"), was="peer")
    assert seen(database, "bo") == [("bo", "leader", "Godt set")]


def test_who_writes_in_which_role(database: Database) -> None:
    refused: list[tuple[Actor, records.Observer]] = [
        (ANNE, "peer"),
        (ANNE, "leader"),
        (BO, "self"),
        (Actor(None, "x"), "self"),
    ]
    for actor, role in refused:
        with pytest.raises(RefusedError):
            keep(database, actor, role, note="x")
    with pytest.raises(RefusedError):
        reflections.keep(database, ANNE, "ida-åben", "self", reflections.Said(note="x"))
    with pytest.raises(NotFoundError):
        reflections.keep(database, ANNE, "none", "self", reflections.Said(note="x"))
