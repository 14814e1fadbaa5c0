from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.method import scales
from jobsamtale_tui.records import Converts, Indicator, IndicatorStatus, Scale, Stage, Wording, Words

SCALE = Scale(
    min=1,
    max=4,
    levels={"1": Wording(da="Slet ikke", en="Not at all"), "4": Wording(da="Helt")},
    stages=(Stage(from_=1, to=2, name=Words(da="Svært")), Stage(from_=2, to=3, name=Words(da="På vej"))),
)


def version(
    number: int, status: IndicatorStatus = "active", from_: date | None = None, until: date | None = None
) -> Indicator:
    return Indicator(
        key="hverdag",
        version=number,
        name=Words(da="Hverdagen"),
        question=Wording(da="Hvordan går det?"),
        scale=SCALE,
        from_=from_,
        until=until,
        status=status,
    )


def test_levels_are_every_number_of_the_scale() -> None:
    assert list(scales.levels(SCALE)) == [1, 2, 3, 4]
    assert list(scales.levels(Scale(min=-2, max=0))) == [-2, -1, 0]


@given(st.integers(-1000, 990), st.integers(1, 10), st.data())
def test_share_lies_between_0_and_1_and_rises_with_the_value(low: int, size: int, data: st.DataObject) -> None:
    high = low + size
    value = data.draw(st.integers(low, high))
    assert 0 <= scales.share(value, low, high) <= 1
    assert scales.share(low, low, high) == 0
    assert scales.share(high, low, high) == 1
    if value < high:
        assert scales.share(value, low, high) < scales.share(value + 1, low, high)


@pytest.mark.parametrize(("value", "low", "high"), [(0, 1, 10), (11, 1, 10), (1, 1, 1)])
def test_share_of_a_value_that_is_not_on_the_scale_is_refused(value: int, low: int, high: int) -> None:
    with pytest.raises(ValueError, match="does not lie on a scale"):
        scales.share(value, low, high)


def test_a_value_has_the_first_stage_that_covers_it() -> None:
    assert [stage.name.da if (stage := scales.stage_of(SCALE, value)) else None for value in (1, 2, 3, 4)] == [
        "Svært",
        "Svært",
        "På vej",
        None,
    ]


def test_a_levels_text_is_in_the_language_or_in_danish() -> None:
    assert scales.level_text(SCALE, 1, "en") == "Not at all"
    assert scales.level_text(SCALE, 4, "en") == "Helt"
    assert scales.level_text(SCALE, 1) == "Slet ikke"
    assert scales.level_text(SCALE, 2) is None
    assert scales.level_text(Scale(min=0, max=1), 0) is None


def test_around_a_value_are_its_neighbours_on_the_scale() -> None:
    assert scales.around(SCALE, 2) == (1, 2, 3)
    assert scales.around(SCALE, 1) == (None, 1, 2)
    assert scales.around(SCALE, 4) == (3, 4, None)


DAY = date(2026, 3, 2)


def test_the_newest_version_in_force_that_day_counts() -> None:
    old = version(1, until=DAY)
    new = version(2, from_=DAY)
    later = version(3, from_=date(2026, 3, 3))
    assert scales.in_force([later, new, old], DAY) == new
    assert scales.in_force([later, new, old], date(2026, 3, 1)) == old
    assert scales.in_force([later, new, old], date(2026, 3, 3)) == later


def test_without_a_version_in_force_the_newest_active_one_counts() -> None:
    assert scales.in_force([version(1, until=date(2020, 1, 1)), version(2, from_=date(2030, 1, 1))], DAY) == version(
        2, from_=date(2030, 1, 1)
    )


def test_drafts_and_retired_versions_do_not_count_unless_named() -> None:
    assert scales.in_force([version(1), version(2, "retired"), version(3, "draft")], DAY) == version(1)
    assert scales.in_force([version(1, "retired")], DAY) is None
    assert scales.in_force([], DAY) is None


SCALES = st.builds(lambda low, size: Scale(min=low, max=low + size), st.integers(-20, 20), st.integers(1, 10))


@given(SCALES, SCALES, st.data())
def test_a_number_converted_by_share_stays_in_its_place(old: Scale, new: Scale, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(scales.levels(old)))
    moved = scales.converted(value, old, new, None)
    assert new.min <= moved <= new.max
    assert (moved - new.min) / (new.max - new.min) == pytest.approx(scales.share(value, old.min, old.max))
    assert scales.converted(old.min, old, new, None) == new.min
    assert scales.converted(old.max, old, new, None) == new.max
    assert scales.converted(value, old, new, Converts(from_=1, by="share")) == moved


@given(SCALES)
def test_a_scale_converts_to_itself(scale: Scale) -> None:
    same = Converts(from_=1, by="levels", levels={str(number): number for number in scales.levels(scale)})
    for number in scales.levels(scale):
        assert scales.converted(number, scale, scale, None) == pytest.approx(number)
        assert scales.converted(number, scale, scale, same) == number


@given(SCALES, SCALES, st.data())
def test_a_mapping_level_by_level_says_where_each_number_goes(old: Scale, new: Scale, data: st.DataObject) -> None:
    goes = {str(number): data.draw(st.sampled_from(scales.levels(new))) for number in scales.levels(old)}
    converts = Converts(from_=1, by="levels", levels=goes)
    assert scales.unmapped(old, converts) == []
    for number in scales.levels(old):
        assert scales.converted(number, old, new, converts) == goes[str(number)]
    left_out = str(data.draw(st.sampled_from(scales.levels(old))))
    short = {number: level for number, level in goes.items() if number != left_out} or {"99": new.min}
    assert left_out in scales.unmapped(old, Converts(from_=1, by="levels", levels=short))


def test_what_lies_off_the_old_scale_is_not_converted() -> None:
    with pytest.raises(ValueError, match="does not lie"):
        scales.converted(6, Scale(min=1, max=5), Scale(min=1, max=10), None)
