"""Undo and redo: putting back what the history says was before, while it is still what the change made."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jobsamtale_tui.casework.change import undoable
from jobsamtale_tui.casework.change.context import Actor, UndoResult
from jobsamtale_tui.casework.change.transaction import change
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.store.questions.history import Detail
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Transaction

Touch = Callable[["Transaction"], int]

KEPT = frozenset({"indicator", "agreement_change"})
"""What came into the database along with a change stays when the change is taken back: others may use it by now, or
it says what was changed and why."""


def undo(database: Database, actor: Actor, kind: str, key: str, touch: Touch, *, edit: str | None = None) -> UndoResult:
    """Takes back this login's last change of the record; raises RefusedError where there is none.

    Undo is a change of its own: it writes what was before, and only while the value is still what the change made
    it (else ChangedByOtherError). `touch` is called in the transaction and returns the record's new version; what came
    along with the change and stays (`KEPT`) is in the transaction's `info` as `kept`. `edit` is as in `change`.
    """
    return _take(database, actor, kind, key, touch, back=True, edit=edit)


def redo(database: Database, actor: Actor, kind: str, key: str, touch: Touch, *, edit: str | None = None) -> UndoResult:
    """Makes again what this login last took back, while nothing new was changed since; as `undo`."""
    return _take(database, actor, kind, key, touch, back=False, edit=edit)


def _take(
    database: Database, actor: Actor, kind: str, key: str, touch: Touch, *, back: bool, edit: str | None
) -> UndoResult:
    with database.connected() as connection:
        done, undone = undoable.standing(history.entries_of(connection, kind, key, actor.login))
        if not (done if back else undone):
            raise RefusedError(_("There is nothing to undo") if back else _("There is nothing to redo"))
        number, action = (done if back else undone)[-1]
        found = history.details_of(connection, number)
    kept = [one for one in found if one.table in KEPT and _came_along(one)]
    details = [one for one in found if one not in kept]
    with change(database, actor, "undo" if back else "redo", kind, key, undoes=number, edit=edit) as work:
        work.info["kept"] = kept
        for detail in reversed(details) if back else details:
            now, then = (detail.after, detail.before) if back else (detail.before, detail.after)
            _put(work, detail, now, then)
        version = touch(work)
    return UndoResult(
        action,
        tuple(
            (detail.table, detail.after, detail.before) if back else (detail.table, detail.before, detail.after)
            for detail in details
        ),
        version,
        back,
    )


def _came_along(detail: Detail) -> bool:
    """Whether a row was put in whole; one that is only being worked on nobody else uses."""
    return detail.before is None and (detail.after or {}).get("status") != "draft"


def _put(work: "Transaction", detail: Detail, now: dict[str, Any] | None, then: dict[str, Any] | None) -> None:
    rows = work.rows(detail.table)
    found = rows.kept(detail.key)
    if (found is None) != (now is None) or (
        now is not None and any(getattr(found, name) != rows.typed(name, value) for name, value in now.items())
    ):
        raise ChangedByOtherError(
            _("It has been changed since, so it cannot be taken back"), _("Change it by hand where needed")
        )
    if then is None:
        if found is not None:
            work.delete(found)
    elif found is None:
        rows.revive(then)
    else:
        for name, value in then.items():
            setattr(found, name, rows.typed(name, value))
