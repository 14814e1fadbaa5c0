"""One change: one function, one transaction, one history entry. `undo` is the way back.

What a change did is read off its rows as they are written, so that no change can forget its history.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database, reported

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.history import Detail
    from jobsamtale_tui.store.writing.transaction import Transaction


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
) -> Iterator["Transaction"]:
    """A transaction in which rows are changed; at its end the history is written and all is committed.

    `kind` and `key` name the record that the change belongs to, `edit` the edit that it makes. Nothing is written where
    nothing changed. Raises StoreError where the database cannot take it; then nothing is written either.
    """
    with _begun(database) as work:
        yield work
        _flush(work)
        entry = {**_entry(actor, action, kind), "undoes": undoes, "edit": edit}
        _commit(work, entry, {key: work.details} if work.details else {})


@contextmanager
def change_each(database: Database, actor: Actor, action: str, kind: str) -> Iterator["Transaction"]:
    """As `change`, for several records of one kind in one transaction: a history entry for each that was changed.

    A row belongs to the record that its primary key begins with, as the children of sessions do.
    """
    with _begun(database) as work:
        yield work
        _flush(work)
        found: dict[str, list[Detail]] = {}
        for detail in work.details:
            found.setdefault(detail.key[0], []).append(detail)
        _commit(work, _entry(actor, action, kind), found)


@contextmanager
def _begun(database: Database) -> Iterator["Transaction"]:
    from jobsamtale_tui.store.writing import transaction  # the mapping layer comes in with the first change

    with reported(database.path), transaction.begun(database.engine()) as work:
        yield work


def _flush(work: "Transaction") -> None:
    """Write what was changed, unless others have changed the same. Raises ChangedByOtherError."""
    conflicts.merge_texts(work)
    work.flush()
    conflicts.detect(work, work.details)


def _entry(actor: Actor, action: str, kind: str) -> dict[str, Any]:
    return {"at": dates.now(), "by": actor.user, "login": actor.login, "action": action, "subject_kind": kind}


def _commit(work: "Transaction", entry: Mapping[str, Any], changed: "Mapping[str, Sequence[Detail]]") -> None:
    """Keep the change, with an entry of the history for each record. Notes that were written or corrected, and
    citizens, go into their index along with it."""
    made = [work.write_history({**entry, "subject": key}, details) for key, details in changed.items()]
    if made:
        note_search.renew(work.driver)
        citizen_search.renew(work.driver)
    work.commit()
    work.info.get("own", set()).update(made)
