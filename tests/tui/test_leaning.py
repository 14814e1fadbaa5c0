"""What the app overrides inside Textual is still asked for there."""

import asyncio
from pathlib import Path
from typing import ClassVar

import pytest
from tests.tui.driving import driving, key_event
from textual import events
from textual.app import ComposeResult
from textual.widgets import Button, Input

from jobsamtale_tui.tui.terminal.key_queue import KeyQueue


async def test_a_crash_is_reported_without_local_variables(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fall() -> None:
        number = f"010190-{1200 + 34}"
        raise RuntimeError("fallen" if number else "")

    async def crash() -> None:
        async with driving(db) as drive:
            drive.app.call_later(fall)
            await drive.until(lambda: drive.app._exception is not None)

    with pytest.raises(RuntimeError, match="fallen"):
        await crash()
    said = capsys.readouterr().err
    assert "RuntimeError: fallen" in said
    assert "010190-1234" not in said


class Deaf(Button):
    """Something that takes no text, and keeps what keys it gets."""

    heard = ""

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.heard += event.key
        await super().on_event(event)


class Both(KeyQueue):
    """An app with something that takes no text, and a field."""

    BINDINGS: ClassVar = [("o", "count", "Count")]
    counted = 0

    def compose(self) -> ComposeResult:
        yield Deaf("list", id="list")
        yield Input(id="field")

    def action_count(self) -> None:
        self.counted += 1


@pytest.mark.parametrize("typed_in", [True, False])
async def test_a_command_is_looked_for_at_once_where_no_text_is_typed(typed_in: bool) -> None:
    app = Both()
    async with app.run_test() as pilot:
        app.query_one("#field" if typed_in else "#list").focus()
        await pilot.pause()
        assert app._driver is not None
        for key in ("o", "z"):
            app._driver.send_message(key_event(key))
        field, deaf = app.query_one(Input), app.query_one(Deaf)
        async with asyncio.timeout(20):
            while (field.value != "oz") if typed_in else (deaf.heard != "z"):
                await asyncio.sleep(0.01)
        assert app.counted == (0 if typed_in else 1)
