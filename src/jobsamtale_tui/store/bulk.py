"""Many records at once into the tables, through Core: for imports, which bring documents that are already checked.

Columns come from the layout and values are already as the tables keep them, so no type of the mapping layer has
to turn them into Python and back.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, TableClause, and_, bindparam, column, delete, insert, table, update

from jobsamtale_tui.store import reads
from jobsamtale_tui.store.engine import Database
from jobsamtale_tui.store.layout import MANY, layout
from jobsamtale_tui.store.tables import ROWS

CACHE_KIB = 65_536
"""Pages kept in memory while importing: with the usual 2 MB a large file's indexes are read and written again and again."""
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


def found(driver: sqlite3.Connection, kind: str, identities: Sequence[Identity]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The documents of the records with these primary keys that are there, by primary key."""
    columns = layout(kind).identity
    names = ", ".join(f'"{name}"' for name in columns)
    mark = f"({','.join('?' * len(columns))})"
    where = f"({names}) IN (VALUES {', '.join([mark] * len(identities))})"
    values = [part for identity in identities for part in identity]
    return {
        tuple(document[name] for name in columns): document for document in reads.documents(driver, kind, where, values)
    }


def put(connection: Connection, kind: str, new: Sequence[Document], changed: Sequence[Document], derived: Sequence[Document]) -> None:
    """Inserts the `new` records and replaces the `changed` ones, children and all.

    `derived` has the columns that are no fields, for the new records and then for the changed ones.
    """
    rows = [{**_row(kind, document), **more} for document, more in zip([*new, *changed], derived, strict=True)]
    if new:
        connection.execute(insert(bare(kind)), rows[: len(new)])
    if changed:
        _replace(connection, kind, rows[len(new) :])
        for child in layout(kind).children:
            parents = delete(bare(child.table)).where(column(kind) == bindparam("parent"))
            connection.execute(parents, [{"parent": document["key"]} for document in changed])
    _put_children(connection, kind, [*new, *changed])


def _row(kind: str, document: Document) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for one in layout(kind).columns:
        value = document.get(one.field)
        row[one.name] = value if value is None or one.write is None else one.write(value)
    if "row_version" in bare(kind).c:
        row["row_version"] = 1
    return row


def _replace(connection: Connection, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    target = bare(kind)
    keys = layout(kind).identity
    others = [name for name in rows[0] if name not in keys]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in others}
    if "row_version" in values:
        values["row_version"] = target.c.row_version + 1
    statement = update(target).where(and_(*(target.c[name] == bindparam(f"its_{name}") for name in keys))).values(values)
    taken = [name for name in others if name != "row_version"]
    connection.execute(
        statement,
        [
            {f"its_{name}": row[name] for name in keys} | {f"new_{name}": row[name] for name in taken}
            for row in rows
        ],
    )


def _put_children(connection: Connection, kind: str, documents: Iterable[Document]) -> None:
    documents = list(documents)
    for child in layout(kind).children:
        rows = []
        for document in documents:
            value = document.get(child.field)
            if not value:
                continue
            for position, part in enumerate(value if child.table in MANY else [value]):
                row = {kind: document["key"], "position": position}
                for one in child.columns:
                    field = part.get(one.field)
                    row[one.name] = field if field is None or one.write is None else one.write(field)
                if child.table not in MANY:
                    del row["position"]
                rows.append(row)
        if rows:
            connection.execute(insert(bare(child.table)), rows)


def put_notes(connection: Connection, notes: Sequence[tuple[str, Document]]) -> None:
    """Inserts notes (their documents) of sessions that have none, by the sessions' keys."""
    _put_children(connection, "session", [{"key": key, "note": document} for key, document in notes])


def set_citizens(connection: Connection, field: str, values: Sequence[tuple[str, str]]) -> None:
    """Sets one column of citizens, by key."""
    target = bare("citizen")
    statement = update(target).where(target.c.key == bindparam("its")).values({field: bindparam("new")})
    connection.execute(statement, [{"its": key, "new": value} for key, value in values])


def owners(driver: sqlite3.Connection, field: str, values: Sequence[str]) -> dict[str, str]:
    """Which citizen (key) has which of these CPR numbers or case keys."""
    marks = ",".join("?" * len(values))
    rows = driver.execute(f'SELECT "{field}", "key" FROM "citizen" WHERE "{field}" IN ({marks})', values)  # noqa: S608
    return dict(rows.fetchall())


def there(driver: sqlite3.Connection, kind: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that a record of `kind` has."""
    marks = ",".join("?" * len(keys))
    return {row[0] for row in driver.execute(f'SELECT "key" FROM "{kind}" WHERE "key" IN ({marks})', keys)}  # noqa: S608


def empty(driver: sqlite3.Connection, kind: str) -> bool:
    """Whether there is no record of this kind at all."""
    return driver.execute(f'SELECT 1 FROM "{kind}" LIMIT 1').fetchone() is None  # noqa: S608


def scored(driver: sqlite3.Connection, indicator: str, version: int) -> bool:
    """Whether a session has a score on this version of an indicator."""
    question = 'SELECT 1 FROM "score" WHERE "indicator" = ? AND "version" = ?'
    return driver.execute(question, (indicator, version)).fetchone() is not None


class History:
    """The one history entry of a file, and a row for every record that it changed."""

    def __init__(self, connection: Connection, entry: Document) -> None:
        self._connection = connection
        made = connection.execute(insert(ROWS["history"]).values(dict(entry))).inserted_primary_key
        self._number = made[0] if made else None
        self._count = 0

    def add(self, kind: str, changes: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Records by primary key (JSON), each with its document (JSON) before and after."""
        rows = []
        for key, before, after in changes:
            rows.append(
                {"history": self._number, "position": self._count, "table_": kind, "key": key, "before": before, "after": after}
            )
            self._count += 1
        if rows:
            self._connection.execute(insert(bare("history_detail")), rows)

    def close(self) -> None:
        """Takes the entry back where nothing was changed."""
        if not self._count:
            entries = bare("history")
            self._connection.execute(delete(entries).where(entries.c.id == self._number))
