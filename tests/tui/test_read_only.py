"""`--read-only`: the title says so, nothing that changes anything is done, and every such key says why."""

from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving
from textual.app import ComposeResult

from jobsamtale_tui.tui.commands.registry import BY_ID, COMMANDS, LOOKING
from jobsamtale_tui.tui.shell.availability import why_not
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.fields import LineField, TextField


async def to_citizen(drive: Drive) -> None:
    await drive.press("/")
    await drive.type("mette")
    await drive.press("enter")


async def test_the_title_says_so_on_every_screen(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        assert "read-only" in drive.screen.splitlines()[0]
        await to_citizen(drive)
        assert "read-only" in drive.screen.splitlines()[0]
        await drive.press("down", "enter")
        assert "read-only" in drive.screen.splitlines()[0]
        assert "Lager først" in drive.screen


async def test_a_key_that_changes_something_says_why_it_does_not(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        before = drive.sql("SELECT count(*) FROM history")
        await to_citizen(drive)
        await drive.press("n")
        assert drive.where == "CitizenScreen"
        assert "--read-only" in drive.status
        assert drive.sql("SELECT count(*) FROM history") == before


async def test_every_changing_command_has_that_reason(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        for command in COMMANDS:
            reason = why_not(drive.top, command.id) or ""
            assert ("--read-only" in reason) == command.changes, command.id


def test_what_only_looks_is_said_and_all_else_taken_to_change_something() -> None:
    assert set(BY_ID) >= LOOKING - {"theme"}
    for name in ("undo", "redo", "session.start", "session.complete", "score.set", "agenda.done", "step.remove"):
        assert BY_ID[name].changes, name


async def test_searching_and_reading_go_on(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        await to_citizen(drive)
        await drive.press("g")
        assert drive.where == "GraphScreen"
        await drive.press("escape", "/")
        await drive.type("lager")
        assert "Lager" in drive.row


class Fields(BaseScreen):
    """One field of each kind."""

    def body(self) -> ComposeResult:
        yield TextField("area", "står her")
        yield LineField("line", "står her")
        yield LineField("search")


@pytest.mark.parametrize(("name", "there"), [("area", "står her"), ("line", "står her"), ("search", "xy")])
async def test_fields_take_no_text_but_to_search(db: Path, name: str, there: str) -> None:
    async with driving(db, read_only=True) as drive:
        drive.app.push_screen(Fields())
        await drive.settle()
        drive.widget(name).focus()
        await drive.settle()
        await drive.type("x")
        await drive.paste("y")
        assert drive.widget(name).value == there


async def test_without_read_only_the_title_is_plain(db: Path) -> None:
    async with driving(db) as drive:
        assert "read-only" not in drive.screen
