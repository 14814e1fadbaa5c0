"""Development on the indicators: series of scores, the change in them, and whether it is more than chance.

Which two readings are compared: the first and the last of the same rater in the series. Where an indicator has scores
on several versions, both are taken on the newest version that has one: by the mapping that was given for it, else by
share of the range (`yardstick.on_newest`). A change is real from the newest version's threshold on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from jobsamtale_tui.method import scales, yardstick
from jobsamtale_tui.method.yardstick import Threshold, Versions
from jobsamtale_tui.records import Rater

Judgement = Literal["real_rise", "real_fall", "within_chance", "too_few"]


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
    on_newest: float | None = None
    """Where it stands on the newest scale of its series, of a score that was given on an earlier version."""
    converted: bool = False
    """`on_newest` follows a mapping that somebody gave, not the share of the range."""

    @property
    def place(self) -> float:
        """Where it stands on the newest scale of its series."""
        return self.value if self.on_newest is None else self.on_newest

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
    """One rater's scores on one indicator over time: at least one, the earliest first.

    `version`, `min` and `max` are of the newest scale: that of the newest version on which either rater has scored.
    """

    indicator: str
    name: str
    by: Rater
    points: tuple[Reading, ...]
    version: int
    min: int
    max: int
    threshold: Threshold

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
        return judge(self.points, self.threshold)

    @property
    def unchanged(self) -> bool:
        """Whether the latest of at least two scores says the same as the first: same number, range and place."""
        first, last = self.points[0], self.points[-1]
        return len(self.points) > 1 and self.change == 0 and first.place == last.place

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest level of the newest scale."""
        return self.min, self.max

    def older(self, point: Reading) -> bool:
        """Whether a point was given on an earlier version, or on another range, than the newest."""
        return point.version != self.version or point.range != self.range

    def share(self, point: Reading) -> float:
        """Where a point stands on the newest scale, 0.0 to 1.0."""
        return (point.place - self.min) / (self.max - self.min)


def series(
    readings: Iterable[Reading], names: Mapping[str, str], versions: Mapping[str, Versions] | None = None
) -> list[Series]:
    """The readings as series, one for each indicator and rater.

    `names` gives each indicator's name; its order is the order of the series, indicators without a name come
    after in the order of their keys and are called by their key. The citizen's series stands before the
    caseworker's. Points are in order of time, those of the same time in order of their session's key, each with
    its place on the newest scale. `versions` has the versions of each indicator; of one that is not in it the ranges
    of the readings are all that is known.
    """
    found: dict[tuple[str, Rater], list[Reading]] = {}
    newest: dict[str, Reading] = {}
    for reading in sorted(readings, key=_when):
        found.setdefault((reading.indicator, reading.by), []).append(reading)
        known = newest.get(reading.indicator)
        if known is None or reading.version >= known.version:
            newest[reading.indicator] = reading
    place = {key: number for number, key in enumerate(names)}

    def order(one: tuple[str, Rater]) -> tuple[int, str, bool]:
        indicator, by = one
        return place.get(indicator, len(place)), indicator, by == "caseworker"

    made = []
    for indicator, by in sorted(found, key=order):
        last, known_versions = newest[indicator], (versions or {}).get(indicator, {})
        made.append(
            Series(
                indicator=indicator,
                name=names.get(indicator, indicator),
                by=by,
                points=tuple(placed(one, last, known_versions) for one in found[indicator, by]),
                version=last.version,
                min=last.min,
                max=last.max,
                threshold=yardstick.threshold(known_versions.get(last.version), last.min, last.max),
            )
        )
    return made


def placed(reading: Reading, newest: Reading, versions: Versions) -> Reading:
    """The reading with its place on the scale of `newest`."""
    if reading.version == newest.version and reading.range == newest.range:
        return reading
    found = yardstick.on_newest(reading.value, reading.version, newest.version, versions)
    if found is None or reading.version == newest.version:
        found = newest.min + reading.share * (newest.max - newest.min), False
    return replace(reading, on_newest=found[0], converted=found[1])


def judge(points: Sequence[Reading], threshold: Threshold | None = None) -> Judgement:
    """Whether the last point differs from the first by more than chance; fewer than two points are `too_few`.

    Both are taken where they stand on the last point's scale. Without a threshold the default of that scale counts
    (local assumptions, see `yardstick.threshold`; Jacobson & Truax 1991).
    """
    if len(points) < 2:
        return "too_few"
    first, last = points[0], points[-1]
    if first.on_newest is None and first.range != last.range and last.on_newest is None:
        first = placed(first, last, {})
    limit = threshold or yardstick.threshold(None, last.min, last.max)
    moved = last.place - first.place
    if not yardstick.real(moved, limit):
        return "within_chance"
    return "real_rise" if moved > 0 else "real_fall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far the caseworker's score lies above the citizen's in one session, in levels of the newest scale."""

    session: str
    at: datetime
    levels: float


def gaps(found: Iterable[Series]) -> dict[str, list[Gap]]:
    """By indicator, the sessions in which both raters scored it, the earliest first; below zero: hers is higher."""
    both: dict[str, dict[Rater, dict[str, Reading]]] = {}
    for one in found:
        both.setdefault(one.indicator, {})[one.by] = {point.session: point for point in one.points}
    return {
        indicator: [
            Gap(session=session, at=own.at, levels=raters["caseworker"][session].place - own.place)
            for session, own in raters["citizen"].items()
            if session in raters["caseworker"]
        ]
        for indicator, raters in both.items()
        if len(raters) == 2
    }


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
