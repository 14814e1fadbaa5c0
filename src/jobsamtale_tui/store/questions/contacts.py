"""What the rules on contact look at, of one citizen, a caseworker's, a unit's or all: one question each."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from jobsamtale_tui import dates, records
from jobsamtale_tui.method.contact import Course, Met

_T = TypeVar("_T")
_WITH_FUND = (17, 19)
"""The national interview types in which the unemployment fund takes part."""
_GROUPS = ("group", "industry")
_LATE_HOUR = "22"
"""From this hour on in UTC it can be the next day in Denmark."""
_WHOSE = {
    "citizen": '"key" = ?',
    "caseworker": '"caseworker" = ?',
    "unit": '"caseworker" IN (SELECT "key" FROM "caseworker" WHERE "unit" = ?)',
}


def courses(
    connection: sqlite3.Connection, of: str | None = None, key: str | None = None
) -> Iterator[tuple[str, str, Course]]:
    """Key, name and course of every citizen, or of those `of` ("citizen", "caseworker", "unit") `key`; in key order."""
    rows = connection.execute(
        'SELECT c."key", c."name", c."target_group", c."contact_start", c."ended", w."unit", c."earlier_groups",'
        ' c."contact_exceptions" FROM "citizen" c LEFT JOIN "caseworker" w ON w."key" = c."caseworker"'
        f'{f" WHERE c.{_WHOSE[of]}" if of else ""} ORDER BY c."key"',
        (key,) if of else (),
    )
    for citizen, name, group, start, ended, unit, earlier, exceptions in rows:
        yield (
            citizen,
            name,
            Course(
                target_group=group,
                start=date.fromisoformat(start) if start else None,
                ended=date.fromisoformat(json.loads(ended)["on"]) if ended else None,
                earlier=_parts(records.EarlierGroup, earlier) if earlier else (),
                exceptions=_parts(records.ContactException, exceptions) if exceptions else (),
                unit=unit,
            ),
        )


def _parts(cls: type[_T], text: str) -> tuple[_T, ...]:
    return tuple(records.from_document(cls, one) for one in json.loads(text))


def met(
    connection: sqlite3.Connection, first: date, of: str | None = None, key: str | None = None
) -> Iterator[tuple[str, Iterator[Met]]]:
    """The completed sessions since `first` by citizen, of the same citizens as `courses`, in key order too: read from
    an index that has all of it, as they are asked for."""
    whose = f' AND "citizen" IN (SELECT "key" FROM "citizen" WHERE {_WHOSE[of]})' if of else ""
    rows = connection.execute(
        'SELECT "citizen", "held_at", "caseworker", "interview_type", "participants", "form"'
        ' FROM "session" INDEXED BY "ix_session_citizen"'
        f' WHERE "status" = \'completed\' AND "held_at" >= ?{whose} ORDER BY "citizen"',
        (dates.day_start(first), *((key,) if of else ())),
    )
    for citizen, found in groupby(rows, itemgetter(0)):
        yield citizen, map(_met, found)


def _met(row: tuple[Any, ...]) -> Met:
    _citizen, held_at, caseworker, kind, participants, form = row
    late = held_at[11:13] >= _LATE_HOUR
    day = dates.local(dates.from_iso(held_at)).date() if late else date.fromisoformat(held_at[:10])
    fund = kind in _WITH_FUND or (participants is not None and _has_fund(participants))
    return Met(day, fund and caseworker is None, fund and caseworker is not None, form in _GROUPS)


def courses_and_met(
    connection: sqlite3.Connection, first: date, of: str | None = None, key: str | None = None
) -> Iterator[tuple[str, str, Course, Iterable[Met]]]:
    """Each of `courses` with what `met` says of the citizen, to be read before the next: both are gone through side
    by side, so that no more than one citizen's is in memory, and nothing is made of sessions that nobody asks for."""
    sessions = met(connection, first, of, key)
    whose, found = next(sessions, ("", iter(())))
    for citizen, name, course in courses(connection, of, key):
        while whose and whose < citizen:
            whose, found = next(sessions, ("", iter(())))
        yield citizen, name, course, found if whose == citizen else ()


def planned(
    connection: sqlite3.Connection, first: date, of: str | None = None, key: str | None = None
) -> dict[str, date]:
    """The first planned session from `first` on by citizen, of the same citizens as `courses`."""
    whose = f' AND "citizen" IN (SELECT "key" FROM "citizen" WHERE {_WHOSE[of]})' if of else ""
    rows = connection.execute(
        'SELECT "citizen", min("held_at") FROM "session" WHERE "status" = \'planned\' AND "held_at" >= ?'
        f'{whose} GROUP BY "citizen"',
        (dates.day_start(first), *((key,) if of else ())),
    )
    return {citizen: dates.local(dates.from_iso(at)).date() for citizen, at in rows}


def more_than(connection: sqlite3.Connection, most: int) -> bool:
    """Whether there are more citizens than that; it counts no further."""
    row = connection.execute('SELECT count(*) FROM (SELECT 1 FROM "citizen" LIMIT ?)', (most + 1,)).fetchone()
    return bool(row[0] > most)


def as_met(session: records.Session) -> Met:
    """A session that is under way as one that has been held."""
    fund = session.interview_type in _WITH_FUND or any(one.role == "fund" for one in session.participants)
    return Met(dates.local(session.held_at).date(), joint=fund, group=session.form in _GROUPS)


def _has_fund(participants: str) -> bool:
    return any(one["role"] == "fund" for one in json.loads(participants))
