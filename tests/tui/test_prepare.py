"""Proposals in forberedelse: taken, put aside, explained; and the briefing as a page."""

import stat
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.citizen.briefing import BriefingScreen

LATE = "Siden sidst: Ringe til Bilka"


async def to_proposals(drive: Drive) -> None:
    """Into a new session with Mette, and from the agenda's new line to the proposals."""
    await drive.open_session("mette")
    assert drive.at == "agenda-new"
    await drive.press("tab")
    assert drive.at == "proposals"


def topics(drive: Drive) -> list[str]:
    return ["".join(text for text, _look in line.cells) for line in drive.widget("proposals").lines if line.key]


@pytest.mark.parametrize("key", ["a", "enter"])
async def test_a_key_makes_a_proposal_a_possible_item_and_undo_takes_it_back(db: Path, key: str) -> None:
    async with driving(db) as drive:
        await to_proposals(drive)
        assert topics(drive)[:2] == [f"○ {LATE}", "○ Truckkort"]
        await drive.press("j", key)
        (item,) = drive.session().agenda
        assert (item.topic, item.by, item.state) == ("Truckkort", "caseworker", "possible")
        assert (drive.at, "○ Truckkort" in topics(drive)) == ("proposals", False)
        await drive.press("u")
        assert drive.session().agenda == ()
        assert "○ Truckkort" in topics(drive)


async def test_the_facts_behind_a_proposal_are_a_key_away(db: Path) -> None:
    async with driving(db) as drive:
        await to_proposals(drive)
        assert "Torsdag formiddag" not in drive.screen.partition("Citizen")[0]
        await drive.press("space")
        assert "take it" in drive.keys
        shown = " ".join(
            "".join(text for text, _look in line.cells).strip() for line in drive.widget("proposals").lines
        )
        assert "Decided 06.05.2026: Ringe til Bilka – Torsdag formiddag. Due 20.05.2026, 14 days ago." in shown
        await drive.press("space")
        assert len(drive.widget("proposals").lines) == len(topics(drive))


async def test_what_is_put_aside_stays_aside_in_this_session_until_it_is_wanted(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n", "tab", "x")
        assert topics(drive)[0] == "○ Truckkort"
        assert drive.row == "○ Truckkort"
        assert topics(drive)[-1] == f"× {LATE}  put aside"
        assert drive.session().agenda == ()
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n")
        assert topics(drive)[-1] == f"× {LATE}  put aside"
        drive.widget("proposals").focus()
        await drive.press("G", "x")
        assert topics(drive)[0] == f"○ {LATE}"
        assert [action for action, *_rest in drive.history()] == ["session.start"]


async def test_an_item_in_other_words_is_still_the_proposal_that_it_was(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n", "tab", "a", "tab", "e")
        assert drive.at == "agenda-new"
        await drive.press("ctrl+u", "end", *["backspace"] * len(LATE))
        await drive.type("Bilka")
        await drive.press("enter")
        assert [item.topic for item in drive.session().agenda] == ["Bilka"]
        assert f"○ {LATE}" not in topics(drive)
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n")
        assert topics(drive)
        assert f"○ {LATE}" not in topics(drive)


async def test_what_is_typed_as_it_is_proposed_is_the_proposal(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("truckkort")
        await drive.press("enter")
        assert "○ Truckkort" not in topics(drive)


async def test_all_of_it_stands_on_a_small_screen(db: Path) -> None:
    async with driving(db) as drive:
        await to_proposals(drive)
        for text in (
            "Could be talked about",
            f"○ {LATE}",
            "Possible agenda items",
            "+ a possible item",
            "Notes for yourself",
        ):
            assert text in drive.screen, text


async def test_the_briefing_is_a_page(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("B")
        assert isinstance(drive.app.screen, BriefingScreen)
        text = drive.app.screen.reading()
        for part in (
            "Last time",
            "» Jeg prøver lageret.«".replace(" ", "", 1),
            "Ringe til Bilka",
            "Why it is proposed",
        ):
            assert part in text, part
        await drive.press("escape", "n", "tab", "B")
        assert isinstance(drive.app.screen, BriefingScreen)


async def test_the_briefing_prints_as_a_file_of_ones_own_and_says_where(db: Path) -> None:
    async with driving(db, citizen="mette-holm", read_only=True) as drive:
        await drive.press("B")
        await drive.until(lambda: "Ringe til Bilka" in drive.screen)
        await drive.press("P")
        page = drive.app.files / "overblik-mette-holm.txt"
        await drive.until(lambda: str(page) in drive.status)
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        said = page.read_text(encoding="utf-8")
        assert "Why it is proposed" in said
        assert max(map(len, said.splitlines())) <= 80


async def test_no_letter_of_a_long_page_is_behind_its_scroll_bar(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("B")
        await drive.until(lambda: "Ringe til Bilka" in drive.screen)
        page = drive.showing(BriefingScreen).page
        await drive.until(lambda: page.show_vertical_scrollbar)
        assert page.virtual_size.width <= page.scrollable_content_region.width


async def test_names_and_topics_are_hidden_in_privacy(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await to_proposals(drive)
        await drive.press("space", "f12")
        for text in ("Bilka", "Truckkort", "lageret", "Mette"):
            assert text not in drive.screen, text
        assert "Could be talked about" in drive.screen


async def test_a_list_that_cannot_be_read_is_said_and_the_session_goes_on(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "rules").mkdir(parents=True)
    (tmp_path / "own" / "rules" / "proposals.toml").write_text("proposal = 3")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert "proposals.toml" in drive.status
        await drive.type("Kurser")
        await drive.press("enter")
        assert [item.topic for item in drive.session().agenda] == ["Kurser"]
