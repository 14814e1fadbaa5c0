"""Next steps of earlier sessions, asked about in this one: done, partly, not, and what came of it.

A completed session is locked but for its steps' status and outcome. The change is one of the session in which it was
asked about: there it stands in the history, and there it is taken back.
"""

import sqlite3
from typing import TYPE_CHECKING

from jobsamtale_tui import records
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.session_edits import FollowStep, or_none
from jobsamtale_tui.store.questions.steps import Earlier, asked_about

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import SessionRow
    from jobsamtale_tui.store.writing.transaction import Transaction

NEXT: dict[str, records.StepStatus] = {"open": "done", "done": "partly", "partly": "dropped", "dropped": "open"}
"""What a key makes of a step's status: done, partly done, given up, and open again."""


def turned(earlier: Earlier) -> FollowStep:
    """The edit that gives a step its next status (`NEXT`)."""
    status = earlier.step.status
    return FollowStep(session=earlier.session, position=earlier.place, column="status", was=status, value=NEXT[status])


def came_of(earlier: Earlier, outcome: str) -> FollowStep:
    """The edit that writes what came of a step, or what came in the way; blank clears it."""
    return FollowStep(
        session=earlier.session, position=earlier.place, column="outcome", was=earlier.step.outcome, value=outcome
    )


def missing(connection: sqlite3.Connection, session: records.Session) -> list[str]:
    """Whether steps of earlier sessions wait to be asked about: a sentence, or nothing."""
    count = sum(1 for one in asked_about(connection, session) if one.step.status == "open" and not one.step.outcome)
    return [_("Steps since last time not asked about: {count}").format(count=count)] if count else []


def follow(work: "Transaction", row: "SessionRow", edit: FollowStep) -> None:
    """Writes how far the step came, or what came of it, in the transaction of a change of the session `row`. Raises
    ChangedByOtherError where it is not as it was seen, RefusedError where it is not a step of an earlier session."""
    step = work.step.get(edit.session, edit.position)
    theirs = work.session.get(edit.session)
    if step is None or theirs is None or theirs.citizen != row.citizen or theirs.status != "completed":
        raise RefusedError(_("That line is no longer there"))
    if getattr(step, edit.column) != edit.was:
        raise ChangedByOtherError(_("Somebody else has written what came of this step"), _("Look, then write it again"))
    setattr(step, edit.column, or_none(edit.value) if edit.column == "outcome" else edit.value)
    theirs.row_version += 1
