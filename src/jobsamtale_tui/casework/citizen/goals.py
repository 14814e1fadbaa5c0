"""The ABC plan: job goals made, changed and ended. What a goal was stays readable after it is another.

A goal that becomes another one (another position, function, industry or education than what stood there) ends the day
before, and the new one begins: both are records, so an export and a colleague see the road. A correction of its
wording, what is added to it, its letter and whether it is realistic change it in place; the history has each.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import records
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, UndoResult
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.meaning import corrected
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Transaction

NAMES = ("position", "function", "industry", "education")
"""What a goal is, in the fields that name it."""


def make(database: Database, actor: Actor, goal: records.JobGoal) -> str:
    """Makes a job goal and returns its key. Raises RefusedError where it names nothing, NotFoundError for an unknown
    citizen."""
    goal = _checked(goal)
    with transaction.change(database, actor, "goal.new", "job_goal", goal.key) as work:
        if work.citizen.get(goal.citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=goal.citizen))
        work.job_goal.add(**row_codec.values(goal))
    return goal.key


def change(place: ChangeContext, changed: Mapping[str, Any], day: date) -> str:
    """Sets fields of a goal by their names in `records.JobGoal`; returns the key of the goal that holds them now.

    A goal that becomes another one ends the day before `day`, and the new one has a key of its own. Raises as `make`,
    and ChangedByOtherError.
    """
    fresh = new_key()
    with place.database.connected() as connection:
        before = reads.job_goal(connection, place.key)
    became = before is not None and another(before, replace(before, **changed), day)
    subject = fresh if became else place.key
    with transaction.change(place.database, place.actor, "goal.edit", "job_goal", subject) as work:
        row = record_lock.seen(work, place, work.job_goal)
        after = _checked(fitting.altered(row_codec.record(records.JobGoal, row), changed))
        if not became:
            row_codec.put(row, after)
            return place.key
        row.until = min(row.until or day, day - timedelta(days=1))
        work.job_goal.add(**row_codec.values(replace(after, key=fresh, from_=day, until=None)))
        return fresh


def another(before: records.JobGoal, after: records.JobGoal, day: date) -> bool:
    """Whether a goal is another one on `day` than it was: one that began that day is only put right."""
    return before.from_ < day and any(
        (getattr(before, name) or "").strip() and not corrected(getattr(before, name), getattr(after, name) or "")
        for name in NAMES
    )


def end(place: ChangeContext, until: date, why: str | None) -> int:
    """Ends a goal: `until` is its last day, `why` says why. Returns the new version; raises as `change`."""
    with transaction.change(place.database, place.actor, "goal.end", "job_goal", place.key) as work:
        row = record_lock.seen(work, place, work.job_goal)
        row_codec.put(row, fitting.altered(row_codec.record(records.JobGoal, row), {"until": until, "why": why}))
        return row.row_version


def undo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Takes back this login's last change of the goal; of one that took another's place, that too."""
    return undoing.undo(database, actor, "job_goal", key, lambda work: _touch(work, key))


def redo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Makes again what was last taken back."""
    return undoing.redo(database, actor, "job_goal", key, lambda work: _touch(work, key))


def _touch(work: "Transaction", key: str) -> int:
    version = record_lock.touch(work, work.job_goal, key)
    if not version and work.activity.exists(goal=key):
        raise RefusedError(
            _("An activity points at this goal, so it cannot be taken back"),
            _("End the goal instead, or choose another one for the activity first"),
        )
    return version


def _checked(goal: records.JobGoal) -> records.JobGoal:
    if not any((getattr(goal, name) or "").strip() for name in NAMES):
        raise RefusedError(
            _("The goal names nothing"), _("Write a position, what she would do there, an industry or an education")
        )
    return fitting.fit(goal)
