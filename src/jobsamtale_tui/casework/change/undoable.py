"""Whether there is anything to take back, by the rules that taking back itself goes by (`changes`)."""

import sqlite3

from jobsamtale_tui.casework.change.undo import FINAL
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions.history import actions_of


def nothing_to(connection: sqlite3.Connection, kind: str, key: str, login: str, *, back: bool) -> str | None:
    """Why the login's last change of the record cannot be undone (`back`) or redone; None where there is one."""
    done, undone = undoable(connection, kind, key, login)
    if done if back else undone:
        return None
    return _("There is nothing to undo") if back else _("There is nothing to redo")


def undoable(connection: sqlite3.Connection, kind: str, key: str, login: str) -> tuple[int, int]:
    """How many of the login's own changes of the record can be undone, and how many redone."""
    done = undone = 0
    for action in actions_of(connection, kind, key, login):
        if action in ("undo", "redo"):
            step = 1 if action == "redo" else -1
            done, undone = done + step, undone - step
        elif action in FINAL:
            done = undone = 0
        else:
            done, undone = done + 1, 0
    return done, undone
