"""Citizens as lists show them, and as one looks for them."""

import sqlite3
import sys
from dataclasses import dataclass

from jobsamtale_tui import records, texts
from jobsamtale_tui.store.questions.reads import CHUNK, records_of_kind
from jobsamtale_tui.store.sqlite import citizen_search


def citizens(
    connection: sqlite3.Connection,
    search: str = "",
    *,
    caseworker: str | None = None,
    unit: str | None = None,
    limit: int = -1,
) -> list[records.Citizen]:
    """Citizens by name in Danish order, those whose name, key or case key has every word of `search` in it."""
    words = texts.folded(search).split()
    likes = [f"%{_literal(word)}%" for word in words]
    order = '"sort_key", "key"'
    if words and not caseworker and not unit:
        keys = citizen_search.first(connection, words, likes, limit if limit >= 0 else sys.maxsize)
        some = [keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)]
        among = '"key" IN ({})'
        return [
            one
            for chunk in some
            for one in records_of_kind(
                connection, records.Citizen, among.format(",".join("?" * len(chunk))), chunk, order
            )
        ]
    where, values = ["1", *["\"found_by\" LIKE ? ESCAPE '\\'"] * len(words)], [*likes]
    if caseworker:
        where.append('"caseworker" = ?')
        values.append(caseworker)
    if unit:
        where.append('"caseworker" IN (SELECT "key" FROM "caseworker" WHERE "unit" = ?)')
        values.append(unit)
    return records_of_kind(connection, records.Citizen, " AND ".join(where), values, f"{order} LIMIT {int(limit)}")


@dataclass(frozen=True, slots=True)
class CitizenLine:
    """A citizen as she stands in a list."""

    key: str
    name: str
    case_key: str | None
    target_group: str | None


def citizen_lines(connection: sqlite3.Connection, search: str, limit: int) -> list[CitizenLine]:
    """The first `limit` of those whom `citizens` finds, as lines: read again at every key of who is typing."""
    words = texts.folded(search).split()
    keys = citizen_search.first(connection, words, [f"%{_literal(word)}%" for word in words], limit) if words else []
    if not keys:
        return []
    rows = connection.execute(
        'SELECT "key", "name", "case_key", "target_group" FROM "citizen"'
        f' WHERE "key" IN ({",".join("?" * len(keys))}) ORDER BY "sort_key", "key"',
        keys,
    )
    return [CitizenLine(*row) for row in rows]


def found_by(citizen: records.Citizen) -> str:
    """What a citizen is found by: name, key and case key, folded."""
    return texts.folded("\n".join(filter(None, (citizen.name, citizen.key, citizen.case_key))))


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
