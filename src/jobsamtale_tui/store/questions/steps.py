"""Next steps of earlier sessions: what is open, what is asked about in a session, and what its note says came of it."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobsamtale_tui import dates, records

FOLLOW = "step.follow"
"""The action in the history of the session in which an earlier step was asked about."""
_COLUMNS = 't."session", t."position", s."held_at", t."what", t."how", t."when_", t."who", t."status", t."outcome"'
_FOLLOWED = (
    "SELECT json_extract(d.key, '$[0]'), json_extract(d.key, '$[1]') FROM history h"
    " JOIN history_detail d ON d.history = h.id AND d.table_ = 'step'"
    " WHERE h.subject_kind = 'session' AND h.subject = :session AND h.action = :follow"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A step of an earlier session: that session's key, the step's place in it, the session's day, and the step."""

    session: str
    place: int
    day: date
    step: records.Step


def asked_about(connection: sqlite3.Connection, session: records.Session) -> list[Earlier]:
    """The steps to ask about in a session, the oldest first: those of earlier completed sessions that are open or
    partly done, and those that have been asked about in it."""
    return _found(
        connection,
        session,
        f't."status" IN (\'open\', \'partly\') OR (t."session", t."position") IN ({_FOLLOWED})',
    )


def told(connection: sqlite3.Connection, session: records.Session) -> list[Earlier]:
    """The steps whose outcome a session's note tells, the oldest first: all of the completed session before it, and
    older ones that have been asked about in it."""
    last = (
        'SELECT "key" FROM "session" WHERE "citizen" = :citizen AND "status" = \'completed\' AND "held_at" < :held_at'
        ' ORDER BY "held_at" DESC, "key" DESC LIMIT 1'
    )
    return _found(connection, session, f't."session" = ({last}) OR (t."session", t."position") IN ({_FOLLOWED})')


def _found(connection: sqlite3.Connection, session: records.Session, which: str) -> list[Earlier]:
    rows = connection.execute(
        f'SELECT {_COLUMNS} FROM "session" s JOIN "step" t ON t."session" = s."key"'
        ' WHERE s."citizen" = :citizen AND s."status" = \'completed\' AND s."held_at" < :held_at'
        f' AND ({which}) ORDER BY s."held_at", s."key", t."position"',
        {"citizen": session.citizen, "held_at": dates.iso(session.held_at), "session": session.key, "follow": FOLLOW},
    )
    return [
        Earlier(
            session=key,
            place=place,
            day=dates.local(dates.from_iso(held_at)).date(),
            step=_step(*about),
        )
        for key, place, held_at, *about in rows
    ]


def open_steps(connection: sqlite3.Connection, citizen: str) -> list[tuple[str, int, records.Step]]:
    """A citizen's steps that are open or partly done, with session and place in it, the oldest session first."""
    rows = connection.execute(
        'SELECT t."session", t."position", t."what", t."how", t."when_", t."who", t."status", t."outcome"'
        ' FROM "step" t JOIN "session" s ON s."key" = t."session"'
        " WHERE s.\"citizen\" = ? AND s.\"status\" = 'completed' AND t.\"status\" IN ('open', 'partly')"
        ' ORDER BY s."held_at", t."session", t."position"',
        (citizen,),
    )
    return [(session, position, _step(*about)) for session, position, *about in rows]


def _step(what: str, how: str | None, when: str | None, who: Any, status: Any, outcome: str | None) -> records.Step:
    return records.Step(
        what=what,
        how=how,
        when=date.fromisoformat(when) if when else None,
        who=who,
        status=status,
        outcome=outcome,
    )
