"""`/` in lists: a part of the row, then the next and the one before."""

from pathlib import Path
from typing import Any

import pytest
from tests.tui import caseload
from tests.tui.driving import driving

THEMES = ["Lager eller butik", "CV og ansøgning", "Økonomi", "Lager igen", "Praktik på lager", "Årsag til fravær"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A citizen with a session on each theme, the newest last in the list above."""
    records: list[dict[str, Any]] = [one for one in caseload.RECORDS if one.get("citizen") != "mette-holm"]
    records += [
        {
            "kind": "session",
            "key": f"s{number}",
            "citizen": "mette-holm",
            "caseworker": "anne",
            "held_at": f"2026-0{number}-06T08:00:00Z",
            "status": "completed",
            "theme": theme,
        }
        for number, theme in enumerate(reversed(THEMES), 1)
        if number < 6
    ] + [
        {
            "kind": "session",
            "key": "s6",
            "citizen": "mette-holm",
            "caseworker": "anne",
            "held_at": "2026-06-02T08:00:00Z",
            "status": "completed",
            "theme": THEMES[0],
        }
    ]
    return caseload.make(tmp_path / "many.db", records)


async def to_list(drive: Any) -> None:
    await drive.press("/")
    await drive.type("mette")
    await drive.press("enter")
    assert drive.at == "sessions"


async def test_typing_goes_to_the_first_row_that_has_it(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.press("/")
        await drive.type("økon")
        assert "/økon" in drive.status
        assert "Økonomi" in drive.row
        await drive.press("enter")
        assert "Økonomi" in drive.row
        assert drive.where == "CitizenScreen"


async def test_escape_goes_back_to_where_it_began(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.press("down", "/")
        await drive.type("praktik")
        assert "Praktik" in drive.row
        await drive.press("escape")
        assert (drive.widget("sessions").index, drive.where) == (1, "CitizenScreen")


async def test_letters_are_compared_as_danes_do_and_all_words_count(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.press("/")
        await drive.type("ARSAG")
        assert "no row has that" in drive.status
        for _letter in "ARSAG":
            await drive.press("backspace")
        await drive.type("lager prak")
        assert "Praktik på lager" in drive.row


async def test_on_the_citizen_n_stays_the_session_and_ctrl_n_goes_on(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.press("/")
        await drive.type("lager")
        await drive.press("enter")
        assert "ctrl+n the next" in drive.status
        assert "Lager eller" in drive.row
        await drive.press("ctrl+n")
        assert "Lager igen" in drive.row
        await drive.press("ctrl+n")
        assert "Praktik på lager" in drive.row
        await drive.press("ctrl+n")
        assert "Lager eller" in drive.row
        assert "begun again" in drive.status
        await drive.press("N")
        assert "Praktik på lager" in drive.row
        await drive.press("/", "enter")
        assert "Lager eller" in drive.row
        await drive.press("n")
        assert drive.where == "phase 1"


async def test_in_the_agenda_n_and_N_go_on_once_something_is_searched_for(db: Path) -> None:  # noqa: N802
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("a")
        for topic in ("Lager", "Butik", "Lagerkursus"):
            await drive.type(topic)
            await drive.press("enter")
        await drive.press("escape", "home", "n")
        assert "Lager " in drive.row
        await drive.press("/")
        await drive.type("lager")
        await drive.press("enter", "n")
        assert "Lagerkursus" in drive.row
        await drive.press("N")
        assert "Lager " in drive.row
        assert [item.state for item in drive.session().agenda] == ["possible"] * 3


async def test_keys_go_to_the_list_again_when_the_search_is_done(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("a")
        await drive.type("Lager")
        await drive.press("enter", "escape", "/")
        await drive.type("lager")
        await drive.press("enter", "space")
        assert [item.state for item in drive.session().agenda] == ["agreed"]


async def test_on_home_the_search_is_that_for_citizens(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        assert drive.at == "find"


async def test_what_is_not_there_is_said(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.press("/")
        await drive.type("[b]x[/b]")
        await drive.press("enter")
        assert "No row has »[b]x[/b]«" in drive.status


async def test_a_whole_search_in_one_burst(many: Path) -> None:
    async with driving(many) as drive:
        await to_list(drive)
        await drive.burst("/", *"praktik", "enter", "up")
        assert drive.widget("sessions").index == 3
