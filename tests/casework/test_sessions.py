"""A session from beginning to note, through the functions that the screens call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session as Work
from tests.casework import by_index

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.store.questions import reads, session_lists
from jobsamtale_tui.store.schema.tables import (
    AgreementIndicatorRow,
    AgreementRow,
    CaseworkerRow,
    CitizenRow,
    SessionRow,
)
from jobsamtale_tui.store.sqlite.database import Database

AT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


@dataclass
class Desk:
    """One actor at one session: makes changes on the version it has seen."""

    database: Database
    actor: Actor
    key: str = ""
    seen: int = 0

    def do(self, change: Callable[..., int], *args: Any) -> int:
        place = ChangeContext(database=self.database, actor=self.actor, key=self.key, seen=self.seen)
        self.seen = change(place, *args)
        return self.seen

    @property
    def place(self) -> ChangeContext:
        return ChangeContext(database=self.database, actor=self.actor, key=self.key, seen=self.seen)

    @property
    def session(self) -> records.Session:
        with self.database.connected() as connection:
            found = reads.session(connection, self.key)
            self.seen = reads.session_version(connection, self.key)
        assert found is not None
        return found

    def history(self) -> list[tuple[Any, ...]]:
        with self.database.connected() as connection:
            return connection.execute(
                'SELECT h."action", h."by", h."login", d."before", d."after" FROM history h'
                " JOIN history_detail d ON d.history = h.id ORDER BY h.id, d.position"
            ).fetchall()


@pytest.fixture
def desk(database: Database) -> Desk:
    with Work(database.engine()) as work:
        for key in ("anne", "bo"):
            work.add(CaseworkerRow(key=key, name=key, sort_key=key))
        work.flush()
        work.add(CitizenRow(key="per", name="Per Madsen", sort_key="per madsen", found_by="per", case_key="S-1"))
        work.flush()
        work.add(AgreementRow(key="a", citizen="per", from_=date(2026, 1, 1)))
        work.flush()
        work.add(
            AgreementIndicatorRow(
                agreement="a", position=0, indicator="jobtro", reason="Per tvivler", from_=date(2026, 1, 1)
            )
        )
        work.commit()
    desk = Desk(database, Actor("anne", "login-anne"))
    desk.key = lifecycle.start(database, desk.actor, "per", AT)
    desk.seen = 1
    return desk


def test_starting_makes_a_draft_goes_on_with_it_and_takes_what_is_planned_today(desk: Desk) -> None:
    assert (desk.session.status, desk.session.caseworker) == ("draft", "anne")
    assert lifecycle.start(desk.database, desk.actor, "per", AT) == desk.key
    with Work(desk.database.engine()) as work:
        work.add(CitizenRow(key="aase", name="Åse", sort_key="}se", found_by="åse"))
        work.flush()
        work.add(SessionRow(key="plan", citizen="aase", held_at=AT, status="planned"))
        work.commit()
    assert lifecycle.start(desk.database, desk.actor, "aase", AT) == "plan"
    with pytest.raises(NotFoundError, match="no citizen nobody"):
        lifecycle.start(desk.database, desk.actor, "nobody", AT)


def test_a_whole_session_and_its_note(desk: Desk) -> None:
    desk.do(by_index.set_text, "need", "Jeg vil i arbejde")
    for topic in ("CV", "Ryggen", "Praktik"):
        desk.do(by_index.add_item, topic, "citizen", "agreed")
    desk.do(by_index.finish_item, 0)
    desk.do(by_index.conclude_item, 0, "Skal rettes til")
    desk.do(by_index.toggle_item, 2)
    desk.do(by_index.set_score, "jobtro", "citizen", 7)
    desk.do(by_index.remark_score, "jobtro", "citizen", "Det går bedre")
    desk.do(by_index.add_step, "Ringe til Netto", "telefon", date(2026, 6, 5))
    desk.do(by_index.set_next, datetime(2026, 6, 22, 8, 0, tzinfo=UTC), "Praktikken er i gang")
    desk.do(lifecycle.complete)
    session = desk.session
    assert session.status == "completed"
    assert session.note is not None
    text = session.note.text
    for said in ("CV", "Skal rettes til", "Ryggen", "7", "Per tvivler", "Det går bedre", "Ringe til Netto", "S-1"):
        assert said in text
    assert "- Praktik" not in text
    with desk.database.connected() as connection:
        planned = session_lists.session_lines(connection, "s.\"status\" = 'planned'", ())
    assert [(one.citizen, dates.iso(one.held_at)) for one in planned] == [("per", "2026-06-22T08:00:00Z")]
    with pytest.raises(RefusedError, match="completed and locked"):
        desk.do(by_index.set_text, "need", "andet")
    with pytest.raises(RefusedError, match="nothing to undo"):
        by_index.undo(desk.place)


def test_every_change_has_its_history_in_the_same_transaction(desk: Desk) -> None:
    desk.do(by_index.set_score, "jobtro", "citizen", 3)
    desk.do(by_index.set_score, "jobtro", "citizen", 4)
    rows = [row for row in desk.history() if row[0] == "score.set" and row[3]]
    assert rows == [("score.set", "anne", "login-anne", '{"value":3}', '{"value":4}')]


def test_a_refused_change_leaves_neither_row_nor_history(desk: Desk) -> None:
    before = desk.history()
    with pytest.raises(RefusedError, match="outside the scale 1 to 10"):
        desk.do(by_index.set_score, "jobtro", "citizen", 11)
    with pytest.raises(RefusedError, match="no score to write a remark on"):
        desk.do(by_index.remark_score, "jobtro", "citizen", "x")
    with pytest.raises(RefusedError, match="may not be blank"):
        desk.do(by_index.add_item, "  \n", "citizen", "agreed")
    assert desk.history() == before
    assert desk.session.scores == ()


def test_of_two_people_the_second_is_told_who_changed_it_and_nothing_is_written(desk: Desk) -> None:
    other = Desk(desk.database, Actor("bo", "login-bo"), desk.key, desk.seen)
    desk.do(by_index.set_text, "need", "fra Anne")
    with pytest.raises(ChangedByOtherError, match="anne changed the session at"):
        other.do(by_index.set_text, "need", "fra Bo")
    assert other.session.need == "fra Anne"
    other.do(by_index.set_text, "need", "fra Bo")
    assert desk.session.need == "fra Bo"


CHANGES: list[tuple[str, Callable[[Desk], Any]]] = [
    ("score", lambda desk: desk.do(by_index.set_score, "jobtro", "citizen", 5)),
    ("rescore", lambda desk: desk.do(by_index.set_score, "hverdag", "caseworker", 2)),
    ("clear", lambda desk: desk.do(by_index.set_score, "hverdag", "citizen", None)),
    ("item", lambda desk: desk.do(by_index.add_item, "CV", "citizen", "possible")),
    ("toggle", lambda desk: desk.do(by_index.toggle_item, 0)),
    ("by", lambda desk: desk.do(by_index.pass_item, 0)),
    ("reword", lambda desk: desk.do(by_index.reword_item, 0, "Nyt CV")),
    ("remove", lambda desk: desk.do(by_index.remove_item, 0)),
    ("step", lambda desk: desk.do(by_index.add_step, "Ringe", None, None)),
    ("step who", lambda desk: desk.do(by_index.pass_step, 0)),
    ("step edit", lambda desk: desk.do(by_index.change_step, 0, "Skrive", "brev", date(2026, 6, 9))),
    ("step remove", lambda desk: desk.do(by_index.remove_step, 0)),
    ("text", lambda desk: desk.do(by_index.set_text, "evaluation.helped", "At vi så på CV'et")),
    ("next", lambda desk: desk.do(by_index.set_next, AT, "snart")),
    ("form", lambda desk: desk.do(by_index.set_form, "remote")),
]


@pytest.mark.parametrize("change", [change for _name, change in CHANGES], ids=[name for name, _change in CHANGES])
def test_undo_restores_what_was_and_redo_makes_it_again(desk: Desk, change: Callable[[Desk], Any]) -> None:
    desk.do(by_index.add_item, "Ryggen", "citizen", "agreed")
    desk.do(by_index.add_step, "Søge job", "jobnet", None)
    desk.do(by_index.set_score, "hverdag", "citizen", 4)
    before = desk.session
    change(desk)
    after = desk.session
    assert after != before
    by_index.undo(desk.place)
    assert desk.session == before
    by_index.redo(desk.place)
    assert desk.session == after


def test_undo_goes_back_step_by_step_and_a_new_change_ends_redo(desk: Desk) -> None:
    for value in (3, 4, 5):
        desk.do(by_index.set_score, "jobtro", "citizen", value)
    for expected in (4, 3):
        desk.seen = by_index.undo(desk.place).version
        assert desk.session.scores[0].value == expected
    desk.seen = by_index.redo(desk.place).version
    assert desk.session.scores[0].value == 4
    desk.do(by_index.set_score, "jobtro", "citizen", 9)
    with pytest.raises(RefusedError, match="nothing to redo"):
        by_index.redo(desk.place)
    for _again in range(3):
        desk.seen = by_index.undo(desk.place).version
    assert desk.session.scores == ()
    with pytest.raises(RefusedError, match="nothing to undo"):
        by_index.undo(desk.place)


def test_undo_takes_back_ones_own_change_alone_and_only_while_it_stands(desk: Desk) -> None:
    desk.do(by_index.set_text, "need", "fra Anne")
    other = Desk(desk.database, Actor("bo", "login-bo"), desk.key, desk.seen)
    with pytest.raises(RefusedError, match="nothing to undo"):
        by_index.undo(other.place)
    other.do(by_index.set_text, "need", "fra Bo")
    with pytest.raises(ChangedByOtherError, match="changed since"):
        by_index.undo(desk.place)
    assert desk.session.need == "fra Bo"


def test_what_the_law_requires_is_never_dropped_nor_removed(desk: Desk) -> None:
    desk.do(by_index.add_item, "Rådighed", "caseworker", "agreed")
    with Work(desk.database.engine()) as work:
        from jobsamtale_tui.store.schema.tables import AgendaItemRow

        row = work.get(AgendaItemRow, (desk.key, 0))
        assert row is not None
        row.required = 1
        work.commit()
    desk.do(by_index.toggle_item, 0)
    assert desk.session.agenda[0].state == "possible"
    with pytest.raises(RefusedError, match="law requires"):
        desk.do(by_index.remove_item, 0)


def test_a_catalogue_indicator_enters_the_database_when_it_is_first_chosen(desk: Desk) -> None:
    with desk.database.connected() as connection:
        assert reads.indicators(connection) == []
    desk.do(by_index.set_score, "jobtro", "citizen", 5)
    with desk.database.connected() as connection:
        assert [one.key for one in reads.indicators(connection)] == ["jobtro"]
    with pytest.raises(RefusedError, match="no indicator ukendt in force"):
        desk.do(by_index.set_score, "ukendt", "citizen", 5)


def test_what_is_missing_is_said_and_hinders_nothing(desk: Desk) -> None:
    said = lifecycle.missing(desk.session, 1)
    assert len(said) == 6
    desk.do(lifecycle.complete)
    assert desk.session.status == "completed"


def test_typed_text_is_kept_as_typed(desk: Desk) -> None:
    desk.do(by_index.set_text, "need", "A\u030a\r\nlinje to\x1b[2J ‍👩‍💻")
    assert desk.session.need == "Å\nlinje to[2J ‍👩‍💻"
