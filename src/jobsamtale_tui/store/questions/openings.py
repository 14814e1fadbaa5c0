"""Jobs, internships and links that are kept to bring to a session, read through the plain driver."""

import sqlite3
from datetime import date

from jobsamtale_tui import records
from jobsamtale_tui.store.questions import reads

_ORDER = '"until" IS NULL, "until", "key"'
_MOST = 500


def kept(connection: sqlite3.Connection, citizen: str | None, day: date | None = None) -> list[records.Opening]:
    """What is kept for a citizen, or (None) for everybody; with `day` what has not run out by then, at most 500.

    What runs out first comes first.
    """
    where, values = ('"citizen" = ?', [citizen]) if citizen is not None else ('"citizen" IS NULL', [])
    limit = ""
    if day is not None:
        where += ' AND ("until" IS NULL OR "until" >= ?)'
        values.append(day.isoformat())
        limit = f" LIMIT {_MOST}"
    found = reads.documents(connection, "opening", where, values, _ORDER + limit)
    return [records.from_document(records.Opening, one) for one in found]


def opening(connection: sqlite3.Connection, key: str) -> records.Opening | None:
    """The opening with this key."""
    found = next(reads.documents(connection, "opening", '"key" = ?', (key,)), None)
    return records.from_document(records.Opening, found) if found else None
