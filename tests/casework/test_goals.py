"""Goals, activities, profile and earlier steps: each a change with its history, and what was stays readable."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import activities, citizens, goals, profiles
from jobsamtale_tui.casework.exchange.importing import import_file
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.store.questions import history, quick_reads, reads
from jobsamtale_tui.store.questions import steps as stored
from jobsamtale_tui.store.sqlite.database import Database

DAY = date(2026, 6, 1)
LATER = date(2026, 7, 1)


@pytest.fixture
def per(database: Database, actor: Actor) -> Database:
    citizens.make(database, actor, records.Citizen(key="per", name="Per Madsen"))
    citizens.make(database, actor, records.Citizen(key="ida", name="Ida Sø"))
    return database


def goal(**more: Any) -> records.JobGoal:
    return records.JobGoal(key="g1", citizen="per", grade="A", from_=DAY, **more)


def place(database: Database, actor: Actor, kind: str, key: str) -> ChangeContext:
    with database.connected() as connection:
        return ChangeContext(database=database, actor=actor, key=key, seen=quick_reads.version(connection, kind, key))


def found(database: Database, day: date | None = None) -> list[tuple[str | None, date, date | None]]:
    with database.connected() as connection:
        return [(one.position, one.from_, one.until) for one in reads.job_goals(connection, "per", day)]


def test_a_goal_that_becomes_another_ends_and_stays_readable(per: Database, actor: Actor) -> None:
    goals.make(per, actor, goal(position="Stilladsmontør"))
    new = goals.change(place(per, actor, "job_goal", "g1"), {"position": "Pædagogmedhjælper"}, LATER)
    assert new != "g1"
    assert found(per) == [("Stilladsmontør", DAY, date(2026, 6, 30)), ("Pædagogmedhjælper", LATER, None)]
    assert [one[0] for one in found(per, LATER)] == ["Pædagogmedhjælper"]
    goals.undo(per, actor, new)
    assert found(per) == [("Stilladsmontør", DAY, None)]
    goals.redo(per, actor, new)
    assert len(found(per)) == 2


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        ({"position": "Stilladsmontor"}, LATER),  # put right
        ({"industry": "Byggeri"}, LATER),  # added to
        ({"grade": "B", "realistic": "no", "why": "Ryggen"}, LATER),
        ({"position": "Kok"}, DAY),  # it began that day
    ],
)
def test_what_does_not_make_another_goal_changes_it_in_place(
    per: Database, actor: Actor, changed: dict[str, Any], day: date
) -> None:
    goals.make(per, actor, goal(position="Stilladsmontør"))
    assert goals.change(place(per, actor, "job_goal", "g1"), changed, day) == "g1"
    with per.connected() as connection:
        assert reads.job_goal(connection, "g1") == replace(goal(position="Stilladsmontør"), **changed)
        assert history.actions_of(connection, "job_goal", "g1", "tester") == ["goal.new", "goal.edit"]


def test_a_goal_names_something_ends_and_minds_others(per: Database, actor: Actor) -> None:
    with pytest.raises(RefusedError, match="names nothing"):
        goals.make(per, actor, goal(position=" ", why="hm"))
    goals.make(per, actor, goal(position="Kok"))
    seen = place(per, actor, "job_goal", "g1")
    goals.end(seen, LATER, "Ryggen")
    assert found(per) == [("Kok", DAY, LATER)]
    with pytest.raises(ChangedByOtherError):
        goals.change(seen, {"why": "Andet"}, DAY)
    with pytest.raises(RefusedError, match="before"):
        goals.end(place(per, actor, "job_goal", "g1"), date(2026, 5, 1), None)


def test_activities_are_changed_followed_up_and_ended(per: Database, actor: Actor) -> None:
    goals.make(per, actor, goal(position="Kok"))
    made = records.Activity(key="a1", citizen="per", name="Praktik", field="employment", from_=DAY, goal="g1")
    activities.make(per, actor, made)
    with pytest.raises(RefusedError, match="points at this goal"):
        goals.undo(per, actor, "g1")
    activities.change(place(per, actor, "activity", "a1"), {"outcome": "En reference", "responsible": "Bo"})
    late = records.FollowUp(on=LATER, nearer="yes", why="Opgaverne", shows="Møder hver dag")
    activities.follow_up(place(per, actor, "activity", "a1"), late)
    activities.follow_up(place(per, actor, "activity", "a1"), records.FollowUp(on=DAY, nearer="partly"))
    activities.end(place(per, actor, "activity", "a1"), LATER)
    with per.connected() as connection:
        activity = reads.activity(connection, "a1")
    assert activity is not None
    assert [one.nearer for one in activity.follow_ups] == ["partly", "yes"]
    assert (activity.outcome, activity.until) == ("En reference", LATER)
    activities.undo(per, actor, "a1")
    activities.undo(per, actor, "a1")
    with per.connected() as connection:
        activity = reads.activity(connection, "a1")
    assert activity is not None
    assert (activity.until, activity.follow_ups) == (None, (late,))
    with pytest.raises(RefusedError, match="own job goals"):
        activities.make(per, actor, replace(made, key="a2", citizen="ida"))


def test_a_profile_is_made_by_its_first_change(per: Database, actor: Actor) -> None:
    asked = ChangeContext(database=per, actor=actor, key="per", seen=0, since=0)
    profiles.edit(asked, {"wishes": ("Stilladsmontør",), "cv": (records.CvEntry(position="Montør", years=15),)})
    with per.connected() as connection:
        since = history.newest(connection)
    profiles.edit(replace(asked, since=since), {"competences": ("Holder sammen på et hold",)})
    with per.connected() as connection:
        profile = reads.profile(connection, "per")
    assert profile == records.Profile(
        citizen="per",
        wishes=("Stilladsmontør",),
        cv=(records.CvEntry(position="Montør", years=15),),
        competences=("Holder sammen på et hold",),
    )


SESSIONS = """\
{"kind":"citizen","key":"per","name":"Per Madsen"}
{"kind":"session","key":"s1","citizen":"per","held_at":"2026-04-01T08:00:00Z","status":"completed",\
"steps":[{"what":"Ringe","who":"citizen","status":"open"}]}
{"kind":"session","key":"s2","citizen":"per","held_at":"2026-05-01T08:00:00Z","status":"completed",\
"steps":[{"what":"Skrive","who":"citizen","status":"done"},{"what":"Ro","who":"citizen","status":"partly"}]}
{"kind":"session","key":"s3","citizen":"per","held_at":"2026-06-01T08:00:00Z","status":"draft"}
"""


def test_steps_of_earlier_sessions_are_asked_about_and_taken_back(
    database: Database, actor: Actor, tmp_path: Path
) -> None:
    source = tmp_path / "s.jsonl"
    source.write_text(SESSIONS, encoding="utf-8")
    import_file(database, source, "s.jsonl", actor)

    def asked() -> list[stored.Earlier]:
        with database.connected() as connection:
            session = reads.session(connection, "s3")
            assert session is not None
            return stored.asked_about(connection, session)

    def here() -> ChangeContext:
        return place(database, actor, "session", "s3")

    assert [one.step.what for one in asked()] == ["Ringe", "Ro"]
    before = asked()[0]
    by_index.turn(here(), before)
    by_index.write_outcome(here(), asked()[0], "De ringer tilbage")
    assert [(one.step.status, one.step.outcome) for one in asked()] == [("done", "De ringer tilbage"), ("partly", None)]
    with pytest.raises(ChangedByOtherError):
        by_index.turn(here(), before)
    with database.connected() as connection:
        session = reads.session(connection, "s3")
        assert session is not None
        assert [one.step.what for one in stored.told(connection, session)] == ["Ringe", "Skrive", "Ro"]
    by_index.undo(here())
    by_index.undo(here())
    assert asked()[0] == before
    with pytest.raises(RefusedError, match="no longer there"):
        by_index.turn(here(), replace(before, session="s3"))


def test_what_the_law_requires_stays_until_the_mark_is_taken_off(per: Database, actor: Actor) -> None:
    key = lifecycle.start(per, actor, "per", dates.now())

    def here() -> ChangeContext:
        return place(per, actor, "session", key)

    by_index.add_item(here(), "Rådighed", "caseworker", "agreed")
    by_index.require_item(here(), 0)
    by_index.toggle_item(here(), 0)
    with per.connected() as connection:
        session = reads.session(connection, key)
    assert session is not None
    assert (session.agenda[0].required, session.agenda[0].state) == (True, "possible")
    with pytest.raises(RefusedError, match="stays on the agenda"):
        by_index.remove_item(here(), 0)
    by_index.require_item(here(), 0)
    by_index.remove_item(here(), 0)
