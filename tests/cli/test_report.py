"""`report change`: counts by indicator and activity, by the graph's rule, with small groups hidden."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui.casework.facts import change_report
from jobsamtale_tui.method import suppression

from .conftest import Run, as_lines

GOLDEN = """\
Activity             Indicator                Citizens  Real rise  Real fall  May be chance  Too few scores
(all)                Belief in getting a job  25        8          –          10             –
employment activity  Belief in getting a job  12        –          0          –              0
"""


def _citizen(number: int, unit: str, first: int, last: int | None, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    key = f"b{number:02}"
    yield {"kind": "citizen", "key": key, "name": f"Borger {number}", "caseworker": f"kons-{unit}"}
    for place, value in enumerate([first] if last is None else [first, last]):
        yield {
            "kind": "session",
            "key": f"{key}-{place}",
            "citizen": key,
            "held_at": f"2026-0{1 + place}-12T09:00:00Z",
            "status": "completed",
            "scores": [
                {"indicator": "jobtro", "value": value},
                {"indicator": "jobtro", "value": 5, "by": "caseworker"},
            ],
        }
    for field in fields:
        yield {
            "kind": "activity",
            "key": f"{key}-{field}",
            "citizen": key,
            "name": "Forløb",
            "field": field,
            "from": "2026-01-20",
        }


def _records() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = [{"kind": "unit", "key": key, "name": key} for key in ("nord", "syd")]
    records += [{"kind": "caseworker", "key": f"kons-{key}", "name": key, "unit": key} for key in ("nord", "syd")]
    people: list[tuple[int, int | None]] = [(3, 7)] * 8 + [(5, 6)] * 10 + [(7, 2)] * 3 + [(4, None)] * 4
    for number, (first, last) in enumerate(people):
        field = ("employment",) if number < 4 or 8 <= number < 16 else ("health",) if number == 20 else ()
        records += _citizen(number, "syd" if number in (0, 8, 9) else "nord", first, last, field)
    return records


@pytest.fixture
def counted(run: Run, home: Path) -> Path:
    source = home / "many.jsonl"
    source.write_text(as_lines(_records()), encoding="utf-8")
    assert run("import", source).code == 0
    return source


def test_the_table_hides_small_groups_and_what_gives_them_away(run: Run, counted: Path) -> None:
    done = run("report", "change")
    assert (done.code, done.out) == (0, GOLDEN)
    assert run("report", "change").out == done.out


def test_the_json_has_null_for_what_is_hidden(run: Run, counted: Path) -> None:
    found = run("report", "change", "--format", "json").json
    assert {key: found[key] for key in ("since", "until", "unit", "by", "least", "left_out")} == {
        "since": None,
        "until": None,
        "unit": None,
        "by": "citizen",
        "least": 5,
        "left_out": 1,
    }
    assert found["lines"][0] == {
        "field": None,
        "indicator": "jobtro",
        "name": "Troen på et job",
        "citizens": 25,
        "real_rise": 8,
        "real_fall": None,
        "within_chance": 10,
        "too_few": None,
    }


def test_an_unknown_unit_is_answered_with_those_that_there_are(run: Run, counted: Path) -> None:
    refused = run("report", "change", "--unit", "øst")
    assert refused.code == 3
    assert refused.err == "jobsamtale: There is no unit øst. Choose one of: nord, syd.\n"
    near = run("report", "change", "--unit", "Nord")
    assert near.err == "jobsamtale: There is no unit Nord. Did you mean nord?\n"


def test_a_small_unit_is_not_given_away_by_the_only_other(run: Run, counted: Path) -> None:
    for unit in ("syd", "nord"):
        found = run("report", "change", "--unit", unit, "--format", "json").json
        assert (found["lines"], found["unit"]) == ([], unit)
        assert found["left_out"] > 0


def test_period_and_rater(run: Run, counted: Path) -> None:
    first = run("report", "change", "--until", "2026-01-31", "--format", "json").json
    assert first["lines"][0]["too_few"] == 25
    assert first["until"] == "2026-01-31"
    other = run("report", "change", "--by", "caseworker", "--format", "json").json
    assert (other["lines"][0]["within_chance"], other["lines"][0]["real_rise"]) == (None, 0)
    assert run("report", "change", "--since", "2027-01-01", "--format", "json").json["lines"] == []


def test_what_is_not_there_is_refused(run: Run, counted: Path) -> None:
    assert run("report", "change", "--unit", "vest").code == 3
    assert run("report", "change", "--by", "chef").code == 2
    assert run("report", "change", "--since", "2026-02-01", "--until", "2026-01-01").code == 2
    assert run("report", "chnage").code == 2


def test_the_report_agrees_with_the_graph(run: Run, counted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "LEAST", 0)
    line = run("report", "change", "--format", "json").json["lines"][0]
    judged = [run("graph", f"b{number:02}", "--format", "json").json["series"][0]["judgement"] for number in range(25)]
    assert {name: judged.count(name) for name in change_report.OUTCOMES} == {
        name: line[name] for name in change_report.OUTCOMES
    }
    assert json.dumps(line).count("null") == 1
