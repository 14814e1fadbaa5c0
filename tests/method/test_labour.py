"""Which rows of the labour-market table speak of a goal, when they are old, and which openings come first."""

from datetime import date

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.documents.search_lines import outlook_line
from jobsamtale_tui.method.labour import Outlook, of_positions, old
from jobsamtale_tui.method.openings import nearest_first
from jobsamtale_tui.reference import positions

TODAY = date(2026, 6, 1)


def outlook(occupation: str, day: date = date(2026, 1, 1)) -> Outlook:
    return Outlook(occupation, "Fyn", "gode", "eksempel", day)


KNOWN = [outlook(name) for name in ("Lagermedarbejder", "Chauffør", "Social- og sundhedshjælper", "Pædagogmedhjælper")]


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("lagerarbejdere", ["Lagermedarbejder"]),
        ("Lagermedarbejder på deltid", ["Lagermedarbejder"]),
        ("social- og sundhedsmedhjælper", ["Social- og sundhedshjælper"]),
        ("Pædagogisk medhjælper", ["Pædagogmedhjælper"]),
        ("Kok", []),
        ("medarbejder", []),
        ("", []),
    ],
)
def test_occupations_are_found_by_stem(position: str, expected: list[str]) -> None:
    found = of_positions([position], KNOWN, positions.table()[0])
    assert [one.occupation for one in found] == expected


def test_a_year_is_not_old_and_a_day_more_is() -> None:
    assert not old(outlook("Kok", date(2025, 6, 1)), TODAY)
    assert old(outlook("Kok", date(2025, 5, 31)), TODAY)
    line = outlook_line(outlook("Kok", date(2025, 5, 31)), TODAY)
    assert line.startswith("! Kok, Fyn: gode (eksempel, 31.05.2025)")


def test_openings_that_go_with_a_goal_come_first() -> None:
    goal = records.JobGoal(key="g", citizen="c", grade="A", position="Lagermedarbejder", from_=TODAY)
    found = [
        records.Opening(key="1", title="Kok"),
        records.Opening(key="2", title="Jobmesse", industry="Lager og logistik"),
        records.Opening(key="3", title="Truckfører"),
    ]
    near = nearest_first(found, [goal], positions.table()[0])
    assert [(one.key, goes) for one, goes in near] == [("2", True), ("3", True), ("1", False)]
