"""A progress graph as a vector drawing for the citizen: a small panel for each indicator, all on the same time.

Text stays text, what it shows stands in its description, and nothing is told by colour alone: the citizen's scores are
circles on a whole line, the caseworker's squares on a broken one, scores of an earlier scale are hollow.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape

from babel.dates import format_date

from jobsamtale_tui import dates, i18n, texts
from jobsamtale_tui.documents.graph.legend import cut
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Rater

WIDTH = 493
"""The width of the drawing in points: an A4 page less its margins."""
LOCALES = {"da": "da_DK", "en": "en_GB"}
_HEIGHTS = {1: 190, 2: 132, 3: 112, 4: 100}
"""The height of a panel by the number of columns."""
_LOW = {1: 120, 2: 88, 3: 78, 4: 72}
_FONTS = "Source Sans Pro, Source Sans 3, Helvetica, Arial, sans-serif"
_INK, _PALE, _HOLLOW = "#1f3a5f", "#d5d9de", "#ffffff"
_SPOKEN = 8
"""So many scores of a series are read out one by one; of more the first, the latest and how many lie between."""
_GAP = 15
"""Points between two numbers on a line, so that they can be read."""
_NO_XML = re.compile("[\ufffe\uffff]")


def draw(series: Sequence[Series], *, low: bool = False, described: bool = True) -> str:
    """The drawing as a whole SVG file, in the language that is spoken; `low` takes two thirds of the height.

    `described`: a file on its own: what it shows is told in it, for who cannot see it, and its ground is white, so
    that a dark viewer shows it too. The same series give the same text. Raises ValueError where there is no series.
    """
    if not series:
        raise ValueError("a graph needs a series")
    shown = list(dict.fromkeys(one.indicator for one in series))
    columns = _columns(len(shown))
    width, height = WIDTH / columns, (_LOW if low else _HEIGHTS)[columns]
    rows = -(-len(shown) // columns) * height
    legend = "".join(_legend(series, rows + 9))
    total = rows + (14 if legend else 0)
    times = [dates.local(point.at) for one in series for point in one.points]
    period = min(times), max(times)
    panels = []
    for place, indicator in enumerate(shown):
        row, column = divmod(place, columns)
        panel = _Panel(tuple(one for one in series if one.indicator == indicator), width - 8, height - 4, period)
        panels.append(
            f'<svg x="{_n(column * width)}" y="{_n(row * height)}" width="{_n(panel.width)}"'
            f' height="{_n(panel.height)}">\n{"".join(panel.drawn())}</svg>\n'
        )
    alone = _words(series) + f'<rect width="{WIDTH}" height="{_n(total)}" fill="{_HOLLOW}"/>\n' if described else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{i18n.language()}" role="img"'
        f' aria-labelledby="title desc" width="{WIDTH}pt" height="{_n(total)}pt" viewBox="0 0 {WIDTH} {_n(total)}"'
        f' font-family="{_FONTS}" fill="{_INK}">\n'
        f"{alone}{''.join(panels)}{legend}</svg>\n"
    )


def _words(series: Sequence[Series]) -> str:
    title = _("Scores over time")
    return f'<title id="title">{_safe(title)}</title>\n<desc id="desc">{_safe(told(series))}</desc>\n'


def told(series: Sequence[Series]) -> str:
    """What the drawing shows, in words: each series with its scale, its scores and their days."""
    return " ".join(_told(one) for one in series)


def day_said(day: date | datetime) -> str:
    """A day as people write it in the language that is spoken: `2. mar. 2026`, `2 Mar 2026`."""
    return _day(dates.local(day).date() if isinstance(day, datetime) else day, i18n.language())


@lru_cache(maxsize=4096)
def _day(found: date, language: str) -> str:
    return str(format_date(found, "d. MMM y" if language == "da" else "d MMM y", locale=LOCALES[language]))


def plain(text: str) -> str:
    """A text on one line as it may be printed: without what cannot be seen, without anything like a CPR number."""
    return " ".join(_NO_XML.sub("", texts.without_cpr(texts.bare(text))).split())


def _told(one: Series) -> str:
    who = "" if one.by == "citizen" else f" ({_('the caseworker')})"
    begin = f"{plain(one.name)}{who}, " + _("from {low} to {high}").format(low=one.min, high=one.max)
    points = list(one.points)
    if len(points) <= _SPOKEN:
        said = [_point_told(one, point) for point in points]
    else:
        between = _("{count} scores in between").format(count=len(points) - 2)
        said = [_point_told(one, points[0]), between, _point_told(one, points[-1])]
    return f"{begin}: {', '.join(said)}."


def _point_told(one: Series, point: Reading) -> str:
    said = _("{value} on {day}").format(value=point.value, day=day_said(point.at))
    if not one.older(point):
        return said
    return said + " " + _("(on an earlier scale, {low} to {high})").format(low=point.min, high=point.max)


def _columns(count: int) -> int:
    return next(columns for columns, most in ((1, 1), (2, 4), (3, 6), (4, count)) if count <= most)


def _legend(series: Sequence[Series], y: float) -> Iterator[str]:
    """What the marks mean, where there is more than one kind."""
    entries: list[tuple[Rater, str, str]] = []
    if any(one.by == "caseworker" for one in series):
        entries.append(("citizen", _INK, _("your scores")))
        entries.append(("caseworker", _INK, _("broken line: the caseworker's scores")))
    if any(one.older(point) for one in series for point in one.points):
        entries.append(("citizen", _HOLLOW, _("hollow: on an earlier scale, drawn on the newest")))
    for place, (by, fill, text) in enumerate(entries):
        x = 4 + place * (WIDTH / 3)
        yield _mark(by, x, y - 3, fill)
        yield _text(x + 7, y, text, size=8)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One indicator's panel: its series (one for each rater), its size in points, the days from left to right."""

    series: tuple[Series, ...]
    width: float
    height: float
    period: tuple[datetime, datetime]

    @property
    def left(self) -> float:
        """Where the plot begins, right of the numbers of the scale."""
        return 22

    @property
    def right(self) -> float:
        """Where it ends, so that the last number has room."""
        return self.width - 10

    @property
    def top(self) -> float:
        """Below the name."""
        return 26

    @property
    def bottom(self) -> float:
        """Above the days."""
        return self.height - 14

    def x(self, at: datetime) -> float:
        """Where a moment stands."""
        first, last = self.period
        lasted = (last - first).total_seconds()
        share = (dates.local(at) - first).total_seconds() / lasted if lasted else 0.5
        return self.left + 6 + share * (self.right - self.left - 12)

    def y(self, share: float) -> float:
        """Where a share of the scale stands."""
        return self.bottom - share * (self.bottom - self.top)

    def drawn(self) -> Iterator[str]:
        """The panel's parts: name, scale, days, and each rater's line, the citizen's on top."""
        yield _text(0, 10, cut(plain(self.series[0].name), int(self.width / 4.6)), size=9.5, weight=600)
        yield from self._scale()
        first, last = (day_said(day) for day in self.period)
        yield _text(self.left, self.height - 3, first, size=7.5)
        if first != last:
            yield _text(self.right + 8, self.height - 3, last, size=7.5, anchor="end")
        for one in reversed(self.series):
            yield from self._line(one)

    def _scale(self) -> Iterator[str]:
        one = self.series[0]
        levels = range(one.min, one.max + 1)
        room = int((self.bottom - self.top) / 9)
        step = next(step for step in range(1, len(levels)) if (len(levels) - 1) / step <= max(1, room))
        for level in levels:
            y = self.y((level - one.min) / (one.max - one.min))
            yield _stroke(f"M{_n(self.left)} {_n(y)}H{_n(self.right + 8)}", _PALE, 0.5)
            if (level - one.min) % step == 0 and (one.max - level >= step or level == one.max):
                yield _text(self.left - 5, y + 2.6, str(level), size=7.5, anchor="end")
        if (one.max - one.min) % step:
            yield _text(self.left - 5, self.y(1) + 2.6, str(one.max), size=7.5, anchor="end")
        yield _stroke(f"M{_n(self.left)} {_n(self.bottom)}H{_n(self.right + 8)}", _INK, 0.7)

    def _line(self, one: Series) -> Iterator[str]:
        hers = one.by == "citizen"
        places = [(self.x(point.at), self.y(one.share(point)), point) for point in one.points]
        if len(places) > 1:
            path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y, _point in places)
            yield _stroke(path, _INK, 1.5 if hers else 0.9, "" if hers else "4 3")
        for x, y, point in places:
            yield _mark(one.by, x, y, _HOLLOW if one.older(point) else _INK)
        if hers or len(self.series) == 1:
            yield from self._numbers(one, places)

    @staticmethod
    def _numbers(one: Series, places: Sequence[tuple[float, float, Reading]]) -> Iterator[str]:
        """The values above their points, from the latest back as far as there is room."""
        free = float("inf")
        for x, y, point in reversed(places):
            if x > free:
                continue
            free = x - _GAP
            said = f"{point.value}/{point.max}" if one.older(point) else str(point.value)
            yield _text(x, y - 5, said, size=8.5, weight=600, anchor="middle", halo=True)


def _mark(by: Rater, x: float, y: float, fill: str) -> str:
    look = f'fill="{fill}" stroke="{_INK}"'
    if by == "citizen":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2.6" {look}/>\n'
    return f'<rect x="{_n(x - 2.3)}" y="{_n(y - 2.3)}" width="4.6" height="4.6" {look}/>\n'


def _text(
    x: float, y: float, text: str, *, size: float, weight: int = 400, anchor: str = "start", halo: bool = False
) -> str:
    """A text; with `halo` lines that run behind it leave room for it."""
    look = f' font-weight="{weight}"' if weight != 400 else ""
    look += f' text-anchor="{anchor}"' if anchor != "start" else ""
    look += f' paint-order="stroke" stroke="{_HOLLOW}" stroke-width="2"' if halo else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}"{look}>{_safe(text)}</text>\n'


def _stroke(path: str, colour: str, width: float, dashes: str = "") -> str:
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{broken}/>\n'


def _safe(text: str) -> str:
    """A text as XML has it: nothing in it is markup, and nothing that XML or a reader cannot take is left."""
    return escape(plain(text))


def _n(value: float) -> str:
    """A coordinate with one decimal at most, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
