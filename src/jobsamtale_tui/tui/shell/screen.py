"""What every screen has: a title, the keys that work, a status line, and a way to keep what stands in its fields."""

import sqlite3
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.port import Route, Shell
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.terminal.compositor import CroppedScreen
from jobsamtale_tui.tui.terminal.nodes import bindings_of
from jobsamtale_tui.tui.widgets.bars import Bar, StatusBar, key_line
from jobsamtale_tui.tui.widgets.fields import Editor, LineField, TextField

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult, NotSaved, Saved


ALWAYS = ("help", "back", "quit")


class BaseScreen(CroppedScreen):
    """A screen of the app. `shows` names the commands on its key line, `where` the places its help tells of."""

    BLANK: ClassVar[bool] = True
    shows: ClassVar[tuple[str, ...]] = ()
    where: ClassVar[tuple[str, ...]] = ()
    searches: ClassVar[frozenset[str]] = frozenset({"find", "search"})
    """The ids of fields that are typed in to find something, with `--read-only` too."""
    only: ClassVar[frozenset[str] | None] = None
    """The commands (or ids of bindings) that work here; None: every one that is bound."""
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("back"),
        *bind_pair("field.next", "app.focus_next", "app.focus_previous"),
    ]

    def __init__(self) -> None:
        super().__init__()

    @property
    def shell(self) -> Shell:
        """The app, as far as a screen may ask of it."""
        return cast("Shell", self.app)

    def open(self, where: Route | Screen[Any], *, instead: bool = False) -> None:
        """Goes to a route, or to a screen of the same file; keys wait until it stands."""
        self.shell.open(where, instead=instead)

    def push(
        self, where: Route | Screen[Any], then: Callable[[Any], None] | None = None, *, instead: bool = False
    ) -> None:
        """The same, but no key waits; `then` is called when it is left."""
        self.shell.push(where, then, instead=instead)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that the screens read through."""
        return self.shell.connection

    def compose(self) -> ComposeResult:
        """Title above, keys and status below, the screen's own in between."""
        yield Bar(id="title", classes="title")
        yield from self.body()
        yield StatusBar(classes="status", id="status")
        yield Bar(key_line((*self.shows, *ALWAYS), self.shell.keys), classes="keys", id="keys")

    def body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    def title_line(self, left: str, right: str = "") -> None:
        """Shows what the screen is about."""
        self.query_one("#title", Bar).show(left, right)

    def key_line(self, commands: tuple[str, ...]) -> None:
        """Shows the keys that work here."""
        self._commands = commands
        self._show_keys()

    @on(events.DescendantFocus)
    def _show_keys(self) -> None:
        """In a text field letters are written: there the line has the keys that still are commands."""
        typing = isinstance(self.focused, (TextField, LineField))
        commands = self.shows if self._commands is None else self._commands
        for bar in self.query("#keys").results(Bar):
            bar.show(key_line((*commands, *ALWAYS), self.shell.keys, typing=typing))

    _commands: tuple[str, ...] | None = None
    """What the key line tells of, where that is not `shows`."""
    _early: tuple[str | None, bool] = (None, False)

    _presence = ""
    _standing = ""
    _typing = False
    _said_at = 0.0

    def status(self, sentence: str | None = None, *, saved: str | None = None, warning: bool = False) -> None:
        """Says something on the status line until the next key, and when the last change was saved; as soon as there
        is a status line."""
        bar = self._status
        if bar is None:
            self._early = (sentence, warning) if sentence is not None else self._early
            return
        if sentence is not None:
            self._said_at = monotonic()
            bar.put(message=sentence, warning=warning)
        if saved is not None and not self._typing:
            bar.put(kept=saved)

    @property
    def _status(self) -> StatusBar | None:
        return next(iter(self.query("#status").results(StatusBar)), None)

    @property
    def warned(self) -> bool:
        """Whether the status line still says what went wrong before."""
        bar = self._status
        return bar is not None and bar.warning and bool(bar.message)

    def key_comes(self, when: float) -> None:
        """A key that was pressed at `when` is about to do something: what was said before that goes."""
        bar = self._status
        if bar is not None and bar.message and when > self._said_at:
            bar.put(message="", warning=False)

    def stands(self, sentence: str) -> None:
        """Says on the status line what holds for the screen as long as it stands; messages go before it."""
        self._standing = sentence
        self.show_state()

    def present(self, sentence: str) -> None:
        """Says who else is here, in its own place on the status line; empty where nobody is."""
        self._presence = sentence
        self.show_state()

    def typing_begins(self) -> None:
        """What stands in the field that one types in is not kept yet: the status line says so."""
        if not self._typing and self._unkept():
            self._typing = True
            self.show_state()

    def _unkept(self) -> bool:
        field = self.focused
        return isinstance(field, (TextField, LineField)) and field.value != field.saved

    def typing_kept(self) -> None:
        """What was typed is kept, if the database takes it."""
        if self._typing:
            self._typing = False
            self.shell.kept_now()
            self.show_state()

    def show_state(self) -> None:
        """Brings the status line in line with what could not be saved, who is here and what is kept."""
        bar = self._status
        if bar is not None:
            self._typing = self._typing and self._unkept()
            kept = OwnText(_("writing …")) if self._typing else self.shell.last_saved
            bar.put(trouble=self.shell.trouble, presence=self._presence, kept=kept, standing=self._standing)

    def on_screen_resume(self) -> None:
        """The status line is up to date when one comes back, and says what was said before it was there."""
        (sentence, warning), self._early = self._early, (None, False)
        self.show_state()
        self.status(sentence, warning=warning)

    def action_back(self) -> None:
        """To the screen before; home stays."""
        if len(self.app.screen_stack) > 2:
            self.keep()
            self.dismiss()

    def palette_action(self, command: str) -> Callable[[], Any] | None:
        """What the palette does for a command here; None where it does not apply."""
        for node in (*(self.focused.ancestors_with_self if self.focused else (self, self.app)), *self.query("*")):
            for binding in bindings_of(node):
                if (binding.id or "").partition(":")[0] == command and node.display:
                    return partial(self.app.run_action, binding.action, node)
        name = f"action_{command.replace('.', '_')}"
        return getattr(self, name, None) or getattr(self.app, name, None)

    def why_not(self, command: str) -> str | None:  # noqa: ARG002
        """Why a command of this screen is not possible now, in a sentence; None where it is."""
        return None

    def reading(self) -> str:
        """The text that `copy` takes where no field has the focus; empty where there is none."""
        return ""

    @on(Editor)
    def edit(self, message: Editor) -> None:
        """Opens a field's text in the user's own editor."""
        from jobsamtale_tui.tui.shell.external_editor import edit_field

        message.stop()
        sentence, warning = edit_field(self, message.field)
        self.status(sentence, warning=warning)

    def keep(self) -> None:
        """Keeps what stands in the fields; called when one leaves and when the terminal goes away."""

    def database_back(self) -> None:
        """The database takes changes again, after it did not."""

    def saved(self, message: "Saved") -> None:
        """A change is on disk."""

    def not_saved(self, message: "NotSaved") -> None:
        """A change was not saved."""

    def ready(self, message: "BackgroundResult") -> None:
        """Something asked for in the background has come."""
