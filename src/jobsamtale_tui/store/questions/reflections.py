"""Looks back on sessions: for the one who wrote them, and observations also for the one who was observed."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from jobsamtale_tui import dates, records
from jobsamtale_tui.store.questions import reads


@dataclass(frozen=True, slots=True)
class LookBack:
    """A look back, when the session was held, and the writer's name."""

    held_at: datetime
    by_name: str
    record: records.Reflection


def written_by(connection: sqlite3.Connection, session: str, caseworker: str) -> list[records.Reflection]:
    """What a caseworker has written of a session, one for each role that she wrote in."""
    where = '"session" = ? AND "by" = ?'
    found = reads.documents(connection, "reflection", where, (session, caseworker))
    return [records.from_document(records.Reflection, one) for one in found]


def for_caseworker(connection: sqlite3.Connection, caseworker: str) -> list[LookBack]:
    """What she wrote herself and what others observed in sessions that she held, the newest session first."""
    rows = connection.execute(
        'SELECT r."session", r."by", r."role", s."held_at", coalesce(w."name", r."by") FROM ('
        ' SELECT "session", "by", "role" FROM "reflection" WHERE "by" = ?'
        ' UNION SELECT o."session", o."by", o."role" FROM "session" h JOIN "reflection" o ON o."session" = h."key"'
        ' WHERE h."caseworker" = ? AND o."role" <> \'self\''
        ') r JOIN "session" s ON s."key" = r."session" LEFT JOIN "caseworker" w ON w."key" = r."by"'
        ' ORDER BY s."held_at" DESC, r."session", r."by", r."role"',
        (caseworker, caseworker),
    ).fetchall()
    return [
        LookBack(dates.from_iso(held_at), name, _one(connection, session, by, role))
        for session, by, role, held_at, name in rows
    ]


def _one(connection: sqlite3.Connection, session: str, by: str, role: str) -> records.Reflection:
    where = '"session" = ? AND "by" = ? AND "role" = ?'
    return records.from_document(
        records.Reflection, next(reads.documents(connection, "reflection", where, (session, by, role)))
    )
