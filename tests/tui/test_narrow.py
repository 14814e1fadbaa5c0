"""What a window of 80x24 must not hide: which keys there are, that something was cut, where the cursor has to go."""

from pathlib import Path

from tests.tui.driving import driving

from jobsamtale_tui.tui.commands.registry import BY_ID
from jobsamtale_tui.tui.widgets.bars import StatusBar
from jobsamtale_tui.tui.widgets.page import COLUMN


async def test_the_keys_to_a_citizens_own_screens_stand_on_hers(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        for said in ("m goals", "A activities", "c CV", "J applications", "S bring along", "ctrl+t shared screen"):
            await drive.until(lambda said=said: said in drive.screen)
        assert "i indicators" in drive.keys
    async with driving(db, citizen="mette-holm", keys={"joblog": "Z"}) as drive:
        await drive.until(lambda: "Z applications" in drive.screen)


async def test_what_is_cut_says_so(db: Path) -> None:
    async with driving(db) as drive:
        drive.sql("UPDATE session SET theme = 'Et tema, der er meget længere end pladsen' WHERE citizen = 'mette-holm'")
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter")
        await drive.until(lambda: drive.where == "CitizenScreen")
        rows = [line[:40] for line in drive.screen.split("\n") if "Et te" in line]
        assert rows
        assert all(row.rstrip().endswith("…") for row in rows)
        bar = drive.app.screen.query_one("#status", StatusBar)
        drive.top.status("En sætning, der er lang. " * 4)
        bar.put(kept="saved 10:05:00")
        await drive.until(lambda: " ".join(drive.screen.split("\n")[-2].split()).endswith("… saved 10:05:00"))
        assert "En sætning, der er lang." in drive.screen


async def test_the_proposals_are_a_key_away_from_wherever_the_preparation_begins(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert drive.at == "agenda-new"
        await drive.until(lambda: "Could be talked about · tab goes there" in drive.screen)
        await drive.type("Truckkort")
        await drive.press("escape")
        assert drive.at == "agenda"
        await drive.until(lambda: "Could be talked about · s goes there" in drive.screen)
        await drive.press("s")
        assert drive.at == "proposals"
        await drive.until(lambda: "goes there" not in drive.screen)
        assert "take it" in drive.keys


async def test_a_date_that_cannot_be_read_gets_the_cursor(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5", *["tab"] * 8)
        assert drive.at == "next-at"
        await drive.type("32/13")
        await drive.press("tab")
        assert drive.at == "next-reason"
        await drive.press("f9")
        assert (drive.where, drive.at) == ("phase 4", "next-at")
        assert "»32/13« is not a time" in drive.status
        await drive.press("ctrl+u", "f9")
        assert drive.where == "CompleteScreen"


async def test_in_the_help_a_long_label_goes_on_below_itself(db: Path) -> None:
    async with driving(db, size=(80, 60)) as drive:
        await drive.open_session("ida")
        await drive.press("f4", "s", "f1")
        lines = drive.screen.split("\n")
        first = next(number for number, line in enumerate(lines) if line.lstrip().startswith("0–9"))
        begins = lines[first].index("Score: that number")
        assert begins == COLUMN + 2  # the page's own padding
        assert lines[first + 1][:begins].strip() == ""
        assert lines[first + 1][begins] != " "


async def test_no_key_keeps_a_form_and_shares_the_screen(db: Path) -> None:
    assert not set(BY_ID["share"].keys) & {*BY_ID["form.keep"].keys, *BY_ID["group.make"].keys}
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e", "f10", "f10")
        assert drive.where == "CitizenScreen"
        await drive.press("ctrl+t")
        assert drive.where == "SharedScreen"


async def test_an_indicator_is_shown_in_the_language_of_its_texts(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.press("i", "enter")
        assert drive.where == "IndicatorEditorScreen"
        await drive.until(lambda: "── Borgerens" in drive.screen)
        assert "The citizen's reading" not in drive.screen
