"""One change: one function, one transaction, one history entry. And the way back: undo and redo.

What a change did is read off the mapped objects as they are written, so that no change can forget its history.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session as Work
from sqlmodel import col, select

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema.tables import ROWS, Day, HistoryDetailRow, HistoryRow, Moment, Row
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database, reported

_DERIVED = frozenset({"row_version"})
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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: the acting caseworker's key where it is known, and always the login name."""

    user: str | None
    login: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What undo or redo did: the action it concerned and each row's values before and now."""

    action: str
    details: tuple[tuple[str, dict[str, Any] | None, dict[str, Any] | None], ...]
    version: int
    back: bool
    """True where it was undone, False where it was made again."""


@contextmanager
def change(
    database: Database, actor: Actor, action: str, kind: str, key: str, *, undoes: int | None = None
) -> Iterator[Work]:
    """A transaction in which mapped objects are changed; at its end the history is written and all is committed.

    `kind` and `key` name the record that the change belongs to. Nothing is written where nothing changed. Raises
    StoreError where the database cannot take it; then nothing is written either.
    """
    with _noting(database) as (work, details):
        yield work
        conflicts.join(work)
        work.flush()
        conflicts.check(work, details)
        made = []
        if details:
            made.append(_write_history(work, actor, action, kind, key, undoes, details))
            _renew_search(work)
        work.commit()
        work.info.get("own", set()).update(made)


@contextmanager
def change_each(database: Database, actor: Actor, action: str, kind: str) -> Iterator[Work]:
    """As `change`, for several records of one kind in one transaction: a history entry for each that was changed.

    A row belongs to the record that its primary key begins with, as the children of sessions do.
    """
    with _noting(database) as (work, details):
        yield work
        conflicts.join(work)
        work.flush()
        conflicts.check(work, details)
        made = []
        for key in dict.fromkeys(detail["key"][0] for detail in details):
            own = [detail for detail in details if detail["key"][0] == key]
            made.append(_write_history(work, actor, action, kind, key, None, own))
        _renew_search(work)
        work.commit()
        work.info.get("own", set()).update(made)


@contextmanager
def _noting(database: Database) -> Iterator[tuple[Work, list[dict[str, Any]]]]:
    details: list[dict[str, Any]] = []

    def note(work: Work, _context: UOWTransaction, _instances: Any) -> None:
        details.extend(_details(work))

    with reported(database.path), Work(database.engine(), autoflush=False, expire_on_commit=False) as work:
        event.listen(work, "before_flush", note)
        yield work, details


def _write_history(
    work: Work,
    actor: Actor,
    action: str,
    kind: str,
    key: str,
    undoes: int | None,
    details: list[dict[str, Any]],
) -> int | None:
    entry = {
        "at": dates.now(),
        "by": actor.user,
        "login": actor.login,
        "action": action,
        "subject_kind": kind,
        "subject": key,
        "undoes": undoes,
    }
    connection = work.connection()
    made = connection.execute(insert(HistoryRow).values(entry)).inserted_primary_key
    number = made[0] if made else None
    rows = [{"history": number, "position": place, **detail} for place, detail in enumerate(details)]
    connection.execute(insert(HistoryDetailRow), rows)
    return number


def _renew_search(work: Work) -> None:
    """Notes written or corrected in this transaction, and citizens, go into their index along with it."""
    driver = work.connection().connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        note_search.renew(driver)
        citizen_search.renew(driver)


def _details(work: Work) -> Iterator[dict[str, Any]]:
    for found in work.new:
        yield _detail(found, None, _values(found))
    for found in work.deleted:
        yield _detail(found, _values(found), None)
    for found in work.dirty:
        detail = written(found)
        if detail is not None:
            yield detail


def written(found: Any) -> dict[str, Any] | None:
    """What is about to be written of a mapped object that was changed; None where nothing is."""
    before, after = {}, {}
    for attribute in inspect(found).attrs:
        changes = attribute.history
        if changes.has_changes() and attribute.key not in _DERIVED:
            before[attribute.key] = _plain(changes.deleted[0] if changes.deleted else None)
            after[attribute.key] = _plain(attribute.value)
    return _detail(found, before, after) if after and before != after else None


def _detail(found: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    key = [getattr(found, column.name) for column in found.__table__.primary_key]
    return {"table_": found.__tablename__, "key": key, "before": before, "after": after}


def _values(found: Any) -> dict[str, Any]:
    return {
        column.name: _plain(getattr(found, column.name))
        for column in found.__table__.columns
        if column.name not in _DERIVED
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return dates.iso(value)
    return value.isoformat() if isinstance(value, date) else value


def _typed(cls: type[Row], name: str, value: Any) -> Any:
    kind = cls.__table__.columns[name].type  # type: ignore[attr-defined]
    if value is not None and isinstance(kind, Moment):
        return dates.from_iso(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Day) else value


def revived(cls: type[Row], values: dict[str, Any]) -> Row:
    """A row as the history has it."""
    return cls(**{name: _typed(cls, name, value) for name, value in values.items()})


def undo(database: Database, actor: Actor, kind: str, key: str, touch: Callable[[Work], int]) -> Taken:
    """Takes back this login's last change of the record; raises RefusedError where there is none.

    Undo is a change of its own: it writes what was before, and only while the value is still what the change made
    it (else ChangedByOtherError). `touch` is called in the transaction and returns the record's new version; what came
    along with the change and stays (`KEPT`) is in the transaction's `info` as `kept`.
    """
    return _take(database, actor, kind, key, touch, back=True)


def redo(database: Database, actor: Actor, kind: str, key: str, touch: Callable[[Work], int]) -> Taken:
    """Makes again what this login last took back, while nothing new was changed since; as `undo`."""
    return _take(database, actor, kind, key, touch, back=False)


def _take(database: Database, actor: Actor, kind: str, key: str, touch: Callable[[Work], int], *, back: bool) -> Taken:
    with reported(database.path), Work(database.engine()) as work:
        entry = _target(work, actor, kind, key, back=back)
        wanted = select(HistoryDetailRow).where(HistoryDetailRow.history == entry.id)
        found = work.exec(wanted.order_by(col(HistoryDetailRow.position))).all()
        kept = [one for one in found if one.table_ in KEPT and _came_along(one)]
        details = [one for one in found if one not in kept]
        action, number = entry.action, entry.id
        work.expunge_all()
    with change(database, actor, "undo" if back else "redo", kind, key, undoes=number) as work:
        work.info["kept"] = kept
        for detail in reversed(details) if back else details:
            now, then = (detail.after, detail.before) if back else (detail.before, detail.after)
            _put(work, ROWS[detail.table_], detail.key, now, then)
        version = touch(work)
    return Taken(
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
        _typed(cls, column.name, part)
        for column, part in zip(cls.__table__.primary_key, key, strict=True)  # type: ignore[attr-defined]
    )
    found = work.get(cls, identity)
    if (found is None) != (now is None) or (
        now is not None and any(_plain(getattr(found, name)) != value for name, value in now.items())
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
            setattr(found, name, _typed(cls, name, value))
