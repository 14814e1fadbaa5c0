"""The four phases and their eleven actions: for each, whether it is done in a session, as far as the record shows.

A tick is a help to remember by, no measure: what was said and not written does not show. The actions are those of the
method (preparation, opening, conducting, closing); the rules by which they count as done are this program's own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from jobsamtale_tui import records

_SEARCH = re.compile(
    r"\b(cv|ansøg|jobsøg|jobopslag|opslag|joblog|jobnet|linkedin|netværk|kanal|uopfordret|jobsamtale|søg)",
    re.IGNORECASE,
)
"""What talk of concrete job search is known by: beginnings of Danish words, compounds and endings included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the citizen beside the session: what she has put up, and her job goals."""

    day: date
    """The session's day in Denmark."""
    profile: records.Profile | None = None
    applications: int = 0
    """How many applications her Joblog has."""
    job_goals: tuple[records.JobGoal, ...] = ()


def read_search(session: records.Session, facts: Facts) -> bool:
    """Phase 1. There is something to read (wishes, CV or Joblog), and the caseworker has prepared from it: a text for
    herself, or an item on the agenda."""
    profile = facts.profile
    known = bool(profile and (profile.wishes or profile.cv)) or facts.applications > 0
    return known and (find_knowledge(session, facts) or prepare_items(session, facts))


def find_knowledge(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001 - every rule takes both
    """Phase 1. The preparation's text is written: it is where what was found is kept until the session."""
    return _written(session.preparation)


def prepare_items(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 1. The agenda has an item of the caseworker's, whatever became of it."""
    return any(item.by == "caseworker" for item in session.agenda)


def frame(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 2. The frame is written."""
    return _written(session.frame)


def clarify_need(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 2. The citizen's need is written."""
    return _written(session.need)


def agree_agenda(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 2. An item is agreed, or was and is done by now."""
    return any(item.state in ("agreed", "done") for item in session.agenda)


def facilitate(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 3. Items were agreed, and none is left that is not done."""
    states = [item.state for item in session.agenda]
    return "done" in states and "agreed" not in states


def spar_wishes(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 3. Goals of more than one grade (A, B, C) are in force on the day: not the dream job alone."""
    in_force = (
        goal for goal in facts.job_goals if goal.from_ <= facts.day and (goal.until is None or facts.day <= goal.until)
    )
    return len({goal.grade for goal in in_force}) > 1


def spar_search(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 3. An item that is done, or a step, speaks of concrete search: CV, application, channel, network …"""
    said = [item.topic + "\n" + (item.conclusion or "") for item in session.agenda if item.state == "done"]
    said += [step.what + "\n" + (step.how or "") for step in session.steps]
    return any(_SEARCH.search(text) for text in said)


def plan_steps(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 4. A step says what, how and when."""
    return any(_written(step.what) and _written(step.how) and step.when for step in session.steps)


def sum_up(session: records.Session, facts: Facts) -> bool:  # noqa: ARG001
    """Phase 4. The citizen has summed up, and said something of the session: what helped, was missing, or could be
    different."""
    said = session.evaluation
    evaluated = said is not None and any(map(_written, (said.helped, said.missing, said.different)))
    return _written(session.summary) and evaluated


def _written(text: str | None) -> bool:
    return bool(text and text.strip())


Rule = Callable[[records.Session, Facts], bool]
PHASES: tuple[tuple[str, ...], ...] = (
    ("read_search", "find_knowledge", "prepare_items"),
    ("frame", "clarify_need", "agree_agenda"),
    ("facilitate", "spar_wishes", "spar_search"),
    ("plan_steps", "sum_up"),
)
"""The keys of the actions, phase by phase."""
RULES: Mapping[str, Rule] = {
    "read_search": read_search,
    "find_knowledge": find_knowledge,
    "prepare_items": prepare_items,
    "frame": frame,
    "clarify_need": clarify_need,
    "agree_agenda": agree_agenda,
    "facilitate": facilitate,
    "spar_wishes": spar_wishes,
    "spar_search": spar_search,
    "plan_steps": plan_steps,
    "sum_up": sum_up,
}


def done(session: records.Session, facts: Facts) -> dict[str, bool]:
    """For each of the eleven actions, by key and in the order of the phases, whether it is done."""
    return {key: RULES[key](session, facts) for phase in PHASES for key in phase}
