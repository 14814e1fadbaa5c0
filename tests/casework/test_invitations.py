"""The next session in the citizen's calendar: however often it is moved, it stays one appointment."""

from collections.abc import Callable
from datetime import UTC, datetime

import icalendar
import pytest
from sqlmodel import Session as Work
from tests.casework import by_index

from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.facts import invitations
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.tables import CitizenRow, SessionRow
from jobsamtale_tui.store.sqlite.database import Database

HELD = datetime(2026, 5, 28, 8, 0, tzinfo=UTC)
FIRST, LATER = datetime(2026, 6, 8, 10, 30, tzinfo=UTC), datetime(2026, 6, 9, 7, 0, tzinfo=UTC)


@pytest.fixture
def agreed(database: Database) -> tuple[Database, Callable[[str], ChangeContext]]:
    """A session with Per in which the next one has been agreed, and what says where one stands in a session."""
    with Work(database.engine()) as work:
        work.add(CitizenRow(key="per", name="Per", sort_key="per", found_by="per"))
        work.flush()
        work.add(SessionRow(key="s", citizen="per", held_at=HELD, status="draft"))
        work.commit()

    def place(key: str) -> ChangeContext:
        with database.connected() as connection:
            seen = reads.session_version(connection, key)
        return ChangeContext(database=database, actor=Actor(None, "login"), key=key, seen=seen)

    by_index.set_next(place("s"), FIRST, None)
    return database, place


def event(database: Database, key: str) -> tuple[str, str, int, datetime]:
    """Method, UID, SEQUENCE and beginning of what `key` gives."""
    with database.connected() as connection:
        found = reads.session(connection, key)
        assert found is not None
        whole = icalendar.Calendar.from_ical(invitations.calendar(connection, found))
    (one,) = whole.walk("VEVENT")
    assert isinstance(one, icalendar.Event)
    begins = one.DTSTART
    assert isinstance(begins, datetime)
    return str(whole["method"]), str(one["uid"]), one.sequence, begins


def planned(database: Database) -> str:
    with database.connected() as connection:
        (key,) = connection.execute("SELECT key FROM session WHERE status IN ('planned', 'cancelled')").fetchone()
    return str(key)


def test_a_moved_session_takes_the_place_of_the_earlier_one(
    agreed: tuple[Database, Callable[[str], ChangeContext]],
) -> None:
    database, place = agreed
    method, uid, sequence, at = event(database, "s")
    assert (method, at) == ("PUBLISH", FIRST)
    by_index.set_next(place("s"), LATER, None)
    assert event(database, "s") == ("PUBLISH", uid, sequence + 1, LATER)
    lifecycle.complete(place("s"))
    key = planned(database)
    before = event(database, key)
    assert before[1] == uid
    by_index.set_details(place(key), {"held_at": FIRST})
    moved = event(database, key)
    assert (moved[0], moved[1], moved[3]) == ("PUBLISH", uid, FIRST)
    assert moved[2] > before[2] > sequence
    assert event(database, "s") == moved


def test_one_that_is_called_off_is_taken_out_of_the_calendar_and_not_sent(
    agreed: tuple[Database, Callable[[str], ChangeContext]],
) -> None:
    database, place = agreed
    uid = event(database, "s")[1]
    lifecycle.complete(place("s"))
    by_index.set_status(place(planned(database)), "cancelled")
    assert event(database, "s")[:2] == ("CANCEL", uid)
    with database.connected() as connection:
        found = reads.session(connection, "s")
        assert found is not None
        with pytest.raises(RefusedError, match="called off"):
            invitations.line(connection, found)


def test_a_session_planned_by_itself_is_another_appointment_than_the_one_agreed_in_it(
    agreed: tuple[Database, Callable[[str], ChangeContext]],
) -> None:
    database, place = agreed
    with Work(database.engine()) as work:
        work.add(SessionRow(key="alene", citizen="per", held_at=FIRST, status="planned"))
        work.commit()
    own = event(database, "alene")
    assert own[1] != event(database, "s")[1]
    lifecycle.resume(database, Actor(None, "login"), "alene")
    by_index.set_next(place("alene"), LATER, None)
    assert event(database, "alene")[1] != own[1]
