from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.method import yardstick
from jobsamtale_tui.records import Converts, Indicator, ReliableChange, Scale, Wording, Words


def version(number: int, low: int, high: int, **more: Any) -> Indicator:
    return Indicator(
        key="hverdag",
        version=number,
        name=Words(da="Hverdagen"),
        question=Wording(da="Hvordan går det?"),
        scale=Scale(min=low, max=high),
        status="active",
        **more,
    )


def known(*versions: Indicator) -> dict[int, Indicator]:
    return {one.version: one for one in versions}


def test_reliable_change_has_the_published_value() -> None:
    assert round(yardstick.reliable_change(sd=2, reliability=0.8), 2) == 2.48
    assert yardstick.reliable_change(sd=2, reliability=1) == 0
    # Piers-Harris 2 in Wodrich, appendix E: a standard error of measurement of 3.07 gives a change of 8.51.
    assert round(yardstick.reliable_change(sd=3.07, reliability=0), 2) == 8.51


def test_the_index_is_that_of_jacobson_and_truax() -> None:
    """Their example (1991, p. 14): a score of 47.5 that becomes 32.5, SD 7.5 and reliability .88."""
    assert round(yardstick.standard_error(7.5, 0.88), 2) == 3.67
    assert round(yardstick.index(47.5, 32.5, 7.5, 0.88), 2) == -4.08
    with pytest.raises(ValueError, match="without error"):
        yardstick.index(1, 2, 2, 1)


@given(st.floats(0.1, 20), st.floats(0, 0.99), st.floats(-50, 50), st.floats(-50, 50))
def test_beyond_the_change_the_index_is_beyond_its_limit(sd: float, r: float, first: float, last: float) -> None:
    index, moved = yardstick.index(first, last, sd, r), last - first
    assert index * moved >= 0
    limit = yardstick.reliable_change(sd, r)
    if abs(abs(moved) - limit) > 1e-6:
        assert (abs(index) > 1.96) == (abs(moved) > limit)


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(1, 10, 3), (0, 10, 3), (-5, 5, 3), (1, 5, 2), (0, 4, 2), (1, 7, 2), (1, 3, 2), (0, 1, 2)],
)
def test_the_default_is_three_levels_of_ten_and_as_much_of_other_ranges(low: int, high: int, levels: int) -> None:
    found = yardstick.threshold(None, low, high)
    assert (found.levels, found.local, found.reliability) == (levels, False, 0.8)
    assert found.sd == pytest.approx(2 * (high - low) / 9)


def test_an_indicator_gives_its_own_threshold_or_its_sd_and_reliability() -> None:
    own = version(1, 1, 10, reliable_change=ReliableChange(threshold=4, source="Afsnit Nord, 2025"))
    assert yardstick.threshold(own, 1, 10) == yardstick.Threshold(
        levels=4, sd=None, reliability=None, source="Afsnit Nord, 2025", local=True
    )
    rough = version(1, 1, 10, reliable_change=ReliableChange(sd=3, reliability=0.5))
    assert yardstick.threshold(rough, 1, 10).levels == 6  # beyond 5.88
    fine = version(1, 1, 10, reliable_change=ReliableChange(sd=1, reliability=1))
    assert yardstick.threshold(fine, 1, 10).levels == 1


def test_a_mapping_by_levels_places_old_scores_on_the_new_scale() -> None:
    levels = {"1": 1, "2": 2, "3": 4, "4": 7, "5": 10}
    versions = known(version(1, 1, 5), version(2, 1, 10, converts=Converts(from_=1, by="levels", levels=levels)))
    assert [yardstick.on_newest(value, 1, 2, versions) for value in (1, 3, 5)] == [(1, True), (4, True), (10, True)]
    assert yardstick.on_newest(6, 2, 2, versions) == (6, False)


def test_mappings_lead_on_from_version_to_version() -> None:
    first = Converts(from_=1, by="levels", levels={"1": 1, "2": 6, "3": 10})
    second = Converts(from_=2, by="share")
    versions = known(version(1, 1, 3), version(2, 1, 10, converts=first), version(3, 0, 9, converts=second))
    assert yardstick.on_newest(2, 1, 3, versions) == (5, True)


def test_without_a_mapping_the_share_of_the_range_counts() -> None:
    part = Converts(from_=1, by="levels", levels={"1": 1})
    for newer in (version(2, 1, 10), version(2, 1, 10, converts=part)):
        assert yardstick.on_newest(3, 1, 2, known(version(1, 1, 5), newer)) == (5.5, False)
    assert yardstick.on_newest(3, 1, 2, known(version(2, 1, 10))) is None


@given(st.data())
def test_a_place_on_the_newest_scale_keeps_the_ends_and_the_order(data: st.DataObject) -> None:
    low, high = data.draw(st.integers(-5, 3)), data.draw(st.integers(4, 5))
    new_low, new_high = data.draw(st.integers(-5, 3)), data.draw(st.integers(4, 5))
    by_share = data.draw(st.sampled_from([None, Converts(from_=1, by="share")]))
    versions = known(version(1, low, high), version(2, new_low, new_high, converts=by_share))
    found = [yardstick.on_newest(value, 1, 2, versions) for value in range(low, high + 1)]
    places = [place for place, mapped in filter(None, found) if mapped == (by_share is not None)]
    assert len(places) == high - low + 1
    assert places[0] == pytest.approx(new_low)
    assert places[-1] == pytest.approx(new_high)
    assert places == sorted(places)
