"""One meeting, many citizens: a session and a note for each, and never another's name in it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session as Work
from tests.casework import by_index

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
from jobsamtale_tui.casework.session import lifecycle as sessions
from jobsamtale_tui.casework.session import meetings, names_of_others
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.schema.tables import CaseworkerRow, CitizenRow
from jobsamtale_tui.store.sqlite.database import Database

AT = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
DAY = date(2026, 6, 1)
NAMES = {"per": "Per Madsen", "mette": "Mette Holm", "åse": "Åse Bjørn Holm"}
ANNE = Actor("anne", "login-anne")


@dataclass
class Desk:
    """A meeting at one desk; its places carry the newest versions."""

    database: Database
    group: str = ""
    day: date = field(default=DAY)

    def sessions(self) -> dict[str, records.Session]:
        with self.database.connected() as connection:
            return {one.citizen: one for one in reads.sessions_of_group(connection, self.group, self.day)}

    def place(self, key: str) -> ChangeContext:
        with self.database.connected() as connection:
            seen = reads.session_version(connection, key)
        return ChangeContext(database=self.database, actor=ANNE, key=key, seen=seen)

    @property
    def places(self) -> list[ChangeContext]:
        return [self.place(session.key) for session in self.sessions().values()]

    def of(self, citizen: str) -> ChangeContext:
        return self.place(self.sessions()[citizen].key)

    def history(self) -> list[tuple[Any, ...]]:
        with self.database.connected() as connection:
            return connection.execute('SELECT "action", "subject", "at" FROM history ORDER BY id').fetchall()

    def state(self, citizen: str, topic: str) -> str | None:
        return next((item.state for item in self.sessions()[citizen].agenda if item.topic == topic), None)

    @property
    def common(self) -> list[meetings.CommonItem]:
        return meetings.common_agenda(list(self.sessions().values()))


@pytest.fixture
def desk(database: Database) -> Desk:
    with Work(database.engine()) as work:
        work.add(CaseworkerRow(key="anne", name="Anne Bech", sort_key="anne bech"))
        for key, name in {**NAMES, "ny": "Ny Borger"}.items():
            work.add(CitizenRow(key=key, name=name, sort_key=name.lower(), found_by=name.lower()))
        work.commit()
    desk = Desk(database)
    meeting = meetings.Meeting(form="industry", at=AT, minutes=90, topics=("Lager  i området", "", "Truckkort"))
    desk.group = meetings.make(database, ANNE, meeting, list(NAMES))
    return desk


def test_a_session_for_each_with_the_common_agenda_agreed(desk: Desk) -> None:
    there = desk.sessions()
    assert set(there) == set(NAMES)
    for session in there.values():
        assert (session.form, session.minutes, session.status) == ("industry", 90, "draft")
        assert (session.group, session.caseworker, session.held_at) == (desk.group, "anne", AT)
        assert [(item.topic, item.state, item.by) for item in session.agenda] == [
            ("Lager i området", "agreed", "caseworker"),
            ("Truckkort", "agreed", "caseworker"),
        ]
    assert sorted((action, subject) for action, subject, _at in desk.history()) == sorted(
        ("session.start", session.key) for session in there.values()
    )


def test_a_meeting_of_another_day_is_planned_until_it_begins(desk: Desk) -> None:
    at = AT + timedelta(days=3)
    desk.group = meetings.make(desk.database, ANNE, meetings.Meeting(form="group", at=at), ["per", "mette", "per"])
    desk.day = date(2026, 6, 4)
    assert {one.status for one in desk.sessions().values()} == {"planned"}
    assert len(desk.sessions()) == 2
    assert meetings.begin(desk.places) == 2
    assert {one.status for one in desk.sessions().values()} == {"draft"}
    assert meetings.begin(desk.places) == 0


def test_a_meeting_without_a_citizen_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="needs a citizen"):
        meetings.make(desk.database, ANNE, meetings.Meeting(form="group", at=AT), [])


def test_a_latecomer_gets_the_common_agenda_and_nobody_two_sessions(desk: Desk) -> None:
    desk_before = set(desk.sessions())
    by_index.add_item(desk.of("per"), "Pers eget", "citizen", "agreed")
    assert meetings.join(desk.database, ANNE, desk.group, DAY, ["ny", "per", "ny"]) == 1
    assert set(desk.sessions()) == {*desk_before, "ny"}
    new = desk.sessions()["ny"]
    assert [item.topic for item in new.agenda] == ["Lager i området", "Truckkort"]
    assert (new.form, new.minutes, new.held_at) == ("industry", 90, AT)
    with pytest.raises(NotFoundError, match="no meeting"):
        meetings.join(desk.database, ANNE, desk.group, date(2026, 6, 2), ["ny"])


def test_a_common_change_is_one_transaction_with_a_history_entry_for_each(desk: Desk) -> None:
    before = len(desk.history())
    assert meetings.add_item(desk.places, "Jobåbninger") == 3
    entries = desk.history()[before:]
    assert {subject for _action, subject, _at in entries} == {one.key for one in desk.sessions().values()}
    assert len(entries) == 3
    assert {action for action, _subject, _at in entries} == {"agenda.add"}
    assert meetings.add_item(desk.places, "Jobåbninger") == 0
    assert len(desk.history()) == before + 3
    with pytest.raises(RefusedError, match="may not be blank"):
        meetings.add_item(desk.places, "  ")


def test_each_can_undo_it_in_the_one_session(desk: Desk) -> None:
    meetings.finish_item(desk.places, "Truckkort", True)
    by_index.undo(desk.of("per"))
    assert [desk.state(citizen, "Truckkort") for citizen in NAMES] == ["agreed", "done", "done"]


def test_nothing_is_written_where_one_session_was_changed_by_somebody_else(desk: Desk) -> None:
    stale = desk.places
    by_index.set_details(desk.of("mette"), {"minutes": 60})
    with pytest.raises(ChangedByOtherError):
        meetings.finish_item(stale, "Truckkort", True)
    assert {desk.state(citizen, "Truckkort") for citizen in NAMES} == {"agreed"}


def test_done_and_back_leave_what_a_citizen_dropped(desk: Desk) -> None:
    by_index.toggle_item(desk.of("åse"), 1)
    assert meetings.finish_item(desk.places, "Truckkort", True) == 2
    assert [desk.state(citizen, "Truckkort") for citizen in NAMES] == ["done", "done", "dropped"]
    assert desk.common[1] == meetings.CommonItem("Truckkort", 2, 2, None)
    assert desk.common[1].state == "done"
    meetings.finish_item(desk.places, "Truckkort", False)
    assert [desk.state(citizen, "Truckkort") for citizen in NAMES] == ["agreed", "agreed", "dropped"]


def test_a_common_conclusion_never_overwrites_one_of_ones_own(desk: Desk) -> None:
    by_index.conclude_item(desk.of("mette"), 0, "Mette vil se lageret først")
    assert meetings.conclude_item(desk.places, "Lager i området", None, "Tre jobåbninger") == 1
    found = [desk.sessions()[citizen].agenda[0].conclusion for citizen in NAMES]
    assert found == ["Tre jobåbninger", "Mette vil se lageret først", "Tre jobåbninger"]
    assert desk.common[0].conclusion == "Tre jobåbninger"
    meetings.conclude_item(desk.places, "Lager i området", "Tre jobåbninger", "Fire jobåbninger")
    found = [desk.sessions()[citizen].agenda[0].conclusion for citizen in NAMES]
    assert found == ["Fire jobåbninger", "Mette vil se lageret først", "Fire jobåbninger"]


def test_an_item_leaves_the_common_agenda_but_not_where_it_is_done(desk: Desk) -> None:
    by_index.finish_item(desk.of("per"), 1)
    assert meetings.remove_item(desk.places, "Truckkort") == 1
    assert [desk.state(citizen, "Truckkort") for citizen in NAMES] == ["done", None, None]
    assert [item.topic for item in desk.common] == ["Lager i området"]


def test_ones_own_items_are_not_common(desk: Desk) -> None:
    by_index.add_item(desk.of("per"), "Pers eget", "citizen", "agreed")
    assert [item.topic for item in desk.common] == ["Lager i området", "Truckkort"]


def test_only_open_sessions_change(desk: Desk) -> None:
    by_index.set_status(desk.of("åse"), "no_show")
    sessions.complete(desk.of("mette"))
    assert meetings.finish_item(desk.places, "Truckkort", True) == 1
    assert [desk.state(citizen, "Truckkort") for citizen in NAMES] == ["done", "agreed", "agreed"]
    sessions.complete(desk.of("per"))
    with pytest.raises(RefusedError, match="None of the meeting's sessions is open"):
        meetings.add_item(desk.places, "For sent")


def test_a_session_that_is_moved_is_no_longer_of_the_meeting(desk: Desk) -> None:
    by_index.move(desk.of("åse"), AT + timedelta(days=7))
    assert set(desk.sessions()) == {"per", "mette"}


def test_what_is_missing_and_who_is_ready(desk: Desk) -> None:
    assert meetings.missing(desk.sessions()["per"]) == ["agenda (2)", "steps", "summing up", "next session"]
    for topic in ("Lager i området", "Truckkort"):
        meetings.finish_item(desk.places, topic, True)
    by_index.add_step(desk.of("per"), "Ringe til lageret", "Telefon", DAY)
    by_index.set_text(desk.of("per"), "summary", "Jeg ringer")
    assert meetings.missing(desk.sessions()["per"]) == ["next session"]
    assert {citizen: meetings.ready(one) for citizen, one in desk.sessions().items()} == {
        "per": True,
        "mette": False,
        "åse": False,
    }


def names_in(text: str) -> set[str]:
    return {name for name in NAMES.values() if name in text}


def test_each_note_has_its_own_citizens_name_and_no_other(desk: Desk) -> None:
    meetings.conclude_item(desk.places, "Truckkort", None, "Kommunen betaler")
    for topic in ("Lager i området", "Truckkort"):
        meetings.finish_item(desk.places, topic, True)
    for citizen, what in (("per", "Ringe"), ("mette", "Skrive"), ("åse", "Besøge")):
        by_index.add_step(desk.of(citizen), what, None, None)
        by_index.conclude_item(desk.of(citizen), 0, f"Det siger {citizen}")
    assert meetings.complete(desk.places) == meetings.Completed(3, 0, "")
    for citizen, session in desk.sessions().items():
        assert session.status == "completed"
        assert session.note is not None
        assert names_in(session.note.text) == {NAMES[citizen]}
        assert {what for what in ("Ringe", "Skrive", "Besøge") if what in session.note.text} == {
            {"per": "Ringe", "mette": "Skrive", "åse": "Besøge"}[citizen]
        }
        assert "Kommunen betaler" in session.note.text
        assert desk.group not in session.note.text


def test_a_name_in_the_common_agenda_is_said_and_stays(desk: Desk) -> None:
    meetings.add_item(desk.places, "Mette Holms idé om butik")
    there = desk.sessions()
    said = {
        citizen: names_of_others.named(session, NAMES[citizen], [name for one, name in NAMES.items() if one != citizen])
        for citizen, session in there.items()
    }
    assert said["mette"] == []
    assert said["per"] == ["Mette Holm", "Åse Bjørn Holm"]  # the last name is that of two
    assert said["åse"] == ["Mette Holm"]
    meetings.complete(desk.places)
    for session in desk.sessions().values():
        assert session.note is not None
        assert "Mette Holms idé om butik" in session.note.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mette viste vej", True),
        ("Mettes idé", True),
        ("mette holm", True),
        ("METTE HOLM", True),
        ("en mette mave", False),
        ("Holmgang", False),
        ("Mettelise", False),
        ("Hos Holm", True),
        ("Han tog 'Mette' med", True),
        ("", False),
    ],
)
def test_what_counts_as_a_name(text: str, found: bool) -> None:
    session = records.Session(key="s", citizen="per", held_at=AT, status="draft", need=text)
    assert (names_of_others.named(session, "Per Madsen", ["Mette Holm"]) == ["Mette Holm"]) is found


def test_names_are_looked_for_in_all_that_comes_into_the_note(desk: Desk) -> None:
    base = records.Session(key="s", citizen="per", held_at=AT, status="draft")
    said = "Efter Mette"
    places: list[dict[str, Any]] = [
        {name: said} for name in ("theme", "risk", "frame", "need", "remarks", "summary", "summary_added")
    ]
    places += [
        {"agenda": (records.AgendaItem(topic="CV", by="citizen", state="done", conclusion=said),)},
        {"scores": (records.Score(indicator="mod", value=3, remark=said),)},
        {"steps": (records.Step(what="Ringe", how=said, who="citizen", status="open"),)},
        {"evaluation": records.Evaluation(missing=said)},
        {"next": records.NextSession(at=AT, reason=said)},
        {"participants": (records.Participant(role="other", name="Mette Holm"),)},
    ]
    for place in places:
        assert names_of_others.named(replace(base, **place), "Per Madsen", ["Mette Holm"]), place
    hidden = replace(base, preparation=said, agenda=(records.AgendaItem(topic=said, by="citizen", state="dropped"),))
    assert names_of_others.named(hidden, "Per Madsen", ["Mette Holm"]) == []


def test_one_that_cannot_be_completed_leaves_the_others(desk: Desk) -> None:
    stale = desk.places
    by_index.set_details(desk.of("mette"), {"minutes": 60})
    done = meetings.complete(stale)
    assert done.done == 2
    assert (done.left, done.why.endswith(".")) == (1, False)
    assert "changed the session" in done.why
    assert [desk.sessions()[citizen].status for citizen in NAMES] == ["completed", "draft", "completed"]


def test_names_come_in_danish_order(desk: Desk) -> None:
    with desk.database.connected() as connection:
        found = [name for _session, name in meetings.sessions_there(connection, desk.group, DAY)]
    assert found == ["Mette Holm", "Per Madsen", "Åse Bjørn Holm"]


def test_a_clash_names_all_who_changed_the_same_and_in_which_sessions(desk: Desk) -> None:
    with desk.database.connected() as connection:
        since = history.newest(connection)
    seen = [replace(place, since=since) for place in desk.places]
    there = {citizen: session.key for citizen, session in desk.sessions().items()}
    for login, citizen in (("bo", "per"), ("eva", "mette")):
        by_index.toggle_item(replace(desk.of(citizen), actor=Actor(None, login)), 0)
    with pytest.raises(ChangedByOtherError) as caught:
        meetings.finish_item(seen, "Lager i området", True)
    clash = caught.value.clash
    assert clash is not None
    assert (clash.who, clash.rest, clash.closed) == ("bo, eva", 1, ())
    (piece,) = clash.pieces
    assert (piece.name, piece.column, piece.theirs, piece.mine) == ("Lager i området", "state", "dropped", "done")
    assert set(piece.of) == clash.keys == {there["per"], there["mette"]}
    assert [desk.state(citizen, "Lager i området") for citizen in NAMES] == ["dropped", "dropped", "agreed"]
    meetings.finish_item([replace(place, answer=Resolution(clash.upto)) for place in seen], "Lager i området", True)
    assert [desk.state(citizen, "Lager i området") for citizen in NAMES] == ["done"] * 3


def test_a_conclusion_for_an_item_that_the_other_took_off_is_a_clash_and_puts_it_back(desk: Desk) -> None:
    with desk.database.connected() as connection:
        since = history.newest(connection)
    by_index.remove_item(replace(desk.of("per"), actor=Actor(None, "bo")), 0)
    seen = [replace(place, since=since) for place in desk.places]
    with pytest.raises(ChangedByOtherError) as caught:
        meetings.conclude_item(seen, "Lager i området", None, "Fem ledige job")
    clash = caught.value.clash
    assert clash is not None
    assert [(piece.name, piece.theirs) for piece in clash.pieces] == [("Lager i området", None)]
    assert desk.common[0].conclusion is None
    meetings.conclude_item(
        [replace(place, answer=Resolution(clash.upto)) for place in seen], "Lager i området", None, "Fem ledige job"
    )
    said = [[item.conclusion for item in one.agenda if item.conclusion] for one in desk.sessions().values()]
    assert said == [["Fem ledige job"]] * 3


def test_what_the_other_had_taken_off_the_agenda_before_does_not_come_back(desk: Desk) -> None:
    by_index.toggle_item(desk.of("per"), 0)  # dropped: a common change passes it over
    with desk.database.connected() as connection:
        since = history.newest(connection)
    by_index.remove_item(replace(desk.of("per"), actor=Actor(None, "bo")), 0)
    meetings.finish_item([replace(place, since=since) for place in desk.places], "Lager i området", True)
    assert [desk.state(citizen, "Lager i området") for citizen in NAMES] == [None, "done", "done"]
