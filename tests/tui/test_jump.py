"""Jumping by letters, which leaves the screen exactly as it was."""

from pathlib import Path

from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.shell.jump import JumpLabel


def letters(drive: Drive) -> dict[str, str]:
    return {one.target.id or "": one.letter for one in drive.app.screen.query(JumpLabel)}


async def test_a_letter_goes_to_its_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "escape", "v")
        shown = letters(drive)
        assert list(shown) == ["frame", "since", "need", "agenda", "agenda-new"]
        await drive.press(shown["agenda-new"])
        assert drive.at == "agenda-new"
        assert letters(drive) == {}


async def test_every_field_and_list_in_sight_has_a_letter_of_its_own(db: Path) -> None:
    async with driving(db, size=(120, 50)) as drive:
        await drive.open_session("mette")
        await drive.press("f5", "escape", "v")
        shown = letters(drive)
        assert {"steps", "step-what", "step-when", "summary", "helped", "next-at", "remarks", "theme"} <= set(shown)
        assert len(set(shown.values())) == len(shown)
        for name, letter in shown.items():
            region = drive.widget(name).region
            assert drive.screen.splitlines()[region.y][region.x + 1] == letter


async def test_escape_leaves_the_screen_as_it_was(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        before, focus, history = drive.screen, drive.at, drive.history()
        await drive.press("v")
        assert drive.screen != before
        await drive.press("escape")
        assert (drive.screen, drive.at, drive.where) == (before, focus, "phase 3")
        assert drive.history() == history


async def test_any_other_key_leaves_too_and_does_nothing_else(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        before = drive.screen
        await drive.press("v", "f9")
        assert (drive.screen, drive.where) == (before, "phase 3")


async def test_in_a_text_field_v_is_a_letter(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/", "v")
        assert drive.widget("find").value == "v"


async def test_from_the_palette_a_field_keeps_its_text_and_cursor(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("halv sæt")
        await drive.press("left", "ctrl+p")
        await drive.type("jump")
        await drive.press("enter")
        assert "need" in letters(drive)
        await drive.press("escape")
        need = drive.widget("need")
        assert (drive.at, need.value, need.cursor_location) == ("need", "halv sæt", (0, 7))


async def test_a_burst_of_keys_goes_where_the_letter_leads(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "escape", "v")
        letter = letters(drive)["agenda-new"]
        await drive.press("escape")
        await drive.burst("v", letter, *"punkt", "enter")
        assert [item.topic for item in drive.session().agenda] == ["punkt"]
