"""Finding a row in a list by typing a part of it, as vi does: `/`, then `n` and `N`."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.keymap import types
from jobsamtale_tui.tui.commands.port import Keyboard
from jobsamtale_tui.tui.commands.registry import BY_ID, COMMANDS, keys_of, shown_key


class SearchedLine(Protocol):
    """A row as the search sees it."""

    @property
    def key(self) -> str | None:
        """None: a heading that the cursor passes over."""

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The pieces of text, and how each looks."""


class SearchedRows(Protocol):
    """A list as the search sees it."""

    at: int

    @property
    def lines(self) -> Sequence[SearchedLine]:
        """The rows."""

    @property
    def app(self) -> App[Any]:
        """The app that the keys come from."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen, which may have commands of its own on the keys of a search."""

    def go(self, place: int) -> None:
        """Moves the cursor to a row."""


class Finder:
    """What is searched for in one list. While it is typed the keys come here; then the list has them again."""

    def __init__(self, rows: SearchedRows) -> None:
        self.rows = rows
        self.wanted = ""
        self._typed = ""
        self._began = 0

    def goes_on(self, way: object, letter: object) -> bool:
        """Whether the next can be gone to: something was searched for, and the screen has no command on that letter."""
        if not self.wanted:
            return False
        command = "rows.next" if way == 1 else "rows.previous"
        return not letter or not any(types(key) and self._screens_own(key) for key in self._keys(command))

    def _screens_own(self, key: str) -> bool:
        places = getattr(self.rows.screen, "where", ())
        return any(key in self._keys(one.id) for one in COMMANDS if one.where in places)

    def _keys(self, command: str) -> tuple[str, ...]:
        return keys_of(BY_ID[command], self._app.keys)

    @property
    def _app(self) -> Keyboard:
        return cast("Keyboard", self.rows.app)

    def begin(self) -> None:
        """The next keys are what is searched for."""
        self._typed, self._began = "", self.rows.at
        self._app.key_interceptor = self._take
        self._tell(_("type a part of the row; enter stays, esc goes back"))

    def go_on(self, way: int) -> None:
        """To the next row that has it, or the one before; past the end it begins again."""
        place = self._found(self.rows.at, way)
        if place is None:
            self._app.say(_("No row has »{text}«").format(text=self.wanted))
        else:
            past = (place <= self.rows.at) if way > 0 else (place >= self.rows.at)
            self.rows.go(place)
            said = _("/{text} – begun again from the other end") if past else "/{text}"
            self._app.say(said.format(text=self.wanted))

    def _take(self, event: events.Key | events.Paste) -> bool:
        if self.rows.app.focused is not cast("Widget", self.rows):
            self._app.key_interceptor = None
            return False
        if isinstance(event, events.Paste):
            self._type(self._typed + " ".join(texts.typed(event.text).split()))
        elif event.key == "escape":
            self._end()
            self.rows.go(self._began)
            self._app.say("")
        elif event.key == "enter":
            self._end()
            self._stay()
        elif event.key == "backspace":
            self._type(self._typed[:-1])
        elif event.key in ("down", "up", "ctrl+n"):
            self.wanted = self._typed or self.wanted
            if self.wanted:
                self.go_on(-1 if event.key == "up" else 1)
        elif event.is_printable and event.character:
            self._type(self._typed + event.character)
        return True

    def _end(self) -> None:
        self._app.key_interceptor = None

    def _stay(self) -> None:
        again = not self._typed
        self.wanted = self._typed or self.wanted
        if again and self.wanted:
            self.go_on(1)
        elif self.wanted and self._found(self._began, 0) is None:
            self._app.say(_("No row has »{text}«").format(text=self.wanted), warning=True)
        elif self.wanted:
            keys = {"next": self._next_key, "back": self._app.key_of("rows.previous")}
            self._app.say(_("/{text} – {next} the next, {back} the one before").format(text=self.wanted, **keys))

    @property
    def _next_key(self) -> str:
        keys = self._keys("rows.next")
        return shown_key(next((key for key in keys if not (types(key) and self._screens_own(key))), keys[0]))

    def _type(self, text: str) -> None:
        self._typed = self.wanted = text
        place = self._found(self._began, 0) if text else self._began
        self.rows.go(self._began if place is None else place)
        self._tell("" if place is not None else _("no row has that"))

    def _tell(self, hint: str) -> None:
        self._app.say(f"/{self._typed}" + (f"  – {hint}" if hint else ""))

    def _found(self, start: int, way: int) -> int | None:
        """The first row that has all the words, from `start` on (0: itself included) or back."""
        words, lines = texts.folded(self.wanted).split(), self.rows.lines
        count = len(lines)
        steps = range(count) if way == 0 else (way * step for step in range(1, count + 1))
        for step in steps:
            place = (start + step) % count
            line = lines[place]
            if line.key is not None and all(word in self._text(place) for word in words):
                return place
        return None

    def _text(self, place: int) -> str:
        return texts.folded(" ".join(text for text, _look in self.rows.lines[place].cells))
