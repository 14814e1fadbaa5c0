"""What surrounds a session: its time and form, who takes part, who booked it, and whether it was held at all.

As in `sessions`: one function a change, on the version that the caller has seen, with one history entry.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.session import session_kind_content
from jobsamtale_tui.casework.session.lifecycle import changed
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema.tables import SessionRow

LONGEST = 1440
"""Minutes of a session at most, as the exchange format has it."""
ROLES: tuple[records.ParticipantRole, ...] = get_args(records.ParticipantRole)
INTERVIEW_TYPES = (7, 8, 9, 10, 11, 12, 13, 15, 17, 19)
"""The national interview types in use (`records.InterviewType` has their names)."""
NOT_HELD = ("cancelled", "no_show")
DETAILS = ("form", "minutes", "booked_by", "interview_type", "theme")
_ACTIONS = {
    "planned": "session.plan_again",
    "draft": "session.start",
    "cancelled": "session.cancel",
    "no_show": "session.no_show",
}


def set_details(place: ChangeContext, values: Mapping[str, Any]) -> int:
    """Sets what `values` names (`DETAILS`, `held_at`, `status`, `session_kind`) in one change; None clears a detail.

    `held_at` is as in `move`, `status` as in `set_status`, after it, `session_kind` as in `content.choose`. Raises
    RefusedError for minutes outside a day.
    """
    status = values.get("status")
    action = _ACTIONS[status] if status else "session.move" if "held_at" in values else "details"
    with changed(place, action) as (work, row):
        if values.get("held_at"):
            _move(row, values["held_at"])
        if status:
            _stand(row, status, place)
        for name in DETAILS:
            if name in values:
                value = values[name]
                if name == "minutes" and value is not None and not 0 <= value <= LONGEST:
                    raise RefusedError(_("A session takes 0 to {most} minutes").format(most=LONGEST))
                setattr(row, name, (texts.typed(value).strip() or None) if isinstance(value, str) else value)
        if "session_kind" in values:
            session_kind_content.choose(work, row, values["session_kind"])
        return row.row_version


def add_participant(place: ChangeContext, role: records.ParticipantRole, name: str = "") -> int:
    """Somebody else takes part; the name may be left blank."""
    with changed(place, "participant.add") as (_work, row):
        row.participants = [*(row.participants or ()), _participant(role, name)]
        return row.row_version


def change_participant(place: ChangeContext, index: int, role: records.ParticipantRole, name: str = "") -> int:
    """Changes the role and name of somebody who takes part."""
    with changed(place, "participant.edit") as (_work, row):
        there = _there(row.participants, index)
        row.participants = [*there[:index], _participant(role, name), *there[index + 1 :]]
        return row.row_version


def remove_participant(place: ChangeContext, index: int) -> int:
    """Somebody does not take part after all."""
    with changed(place, "participant.remove") as (_work, row):
        there = _there(row.participants, index)
        row.participants = [*there[:index], *there[index + 1 :]] or None
        return row.row_version


def _participant(role: records.ParticipantRole, name: str) -> dict[str, Any]:
    kept = " ".join(texts.typed(name).split())
    return {"role": role, **({"name": kept} if kept else {})}


def _there(participants: list[Any] | None, index: int) -> list[Any]:
    there = list(participants or ())
    if not 0 <= index < len(there):
        raise RefusedError(_("That line is no longer there"))
    return there


def move(place: ChangeContext, at: datetime) -> int:
    """Moves the session to another time; all that is written in it stays.

    What is moved to a time ahead is planned from then on, also what was begun, cancelled or not attended. A session
    that was not held cannot be moved back in time: that raises RefusedError.
    """
    with changed(place, "session.move") as (_work, row):
        _move(row, at)
        return row.row_version


def _move(row: SessionRow, at: datetime) -> None:
    if at > dates.now():
        row.status = "planned"
    elif row.status in NOT_HELD:
        raise RefusedError(
            _("A session that was not held is moved to a time ahead"), _("Begin it first if it was held after all")
        )
    row.held_at = dates.utc(at)


def set_status(place: ChangeContext, status: records.SessionStatus) -> int:
    """The session is cancelled, was not attended, is planned again or held after all (`draft`).

    Nothing that is written in it is deleted. Completing is `sessions.complete`.
    """
    with changed(place, _ACTIONS[status]) as (_work, row):
        _stand(row, status, place)
        return row.row_version


def _stand(row: SessionRow, status: str, place: ChangeContext) -> None:
    row.status = status
    if status == "draft":
        row.caseworker = row.caseworker or place.actor.user
