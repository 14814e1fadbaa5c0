"""Questions that a command answers without knowing the records: read before anything else is imported."""

import sqlite3

Connection = sqlite3.Connection
"""A plain connection, by a name for those who know no SQL."""


def exists(connection: sqlite3.Connection, kind: str, key: str) -> bool:
    """Whether there is a record of `kind` (one with a key) with this key."""
    return connection.execute(f'SELECT 1 FROM "{kind}" WHERE "key" = ?', (key,)).fetchone() is not None


def version(connection: sqlite3.Connection, kind: str, key: str) -> int:
    """How often the record has been changed; 0 where there is none."""
    row = connection.execute(f'SELECT "row_version" FROM "{kind}" WHERE "key" = ?', (key,)).fetchone()
    return int(row[0]) if row else 0


def draft_version(connection: sqlite3.Connection, indicator: str) -> int:
    """How often an indicator's draft has been changed, as `version`; 0 where there is none."""
    question = (
        'SELECT "row_version" FROM "indicator" WHERE "key" = ? AND "status" = \'draft\' ORDER BY "version" DESC LIMIT 1'
    )
    row = connection.execute(question, (indicator,)).fetchone()
    return int(row[0]) if row else 0


def is_empty(connection: sqlite3.Connection, kind: str) -> bool:
    """Whether there is no record of `kind`."""
    return connection.execute(f'SELECT 1 FROM "{kind}" LIMIT 1').fetchone() is None


def keys_beginning(connection: sqlite3.Connection, kind: str, beginning: str, limit: int = 50) -> list[str]:
    """Keys of `kind` that begin so, each once, for completion."""
    rows = connection.execute(
        f'SELECT DISTINCT "key" FROM "{kind}" WHERE "key" >= ? AND substr("key", 1, ?) = ? ORDER BY "key" LIMIT ?',
        (beginning, len(beginning), beginning, limit),
    )
    return [row[0] for row in rows]


def kept_text(connection: sqlite3.Connection, session: str) -> str | None:
    """The text of a completed session's note where that is all there is to show: never corrected since."""
    row = connection.execute(
        'SELECT n."text" FROM "note" n JOIN "session" s ON s."key" = n."session"'
        ' WHERE s."key" = ? AND s."status" = \'completed\''
        ' AND NOT EXISTS (SELECT 1 FROM "amendment" a WHERE a."session" = s."key")',
        (session,),
    ).fetchone()
    return row[0] if row else None
