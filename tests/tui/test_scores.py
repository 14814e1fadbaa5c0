from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.session.screen import SessionScreen


def scores(drive: Drive) -> dict[tuple[str, str], tuple[int, str | None]]:
    return {(one.indicator, one.by): (one.value, one.remark) for one in drive.session().scores}


async def at_scale(drive: Drive) -> None:
    await drive.open_session("mette")
    await drive.press("f4")
    assert (drive.at, drive.indicator) == ("scale", "mod")  # 1 to 10; then energi 0 to 10, overblik 1 to 5


KEYS = (
    (("7",), "mod", 7),
    (("0",), "mod", 10),
    (("j", "0"), "energi", 0),
    (("end",), "mod", 10),
    (("home",), "mod", 1),
    (("j", "home"), "energi", 0),
    (("j", "j", "end"), "overblik", 5),
    (("7", "left"), "mod", 6),
    (("7", "h", "h"), "mod", 5),
    (("7", "right"), "mod", 8),
    (("8", "l", "l", "l"), "mod", 10),
    (("home", "left"), "mod", 1),
    (("right",), "mod", 5),  # where she stood last time
    (("j", "right"), "energi", 5),  # the middle: no last time
    (("3", "4"), "mod", 4),
)


async def test_keys_that_score(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        for keys, indicator, value in KEYS:
            await drive.press(*keys)
            assert scores(drive) == {(indicator, "citizen"): (value, None)}, keys
            assert drive.indicator == indicator, keys
            await drive.press("backspace", "k", "k")
            assert scores(drive) == {}, keys


async def test_backspace_clears_the_score(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("7", "backspace")
        assert scores(drive) == {}
        before = len(drive.history())
        await drive.press("backspace")
        assert len(drive.history()) == before


@pytest.mark.parametrize("move", [("down", "up"), ("j", "k")])
async def test_up_and_down_change_indicator(db: Path, move: tuple[str, str]) -> None:
    down, up = move
    async with driving(db) as drive:
        await at_scale(drive)
        seen = []
        for _time in range(6):
            seen.append(drive.indicator)
            await drive.press(down)
        assert seen == ["mod", "energi", "overblik", "jobtro", "netvaerk", "netvaerk"]
        await drive.press(up, up)
        assert drive.indicator == "overblik"
        await drive.press(up, up, up, up)
        assert drive.indicator == "mod"
        assert scores(drive) == {}


async def test_a_digit_outside_the_scale_is_said_and_changes_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("j", "j", "4", "9")
        assert "9 is outside the scale 1 to 5; nothing has changed" in drive.status
        assert scores(drive) == {("overblik", "citizen"): (4, None)}
        assert [action for action, *_who in drive.history()] == ["session.start", "score.set"]
        await drive.press("0")  # ten, on a scale that ends at five
        assert "10 is outside the scale 1 to 5" in drive.status
        assert scores(drive) == {("overblik", "citizen"): (4, None)}


async def test_the_same_digit_again_is_no_change(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("7", "7")
        assert [action for action, *_who in drive.history()] == ["session.start", "score.set"]


async def test_enter_writes_the_remark_and_enter_again_goes_to_the_next(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("7", "enter")
        assert drive.at == "entry"
        assert "Remark on Mod" in drive.screen
        await drive.type("Hun sover 8 timer")
        await drive.press("enter")
        assert (drive.at, drive.indicator) == ("scale", "energi")
        assert scores(drive) == {("mod", "citizen"): (7, "Hun sover 8 timer")}
        assert "✎ Hun sover 8 timer" in drive.screen
        await drive.press("k", "enter")
        assert drive.widget("entry").value == "Hun sover 8 timer"


async def test_a_remark_needs_a_score(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("enter")
        assert drive.at == "scale"
        assert "Press a digit first" in drive.status


async def test_the_caseworkers_own_score_stands_beside(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        assert "The citizen's reading" in drive.screen
        await drive.press("7", "r")
        assert "The caseworker's reading" in drive.screen
        assert "citizen 7" in drive.screen
        await drive.press("4", "enter")
        await drive.type("Set fra min stol")
        await drive.press("enter")
        assert scores(drive) == {("mod", "citizen"): (7, None), ("mod", "caseworker"): (4, "Set fra min stol")}
        await drive.press("r", "k")
        assert "caseworker 4" in drive.screen


async def test_shows_last_time_the_level_texts_and_the_stage(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        assert "last 5" in drive.screen
        await drive.press("7")
        for text in ("Hvordan står det til med mod?", "6  Mod på trin 6.", "›  7  Mod på trin 7.", "8  Mod på trin 8."):
            assert text in drive.screen, text
        assert "På vej" in drive.screen
        await drive.press("0")
        assert "På vej" not in drive.screen


async def test_a_catalogue_indicator_enters_the_database_when_it_is_scored(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        count = "SELECT count(*) FROM indicator WHERE key = 'jobtro'"
        before = drive.sql(count)
        await drive.press("j", "j", "j", "6")
        assert scores(drive) == {("jobtro", "citizen"): (6, None)}
        assert drive.sql(count)[0][0] >= 1
        assert before[0][0] <= 1


async def test_resuming_on_the_last_indicator_shows_them_all(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("j", "j", "j", "j", "5", "escape", "n")
        assert drive.indicator == "netvaerk"
        for name in ("Mod", "Energi", "Overblik"):
            assert name in drive.screen


async def test_a_low_window_keeps_the_indicator_under_the_cursor_in_sight(db: Path) -> None:
    async with driving(db, size=(60, 16)) as drive:
        await at_scale(drive)
        for key, name in (("j", "Energi"), ("j", "Overblik"), ("k", "Energi"), ("k", "Mod")):
            await drive.press(key)
            assert f"› {name}" in drive.screen


async def test_a_score_stands_though_the_session_as_it_was_is_shown_before_anybody_has_heard_of_it(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        drive.widget("scale")._set(7)
        view = drive.showing(SessionScreen).view
        assert view is not None
        view.show()  # as for a change before it, of which word comes from the disk just now
        assert drive.widget("scale").value == 7
        await drive.press("enter")
        assert drive.at == "entry"
        await drive.until(lambda: scores(drive) == {("mod", "citizen"): (7, None)})
