"""What named consumers of exports have had: a digest of each record they last got, written through the plain driver.

Not a change of a record, so without history. What a run gives is noted in a temporary table of its own connection and
taken over in one transaction once all of it has been written out.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jobsamtale_tui import dates

_GIVEN = (
    'CREATE TEMP TABLE "given" ("record" TEXT NOT NULL, "part" TEXT NOT NULL, "digest" TEXT NOT NULL,'
    ' "new" INTEGER NOT NULL, PRIMARY KEY ("record", "part")) WITHOUT ROWID'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """A receiver of one kind of export. `records` it has had, `last` of them in its last run that gave something."""

    name: str
    kind: str
    filters: Mapping[str, Any]
    run: int
    run_at: str | None
    confirmed_at: str | None
    pending_since: str | None
    records: int
    last: int


def consumers(connection: sqlite3.Connection, name: str | None = None, kind: str | None = None) -> list[Consumer]:
    """All consumers, or those of a name, or the one of a name and a kind; by name, then kind."""
    rows = connection.execute(
        'SELECT c."key", c."kind", c."filters", c."run", c."run_at", c."confirmed_at", c."pending_since",'
        ' (SELECT count(*) FROM "delivered" d'
        '  WHERE d."consumer" = c."key" AND d."kind" = c."kind"),'
        ' (SELECT count(*) FROM "delivered" d'
        '  WHERE d."consumer" = c."key" AND d."kind" = c."kind" AND d."run" = c."run")'
        ' FROM "consumer" c WHERE c."key" = coalesce(?, c."key") AND c."kind" = coalesce(?, c."kind")'
        ' ORDER BY c."key", c."kind"',
        (name, kind),
    )
    return [
        Consumer(
            name=row[0],
            kind=row[1],
            filters=json.loads(row[2]),
            run=row[3],
            run_at=row[4],
            confirmed_at=row[5],
            pending_since=row[6],
            records=row[7],
            last=row[8],
        )
        for row in rows
    ]


def begin(connection: sqlite3.Connection, name: str, kind: str, filters: Mapping[str, Any]) -> int:
    """Notes that a run has begun, for a consumer that may be new, and returns the number of its last run (0: none)."""
    connection.execute(
        'INSERT INTO "consumer" ("key", "kind", "filters", "run", "pending_since") VALUES (?, ?, ?, 0, ?)'
        ' ON CONFLICT DO UPDATE SET "filters" = excluded."filters", "pending_since" = excluded."pending_since"',
        (name, kind, json.dumps(filters, ensure_ascii=False, separators=(",", ":")), dates.iso(dates.now())),
    )
    row = connection.execute('SELECT "run" FROM "consumer" WHERE "key" = ? AND "kind" = ?', (name, kind)).fetchone()
    return int(row[0])


@contextmanager
def noting(connection: sqlite3.Connection) -> Iterator[None]:
    """A moment of the database in which `note` can be called; what was noted stays where it ended well."""
    connection.execute(_GIVEN)
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def had(connection: sqlite3.Connection, name: str, kind: str, record: str, part: str) -> tuple[str, int] | None:
    """The digest of what the consumer last got of a record and the run it came in."""
    row = connection.execute(
        'SELECT "digest", "run" FROM "delivered" WHERE "consumer" = ? AND "kind" = ? AND "record" = ? AND "part" = ?',
        (name, kind, record, part),
    ).fetchone()
    return (row[0], row[1]) if row else None


def note(connection: sqlite3.Connection, record: str, part: str, digest: str, *, new: bool) -> None:
    """Notes a record of this run: one that is given, or (not `new`) one that is there and the consumer has."""
    connection.execute('INSERT INTO "given" VALUES (?, ?, ?, ?)', (record, part, digest, new))


def confirm(connection: sqlite3.Connection, name: str, kind: str, *, again: bool, by_content: bool) -> None:
    """Takes over what was noted, in one transaction: the consumer has had it.

    A run that gave something gets the next number, `again` keeps its number. `by_content`: parts that are not there
    any more in a record that is are forgotten, so that they come again should they come back.
    """
    now = dates.iso(dates.now())
    whose = (name, kind)
    connection.execute("BEGIN IMMEDIATE")
    try:
        some = connection.execute('SELECT 1 FROM "given" WHERE "new" LIMIT 1').fetchone() is not None
        if some:
            connection.execute(
                'UPDATE "consumer" SET "run" = "run" + ?, "run_at" = ? WHERE "key" = ? AND "kind" = ?',
                (not again, now, *whose),
            )
        connection.execute(
            'UPDATE "consumer" SET "confirmed_at" = ?, "pending_since" = NULL WHERE "key" = ? AND "kind" = ?',
            (now, *whose),
        )
        if by_content and not again:
            connection.execute(
                'DELETE FROM "delivered" WHERE "consumer" = ? AND "kind" = ?'
                ' AND "record" IN (SELECT "record" FROM "given") AND NOT EXISTS (SELECT 1 FROM "given" g'
                ' WHERE g."record" = "delivered"."record" AND g."part" = "delivered"."part")',
                whose,
            )
        connection.execute(
            'INSERT INTO "delivered" ("consumer", "kind", "record", "part", "digest", "run")'
            ' SELECT c."key", c."kind", g."record", g."part", g."digest", c."run" FROM "given" g, "consumer" c'
            ' WHERE g."new" AND c."key" = ? AND c."kind" = ?'
            ' ON CONFLICT DO UPDATE SET "digest" = excluded."digest", "run" = excluded."run"',
            whose,
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def forget(connection: sqlite3.Connection, name: str, kind: str) -> None:
    """Removes a consumer and what it has had; all comes anew should the name be used again."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute('DELETE FROM "delivered" WHERE "consumer" = ? AND "kind" = ?', (name, kind))
        connection.execute('DELETE FROM "consumer" WHERE "key" = ? AND "kind" = ?', (name, kind))
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
