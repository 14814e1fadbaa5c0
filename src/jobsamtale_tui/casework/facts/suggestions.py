"""Which indicators to suggest for an agreement: the rules are data, replaceable by a municipality's own."""

import re
import sqlite3
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources, texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import lint
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.method.suggestions import SAID_OF_GOALS, Because, Rule, Suggestion, suggest
from jobsamtale_tui.reference import language, session_kinds
from jobsamtale_tui.store.questions import reads

FILE = "suggestions.toml"


def rules() -> tuple[Rule, ...]:
    """The rules in force, in the order of the file. Raises RefusedError where a municipality's own is broken."""
    own = resources.folder("rules") / FILE
    return _read(own if own.is_file() else resources.shipped() / "rules" / FILE)


def suggested(
    connection: sqlite3.Connection, citizen: records.Citizen, day: date, *, taken: Collection[str] = ()
) -> list[Suggestion]:
    """What the citizen's barriers, her job goals and the kind of the session speak for on `day`, but for those `taken`.
    Raises as `rules`."""
    decision = citizen.indicators_used
    goals = reads.job_goals(connection, citizen.key, day) or _last(reads.job_goals(connection, citizen.key), day)
    barriers = decision.barriers if decision else ()
    kind = _kind(connection, citizen.key, day)
    return suggest(rules(), barriers, goals, words=language.goal_words(), taken=taken, kind=kind)


def _kind(connection: sqlite3.Connection, citizen: str, day: date) -> Kind | None:
    """The kind of the session that is open, or planned for the day."""
    key = reads.open_session(connection, citizen) or reads.planned_on(connection, citizen, day)
    session = reads.session(connection, key) if key else None
    return session_kinds.kind_of(session) if session else None


def _last(goals: list[records.JobGoal], day: date) -> list[records.JobGoal]:
    """Those that ended last, where none is in force."""
    over = [goal for goal in goals if goal.until is not None and goal.until < day]
    latest = max((goal.until for goal in over if goal.until), default=None)
    return [goal for goal in over if goal.until == latest]


def sentence(because: Because) -> str:
    """A fact in a few words, with what is written in the case."""
    text = texts.one_line(because.text)
    match because.fact:
        case "barrier":
            return _("barrier: {text}").format(text=text)
        case "goal":
            return _("job goal: {text}").format(text=text)
        case "kind":
            return _("goes with this kind of session: {text}").format(text=text)
        case "no_goal":
            return _("there is no job goal")
        case "vague_goal":
            return _("a job goal that fits any job: {text}").format(text=text)
        case "goal_not_realistic":
            return _("a job goal that is in doubt: {text}").format(text=text)


@cache
def _read(path: Path) -> tuple[Rule, ...]:
    try:
        content = resources.toml(path.read_text(encoding="utf-8"))
        return tuple(_rule(table) for table in content["suggestion"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise RefusedError(
            _("The suggestions in {path} cannot be read: {why}").format(path=path, why=error),
            _("Correct the file, or take it away to use the one that comes with the program"),
        ) from None


def _rule(table: dict[str, Any]) -> Rule:
    unknown = {*table} - {"indicator", "barriers", "goals", "when"}
    unknown |= {*table.get("when", ())} - {*SAID_OF_GOALS}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return Rule(
        indicator=str(table["indicator"]),
        barriers=lint.glob(table.get("barriers", [])),
        goals=lint.glob(table.get("goals", [])),
        when=frozenset(table.get("when", ())),
    )
