"""What has been done to a record, read for the screens."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobsamtale_tui import dates


def actions_of(connection: sqlite3.Connection, kind: str, key: str, login: str) -> list[str]:
    """The actions of one login on a record, the oldest first."""
    found = connection.execute(
        "SELECT action FROM history WHERE subject_kind = ? AND subject = ? AND login = ? ORDER BY id",
        (kind, key, login),
    )
    return [action for (action,) in found]


def newest(connection: sqlite3.Connection) -> int:
    """The number of the newest entry; 0 where there is none."""
    return connection.execute("SELECT max(id) FROM history").fetchone()[0] or 0


def newest_and_version(connection: sqlite3.Connection, session: str) -> tuple[int, int]:
    """The number of the newest entry (0: none), and a session's version (0: it is not there), at one moment."""
    entry, version = connection.execute(
        "SELECT (SELECT max(id) FROM history), (SELECT row_version FROM session WHERE key = ?)", (session,)
    ).fetchone()
    return entry or 0, version or 0


def has_edit(connection: sqlite3.Connection, edit: str) -> bool:
    """Whether an edit has been made: the history keeps what names it."""
    return connection.execute('SELECT 1 FROM history WHERE "edit" = ?', (edit,)).fetchone() is not None


def entered_since(connection: sqlite3.Connection, session: str, login: str, at: str) -> list[dict[str, Any]]:
    """What one login has entered as agenda items and steps of a session since then, in so many words: the columns that
    were written."""
    found = connection.execute(
        "SELECT d.after FROM history h JOIN history_detail d ON d.history = h.id"
        " WHERE h.subject_kind = 'session' AND h.subject = ? AND h.login = ? AND h.at >= ?"
        " AND h.action IN ('agenda.add', 'agenda.edit', 'step.add', 'step.edit')"
        " AND d.table_ IN ('agenda_item', 'step') AND d.after IS NOT NULL",
        (session, login, at),
    )
    return [json.loads(after) for (after,) in found]


def seen_at(connection: sqlite3.Connection, kind: str, key: str, at: str, login: str) -> int:
    """The newest entry that somebody had seen who looked at a record at a time (ISO 8601), her own included."""
    row = connection.execute(
        "SELECT min(id) - 1 FROM history"
        " WHERE subject_kind = ? AND subject = ? AND (at > ? OR (at = ? AND login <> ?))",
        (kind, key, at, at, login),
    ).fetchone()
    return newest(connection) if row[0] is None else int(row[0])


_PLANNED_IN = (
    " FROM history h JOIN history_detail d ON d.history = h.id AND d.table_ = 'session' AND d.before IS NULL"
    " WHERE h.subject_kind = 'session' AND json_extract(d.key, '$[0]') <> h.subject"
)


def planned_in(connection: sqlite3.Connection, session: str) -> str | None:
    """The key of the session that was planned when this one was completed; None where it came by import."""
    row = connection.execute(
        f"SELECT json_extract(d.key, '$[0]'){_PLANNED_IN} AND h.subject = ? ORDER BY h.id DESC LIMIT 1", (session,)
    ).fetchone()
    return row[0] if row else None


def planned_by(connection: sqlite3.Connection, session: str) -> str | None:
    """The key of the session in which this one was agreed: one of the same citizen's; None as above."""
    row = connection.execute(
        f"SELECT h.subject{_PLANNED_IN} AND json_extract(d.key, '$[0]') = ? AND h.subject IN"
        " (SELECT a.key FROM session a JOIN session b ON b.citizen = a.citizen AND b.key = ?) LIMIT 1",
        (session, session),
    ).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a record's own row: when, by whom, and each column before and after."""

    at: datetime
    who: str
    columns: dict[str, tuple[Any, Any]]


def changes_of(connection: sqlite3.Connection, kind: str, key: str) -> list[Change]:
    """The changes of a record that stand in its history, the oldest first; its making is not among them."""
    rows = connection.execute(
        "SELECT h.at, coalesce(c.name, h.by, h.login), d.before, d.after FROM history h"
        " JOIN history_detail d ON d.history = h.id AND d.table_ = h.subject_kind"
        " LEFT JOIN caseworker c ON c.key = h.by"
        " WHERE h.subject_kind = ? AND h.subject = ? AND json_extract(d.key, '$[0]') = h.subject"
        " AND d.before IS NOT NULL AND d.after IS NOT NULL ORDER BY h.id",
        (kind, key),
    )
    found = []
    for at, who, before, after in rows:
        was, now = json.loads(before), json.loads(after)
        columns = {name: (was.get(name), value) for name, value in now.items() if was.get(name) != value}
        found.append(Change(dates.from_iso(at), who, columns))
    return found
