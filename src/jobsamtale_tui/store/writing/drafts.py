"""Unfinished text and the place in an open session: written at once through the plain driver, without history.

Not a change of a record but a safety net: it has to be on disk within the moment in which a terminal goes away.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jobsamtale_tui import dates


def save(
    connection: sqlite3.Connection,
    session: str,
    login: str,
    phase: int,
    field: str,
    at: str,
    *,
    cursor: str | None = None,
    text: str | None = None,
) -> None:
    """Keeps where `login` stands in the session, and what stands in the field that is not yet left (None: nothing);
    `at` is when it was typed."""
    connection.execute(
        'INSERT INTO "unfinished" ("session", "login", "phase", "field", "cursor", "text", "at")'
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        ' "phase" = excluded."phase", "field" = excluded."field", "cursor" = excluded."cursor",'
        ' "text" = excluded."text", "at" = excluded."at"',
        (session, login, phase, field, cursor, text, at),
    )


def save_form(connection: sqlite3.Connection, form: str, login: str, typed: Mapping[str, Any], at: str) -> None:
    """Keeps what `login` has typed in a form by `at`, line by line; nothing typed: forgets it."""
    if not typed:
        forget_form(connection, form, login)
        return
    connection.execute(
        'INSERT INTO "unfinished_form" ("form", "login", "typed", "at") VALUES (?, ?, ?, ?)'
        ' ON CONFLICT DO UPDATE SET "typed" = excluded."typed", "at" = excluded."at"',
        (form, login, json.dumps(dict(typed), ensure_ascii=False), at),
    )


def form_typed(connection: sqlite3.Connection, form: str, login: str) -> tuple[dict[str, Any], datetime] | None:
    """What `login` has typed in a form and not kept, and when."""
    row = connection.execute(
        'SELECT "typed", "at" FROM "unfinished_form" WHERE "form" = ? AND "login" = ?', (form, login)
    ).fetchone()
    return (json.loads(row[0]), dates.from_iso(row[1])) if row else None


def forget_form(connection: sqlite3.Connection, form: str, login: str) -> None:
    """The form has been kept, or holds nothing."""
    connection.execute('DELETE FROM "unfinished_form" WHERE "form" = ? AND "login" = ?', (form, login))


def forms_below(connection: sqlite3.Connection, name: str, login: str) -> list[str]:
    """The names of the forms of `login` that begin with `name`, the oldest first."""
    rows = connection.execute(
        'SELECT "form" FROM "unfinished_form" WHERE "login" = ? AND substr("form", 1, ?) = ? ORDER BY "at", "form"',
        (login, len(name), name),
    )
    return [row[0] for row in rows]


def beside(session: str) -> str:
    """How the names begin under which further apps of one login keep what is unfinished in a session."""
    return f"beside {session} "


def refused_in(session: str) -> str:
    """The name under which the texts of a session that could not be saved are kept."""
    return f"session {session}"
