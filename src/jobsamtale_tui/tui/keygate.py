"""Keys one at a time: each is done with, focus changes and all, before the next is given out.

Over a slow line keys arrive in bursts. Textual gives each to whatever has the focus when it arrives, while the key
before may still be on its way to a binding that moves the focus: what is typed after Tab would land in the old
field. Here a key waits until a message sent after the key before has come the same way up to the app. A command
that opens something in the background holds the keys until it is there.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.screen import Screen

STUCK_SECONDS = 0.5
"""A key whose end is never heard of (its widget went away) holds the next no longer than this."""
HELD_SECONDS = 10.0
"""What was to open never did: the keys go on."""
ROUNDS = 3
"""The key itself, then what it posted: Enter in a field is heard of a round later."""


class KeyDone(Message):
    """Sent after a key by the same way; what it arrives behind is done."""

    def __init__(self, rounds: int, number: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.number = number


class KeyGate(App[int]):
    """The app's part that gives out keys and pastes in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._on_its_way = False
        self._holding = False
        self._timer: asyncio.TimerHandle | None = None
        self.taker: Callable[[events.Key | events.Paste], bool] | None = None
        """Gets every key before anybody else, and says whether it took it."""

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes from the terminal wait their turn; all else goes on as ever."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self._keys.append(event)
            await self._give_out()
        else:
            await super().on_event(event)

    def refused(self, event: events.Key | events.Paste) -> bool:  # noqa: ARG002
        """Whether a key is not given out at all; the app says why."""
        return False

    def hold_keys(self) -> None:
        """Keys wait from now on, until `release_keys`."""
        self._holding = True
        self._arm(HELD_SECONDS)

    def open_screen(self, screen: Screen[Any], *, instead: bool = False) -> None:
        """Puts a screen over this one, or in its place; keys wait until it stands."""
        self.hold_keys()
        if instead:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        screen.call_after_refresh(self.release_keys)

    def release_keys(self) -> None:
        """What the keys waited for is there."""
        if self._holding:
            self._holding = False
            self.call_later(self._give_out)

    async def _give_out(self) -> None:
        while self._keys and not self._on_its_way and not self._holding:
            event = self._keys.popleft()
            focused = self.focused
            if (self.taker is not None and self.taker(event)) or self.refused(event):
                plain = False
            else:
                plain = (
                    isinstance(event, events.Key)
                    and focused is not None
                    and event.character is not None
                    and event.is_printable
                    and focused.check_consume_key(event.key, event.character)
                )
                await super().on_event(event)
            if not plain:
                self._number += 1
                self._on_its_way = True
                self._arm(STUCK_SECONDS)
                (focused or self.screen).post_message(KeyDone(ROUNDS, self._number))

    async def on_key_done(self, message: KeyDone) -> None:
        """A key has been done with, or its first round has."""
        if message.number != self._number:
            return
        if message.rounds > 1:
            (self.focused or self.screen).post_message(KeyDone(message.rounds - 1, message.number))
            return
        self._on_its_way = False
        await self._give_out()

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._let_go)

    def _let_go(self) -> None:
        if self._holding or self._on_its_way:
            self._holding = self._on_its_way = False
            self.call_later(self._give_out)
