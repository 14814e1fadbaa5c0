"""The palette: every command, its key, and why not where it is not possible now."""

from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.settings import config_path
from jobsamtale_tui.tui.commands.registry import COMMANDS
from jobsamtale_tui.tui.shell.palette import entries
from jobsamtale_tui.tui.widgets.rows import Rows


async def choose(drive: Drive, text: str) -> None:
    await drive.press("ctrl+p")
    await drive.type(text)
    await drive.press("enter")


def line(drive: Drive, text: str) -> str:
    return next((one for one in drive.screen.splitlines() if text in one), "")


async def test_every_command_stands_in_it(db: Path) -> None:
    async with driving(db) as drive:
        labels = [entry.label for entry in entries(drive.top)]
        assert {command.label for command in COMMANDS} <= set(labels)


async def test_a_command_is_found_by_a_part_of_its_name_and_done(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter")
        await choose(drive, "graph")
        assert drive.where == "GraphScreen"


async def test_it_shows_the_key_beside_the_command(db: Path) -> None:
    async with driving(db, size=(100, 40)) as drive:
        await drive.open_session("mette")
        await drive.press("ctrl+p")
        await drive.type("next phase")
        assert ">" in line(drive, "The next phase")
        assert "F6" in line(drive, "The next phase")


async def test_what_is_not_possible_here_is_listed_with_the_reason_and_says_it(db: Path) -> None:
    async with driving(db, size=(110, 40)) as drive:
        await drive.press("ctrl+p")
        await drive.type("undo the last")
        assert "Not on this screen: session" in line(drive, "Undo the last change")
        await drive.press("enter")
        assert drive.where == "HomeScreen"
        assert "Not on this screen: session" in drive.status


async def test_what_is_cut_beside_the_scrollbar_ends_in_three_dots(db: Path) -> None:
    async with driving(db, size=(80, 24)) as drive:
        await drive.press("ctrl+p")
        rows = drive.app.screen.query_one(Rows)
        await drive.until(lambda: rows.scrollbar_size_vertical == 1)
        rows.go(len(rows.lines) - 1)
        await drive.settle()
        room, top = rows.size.width - 1, round(rows.scroll_y)
        whole = ["".join(text for text, _look in line.cells) for line in rows.lines[top : top + rows.size.height]]
        drawn = [rows.render_line(y).text for y in range(len(whole))]
        cut = [line for line, text in zip(drawn, whole, strict=True) if len(text) + 2 > room]
        assert cut
        assert all(len(line) == room and line.endswith("…") for line in cut)


async def test_undo_with_nothing_to_undo(db: Path) -> None:
    async with driving(db, size=(110, 40)) as drive:
        await drive.open_session("mette")
        await drive.press("ctrl+p")
        await drive.type("undo the last")
        assert "nothing to undo" in line(drive, "Undo the last change").lower()
        await drive.press("escape", "f4", "s", "5", "ctrl+p")
        await drive.type("undo the last")
        assert "nothing" not in line(drive, "Undo the last change").lower()
        await drive.press("enter")
        assert drive.session().scores == ()


async def test_scores_need_a_form(db: Path) -> None:
    async with driving(db, size=(110, 40)) as drive:
        await drive.open_session("mette")
        await drive.press("f5", "escape", "ctrl+p")
        await drive.type("clear the score")
        assert "Not on this screen: scale form" in line(drive, "Clear the score")


async def test_a_command_of_a_list_acts_on_it(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("a")
        await drive.type("Lager")
        await drive.press("enter")
        await choose(drive, "citizen's item or")
        assert [item.by for item in drive.session().agenda] == ["citizen"]


async def test_with_read_only_what_changes_something_says_so(db: Path) -> None:
    async with driving(db, size=(120, 40), read_only=True) as drive:
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter")
        await choose(drive, "begin the session")
        assert "--read-only" in drive.status
        assert drive.where == "CitizenScreen"


async def test_nobody_is_called_that(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("ctrl+p")
        await drive.type("xyzzy[b]")
        assert "No command is called that" in drive.screen
        await drive.press("enter", "escape")
        assert drive.where == "HomeScreen"


async def test_arrows_and_pages_move_in_the_list_while_one_types(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("ctrl+p", "down", "down")
        assert drive.widget("commands").index == 2
        await drive.press("pagedown", "up")
        assert drive.widget("commands").index > 5
        assert drive.at == "command"


async def test_a_burst_opens_it_and_runs_the_command(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter")
        await drive.burst("ctrl+p", *"graph", "enter")
        assert drive.where == "GraphScreen"


async def test_colours_are_chosen_and_remembered(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config_path()
    path.parent.mkdir(parents=True)
    path.write_text('# mine\nlang = "da"  # ours\n\n[keys]\ngraph = "f11"\n', encoding="utf-8")
    async with driving(db) as drive:
        await choose(drive, "colours: ansi-light")
        assert drive.app.theme == "ansi-light"
        assert str(path) in drive.status or "Remembered" in drive.status
    written = path.read_text(encoding="utf-8")
    assert "# mine" in written
    assert "# ours" in written
    assert path.stat().st_mode & 0o777 == 0o600
    from jobsamtale_tui import settings

    loaded = settings.load()
    assert (loaded.theme, loaded.lang, dict(loaded.keys)) == ("ansi-light", "da", {"graph": "f11"})


async def test_colours_without_a_place_to_remember_them_are_for_this_time(db: Path) -> None:
    config_path().parent.parent.mkdir(parents=True, exist_ok=True)
    config_path().parent.write_text("a file where the folder should be")
    async with driving(db) as drive:
        await choose(drive, "colours: ansi-light")
        assert drive.app.theme == "ansi-light"
        assert "For this time only" in drive.status
