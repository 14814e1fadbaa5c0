"""The app's part that goes to other screens."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from jobsamtale_tui.tui.commands.port import Route
from jobsamtale_tui.tui.terminal.key_queue import KeyQueue


class Navigator(KeyQueue):
    """Opens routes, and screens as they are; `screen_of` is the app's, which knows all of them."""

    def screen_of(self, where: Route) -> Screen[Any]:
        """The screen that a route leads to, new."""
        raise NotImplementedError

    def open(self, where: Route | Screen[Any], *, instead: bool = False) -> None:
        """Puts a screen over this one, or in its place; keys wait until it stands."""
        self.open_screen(self._made(where), instead=instead)

    def push(
        self, where: Route | Screen[Any], then: Callable[[Any], None] | None = None, *, instead: bool = False
    ) -> None:
        """The same, but no key waits; `then` is called when the screen is left."""
        if instead:
            self.switch_screen(self._made(where))
        else:
            self.push_screen(self._made(where), then)

    def another(self, where: Route) -> Screen[Any] | None:
        """The screen that a route leads to; None where one of its kind is already on top."""
        made = self.screen_of(where)
        return None if type(self.screen) is type(made) else made

    def _made(self, where: Route | Screen[Any]) -> Screen[Any]:
        return where if isinstance(where, Screen) else self.screen_of(where)
