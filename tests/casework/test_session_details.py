"""What surrounds a session: time, form, people, and whether it was held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from sqlmodel import Session as Work
from tests.casework import by_index

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.tables import CaseworkerRow, CitizenRow, SessionRow
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.screens.session.details import ROLES

PAST = datetime(2026, 5, 28, 8, 0, tzinfo=UTC)
AHEAD = datetime(2026, 6, 8, 10, 30, tzinfo=UTC)


@dataclass
class Desk:
    """One session and one actor, who has always seen its newest version."""

    database: Database
    key: str = "s"

    @property
    def place(self) -> ChangeContext:
        with self.database.connected() as connection:
            seen = reads.session_version(connection, self.key)
        return ChangeContext(database=self.database, actor=Actor("anne", "login-anne"), key=self.key, seen=seen)

    def do(self, change: Callable[..., Any], *args: Any) -> records.Session:
        change(self.place, *args)
        return self.session

    @property
    def session(self) -> records.Session:
        with self.database.connected() as connection:
            found = reads.session(connection, self.key)
        assert found is not None
        return found

    def history(self) -> list[str]:
        with self.database.connected() as connection:
            return [action for (action,) in connection.execute('SELECT "action" FROM history ORDER BY id')]


@pytest.fixture
def desk(database: Database) -> Desk:
    with Work(database.engine()) as work:
        work.add(CaseworkerRow(key="anne", name="Anne", sort_key="anne"))
        work.add(CitizenRow(key="per", name="Per Madsen", sort_key="per madsen", found_by="per"))
        work.flush()
        work.add(SessionRow(key="s", citizen="per", held_at=PAST, status="planned"))
        work.commit()
    return Desk(database)


def test_details_are_one_change_and_can_be_undone(desk: Desk) -> None:
    values = {"minutes": 45, "booked_by": "citizen_helped", "interview_type": 19, "form": "remote"}
    session = desk.do(by_index.set_details, {**values, "session_kind": "  Brancheskift ", "theme": "Lager"})
    assert (session.minutes, session.booked_by, session.interview_type) == (45, "citizen_helped", 19)
    assert (session.form, session.session_kind, session.theme) == ("remote", "Brancheskift", "Lager")
    assert desk.history() == ["details"]
    session = desk.do(by_index.undo)
    assert (session.minutes, session.booked_by, session.interview_type, session.session_kind) == (None,) * 4


def test_blank_and_none_clear_and_what_is_not_named_stays(desk: Desk) -> None:
    desk.do(by_index.set_details, {"session_kind": "Jobsøgning", "minutes": 30, "form": "remote"})
    session = desk.do(by_index.set_details, {"session_kind": " ", "minutes": None})
    assert (session.session_kind, session.minutes, session.form) == (None, None, "remote")


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_outside_a_day_are_refused_with_all_that_came_along(desk: Desk, minutes: int) -> None:
    with pytest.raises(RefusedError, match="0 to 1440"):
        by_index.set_details(desk.place, {"form": "remote", "minutes": minutes})
    assert desk.history() == []
    assert desk.session.form is None


def test_time_and_status_among_the_details(desk: Desk) -> None:
    desk.do(by_index.set_details, {"status": "no_show", "minutes": 20})
    assert (desk.session.status, desk.history()) == ("no_show", ["session.no_show"])
    session = desk.do(by_index.set_details, {"held_at": AHEAD, "form": "remote"})
    assert (session.status, session.held_at, session.form) == ("planned", AHEAD, "remote")
    assert desk.do(by_index.set_details, {"held_at": AHEAD, "status": "cancelled"}).status == "cancelled"


def test_participants_come_and_go(desk: Desk) -> None:
    desk.do(by_index.add_participant, "companion", "Ole  Bak")
    desk.do(by_index.add_participant, "interpreter")
    session = desk.session
    assert session.participants == (
        records.Participant(role="companion", name="Ole Bak"),
        records.Participant(role="interpreter"),
    )
    session = desk.do(by_index.remove_participant, 0)
    assert [one.role for one in session.participants] == ["interpreter"]
    with pytest.raises(RefusedError, match="no longer there"):
        by_index.remove_participant(desk.place, 1)
    assert desk.do(by_index.remove_participant, 0).participants == ()
    assert set(ROLES) == set(get_args(records.ParticipantRole))


def test_participants_stand_in_the_note_in_danish(desk: Desk) -> None:
    desk.do(by_index.set_status, "draft")
    desk.do(by_index.add_participant, "companion", "Ole Bak")
    note = desk.do(lifecycle.complete).note
    assert note is not None
    assert "Andre deltagere: bisidder (Ole Bak)" in note.text


def test_a_planned_session_is_moved(desk: Desk) -> None:
    session = desk.do(by_index.move, AHEAD)
    assert (session.held_at, session.status) == (AHEAD, "planned")
    assert desk.history() == ["session.move"]


def test_what_is_begun_and_moved_ahead_is_planned_again_and_keeps_what_is_written(desk: Desk) -> None:
    desk.do(by_index.set_status, "draft")
    desk.do(by_index.set_text, "need", "Ro")
    session = desk.do(by_index.move, AHEAD)
    assert (session.status, session.need) == ("planned", "Ro")
    back = desk.do(by_index.undo)
    assert (back.status, back.held_at) == ("draft", PAST)


def test_the_time_of_an_open_session_is_corrected_and_it_stays_open(desk: Desk) -> None:
    desk.do(by_index.set_status, "draft")
    earlier = datetime(2026, 5, 28, 7, 30, tzinfo=UTC)
    session = desk.do(by_index.move, earlier)
    assert (session.status, session.held_at) == ("draft", earlier)


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_what_was_not_held_moves_ahead_and_never_back(desk: Desk, status: str) -> None:
    desk.do(by_index.set_status, status)
    with pytest.raises(RefusedError, match="moved to a time ahead"):
        by_index.move(desk.place, datetime(2026, 5, 20, 8, 0, tzinfo=UTC))
    assert desk.do(by_index.move, AHEAD).status == "planned"


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_cancelled_and_no_show_keep_all_and_can_be_taken_back(desk: Desk, status: str) -> None:
    desk.do(by_index.set_status, "draft")
    desk.do(by_index.set_text, "preparation", "Hold øje med Joblog")
    desk.do(by_index.add_item, "CV", "citizen", "agreed")
    session = desk.do(by_index.set_status, status)
    assert (session.status, session.preparation, len(session.agenda)) == (status, "Hold øje med Joblog", 1)
    assert desk.history()[-1] == ("session.cancel" if status == "cancelled" else "session.no_show")
    assert desk.do(by_index.undo).status == "draft"
    desk.do(by_index.set_status, status)
    assert desk.do(by_index.set_status, "planned").status == "planned"
    desk.do(by_index.set_status, status)
    assert desk.do(by_index.set_status, "draft").status == "draft"
    assert desk.session.caseworker == "anne"
    with desk.database.connected() as connection:
        assert reads.begun_at(connection, "s") == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def test_a_completed_session_is_locked(desk: Desk) -> None:
    desk.do(by_index.set_status, "draft")
    desk.do(lifecycle.complete)
    for status in ("cancelled", "no_show", "planned", "draft"):
        with pytest.raises(RefusedError, match="completed and locked"):
            by_index.set_status(desk.place, status)
    with pytest.raises(RefusedError, match="completed and locked"):
        by_index.move(desk.place, AHEAD)


def test_a_version_that_somebody_else_went_past_is_refused(desk: Desk) -> None:
    stale = desk.place
    desk.do(by_index.set_details, {"minutes": 20})
    with pytest.raises(ChangedByOtherError):
        by_index.set_status(stale, "cancelled")
    assert desk.session.status == "planned"
