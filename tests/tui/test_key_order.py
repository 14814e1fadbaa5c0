"""A key waits for the one before it, however long that takes, and not for one that is never heard of again."""

import asyncio
import time
from typing import ClassVar

import pytest
from tests.tui.driving import key_event
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.widgets import Button, Input

from jobsamtale_tui.tui.terminal import key_queue
from jobsamtale_tui.tui.terminal.key_queue import KeyQueue

SLOW = 0.3
"""Seconds that a handler takes; many times as long as a key is waited for at first."""


class Fields(Vertical):
    """Two fields; Enter in the first leads to the second, after a while."""

    leaves = False
    """Enter takes the first field away at once."""

    def compose(self) -> ComposeResult:
        yield Input(id="first")
        yield Input(id="second")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "first":
            if self.leaves:
                await event.input.remove()
            await asyncio.sleep(SLOW)
            self.query_one("#second", Input).focus()


class Slow(KeyQueue):
    """An app on a slow machine."""

    def compose(self) -> ComposeResult:
        yield Fields()


async def typed(pilot: Pilot[int], *keys: str) -> str:
    """Sends the keys at once; what stands in the second field when all are done with."""
    app = pilot.app
    assert isinstance(app, Slow)
    app.query_one("#first", Input).focus()
    await pilot.pause()
    assert app._driver is not None
    for key in keys:
        app._driver.send_message(key_event(key))
    async with asyncio.timeout(20):
        while app.query_one("#second", Input).value != keys[-1]:
            await asyncio.sleep(0.01)
            assert not app.query("#first") or app.query_one("#first", Input).value in ("", keys[0])
    return app.query_one("#second", Input).value


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_queue, "STUCK_SECONDS", SLOW / 20)


async def test_a_key_that_takes_long_holds_the_next() -> None:
    async with Slow().run_test() as pilot:
        assert await typed(pilot, "a", "enter", "b") == "b"


async def test_a_key_whose_field_went_away_holds_the_next_until_it_is_done_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Fields, "leaves", True)
    async with Slow().run_test() as pilot:
        assert await typed(pilot, "a", "enter", "b") == "b"


async def test_a_key_that_is_never_done_with_does_not_hold_the_next_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_queue, "HELD_SECONDS", SLOW)
    monkeypatch.setattr(KeyQueue, "on_key_handled", lambda _app, _message: None)
    async with Slow().run_test() as pilot:
        begun = time.monotonic()
        app = pilot.app
        app.query_one("#second", Input).focus()
        await pilot.pause()
        assert app._driver is not None
        for key in ("home", "b"):
            app._driver.send_message(key_event(key))
        async with asyncio.timeout(20):
            while app.query_one("#second", Input).value != "b":
                await asyncio.sleep(0.01)
        assert time.monotonic() - begun >= SLOW


class Opening(KeyQueue):
    """An app whose `o` opens a field, which takes its time."""

    BINDINGS: ClassVar = [("o", "open", "Open")]

    def compose(self) -> ComposeResult:
        yield Button("list", id="list")

    def action_open(self) -> None:
        self.pause_keys()
        self.set_timer(SLOW, self.opened)

    async def opened(self) -> None:
        """The field is there."""
        await self.mount(Input(id="second"))
        self.query_one("#second", Input).focus()
        self.call_after_refresh(self.release_keys)

    def dropped(self, count: int) -> None:
        raise AssertionError(f"{count} keys were dropped")


async def test_keys_wait_for_what_a_command_opens_however_long_it_takes() -> None:
    app = Opening()
    async with app.run_test() as pilot:
        app.query_one("#list").focus()
        await pilot.pause()
        assert app._driver is not None
        for key in ("o", "j", "a"):
            app._driver.send_message(key_event(key))
        async with asyncio.timeout(20):
            while not app.query("#second") or app.query_one("#second", Input).value != "ja":
                await asyncio.sleep(0.01)
