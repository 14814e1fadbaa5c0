"""Unfinished text and the place in an open session: written at once through the plain driver, without history.

Not a change of a record but a safety net: it has to be on disk within the moment in which a terminal goes away.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime

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


def save_form(connection: sqlite3.Connection, form: str, login: str, typed: Mapping[str, str]) -> None:
    """Keeps what `login` has typed in a form, line by line; nothing typed: forgets it."""
    if not typed:
        forget_form(connection, form, login)
        return
    connection.execute(
        'INSERT INTO "unfinished_form" ("form", "login", "typed", "at") VALUES (?, ?, ?, ?)'
        ' ON CONFLICT DO UPDATE SET "typed" = excluded."typed", "at" = excluded."at"',
        (form, login, json.dumps(dict(typed), ensure_ascii=False), dates.iso(dates.now())),
    )


def form_typed(connection: sqlite3.Connection, form: str, login: str) -> tuple[dict[str, str], datetime] | None:
    """What `login` has typed in a form and not kept, and when."""
    row = connection.execute(
        'SELECT "typed", "at" FROM "unfinished_form" WHERE "form" = ? AND "login" = ?', (form, login)
    ).fetchone()
    return (json.loads(row[0]), dates.from_iso(row[1])) if row else None


def forget_form(connection: sqlite3.Connection, form: str, login: str) -> None:
    """The form has been kept, or holds nothing."""
    connection.execute('DELETE FROM "unfinished_form" WHERE "form" = ? AND "login" = ?', (form, login))


def refused_in(session: str) -> str:
    """The name under which the texts of a session that could not be saved are kept."""
    return f"session {session}"


def refuse(connection: sqlite3.Connection, session: str, login: str, field: str, text: str | None) -> None:
    """Keeps a text that could not be saved, by its field; None: the field has been saved since."""
    form = refused_in(session)
    kept = form_typed(connection, form, login)
    typed = dict(kept[0]) if kept else {}
    if text is None and field not in typed:
        return
    typed.pop(field, None)
    save_form(connection, form, login, typed if text is None else {**typed, field: text})
