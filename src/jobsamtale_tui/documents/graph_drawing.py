"""The drawing of a progress graph for a terminal: plotext draws on cells that are reckoned out here.

Every level of a scale gets its own row where there is room. Points are letters, one for each series, and the
lines between them differ too; letters that meet stand beside each other, so that none hides another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import plotext
from rich.cells import cell_len, set_cell_size

from jobsamtale_tui import dates, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.progress import Judgement, Series
from jobsamtale_tui.records import Activity

_SMALLEST = (40, 12)
_WIDE = 72
"""Cells from which the legend has room for its longer words."""
_TALL = 20
_LEAST_ROWS = 3
_GOOD_ROWS = 4
_DATE_GAP = 11
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINES = "·-=:~+"
_COLOURS = (6, 5, 2, 3, 4, 1)
"""The terminal's own cyan, magenta, green, yellow, blue, red, so that its theme decides how they look."""
_SEVERAL = "*"


@dataclass(frozen=True, slots=True)
class _Axis:
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
class _Dot:
    """One score on the canvas: its column and row from the lower left, and the letter that marks it."""

    column: int
    row: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Canvas:
    """The cells inside the axes, the drawn series' dots in them, and the days under them."""

    axis: _Axis
    columns: int
    rows: int
    steps: int
    dots: tuple[tuple[_Dot, ...], ...]
    days: dict[int, date]

    @property
    def labels(self) -> list[tuple[int, int, str, int | None]]:
        """What stands at the points: first column, row, letters, and the series' number where it is alone."""
        found: dict[tuple[int, int], list[tuple[str, int]]] = {}
        for number, dots in enumerate(self.dots):
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
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        too_small = _("The graph needs at least {width} columns and {height} lines")
        return _sentence(too_small.format(width=_SMALLEST[0], height=_SMALLEST[1]), width, height)
    if not series:
        nothing = _("No scores yet. Score an indicator in a session, and the graph begins here.")
        return _sentence(nothing, width, height)
    axis = _axis(series)
    shown = _that_fit(series, height)
    noted = [_("{count} more not drawn").format(count=len(series) - len(shown))] if shown != series else []
    real = _what_real_is(shown, width, height) if height - 4 - len(shown) > _GOOD_ROWS else []
    room = height - 3 - len(shown) - len(real)
    canvas = _canvas(axis, shown, width, room - len(noted))
    if _marks_said(canvas) and not noted:
        canvas = _canvas(axis, shown, width, room - 1)
    noted = [*_marks_said(canvas), *noted]
    drawn = [_title(name, axis, width), *_plot(canvas, width, colour)]
    below = _legend(shown, axis, width, colour)
    if noted:
        below.append(_cut("   ".join(noted), width))
    below += real
    spare = height - len(drawn) - len(below)
    ongoing = _activities(activities, width, spare - 2)
    parts = [drawn, below, ongoing] if spare else [drawn + below]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _axis(series: Iterable[Series]) -> _Axis:
    ranges = {point.range for one in series for point in one.points}
    if len(ranges) == 1:
        return _Axis(*ranges.pop(), shares=False)
    return _Axis(0, 100, shares=True)


def _that_fit(series: Sequence[Series], height: int) -> Sequence[Series]:
    """The series that the legend has room for beside title, axis, dates and a canvas that can be read."""
    room = min(height - 3 - _GOOD_ROWS, len(_LETTERS))
    return series if len(series) <= room else series[: min(height - 4 - _GOOD_ROWS, len(_LETTERS))]


def _canvas(axis: _Axis, shown: Sequence[Series], width: int, room: int) -> _Canvas:
    rows, steps = axis.rows(max(_LEAST_ROWS, room))
    columns = width - 1 - max(len(str(axis.low)), len(str(axis.high)))
    times = [dates.local(point.at) for one in shown for point in one.points]
    start, end = min(times), max(times)

    def column(at: datetime) -> int:
        lasted = (end - start).total_seconds()
        return round((at - start).total_seconds() / lasted * (columns - 1)) if lasted else (columns - 1) // 2

    dots = []
    for letter, one in zip(_LETTERS, shown, strict=False):
        newest = one.points[-1].range
        dots.append(
            tuple(
                _Dot(
                    column(dates.local(point.at)),
                    round(point.share * (rows - 1)),
                    letter if point.range == newest else letter.lower(),
                )
                for point in one.points
            )
        )
    return _Canvas(axis, columns, rows, steps, tuple(dots), {column(time): time.date() for time in times})


def _plot(canvas: _Canvas, width: int, colour: bool) -> list[str]:
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
    for number, dots in enumerate(canvas.dots):
        columns, rows = [dot.column for dot in dots], [dot.row for dot in dots]
        plotext.plot(columns, rows, marker=_LINES[number % len(_LINES)], color=_colour(number, colour))
    for start, row, letters, alone in canvas.labels:
        plotext.text(letters, start, row, color=None if alone is None else _colour(alone, colour), alignment="left")
    drawn = plotext.build()
    plotext.clear_figure()
    if not colour:
        drawn = plotext.uncolorize(drawn)
    return [line.rstrip() for line in drawn.rstrip("\n").split("\n")]


def _days(canvas: _Canvas) -> dict[int, str]:
    """The days to name under the axis by column: the first, the last, and those between that have room."""
    columns = sorted(canvas.days)
    chosen = [columns[0]]
    for column in columns[1:-1]:
        if column - max(chosen[-1], 4) >= _DATE_GAP and columns[-1] - 4 - column >= _DATE_GAP:
            chosen.append(column)
    if columns[-1] - chosen[-1] >= _DATE_GAP:
        chosen.append(columns[-1])
    return {column: f"{canvas.days[column]:%d.%m.%y}" for column in chosen}


def _title(name: str, axis: _Axis, width: int) -> str:
    if axis.shares:
        what = _("per cent of each scale")
    else:
        what = _("scores from {low} to {high}").format(low=axis.low, high=axis.high)
    return _cut(f"{_cut(name, max(8, width - cell_len(what) - 2))}: {what}", width)


def _marks_said(canvas: _Canvas) -> list[str]:
    """What the marks on the canvas mean that are not a series' own letter."""
    marks = {letter for _start, _row, letters, _alone in canvas.labels for letter in letters}
    said = [_("small letter: on an earlier scale")] if any(mark.islower() for mark in marks) else []
    return [*said, _("* several scores")] if _SEVERAL in marks else said


def _legend(shown: Sequence[Series], axis: _Axis, width: int, colour: bool) -> list[str]:
    """A line for each series: letter and line, name, first and last score, change, judgement in words."""
    wide = width >= _WIDE
    tails = [_columns_of(one, axis, wide) for one in shown]
    sizes = [max(cell_len(tail[place]) for tail in tails) for place in range(3)]
    keys = [f"{_LETTERS[number]}{_LINES[number % len(_LINES)] * 2} " for number in range(len(shown))]
    name_room = width - len(keys[0]) - sum(sizes) - 3 * (2 if wide else 1)
    names = [_name(one, name_room, wide) for one in shown]
    name_size = max(cell_len(name) for name in names)
    lines = []
    for number, (key, name, tail) in enumerate(zip(keys, names, tails, strict=True)):
        gap = "  " if wide else " "
        parts = [set_cell_size(name, name_size)]
        parts += [set_cell_size(part, size) for part, size in zip(tail, sizes, strict=True)]
        lines.append(_painted(key, number, colour) + gap.join(parts).rstrip())
    return lines


def _columns_of(one: Series, axis: _Axis, wide: bool) -> tuple[str, str, str]:
    first, last = one.points[0], one.points[-1]
    values = f"{first.value} → {last.value}" if wide else f"{first.value}→{last.value}"
    if one.change is None and not wide:
        values = f"{first.value}/{first.max}→{last.value}/{last.max}"
    elif axis.shares and wide:
        on = "{value} ({low}–{high})"
        begun = on.format(value=first.value, low=first.min, high=first.max) if one.change is None else first.value
        values = f"{begun} → {on.format(value=last.value, low=last.min, high=last.max)}"
    if len(one.points) == 1:
        return values.split("→")[-1].strip(), "", _words(one.judgement, wide)
    change = "" if one.change is None else f"{one.change:+d}" if one.change else "0"
    return values, change, _words(one.judgement, wide)


def _words(judgement: Judgement, wide: bool) -> str:
    match judgement:
        case "real_rise":
            return _("real rise")
        case "real_fall":
            return _("real fall")
        case "within_chance":
            return _("may be chance") if wide else _("uncertain")
        case "too_few":
            return _("too few scores to judge") if wide else _("too few")


def _name(one: Series, room: int, wide: bool) -> str:
    """The series' name and whose scores it has; a narrow legend says so of the caseworker's alone."""
    who = {
        ("citizen", True): _("citizen"),
        ("caseworker", True): _("caseworker"),
        ("caseworker", False): _("cw."),
    }.get((one.by, wide))
    after = f" ({who})" if who else ""
    return _cut(one.name, max(1, room - cell_len(after))) + after


def _what_real_is(shown: Sequence[Series], width: int, height: int) -> list[str]:
    """What the judgements rest on, where the box has room and there is a judgement."""
    if width < _WIDE or height < _TALL or all(len(one.points) < 2 for one in shown):
        return []
    return [_cut(_("Real: beyond chance, if SD is 2 and r is 0.8 (local assumptions)"), width)]


def _activities(activities: Sequence[Activity], width: int, room: int) -> list[str]:
    """A heading and a line for each activity, the earliest first; nothing where not even one has room."""
    if not activities or room < min(1 + len(activities), 3):
        return []
    lines = [_("Activities")]
    for activity in sorted(activities, key=lambda activity: (activity.from_, activity.key)):
        until = f"{activity.until:%d.%m.%y}" if activity.until else ""
        lines.append(_cut(f"{activity.from_:%d.%m.%y}–{until} {activity.name}", width))
    if len(lines) > room:
        left = len(lines) - room + 1
        lines[room - 1 :] = [_("… and {count} more").format(count=left)]
    return lines


def _colour(number: int, colour: bool) -> int | None:
    return _COLOURS[number % len(_COLOURS)] if colour else None


def _painted(text: str, number: int, colour: bool) -> str:
    return f"\x1b[38;5;{_colour(number, True)}m{text}\x1b[0m" if colour else text


def _cut(text: str, cells: int) -> str:
    """`text` on one line of at most `cells` cells, with an ellipsis where something was left out."""
    line = texts.one_line(text)
    if cell_len(line) <= cells:
        return line
    return set_cell_size(line, max(0, cells - 1)).rstrip() + "…"[: max(0, cells)]


def _broken(text: str, width: int) -> list[str]:
    """A sentence broken at spaces into lines of at most `width` cells."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, width))
    return [line for line in lines if line]


def _sentence(text: str, width: int, height: int) -> str:
    return "\n".join(_broken(text, width)[: max(0, height)])
