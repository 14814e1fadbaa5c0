"""Where an import lays a file's records down before any is put in its place: temporary tables of one connection.

So a file of any size is checked as a whole, in any order of its lines, with memory that does not grow with it. The
tables live outside the database file and go with the connection.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jobsamtale_tui import records

BATCH = 500
UNIQUE = ("cpr", "case_key")
"""The fields of a citizen that no other citizen may share."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A record as it lies there: the line it stood on, what makes it one of its kind, and its document as JSON."""

    line: int
    identity: str
    text: str
    unique: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Twice:
    """A record that was not laid down since an earlier line has its identity, or its value of `field`."""

    staged: Staged
    first: int
    field: str | None = None


class Staging:
    """The staging tables of a connection: made anew, and gone after `drop`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.drop()
        for kind in records.KINDS:
            connection.execute(
                f'CREATE TEMP TABLE "staged_{kind}"'
                " (line INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, document TEXT NOT NULL)"
            )
        connection.execute(
            "CREATE TEMP TABLE staged_unique"
            " (field TEXT, value TEXT, line INTEGER, PRIMARY KEY (field, value)) WITHOUT ROWID"
        )
        connection.execute("CREATE TEMP TABLE staged_wait (session TEXT PRIMARY KEY, before TEXT) WITHOUT ROWID")

    def drop(self) -> None:
        """Takes the tables away."""
        for name in (*records.KINDS, "unique", "wait"):
            self._connection.execute(f'DROP TABLE IF EXISTS temp."staged_{name}"')

    def add(self, kind: str, batch: Sequence[Staged]) -> list[Twice]:
        """Lays a batch of one kind down, lines rising; returns those that were not since they stand twice."""
        added = self._connection.executemany(
            f'INSERT OR IGNORE INTO temp."staged_{kind}" VALUES (?, ?, ?)',
            [(one.line, one.identity, one.text) for one in batch],
        )
        twice = self._left_out(kind, batch) if added.rowcount < len(batch) else []
        if kind == "citizen":
            lines = {one.staged.line for one in twice}
            twice += self._take_unique([one for one in batch if one.line not in lines])
        return twice

    def _left_out(self, kind: str, batch: Sequence[Staged]) -> list[Twice]:
        first = self.lines(kind, [one.identity for one in batch])
        return [Twice(one, first[one.identity]) for one in batch if first[one.identity] != one.line]

    def _take_unique(self, batch: Sequence[Staged]) -> list[Twice]:
        wanted = [
            (field, value, one) for one in batch for field, value in zip(UNIQUE, one.unique, strict=True) if value
        ]
        added = self._connection.executemany(
            "INSERT OR IGNORE INTO temp.staged_unique VALUES (?, ?, ?)",
            [(field, value, one.line) for field, value, one in wanted],
        )
        if added.rowcount == len(wanted):
            return []
        twice = []
        for field, value, one in wanted:
            (first,) = self._connection.execute(
                "SELECT line FROM temp.staged_unique WHERE field = ? AND value = ?", (field, value)
            ).fetchone()
            if first != one.line:
                self._connection.execute("DELETE FROM temp.staged_citizen WHERE line = ?", (one.line,))
                twice.append(Twice(one, first, field))
        return twice

    def lines(self, kind: str, identities: Sequence[str]) -> dict[str, int]:
        """The lines that these records stand on; those that the file does not have are left out."""
        marks = ",".join("?" * len(identities))
        rows = self._connection.execute(
            f'SELECT identity, line FROM temp."staged_{kind}" WHERE identity IN ({marks})',
            identities,
        )
        return dict(rows.fetchall())

    def batches(self, kind: str) -> Iterator[list[Staged]]:
        """The records of a kind in the order of their lines, some 500 at a time."""
        last = 0
        while rows := self._connection.execute(
            f'SELECT line, identity, document FROM temp."staged_{kind}" WHERE line > ? ORDER BY line LIMIT {BATCH}',
            (last,),
        ).fetchall():
            last = rows[-1][0]
            yield [Staged(*row) for row in rows]

    def wait(self, sessions: Iterable[tuple[str, str | None]]) -> None:
        """Remembers sessions that wait for their note, each with the document (JSON) that it replaced."""
        self._connection.executemany("INSERT INTO temp.staged_wait VALUES (?, ?)", sessions)

    def waiting(self) -> Iterator[list[tuple[str, str | None]]]:
        """The sessions that wait for their note, a citizen's together and in time order, some 500 at a time."""
        rows = self._connection.execute(
            'SELECT w.session, w.before FROM temp.staged_wait w JOIN "session" s ON s."key" = w.session'
            ' ORDER BY s."citizen", s."held_at", s."key"'
        )
        while found := rows.fetchmany(BATCH):
            yield found
