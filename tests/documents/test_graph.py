import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from jobsamtale_tui import i18n
from jobsamtale_tui.documents.graph import facts as graph_facts
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.method.progress import Reading, series
from jobsamtale_tui.method.yardstick import ASSUMED_RELIABILITY, ASSUMED_SD
from jobsamtale_tui.records import Activity, Converts, Indicator, Rater, ReliableChange, Scale, Wording, Words

START = datetime(2026, 2, 2, 9, tzinfo=UTC)
DAYS = (0, 14, 35, 63, 90, 120)
NAMES = {"hverdag": "Hverdagen", "jobtro": "Troen på et job", "fremmoede": "Fremmøde"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n._catalogue[:]
    i18n.use("en")
    yield
    i18n._catalogue[:] = before


def readings(indicator: str, *values: int, by: Rater = "citizen", older: int = 0, older_max: int = 5) -> list[Reading]:
    """A score a session; the first `older` ones on an earlier version, from 1 to `older_max`."""
    return [
        Reading(
            at=START + timedelta(days=DAYS[number]),
            session=f"s{number}",
            indicator=indicator,
            version=1 if number < older else 2,
            value=value,
            by=by,
            min=1,
            max=older_max if number < older else 10,
        )
        for number, value in enumerate(values)
    ]


def facts(*found: list[Reading], activities: tuple[Activity, ...] = ()) -> GraphFacts:
    return GraphFacts(
        citizen="per",
        citizen_name="Per Hansen",
        series=series([reading for some in found for reading in some], NAMES),
        activities=activities,
    )


PRACTICE = Activity(
    key="praktik",
    citizen="per",
    name="Praktik i børnehave",
    field="employment",
    from_=date(2026, 3, 1),
    until=date(2026, 4, 1),
)
THREE = facts(
    readings("hverdag", 3, 3, 4, 5, 6, 7),
    readings("jobtro", 5, 5, 6, 6, 6, 7),
    readings("fremmoede", 4, 4, 4, 3, 3, 1),
    activities=(PRACTICE,),
)


def test_the_document_has_the_shape_of_the_contract() -> None:
    one = facts(readings("hverdag", 4, 7), activities=(PRACTICE,))
    assert json.loads(json.dumps(graph_facts.document(one))) == {
        "citizen": "per",
        "from": "2026-02-02",
        "until": "2026-02-16",
        "series": [
            {
                "indicator": "hverdag",
                "name": "Hverdagen",
                "by": "citizen",
                "points": [
                    {
                        "at": "2026-02-02T09:00:00Z",
                        "session": "s0",
                        "value": 4,
                        "version": 2,
                        "min": 1,
                        "max": 10,
                        "share": 1 / 3,
                    },
                    {
                        "at": "2026-02-16T09:00:00Z",
                        "session": "s1",
                        "value": 7,
                        "version": 2,
                        "min": 1,
                        "max": 10,
                        "share": 2 / 3,
                    },
                ],
                "first": 4,
                "last": 7,
                "change": 3,
                "judgement": "real_rise",
                "threshold": {"levels": 3, "sd": 2, "reliability": 0.8, "source": None, "local": False},
            }
        ],
        "activities": [{"key": "praktik", "name": "Praktik i børnehave", "from": "2026-03-01", "until": "2026-04-01"}],
        "gaps": [],
        "around": [
            {
                "activity": "praktik",
                "indicator": "hverdag",
                "by": "citizen",
                "before": {"readings": 2, "mean": 5.5, "slope": 6.4286},
                "during": {"readings": 0, "mean": None, "slope": None},
                "after": {"readings": 0, "mean": None, "slope": None},
            }
        ],
    }
    assert list(graph_facts.document(one))[:5] == ["citizen", "from", "until", "series", "activities"]


def test_points_of_an_earlier_version_say_where_they_stand_on_the_newest() -> None:
    found = graph_facts.document(facts(readings("hverdag", 3, 8, older=1)))["series"][0]
    assert found["points"][0]["converted"] is False
    assert found["points"][0]["newest"] == {"version": 2, "min": 1, "max": 10, "value": 5.5}
    assert (found["points"][0]["value"], found["points"][0]["share"]) == (3, 0.5)
    assert "newest" not in found["points"][1]
    assert (found["change"], found["judgement"]) == (None, "within_chance")


def test_the_gap_between_the_two_raters_is_in_the_document() -> None:
    both = facts(readings("hverdag", 3, 4), readings("hverdag", 5, 4, by="caseworker"))
    assert [(gap["session"], gap["levels"]) for gap in graph_facts.document(both)["gaps"]] == [("s0", 2), ("s1", 0)]


def test_the_document_of_nobody_scored_is_empty() -> None:
    assert graph_facts.document(facts()) == {
        "citizen": "per",
        "from": None,
        "until": None,
        "series": [],
        "activities": [],
        "gaps": [],
        "around": [],
    }


def test_rows_are_one_a_point_with_rounded_shares() -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, graph_facts.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(graph_facts.rows(facts(readings("hverdag", 4, 7))))
    assert out.getvalue() == (
        "indicator,name,by,at,session,value,version,min,max,share\n"
        "hverdag,Hverdagen,citizen,2026-02-02T09:00:00Z,s0,4,2,1,10,0.3333\n"
        "hverdag,Hverdagen,citizen,2026-02-16T09:00:00Z,s1,7,2,1,10,0.6667\n"
    )


EXPECTED = """\
Per Hansen: scores from 1 to 10
10┤
 9┤
 8┤
 7┤                                                                   AB
 6┤                    B---------------B--------------AB---------------
 5┤B-------B-----------                A··············
 4┤C=======C===========AC··············
 3┤A·······A··········· ===============C==============C
 2┤                                                    ========
 1┤                                                            ========C
  └┬───────────────────┬───────────────┬──────────────┬────────────────┬
 02.02.26          09.03.26        06.04.26       03.05.26     02.06.26

A·· Hverdagen (citizen)        3 → 7  +4  real rise
B-- Troen på et job (citizen)  5 → 7  +2  may be chance
C== Fremmøde (citizen)         4 → 1  -3  real fall
Real: beyond chance, if SD is 2 and r is 0.8 (local assumptions)

Activities
01.03.26–01.04.26 Praktik i børnehave"""


def test_a_drawing_of_three_series() -> None:
    assert graph_facts.draw(THREE, 72, 24) == EXPECTED


def test_text_has_no_escape_codes_and_colour_adds_nothing_else() -> None:
    plain = graph_facts.draw(THREE, 80, 24)
    assert "\x1b" not in plain
    coloured = graph_facts.draw(THREE, 80, 24, colour=True)
    assert "\x1b[38;5;" in coloured
    stripped = Text.from_ansi(coloured).plain
    assert [line.rstrip() for line in stripped.split("\n")] == plain.split("\n")


def test_the_same_facts_give_the_same_bytes_in_any_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    first = graph_facts.draw(THREE, 120, 40, colour=True)
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setenv("LINES", "5")
    monkeypatch.setenv("TERM", "dumb")
    assert graph_facts.draw(facts(readings("hverdag", 1)), 80, 24) != first
    assert graph_facts.draw(THREE, 120, 40, colour=True) == first


def test_every_level_has_a_tick_where_there_is_room() -> None:
    ticks = [line.split("┤")[0].strip() for line in graph_facts.draw(THREE, 80, 24).split("\n") if "┤" in line]
    assert ticks == [str(level) for level in range(10, 0, -1)]


def test_letters_stand_at_the_scores_and_side_by_side_where_they_meet() -> None:
    rows = {
        line.split("┤")[0].strip(): line.split("┤")[1]
        for line in graph_facts.draw(THREE, 80, 24).split("\n")
        if "┤" in line
    }
    assert rows["7"].endswith("AB")
    assert rows["1"].rstrip().endswith("C")
    assert rows["3"].startswith("A")
    assert rows["8"] == ""


def test_the_days_stand_in_danish_order_apart_from_each_other() -> None:
    days = next(line for line in graph_facts.draw(THREE, 80, 24).split("\n") if "02.02.26" in line)
    assert days.split() == ["02.02.26", "09.03.26", "06.04.26", "03.05.26", "02.06.26"]


def test_the_legend_says_values_change_and_judgement() -> None:
    drawn = graph_facts.draw(THREE, 80, 24)
    assert "A·· Hverdagen (citizen)        3 → 7  +4  real rise" in drawn
    assert "B-- Troen på et job (citizen)  5 → 7  +2  may be chance" in drawn
    assert "C== Fremmøde (citizen)         4 → 1  -3  real fall" in drawn
    assert "01.03.26–01.04.26 Praktik i børnehave" in drawn
    same = facts(readings("hverdag", 4, 5, 4))
    assert "A·· Hverdagen (citizen)  4 → 4  0  unchanged" in graph_facts.draw(same, 80, 24)
    assert graph_facts.document(same)["series"][0]["judgement"] == "within_chance"
    narrow = graph_facts.draw(THREE, 40, 12)
    assert "A·· Hverdagen       3→7 +4 real rise" in narrow
    assert "B-- Troen på et job 5→7 +2 uncertain" in narrow


def test_the_two_raters_are_told_apart() -> None:
    both = facts(readings("hverdag", 3, 4), readings("hverdag", 5, 5, by="caseworker"))
    assert "B-- Hverdagen (caseworker)" in graph_facts.draw(both, 80, 24)
    assert "B-- Hverdagen (cw.)" in graph_facts.draw(both, 40, 12)


def test_the_assumptions_behind_real_are_said_where_there_is_room() -> None:
    assert f"SD is {ASSUMED_SD:g} and r is {ASSUMED_RELIABILITY} (local assumptions)" in graph_facts.draw(THREE, 80, 24)
    assert "SD" not in graph_facts.draw(THREE, 40, 12)


def test_indicators_of_different_range_are_drawn_as_shares() -> None:
    five = [replace(one, max=5) for one in readings("jobtro", 3, 4)]
    drawn = graph_facts.draw(facts(readings("hverdag", 3, 6), five), 80, 24)
    assert drawn.startswith("Per Hansen: per cent of each scale\n100┤")
    assert "3 → 4 (1–5)" in drawn


def test_older_points_stand_on_the_newest_scale_and_are_marked() -> None:
    drawn = graph_facts.draw(facts(readings("hverdag", 3, 3, 6, 7, older=2)), 80, 24)
    assert drawn.startswith("Per Hansen: scores from 1 to 10\n10┤")
    assert " 5┤a" in drawn
    assert "3 (1–5) → 7 (1–10)" in drawn
    assert "small letter: on an earlier scale, by share of the range" in drawn
    assert "3/5→7/10" in graph_facts.draw(facts(readings("hverdag", 3, 3, 6, 7, older=2)), 40, 12)


def test_points_that_a_mapping_places_are_said_to_be_converted() -> None:
    levels = {"1": 1, "2": 2, "3": 3, "4": 6, "5": 10}
    versions = {"hverdag": {1: version(1, 5), 2: version(2, 10, Converts(from_=1, by="levels", levels=levels))}}
    mapped = series(readings("hverdag", 3, 4, 6, older=2), NAMES, versions)
    one = GraphFacts(citizen="per", citizen_name="Per", series=mapped, activities=())
    drawn = graph_facts.draw(one, 80, 24)
    assert " 3┤a" in drawn
    assert "small letter: on an earlier scale, converted" in drawn
    assert graph_facts.document(one)["series"][0]["points"][1]["newest"]["value"] == 6
    both = facts(readings("jobtro", 3, 4, 6, older=2))
    drawn = graph_facts.draw(replace(one, series=[*mapped, *both.series]), 80, 24)
    assert "small letter: on an earlier scale (a converted, b by share)" in drawn


def test_a_threshold_of_the_indicators_own_is_said() -> None:
    own = {"hverdag": {2: version(2, 10, limit=ReliableChange(threshold=5))}}
    found = series(readings("hverdag", 3, 7), NAMES, own)
    drawn = graph_facts.draw(GraphFacts(citizen="per", citizen_name="Per", series=found, activities=()), 80, 24)
    assert "Real: from 5 levels on (local assumption)" in drawn
    assert "may be chance" in drawn


def version(number: int, high: int, converts: Converts | None = None, limit: ReliableChange | None = None) -> Indicator:
    return Indicator(
        key="hverdag",
        version=number,
        name=Words(da="Hverdagen"),
        question=Wording(da=""),
        scale=Scale(min=1, max=high),
        status="active",
        converts=converts,
        reliable_change=limit,
    )


def test_one_score_is_too_few() -> None:
    drawn = graph_facts.draw(facts(readings("hverdag", 3)), 80, 24)
    assert "A·· Hverdagen (citizen)  3    too few scores to judge" in drawn
    assert "02.02.26" in drawn
    assert "Real:" not in drawn


def test_series_that_the_legend_has_no_room_for_are_counted() -> None:
    many = facts(*[readings(f"i{number:02}", 3, 4) for number in range(22)])
    assert "18 more not drawn" in graph_facts.draw(many, 40, 12)
    assert "more not drawn" not in graph_facts.draw(many, 80, 40)


def test_without_scores_a_sentence_says_what_to_do() -> None:
    assert graph_facts.draw(facts(), 80, 24) == (
        "No scores yet. Score an indicator in a session, and the graph begins here."
    )


def test_too_small_a_box_gets_a_sentence_that_fits() -> None:
    drawn = graph_facts.draw(THREE, 39, 24)
    assert drawn == "The graph needs at least 40 columns and\n12 lines"
    assert graph_facts.draw(THREE, 80, 11) == "The graph needs at least 40 columns and 12 lines"


def test_names_are_shown_as_text() -> None:
    odd = GraphFacts(
        citizen="x",
        citizen_name="\x1b[31mRød\u202e",
        series=series(readings("hverdag", 1, 2), {"hverdag": "[b]Navn[/b]\nto"}),
        activities=(),
    )
    drawn = graph_facts.draw(odd, 80, 24)
    assert "\x1b" not in drawn
    assert "⟨001B⟩[31mRød⟨202E⟩: scores" in drawn
    assert "[b]Navn[/b] to (citizen)" in drawn


RANGES = st.sampled_from([(1, 10), (0, 4), (-5, 5), (1, 2), (1, 8), (990, 1000)])


@st.composite
def any_facts(draw: st.DrawFn) -> GraphFacts:
    found = []
    for number in range(draw(st.integers(1, 30))):
        ranges = [draw(RANGES)] * 8 if draw(st.booleans()) else [draw(RANGES) for _ in range(2)] * 4
        for session in range(draw(st.integers(1, 8))):
            low, high = ranges[session]
            found.append(
                Reading(
                    at=START + timedelta(hours=draw(st.integers(0, 9000))),
                    session=f"s{session}",
                    indicator=f"i{number}",
                    version=1,
                    value=draw(st.integers(low, high)),
                    by=draw(st.sampled_from(["citizen", "caseworker"])),
                    min=low,
                    max=high,
                )
            )
    name = draw(st.text(max_size=60) | st.sampled_from(["漢字" * 20, "👩‍👩‍👧‍👦" * 9, "é̂" * 30]))
    return GraphFacts(
        citizen="x",
        citizen_name=name,
        series=series(found, {f"i{number}": name for number in range(30)}),
        activities=(PRACTICE,) * draw(st.integers(0, 3)),
    )


@given(any_facts(), st.integers(1, 200), st.integers(1, 60))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_drawing_stays_within_its_box(some: GraphFacts, width: int, height: int) -> None:
    for colour in (False, True):
        lines = Text.from_ansi(graph_facts.draw(some, width, height, colour)).plain.split("\n")
        assert len(lines) <= height
        assert max(cell_len(line) for line in lines) <= width


def test_activities_that_have_no_room_are_counted() -> None:
    many = GraphFacts(citizen="x", citizen_name="Per", series=THREE.series, activities=(PRACTICE,) * 9)
    lines = graph_facts.draw(many, 80, 24).split("\n")
    assert lines[-2:] == ["01.03.26–01.04.26 Praktik i børnehave", "… and 6 more"]
    assert "Activities" not in graph_facts.draw(many, 80, 12)
