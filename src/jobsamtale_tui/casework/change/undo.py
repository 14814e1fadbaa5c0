"""Undo and redo: putting back what the history says was before, while it is still what the change made."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session as Work
from sqlmodel import col, select

from jobsamtale_tui.casework.change.context import Actor, UndoResult
from jobsamtale_tui.casework.change.row_values import plain, revived, typed
from jobsamtale_tui.casework.change.transaction import change
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema.tables import ROWS, HistoryDetailRow, HistoryRow, Row
from jobsamtale_tui.store.sqlite.database import Database, reported

FINAL = frozenset(
    {
        *("session.start", "session.complete", "import", "indicator.publish", "indicator.import"),
        *("agreement.new", "agreement.renew"),
    }
)
"""Changes that undo does not take back."""

KEPT = frozenset({"indicator", "agreement_change"})
"""What came into the database along with a change stays when the change is taken back: others may use it by now, or
it says what was changed and why."""


def undo(
    database: Database, actor: Actor, kind: str, key: str, touch: Callable[[Work], int], *, edit: str | None = None
) -> UndoResult:
    """Takes back this login's last change of the record; raises RefusedError where there is none.

    Undo is a change of its own: it writes what was before, and only while the value is still what the change made
    it (else ChangedByOtherError). `touch` is called in the transaction and returns the record's new version; what came
    along with the change and stays (`KEPT`) is in the transaction's `info` as `kept`. `edit` is as in `change`.
    """
    return _take(database, actor, kind, key, touch, back=True, edit=edit)


def redo(
    database: Database, actor: Actor, kind: str, key: str, touch: Callable[[Work], int], *, edit: str | None = None
) -> UndoResult:
    """Makes again what this login last took back, while nothing new was changed since; as `undo`."""
    return _take(database, actor, kind, key, touch, back=False, edit=edit)


def _take(
    database: Database,
    actor: Actor,
    kind: str,
    key: str,
    touch: Callable[[Work], int],
    *,
    back: bool,
    edit: str | None,
) -> UndoResult:
    with reported(database.path), Work(database.engine()) as work:
        entry = _target(work, actor, kind, key, back=back)
        wanted = select(HistoryDetailRow).where(HistoryDetailRow.history == entry.id)
        found = work.exec(wanted.order_by(col(HistoryDetailRow.position))).all()
        kept = [one for one in found if one.table_ in KEPT and _came_along(one)]
        details = [one for one in found if one not in kept]
        action, number = entry.action, entry.id
        work.expunge_all()
    with change(database, actor, "undo" if back else "redo", kind, key, undoes=number, edit=edit) as work:
        work.info["kept"] = kept
        for detail in reversed(details) if back else details:
            now, then = (detail.after, detail.before) if back else (detail.before, detail.after)
            _put(work, ROWS[detail.table_], detail.key, now, then)
        version = touch(work)
    return UndoResult(
        action,
        tuple(
            (detail.table_, detail.after, detail.before) if back else (detail.table_, detail.before, detail.after)
            for detail in details
        ),
        version,
        back,
    )


def _came_along(detail: HistoryDetailRow) -> bool:
    """Whether a row was put in whole; one that is only being worked on nobody else uses."""
    return detail.before is None and (detail.after or {}).get("status") != "draft"


def _target(work: Work, actor: Actor, kind: str, key: str, *, back: bool) -> HistoryRow:
    done: list[HistoryRow] = []
    undone: list[HistoryRow] = []
    entries = select(HistoryRow).where(
        HistoryRow.subject_kind == kind, HistoryRow.subject == key, HistoryRow.login == actor.login
    )
    for entry in work.exec(entries.order_by(col(HistoryRow.id))):
        if entry.action == "undo":
            undone.append(done.pop())
        elif entry.action == "redo":
            done.append(undone.pop())
        elif entry.action in FINAL:
            done, undone = [], []
        else:
            done.append(entry)
            undone = []
    found = done if back else undone
    if not found:
        raise RefusedError(_("There is nothing to undo") if back else _("There is nothing to redo"))
    return found[-1]


def _put(work: Work, cls: type[Row], key: list[Any], now: dict[str, Any] | None, then: dict[str, Any] | None) -> None:
    identity = tuple(
        typed(cls, column.name, part)
        for column, part in zip(cls.__table__.primary_key, key, strict=True)  # type: ignore[attr-defined]
    )
    found = work.get(cls, identity)
    if (found is None) != (now is None) or (
        now is not None and any(plain(getattr(found, name)) != value for name, value in now.items())
    ):
        raise ChangedByOtherError(
            _("It has been changed since, so it cannot be taken back"), _("Change it by hand where needed")
        )
    if then is None:
        work.delete(found)
    elif found is None:
        work.add(revived(cls, then))
    else:
        for name, value in then.items():
            setattr(found, name, typed(cls, name, value))
