"""The drawing of a progress graph for a terminal: plotext draws on cells that are reckoned out here.

Every level of a scale gets its own row where there is room. Points are letters, one for each series, and the
lines between them differ too; letters that meet stand beside each other, so that none hides another.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import plotext
from rich.cells import cell_len

from jobsamtale_tui import dates
from jobsamtale_tui.documents.graph.legend import (
    LETTERS,
    LINES,
    activities_listed,
    colour_of,
    cut,
    legend,
    sentence,
    what_real_is,
)
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Activity

SMALLEST = (40, 12)
_LEAST_ROWS = 3
GOOD_ROWS = 4
_DATE_GAP = 11
_SEVERAL = "*"
APART = "┊"
"""Joins the two raters' scores of one session."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The y axis: from `low` to `high`, as levels or (`shares`) as per cent of each score's own range."""

    low: int
    high: int
    shares: bool

    def rows(self, room: int) -> tuple[int, int]:
        """How many rows of `room` to use and how many steps to mark, so that the marks lie evenly."""
        span = self.high - self.low
        steps = next(step for step in range(span, 0, -1) if span % step == 0 and self._nice(step) and step < room)
        return (room - 1) // steps * steps + 1, steps

    def _nice(self, steps: int) -> bool:
        return not self.shares or steps in {1, 2, 4, 10}


@dataclass(frozen=True, slots=True)
class Dot:
    """One score on the canvas: its column and row from the lower left, and the letter that marks it."""

    column: int
    row: int
    mark: str


@dataclass(frozen=True, slots=True)
class Canvas:
    """The cells inside the axes, the drawn series' dots in them, and the days under them."""

    axis: Axis
    columns: int
    rows: int
    steps: int
    dots: tuple[tuple[Dot, ...], ...]
    days: dict[int, date]
    numbers: tuple[int, ...]
    """The number of each series among all of them: its letter, line and colour."""
    between: tuple[tuple[int, int, int], ...] = ()
    """Where two raters' scores of one session lie apart: column, the row below and the row above."""

    @property
    def labels(self) -> list[tuple[int, int, str, int | None]]:
        """What stands at the points: first column, row, letters, and the series' number where it is alone."""
        found: dict[tuple[int, int], list[tuple[str, int]]] = {}
        for number, dots in zip(self.numbers, self.dots, strict=True):
            for dot in dots:
                here = found.setdefault((dot.row, dot.column), [])
                if (dot.mark, number) not in here:
                    here.append((dot.mark, number))
        placed: list[tuple[int, int, str, int | None]] = []
        cells = sorted(found)
        for place, (row, column) in enumerate(cells):
            here = found[row, column]
            letters = "".join(mark for mark, _number in here)
            near = [abs(column - other) for there, other in cells[max(0, place - 1) : place + 2] if there == row]
            room = min((gap for gap in near if gap), default=self.columns)
            if len(letters) > 1 and len(letters) > room // 2 + 1:
                letters = _SEVERAL
            start = min(max(0, column - (len(letters) - 1) // 2), self.columns - len(letters))
            placed.append((start, row, letters, here[0][1] if len(here) == 1 else None))
        return placed


def draw(
    name: str,
    series: Sequence[Series],
    activities: Sequence[Activity],
    *,
    width: int,
    height: int,
    colour: bool,
) -> str:
    """The graph of `series` as at most `height` lines of at most `width` cells (see `graph.draw`)."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        too_small = _("The graph needs at least {width} columns and {height} lines")
        return sentence(too_small.format(width=SMALLEST[0], height=SMALLEST[1]), width, height)
    if not series:
        nothing = _("No scores yet. Score an indicator in a session, and the graph begins here.")
        return sentence(nothing, width, height)
    axis = axis_of(series)
    shown = _that_fit(series, height)
    noted = [_("{count} more not drawn").format(count=len(series) - len(shown))] if shown != series else []
    real = what_real_is(shown, width, height) if height - 4 - len(shown) > GOOD_ROWS else []
    room = height - 3 - len(shown) - len(real)
    canvas = canvas_of(axis, shown, width, room - len(noted))
    if marks_said(canvas, shown) and not noted:
        canvas = canvas_of(axis, shown, width, room - 1)
    noted = [*marks_said(canvas, shown), *noted]
    drawn = [_title(name, axis, width), *plot(canvas, width, colour)]
    below = legend(shown, axis.shares, width, colour)
    if noted:
        below.append(cut("   ".join(noted), width))
    below += real
    spare = height - len(drawn) - len(below)
    ongoing = activities_listed(activities, width, spare - 2)
    parts = [drawn, below, ongoing] if spare else [drawn + below]
    return "\n\n".join("\n".join(part) for part in parts if part)


def axis_of(series: Iterable[Series]) -> Axis:
    """The newest scale where all have the same range, else per cent of each."""
    ranges = {one.range for one in series}
    if len(ranges) == 1:
        return Axis(*ranges.pop(), shares=False)
    return Axis(0, 100, shares=True)


def _that_fit(series: Sequence[Series], height: int) -> Sequence[Series]:
    """The series that the legend has room for beside title, axis, dates and a canvas that can be read."""
    room = min(height - 3 - GOOD_ROWS, len(LETTERS))
    return series if len(series) <= room else series[: min(height - 4 - GOOD_ROWS, len(LETTERS))]


Period = tuple[datetime, datetime]


def canvas_of(
    axis: Axis,
    shown: Sequence[Series],
    width: int,
    room: int,
    *,
    numbers: Sequence[int] | None = None,
    period: Period | None = None,
    apart: bool = False,
) -> Canvas:
    """The cells for `shown` in `width` cells and at most `room` rows: of all their time, or of `period` alone.

    `numbers` gives each its number among all series; with `apart` two raters' scores of a session are joined.
    """
    rows, steps = axis.rows(max(_LEAST_ROWS, room))
    columns = width - 1 - max(len(str(axis.low)), len(str(axis.high)))
    times = [dates.local(point.at) for one in shown for point in one.points]
    start, end = period or (min(times), max(times))

    def column(at: datetime) -> int:
        lasted = (end - start).total_seconds()
        return round((at - start).total_seconds() / lasted * (columns - 1)) if lasted else (columns - 1) // 2

    def dot(one: Series, number: int, point: Reading) -> Dot:
        letter = LETTERS[number]
        mark = letter.lower() if one.older(point) else letter
        return Dot(column(dates.local(point.at)), round(one.share(point) * (rows - 1)), mark)

    numbered = tuple(numbers if numbers is not None else range(len(shown)))
    return Canvas(
        axis,
        columns,
        rows,
        steps,
        tuple(
            tuple(dot(one, number, point) for point in one.points if start <= dates.local(point.at) <= end)
            for number, one in zip(numbered, shown, strict=True)
        ),
        {column(time): time.date() for time in times if start <= time <= end},
        numbered,
        tuple(_between(shown, column, rows, start, end)) if apart else (),
    )


def _between(
    shown: Sequence[Series], column: Callable[[datetime], int], rows: int, start: datetime, end: datetime
) -> Iterator[tuple[int, int, int]]:
    by_session: dict[str, list[tuple[datetime, int]]] = {}
    for one in shown:
        for point in one.points:
            by_session.setdefault(point.session, []).append(
                (dates.local(point.at), round(one.share(point) * (rows - 1)))
            )
    for found in by_session.values():
        if len(found) == 2 and start <= found[0][0] <= end:
            yield column(found[0][0]), min(found[0][1], found[1][1]), max(found[0][1], found[1][1])


def plot(canvas: Canvas, width: int, colour: bool) -> list[str]:
    """The canvas with its axes, drawn by plotext: a line for each row, the highest first, the axis and its days."""
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plotsize(width, canvas.rows + 2)
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)
    plotext.xlim(0, canvas.columns - 1)
    plotext.ylim(0, canvas.rows - 1)
    marks = range(canvas.steps + 1)
    step = (canvas.axis.high - canvas.axis.low) // canvas.steps
    plotext.yticks(
        [mark * (canvas.rows - 1) // canvas.steps for mark in marks],
        [str(canvas.axis.low + mark * step) for mark in marks],
    )
    days = _days(canvas)
    plotext.xticks(list(days), list(days.values()))
    for number, dots in zip(canvas.numbers, canvas.dots, strict=True):
        if not dots:
            continue
        columns, rows = [dot.column for dot in dots], [dot.row for dot in dots]
        plotext.plot(columns, rows, marker=LINES[number % len(LINES)], color=colour_of(number, colour))
    for at, below, above in canvas.between:
        for row in range(below + 1, above):
            plotext.text(APART, at, row, alignment="left")
    for start, row, letters, alone in canvas.labels:
        plotext.text(letters, start, row, color=None if alone is None else colour_of(alone, colour), alignment="left")
    drawn = plotext.build()
    plotext.clear_figure()
    if not colour:
        drawn = plotext.uncolorize(drawn)
    return [line.rstrip() for line in drawn.rstrip("\n").split("\n")]


def _days(canvas: Canvas) -> dict[int, str]:
    """The days to name under the axis by column: the first, the last, and those between that have room."""
    columns = sorted(canvas.days)
    if not columns:
        return {}
    chosen = [columns[0]]
    for column in columns[1:-1]:
        if column - max(chosen[-1], 4) >= _DATE_GAP and columns[-1] - 4 - column >= _DATE_GAP:
            chosen.append(column)
    if columns[-1] - chosen[-1] >= _DATE_GAP:
        chosen.append(columns[-1])
    return {column: f"{canvas.days[column]:%d.%m.%y}" for column in chosen}


def _title(name: str, axis: Axis, width: int) -> str:
    if axis.shares:
        what = _("per cent of each scale")
    else:
        what = _("scores from {low} to {high}").format(low=axis.low, high=axis.high)
    return cut(f"{cut(name, max(8, width - cell_len(what) - 2))}: {what}", width)


def marks_said(canvas: Canvas, shown: Sequence[Series]) -> list[str]:
    """What the marks on the canvas mean that are not a series' own letter."""
    marks = {letter for _start, _row, letters, _alone in canvas.labels for letter in letters}
    older = {
        (LETTERS[number].lower(), point.converted)
        for number, one in zip(canvas.numbers, shown, strict=True)
        for point in one.points
        if one.older(point)
    }
    converted, shares = (sorted(letter for letter, mapped in older if mapped is way) for way in (True, False))
    several = _SEVERAL in marks
    said = []
    if any(mark.islower() for mark in marks) or (several and older):
        if not converted:
            said.append(_("small letter: on an earlier scale, by share of the range"))
        elif not shares:
            said.append(_("small letter: on an earlier scale, converted"))
        else:
            by_kind = _("small letter: on an earlier scale ({converted} converted, {shares} by share)")
            said.append(by_kind.format(converted=" ".join(converted), shares=" ".join(shares)))
    return [*said, _("* several scores")] if several else said
