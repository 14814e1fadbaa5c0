"""Whether there is anything to take back, by the rules that taking back itself goes by (`undo`)."""

import sqlite3
from collections.abc import Iterable

from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history

FINAL = frozenset(
    {
        *("session.start", "session.complete", "import", "indicator.publish", "indicator.import"),
        *("agreement.new", "agreement.renew"),
    }
)
"""Changes that undo does not take back."""
Entry = tuple[int, str]
"""The number of an entry of the history, and its action."""


def nothing_to(connection: sqlite3.Connection, kind: str, key: str, login: str, *, back: bool) -> str | None:
    """Why the login's last change of the record cannot be undone (`back`) or redone; None where there is one."""
    done, undone = undoable(connection, kind, key, login)
    if done if back else undone:
        return None
    return _("There is nothing to undo") if back else _("There is nothing to redo")


def undoable(connection: sqlite3.Connection, kind: str, key: str, login: str) -> tuple[int, int]:
    """How many of the login's own changes of the record can be undone, and how many redone."""
    done, undone = standing(history.entries_of(connection, kind, key, login))
    return len(done), len(undone)


def standing(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Of a login's entries on a record, the oldest first: those that can be undone, and those that can be redone, each
    with the next one last."""
    done: list[Entry] = []
    undone: list[Entry] = []
    for entry in entries:
        match entry[1]:
            case "undo":
                undone.append(done.pop())
            case "redo":
                done.append(undone.pop())
            case action if action in FINAL:
                done, undone = [], []
            case _:
                done.append(entry)
                undone = []
    return done, undone
