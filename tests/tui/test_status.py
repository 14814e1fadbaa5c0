"""A sentence for the status line of a screen that has only just been opened."""

from pathlib import Path

from tests.tui.driving import driving

from jobsamtale_tui.tui.shell.screen import BaseScreen


async def test_what_is_said_before_a_screen_has_its_lines_is_shown_once_it_has(db: Path) -> None:
    async with driving(db) as drive:
        drive.app.push_screen(BaseScreen())
        drive.app.say("Said too early")
        assert not drive.app.screen.query("#status")
        await drive.until(lambda: bool(drive.app.screen.query("#status")) and "Said too early" in drive.status)
