"""What has been done to a record, read for the screens."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobsamtale_tui import dates


@dataclass(frozen=True, slots=True)
class Detail:
    """What a change did to one row: its table and primary key, and its columns before and after; before is None for a
    row that came, after for one that went."""

    table: str
    key: list[Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history: when, by whom (where known) and under which login, what was done, and by which edit."""

    id: int
    at: datetime
    by: str | None
    login: str
    action: str
    edit: str | None


def latest(connection: sqlite3.Connection, kind: str, key: str) -> Entry | None:
    """The newest entry of a record."""
    row = connection.execute(
        "SELECT id, at, by, login, action, edit FROM history"
        " WHERE subject_kind = ? AND subject = ? ORDER BY id DESC LIMIT 1",
        (kind, key),
    ).fetchone()
    return _entry(*row) if row else None


def since(connection: sqlite3.Connection, number: int, tables: Sequence[str], key: str) -> list[tuple[Entry, Detail]]:
    """What was done after the entry `number` to the rows of `tables` whose key begins with `key`, the oldest first."""
    rows = connection.execute(
        "SELECT h.id, h.at, h.by, h.login, h.action, h.edit, d.table_, d.key, d.before, d.after"
        " FROM history h JOIN history_detail d ON d.history = h.id"
        f" WHERE h.id > ? AND d.table_ IN ({','.join('?' * len(tables))}) AND json_extract(d.key, '$[0]') = ?"
        " ORDER BY d.history, d.position",
        (number, *tables, key),
    )
    return [(_entry(*row[:6]), _detail(*row[6:])) for row in rows]


def details_of(connection: sqlite3.Connection, number: int) -> list[Detail]:
    """All that an entry did, in its order."""
    rows = connection.execute(
        "SELECT table_, key, before, after FROM history_detail WHERE history = ? ORDER BY position", (number,)
    )
    return [_detail(*row) for row in rows]


def _entry(number: int, at: str, by: str | None, login: str, action: str, edit: str | None) -> Entry:
    return Entry(number, dates.from_iso(at), by, login, action, edit)


def _detail(table: str, key: str, before: str | None, after: str | None) -> Detail:
    return Detail(table, json.loads(key), json.loads(before) if before else None, json.loads(after) if after else None)


def entries_of(connection: sqlite3.Connection, kind: str, key: str, login: str) -> list[tuple[int, str]]:
    """The entries of one login on a record with their actions, the oldest first."""
    found = connection.execute(
        "SELECT id, action FROM history WHERE subject_kind = ? AND subject = ? AND login = ? ORDER BY id",
        (kind, key, login),
    )
    return found.fetchall()


def actions_of(connection: sqlite3.Connection, kind: str, key: str, login: str) -> list[str]:
    """The actions of one login on a record, the oldest first."""
    return [action for _number, action in entries_of(connection, kind, key, login)]


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
