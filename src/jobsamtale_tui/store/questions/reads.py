"""Questions answered in SQL through the plain driver, named by what they answer.

Records come as the format's documents (`documents`) or as the frozen records themselves. Nothing here changes anything.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from jobsamtale_tui import dates, records
from jobsamtale_tui.store.schema.layout import MANY, Child, Column, layout

R = TypeVar("R")
CHUNK = 400


def documents(
    connection: sqlite3.Connection, kind: str, where: str = "", values: Sequence[Any] = (), order: str = ""
) -> Iterator[dict[str, Any]]:
    """The records of `kind` that meet `where` as the format's JSON objects, in key order unless `order` says otherwise.

    Streams: memory does not grow with the number of records.
    """
    lay = layout(kind)
    condition = f" WHERE {where}" if where else ""
    key = ", ".join(f'"{name}"' for name in lay.identity)
    rows = connection.execute(
        f'SELECT {_list(lay.columns)} FROM "{kind}"{condition} ORDER BY {order or key}',
        values,
    )
    while chunk := list(islice(rows, CHUNK)):
        found = [_document(lay.columns, row) for row in chunk]
        by_key = {document["key"]: document for document in found} if lay.children else {}
        for child in lay.children:
            _add_children(connection, kind, child, by_key)
        for document in found:
            yield {"kind": kind, **{field: document[field] for field in lay.order if field in document}}


def _list(columns: Iterable[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _document(columns: Sequence[Column], row: Sequence[Any]) -> dict[str, Any]:
    return {
        column.field: value if column.read is None else column.read(value)
        for column, value in zip(columns, row, strict=True)
        if value is not None
    }


def _add_children(connection: sqlite3.Connection, kind: str, child: Child, parents: dict[str, dict[str, Any]]) -> None:
    many = child.table in MANY
    if child.needed:
        for document in parents.values():
            document[child.field] = []
    order = f'"{kind}", "position"' if many else f'"{kind}"'
    marks = ",".join("?" * len(parents))
    for row in connection.execute(
        f'SELECT "{kind}", {_list(child.columns)} FROM "{child.table}" WHERE "{kind}" IN ({marks}) ORDER BY {order}',
        list(parents),
    ):
        part = _document(child.columns, row[1:])
        if many:
            parents[row[0]].setdefault(child.field, []).append(part)
        else:
            parents[row[0]][child.field] = part


def records_of_kind(
    connection: sqlite3.Connection, cls: type[R], where: str = "", values: Sequence[Any] = (), order: str = ""
) -> list[R]:
    """Read records of class `cls` by a condition of SQL's and an order."""
    kind = cls.kind  # type: ignore[attr-defined]
    return [records.from_document(cls, found) for found in documents(connection, kind, where, values, order)]


def _one(connection: sqlite3.Connection, cls: type[R], key: str) -> R | None:
    found = records_of_kind(connection, cls, '"key" = ?', (key,))
    return found[0] if found else None


def caseworker(connection: sqlite3.Connection, key: str) -> records.Caseworker | None:
    """The caseworker with this key."""
    return _one(connection, records.Caseworker, key)


def caseworkers(connection: sqlite3.Connection) -> list[records.Caseworker]:
    """All caseworkers by name, in Danish order."""
    return records_of_kind(connection, records.Caseworker, order='"sort_key", "key"')


def units(connection: sqlite3.Connection) -> list[records.Unit]:
    """All units by key."""
    return records_of_kind(connection, records.Unit)


def citizen(connection: sqlite3.Connection, key: str) -> records.Citizen | None:
    """The citizen with this key."""
    return _one(connection, records.Citizen, key)


def citizen_named(connection: sqlite3.Connection, named: str) -> records.Citizen | None:
    """The citizen whom `named` names: by key, else by case key, else by CPR number (with or without its hyphen)."""
    cpr = f"{named[:6]}-{named[6:]}" if len(named) == 10 and named.isdigit() else named
    for column, value in (("key", named), ("case_key", named), ("cpr", cpr)):
        found = records_of_kind(connection, records.Citizen, f'"{column}" = ?', (value,))
        if found:
            return found[0]
    return None


def profile(connection: sqlite3.Connection, citizen: str) -> records.Profile | None:
    """What the citizen has put up about herself."""
    found = records_of_kind(connection, records.Profile, '"citizen" = ?', (citizen,))
    return found[0] if found else None


_LATEST = '"from_" DESC, "key" DESC LIMIT 1'


def agreements(connection: sqlite3.Connection, citizen: str) -> list[records.Agreement]:
    """A citizen's agreements, the oldest first."""
    return records_of_kind(connection, records.Agreement, '"citizen" = ?', (citizen,), '"from_", "key"')


def agreement_on(connection: sqlite3.Connection, citizen: str, day: date) -> records.Agreement | None:
    """The agreement in force on `day`: the one that began last."""
    found = records_of_kind(
        connection,
        records.Agreement,
        '"citizen" = ? AND "from_" <= ? AND ("until" IS NULL OR "until" >= ?)',
        (citizen, day.isoformat(), day.isoformat()),
        _LATEST,
    )
    return found[0] if found else None


def latest_agreement(connection: sqlite3.Connection, citizen: str, day: date) -> records.Agreement | None:
    """The agreement in force on `day`, or the last one that had begun by then though its period has run out."""
    in_force = agreement_on(connection, citizen, day)
    if in_force:
        return in_force
    found = records_of_kind(
        connection, records.Agreement, '"citizen" = ? AND "from_" <= ?', (citizen, day.isoformat()), _LATEST
    )
    return found[0] if found else None


def job_goals(connection: sqlite3.Connection, citizen: str, day: date | None = None) -> list[records.JobGoal]:
    """A citizen's job goals by grade; with `day` those in force on it."""
    where, values = '"citizen" = ?', [citizen]
    if day:
        where += ' AND "from_" <= ? AND ("until" IS NULL OR "until" >= ?)'
        values += [day.isoformat(), day.isoformat()]
    return records_of_kind(connection, records.JobGoal, where, values, '"grade", "from_", "key"')


def job_goal(connection: sqlite3.Connection, key: str) -> records.JobGoal | None:
    """The job goal with this key."""
    return _one(connection, records.JobGoal, key)


def activity(connection: sqlite3.Connection, key: str) -> records.Activity | None:
    """The activity with this key."""
    return _one(connection, records.Activity, key)


def activities(connection: sqlite3.Connection, citizen: str) -> list[records.Activity]:
    """A citizen's activities, the oldest first."""
    return records_of_kind(connection, records.Activity, '"citizen" = ?', (citizen,), '"from_", "key"')


def newest_applications(connection: sqlite3.Connection, citizen: str, most: int) -> list[records.Application]:
    """The newest of a citizen's Joblog, at most so many, the newest first."""
    order = '"on_" DESC, "key" DESC LIMIT ?'
    return records_of_kind(connection, records.Application, '"citizen" = ?', (citizen, most), order)


def count_applications(connection: sqlite3.Connection, citizen: str) -> int:
    """How many applications a citizen's Joblog has."""
    found: int = connection.execute('SELECT count(*) FROM "application" WHERE "citizen" = ?', (citizen,)).fetchone()[0]
    return found


def indicator(connection: sqlite3.Connection, key: str, version: int) -> records.Indicator | None:
    """One version of an indicator."""
    found = records_of_kind(connection, records.Indicator, '"key" = ? AND "version" = ?', (key, version))
    return found[0] if found else None


def indicators(connection: sqlite3.Connection, *keys: str) -> list[records.Indicator]:
    """All versions of all indicators in the database, or of those with these keys."""
    among = f'"key" IN ({",".join("?" * len(keys))})' if keys else ""
    return records_of_kind(connection, records.Indicator, among, keys)


def indicator_in_use(connection: sqlite3.Connection, key: str, version: int) -> bool:
    """Whether a version of an indicator has scores, or is published and its indicator chosen in an agreement."""
    question = (
        'SELECT EXISTS (SELECT 1 FROM "score" WHERE "indicator" = :key AND "version" = :version) OR EXISTS '
        '(SELECT 1 FROM "agreement_indicator" a JOIN "indicator" i ON i."key" = a."indicator" '
        'WHERE a."indicator" = :key AND i."version" = :version AND i."status" <> \'draft\')'
    )
    return bool(connection.execute(question, {"key": key, "version": version}).fetchone()[0])


def session(connection: sqlite3.Connection, key: str) -> records.Session | None:
    """The session with this key."""
    return _one(connection, records.Session, key)


def session_lines(connection: sqlite3.Connection, key: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The positions under which a session's agenda items and its steps are kept, in order."""
    found = connection.execute(
        'SELECT 0, "position" FROM "agenda_item" WHERE "session" = ? UNION ALL'
        ' SELECT 1, "position" FROM "step" WHERE "session" = ? ORDER BY 1, 2',
        (key, key),
    ).fetchall()
    return tuple(line for table, line in found if not table), tuple(line for table, line in found if table)


def session_version(connection: sqlite3.Connection, key: str) -> int:
    """How often the session has been changed; 0 where there is none."""
    row = connection.execute('SELECT "row_version" FROM "session" WHERE "key" = ?', (key,)).fetchone()
    return int(row[0]) if row else 0


def sessions_of(connection: sqlite3.Connection, citizen: str) -> list[records.Session]:
    """All of a citizen's sessions, the newest first."""
    return records_of_kind(connection, records.Session, '"citizen" = ?', (citizen,), '"held_at" DESC, "key" DESC')


def last_completed(
    connection: sqlite3.Connection, citizen: str, before: datetime | None = None
) -> records.Session | None:
    """The citizen's latest completed session, with `before` the latest held earlier than that."""
    where, values = '"citizen" = ? AND "status" = \'completed\'', [citizen]
    if before:
        where += ' AND "held_at" < ?'
        values.append(dates.iso(before))
    found = records_of_kind(connection, records.Session, where, values, '"held_at" DESC, "key" DESC LIMIT 1')
    return found[0] if found else None


def sessions_of_group(connection: sqlite3.Connection, group: str, day: date) -> list[records.Session]:
    """The sessions of a meeting: they share its key and its day in Denmark; one that was moved is no longer of it."""
    return records_of_kind(
        connection,
        records.Session,
        '"held_at" >= ? AND "held_at" < ? AND "group_" = ?',
        (dates.day_start(day), dates.day_end(day), group),
        '"held_at", "key"',
    )


def begun_at(connection: sqlite3.Connection, session: str) -> datetime | None:
    """When the session was last begun in the app; None where it came by import."""
    row = connection.execute(
        'SELECT "at" FROM "history" WHERE "subject_kind" = \'session\' AND "subject" = ?'
        ' AND "action" = \'session.start\' ORDER BY "id" DESC LIMIT 1',
        (session,),
    ).fetchone()
    return dates.from_iso(row[0]) if row else None


def open_session(connection: sqlite3.Connection, citizen: str) -> str | None:
    """The key of the citizen's open draft, the latest where there are several."""
    row = connection.execute(
        'SELECT "key" FROM "session" WHERE "citizen" = ? AND "status" = \'draft\' ORDER BY "held_at" DESC, "key" DESC',
        (citizen,),
    ).fetchone()
    return row[0] if row else None


def planned_on(connection: sqlite3.Connection, citizen: str, day: date) -> str | None:
    """The key of the citizen's planned session of a day in Denmark."""
    row = connection.execute(
        'SELECT "key" FROM "session" WHERE "citizen" = ? AND "status" = \'planned\''
        ' AND "held_at" >= ? AND "held_at" < ? ORDER BY "held_at"',
        (citizen, dates.day_start(day), dates.day_end(day)),
    ).fetchone()
    return row[0] if row else None


def next_planned(connection: sqlite3.Connection, citizen: str, day: date) -> tuple[datetime, str | None] | None:
    """When the citizen's first planned session on or after a day in Denmark is held, and its form."""
    row = connection.execute(
        'SELECT "held_at", "form" FROM "session" WHERE "citizen" = ? AND "status" = \'planned\''
        ' AND "held_at" >= ? ORDER BY "held_at", "key"',
        (citizen, dates.day_start(day)),
    ).fetchone()
    return (dates.from_iso(row[0]), row[1]) if row else None


def note(connection: sqlite3.Connection, session: str) -> records.Note | None:
    """The note of a completed session, as written."""
    row = connection.execute(
        'SELECT "text", "template", "version", "at" FROM "note" WHERE "session" = ?', (session,)
    ).fetchone()
    if row is None:
        return None
    import json

    return records.Note(text=row[0], template=row[1], version=json.loads(row[2]), at=dates.from_iso(row[3]))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Where somebody stood in an open session, and the text in the field that was not yet left (None: nothing)."""

    phase: int
    field: str
    cursor: str | None
    text: str | None
    at: str = ""
    """When it was kept, as ISO text."""


def unfinished(connection: sqlite3.Connection, session: str, login: str) -> Unfinished | None:
    """Where this login stood in the session."""
    row = connection.execute(
        'SELECT "phase", "field", "cursor", "text", "at" FROM "unfinished" WHERE "session" = ? AND "login" = ?',
        (session, login),
    ).fetchone()
    return Unfinished(*row) if row else None


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many records of each kind there are."""
    return {kind: connection.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0] for kind in records.KINDS}
