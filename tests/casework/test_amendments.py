"""Corrections: added beside the note, never in it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session as Work
from tests.casework import by_index

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.casework.session.corrections import amend
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.tables import CaseworkerRow, CitizenRow
from jobsamtale_tui.store.sqlite import note_search
from jobsamtale_tui.store.sqlite.database import Database

ANNE, BO = Actor("anne", "login-anne"), Actor("bo", "login-bo")


@pytest.fixture
def completed(database: Database) -> str:
    with Work(database.engine()) as work:
        for key in ("anne", "bo"):
            work.add(CaseworkerRow(key=key, name=key.title(), sort_key=key))
        work.add(CitizenRow(key="per", name="Per Madsen", sort_key="per", found_by="per"))
        work.commit()
    key = lifecycle.start(database, ANNE, "per", datetime(2026, 6, 1, 7, tzinfo=UTC))
    lifecycle.complete(ChangeContext(database=database, actor=ANNE, key=key, seen=1))
    return key


def session(database: Database, key: str) -> records.Session:
    with database.connected() as connection:
        found = reads.session(connection, key)
    assert found is not None
    return found


def test_a_correction_is_added_with_day_and_name_and_the_note_stays(database: Database, completed: str) -> None:
    before = session(database, completed)
    assert amend(database, BO, completed, "  Forkert navn ", "Det var\r\nBilka.\n") == 1
    assert amend(database, ANNE, completed, "Dato", "Den 3. juni.") == 2
    after = session(database, completed)
    assert after.note == before.note
    assert [(one.by, one.reason, one.text) for one in after.amendments] == [
        ("bo", "Forkert navn", "Det var\nBilka."),
        ("anne", "Dato", "Den 3. juni."),
    ]
    assert all(one.at == datetime(2026, 6, 1, 8, tzinfo=UTC) for one in after.amendments)


def test_it_has_its_history_and_cannot_be_taken_back(database: Database, completed: str) -> None:
    amend(database, BO, completed, "Navn", "Bilka")
    with database.connected() as connection:
        row = connection.execute(
            "SELECT h.action, h.by, h.login, d.before, d.after FROM history h"
            " JOIN history_detail d ON d.history = h.id WHERE d.table_ = 'amendment'"
        ).fetchone()
        seen = reads.session_version(connection, completed)
    assert row[:4] == ("amendment.add", "bo", "login-bo", None)
    assert '"text":"Bilka"' in row[4]
    with pytest.raises(RefusedError, match="locked"):
        by_index.undo(ChangeContext(database=database, actor=BO, key=completed, seen=seen))


def test_what_is_corrected_is_found_by_the_search(database: Database, completed: str) -> None:
    amend(database, BO, completed, "Navn", "Det var truckkortet")
    with database.connected() as connection:
        assert [one.session for one in note_search.notes_with(connection, "truckkort")] == [completed]
        assert note_search.in_step(connection)


@pytest.mark.parametrize(
    ("actor", "reason", "text", "said"),
    [
        (ANNE, " \n", "Det var Bilka", "both its reason and its text"),
        (ANNE, "Navn", "", "both its reason and its text"),
        (Actor(None, "login"), "Navn", "Bilka", "bears the name"),
    ],
)
def test_what_is_refused_leaves_nothing(
    database: Database, completed: str, actor: Actor, reason: str, text: str, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        amend(database, actor, completed, reason, text)
    assert session(database, completed).amendments == ()


def test_an_open_session_is_changed_and_not_corrected(database: Database, completed: str) -> None:
    key = lifecycle.start(database, ANNE, "per", datetime(2026, 6, 2, 7, tzinfo=UTC))
    with pytest.raises(RefusedError, match="still open"):
        amend(database, ANNE, key, "Navn", "Bilka")
    with pytest.raises(NotFoundError):
        amend(database, ANNE, "ingen", "Navn", "Bilka")
