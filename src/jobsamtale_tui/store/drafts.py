"""Unfinished text and the place in an open session: written at once through the plain driver, without history.

Not a change of a record but a safety net: it has to be on disk within the moment in which a terminal goes away.
"""

import sqlite3

from jobsamtale_tui import dates


def save(
    connection: sqlite3.Connection,
    session: str,
    login: str,
    phase: int,
    field: str,
    *,
    cursor: str | None = None,
    text: str | None = None,
) -> None:
    """Keeps where `login` stands in the session, and what stands in the field that is not yet left (None: nothing)."""
    connection.execute(
        'INSERT INTO "unfinished" ("session", "login", "phase", "field", "cursor", "text", "at")'
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        ' "phase" = excluded."phase", "field" = excluded."field", "cursor" = excluded."cursor",'
        ' "text" = excluded."text", "at" = excluded."at"',
        (session, login, phase, field, cursor, text, dates.iso(dates.now())),
    )


def settle(connection: sqlite3.Connection, session: str, login: str, field: str) -> None:
    """Forgets the unfinished text of a field that has been saved, and of the entry line that it is a part of."""
    line = field.partition(" ")[0].partition("-")[0]
    connection.execute(
        'UPDATE "unfinished" SET "text" = NULL WHERE "session" = ? AND "login" = ? AND "text" IS NOT NULL'
        ' AND ("field" = ? OR "field" LIKE ? OR "field" LIKE ?)',
        (session, login, field, f"{line}-%", f"{line} %"),
    )
