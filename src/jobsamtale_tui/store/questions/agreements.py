"""Questions about agreements: those of many citizens in a list, and what was changed in one citizen's."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.store.questions import exports, reads
from jobsamtale_tui.store.questions.session_lists import SessionFilter


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement as it stands in a list."""

    agreement: records.Agreement
    citizen_name: str


def documents(connection: sqlite3.Connection, wanted: SessionFilter, on: date | None) -> Iterator[dict[str, Any]]:
    """The agreements of the citizens that the filter takes, by citizen and first day; with `on` those in force then."""
    where, values = exports.where_of("agreement", wanted)
    if on is not None:
        period = '"from_" <= ? AND ("until" IS NULL OR "until" >= ?)'
        where = f"{where} AND {period}" if where else period
        values = [*values, on.isoformat(), on.isoformat()]
    return reads.documents(connection, "agreement", where, values, '"citizen", "from_", "key"')


def lines(connection: sqlite3.Connection, wanted: SessionFilter, on: date | None) -> list[AgreementLine]:
    """As `documents`, as records with the citizens' names."""
    found = [records.from_document(records.Agreement, one) for one in documents(connection, wanted, on)]
    citizens = sorted({one.citizen for one in found})
    names: dict[str, str] = {}
    for at in range(0, len(citizens), reads.CHUNK):
        some = citizens[at : at + reads.CHUNK]
        marks = ",".join("?" * len(some))
        names.update(connection.execute(f'SELECT "key", "name" FROM "citizen" WHERE "key" IN ({marks})', some))
    return [AgreementLine(one, names[one.citizen]) for one in found]


def agreement(connection: sqlite3.Connection, key: str) -> records.Agreement | None:
    """The agreement with this key."""
    found = list(reads.documents(connection, "agreement", '"key" = ?', (key,)))
    return records.from_document(records.Agreement, found[0]) if found else None


def changes_for(connection: sqlite3.Connection, citizen: str, held_at: datetime) -> list[records.AgreementChange]:
    """What was changed in a citizen's agreements up to the day of a session and in no note of an earlier one.

    The note before has what was changed up to its own day, or, where it was written on that day, until then.
    """
    before = dates.day_end(dates.local(held_at).date())
    rows = connection.execute(
        'SELECT c."at", c."by", c."what", c."reason" FROM "agreement" a JOIN "agreement_change" c'
        ' ON c."agreement" = a."key" WHERE a."citizen" = ? AND c."at" < ?'
        ' ORDER BY c."at", a."from_", a."key", c."position"',
        (citizen, before),
    ).fetchall()
    noted = _noted(connection, citizen, held_at) if rows else ""
    names = ("at", "by", "what", "reason")
    return [
        records.from_document(records.AgreementChange, dict(zip(names, row, strict=True)))
        for row in rows
        if row[0] > noted
    ]


def _noted(connection: sqlite3.Connection, citizen: str, held_at: datetime) -> str:
    """The last second that the note of the session before has looked back on; empty where there is none."""
    row = connection.execute(
        'SELECT s."held_at", n."at" FROM "session" s JOIN "note" n ON n."session" = s."key" WHERE s."citizen" = ?'
        ' AND s."status" = \'completed\' AND s."held_at" < ? ORDER BY s."held_at" DESC, s."key" DESC LIMIT 1',
        (citizen, dates.iso(held_at)),
    ).fetchone()
    if row is None:
        return ""
    day = dates.local(dates.from_iso(row[0])).date()
    last = dates.from_iso(dates.day_end(day)) - timedelta(seconds=1)
    return min(str(row[1]), dates.iso(last))


def note_written_since(connection: sqlite3.Connection, agreement: str, at: str) -> bool:
    """Whether a note of the agreement's citizen has been written at a time (ISO 8601) or later."""
    question = (
        'SELECT 1 FROM "note" n JOIN "session" s ON s."key" = n."session" JOIN "agreement" a'
        ' ON a."citizen" = s."citizen" WHERE a."key" = ? AND n."at" >= ? LIMIT 1'
    )
    return connection.execute(question, (agreement, at)).fetchone() is not None
