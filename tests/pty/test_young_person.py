"""A young person with four barriers, new in the house: from the empty form to the completed note in a real terminal.

Indicators are chosen on the way, in the session. Every key beside the free text is counted.
"""

import json

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

BARRIERS = ("angst", "bolig", "gæld", "søvn")
CHOSEN = (("helbred", "Angsten styrer dagen"), ("hverdag", "Han vil op om morgenen"), ("netvaerk", "Han er alene"))
COUNTED = 48
"""The keys as they are today: a change that costs keys has to say so here."""


def write(terminal: Terminal, text: str) -> None:
    """Types text and waits until it stands on the screen."""
    terminal.type(text)
    terminal.wait_for(text[-30:])


def make_citizen(terminal: Terminal) -> None:
    """Name, CPR number and target group; the key makes itself."""
    terminal.wait_for("Åbne kladder")
    terminal.press("+")
    write(terminal, "Emil Vang")
    terminal.press("enter", "enter", "enter")
    terminal.type("0102071234")
    terminal.wait_for("0102071234")
    terminal.press("enter", "u")
    terminal.wait_for("Uddannelsesparat")
    terminal.press("f10")
    terminal.wait_for("emil-vang · 010207-••••")


def decide_and_choose(terminal: Terminal) -> None:
    """The decision with its reason and barriers, then three indicators, each with its reason."""
    terminal.press("i")
    terminal.wait_for("○ ")
    terminal.press("right", "enter")
    write(terminal, "Små skridt skal kunne ses")
    terminal.press("enter")
    write(terminal, ", ".join(BARRIERS))
    terminal.press("enter")
    terminal.wait_for("Hverdagen")
    for search, (_key, reason) in zip(("helb", "hverdagen", "netv"), CHOSEN, strict=True):
        terminal.press("/")
        terminal.type(search)
        terminal.quiet()
        terminal.press("enter")
        if search == "hverdagen":  # the first is the one about health
            terminal.press("n")
        terminal.press("enter")
        write(terminal, reason)
        terminal.press("enter")

        def chosen(said: str = reason) -> bool:
            return any(said in one and "●" in one for one in terminal.screen.splitlines())

        terminal.wait_for(chosen)
    terminal.press("escape")


def test_from_a_new_citizen_to_a_completed_note(desk: Desk) -> None:
    terminal = desk.start()
    make_citizen(terminal)
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    terminal.press("tab")
    write(terminal, "Hjælp til at komme i gang")
    terminal.press("tab")
    write(terminal, "En plan for ugen")
    terminal.press("enter")
    terminal.wait_for("● En plan for ugen")
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("space")
    terminal.wait_for("✓ En plan for ugen")
    decide_and_choose(terminal)
    terminal.wait_for("▸3 ")
    for score, remark in zip("342", ("Står op klokken ti", "Går ud hver dag", "Ringer til sin mor"), strict=True):
        terminal.press(score, "enter")
        write(terminal, remark)
        terminal.press("enter")
        terminal.wait_for(f"✎ {remark}")
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    write(terminal, "Gå en tur kl. 9")
    terminal.press("tab")
    write(terminal, "Med hunden")
    terminal.press("tab")
    write(terminal, "10/6")
    terminal.press("enter")
    terminal.wait_for("Gå en tur kl. 9 – Med hunden")
    terminal.press("f9")
    terminal.wait_for("UDKAST")
    terminal.press("enter")
    terminal.wait_for("samtalen er afsluttet")
    assert terminal.leave() == 0

    [(text,)] = desk.sql("SELECT n.text FROM note n JOIN session s ON s.key = n.session WHERE s.citizen = 'emil-vang'")
    for _indicator, reason in CHOSEN:
        assert reason in text
    for score in ("Står op klokken ti", "Går ud hver dag", "Ringer til sin mor"):
        assert score in text
    assert "1234" not in text
    [(decision,)] = desk.sql("SELECT indicators_used FROM citizen WHERE key = 'emil-vang'")
    assert json.loads(decision) == {"use": True, "reason": "Små skridt skal kunne ses", "barriers": list(BARRIERS)}
    assert desk.sql(
        "SELECT indicator, reason FROM agreement_indicator WHERE agreement NOT LIKE 'aftale%' ORDER BY position"
    ) == [CHOSEN[0], CHOSEN[1], CHOSEN[2]]
    assert len(terminal.strokes) == COUNTED, terminal.strokes
