from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.method import progress
from jobsamtale_tui.method.progress import Reading
from jobsamtale_tui.records import Converts, Indicator, Rater, ReliableChange, Scale, Wording, Words

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEVELS = st.integers(1, 10)


def reading(
    value: int,
    day: int = 0,
    *,
    session: str | None = None,
    indicator: str = "hverdag",
    by: Rater = "citizen",
    low: int = 1,
    high: int = 10,
) -> Reading:
    return Reading(
        at=START + timedelta(days=day),
        session=session or f"s{day}",
        indicator=indicator,
        version=1,
        value=value,
        by=by,
        min=low,
        max=high,
    )


def judged(*values: int, low: int = 1, high: int = 10) -> str:
    return progress.judge(tuple(reading(value, day, low=low, high=high) for day, value in enumerate(values)))


def test_three_levels_of_ten_are_real_and_two_are_not() -> None:
    assert judged(4, 7) == "real_rise"
    assert judged(7, 4) == "real_fall"
    assert judged(4, 6) == judged(6, 4) == judged(5, 5) == "within_chance"


def test_fewer_than_two_readings_say_nothing() -> None:
    assert judged() == judged(9) == "too_few"


def test_only_first_and_last_count() -> None:
    assert judged(4, 10, 5) == "within_chance"


def test_the_same_number_on_the_same_scale_is_unchanged_and_nothing_else_is() -> None:
    def one(*values: int) -> progress.Series:
        return progress.series([reading(value, day) for day, value in enumerate(values)], {})[0]

    assert one(5, 8, 5).unchanged
    assert one(5, 5).judgement == "within_chance"
    assert not one(5, 6).unchanged
    assert not one(5).unchanged
    assert not progress.series([reading(5, 0, high=5), reading(10, 1)], {})[0].unchanged


def test_shorter_scales_are_judged_by_their_share_of_the_range() -> None:
    assert judged(1, 2, low=0, high=4) == "within_chance"
    assert judged(1, 3, low=0, high=4) == "real_rise"


def test_versions_of_different_range_are_compared_by_share() -> None:
    points = (reading(3, 0, high=5), reading(6, 1))
    assert progress.judge(points) == "within_chance"
    one = progress.series(points, {})[0]
    assert (one.first, one.last, one.change, one.judgement) == (3, 6, None, "within_chance")
    assert progress.judge((reading(1, 0, high=5), reading(6, 1))) == "real_rise"


@given(LEVELS, LEVELS)
def test_the_judgement_is_the_same_in_both_directions(first: int, last: int) -> None:
    turned = {"real_rise": "real_fall", "real_fall": "real_rise"}
    there = judged(first, last)
    assert judged(last, first) == turned.get(there, there)


@given(st.lists(st.tuples(LEVELS, st.integers(0, 99)), min_size=1, max_size=20))
def test_a_series_has_every_reading_in_order_of_time(values: list[tuple[int, int]]) -> None:
    readings = [reading(value, day, session=f"s{number}") for number, (value, day) in enumerate(values)]
    one = progress.series(readings, {})[0]
    assert sorted(one.points, key=lambda point: (point.at, point.session)) == list(one.points)
    assert len(one.points) == len(values)
    assert one.change == one.last - one.first
    assert all(0 <= point.share <= 1 for point in one.points)


def test_series_follow_the_names_and_put_the_citizen_first() -> None:
    readings = [
        reading(1, indicator="ukendt"),
        reading(2, indicator="b", by="caseworker"),
        reading(3, indicator="a"),
        reading(4, indicator="b"),
        reading(5, indicator="anden"),
    ]
    found = progress.series(readings, {"b": "Bil", "a": "Arbejde"})
    assert [(one.name, one.by) for one in found] == [
        ("Bil", "citizen"),
        ("Bil", "caseworker"),
        ("Arbejde", "citizen"),
        ("anden", "citizen"),
        ("ukendt", "citizen"),
    ]
    assert progress.series([], {"b": "Bil"}) == []


def test_readings_of_the_same_time_stand_in_order_of_their_session() -> None:
    found = progress.series([reading(2, session="b"), reading(1, session="a")], {})
    assert [point.session for point in found[0].points] == ["a", "b"]


def test_previous_is_the_same_raters_nearest_earlier_score() -> None:
    readings = [
        reading(2, 1),
        reading(3, 2),
        reading(9, 2, by="caseworker"),
        reading(8, 2, indicator="netvaerk"),
        reading(5, 9),
        reading(6, 20),
    ]
    before = progress.previous(readings, "s9", "hverdag", "citizen")
    assert before == readings[1]
    assert progress.change(readings[4], before) == 2
    assert progress.previous(readings, "s1", "hverdag", "citizen") is None
    assert progress.previous(readings, "s9", "netvaerk", "caseworker") is None


def test_previous_of_a_session_without_scores_needs_its_time() -> None:
    readings = [reading(2, 1), reading(3, 20)]
    at = START + timedelta(days=9)
    assert progress.previous(readings, "ny", "hverdag", "citizen") is None
    assert progress.previous(readings, "ny", "hverdag", "citizen", at) == readings[0]


@pytest.mark.parametrize("before", [None, reading(3, high=5)])
def test_there_is_no_change_without_an_earlier_score_on_the_same_range(before: Reading | None) -> None:
    assert progress.change(reading(4, 1), before) is None


def _versions(**more: Any) -> dict[str, dict[int, Indicator]]:
    def version(number: int, high: int, **parts: Any) -> Indicator:
        return Indicator(
            key="hverdag",
            version=number,
            name=Words(da="Hverdagen"),
            question=Wording(da=""),
            scale=Scale(min=1, max=high),
            status="active",
            **parts,
        )

    return {"hverdag": {1: version(1, 5), 2: version(2, 10, **more)}}


def test_a_mapping_decides_the_judgement_across_versions() -> None:
    readings = [reading(3, 0, high=5), replace(reading(7, 30), version=2)]
    by_share = progress.series(readings, {}, _versions())[0]
    assert (by_share.points[0].place, by_share.points[0].converted) == (5.5, False)
    assert by_share.judgement == "within_chance"
    levels = Converts(from_=1, by="levels", levels={"1": 1, "2": 2, "3": 3, "4": 6, "5": 10})
    mapped = progress.series(readings, {}, _versions(converts=levels))[0]
    assert (mapped.points[0].place, mapped.points[0].converted) == (3, True)
    assert mapped.judgement == "real_rise"
    assert (mapped.range, mapped.change, mapped.older(mapped.points[0])) == ((1, 10), None, True)
    strict = ReliableChange(threshold=5)
    assert progress.series(readings, {}, _versions(converts=levels, reliable_change=strict))[0].judgement == (
        "within_chance"
    )


def test_both_raters_stand_on_the_newest_scale_of_either() -> None:
    readings = [reading(3, 0, high=5, by="caseworker"), replace(reading(7, 30), version=2)]
    own, other = progress.series(readings, {}, _versions())
    assert (own.version, other.version, other.points[0].place) == (2, 2, 5.5)


def test_the_gap_is_in_the_sessions_that_both_scored() -> None:
    readings = [
        reading(3, 0),
        reading(5, 0, by="caseworker"),
        reading(4, 9),
        reading(6, 20),
        reading(5, 20, by="caseworker"),
    ]
    found = progress.gaps(progress.series(readings, {}))
    assert [(gap.session, gap.levels) for gap in found["hverdag"]] == [("s0", 2), ("s20", -1)]
    assert progress.gaps(progress.series(readings[:1], {})) == {}
