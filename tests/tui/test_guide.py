"""The guide beside the phases: there on a key, never in the way; and a word when it is time to round off."""

from pathlib import Path
from typing import Any

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.session import guided
from jobsamtale_tui.tui.screens.session.screen import SessionScreen


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said at once is said before a test looks whether nothing is."""
    monkeypatch.setattr(guided, "AT_ONCE", 0.01)


def guide(drive: Drive) -> Any:
    return drive.widget("guide")


async def test_f7_shows_and_hides_and_the_cursor_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert not drive.app.screen.query("#guide")
        await drive.type("Tru")
        await drive.press("f7")
        assert guide(drive).display
        assert drive.at == "agenda-new"
        await drive.type("ck")
        assert drive.widget("agenda-new").value == "Truck"
        assert "Preparation: 0 of 3 done" in drive.screen
        await drive.press("f7")
        assert not guide(drive).display
        assert drive.at == "agenda-new"


async def test_it_never_takes_the_focus(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7")
        for _time in range(8):
            await drive.press("tab")
            assert drive.at != "guide"


async def test_it_follows_the_phase_and_ticks_itself(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7", "f3")
        assert "Opening: 0 of 3 done" in drive.screen
        assert "○ Find out what help the citizen" in guide(drive).text
        await drive.type("Ro i hverdagen")
        await drive.press("tab")
        assert "✓ Find out what help the citizen" in guide(drive).text
        await drive.type("CV")
        await drive.press("enter")
        assert "Opening: 2 of 3 done" in drive.screen
        await drive.press("f4")
        assert "Conducting: 0 of 3 done" in drive.screen
        await drive.press("space")
        assert "✓ Lead the talk by the agenda" in guide(drive).text
        assert "✓ Spar on the search itself" in guide(drive).text


async def test_f8_goes_through_themes_and_cards_and_back_to_the_phase(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7", "f5")
        seen: list[str] = []
        for _time in range(30):
            title = guide(drive).text.split("\n")[0].partition(" (")[0]
            if title not in seen:
                seen.append(title)
            await drive.press("f8")
        assert seen == [
            "Closing: 0 of 2 done",
            "What do you want?",
            "What can you do?",
            "How do you search?",
            "When there is resistance",
            "When the matter is sensitive",
            "When hope is lost",
        ]


async def test_nothing_of_a_page_is_lost_where_it_does_not_fit(db: Path) -> None:
    async with driving(db, size=(80, 24)) as drive:
        await drive.open_session("ærenlund")
        await drive.press("f7", "f3")
        shown = ""
        while True:
            text = guide(drive).text
            if not text.startswith("Opening"):
                break
            shown += " ".join(text.split())
            await drive.press("f8")
        for action in guide(drive).guide.actions_of(2):
            for words in (action.name, action.how, *action.questions):
                assert words.say("en") in shown


async def test_it_is_remembered_within_the_app(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7", "escape", "escape", "escape", "escape")
        while drive.where != "HomeScreen":
            await drive.press("escape")
        await drive.open_session("kaj")
        assert guide(drive).display


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_it_stands_beside_the_phase(db: Path, size: tuple[int, int]) -> None:
    async with driving(db, size=size) as drive:
        await drive.open_session("mette")
        await drive.press("f7")
        for phase in ("f2", "f3", "f4", "f5"):
            await drive.press(phase)
            await drive.pilot.pause()
            shown = drive.showing(SessionScreen).view
            assert shown is not None
            panel, view = guide(drive).region, shown.region
            assert panel.right == size[0]
            assert view.right <= panel.x
            assert view.width >= 40
            assert panel.height == view.height


async def test_danish_is_the_default(db: Path) -> None:
    from jobsamtale_tui import i18n

    i18n.use("da")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7")
        await drive.until(lambda: "Læs, hvad borgeren selv" in drive.screen)


async def test_a_broken_file_of_ones_own_is_one_sentence(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "guide"
    folder.mkdir(parents=True)
    (folder / "egen.toml").write_text("[[card]\n")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "data"))
    async with driving(db, size=(200, 30)) as drive:
        await drive.open_session("mette")
        await drive.press("f7")
        assert "The guide in" in drive.status
        assert "egen.toml cannot be read" in drive.status
        await drive.until(lambda: "Preparation: 0 of 3 done" in drive.screen)


async def test_ones_own_guide_takes_the_shipped_ones_place(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "guide"
    folder.mkdir(parents=True)
    (folder / "egen.toml").write_text('[[action]]\nkey = "x"\nphase = 1\nname = { da = "[b]Kaffe[/b]" }\n')
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "data"))
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f7")
        assert "○ [b]Kaffe[/b]" in drive.screen
        await drive.press("f8", "f8")
        assert "○ [b]Kaffe[/b]" in drive.screen


# Rounding off


async def test_the_time_to_round_off_is_said_once(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:41:00Z")  # 36 of 45 minutes
        await drive.press("escape", "escape", "escape")
        await drive.press("n")
        await drive.until(lambda: "minutes are spent" in drive.status)
        assert "36 of the 45 minutes are spent: time to round off (F5)" in drive.status
        drive.top.status("")
        await drive.press("escape", "n")
        await drive.pilot.pause(0.05)
        assert "minutes are spent" not in drive.status


async def test_it_is_not_said_before_its_time_nor_in_the_closing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:40:00Z")
        await drive.press("escape", "escape", "n")
        await drive.pilot.pause(0.05)
        assert "minutes are spent" not in drive.status
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:45:00Z")
        await drive.press("escape", "escape", "n")
        assert drive.where == "phase 4"
        await drive.pilot.pause(0.05)
        assert "minutes are spent" not in drive.status


async def test_the_sessions_own_minutes_count(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o", "down", "down")
        await drive.type("20")
        await drive.press("f10")
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:22:00Z")
        await drive.press("escape", "escape", "n")
        await drive.until(lambda: "17 of the 20 minutes" in drive.status)


async def test_a_session_that_was_over_long_ago_says_nothing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T12:00:00Z")
        await drive.press("escape", "escape", "escape", "n")
        await drive.pilot.pause(0.05)
        assert "minutes are spent" not in drive.status
