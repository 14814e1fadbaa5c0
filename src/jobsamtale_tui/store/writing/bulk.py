"""Many records at once into the tables, through Core: for imports, which bring documents that are already checked.

Columns come from the layout and values are already as the tables keep them, so no type of the mapping layer has
to turn them into Python and back.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    ClauseElement,
    Connection,
    Insert,
    TableClause,
    bindparam,
    column,
    delete,
    insert,
    literal_column,
    table,
    update,
)

from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.layout import MANY, Column, layout
from jobsamtale_tui.store.schema.tables import ROWS
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database

CACHE_KIB = 16_384
"""What an import keeps of the database in memory: with SQLite's own 2 MB its indexes go to disk and back all the time,
with 64 MB it is a fourteenth faster."""
Identity = Sequence[Any]
Document = Mapping[str, Any]


@contextmanager
def connected(database: Database) -> Iterator[tuple[Connection, sqlite3.Connection]]:
    """A Core connection and the plain one under it, with a large page cache for as long as it is lent."""
    with database.engine().connect() as connection:
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError(type(driver))
        (usual,) = driver.execute("PRAGMA cache_size").fetchone()
        driver.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        try:
            yield connection, driver
        finally:
            driver.execute(f"PRAGMA cache_size = {usual}")


def make_room(driver: sqlite3.Connection) -> None:
    """Gives most of the large cache back once the records stand, and has the indexes that follow make do with little,
    also where an earlier version made them: sorting takes what the cache may. It is no slower."""
    driver.execute(f"PRAGMA cache_size = -{sqlite_database.CACHE_KIB}")
    for statement in (note_search.GATHERING, citizen_search.GATHERING):
        driver.execute(statement)


@contextmanager
def staged(driver: sqlite3.Connection) -> Iterator[None]:
    """A transaction that touches temporary tables alone, and so locks nobody out."""
    driver.execute("BEGIN")
    try:
        yield
    finally:
        driver.execute("COMMIT")


@cache
def bare(name: str) -> TableClause:
    """A table whose columns take values as they are kept."""
    return table(name, *(column(found.name) for found in ROWS[name].__table__.columns))  # type: ignore[attr-defined]


def _many(connection: Connection, statement: ClauseElement, rows: list[tuple[Any, ...]]) -> None:
    """Runs a statement of Core's for each row, whose values stand in the order of the statement's parameters.

    Core's own way makes a dictionary of every row and takes it apart again, at as much cost as SQLite's.
    """
    if rows:
        connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), rows)


@cache
def _insert(name: str) -> Insert:
    return insert(bare(name))


def found(
    driver: sqlite3.Connection, kind: str, identities: Sequence[Identity]
) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The documents of the records with these primary keys that are there, by primary key."""
    columns = layout(kind).identity
    names = ", ".join(f'"{name}"' for name in columns)
    mark = f"({','.join('?' * len(columns))})"
    where = f"({names}) IN (VALUES {', '.join([mark] * len(identities))})"
    values = [part for identity in identities for part in identity]
    return {
        tuple(document[name] for name in columns): document for document in reads.documents(driver, kind, where, values)
    }


def put(
    connection: Connection,
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
    columns = [one.name for one in bare(kind).c]
    taken = _Taken(columns, lay.columns)
    rows = []
    for place, document in enumerate(documents):
        row = taken.row(document)
        if taken.version is not None:
            row[taken.version] = 1  # of a record that is new
        for name, value in (derived[place] if derived else {}).items():
            row[taken.at[name]] = value
        rows.append(tuple(row))
    _many(connection, _insert(kind), rows[: len(new)])
    if changed:
        _replace(connection, kind, columns, rows[len(new) :])
        for child in lay.children:
            parents = delete(bare(child.table)).where(column(kind) == bindparam("parent"))
            _many(connection, parents, [(document["key"],) for document in changed])
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


def _replace(connection: Connection, kind: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    target = bare(kind)
    keys = layout(kind).identity
    taken = [name for name in columns if name not in keys and name != "row_version"]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in taken}
    if "row_version" in columns:
        values["row_version"] = target.c.row_version + literal_column("1")
    where = [target.c[name] == bindparam(f"its_{name}") for name in keys]
    # The parameters stand in the order in which the columns are set, then those of the key.
    order = [columns.index(name) for name in (*taken, *keys)]
    _many(
        connection,
        update(target).where(*where).values(values),
        [tuple(row[place] for place in order) for row in rows],
    )


def _put_children(connection: Connection, kind: str, documents: Sequence[Document]) -> None:
    for child in layout(kind).children:
        many = child.table in MANY
        taken = _Taken([one.name for one in bare(child.table).c], child.columns)
        parent, position = taken.at[kind], taken.at.get("position")
        rows = []
        for document in documents:
            if child.field not in document:
                continue
            for place, part in enumerate(document[child.field] if many else [document[child.field]]):
                row = taken.row(part)
                row[parent] = document["key"]
                if position is not None:
                    row[position] = place
                rows.append(tuple(row))
        _many(connection, _insert(child.table), rows)


def put_notes(connection: Connection, notes: Sequence[tuple[str, Document]]) -> None:
    """Inserts notes (their documents) of sessions that have none, by the sessions' keys."""
    _put_children(connection, "session", [{"key": key, "note": document} for key, document in notes])


def set_citizens(connection: Connection, field: str, values: Sequence[tuple[str, str]]) -> None:
    """Sets one column of citizens, by key."""
    target = bare("citizen")
    statement = update(target).where(target.c.key == bindparam("its")).values({field: bindparam("new")})
    _many(connection, statement, [(value, key) for key, value in values])


def owners(driver: sqlite3.Connection, field: str, values: Sequence[str]) -> dict[str, str]:
    """Which citizen (key) has which of these CPR numbers or case keys."""
    marks = ",".join("?" * len(values))
    rows = driver.execute(f'SELECT "{field}", "key" FROM "citizen" WHERE "{field}" IN ({marks})', values)
    return dict(rows.fetchall())


def there(driver: sqlite3.Connection, kind: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a record of `kind` has."""
    marks = ",".join("?" * len(keys))
    return {row[0] for row in driver.execute(f'SELECT "key" FROM "{kind}" WHERE "key" IN ({marks})', keys)}


def empty(driver: sqlite3.Connection, kind: str) -> bool:
    """Whether there is no record of this kind at all."""
    return driver.execute(f'SELECT 1 FROM "{kind}" LIMIT 1').fetchone() is None


class History:
    """The one history entry of a file, and a row for every record that it changed."""

    def __init__(self, connection: Connection, entry: Document) -> None:
        self._connection = connection
        made = connection.execute(insert(ROWS["history"]).values(dict(entry))).inserted_primary_key
        self._number = made[0] if made else None
        self._count = 0

    def add(self, kind: str, changes: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Records by primary key (JSON), each with its document (JSON) before and after."""
        rows = [
            (self._number, position, kind, key, before, after)
            for position, (key, before, after) in enumerate(changes, self._count)
        ]
        self._count += len(rows)
        _many(self._connection, _insert("history_detail"), rows)

    def close(self) -> bool:
        """Takes the entry back where nothing was changed; whether anything was."""
        if not self._count:
            entries = bare("history")
            self._connection.execute(delete(entries).where(entries.c.id == self._number))
        return self._count > 0
