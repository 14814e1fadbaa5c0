"""Sessions as lists show them: which ones, in what order, and read no further than they are shown."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jobsamtale_tui import dates


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as it stands in a list."""

    key: str
    citizen: str
    citizen_name: str
    caseworker: str | None
    held_at: datetime
    status: str
    form: str | None
    theme: str | None
    group: str | None = None
    interview_type: int | None = None
    session_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """Which sessions an export or a list takes: days in Denmark, both included."""

    since: date | None = None
    until: date | None = None
    citizen: str | None = None
    caseworker: str | None = None
    unit: str | None = None
    status: str | None = None


def session_filter(wanted: SessionFilter, alias: str = "") -> tuple[str, list[Any]]:
    """The condition on the table `session` (under `alias`) for a filter, and its values; empty for no filter."""
    dot = f"{alias}." if alias else ""
    parts: list[str] = []
    values: list[Any] = []
    if wanted.since:
        parts.append(f'{dot}"held_at" >= ?')
        values.append(dates.day_start(wanted.since))
    if wanted.until:
        parts.append(f'{dot}"held_at" < ?')
        values.append(dates.day_end(wanted.until))
    for column in ("citizen", "caseworker", "status"):
        value = getattr(wanted, column)
        if value:
            parts.append(f'{dot}"{column}" = ?')
            values.append(value)
    if wanted.unit:
        parts.append(f'{dot}"caseworker" IN (SELECT "key" FROM "caseworker" WHERE "unit" = ?)')
        values.append(wanted.unit)
    return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Worklist:
    """The sessions of a week, and whether there may be more than these."""

    lines: list[SessionLine]
    cut: bool


def worklist(
    connection: sqlite3.Connection, caseworker: str | None, first: date, last: date, limit: int = 200
) -> Worklist:
    """Open drafts first (the newest first, at most half of `limit`), then the sessions of the days `first` to `last`
    in time order: those that are planned, and those that were cancelled or not attended.

    With a caseworker hers alone, and those that nobody holds.
    """
    # A question for each status and holder, merged: each finds its rows in order, and none is read beyond the limit.
    whose = [""] if caseworker is None else [' AND s."caseworker" = :who', ' AND s."caseworker" IS NULL']
    week = ' AND s."held_at" >= :first AND s."held_at" < :last'
    states = ("planned", "cancelled", "no_show")
    values = {"who": caseworker, "first": dates.day_start(first), "last": dates.day_end(last)}
    drafts = [f"s.\"status\" = 'draft'{mine}" for mine in whose]
    planned = [f"s.\"status\" = '{state}'{week}{mine}" for state in states for mine in whose]
    half = limit // 2
    found = _lines(connection, drafts, '"held_at" DESC, "key" DESC LIMIT :limit', {**values, "limit": half})
    left = limit - len(found)
    there = _lines(connection, planned, '"held_at", "key" LIMIT :limit', {**values, "limit": left})
    return Worklist([*found, *there], cut=len(found) == half or len(there) == left)


def session_lines(
    connection: sqlite3.Connection, where: str, values: Any, order: str = '"held_at", "key"'
) -> list[SessionLine]:
    """Sessions as lines, for a list that is filtered by `session_filter`."""
    return _lines(connection, [where or "1"], order, values)


def _lines(connection: sqlite3.Connection, conditions: Iterable[str], order: str, values: Any) -> list[SessionLine]:
    line = (
        'SELECT s."key" AS "key", s."citizen", c."name", s."caseworker", s."held_at" AS "held_at", s."status",'
        ' s."form", s."theme", s."group_", s."interview_type", s."session_kind"'
        ' FROM "session" s JOIN "citizen" c ON c."key" = s."citizen" WHERE '
    )
    rows = connection.execute(f"{' UNION ALL '.join(line + one for one in conditions)} ORDER BY {order}", values)
    return [
        SessionLine(key, citizen, name, caseworker, dates.from_iso(held_at), status, *about)
        for key, citizen, name, caseworker, held_at, status, *about in rows
    ]
