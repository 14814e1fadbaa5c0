"""Activities (indsatser) in four fields: made, changed, ended, and followed up."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import records
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, UndoResult
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Transaction


def make(database: Database, actor: Actor, activity: records.Activity) -> str:
    """Makes an activity and returns its key. Raises RefusedError for a blank name or somebody else's goal,
    NotFoundError for an unknown citizen."""
    activity = fitting.fit(activity)
    with transaction.change(database, actor, "activity.new", "activity", activity.key) as work:
        if work.citizen.get(activity.citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=activity.citizen))
        _own_goal(work, activity)
        work.activity.add(**row_codec.values(activity))
    return activity.key


def change(place: ChangeContext, changed: Mapping[str, Any]) -> int:
    """Sets fields of an activity by their names in `records.Activity` and returns the new version.

    Raises as `make`, and ChangedByOtherError where somebody else has changed the same since.
    """
    return _change(place, "activity.edit", lambda _before: changed)


def end(place: ChangeContext, until: date) -> int:
    """Ends an activity: `until` is its last day."""
    return _change(place, "activity.end", lambda _before: {"until": until})


def follow_up(place: ChangeContext, follow_up: records.FollowUp) -> int:
    """Adds what a follow-up found; in the order of their days."""

    def added(before: records.Activity) -> Mapping[str, Any]:
        return {"follow_ups": tuple(sorted((*before.follow_ups, follow_up), key=lambda one: one.on))}

    return _change(place, "activity.follow", added)


def _change(place: ChangeContext, action: str, changed: Callable[[records.Activity], Mapping[str, Any]]) -> int:
    with transaction.change(place.database, place.actor, action, "activity", place.key) as work:
        row = record_lock.seen(work, place, work.activity)
        before = row_codec.record(records.Activity, row)
        after = fitting.altered(before, changed(before))
        if after.goal != before.goal:
            _own_goal(work, after)
        row_codec.put(row, after)
        return row.row_version


def _own_goal(work: "Transaction", activity: records.Activity) -> None:
    goal = work.job_goal.get(activity.goal) if activity.goal else None
    if activity.goal and (goal is None or goal.citizen != activity.citizen):
        raise RefusedError(_("That is not one of the citizen's own job goals"), _("Choose one of hers, or none"))


def undo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Takes back this login's last change of the activity."""
    return undoing.undo(database, actor, "activity", key, lambda work: record_lock.touch(work, work.activity, key))


def redo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Makes again what was last taken back."""
    return undoing.redo(database, actor, "activity", key, lambda work: record_lock.touch(work, work.activity, key))
