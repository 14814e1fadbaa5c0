"""Next steps of earlier sessions, asked about in this one: done, partly, not, and what came of it.

A completed session is locked but for its steps' status and outcome. The change is one of the session in which it was
asked about: there it stands in the history, and there it is taken back.
"""

import sqlite3
from typing import Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.session.lifecycle import changed
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions.steps import FOLLOW, Earlier, asked_about
from jobsamtale_tui.store.schema.tables import SessionRow, StepRow

NEXT: dict[str, records.StepStatus] = {"open": "done", "done": "partly", "partly": "dropped", "dropped": "open"}
"""What a key makes of a step's status: done, partly done, given up, and open again."""


def turn(place: ChangeContext, earlier: Earlier) -> int:
    """The step's next status (`NEXT`), in the session `place`. Raises ChangedByOtherError where the step is not as it
    was seen, RefusedError where it is not one of an earlier session."""
    return _change(place, earlier, "status", NEXT[earlier.step.status])


def write_outcome(place: ChangeContext, earlier: Earlier, outcome: str) -> int:
    """What came of the step, or what came in the way; blank clears it. Raises as `turn`."""
    return _change(place, earlier, "outcome", texts.typed(outcome).strip() or None)


def missing(connection: sqlite3.Connection, session: records.Session) -> list[str]:
    """Whether steps of earlier sessions wait to be asked about: a sentence, or nothing."""
    count = sum(1 for one in asked_about(connection, session) if one.step.status == "open" and not one.step.outcome)
    return [_("Steps since last time not asked about: {count}").format(count=count)] if count else []


def _change(place: ChangeContext, earlier: Earlier, column: str, value: Any) -> int:
    with changed(place, FOLLOW) as (work, row):
        step = work.get(StepRow, (earlier.session, earlier.place))
        theirs = work.get(SessionRow, earlier.session)
        if step is None or theirs is None or theirs.citizen != row.citizen or theirs.status != "completed":
            raise RefusedError(_("That line is no longer there"))
        if getattr(step, column) != getattr(earlier.step, column):
            raise ChangedByOtherError(
                _("Somebody else has written what came of this step"), _("Look, then write it again")
            )
        setattr(step, column, value)
        theirs.row_version += 1
        return row.row_version
