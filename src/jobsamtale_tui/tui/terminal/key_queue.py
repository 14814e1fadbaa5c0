"""Keys one at a time: each is done with, focus changes and all, before the next is given out.

Over a slow line keys arrive in bursts. Textual gives each to whatever has the focus when it arrives, while the key
before may still be on its way to a binding that moves the focus: what is typed after Tab would land in the old
field. Here a key waits until a message sent after the key before has come the same way up to the app. Letters do not
wait for each other, but what is no letter waits for those before it: a key of the app's own acts at once, and would
overtake them. A command that opens something in the background holds the keys until it is there; where it never comes
they are dropped.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import takewhile
from time import monotonic
from typing import Any, cast

from textual import events
from textual.app import App
from textual.keys import key_to_character
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from jobsamtale_tui.tui.terminal.input_parser import Burst
from jobsamtale_tui.tui.terminal.steady_app import SteadyApp

STUCK_SECONDS = 0.5
"""So often one looks whether a key's end is still to be heard of: where its widget went away, one asks anew."""
HELD_SECONDS = 10.0
"""What was to open has not: the keys that were meant for it are dropped, so that none acts on what is there instead.
A key that is not done with, however slow the machine, holds the next no longer than this."""
ROUNDS = 3
"""The key itself, then what it posted: Enter in a field is heard of a round later."""
PAUSE_SECONDS = 0.03
"""Letters are asked after once no other has come for so long: the next key, if it is none, then need not wait."""


class KeyHandled(Message):
    """Sent after a key by the same way; what it arrives behind is done."""

    def __init__(self, rounds: int, number: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.number = number


class KeyQueue(SteadyApp):
    """The app's part that gives out keys and pastes in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys: deque[events.Key | events.Paste | Burst] = deque()
        self.last_key = 0.0
        """When a key last came, by the monotonic clock."""
        self._number = 0
        self._typed_in: Widget | None = None
        """Letters have been given out to this field, and nobody has waited for them yet."""
        self._on_its_way = False
        self._asked: MessagePump = self
        """What the message that says that a key is done with was given to."""
        self._given_up = 0.0
        """When the next key waits no longer, by the monotonic clock."""
        self._holding = False
        self._timer: asyncio.TimerHandle | None = None
        self.key_interceptor: Callable[[events.Key | events.Paste], bool] | None = None
        """Gets every key before anybody else, and says whether it took it."""

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes from the terminal wait their turn; all else goes on as ever."""
        if isinstance(event, (events.Key, events.Paste, Burst)) and not event.is_forwarded:
            self.last_key = monotonic()
            self._keys.append(event)
            await self._give_out()
        else:
            await super().on_event(event)

    def refused(self, event: events.Key | events.Paste) -> bool:  # noqa: ARG002
        """Whether a key is not given out at all; the app says why."""
        return False

    def dropped(self, count: int) -> None:
        """So many keys waited in vain; the app says so."""

    def pause_keys(self) -> None:
        """Keys wait from now on, until `release_keys`."""
        self._holding = True
        self._arm(HELD_SECONDS)

    def open_screen(self, screen: Screen[Any], *, instead: bool = False) -> None:
        """Puts a screen over this one, or in its place; keys wait until it stands."""
        self.pause_keys()
        if instead:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)
        screen.call_after_refresh(self.release_keys)

    def key_comes(self, event: events.Key | events.Paste) -> None:
        """A key or a paste is about to be given out."""

    def release_keys(self) -> None:
        """What the keys waited for is there."""
        if self._holding:
            self._holding = False
            if self._on_its_way:
                self._arm(STUCK_SECONDS)
            self.call_later(self._give_out)

    @property
    def keys_waiting(self) -> bool:
        """Keys have come that are not yet done with; none do once the app ends."""
        if self.leaving:
            return False
        heard = (self, self.screen, self.focused)
        on_the_way = any(one is not None and one.message_queue_size for one in heard)
        return bool(self._keys) or self._on_its_way or self._typed_in is not None or on_the_way

    async def _give_out(self) -> None:
        while self._keys and not self._on_its_way and not self._holding:
            if self._typed_in is not None and not self._is_letter(self._keys[0]):
                self._wait_for(self._typed_in, ROUNDS - 1)
                continue
            event = self._next()
            self.key_comes(event)
            focused = self.focused
            if (self.key_interceptor is not None and self.key_interceptor(event)) or self.refused(event):
                plain = False
            else:
                plain = self._is_letter(event)
                await super().on_event(event)
            if plain:
                self._typed_in = focused
                self._look_after(PAUSE_SECONDS)
            else:
                self._wait_for(focused or self.screen, ROUNDS)

    def _wait_for(self, target: MessagePump, rounds: int) -> None:
        """No key is given out until the target is done with what it has."""
        self._typed_in = None
        self._number += 1
        self._on_its_way = True
        self._given_up = monotonic() + HELD_SECONDS
        self._look_after(STUCK_SECONDS)
        self._ask(self.screen if _gone(target) else target, rounds)

    def _ask(self, target: MessagePump, rounds: int) -> None:
        self._asked = target
        target.post_message(KeyHandled(rounds, self._number))

    def _next(self) -> events.Key | events.Paste:
        """The next key; what came in a burst is a paste where text is typed: as a whole, or line by line."""
        event = self._keys.popleft()
        if not isinstance(event, Burst):
            return event
        focused = self.focused if self.key_interceptor is None else None
        if not isinstance(focused, (TextArea, Input)):
            self._keys.extendleft(reversed(event.keys))
            return self._next()
        texts = [event.text]
        while self._keys and isinstance(self._keys[0], Burst):
            texts.append(cast("Burst", self._keys.popleft()).text)
        text = "".join(texts)
        if isinstance(focused, Input):
            line, enter, rest = text.partition("\r")
            if rest:
                self._keys.appendleft(Burst(rest))
            if enter:
                self._keys.appendleft(events.Key("enter", enter))
            if not line:
                return self._next()
            text = line
        return events.Paste(text)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Textual looks for a key's command once the key has come up through all that lies around the focus. What takes
        no text has nothing else to do with it, so it is looked for at once."""
        if await super()._check_bindings(key, priority):
            return True
        return priority and not self._takes(key) and await super()._check_bindings(key)

    def _takes(self, key: str) -> bool:
        focused = self.focused
        if isinstance(focused, (Input, TextArea)):
            return True
        return focused is not None and focused.check_consume_key(key, key_to_character(key))

    async def on_key_handled(self, message: KeyHandled) -> None:
        """A key has been done with, or its first round has."""
        if message.number != self._number:
            return
        if message.rounds > 1:
            self._ask(self.focused or self.screen, message.rounds - 1)
            return
        self._on_its_way = False
        await self._give_out()

    def _look_after(self, seconds: float) -> None:
        """Looks how it is after so long; where keys are held not before that has come to its end."""
        if not self._holding:
            self._arm(seconds)

    def _arm(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._let_go)

    def _is_letter(self, event: events.Key | events.Paste | Burst) -> bool:
        """Whether a key is text for the field that has the focus."""
        focused = self.focused
        return (
            isinstance(event, events.Key)
            and focused is not None
            and event.character is not None
            and event.is_printable
            and focused.check_consume_key(event.key, event.character)
        )

    def _let_go(self) -> None:
        if self.leaving:
            return
        if self._typed_in is not None and not self._holding:
            self._wait_for(self._typed_in, ROUNDS - 1)
            return
        if self._holding:
            self._drop()
        elif self._on_its_way and monotonic() < self._given_up:
            if _gone(self._asked):
                self._ask(self.focused or self.screen, ROUNDS)
            self._arm(STUCK_SECONDS)
            return
        if self._holding or self._on_its_way:
            self._holding = self._on_its_way = False
            self.call_later(self._give_out)

    def _drop(self) -> None:
        """Text for the field one is in stays, up to the first key that is none: behind it nobody knows what it is."""
        text: list[events.Key | events.Paste | Burst] = []
        if isinstance(self.focused, (Input, TextArea)):
            text += takewhile(lambda one: self._is_letter(one) or not isinstance(one, events.Key), self._keys)
        count = len(self._keys) - len(text)
        self._keys = deque(text)
        if count:
            self.dropped(count)


def _gone(target: MessagePump) -> bool:
    """Whether it, or what it stands in, was taken off: what was given to it may never be heard of."""
    node: MessagePump | None = target
    while node is not None and node.is_running:
        if isinstance(node, App):
            return False
        node = node._parent
    return True
