"""What leaves the database as data: whole records, and scores, steps and notes as flat rows with their session.

Everything streams, in key order, through the plain driver.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.questions.session_lists import SessionFilter, session_filter

Document = dict[str, Any]
SCORES: Mapping[str, str] = {
    "session": 's."key"',
    "citizen": 's."citizen"',
    "caseworker": 's."caseworker"',
    "held_at": 's."held_at"',
    "indicator": 'p."indicator"',
    "version": 'p."version"',
    "value": 'p."value"',
    "by": 'p."by"',
    "remark": 'p."remark"',
}
STEPS: Mapping[str, str] = {
    "session": 's."key"',
    "citizen": 's."citizen"',
    "caseworker": 's."caseworker"',
    "held_at": 's."held_at"',
    "what": 'p."what"',
    "how": 'p."how"',
    "when": 'p."when_"',
    "who": 'p."who"',
    "status": 'p."status"',
    "outcome": 'p."outcome"',
}
NOTES: Mapping[str, str] = {
    "session": 's."key"',
    "citizen": 's."citizen"',
    "case_key": 'c."case_key"',
    "caseworker": 's."caseworker"',
    "held_at": 's."held_at"',
    "theme": 's."theme"',
    "text": 'n."text"',
    "template": 'n."template"',
    "version": 'n."version"',
    "at": 'n."at"',
}
"""The fields of the flat rows and their columns, in order."""
_OF_CITIZEN = frozenset({"profile", "agreement", "job_goal", "application", "activity", "opening"})


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """All reads see the database as it was at the first of them, whoever writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def whole(connection: sqlite3.Connection, kind: str, wanted: SessionFilter) -> Iterator[Document]:
    """The records of a kind that the filter takes: sessions by all of it, others by what they have of it."""
    where, values = where_of(kind, wanted)
    return reads.documents(connection, kind, where, values)


def where_of(kind: str, wanted: SessionFilter) -> tuple[str, list[Any]]:
    """The condition for the records of a kind that the filter takes, blank where it takes all, and its values."""
    if kind == "session":
        return session_filter(wanted)
    if kind == "reflection":
        where, values = session_filter(wanted)
        return (f'"session" IN (SELECT "key" FROM "session" WHERE {where})' if where else ""), values
    people = replace(wanted, since=None, until=None, status=None)
    if kind in _OF_CITIZEN:
        where, values = _citizens(people)
        return (f'"citizen" IN (SELECT "key" FROM "citizen" WHERE {where})' if where else ""), values
    match kind:
        case "citizen":
            return _citizens(people)
        case "caseworker":
            return _all_of({'"key" = ?': wanted.caseworker, '"unit" = ?': wanted.unit})
        case "unit":
            return _all_of({'"key" = ?': wanted.unit})
        case _:
            return "", []


def _citizens(wanted: SessionFilter) -> tuple[str, list[Any]]:
    return _all_of(
        {
            '"key" = ?': wanted.citizen,
            '"caseworker" = ?': wanted.caseworker,
            '"caseworker" IN (SELECT "key" FROM "caseworker" WHERE "unit" = ?)': wanted.unit,
        }
    )


def _all_of(conditions: Mapping[str, str | None]) -> tuple[str, list[Any]]:
    asked = {condition: value for condition, value in conditions.items() if value is not None}
    return " AND ".join(asked), list(asked.values())


def scores(connection: sqlite3.Connection, wanted: SessionFilter) -> Iterator[Document]:
    """A row for every score, by session and place in it."""
    return _parts(connection, "score", SCORES, wanted)


def steps(connection: sqlite3.Connection, wanted: SessionFilter) -> Iterator[Document]:
    """A row for every next step, by session and place in it."""
    return _parts(connection, "step", STEPS, wanted)


def _parts(
    connection: sqlite3.Connection, table: str, fields: Mapping[str, str], wanted: SessionFilter
) -> Iterator[Document]:
    where, values = session_filter(wanted, "s")
    rows = connection.execute(
        f'SELECT {", ".join(fields.values())} FROM "session" s JOIN "{table}" p ON p."session" = s."key"'
        f' WHERE {where or "1 = 1"} ORDER BY s."key", p."position"',
        values,
    )
    for row in rows:
        yield {name: value for name, value in zip(fields, row, strict=True) if value is not None}


def notes(connection: sqlite3.Connection, wanted: SessionFilter) -> Iterator[Document]:
    """A row for the note of every completed session, with its corrections where it has any."""
    where, values = session_filter(replace(wanted, status="completed"), "s")
    rows = connection.execute(
        f'SELECT {", ".join(NOTES.values())} FROM "session" s'
        ' JOIN "note" n ON n."session" = s."key" JOIN "citizen" c ON c."key" = s."citizen"'
        f' WHERE {where} ORDER BY s."key"',
        values,
    )
    while chunk := list(islice(rows, reads.CHUNK)):
        corrections = _amendments(connection, [row[0] for row in chunk])
        for row in chunk:
            document = {name: value for name, value in zip(NOTES, row, strict=True) if value is not None}
            document["version"] = _version(document["version"])
            if row[0] in corrections:
                document["amendments"] = corrections[row[0]]
            yield document


@lru_cache(maxsize=64)
def _version(text: str) -> Any:
    return json.loads(text)


def _amendments(connection: sqlite3.Connection, sessions: Sequence[str]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    marks = ",".join("?" * len(sessions))
    names = ("at", "by", "by_name", "reason", "text")
    for session, *row in connection.execute(
        'SELECT a."session", a."at", a."by", w."name", a."reason", a."text" FROM "amendment" a'
        f' LEFT JOIN "caseworker" w ON w."key" = a."by" WHERE a."session" IN ({marks})'
        ' ORDER BY a."session", a."position"',
        sessions,
    ):
        parts = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        found.setdefault(session, []).append(parts)
    return found
