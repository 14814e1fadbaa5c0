from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.method import around, progress
from jobsamtale_tui.method.progress import Reading
from jobsamtale_tui.records import Activity

START = date(2026, 3, 2)


def reading(value: int, day: int) -> Reading:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=day)
    return Reading(at=at, session=f"s{day}", indicator="mod", version=1, value=value, by="citizen", min=1, max=10)


def found(*points: tuple[int, int], until: int | None = 30) -> list[around.Around]:
    end = START + timedelta(days=until) if until is not None else None
    activity = Activity(key="a", citizen="per", name="Praktik", field="employment", from_=START, until=end)
    return around.around(activity, progress.series([reading(value, day) for value, day in points], {}))


def test_readings_fall_before_during_and_after() -> None:
    (one,) = found((2, -60), (4, -30), (5, 0), (6, 30), (9, 31))
    assert (one.before.readings, one.during.readings, one.after.readings) == (2, 2, 1)
    assert (one.before.mean, one.during.mean, one.after.mean) == (3, 5.5, 9)
    assert one.before.slope == pytest.approx(2)
    assert one.during.slope == pytest.approx(1)
    assert one.after.slope is None


def test_half_a_year_before_and_after_counts() -> None:
    (one,) = found((2, -183), (4, -182), (5, 10), (6, 30 + 182), (9, 30 + 183))
    assert (one.before.readings, one.during.readings, one.after.readings) == (1, 1, 1)
    assert found((2, -183)) == []


def test_what_goes_on_has_no_after() -> None:
    (one,) = found((2, -3), (4, 400), until=None)
    assert (one.before.readings, one.during.readings, one.after.readings) == (1, 1, 0)


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 30)), min_size=1, max_size=12))
def test_a_stretch_lies_within_its_readings(values: list[tuple[int, int]]) -> None:
    part = around.stretch([reading(value, day) for value, day in values])
    assert part.readings == len(values)
    assert part.mean is not None
    assert min(values)[0] <= part.mean <= max(value for value, _day in values)
    assert (part.slope is None) == (len({day for _value, day in values}) == 1)
