"""Before, during and after an activity: where the scores lie and which way they go. It is no proof of effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobsamtale_tui import dates
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Activity

WINDOW = 182
"""Days looked at before and after an activity: half a year, so that old readings do not drown the rest."""
MONTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The readings of one period: how many, their mean on the newest scale, and their slope in levels per 30 days.

    `mean` is None without a reading, `slope` where the readings do not lie on two days at least.
    """

    readings: int
    mean: float | None
    slope: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """One series around one activity."""

    indicator: str
    name: str
    by: str
    before: Stretch
    during: Stretch
    after: Stretch


def around(activity: Activity, series: Sequence[Series]) -> list[Around]:
    """The series that have readings around the activity, in their order.

    Before is the half year up to the day before the activity began, after the half year from the day after it ended;
    the days of the activity belong to it. One that goes on has no after.
    """
    found = []
    for one in series:
        before, during, after = _parts(activity, one.points)
        if before or during or after:
            found.append(
                Around(
                    indicator=one.indicator,
                    name=one.name,
                    by=one.by,
                    before=stretch(before),
                    during=stretch(during),
                    after=stretch(after),
                )
            )
    return found


def _parts(activity: Activity, points: Sequence[Reading]) -> tuple[list[Reading], list[Reading], list[Reading]]:
    before: list[Reading] = []
    during: list[Reading] = []
    after: list[Reading] = []
    end = activity.until or date.max
    for point in points:
        day = dates.local(point.at).date()
        if activity.from_ <= day <= end:
            during.append(point)
        elif 0 < (activity.from_ - day).days <= WINDOW:
            before.append(point)
        elif 0 < (day - end).days <= WINDOW:
            after.append(point)
    return before, during, after


def stretch(points: Sequence[Reading]) -> Stretch:
    """How many readings, their mean, and the slope of the straight line that fits them best (least squares)."""
    if not points:
        return Stretch(readings=0, mean=None, slope=None)
    days = [dates.local(point.at).date().toordinal() for point in points]
    values = [point.place for point in points]
    middle, mean = sum(days) / len(days), sum(values) / len(values)
    spread = sum((day - middle) ** 2 for day in days)
    slope = None
    if spread:
        slope = sum((day - middle) * (value - mean) for day, value in zip(days, values, strict=True)) / spread * MONTH
    return Stretch(readings=len(points), mean=mean, slope=slope)
