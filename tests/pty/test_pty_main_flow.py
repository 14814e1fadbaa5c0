"""The main flow in a real terminal, from home to the completed note, with every key beside the free text counted."""

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

BUDGET = 40
BY_THE_CONTRACTS_KEYS = 36
INDICATORS = ("mod", "energi", "overblik", "jobtro", "netvaerk")


def write(terminal: Terminal, text: str) -> None:
    """Types text and waits until it stands on the screen."""
    terminal.type(text)
    terminal.wait_for(text)


def flow(terminal: Terminal) -> None:
    """Home to note: three agenda items agreed and done, five scores with remarks, two whole steps."""
    terminal.wait_for("Åbne kladder")
    terminal.press("/")
    write(terminal, "mette")
    terminal.press("enter")
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    write(terminal, "Hjælp til at komme i gang")
    terminal.press("tab")
    for topic in ("Lager eller butik", "Truckkort", "Økonomi"):
        write(terminal, topic)
        terminal.press("enter")
        terminal.wait_for(f"● {topic}")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("space", "space", "space")
    terminal.wait_for("✓ Økonomi")
    for place, score in enumerate("75586"):
        terminal.press(score, "enter")
        remark = f"Bemærkning {place + 1} på {score}"
        write(terminal, remark)
        terminal.press("enter")
        terminal.wait_for(f"✎ {remark}")
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    for what, how, when in (("Ringe til Bilka", "Torsdag", "11/6"), ("Sende CV", "Med Lis", "2026-06-18")):
        write(terminal, what)
        terminal.press("tab")
        write(terminal, how)
        terminal.press("tab")
        write(terminal, when)
        terminal.press("enter")
        terminal.wait_for(f"{what} – {how}")
    terminal.press("f9")
    terminal.wait_for("Enter afslutter")
    terminal.wait_for("UDKAST")
    terminal.press("enter")
    terminal.wait_for("Notatet er skrevet")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_from_home_to_the_completed_note_within_the_budget(desk: Desk, size: tuple[int, int]) -> None:
    terminal = desk.start(size=size)
    flow(terminal)
    assert terminal.strokes == [
        "/", "enter", "n",  # find her, open, begin
        "f3", "tab", "enter", "enter", "enter",  # the need; three items
        "f4", "space", "space", "space",  # done, done, done
        *["7", "enter", "enter", "5", "enter", "enter", "5", "enter", "enter"],
        *["8", "enter", "enter", "6", "enter", "enter"],
        "f5", "tab", "tab", "enter", "tab", "tab", "enter",  # two steps
        "f9", "enter",
    ]  # fmt: skip
    assert len(terminal.strokes) == BY_THE_CONTRACTS_KEYS <= BUDGET
    assert terminal.leave() == 0

    session = "mette-i-dag"
    assert desk.sql("SELECT status, need FROM session WHERE key = ?", session) == [
        ("completed", "Hjælp til at komme i gang")
    ]
    items = "SELECT topic, state FROM agenda_item WHERE session = ? ORDER BY position"
    assert desk.sql(items, session) == [
        ("Lager eller butik", "done"),
        ("Truckkort", "done"),
        ("Økonomi", "done"),
    ]
    scores = dict.fromkeys(INDICATORS)
    for place, (key, value) in enumerate(zip(INDICATORS, (7, 5, 5, 8, 6), strict=True)):
        scores[key] = (value, f"Bemærkning {place + 1} på {value}")
    found = desk.sql("SELECT indicator, value, remark FROM score WHERE session = ?", session)
    assert {key: (value, remark) for key, value, remark in found} == scores
    steps = "SELECT what, how, when_ FROM step WHERE session = ? ORDER BY position"
    assert desk.sql(steps, session) == [
        ("Ringe til Bilka", "Torsdag", "2026-06-11"),
        ("Sende CV", "Med Lis", "2026-06-18"),
    ]
    ((note,),) = desk.sql("SELECT text FROM note WHERE session = ?", session)
    for text in ("Økonomi", "Bemærkning 4 på 8", "Sende CV", "Hjælp til at komme i gang"):
        assert text in note
