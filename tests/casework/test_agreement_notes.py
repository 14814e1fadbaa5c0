"""What the journal note says of the agreement: every change once, with its reason, in the note that follows it."""

from datetime import UTC, date, datetime

import pytest
from tests.casework import by_index

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import agreements, citizens, staff
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database

ANNE, BO = Actor("anne", "anne-login"), Actor("bo", "bo-login")
HEADING = "Ændringer i aftalen om indikatorer"
FIRST, SECOND, THIRD = (datetime(2026, month, 1, 8, tzinfo=UTC) for month in (6, 7, 8))


@pytest.fixture
def case(database: Database) -> Database:
    for key, name in (("anne", "Anne Bech"), ("bo", "Bo Lund")):
        staff.make_caseworker(database, ANNE, records.Caseworker(key=key, name=name))
    citizens.make(database, ANNE, records.Citizen(key="per", name="Per Madsen", caseworker="anne"))
    return database


def place(database: Database, actor: Actor, kind: str, key: str) -> ChangeContext:
    with database.connected() as connection:
        seen = quick_reads.version(connection, kind, key)
    return ChangeContext(database=database, actor=actor, key=key, seen=seen)


def held(database: Database, at: datetime, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session begun and completed; its note."""
    monkeypatch.setenv("JOBSAMTALE_NOW", at.isoformat())
    key = lifecycle.start(database, ANNE, "per", at)
    lifecycle.complete(place(database, ANNE, "session", key))
    with database.connected() as connection:
        found = reads.session(connection, key)
    assert found is not None
    assert found.note is not None
    return found.note.text


def test_each_change_stands_in_the_next_note_with_its_reason_and_in_no_other(
    case: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBSAMTALE_NOW", FIRST.isoformat())
    key = agreements.make(case, ANNE, "per", FIRST.date(), chosen=[("jobtro", "Per tvivler\n# Overskrift")])
    first = held(case, FIRST, monkeypatch)
    assert HEADING in first
    assert first.count("Per tvivler") == 1  # under its indicator, not once more under the changes
    assert "  # Overskrift" in first
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-01T09:30:00Z")  # the same day, after the note was written
    agreements.choose(place(case, BO, "agreement", key), "netvaerk", "Han er alene", date(2026, 6, 1))
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-20T09:00:00Z")
    agreements.remove(
        place(case, BO, "agreement", key), "jobtro", "Han tror på det nu\nJobmål\n------", date(2026, 6, 20)
    )
    agreements.change_period(place(case, ANNE, "agreement", key), FIRST.date(), None, 6, "Seks uger giver ro")
    second = held(case, SECOND, monkeypatch)
    part = second[second.index(HEADING) :]
    assert "- 1. juni 2026 (Bo Lund): " in part
    assert "- 20. juni 2026 (Bo Lund): " in part
    assert "  Begrundelse: Han tror på det nu\n  Jobmål\n  ------" in part
    assert "- 20. juni 2026: " in part
    assert "  Begrundelse: Seks uger giver ro" in part
    assert "Per tvivler" not in second
    assert HEADING not in held(case, THIRD, monkeypatch)


def test_a_draft_has_the_changes_too_and_reasons_stand_under_an_agreement_that_has_run_out(
    case: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBSAMTALE_NOW", FIRST.isoformat())
    agreements.make(case, ANNE, "per", date(2026, 5, 1), until=date(2026, 5, 31), chosen=[("jobtro", "Per tvivler")])
    key = lifecycle.start(case, ANNE, "per", FIRST)
    with case.connected() as connection:
        draft = reads.session(connection, key)
        assert draft is not None
        text = notes.note_of(connection, draft).text
    assert HEADING in text
    assert "ikke scoret" not in text  # not agreed on that day any more, so it is not missed either
    by_index.set_score(place(case, ANNE, "session", key), "jobtro", "citizen", 4)
    with case.connected() as connection:
        scored = reads.session(connection, key)
        assert scored is not None
        assert "Valgt fordi: Per tvivler" in notes.note_of(connection, scored).text
