"""The status line: what was said, who is here, what is kept, and what goes first where there is no room."""

from pathlib import Path

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.session import unsaved
from jobsamtale_tui.tui.screens.session.screen import SessionScreen
from jobsamtale_tui.tui.shell import typing_pause
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.bars import StatusBar


async def test_what_is_said_before_a_screen_has_its_lines_is_shown_once_it_has(db: Path) -> None:
    async with driving(db) as drive:
        drive.app.push_screen(BaseScreen())
        drive.app.say("Said too early")
        assert not drive.app.screen.query("#status")
        await drive.until(lambda: bool(drive.app.screen.query("#status")) and "Said too early" in drive.status)


async def test_what_is_typed_is_said_to_be_on_its_way_until_it_is_kept(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 60.0)
    monkeypatch.setattr(typing_pause, "LONG_SECONDS", 60.0)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        assert "writing" not in drive.status
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T10:07:08+02:00")
        await drive.type("Ro")
        assert "writing …" in drive.status
        assert drive.unfinished().text is None
        drive.showing(SessionScreen)._pause._over()  # the pause is over
        assert drive.status == "saved 10:07:08"
        assert drive.unfinished().text == "Ro"
        await drive.type(" og")
        assert "writing …" in drive.status
        await drive.press("tab")
        await drive.until(lambda: drive.session().need == "Ro og")
        await drive.until(lambda: drive.status == "saved 10:07:08")


async def test_what_is_typed_on_and_on_is_kept_and_said_to_be_once_there_is_a_pause(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 60.0)
    monkeypatch.setattr(typing_pause, "LONG_SECONDS", 0.01)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Ro")
        await drive.until(lambda: drive.unfinished().text == "Ro")
        assert "writing …" in drive.status


async def test_a_message_goes_at_the_next_key_and_what_was_saved_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "7")
        drive.app.say("Said once")
        assert drive.status == "Said once saved 10:05:00"
        await drive.press("j")
        assert drive.status == "saved 10:05:00"


async def test_who_else_is_here_is_hidden_by_no_message_and_goes_when_she_does(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "LOOK_SECONDS", 0.0)
    with Database(db).connected() as connection:
        connection.execute(
            "INSERT INTO at_hand (session, host, process, begun, login, by, at) VALUES"
            " ('mette-i-dag', 'another', 1, 'x', 'bo-login', 'bo', '2026-06-03T08:00:00Z')"
        )
    async with driving(db) as drive:
        await drive.open_session("mette")
        said = "Bo Lund has the session open since 10.00"
        assert said in drive.status
        drive.app.say("A long message that would like to have all of the line to itself, and does not get it")
        await drive.press("f4", "7")
        assert drive.status == f"{said} saved 10:05:00"
        with Database(db).connected() as connection:
            connection.execute("DELETE FROM at_hand WHERE host = 'another'")
        await drive.press("8")
        await drive.until(lambda: drive.status == "saved 10:05:00")


PARTS = {
    "trouble": "2 changes wait to be saved. The database is locked",
    "presence": "Bo Lund has the session open since 10.00",
    "kept": "saved 10:05:00",
    "message": "Said of something else",
}


@pytest.mark.parametrize(
    ("parts", "left", "right"),
    [
        (("trouble", "presence", "kept", "message"), f" ! {PARTS['trouble']} ", " saved 10:05:00"),
        (("trouble", "presence"), f" ! {PARTS['trouble']}", ""),
        (("presence", "kept", "message"), " Said of something e… ", f" {PARTS['presence']} · saved 10:05:00"),
        (("kept", "message"), f" {PARTS['message']} ", " saved 10:05:00"),
    ],
)
async def test_what_matters_more_stands_where_there_is_no_room_for_all(
    db: Path, parts: tuple[str, ...], left: str, right: str
) -> None:
    async with driving(db, size=(80, 24)) as drive:
        bar = drive.app.screen.query_one("#status", StatusBar)
        bar.put(**{name: OwnText(PARTS[name]) for name in parts})
        shown = bar.render_line(0).text
        assert len(shown) == 80
        assert shown.startswith(left)
        assert shown.rstrip().endswith(right)
        assert shown.removeprefix(left).strip() == right.strip()
