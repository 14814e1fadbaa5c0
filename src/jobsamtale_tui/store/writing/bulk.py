"""Many records at once into the tables, in plain SQL: for imports, which bring documents that are already checked.

Columns come from the layout and values are already as the tables keep them, so nothing of the mapping layer is loaded,
and nothing has to turn values into Python's and back.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.layout import Child, Column, layout
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database

CACHE_KIB = 16_384
"""What an import keeps of the database in memory: with SQLite's own 2 MB its indexes go to disk and back all the time,
with 64 MB it is a fourteenth faster."""
Identity = Sequence[Any]
Document = Mapping[str, Any]


@contextmanager
def connected(database: Database) -> Iterator[sqlite3.Connection]:
    """A connection with a large page cache; errors of the database come out as StoreError."""
    with database.connected() as connection:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        yield connection


def make_room(connection: sqlite3.Connection) -> None:
    """Gives most of the large cache back once the records stand, and has the indexes that follow make do with little,
    also where an earlier version made them: sorting takes what the cache may. It is no slower."""
    connection.execute(f"PRAGMA cache_size = -{sqlite_database.CACHE_KIB}")
    for statement in (note_search.GATHERING, citizen_search.GATHERING):
        connection.execute(statement)


@contextmanager
def staged(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that touches temporary tables alone, and so locks nobody out."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def changing(connection: sqlite3.Connection, *, keep: bool = True) -> Iterator[None]:
    """A transaction in which nobody else writes; taken back where the block raises, and without `keep`."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    if keep:
        connection.commit()
    else:
        connection.rollback()


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    if rows:
        connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def found(
    connection: sqlite3.Connection, kind: str, identities: Sequence[Identity]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The documents of the records with these primary keys that are there, by primary key."""
    columns = layout(kind).identity
    names = ", ".join(f'"{name}"' for name in columns)
    mark = f"({','.join('?' * len(columns))})"
    where = f"({names}) IN (VALUES {', '.join([mark] * len(identities))})"
    values = [part for identity in identities for part in identity]
    return {
        tuple(document[name] for name in columns): document
        for document in reads.documents(connection, kind, where, values)
    }


def put(
    connection: sqlite3.Connection,
    kind: str,
    new: Sequence[Document],
    changed: Sequence[Document] = (),
    derived: Sequence[Document] = (),
) -> None:
    """Inserts the `new` records and replaces the `changed` ones, children and all.

    `derived` has the columns that are no fields, for the new records and then for the changed ones (empty: none).
    """
    documents = [*new, *changed]
    lay = layout(kind)
    columns = lay.stored
    taken = _Taken(columns, lay.columns)
    rows = []
    for place, document in enumerate(documents):
        row = taken.row(document)
        if taken.version is not None:
            row[taken.version] = 1  # of a record that is new
        for name, value in (derived[place] if derived else {}).items():
            row[taken.at[name]] = value
        rows.append(row)
    _insert(connection, kind, columns, rows[: len(new)])
    if changed:
        _replace(connection, kind, columns, rows[len(new) :])
        for child in lay.children:
            parents = [(document["key"],) for document in changed]
            connection.executemany(f'DELETE FROM "{child.table}" WHERE "{kind}" = ?', parents)
    _put_children(connection, kind, documents)


class _Taken:
    """How a table's row is taken off a document; made once for many, since there are millions of rows."""

    def __init__(self, columns: Sequence[str], given: Sequence[Column]) -> None:
        fields = {one.name: one for one in given}
        self.at = {name: place for place, name in enumerate(columns)}
        self.version = self.at.get("row_version")
        # No field of a document is called "", so columns that are no fields stay empty.
        self._fields = [fields[name].field if name in fields else "" for name in columns]
        self._writes = [(self.at[one.name], one.write) for one in given if one.write is not None]

    def row(self, document: Document) -> list[Any]:
        """The values in the order of the columns."""
        row = list(map(document.get, self._fields))
        for place, write in self._writes:
            if row[place] is not None:
                row[place] = write(row[place])
        return row


def _replace(connection: sqlite3.Connection, kind: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    keys = layout(kind).identity
    taken = [name for name in columns if name not in keys and name != "row_version"]
    values = [f'"{name}" = ?' for name in taken]
    if "row_version" in columns:
        values.append('"row_version" = "row_version" + 1')
    where = " AND ".join(f'"{name}" = ?' for name in keys)
    # The parameters stand in the order in which the columns are set, then those of the key.
    order = [columns.index(name) for name in (*taken, *keys)]
    connection.executemany(
        f'UPDATE "{kind}" SET {", ".join(values)} WHERE {where}', [[row[place] for place in order] for row in rows]
    )


def _put_children(connection: sqlite3.Connection, kind: str, documents: Sequence[Document]) -> None:
    for child in layout(kind).children:
        _insert(connection, child.table, child.stored(kind), list(_child_rows(kind, child, documents)))


def _child_rows(kind: str, child: Child, documents: Sequence[Document]) -> Iterator[list[Any]]:
    taken = _Taken(child.stored(kind), child.columns)
    parent, position = taken.at[kind], taken.at.get("position")
    for document in documents:
        if child.field not in document:
            continue
        for place, part in enumerate(document[child.field] if child.many else [document[child.field]]):
            row = taken.row(part)
            row[parent] = document["key"]
            if position is not None:
                row[position] = place
            yield row


def put_notes(connection: sqlite3.Connection, notes: Sequence[tuple[str, Document]]) -> None:
    """Inserts notes (their documents) of sessions that have none, by the sessions' keys."""
    _put_children(connection, "session", [{"key": key, "note": document} for key, document in notes])


def set_citizens(connection: sqlite3.Connection, field: str, values: Sequence[tuple[str, str]]) -> None:
    """Sets one column of citizens, by key."""
    connection.executemany(
        f'UPDATE "citizen" SET "{field}" = ? WHERE "key" = ?', [(value, key) for key, value in values]
    )


def owners(connection: sqlite3.Connection, field: str, values: Sequence[str]) -> dict[str, str]:
    """Which citizen (key) has which of these CPR numbers or case keys."""
    marks = ",".join("?" * len(values))
    rows = connection.execute(f'SELECT "{field}", "key" FROM "citizen" WHERE "{field}" IN ({marks})', values)
    return dict(rows.fetchall())


def there(connection: sqlite3.Connection, kind: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a record of `kind` has."""
    marks = ",".join("?" * len(keys))
    return {row[0] for row in connection.execute(f'SELECT "key" FROM "{kind}" WHERE "key" IN ({marks})', keys)}


def empty(connection: sqlite3.Connection, kind: str) -> bool:
    """Whether there is no record of this kind at all."""
    return connection.execute(f'SELECT 1 FROM "{kind}" LIMIT 1').fetchone() is None


class History:
    """The one history entry of a file, and a row for every record that it changed; `entry` has its columns."""

    def __init__(self, connection: sqlite3.Connection, entry: Document) -> None:
        self._connection = connection
        _insert(connection, "history", tuple(entry), [tuple(entry.values())])
        (self._number,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        self._count = 0

    def add(self, kind: str, changes: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Records by primary key (JSON), each with its document (JSON) before and after."""
        rows = [
            (self._number, position, kind, key, before, after)
            for position, (key, before, after) in enumerate(changes, self._count)
        ]
        self._count += len(rows)
        _insert(self._connection, "history_detail", ("history", "position", "table_", "key", "before", "after"), rows)

    def close(self) -> bool:
        """Takes the entry back where nothing was changed; whether anything was."""
        if not self._count:
            self._connection.execute('DELETE FROM "history" WHERE "id" = ?', (self._number,))
        return self._count > 0
