"""Scores: one citizen's with their ranges and what was written beside them, and those of many, one after the other."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.method.progress import Reading


def readings(
    connection: sqlite3.Connection,
    citizen: str,
    *,
    drafts: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> list[Reading]:
    """A citizen's scores in completed sessions (with `drafts` in open ones too), in time order, with their ranges."""
    where, values = "", [citizen]
    if since:
        where, values = where + ' AND s."held_at" >= ?', [*values, dates.day_start(since)]
    if until:
        where, values = where + ' AND s."held_at" < ?', [*values, dates.day_end(until)]
    states = "('completed', 'draft')" if drafts else "('completed')"
    rows = connection.execute(
        'SELECT s."held_at", r."session", r."indicator", r."version", r."value", r."by", i."scale"'
        ' FROM "session" s JOIN "score" r ON r."session" = s."key"'
        ' JOIN "indicator" i ON i."key" = r."indicator" AND i."version" = r."version"'
        f' WHERE s."citizen" = ? AND s."status" IN {states}{where}'
        ' ORDER BY s."held_at", s."key", r."position"',
        values,
    )
    return [_reading(*row) for row in rows]


def _reading(held_at: str, session: str, indicator: str, version: int, value: int, by: Any, scale: str) -> Reading:
    low, high = _limits(scale)
    return Reading(
        at=dates.from_iso(held_at),
        session=session,
        indicator=indicator,
        version=version,
        value=value,
        by=by,
        min=low,
        max=high,
    )


@lru_cache(maxsize=512)
def _limits(scale: str) -> tuple[int, int]:
    import json

    found = json.loads(scale)
    return found["min"], found["max"]


def remarks(connection: sqlite3.Connection, citizen: str) -> dict[str, tuple[str | None, tuple[records.Score, ...]]]:
    """What was written beside the numbers in a citizen's completed sessions: the session's remarks, and its scores
    that have one."""
    found: dict[str, tuple[str | None, tuple[records.Score, ...]]] = {
        key: (about, ())
        for key, about in connection.execute(
            'SELECT "key", "remarks" FROM "session" WHERE "citizen" = ? AND "status" = \'completed\'', (citizen,)
        )
    }
    rows = connection.execute(
        'SELECT r."session", r."indicator", r."version", r."value", r."by", r."remark"'
        ' FROM "session" s JOIN "score" r ON r."session" = s."key"'
        ' WHERE s."citizen" = ? AND s."status" = \'completed\' AND r."remark" IS NOT NULL'
        ' ORDER BY r."session", r."position"',
        (citizen,),
    )
    for session, indicator, version, value, by, remark in rows:
        about, scores = found[session]
        score = records.Score(indicator=indicator, version=version, value=value, by=by, remark=remark)
        found[session] = about, (*scores, score)
    return found


def all_scores(
    connection: sqlite3.Connection, since: date | None, until: date | None
) -> Iterator[tuple[str, str | None, str, int, int, str]]:
    """Every score of a completed session of the period: citizen, the unit of her caseworker, indicator, version, value
    and rater. One citizen after the other, in time order; streamed by an index, so that nothing is sorted in memory.
    """
    where = ""
    values: list[str] = []
    if since:
        where, values = where + ' AND s."held_at" >= ?', [*values, dates.day_start(since)]
    if until:
        where, values = where + ' AND s."held_at" < ?', [*values, dates.day_end(until)]
    yield from connection.execute(
        'SELECT s."citizen", w."unit", r."indicator", r."version", r."value", r."by"'
        ' FROM "session" s INDEXED BY "ix_session_citizen" CROSS JOIN "citizen" c ON c."key" = s."citizen"'
        ' LEFT JOIN "caseworker" w ON w."key" = c."caseworker" JOIN "score" r ON r."session" = s."key"'
        f' WHERE s."status" = \'completed\'{where} ORDER BY s."citizen", s."held_at", s."key"',
        values,
    )


def activity_fields(
    connection: sqlite3.Connection, citizen: str, since: date | None, until: date | None
) -> list[records.Field]:
    """The fields in which a citizen had an activity at some time in the period."""
    rows = connection.execute(
        'SELECT DISTINCT "field" FROM "activity" WHERE "citizen" = ? AND "from_" <= ?'
        ' AND ("until" IS NULL OR "until" >= ?) ORDER BY "field"',
        (citizen, (until or date.max).isoformat(), (since or date.min).isoformat()),
    )
    return [row[0] for row in rows]
