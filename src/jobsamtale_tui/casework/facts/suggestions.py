"""Which indicators to suggest for an agreement: the rules are data, replaceable by a municipality's own."""

import sqlite3
from collections.abc import Collection
from datetime import date

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.method.suggestions import Because, Suggestion, suggest
from jobsamtale_tui.reference import language, session_kinds
from jobsamtale_tui.reference.suggestion_rules import rules
from jobsamtale_tui.store.questions import reads


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
