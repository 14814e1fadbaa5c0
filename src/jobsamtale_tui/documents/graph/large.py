"""The progress graph in the whole window: drawn once for a choice and a period, with what a cursor needs to move on it.

A cursor is laid over the drawing by whoever shows it: `Large` says in which column each session stands, so that moving
it draws nothing anew.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from jobsamtale_tui import dates, i18n, texts
from jobsamtale_tui.documents.graph import drawing
from jobsamtale_tui.documents.graph.choice import ZOOMS, Choice, Large, Moment, chosen, indicators
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.documents.graph.legend import LETTERS, cut, legend, sentence, threshold_said
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import scales
from jobsamtale_tui.method.progress import Series
from jobsamtale_tui.records import Activity, Scale

LEAST = (60, 14)
"""The smallest box, in cells and lines."""
_ROWS_WANTED = 7
_TALL = 20
_STRIP = 16


def draw(facts: GraphFacts, choice: Choice, width: int, height: int, colour: bool) -> Large:
    """The choice drawn in `width` cells and `height` lines. For one thread at a time: plotext is global."""
    found = chosen(facts, choice)
    if not facts.series:
        said = _("No scores yet. Score an indicator in a session, and the graph begins here.")
    elif width < LEAST[0] or height < LEAST[1]:
        said = _("The graph needs at least {width} columns and {height} lines").format(
            width=LEAST[0], height=LEAST[1] + 7
        )
    elif not found:
        said = _("Nothing is chosen that has a score. Press 0 for all indicators, r for both raters.")
    else:
        return _drawn(facts, choice, found, width, height, colour)
    return Large(lines=tuple(sentence(said, max(1, width), height).split("\n")), rows=0, moments=())


def _drawn(
    facts: GraphFacts, choice: Choice, found: list[tuple[int, Series]], width: int, height: int, colour: bool
) -> Large:
    start, end = period = _period(found, choice)
    running = [one for one in facts.activities if one.from_ <= end.date() and (one.until or date.max) >= start.date()]
    low = height < _TALL
    bars = min(len(running), 2 if low else 6)
    chooser = _chooser(facts, found, width)
    room = height - 2 - bars - len(chooser) - (0 if low else 1)
    fit = max(1, room - _ROWS_WANTED - 1)
    shown, left = found[:fit], len(found) - len(found[:fit])
    numbers, series = [number for number, _one in shown], [one for _number, one in shown]
    alone = len({one.indicator for one in series}) == 1
    axis = drawing.axis_of(series)
    stages = facts.scales.get(series[0].indicator) if alone else None
    strip = _STRIP if stages is not None and stages.stages and width >= 72 else 0

    def canvas_of(rows: int) -> drawing.Canvas:
        return drawing.canvas_of(axis, series, width - strip, rows, numbers=numbers, period=period, apart=alone)

    canvas = canvas_of(room - len(series))
    marks = drawing.marks_said(canvas, series)
    if left:
        marks.insert(0, _("{count} more by number").format(count=left))
    if marks:
        canvas = canvas_of(room - len(series) - 1)
    plotted = drawing.plot(canvas, width - strip, colour)
    if strip and stages is not None:
        plotted = _with_stages(plotted, canvas, stages, width - strip)
    gutter = width - strip - canvas.columns
    real = threshold_said([one.threshold for one in series], [LETTERS[number] for number in numbers])
    lines = [
        *plotted,
        *_bars(running, facts.pointing, bars, canvas, gutter, period),
        *chooser,
        *legend(series, axis.shares, width, colour, numbers),
        *([cut(" · ".join(marks), width)] if marks else []),
        *([] if low else [cut(real, width)]),
    ]
    return Large(
        lines=tuple(lines[:height]),
        rows=canvas.rows,
        moments=_moments(series, canvas, gutter, period),
        bands=_bands(stages, canvas) if stages is not None else (),
        period=(start.date(), end.date()),
        real=real if low else "",
    )


def _period(found: list[tuple[int, Series]], choice: Choice) -> drawing.Period:
    """The first to the last score that is shown, or so many days around a session within them."""
    points = [point for _number, one in found for point in one.points]
    times = [dates.local(point.at) for point in points]
    first, last = min(times), max(times)
    days = ZOOMS[choice.zoom]
    if days is None or (last - first).days <= days:
        return first, last
    here = next((dates.local(point.at) for point in points if point.session == choice.at), last)
    start = min(max(first, here - timedelta(days=days / 2)), last - timedelta(days=days))
    return start, start + timedelta(days=days)


def _moments(
    series: Sequence[Series], canvas: drawing.Canvas, gutter: int, period: drawing.Period
) -> tuple[Moment, ...]:
    start, end = period
    lasted = (end - start).total_seconds()
    sessions = {(point.at, point.session) for one in series for point in one.points}
    found = []
    for at, session in sorted(sessions):
        local = dates.local(at)
        column = None
        if start <= local <= end:
            share = (local - start).total_seconds() / lasted if lasted else 0
            column = gutter + (round(share * (canvas.columns - 1)) if lasted else (canvas.columns - 1) // 2)
        found.append(Moment(session=session, at=at, column=column))
    return tuple(found)


def _chooser(facts: GraphFacts, found: list[tuple[int, Series]], width: int) -> list[str]:
    """The indicators by number, those that are shown marked; as much of each name as there is room for."""
    names = indicators(facts)
    shown = {one.indicator for _number, one in found}
    if len(names) < 2:
        return []
    numbered = list(enumerate(names.items(), 1))
    room = max(1, (width - 4 * len(numbered)) // len(numbered))
    parts = [
        f"{number if number < 10 else '·'}{'●' if key in shown else '○'} {cut(name, room)}"
        for number, (key, name) in numbered
    ]
    return [cut(" ".join(parts), width)]


def _bars(
    running: Sequence[Activity],
    pointing: Callable[[Activity], str],
    room: int,
    canvas: drawing.Canvas,
    gutter: int,
    period: drawing.Period,
) -> list[str]:
    """The activities of the period as bars in the columns of the axis, the name beside or in each; with room for it
    the goal that it points at and who is responsible."""
    start, end = period[0].date(), period[1].date()
    days = max(1, (end - start).days)

    def column(day: date) -> int:
        return round(min(max((day - start).days, 0), days) / days * (canvas.columns - 1))

    lines = []
    for activity in running[:room]:
        first = column(activity.from_)
        last = column(activity.until) if activity.until else canvas.columns - 1
        bar = list("━" * (last - first + 1))
        if activity.from_ < start:
            bar[0] = "←"
        if activity.until is None or activity.until > end:
            bar[-1] = "→"
        named = f"{texts.one_line(activity.name)} {pointing(activity)}".rstrip()
        if cell_len(named) > max(canvas.columns - last - 2, first - 1, len(bar) - 4):
            named = activity.name
        lines.append(" " * gutter + _named(named, "".join(bar), first, last, canvas.columns))
    if len(running) > room and lines:
        more = "  + " + _("{count} more").format(count=len(running) - room)
        lines[-1] = _shortened(lines[-1], gutter + canvas.columns - cell_len(more)) + more
    return lines


def _shortened(line: str, cells: int) -> str:
    """A line of cells that keeps the blanks before it."""
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1) + "…"


def _named(name: str, bar: str, first: int, last: int, columns: int) -> str:
    name = texts.one_line(name)
    after, before = columns - last - 2, first - 1
    if cell_len(name) <= after or after >= max(before, len(bar) - 4):
        return " " * first + bar + " " + cut(name, max(0, after))
    if cell_len(name) <= before or before >= len(bar) - 4:
        said = cut(name, max(0, before))
        return " " * (first - 1 - cell_len(said)) + said + " " + bar
    said = f" {cut(name, len(bar) - 4)} "
    return " " * first + bar[0] + said + bar[1 + cell_len(said) :]


def _with_stages(plotted: list[str], canvas: drawing.Canvas, scale: Scale, width: int) -> list[str]:
    """The plot with the stages of its scale as brackets at the right, each with its name."""
    lines = list(plotted)
    taken: set[int] = set()
    for stage, (low, high) in _stage_rows(scale, canvas):
        rows = [row for row in range(canvas.rows - 1 - high, canvas.rows - low) if row not in taken]
        taken.update(rows)
        for row in rows:
            sign = "─" if len(rows) == 1 else "┐" if row == rows[0] else "┘" if row == rows[-1] else "│"
            named = f" {sign} {stage}" if row == rows[0] else f" {sign}"
            line = lines[row]
            lines[row] = line + " " * max(0, width - cell_len(Text.from_ansi(line).plain)) + cut(named, _STRIP)
    return lines


def _bands(scale: Scale, canvas: drawing.Canvas) -> tuple[tuple[int, int], ...]:
    found = [(canvas.rows - 1 - high, canvas.rows - 1 - low) for _name, (low, high) in _stage_rows(scale, canvas)]
    return tuple(found[1::2])


def _stage_rows(scale: Scale, canvas: drawing.Canvas) -> list[tuple[str, tuple[int, int]]]:
    """Each stage's Danish or English name and its lowest and highest row, from below."""

    def row(level: int) -> int:
        return round(scales.share(level, scale.min, scale.max) * (canvas.rows - 1))

    return [(one.name.say(i18n.language()), (row(one.from_), row(one.to))) for one in scale.stages]
