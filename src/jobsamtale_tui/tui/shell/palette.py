"""The palette: every command of the registry by its name, with its key; one that is not possible now says why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import COMMANDS, keys_of, shown_key
from jobsamtale_tui.tui.look.privacy import OwnText, Unmasked
from jobsamtale_tui.tui.look.themes import OWN
from jobsamtale_tui.tui.shell.availability import BY_KEYS, why_not
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Line, Rows

KEYS = 13


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A command as the palette lists it: how far up, its keys and name, why not, what it does."""

    rank: int
    keys: str
    label: str
    reason: str | None
    do: Callable[[], Any]


def entries(screen: BaseScreen) -> list[PaletteEntry]:
    """What can be done on `screen` now, then what cannot and why, then what is a key of its place."""
    found = []
    for command in COMMANDS:
        keys = "0–9" if command.fixed else ", ".join(shown_key(key) for key in keys_of(command, screen.shell.keys))
        reason, action = why_not(screen, command.id), screen.palette_action(command.id)
        if reason is None and action is not None:
            found.append(PaletteEntry(0, keys, _(command.label), None, action))
        else:
            rank = 3 if command.where in BY_KEYS else 2
            say = partial(screen.shell.say, reason or "", warning=True)
            found.append(PaletteEntry(rank, keys, _(command.label), reason, say))
    for theme in OWN:
        label = _("Colours: {name}").format(name=theme.name)
        found.append(PaletteEntry(1, "", label, None, partial(screen.shell.choose_theme, theme.name)))
    return sorted(found, key=lambda entry: entry.rank)


class _Search(Unmasked, Field):
    """What is typed here is a command's name; up and down are the list's."""

    BINDINGS: ClassVar[list[BindingType]] = [*bind_pair("cursor.move", "screen.move(-1)", "screen.move(1)")]


class Palette(ModalScreen[None]):
    """A line to type in, the commands that match, and Enter does the one under the cursor."""

    DEFAULT_CSS = """
    Palette { align-horizontal: center; background: $background 60%; }
    Palette:ansi { background: transparent; }
    Palette Vertical { width: 100%; max-width: 110; height: 75%; margin: 1 2; padding: 1; background: $panel; }
    Palette Rows, Palette Rows:focus { background: $panel; }
    Palette Vertical:ansi { border: solid ansi_default; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("back", "dismiss"),
        *bind_pair("cursor.page", "page(-1)", "page(1)"),
    ]

    def __init__(self, screen: BaseScreen) -> None:
        super().__init__()
        self._entries = entries(screen)
        self._found = self._entries

    def compose(self) -> ComposeResult:
        """The line above the list."""
        with Vertical():
            yield _Search("command", placeholder=_("Find a command: type a part of its name"))
            yield Rows(_("No command is called that"), id="commands")

    def on_mount(self) -> None:
        """All of them at first."""
        self.rows.led, self.rows.can_focus = True, False
        self._show()
        self.query_one("#command").focus()

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def _show(self) -> None:
        lines = []
        for place, entry in enumerate(self._found):
            cells = [(OwnText(f"{entry.keys:<{KEYS}} "), "dim" if entry.reason else "mark")]
            cells.append((OwnText(entry.label), "dim" if entry.reason else ""))
            if entry.reason:
                cells.append((OwnText(f"  – {entry.reason}"), "dim"))
            lines.append(Line(str(place), tuple(cells)))
        self.rows.at = 0
        self.rows.fill(lines)

    @on(Input.Changed)
    def find(self, event: Input.Changed) -> None:
        """Those that match, the possible ones first."""
        event.stop()
        matcher = Matcher(event.value.strip())
        scored = [(matcher.match(entry.label), entry) for entry in self._entries] if event.value.strip() else []
        found = [entry for score, entry in sorted(scored, key=lambda pair: (pair[1].rank, -pair[0])) if score > 0]
        self._found = found if event.value.strip() else self._entries
        self._show()

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def choose(self) -> None:
        """Does the command under the cursor, or says why not."""
        place = self.rows.key
        if place is None:
            return
        entry = self._found[int(place)]
        self.dismiss()
        self.app.call_later(entry.do)

    def action_move(self, way: int) -> None:
        """Up or down in the list."""
        self.rows.go(self.rows.at + way)

    def action_page(self, way: int) -> None:
        """A page up or down."""
        self.rows.action_page(way)
