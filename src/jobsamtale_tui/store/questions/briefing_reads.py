"""What a briefing asks beside `reads`: each one citizen's, by an index."""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from jobsamtale_tui import dates, records
from jobsamtale_tui.store.questions import reads


def applications(
    connection: sqlite3.Connection, citizen: str, since: date, until: date
) -> tuple[records.Application, ...]:
    """A citizen's applications of the days `since` to `until`, the newest first."""
    found = reads.documents(
        connection,
        "application",
        '"citizen" = ? AND "on_" >= ? AND "on_" <= ?',
        (citizen, since.isoformat(), until.isoformat()),
        '"on_" DESC, "key" DESC',
    )
    return tuple(records.from_document(records.Application, one) for one in found)


def latest_application(connection: sqlite3.Connection, citizen: str, until: date) -> date | None:
    """The day of the latest application up to `until`."""
    row = connection.execute(
        'SELECT "on_" FROM "application" WHERE "citizen" = ? AND "on_" <= ? ORDER BY "on_" DESC LIMIT 1',
        (citizen, until.isoformat()),
    ).fetchone()
    return date.fromisoformat(row[0]) if row else None


def first_held(connection: sqlite3.Connection, citizen: str) -> date | None:
    """The day in Denmark of the citizen's first completed session."""
    row = connection.execute(
        'SELECT "held_at" FROM "session" WHERE "citizen" = ? AND "status" = \'completed\' ORDER BY "held_at" LIMIT 1',
        (citizen,),
    ).fetchone()
    return dates.local(dates.from_iso(row[0])).date() if row else None


def at_hand(connection: sqlite3.Connection, citizen: str, day: date) -> str | None:
    """The key of the citizen's session that is held on a day in Denmark: open, or planned."""
    row = connection.execute(
        'SELECT "key" FROM "session" WHERE "citizen" = ? AND "status" IN (\'draft\', \'planned\')'
        ' AND "held_at" >= ? AND "held_at" < ? ORDER BY "status", "held_at"',
        (citizen, dates.day_start(day), dates.day_end(day)),
    ).fetchone()
    return row[0] if row else None


def held(connection: sqlite3.Connection, sessions: Iterable[str]) -> dict[str, datetime]:
    """When each of these sessions was held."""
    keys = sorted(set(sessions))
    if not keys:
        return {}
    marks = ",".join("?" * len(keys))
    rows = connection.execute(f'SELECT "key", "held_at" FROM "session" WHERE "key" IN ({marks})', keys)
    return {key: dates.from_iso(at) for key, at in rows}
