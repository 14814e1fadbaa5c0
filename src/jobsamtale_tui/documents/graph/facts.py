"""The progress graph: its facts, its document, its rows, and the drawing for a terminal or a printer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jobsamtale_tui import dates, texts
from jobsamtale_tui.method import around, progress
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Activity, Scale, Score

COLUMNS = ("indicator", "name", "by", "at", "session", "value", "version", "min", "max", "share")
"""The columns of the csv form, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What was written in a session beside its numbers: about the session, and on each score."""

    session: str | None
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFacts:
    """What a graph is made of: a citizen (her key and name), her series, and the activities of the period.

    `scales` has each indicator's newest scale that was scored on, with its stages, and `remarks` what was written in
    each session by its key; both may be empty: the numbers stand without them.
    """

    citizen: str
    citizen_name: str
    series: list[Series]
    activities: tuple[Activity, ...]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    remarks: Mapping[str, Remarks] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    """The job goals in words, by key: an activity points at one."""

    def pointing(self, activity: Activity) -> str:
        """Where an activity leads and who is responsible: `→ A Kok · Bo Lund`; empty where neither is known."""
        goal = self.goals.get(activity.goal or "")
        return " · ".join(filter(None, (f"→ {goal}" if goal else "", texts.one_line(activity.responsible or ""))))

    @property
    def points(self) -> list[Reading]:
        """Every reading of every series, the earliest first."""
        return sorted(
            (point for one in self.series for point in one.points),
            key=lambda point: (point.at, point.session),
        )


def document(facts: GraphFacts) -> dict[str, Any]:
    """The graph as `graph --format json` has it.

    `from` and `until` are the days in Denmark of the first and the last score, None where there is none. A score of an
    earlier version has `newest` too: where it stands on the newest scale, and whether a mapping says so (`converted`)
    or its share of the range. `around` has the readings before, during and after each activity.
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
        "gaps": [
            {"indicator": indicator, "session": gap.session, "at": dates.iso(gap.at), "levels": _number(gap.levels)}
            for indicator, found in progress.gaps(facts.series).items()
            for gap in found
        ],
        "around": [
            {
                "activity": activity.key,
                "indicator": one.indicator,
                "by": one.by,
                **{name: _stretch(getattr(one, name)) for name in ("before", "during", "after")},
            }
            for activity in facts.activities
            for one in around.around(activity, facts.series)
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
    from jobsamtale_tui.documents.graph import drawing as graph_drawing

    return graph_drawing.draw(
        facts.citizen_name, facts.series, facts.activities, width=width, height=height, colour=colour
    )


def _series(one: Series) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "name": one.name,
        "by": one.by,
        "points": [_point(one, point) for point in one.points],
        "first": one.first,
        "last": one.last,
        "change": one.change,
        "judgement": one.judgement,
        "threshold": {
            "levels": _number(one.threshold.levels),
            "sd": _rounded(one.threshold.sd),
            "reliability": one.threshold.reliability,
            "source": one.threshold.source,
            "local": one.threshold.local,
        },
    }


def _point(one: Series, point: Reading) -> dict[str, Any]:
    document: dict[str, Any] = {
        "at": dates.iso(point.at),
        "session": point.session,
        "value": point.value,
        "version": point.version,
        "min": point.min,
        "max": point.max,
        "share": point.share,
    }
    if one.older(point):
        document["converted"] = point.converted
        document["newest"] = {"version": one.version, "min": one.min, "max": one.max, "value": _number(point.place)}
    return document


def _stretch(found: around.Stretch) -> dict[str, Any]:
    return {"readings": found.readings, "mean": _rounded(found.mean), "slope": _rounded(found.slope)}


def _rounded(value: float | None) -> float | None:
    """To four places, so that the same data give the same digits on every machine."""
    return None if value is None else round(value, 4) + 0.0


def _number(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 4)
