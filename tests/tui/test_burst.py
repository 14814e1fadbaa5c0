"""Keys that arrive all at once, as over a slow line, land where slow typing lands."""

import shutil
from pathlib import Path
from typing import Any

from tests.tui.driving import Drive, driving

FLOW = [
    *("/", *"mette", "enter", "n", "f3"),
    *("Jeg vil i gang", "tab"),
    *("Lager", "enter", "Truckkort", "enter", "Økonomi", "enter"),
    *("f4", "space", "space", "space"),
    *("7", "enter", "Sover godt", "enter", "5", "enter", "Træt", "enter", "4", "enter", "Kalender", "enter"),
    *("f5", "Ringe", "tab", "Torsdag", "tab", "1/7", "enter", "Skrive", "tab", "Med Lis", "tab", "2/7", "enter"),
]
NAMED = {"enter", "tab", "space", "escape", "f3", "f4", "f5", "f9"}


def strokes() -> list[str]:
    return [key for part in FLOW for key in ([part] if part in NAMED else part)]


def facts(drive: Drive) -> dict[str, Any]:
    session = drive.session("mette-i-dag")
    return {
        "where": (drive.where, drive.at),
        "need": session.need,
        "agenda": [(item.topic, item.state, item.by, item.conclusion) for item in session.agenda],
        "scores": [(one.indicator, one.value, one.remark) for one in session.scores],
        "steps": [(step.what, step.how, step.when) for step in session.steps],
        "history": [action for action, *_who in drive.history()],
    }


async def test_the_whole_flow_in_one_burst_is_the_flow_typed_slowly(db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy2(db, other)
    async with driving(db) as drive:
        await drive.press(*strokes())
        slow = facts(drive)
    async with driving(other) as drive:
        await drive.burst(*strokes())
        assert facts(drive) == slow
    assert slow["need"] == "Jeg vil i gang"
    assert [state for _topic, state, *_rest in slow["agenda"]] == ["done"] * 3
    assert slow["scores"] == [("mod", 7, "Sover godt"), ("energi", 5, "Træt"), ("overblik", 4, "Kalender")]
    assert [what for what, *_rest in slow["steps"]] == ["Ringe", "Skrive"]
    assert slow["where"] == ("phase 4", "step-what")


async def test_text_behind_a_key_that_moves_the_focus_lands_in_the_new_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.burst("f3", *"behov", "tab", *"punkt", "enter", "f5", *"skridt", "escape", "f3", *" mere")
        session = drive.session()
        assert [item.topic for item in session.agenda] == ["punkt"]
        assert [step.what for step in session.steps] == ["skridt"]
        assert sorted(drive.widget("need").value) == sorted("behov mere")


async def test_a_paste_among_keys_keeps_its_place(db: Path) -> None:
    from tests.tui.driving import key_event
    from textual import events

    async with driving(db) as drive:
        await drive.open_session("mette")
        for event in (key_event("f3"), key_event("a"), events.Paste("BC"), key_event("d"), key_event("tab")):
            drive.driver.send_message(event)
        drive.driver.send_message(events.Paste("Punkt"))
        drive.driver.send_message(key_event("enter"))
        await drive.settle()
        assert drive.session().need == "aBCd"
        assert [item.topic for item in drive.session().agenda] == ["Punkt"]


async def test_keys_before_the_first_screen_stands_are_not_lost_nor_fatal(db: Path) -> None:
    async with driving(db) as drive:
        await drive.burst("/", *"ida", "enter", "escape", "/", *"mette", "enter", "n", "f4", "9")
        assert [(one.indicator, one.value) for one in drive.session().scores] == [("mod", 9)]


async def test_letters_before_a_key_of_the_app_are_typed_first(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.burst("a", "b", "ctrl+q")
        assert drive.app.return_value == 0
    async with driving(db) as drive:
        assert drive.unfinished("mette-i-dag").text == "ab"
