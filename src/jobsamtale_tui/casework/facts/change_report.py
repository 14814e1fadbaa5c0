"""How citizens have moved on each indicator, over a unit and a period, by activity too; small groups are not shown."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, get_args

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.method import suppression, yardstick
from jobsamtale_tui.method.progress import Judgement
from jobsamtale_tui.store.questions import scores

OUTCOMES: tuple[Judgement, ...] = ("real_rise", "real_fall", "within_chance", "too_few")
NO_UNIT = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One indicator: of all citizens (`field` None) or of those who had an activity of that field in the period.

    None stands for a number that is not shown. `counts` are in the order of `OUTCOMES`.
    """

    field: records.Field | None
    indicator: str
    name: str
    citizens: int | None
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The lines that may be shown, and how many more were too small to."""

    since: date | None
    until: date | None
    unit: str | None
    by: records.Rater
    lines: tuple[ReportLine, ...]
    left_out: int


@dataclass(slots=True)
class _Gone:
    """One citizen's scores on one indicator so far: first and last (version, value), and how many."""

    first: tuple[int, int]
    last: tuple[int, int]
    count: int = 1


@dataclass(slots=True)
class _Course:
    """One citizen's scores in the period; `newest` is by indicator, whoever scored."""

    unit: str
    gone: dict[str, _Gone] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)


Tallies = dict[tuple[records.Field | None, str], dict[str, list[int]]]


def change(
    connection: sqlite3.Connection,
    *,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
    by: records.Rater = "citizen",
    language: str = "da",
) -> Report:
    """The report, made in one pass whose memory does not grow with the number of citizens or sessions.

    A citizen belongs to the unit of her caseworker. Her first and last score of the period are compared, as the graph
    does. All units are counted whichever is shown, so that one cannot be reckoned out from the others.
    """
    versions = _versions(connection)
    tallies = _tallies(connection, versions, since, until, by)
    row = unit if unit is not None else suppression.ALL
    lines: list[ReportLine] = []
    left_out = 0
    by_name: list[tuple[str, str, str]] = []
    for indicator in {one[1] for one in tallies}:
        name = versions[indicator][max(versions[indicator])].name.say(language) if indicator in versions else indicator
        by_name.append((texts.sort_key(name), indicator, name))
    gone_in_all: dict[str, frozenset[suppression.Cell]] = {}
    for group in (None, *get_args(records.Field)):
        for _place, indicator, name in sorted(by_name):
            whole = tallies[None, indicator]
            table = {one: tallies.get((group, indicator), {}).get(one, [0] * len(OUTCOMES)) for one in whole}
            if group is None:
                gone = gone_in_all[indicator] = suppression.hidden(table)
            else:
                gone = suppression.hidden(table, whole, gone_in_all[indicator])
            *counts, citizens = _shown(table, row, gone)
            if citizens is None and not any(counts):
                left_out += 1
            elif citizens != 0:
                lines.append(
                    ReportLine(field=group, indicator=indicator, name=name, citizens=citizens, counts=tuple(counts))
                )
    return Report(since=since, until=until, unit=unit, by=by, lines=tuple(lines), left_out=left_out)


def _shown(table: suppression.Table, row: str, gone: frozenset[suppression.Cell]) -> list[int | None]:
    """A row's numbers and its total, None for those that are not shown; a row that is not there is all 0."""
    numbers = suppression.numbers(table)
    return [None if (row, column) in gone else numbers.get((row, column), 0) for column in range(len(OUTCOMES) + 1)]


def document(report: Report) -> dict[str, Any]:
    """The report as `report change --format json` has it; a number that is not shown is null."""
    return {
        "since": report.since.isoformat() if report.since else None,
        "until": report.until.isoformat() if report.until else None,
        "unit": report.unit,
        "by": report.by,
        "least": suppression.LEAST,
        "left_out": report.left_out,
        "lines": [
            {
                "field": line.field,
                "indicator": line.indicator,
                "name": line.name,
                "citizens": line.citizens,
                **dict(zip(OUTCOMES, line.counts, strict=True)),
            }
            for line in report.lines
        ],
    }


def _versions(connection: sqlite3.Connection) -> dict[str, dict[int, records.Indicator]]:
    found: dict[str, dict[int, records.Indicator]] = {}
    for one, _origin in families.everything(connection):
        if one.status != "draft":
            found.setdefault(one.key, {}).setdefault(one.version, one)
    return found


def _tallies(
    connection: sqlite3.Connection,
    versions: dict[str, dict[int, records.Indicator]],
    since: date | None,
    until: date | None,
    by: records.Rater,
) -> Tallies:
    @lru_cache(maxsize=50_000)
    def judged(indicator: str, newest: int, first: tuple[int, int], last: tuple[int, int]) -> int:
        known = versions.get(indicator, {})
        before = yardstick.on_newest(first[1], first[0], newest, known)
        after = yardstick.on_newest(last[1], last[0], newest, known)
        if before is None or after is None:
            return OUTCOMES.index("too_few")
        scale = known[newest].scale
        moved = after[0] - before[0]
        if not yardstick.real(moved, yardstick.threshold(known[newest], scale.min, scale.max)):
            return OUTCOMES.index("within_chance")
        return OUTCOMES.index("real_rise" if moved > 0 else "real_fall")

    tallies: Tallies = {}
    for citizen, course in _courses(connection, since, until, by):
        if not course.gone:
            continue
        groups = (None, *scores.activity_fields(connection, citizen, since, until))
        for indicator, gone in course.gone.items():
            outcome = OUTCOMES.index("too_few")
            if gone.count > 1:
                outcome = judged(indicator, course.newest[indicator], gone.first, gone.last)
            for group in groups:
                rows = tallies.setdefault((group, indicator), {})
                rows.setdefault(course.unit, [0] * len(OUTCOMES))[outcome] += 1
    return tallies


def _courses(
    connection: sqlite3.Connection, since: date | None, until: date | None, by: records.Rater
) -> Iterator[tuple[str, _Course]]:
    """Each citizen's scores of the period, one citizen at a time."""
    here: str | None = None
    course = _Course(unit=NO_UNIT)
    for citizen, unit, indicator, version, value, rater in scores.all_scores(connection, since, until):
        if citizen != here:
            if here is not None:
                yield here, course
            here, course = citizen, _Course(unit=unit or NO_UNIT)
        course.newest[indicator] = max(version, course.newest.get(indicator, version))
        if rater != by:
            continue
        known = course.gone.get(indicator)
        if known is None:
            course.gone[indicator] = _Gone(first=(version, value), last=(version, value))
        else:
            known.last = version, value
            known.count += 1
    if here is not None:
        yield here, course
