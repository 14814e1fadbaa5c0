"""The graph in the whole window: what is chosen, the period, stages, activities, and where a cursor stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from tests.documents.test_graph import PRACTICE, START, THREE, any_facts, facts, readings

from jobsamtale_tui import dates
from jobsamtale_tui.documents.graph import large as graph_large
from jobsamtale_tui.documents.graph import reading as graph_reading
from jobsamtale_tui.documents.graph.choice import Choice, Large
from jobsamtale_tui.documents.graph.facts import GraphFacts, Remarks
from jobsamtale_tui.records import Activity, FollowUp, Scale, Score, Stage, Words

STAGES = (
    Stage(from_=1, to=5, name=Words(da="Svært")),
    Stage(from_=6, to=10, name=Words(da="På vej")),
)
BOTH = replace(
    facts(
        readings("hverdag", 3, 3, 4, 5, 6, 7),
        readings("hverdag", 6, 3, 1, 5, 6, 9, by="caseworker"),
        readings("jobtro", 5, 5, 6),
        activities=(PRACTICE,),
    ),
    scales={"hverdag": Scale(min=1, max=10, stages=STAGES)},
    remarks={
        "s2": Remarks(
            session="Der var ro på.",
            scores=(Score(indicator="hverdag", version=2, value=4, by="citizen", remark="Sover bedre"),),
        )
    },
)


def drawn(choice: Choice, width: int = 80, height: int = 18, found: GraphFacts = BOTH) -> Large:
    return graph_large.draw(found, choice, width, height, colour=False)


def text(large: Large) -> str:
    return "\n".join(large.lines)


def test_one_indicator_has_both_lines_the_gap_between_and_its_stages() -> None:
    large = drawn(Choice(indicators=("hverdag",)))
    assert "A·· Hverdagen (citizen)" in text(large)
    assert "B-- Hverdagen (caseworker)" in text(large)
    assert "C== " not in text(large)
    assert "┊" in text(large)
    assert [line.split()[-1] for line in large.lines if "┐" in line] == ["vej", "Svært"]
    assert len(large.bands) == 1


def test_the_indicators_are_numbered_and_those_that_show_are_marked() -> None:
    assert "1● Hverdagen 2● Troen på et job" in text(drawn(Choice()))
    assert "1○ Hverdagen 2● Troen på et job" in text(drawn(Choice(indicators=("jobtro",))))


def test_a_series_keeps_its_letter_whatever_is_chosen() -> None:
    assert "C== Troen på et job (citizen)" in text(drawn(Choice(indicators=("jobtro",))))
    only = text(drawn(Choice(by="caseworker")))
    assert "B-- Hverdagen (caseworker)" in only
    assert "(citizen)" not in only


def test_activities_are_bars_under_the_axis() -> None:
    bar = next(line for line in drawn(Choice()).lines if "Praktik" in line)
    assert bar.strip().startswith("━━━━")
    pointing = replace(BOTH, activities=(replace(PRACTICE, goal="g", responsible="Bo Lund"),), goals={"g": "A Kok"})
    assert "børnehave → A Kok · Bo Lund" in text(drawn(Choice(), 140, found=pointing))
    assert ("→ A Kok · Bo Lund", "") in graph_reading.around_lines(pointing)
    long = Activity(key="l", citizen="per", name="Mentor", field="social", from_=date(2026, 1, 1))
    bar = next(line for line in drawn(Choice(), found=replace(BOTH, activities=(long,))).lines if "Mentor" in line)
    assert bar.strip().startswith("←")
    assert bar.endswith("→")
    many = tuple(replace(PRACTICE, key=f"p{number}") for number in range(5))
    assert "+ 3 more" in text(drawn(Choice(), found=replace(BOTH, activities=many)))
    assert "Praktik" not in text(drawn(Choice(), found=replace(BOTH, activities=(_over(),))))


def _over() -> Activity:
    return replace(PRACTICE, from_=date(2025, 1, 1), until=date(2025, 3, 1))


def test_a_period_shows_its_own_days_and_the_cursor_finds_what_is_in_it() -> None:
    whole = drawn(Choice())
    assert whole.period == (date(2026, 2, 2), date(2026, 6, 2))
    assert [one.session for one in whole.moments] == ["s0", "s1", "s2", "s3", "s4", "s5"]
    assert None not in [one.column for one in whole.moments]
    part = drawn(Choice(zoom=3, at="s0"))
    assert part.period == (date(2026, 2, 2), date(2026, 5, 4))
    assert [one.column is None for one in part.moments] == [False] * 5 + [True]
    assert drawn(Choice(zoom=1)).period == whole.period


def test_the_session_under_the_cursor_in_words() -> None:
    said = graph_reading.reading_lines(BOTH, Choice(indicators=("hverdag",)), "s2", 100)
    assert said == [
        "09.03.2026 10.00",
        "A Hverdagen: 4 (the citizen) · Svært · »Sover bedre«",
        "B Hverdagen: 1 (the caseworker) · Svært · 3 below the citizen's own",
        "Remarks on the session: Der var ro på.",
    ]
    assert graph_reading.reading_lines(BOTH, Choice(), "nowhere", 100) == []


def test_what_shows_itself_in_practice_stands_where_the_activity_runs() -> None:
    def follow(day: date, shows: str | None) -> FollowUp:
        return FollowUp(on=day, nearer="yes", shows=shows)

    early, late = follow(date(2026, 3, 8), "Møder [/b] hver dag"), follow(date(2026, 3, 30), "Tager ansvar")
    assert PRACTICE.until == date(2026, 4, 1)
    found = replace(BOTH, activities=(replace(PRACTICE, follow_ups=(early, late, follow(date(2026, 3, 31), None))),))

    def said(session: str, width: int = 100) -> list[str]:
        lines = graph_reading.reading_lines(found, Choice(indicators=("jobtro",)), session, width)
        return [line for line in lines if "━" in line]

    days = {point.session: dates.local(point.at).date() for point in found.points}
    assert days["s1"] < PRACTICE.from_ < days["s2"]
    assert said("s1") == []
    assert said("s2") == ["━ Praktik i børnehave, 08.03.2026 · Shows itself in practice: Møder [/b] hver dag"]
    assert said("s2", 78) == ["09.03.2026 10.00 · ━ Praktik i børnehave: Møder [/b] hver dag"]


def test_an_older_score_says_where_it_stands() -> None:
    old = facts(readings("hverdag", 4, 8, older=1))
    said = graph_reading.reading_lines(old, Choice(), "s0", 100)
    assert said[1] == (
        "A Hverdagen: 4 (the citizen) · on the earlier scale 1–5; 7.8 on the newest, by share of the range"
    )


def test_progress_in_words_says_nothing_with_one_score() -> None:
    assert graph_reading.progress_lines(facts(readings("hverdag", 3))) == []
    assert graph_reading.progress_lines(THREE)[0] == "Hverdagen: 3 → 7, real rise"
    assert graph_reading.progress_lines(facts(readings("hverdag", 3, 8, older=1))) == [
        "Hverdagen: 3 on 1–5 → 8 on 1–10, may be chance"
    ]
    assert graph_reading.progress_lines(facts(readings("hverdag", 3, 6, 3))) == ["Hverdagen: 3 → 3, unchanged"]


def test_before_and_after_an_activity_is_told_as_what_it_is() -> None:
    said = "\n".join(line for line, _look in graph_reading.around_lines(BOTH))
    assert "It does not show that the activity did it" in said
    assert "before  mean 3 (2 scores), steady" in said
    assert "during  mean 4 (1 score)" in said
    assert "after   mean 6 (3 scores), rises" in said
    assert graph_reading.around_lines(facts())[0][0] == "There are no activities."


def test_what_cannot_be_drawn_is_a_sentence() -> None:
    assert text(drawn(Choice(), found=facts())).startswith("No scores yet.")
    assert "at least" in text(drawn(Choice(), width=50))
    assert "Nothing is chosen" in text(drawn(Choice(indicators=("jobtro",), by="caseworker")))


@given(any_facts(), st.integers(60, 180), st.integers(14, 60), st.integers(0, 3), st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_drawing_stays_within_its_box(some: GraphFacts, width: int, height: int, zoom: int, one: bool) -> None:
    first = some.series[0]
    choice = Choice(zoom=zoom, indicators=(first.indicator,) if one else (), at=first.points[0].session)
    for colour in (False, True):
        large = graph_large.draw(some, choice, width, height, colour)
        assert len(large.lines) <= height
        assert max(cell_len(Text.from_ansi(line).plain) for line in large.lines) <= width
        assert all(moment.column is None or 0 < moment.column < width for moment in large.moments)


@pytest.mark.parametrize("days", [0, 1])
def test_scores_of_one_day_are_drawn(days: int) -> None:
    close = [replace(one, at=START + timedelta(days=days * number)) for number, one in enumerate(readings("a", 1, 9))]
    assert drawn(Choice(), found=facts(close)).moments[0].column is not None
