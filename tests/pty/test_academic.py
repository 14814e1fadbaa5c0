"""A session with an academic for whom indicators are not used: three job goals, three items, two steps, no scores."""

from typing import Any

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal
from tests.tui import caseload

BUDGET = 40
GOALS = {"A": "Analysechef", "B": "Økonom i en styrelse", "C": "Underviser på gymnasiet"}
TOPICS = ("To netværk at skrive til", "Udkastet til styrelsen", "Pædagogikum: hvad kræver det")
STEPS = (("Skrive til Lone fra studiet", "Kort og konkret", "11/6"), ("Sende udkastet", "Til mig først", "2026-06-18"))
INDICATORS = ("Indikatorer", "skalaer", "Aftale om", "score", "mod på trin")


def _academic() -> list[dict[str, Any]]:
    goals = [
        {
            "kind": "job_goal",
            "key": f"signes-{grade.lower()}",
            "citizen": "signe-dam",
            "grade": grade,
            "position": position,
            "realistic": "yes",
            "from": "2026-01-05",
        }
        for grade, position in GOALS.items()
    ]
    reason = "Hun er selvkørende; samtalerne bruges på netværk og retning"
    return [
        *caseload.RECORDS,
        {
            "kind": "citizen",
            "key": "signe-dam",
            "name": "Signe Dam",
            "case_key": "24-3300",
            "target_group": "dagpenge",
            "caseworker": "anne",
            "contact_start": "2026-01-05",
            "indicators_used": {"use": False, "reason": reason},
        },
        *goals,
    ]


def _write(terminal: Terminal, text: str) -> None:
    terminal.type(text)
    terminal.wait_for(text)


def _no_indicators(terminal: Terminal) -> None:
    terminal.quiet()
    shown = [one for one in INDICATORS if one.lower() in terminal.screen.lower()]
    assert not shown, f"{shown}:\n{terminal.screen}"


def _held(terminal: Terminal) -> None:
    """From home to the completed note."""
    terminal.wait_for("Åbne kladder")
    terminal.press("/")
    _write(terminal, "signe")
    terminal.press("enter")
    terminal.wait_for("24-3300")
    terminal.wait_for("g graf")
    terminal.quiet()
    assert "i indikatorer" not in terminal.screen
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.wait_for("Dagpenge")
    terminal.quiet()
    if "Jobmål" in terminal.screen:
        for grade, position in GOALS.items():
            terminal.wait_for(f"{grade} {position}")
    _no_indicators(terminal)
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    _no_indicators(terminal)
    terminal.press("tab")
    _write(terminal, "En der tænker med på retningen")
    terminal.press("tab")
    for topic in TOPICS:
        _write(terminal, topic)
        terminal.press("enter")
        terminal.wait_for(f"● {topic}")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("space", "space", "space")
    terminal.wait_for(f"✓ {TOPICS[-1]}")
    _no_indicators(terminal)
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    for what, how, when in STEPS:
        for part, key in ((what, "tab"), (how, "tab"), (when, "enter")):
            _write(terminal, part)
            terminal.press(key)
        terminal.wait_for(f"{what} – {how}")
    terminal.press("f9")
    terminal.wait_for("Enter afslutter")
    terminal.wait_for("UDKAST")
    _no_indicators(terminal)
    terminal.press("enter")
    terminal.wait_for("Notatet er skrevet")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_an_academic_without_indicators_within_the_budget(desk: Desk, size: tuple[int, int]) -> None:
    desk.path = caseload.make(desk.home / "academic.db", _academic())
    terminal = desk.start("--db", str(desk.path), "--user", "anne", size=size)
    _held(terminal)
    assert terminal.strokes == [
        "/", "enter", "n",  # find her, open, begin
        "f3", "tab", "tab", "enter", "enter", "enter",  # a first session: past the frame to the need; three items
        "f4", "space", "space", "space",  # done, done, done; no scale form follows
        "f5", "tab", "tab", "enter", "tab", "tab", "enter",  # two steps
        "f9", "enter",
    ]  # fmt: skip
    assert len(terminal.strokes) <= BUDGET
    assert terminal.leave() == 0

    ((key, status),) = desk.sql("SELECT key, status FROM session WHERE citizen = 'signe-dam'")
    assert status == "completed"
    assert desk.sql("SELECT count(*) FROM score WHERE session = ?", key) == [(0,)]
    items = desk.sql("SELECT topic, state FROM agenda_item WHERE session = ? ORDER BY position", key)
    assert items == [(topic, "done") for topic in TOPICS]
    steps = desk.sql("SELECT what, how, when_ FROM step WHERE session = ? ORDER BY position", key)
    assert steps == [(*STEPS[0][:2], "2026-06-11"), STEPS[1]]
    ((note,),) = desk.sql("SELECT text FROM note WHERE session = ?", key)
    for text in (*TOPICS, *GOALS.values(), STEPS[0][0], "En der tænker med på retningen"):
        assert text in note
    assert "ndikator" not in note
