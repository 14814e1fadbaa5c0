"""One change: one function, one transaction, one history entry. And the way back: undo and redo.

What a change did is read off the mapped objects as they are written, so that no change can forget its history.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session as Work

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.change.row_values import row_details
from jobsamtale_tui.store.schema.tables import HistoryDetailRow, HistoryRow
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database, reported


@contextmanager
def change(
    database: Database,
    actor: Actor,
    action: str,
    kind: str,
    key: str,
    *,
    undoes: int | None = None,
    edit: str | None = None,
) -> Iterator[Work]:
    """A transaction in which mapped objects are changed; at its end the history is written and all is committed.

    `kind` and `key` name the record that the change belongs to, `edit` the edit that it makes. Nothing is written where
    nothing changed. Raises StoreError where the database cannot take it; then nothing is written either.
    """
    with _noting(database) as (work, row_details):
        yield work
        conflicts.merge_texts(work)
        work.flush()
        conflicts.detect(work, row_details)
        made = []
        if row_details:
            made.append(_write_history(work, actor, action, kind, key, row_details, undoes=undoes, edit=edit))
            _renew_search(work)
        work.commit()
        work.info.get("own", set()).update(made)


@contextmanager
def change_each(database: Database, actor: Actor, action: str, kind: str) -> Iterator[Work]:
    """As `change`, for several records of one kind in one transaction: a history entry for each that was changed.

    A row belongs to the record that its primary key begins with, as the children of sessions do.
    """
    with _noting(database) as (work, row_details):
        yield work
        conflicts.merge_texts(work)
        work.flush()
        conflicts.detect(work, row_details)
        made = []
        for key in dict.fromkeys(detail["key"][0] for detail in row_details):
            own = [detail for detail in row_details if detail["key"][0] == key]
            made.append(_write_history(work, actor, action, kind, key, own))
        _renew_search(work)
        work.commit()
        work.info.get("own", set()).update(made)


@contextmanager
def _noting(database: Database) -> Iterator[tuple[Work, list[dict[str, Any]]]]:
    found: list[dict[str, Any]] = []

    def note(work: Work, _context: UOWTransaction, _instances: Any) -> None:
        found.extend(row_details(work))

    with reported(database.path), Work(database.engine(), autoflush=False, expire_on_commit=False) as work:
        event.listen(work, "before_flush", note)
        yield work, found


def _write_history(
    work: Work,
    actor: Actor,
    action: str,
    kind: str,
    key: str,
    details: list[dict[str, Any]],
    *,
    undoes: int | None = None,
    edit: str | None = None,
) -> int | None:
    entry = {
        "at": dates.now(),
        "by": actor.user,
        "login": actor.login,
        "action": action,
        "subject_kind": kind,
        "subject": key,
        "undoes": undoes,
        "edit": edit,
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
