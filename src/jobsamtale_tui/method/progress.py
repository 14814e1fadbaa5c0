"""Development on the indicators: series of scores, the change in them, and what counts as real change."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from jobsamtale_tui.method import scales
from jobsamtale_tui.records import Rater

Judgement = Literal["real_rise", "real_fall", "within_chance", "too_few"]

ASSUMED_SD = 2.0
"""Local assumption: the standard deviation of scores, in levels on a scale from 1 to 10."""
ASSUMED_RELIABILITY = 0.8
"""Local assumption: how well two readings of the same thing agree (r, 0 to 1)."""
_ASSUMED_RANGE = 9
_CONFIDENCE_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One score, on the version of the indicator that it was given on, with that version's range."""

    at: datetime
    session: str
    indicator: str
    version: int
    value: int
    by: Rater
    min: int
    max: int

    @property
    def share(self) -> float:
        """Where the score stands on its own scale, 0.0 to 1.0."""
        return scales.share(self.value, self.min, self.max)

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest level of the scale that it was given on."""
        return self.min, self.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One rater's scores on one indicator over time: at least one, the earliest first."""

    indicator: str
    name: str
    by: Rater
    points: tuple[Reading, ...]

    @property
    def first(self) -> int:
        """The earliest score."""
        return self.points[0].value

    @property
    def last(self) -> int:
        """The latest score."""
        return self.points[-1].value

    @property
    def change(self) -> int | None:
        """Last minus first, in levels; None where the two were given on different ranges."""
        return change(self.points[-1], self.points[0])

    @property
    def judgement(self) -> Judgement:
        """Whether the change from first to last is more than chance (see `judge`)."""
        return judge(self.points)


def series(readings: Iterable[Reading], names: Mapping[str, str]) -> list[Series]:
    """The readings as series, one for each indicator and rater.

    `names` gives each indicator's name; its order is the order of the series, indicators without a name come
    after in the order of their keys and are called by their key. The citizen's series stands before the
    caseworker's. Points are in order of time, those of the same time in order of their session's key.
    """
    found: dict[tuple[str, Rater], list[Reading]] = {}
    for reading in readings:
        found.setdefault((reading.indicator, reading.by), []).append(reading)
    place = {key: number for number, key in enumerate(names)}

    def order(one: tuple[str, Rater]) -> tuple[int, str, bool]:
        indicator, by = one
        return place.get(indicator, len(place)), indicator, by == "caseworker"

    return [
        Series(
            indicator=indicator,
            name=names.get(indicator, indicator),
            by=by,
            points=tuple(sorted(found[indicator, by], key=_when)),
        )
        for indicator, by in sorted(found, key=order)
    ]


def reliable_change(sd: float = ASSUMED_SD, reliability: float = ASSUMED_RELIABILITY) -> float:
    """The change beyond which chance is no likely cause (95 %), in the unit of `sd`: 1.96 · SD · √2 · √(1−r).

    SD 2 and r 0.8 give 2.48 levels on a scale from 1 to 10: three levels are real, two are not. Both figures
    are local assumptions, not measured on this citizen or place. Source: Jacobson & Truax 1991.
    """
    return _CONFIDENCE_95 * sd * math.sqrt(2) * math.sqrt(1 - reliability)


def judge(points: tuple[Reading, ...], sd: float = ASSUMED_SD, reliability: float = ASSUMED_RELIABILITY) -> Judgement:
    """Whether the last point differs from the first by more than chance; fewer than two points are `too_few`.

    `sd` is in levels on a scale from 1 to 10; SD and `reliability` are local assumptions (see
    `reliable_change`; Jacobson & Truax 1991). Both the change and the limit are taken as shares of the range,
    so that it works for every scale and across versions of different range.
    """
    if len(points) < 2:
        return "too_few"
    moved = points[-1].share - points[0].share
    limit = reliable_change(sd, reliability) / _ASSUMED_RANGE
    if abs(moved) <= limit:
        return "within_chance"
    return "real_rise" if moved > 0 else "real_fall"


def previous(
    readings: Iterable[Reading], session_key: str, indicator: str, by: Rater, at: datetime | None = None
) -> Reading | None:
    """The same rater's score on the indicator in the nearest session before this one that has it, or None.

    `readings` are those of the citizen's completed sessions and of the session `session_key`. `at` is when
    that session is held; it may be left out where the session has a reading of its own (else: None).
    """
    known = list(readings)
    if at is None:
        at = next((reading.at for reading in known if reading.session == session_key), None)
    if at is None:
        return None
    earlier = [
        reading
        for reading in known
        if (reading.indicator, reading.by) == (indicator, by) and _when(reading) < (at, session_key)
    ]
    return max(earlier, key=_when, default=None)


def change(now: Reading, before: Reading | None) -> int | None:
    """The difference in levels; None without an earlier reading, or where the two ranges differ."""
    if before is None or now.range != before.range:
        return None
    return now.value - before.value


def _when(reading: Reading) -> tuple[datetime, str]:
    return reading.at, reading.session
