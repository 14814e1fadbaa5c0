"""What is proposed, and what rightly is not: each case against one that differs in the one thing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jobsamtale_tui import i18n
from jobsamtale_tui.casework.facts.briefing import topics
from jobsamtale_tui.method import progress
from jobsamtale_tui.method.agenda import proposals
from jobsamtale_tui.method.contact import Standing
from jobsamtale_tui.method.preparing import Facts, OpenStep, Proposal, Words
from jobsamtale_tui.records import (
    Activity,
    AgendaItem,
    AgendaState,
    Agreement,
    Application,
    ChosenIndicator,
    Citizen,
    CvEntry,
    EarlierGroup,
    Ended,
    FollowUp,
    JobGoal,
    Profile,
    Session,
    Step,
)
from jobsamtale_tui.reference.language import goal_words
from jobsamtale_tui.reference.positions import table

ON = date(2026, 6, 3)


@pytest.fixture(autouse=True)
def english() -> Any:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def goal(position: str | None = "Kok", **more: Any) -> JobGoal:
    return JobGoal(key="g", citizen="c", grade="A", position=position, from_=ago(200), **more)


def activity(**more: Any) -> Activity:
    told: dict[str, Any] = {"from_": ago(10), "outcome": "Truckkort", "toward_job": "Lagrene spørger efter det", **more}
    return Activity(key="i", citizen="c", name="Truckkursus", field="employment", **told)


def seen(days: int) -> tuple[FollowUp, ...]:
    return (FollowUp(on=ago(days), nearer="yes"),)


def profile(*wishes: str, cv: tuple[str, ...] = ()) -> Profile:
    held = tuple(CvEntry(position=one) for one in cv)
    return Profile(citizen="c", wishes=wishes, cv=held, competences=("Er stærk",))


def applied(*positions: str, days: int = 5) -> dict[str, Any]:
    found = tuple(
        Application(key=f"a{number}", citizen="c", on=ago(days), position=position)
        for number, position in enumerate(positions)
    )
    return {"applications": found, "latest_application": ago(days)}


def step(**more: Any) -> OpenStep:
    told: dict[str, Any] = {"what": "Ringe til Bo", "who": "citizen", "status": "open", **more}
    return OpenStep("s", ago(20), Step(**told))


def held(*agenda: tuple[str, AgendaState]) -> Session:
    items = tuple(AgendaItem(topic=topic, by="citizen", state=state) for topic, state in agenda)
    return Session(key="s", citizen="c", held_at=at(20), status="completed", agenda=items)


def at(days: int) -> datetime:
    return datetime(2026, 6, 3, 8, tzinfo=UTC) - timedelta(days=days)


def series(*values: int, by: Any = "citizen", high: int = 10) -> tuple[progress.Series, ...]:
    points = [
        progress.Reading(
            at=at(300 - 10 * place),
            session=f"s{place}",
            indicator="jobtro",
            version=1,
            value=value,
            by=by,
            min=1,
            max=high,
        )
        for place, value in enumerate(values)
    ]
    return tuple(progress.series(points, {"jobtro": "Jobtro"}))


def agreement(**more: Any) -> dict[str, Any]:
    chosen = ChosenIndicator(indicator="jobtro", reason="tvivl", from_=ago(200))
    made = Agreement(key="f", citizen="c", from_=ago(200), indicators=(chosen,), **more)
    return {"agreement": made, "chosen": (chosen,), "indicators_used": True}


def calm(**more: Any) -> Facts:
    """A citizen of whom there is nothing to propose, but for `more`."""
    facts = Facts(
        on=ON,
        citizen=Citizen(key="c", name="Ida", target_group="jobparat"),
        begun=ago(300),
        profile=profile("kok", cv=("kok",)),
        job_goals=(goal(),),
        activities=(activity(),),
        **{**applied("kok"), **agreement(), "series": series(4, 5, 6)},
    )
    return replace(facts, **more)


def found(facts: Facts) -> list[Proposal]:
    return proposals(facts, Words(topics(), goal_words(), table()[0]))


def reasons(**more: Any) -> list[str]:
    return [one.reason for one in found(calm(**more))]


def test_where_all_is_well_nothing_is_proposed() -> None:
    assert reasons() == []


def test_pers_mismatch_is_found() -> None:
    """Per, 42: a scaffolder by his wish and his CV, who applies for work with children (the sources' own example)."""
    per = calm(
        profile=profile("stilladsarbejder", cv=("stilladsarbejder",)),
        **applied("pædagogmedhjælper", "Pædagogmedhjælper", "pædagogisk medhjælper", "stilladsmontør"),
    )
    wish, cv = found(per)
    assert (wish.reason, cv.reason) == ("wish_vs_applications", "wish_vs_cv")
    assert "Looks for work as stilladsarbejder. 3 of 4 applications in 90 days" in wish.because
    assert "Pædagogmedhjælper" in wish.because or "pædagogmedhjælper (2)" in wish.because
    assert "The CV has stilladsarbejder, nothing like it" in cv.because


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"open_steps": (step(when=ago(1)),)}, ["overdue_step"]),
        ({"open_steps": (step(when=ON),)}, ["open_step"]),
        ({"open_steps": (step(status="partly"),)}, ["open_step"]),
        ({"last": held(("Truckkort", "agreed"), ("Løn", "done"), ("Bil", "dropped"))}, ["carried_item"]),
        ({"profile": profile("lagerarbejder", cv=("lagermand",)), **applied("lagermedarbejder", "truckfører")}, []),
        ({"profile": profile("lagerarbejder", cv=("lagermand",)), **applied("lager", "lager", "kok")}, []),
        ({"profile": profile(cv=("kok",)), **applied("kok", "tjener")}, []),
        ({"profile": profile("kok", "tjener", cv=("tjener",)), **applied("tjener")}, []),
        ({"profile": profile("murer", cv=("kok",)), **applied("murer")}, ["wish_vs_cv"]),
        ({"profile": profile("murer")}, ["wish_vs_applications"]),
        ({"profile": profile("vikar", cv=("kok",))}, []),
        ({"profile": profile("kok", cv=()), **applied()}, []),
        ({"profile": replace(profile("kok"), competences=(" ",))}, ["cv_without_competences"]),
        ({"profile": None}, ["cv_without_competences"]),
        (applied("kok", days=27), []),
        (applied("kok", days=28), ["no_applications"]),
        ({"applications": (), "latest_application": None}, ["no_applications"]),
        ({"applications": (), "latest_application": None, "begun": ago(27)}, []),
        ({"applications": (), "citizen": Citizen(key="c", name="Ida", target_group="sygedagpenge")}, []),
        ({"job_goals": ()}, ["no_goal"]),
        ({"job_goals": (goal("et fuldtidsjob"),)}, ["vague_goal"]),
        ({"job_goals": (goal("et job", education="Kok"),)}, []),
        ({"job_goals": (goal(realistic="no", why="Ryggen"),)}, ["goal_not_realistic"]),
        ({"job_goals": (goal(realistic="partly"),)}, []),
        ({"activities": (activity(outcome=None, toward_job=" "),)}, ["activity_purpose"]),
        ({"activities": (activity(outcome="Nærmere selvforsørgelse"),)}, ["activity_purpose"]),
        ({"activities": (activity(outcome=None, toward_job=None, until=ago(9), follow_ups=seen(9)),)}, []),
        ({"activities": (activity(from_=ago(27)),)}, []),
        ({"activities": (activity(from_=ago(28)),)}, ["activity_follow_up"]),
        ({"activities": (activity(from_=ago(90), follow_ups=seen(27)),)}, []),
        ({"activities": (activity(from_=ago(90), until=ago(1)),)}, ["activity_follow_up"]),
        ({"activities": (activity(from_=ago(900), until=ago(400)),)}, ["no_activity"]),
        ({"activities": (activity(from_=ago(-9)),)}, []),
        ({"activities": ()}, ["no_activity"]),
        ({"activities": (), "begun": ago(89)}, []),
        ({"activities": (activity(from_=ago(200), until=ago(89), follow_ups=seen(89)),)}, []),
        ({"activities": (activity(from_=ago(200), until=ago(90), follow_ups=seen(90)),)}, ["no_activity"]),
        ({"series": series(7, 6, 4)}, ["indicator_fell"]),
        ({"series": series(7, 6, 5)}, []),
        ({"series": series(2, 8, 5)}, ["indicator_fell"]),
        ({"series": series(3, 5, 5, 5)}, ["indicator_stuck"]),
        ({"series": series(5, 5)}, []),
        ({"series": series(5, 10, 10, 10)}, []),
        ({"series": series(5, 5, 5), "indicators_used": False}, []),
        ({"series": series(9, 2), "chosen": (ChosenIndicator(indicator="energi", reason="x", from_=ago(9)),)}, []),
        ({"agreement": None, "chosen": ()}, ["agreement_missing"]),
        (agreement(until=ago(1)), ["agreement_missing"]),
        (agreement(until=ON), []),
        ({"agreement": None, "chosen": (), "indicators_used": False}, []),
        ({"contact": Standing(status="due", due=ON)}, ["contact_due"]),
        ({"contact": Standing(status="ok", due=ago(-40))}, []),
        ({"contact": Standing(status="overdue", due=ago(3))}, ["contact_due"]),
        ({"contact": Standing(status="overdue", due=ago(3)), "contact_after": Standing(status="ok", due=ago(-60))}, []),
        ({"contact": Standing(status="overdue", due=ago(90)), "contact_after": Standing(status="due", due=ago(-9))},
         ["contact_due"]),
    ],
)  # fmt: skip
def test_found_and_rightly_not_found(more: dict[str, Any], expected: list[str]) -> None:
    assert reasons(**more) == expected


def test_who_belonged_to_another_group_that_day_is_taken_for_one_of_it() -> None:
    earlier = EarlierGroup(target_group="sygedagpenge", from_=ago(100), until=ON)
    moved = Citizen(key="c", name="Ida", target_group="jobparat", earlier_groups=(earlier,))
    nothing: dict[str, Any] = {"applications": (), "latest_application": None, "citizen": moved}
    assert reasons(**nothing) == []
    assert reasons(**nothing, on=ON + timedelta(days=1)) == ["no_applications"]


def test_a_course_that_has_ended_gives_no_reason() -> None:
    gone = Citizen(key="c", name="Ida", ended=Ended(on=ON, reason="job"))
    assert reasons(citizen=gone, job_goals=(), open_steps=(step(when=ago(9)),)) == []


def test_the_most_pressing_comes_first_and_the_facts_are_named() -> None:
    facts = calm(
        open_steps=(
            step(),
            step(what="Skrive til Lis", how="på mail", when=ago(8), status="partly", outcome="Et udkast"),
        ),
        last=held(("Løn", "agreed")),
        job_goals=(),
        series=series(8, 3) + series(8, 3, by="caseworker"),
    )
    made = found(facts)
    assert [one.reason for one in made] == ["overdue_step", "carried_item", "open_step", "indicator_fell", "no_goal"]
    assert made[0].topic == "Siden sidst: Skrive til Lis"
    assert made[0].because == (
        "Decided 14.05.2026: Skrive til Lis – på mail. Due 26.05.2026, 8 days ago. Partly done. So far: Et udkast."
    )
    assert made[1].topic == "Løn"
    assert "the citizen's own score: 8 on 07.08.2025, 3 on 17.08.2025" in made[3].because
    assert "the caseworker's score" in made[3].because


def test_what_people_wrote_is_never_read_as_a_placeholder() -> None:
    made = found(calm(open_steps=(step(what="{what} {0} %s \u202e\n[red]"),)))
    assert made[0].topic == "Siden sidst: {what} {0} %s ⟨202E⟩ [red]"


def test_topics_stand_in_danish_whatever_the_language() -> None:
    i18n.use("en")
    english = found(calm(job_goals=()))[0]
    i18n.use("da")
    danish = found(calm(job_goals=()))[0]
    assert english.topic == danish.topic == "Hvad du gerne vil arbejde med"
