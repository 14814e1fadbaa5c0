"""Holding the history against the records: is it whole, and does what it says last agree with what stands?

Record by record in the order of the history, sorted by SQLite, so that memory does not grow with the database.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import KINDS
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.schema.layout import layout

MOST = 100
_PARENTS = {child.table: kind for kind in KINDS for child in layout(kind).children}
_KINDS_IN_SQL = ", ".join(f"'{table}'" for table in (*KINDS, *_PARENTS))
Row = tuple[int, str, str, str, str | None, str | None]


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the history, a finished sentence each. Changes nothing."""
    yield from _gaps(connection)
    yield from _empty(connection)
    yield from _disagreeing(connection)


def _gaps(connection: sqlite3.Connection) -> Iterator[str]:
    """Numbers are given without a gap: an entry that is not kept gives its number back in the same transaction."""
    rows = connection.execute(
        "SELECT id, before FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM history)"
        " WHERE id <> before + 1 LIMIT ?",
        (MOST,),
    )
    for number, before in rows:
        yield _(
            "The history has no entries from {first} to {last}: somebody has taken them out; a copy from before that"
            " (jobsamtale db backup makes them) still has them"
        ).format(first=before + 1, last=number - 1)


def _empty(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT h.id FROM history h LEFT JOIN history_detail d ON d.history = h.id"
        " GROUP BY h.id HAVING count(d.position) = 0 OR max(d.position) <> count(d.position) - 1 ORDER BY h.id LIMIT ?",
        (MOST,),
    )
    for (number,) in rows:
        yield _(
            "Entry {number} of the history does not have all that it changed:"
            " put back a copy with jobsamtale db restore"
        ).format(number=number)


def _disagreeing(connection: sqlite3.Connection) -> Iterator[str]:
    told = 0
    parent = " ".join(f"WHEN '{table}' THEN '{kind}'" for table, kind in _PARENTS.items())
    rows = connection.execute(
        f"SELECT d.history, h.action, d.table_, d.key, d.before, d.after,"
        f" CASE d.table_ {parent} ELSE d.table_ END AS kind, json_extract(d.key, '$[0]') AS record"
        " FROM history_detail d JOIN history h ON h.id = d.history"
        f" WHERE d.table_ IN ({_KINDS_IN_SQL}) AND json_valid(d.key)"
        " ORDER BY kind, record, CASE WHEN kind IN ('indicator', 'reflection') THEN d.key END, d.history, d.position"
    )
    for _record, found in groupby(rows, key=_whose):
        wrong = _differs(connection, [row[:6] for row in found])
        if wrong and told < MOST:
            told += 1
            table, key, column = wrong
            yield _(
                "{what} is not as the history says that it was last changed: the file has been changed in another way"
                " than by this program; put back a copy, or change it in the app to what is right"
            ).format(what=f"{table} {' '.join(map(str, json.loads(key)))}{column and f', {column}'}")


def _whose(row: Any) -> Any:
    kind, record = row[6], row[7]
    return (kind, row[3]) if kind in ("indicator", "reflection") else (kind, record)


def _differs(connection: sqlite3.Connection, rows: list[Row]) -> tuple[str, str, str] | None:
    """Where a record differs from what its history says last: table, key and column; None where it does not."""
    base: Row | None = None
    touched: dict[tuple[str, str], dict[str, Any] | None] = {}
    for row in rows:
        _number, action, table, key, _before, after = row
        if action == "import":
            base, touched = row, {}
            continue
        now = json.loads(after) if after is not None else None
        before = touched.get((table, key))
        touched[table, key] = {**(before or {}), **now} if now is not None else None
    if base is not None and not touched:
        return _document_differs(connection, base)
    for (table, key), values in touched.items():
        column = _row_differs(connection, table, json.loads(key), values)
        if column is not None:
            return table, key, column
    return None


def _document_differs(connection: sqlite3.Connection, row: Row) -> tuple[str, str, str] | None:
    _number, _action, kind, key, _before, after = row
    names = layout(kind).identity
    where = " AND ".join(f'"{name}" = ?' for name in names)
    there = next(reads.documents(connection, kind, where, json.loads(key)), None)
    if after is None:
        return None if there is None else (kind, key, "")
    said = json.loads(after)
    if there is None:
        return kind, key, ""
    for name in layout(kind).order:
        if (there.get(name) or None) != (said.get(name) or None) and (there.get(name), said.get(name)) != (0, 0):
            return kind, key, name
    return None


def _row_differs(
    connection: sqlite3.Connection, table: str, key: list[Any], values: dict[str, Any] | None
) -> str | None:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    where = " AND ".join(f'"{name}" = ?' for name in columns)
    found = connection.execute(f'SELECT * FROM "{table}" WHERE {where}', key)
    row = found.fetchone()
    if row is None or values is None:
        return None if row is None and values is None else ""
    there = dict(zip((column[0] for column in found.description), row, strict=True))
    return next((name for name, value in values.items() if name in there and not _same(there[name], value)), None)


def _same(stored: Any, value: Any) -> bool:
    if stored == value:
        return True
    if not isinstance(stored, str):
        return False
    try:
        return bool(json.loads(stored) == value)
    except ValueError:
        return False
