"""What counts as done of the eleven actions: each rule on both sides."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.method import phases
from jobsamtale_tui.method.phases import Facts

DAY = date(2026, 6, 1)
PROFILE = records.Profile(citizen="per", wishes=("Stilladsarbejder",))
EMPTY_PROFILE = records.Profile(citizen="per", competences=("Rolig",))


def session(**values: Any) -> records.Session:
    given: dict[str, Any] = {"key": "s", "citizen": "per", "held_at": datetime(2026, 6, 1, 8, tzinfo=UTC)}
    return records.Session(**given, status="draft", **values)


def item(state: Any, by: Any = "citizen", topic: str = "Ryggen", conclusion: str | None = None) -> records.AgendaItem:
    return records.AgendaItem(topic=topic, by=by, state=state, conclusion=conclusion)


def goal(grade: Any, from_: date = DAY, until: date | None = None) -> records.JobGoal:
    key = f"g{grade}{from_}"
    return records.JobGoal(key=key, citizen="per", grade=grade, position="Lager", from_=from_, until=until)


def step(**values: Any) -> records.Step:
    return records.Step(**{"what": "Ringe", "who": "citizen", "status": "open", **values})


def facts(**values: Any) -> Facts:
    return Facts(day=DAY, **values)


NOTHING, SOMETHING = facts(), facts(profile=PROFILE)
PREPARED = {"preparation": "Lageret mangler folk"}

CASES: list[tuple[str, dict[str, Any], Facts, bool]] = [
    ("read_search", PREPARED, NOTHING, False),
    ("read_search", PREPARED, facts(profile=EMPTY_PROFILE), False),
    ("read_search", {}, SOMETHING, False),
    ("read_search", PREPARED, SOMETHING, True),
    ("read_search", {"agenda": (item("possible", "caseworker"),)}, facts(applications=3), True),
    ("find_knowledge", {"preparation": "  \n"}, SOMETHING, False),
    ("find_knowledge", PREPARED, NOTHING, True),
    ("prepare_items", {"agenda": (item("possible"),)}, NOTHING, False),
    ("prepare_items", {"agenda": (item("dropped", "caseworker"),)}, NOTHING, True),
    ("frame", {"frame": None}, NOTHING, False),
    ("frame", {"frame": "Tre kvarter"}, NOTHING, True),
    ("clarify_need", {"need": " "}, NOTHING, False),
    ("clarify_need", {"need": "Ro"}, NOTHING, True),
    ("agree_agenda", {"agenda": (item("possible"), item("dropped"))}, NOTHING, False),
    ("agree_agenda", {"agenda": (item("agreed"),)}, NOTHING, True),
    ("agree_agenda", {"agenda": (item("done"),)}, NOTHING, True),
    ("facilitate", {"agenda": (item("done"), item("agreed"))}, NOTHING, False),
    ("facilitate", {"agenda": (item("dropped"),)}, NOTHING, False),
    ("facilitate", {"agenda": (item("done"), item("dropped"))}, NOTHING, True),
    ("spar_wishes", {}, facts(job_goals=(goal("A"),)), False),
    ("spar_wishes", {}, facts(job_goals=(goal("A"), goal("A", date(2026, 1, 1)))), False),
    ("spar_wishes", {}, facts(job_goals=(goal("A"), goal("B", date(2026, 6, 2)))), False),
    ("spar_wishes", {}, facts(job_goals=(goal("A"), goal("B", date(2026, 1, 1), date(2026, 5, 31)))), False),
    ("spar_wishes", {}, facts(job_goals=(goal("A"), goal("B", date(2026, 1, 1), DAY))), True),
    ("spar_search", {"agenda": (item("done", topic="Ryggen"),)}, NOTHING, False),
    ("spar_search", {"agenda": (item("agreed", topic="CV"),)}, NOTHING, False),
    ("spar_search", {"agenda": (item("done", topic="CV'et"),)}, NOTHING, True),
    ("spar_search", {"agenda": (item("done", conclusion="To ansøgninger"),)}, NOTHING, True),
    ("spar_search", {"steps": (step(what="Bruge netværket"),)}, NOTHING, True),
    ("spar_search", {"steps": (step(what="Sove", how="Ringe til besøgstjenesten"),)}, NOTHING, False),
    ("plan_steps", {"steps": (step(),)}, NOTHING, False),
    ("plan_steps", {"steps": (step(how="Telefon"), step(when=DAY))}, NOTHING, False),
    ("plan_steps", {"steps": (step(how="Telefon", when=DAY),)}, NOTHING, True),
    ("sum_up", {"summary": "Jeg ringer"}, NOTHING, False),
    ("sum_up", {"evaluation": records.Evaluation(helped="Ro")}, NOTHING, False),
    ("sum_up", {"summary": "Jeg ringer", "evaluation": records.Evaluation(helped=" ")}, NOTHING, False),
    ("sum_up", {"summary": "Jeg ringer", "evaluation": records.Evaluation(different="Kortere")}, NOTHING, True),
]


@pytest.mark.parametrize(("action", "values", "known", "done"), CASES)
def test_the_rule_of_an_action(action: str, values: dict[str, Any], known: Facts, done: bool) -> None:
    assert phases.done(session(**values), known)[action] is done


def test_eleven_actions_in_four_phases_each_with_a_rule_that_says_itself() -> None:
    keys = [key for phase in phases.PHASES for key in phase]
    assert [len(phase) for phase in phases.PHASES] == [3, 3, 3, 2]
    assert len(set(keys)) == 11
    assert list(phases.RULES) == keys == list(phases.done(session(), NOTHING))
    for number, phase in enumerate(phases.PHASES, 1):
        for key in phase:
            assert (phases.RULES[key].__doc__ or "").startswith(f"Phase {number}. ")


def test_every_rule_is_tried_on_both_sides() -> None:
    assert {(action, done) for action, _values, _known, done in CASES} == {
        (key, done) for key in phases.RULES for done in (True, False)
    }


def test_an_empty_session_has_nothing_done() -> None:
    assert set(phases.done(session(), NOTHING).values()) == {False}
