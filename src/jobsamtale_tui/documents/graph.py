"""The progress graph: its document, its rows, and the drawing for a terminal or a printer."""

from dataclasses import dataclass
from typing import Any

from jobsamtale_tui import dates
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Activity

COLUMNS = ("indicator", "name", "by", "at", "session", "value", "version", "min", "max", "share")
"""The columns of the csv form, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFacts:
    """What a graph is made of: a citizen (her key and name), her series, and the activities of the period."""

    citizen: str
    citizen_name: str
    series: list[Series]
    activities: tuple[Activity, ...]

    @property
    def points(self) -> list[Reading]:
        """Every reading of every series, the earliest first."""
        return sorted(
            (point for one in self.series for point in one.points),
            key=lambda point: (point.at, point.session),
        )


def document(facts: GraphFacts) -> dict[str, Any]:
    """The graph as `graph --format json` has it.

    `from` and `until` are the days in Denmark of the first and the last score, None where there is none.
    """
    points = facts.points
    return {
        "citizen": facts.citizen,
        "from": dates.local(points[0].at).date().isoformat() if points else None,
        "until": dates.local(points[-1].at).date().isoformat() if points else None,
        "series": [_series(one) for one in facts.series],
        "activities": [
            {
                "key": activity.key,
                "name": activity.name,
                "from": activity.from_.isoformat(),
                "until": activity.until.isoformat() if activity.until else None,
            }
            for activity in facts.activities
        ],
    }


def rows(facts: GraphFacts) -> list[dict[str, str | int | float]]:
    """The graph as rows, one a point, with the fields of `COLUMNS`; `share` is 0 to 1, to four places."""
    return [
        {
            "indicator": one.indicator,
            "name": one.name,
            "by": one.by,
            "at": dates.iso(point.at),
            "session": point.session,
            "value": point.value,
            "version": point.version,
            "min": point.min,
            "max": point.max,
            "share": round(point.share, 4),
        }
        for one in facts.series
        for point in one.points
    ]


def draw(facts: GraphFacts, width: int, height: int, colour: bool = False) -> str:
    """The graph as text of at most `width` cells by `height` lines, with a legend; no final newline.

    Series are told apart by letters and kinds of line, with `colour` by colour too (ANSI codes, else none).
    A box under 40 by 12 and a citizen without scores get a sentence. Words are in the language in use.
    For one thread at a time: plotext draws on a global figure.
    """
    from jobsamtale_tui.documents import graph_drawing

    return graph_drawing.draw(
        facts.citizen_name, facts.series, facts.activities, width=width, height=height, colour=colour
    )


def _series(one: Series) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "name": one.name,
        "by": one.by,
        "points": [
            {
                "at": dates.iso(point.at),
                "session": point.session,
                "value": point.value,
                "version": point.version,
                "min": point.min,
                "max": point.max,
                "share": point.share,
            }
            for point in one.points
        ],
        "first": one.first,
        "last": one.last,
        "change": one.change,
        "judgement": one.judgement,
    }
