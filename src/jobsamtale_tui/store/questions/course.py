"""A citizen's whole course to read: every note in three questions, however many there are."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jobsamtale_tui import dates, records


@dataclass(frozen=True, slots=True)
class Part:
    """A session of a course: its note as it was written (None: it is still open) and the corrections."""

    session: str
    held_at: datetime
    theme: str | None
    text: str | None
    amendments: tuple[records.Amendment, ...]


def parts(connection: sqlite3.Connection, citizen: str) -> list[Part]:
    """The citizen's completed and open sessions, the newest first."""
    corrections: dict[str, list[records.Amendment]] = {}
    rows = connection.execute(
        "SELECT a.session, a.at, a.by, a.reason, a.text FROM session s JOIN amendment a ON a.session = s.key"
        " WHERE s.citizen = ? ORDER BY a.session, a.position",
        (citizen,),
    )
    for session, at, by, reason, text in rows:
        one = records.Amendment(at=dates.from_iso(at), by=by, reason=reason, text=text)
        corrections.setdefault(session, []).append(one)
    rows = connection.execute(
        "SELECT s.key, s.held_at, s.theme, n.text FROM session s LEFT JOIN note n ON n.session = s.key"
        " WHERE s.citizen = ? AND s.status IN ('completed', 'draft') ORDER BY s.held_at DESC, s.key DESC",
        (citizen,),
    )
    return [
        Part(key, dates.from_iso(held_at), theme, text, tuple(corrections.get(key, ())))
        for key, held_at, theme, text in rows
    ]


def names(connection: sqlite3.Connection, amendments: tuple[records.Amendment, ...]) -> Mapping[str, str]:
    """The names of those who made corrections, by key."""
    keys = list({one.by for one in amendments})
    marks = ",".join("?" * len(keys))
    return dict(connection.execute(f"SELECT key, name FROM caseworker WHERE key IN ({marks})", keys).fetchall())
