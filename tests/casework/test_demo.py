import json
from datetime import date
from pathlib import Path

import pytest

from jobsamtale_tui import dates, i18n
from jobsamtale_tui.casework.exchange import demo
from jobsamtale_tui.store.questions import quick_reads, session_lists
from jobsamtale_tui.store.sqlite import checks

i18n.use("en")


def moved(record: dict[str, object], weeks: int) -> dict[str, object]:
    (line,) = demo.shifted([json.dumps(record)], weeks)
    found: dict[str, object] = json.loads(line)
    return found


@pytest.mark.parametrize(
    ("anchor", "today", "weeks"),
    [
        ("2026-06-01", "2026-06-07", 0),
        ("2026-06-01", "2026-06-08", 1),
        ("2026-06-03", "2026-05-31", -1),
        ("2026-01-01", "2027-01-01", 52),
    ],
)
def test_the_anchors_week_becomes_todays(anchor: str, today: str, weeks: int) -> None:
    assert demo.weeks_between(date.fromisoformat(anchor), date.fromisoformat(today)) == weeks


def test_days_and_times_move_and_ten_oclock_stays_ten() -> None:
    found = moved({"held_at": "2026-03-02T09:00:00Z", "steps": [{"when": "2026-03-30", "what": "2026-03-30"}]}, 6)
    assert found == {"held_at": "2026-04-13T08:00:00Z", "steps": [{"when": "2026-05-11", "what": "2026-03-30"}]}
    assert moved({"next": {"at": "2026-10-05T10:00:00+02:00"}}, 10) == {"next": {"at": "2026-12-14T09:00:00Z"}}


def test_numbers_that_are_called_from_stay() -> None:
    assert moved({"stages": [{"from": 1, "to": 3}]}, 4) == {"stages": [{"from": 1, "to": 3}]}


@pytest.mark.parametrize("today", ["2026-06-03", "2027-01-02"])
def test_the_demo_caseload_is_todays(tmp_path: Path, today: str) -> None:
    day = date.fromisoformat(today)
    database, user = demo.demo_database(tmp_path, day)
    assert checks.faults(database) == []
    with database.connected() as connection:
        assert quick_reads.exists(connection, "caseworker", user)
        first, last = dates.week(day)
        assert any(line.status == "planned" for line in session_lists.worklist(connection, user, first, last).lines)
