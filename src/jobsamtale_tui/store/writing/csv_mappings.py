"""Which column of a CSV file was which field the last time, by the file's headings: no record, and without history."""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from jobsamtale_tui import dates


def remembered(connection: sqlite3.Connection, kind: str, headings: Sequence[str]) -> dict[str, tuple[str, ...]] | None:
    """The headings of each field in the last file of this kind with these headings; None where there was none."""
    row = connection.execute(
        'SELECT "mapping" FROM "csv_mapping" WHERE "kind" = ? AND "headings" = ?', (kind, _name(headings))
    ).fetchone()
    return {field: tuple(found) for field, found in json.loads(row[0]).items()} if row else None


def remember(
    connection: sqlite3.Connection, kind: str, headings: Sequence[str], mapping: Mapping[str, Sequence[str]]
) -> None:
    """The next file with these headings is read in the same way."""
    connection.execute(
        'INSERT INTO "csv_mapping" ("kind", "headings", "mapping", "at") VALUES (?, ?, ?, ?)'
        ' ON CONFLICT DO UPDATE SET "mapping" = excluded."mapping", "at" = excluded."at"',
        (kind, _name(headings), json.dumps(dict(mapping), ensure_ascii=False), dates.iso(dates.now())),
    )


def _name(headings: Sequence[str]) -> str:
    return json.dumps(sorted(headings), ensure_ascii=False)
