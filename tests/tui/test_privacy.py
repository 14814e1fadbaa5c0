"""One key hides what is a citizen's on every screen, and the same key shows it again."""

import json
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from tests.tui import caseload
from tests.tui.driving import Drive, driving
from textual.color import Color

from jobsamtale_tui.tui.look.privacy import Mask, OwnText, masked

MARK = "Hemmeligt"
TEXTS = ("topic", "what", "how", "summary", "need", "conclusion", "reason", "theme", "position")


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """The caseload with the mark in every name and every text that somebody typed."""

    def mark(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: mark(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [mark(part) for part in value]
        return f"{MARK} {value}" if isinstance(value, str) and name in TEXTS else value

    records = [mark(one) if one["kind"] in ("session", "agreement", "job_goal") else one for one in caseload.RECORDS]
    records = [
        one | {"name": f"{MARK} {one['name']}"} if one["kind"] in ("citizen", "caseworker") else one
        for one in json.loads(json.dumps(records))
    ]
    return caseload.make(tmp_path / "marked.db", records)


def hides(drive: Drive) -> None:
    screen = drive.screen
    assert MARK.lower() not in screen.lower(), screen
    assert "Mette" not in screen
    assert caseload.CPR[:6] not in screen
    assert "••••" in screen
    assert "hidden, F12 shows" in screen


async def to_citizen(drive: Drive) -> None:
    await drive.press("/")
    await drive.type("mette")
    hides(drive)
    await drive.press("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_no_screen_shows_what_is_hidden(marked: Path, size: tuple[int, int]) -> None:
    async with driving(marked, size=size) as drive:
        assert MARK in drive.screen
        await drive.press("f12")
        hides(drive)
        await to_citizen(drive)
        hides(drive)
        assert "Sessions" in drive.screen
        await drive.press("down", "enter")
        hides(drive)
        await drive.press("escape", "g")
        await drive.settle()
        assert MARK not in drive.screen
        await drive.press("escape", "n")
        hides(drive)
        assert "Possible agenda items" in drive.screen
        await drive.press("a")
        await drive.type(f"{MARK} punkt")
        hides(drive)
        await drive.press("enter")
        hides(drive)
        await drive.press("f3")
        await drive.type(f"{MARK} behov")
        hides(drive)
        await drive.press("tab", "up", "space", "f4")
        hides(drive)
        await drive.press("enter")
        await drive.type(f"{MARK} konklusion")
        hides(drive)
        await drive.press("enter", "s", "7", "enter")
        await drive.type(f"{MARK} bemærkning")
        hides(drive)
        await drive.press("enter", "up")
        hides(drive)
        await drive.press("f5")
        await drive.type(f"{MARK} skridt")
        await drive.press("enter", "tab", "tab", "tab")
        await drive.type(f"{MARK} opsummering")
        hides(drive)
        await drive.press("f9")
        await drive.settle()
        hides(drive)
        await drive.press("enter")
        hides(drive)


async def test_the_same_key_shows_all_again_as_it_was(marked: Path) -> None:
    async with driving(marked) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("hans egne ord")
        before = drive.screen
        await drive.press("f12")
        assert "egne ord" not in drive.screen
        await drive.press("f12")
        after = drive.screen
        assert before.splitlines()[:-2] == after.splitlines()[:-2]
        assert drive.widget("need").value == "hans egne ord"


async def test_it_stays_on_from_screen_to_screen_and_back(marked: Path) -> None:
    async with driving(marked) as drive:
        await drive.press("f12", "/")
        await drive.type("mette")
        await drive.press("enter", "escape")
        hides(drive)


async def test_what_is_typed_while_hidden_is_kept_as_it_was_typed(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f12")
        await drive.type("Lager")
        await drive.press("enter")
        assert [item.topic for item in drive.session().agenda] == ["Lager"]


async def test_our_own_words_and_the_keys_still_show(marked: Path) -> None:
    async with driving(marked) as drive:
        await drive.open_session("mette")
        await drive.press("f12", "f3")
        assert "Agenda" in drive.screen
        assert "2 Opening" in drive.screen
        assert "+ an item that is agreed" in drive.screen
        await drive.press("escape", "?")
        assert "Keys" not in drive.status
        assert "Here: a list" in drive.screen
        await drive.press("/")
        await drive.type("hide names")
        await drive.press("enter")
        assert "Hide names, CPR numbers" in drive.screen
        await drive.press("escape", "ctrl+p")
        await drive.type("graph")
        assert "The progress graph, large" in drive.screen


async def test_undo_on_the_status_line_is_hidden_too(marked: Path) -> None:
    async with driving(marked) as drive:
        await drive.open_session("mette")
        await drive.press("a")
        await drive.type(MARK)
        await drive.press("enter", "escape", "f12", "u")
        assert MARK not in drive.screen


async def test_the_terminals_title_never_has_a_name(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(marked) as drive:
        written: list[str] = []
        monkeypatch.setattr(drive.app._driver, "write", written.append)
        await drive.open_session("mette")
        await drive.press("f9")
        assert not any(f"\x1b]{number};" in text for text in written for number in (0, 1, 2))
        assert MARK not in drive.app.title
        assert not drive.app.sub_title


def test_the_mask_keeps_widths_and_drawings_and_our_words() -> None:
    assert masked("Åse 12 – 日本") == "••• •• – ••••"
    assert masked(OwnText("ours")) == "ours"
    style = Style(meta={"public": True})
    line = [Segment("mine", Style()), Segment("ours", style), Segment("⣿─│", None)]
    assert [part.text for part in Mask().apply(line, Color(0, 0, 0))] == ["••••", "ours", "⣿─│"]
