from functools import partial
from pathlib import Path

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.store.questions import session_lists


async def test_drafts_come_first_then_today_then_the_week(db: Path) -> None:
    async with driving(db) as drive:
        found = [line for line in drive.screen.splitlines() if line.strip()]
        order = ["Open drafts", "Ida Sø", "Earlier this week, not held", "Zenia Zahl", "Today", "Mette Holm"]
        order += ["Later this week", "Øjvind Nør"]
        places = [next(at for at, line in enumerate(found) if what in line) for what in order]
        assert places == sorted(places)
        assert "Åge" not in drive.screen  # her session is in two weeks
        assert "Borger hos Bo" not in drive.screen  # a colleague's
        assert drive.at == "list"
        assert "Ida Sø" in drive.row
        assert "Anne Bech" in found[0]
        assert "Wed 03.06.2026" in found[0]


async def test_without_a_caseworker_everybodys_week_shows(db: Path) -> None:
    async with driving(db, user=None) as drive:
        assert "Borger hos Bo" in drive.screen
        assert "all caseworkers" in drive.screen


async def test_where_not_all_of_the_week_is_shown_the_list_says_so(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Not all are shown here: jobsamtale session list has the others"
    async with driving(db) as drive:
        assert said not in drive.screen
    monkeypatch.setattr(session_lists, "worklist", partial(session_lists.worklist, limit=4))
    async with driving(db, user=None) as drive:
        assert said in drive.screen


async def test_finds_as_one_types_by_name_key_and_case_key(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        assert drive.at == "find"
        for typed, name in (("ette h", "Mette Holm"), ("24-22", "Ida Sø"), ("KAJ-L", "Kaj Lind"), ("ÅGE", "Åge")):
            await drive.type(typed)
            rows = drive.widget("list")
            assert [line.key for line in rows.lines], typed
            assert len(rows.lines) == 1, typed
            assert name in drive.screen, typed
            await drive.press("ctrl+u")
            assert drive.widget("find").value == ""
        assert "Open drafts" in drive.screen


async def test_names_stand_in_danish_order(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("-bx")
        names = ["Zenia Zahl", "Ærenlund Bo", "Øjvind Nør", "Åge Østergaard"]
        shown = drive.screen
        assert [shown.index(name) for name in names] == sorted(shown.index(name) for name in names)


async def test_enter_opens_the_first_found(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("-bx")
        await drive.press("enter")
        assert drive.where == "CitizenScreen"
        assert drive.key == "zenia-bx"


async def test_enter_opens_the_one_selected(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("-bx")
        await drive.press("down", "end", "k")
        assert "Øjvind" in drive.row
        await drive.press("enter")
        assert drive.key == "øjvind-bx"


async def test_nobody_found_says_so_and_enter_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("xyz")
        assert "Nobody is found by that" in drive.status
        await drive.press("enter")
        assert drive.where == "HomeScreen"
        await drive.press("escape")
        assert "Mette Holm" in drive.screen
        assert "Nobody" not in drive.status
        assert drive.at == "list"


async def test_n_begins_the_rows_own_session(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("j")
        assert "Zenia" in drive.row
        await drive.press("n")
        assert drive.where == "phase 1"
        assert drive.key == "zenia-i-går"  # yesterday's, which is not begun by `n` on the citizen
        assert drive.session().status == "draft"


async def test_n_on_a_found_citizen_begins_a_new_one(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("ærenlund")
        await drive.press("down", "n")
        assert drive.where == "phase 1"
        session = drive.session()
        assert (session.citizen, session.status, session.caseworker) == ("ærlig-bx", "draft", "anne")


async def test_what_was_changed_shows_when_one_comes_home(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "escape", "escape")
        while drive.where != "HomeScreen":
            await drive.press("escape")
        drafts = drive.screen[drive.screen.index("Open drafts") : drive.screen.index("Earlier")]
        assert "Mette Holm" in drafts


async def test_an_empty_database_says_what_to_do(empty: Path) -> None:
    async with driving(empty) as drive:
        assert "Nothing planned this week" in drive.screen
        await drive.press("n", "enter")
        assert drive.where == "HomeScreen"
        await drive.press("/")
        await drive.type("a")
        assert "Nobody is found by that" in drive.status


async def test_escape_on_home_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("escape", "escape")
        assert drive.where == "HomeScreen"


async def test_opens_at_a_citizen_and_goes_back_to_home(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        assert drive.where == "CitizenScreen"
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        assert "Ida Sø" in drive.screen
