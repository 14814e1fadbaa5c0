"""The keys that work here, from the registry: those of what has the focus first, then the screen's, then everywhere."""

from collections.abc import Iterable
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input, TextArea

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.registry import COMMANDS, EVERYWHERE, Command, keys_of, shown_key
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.text_page import PageScreen
from jobsamtale_tui.tui.terminal.nodes import bindings_of
from jobsamtale_tui.tui.widgets.form import Form
from jobsamtale_tui.tui.widgets.large_chart import LargeChart
from jobsamtale_tui.tui.widgets.page import COLUMN, NAMED, Page, Paragraph
from jobsamtale_tui.tui.widgets.rows import Rows
from jobsamtale_tui.tui.widgets.scale_form import ScaleForm

Group = tuple[str, list[Command]]


class HelpScreen(PageScreen):
    """What every key does on the screen that one came from."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._groups = list(groups(screen))

    def on_mount(self) -> None:
        """One table a place."""
        self.title_line(_("Keys"), _("esc goes back"))
        found: list[Paragraph] = []
        for title, commands in self._groups:
            found += [
                (OwnText(title), "heading"),
                *((OwnText(self._line(command)), NAMED) for command in commands),
                ("", ""),
            ]
        self.page.show(found)
        self.page.focus()

    def _line(self, command: Command) -> str:
        keys = keys_of(command, self.shell.keys)
        shown = "0–9" if command.fixed else ", ".join(shown_key(key) for key in keys)
        shown = shown or self.shell.key_of("palette")
        return f"{f'  {shown}':<{COLUMN - 1}} {_(command.label)}"


def groups(screen: Screen[Any]) -> Iterable[Group]:
    """What works where the cursor stands, on the rest of the screen, everywhere, and then elsewhere; each once."""
    focused = screen.focused
    told: set[str] = set()

    def fresh(commands: Iterable[Command]) -> list[Command]:
        found = [command for command in dict.fromkeys(commands) if command.id not in told]
        told.update(command.id for command in found)
        return found

    if focused is not None:
        chain = [node for node in focused.ancestors_with_self if node is not screen and node is not screen.app]
        if chain:
            yield _("Here: {what}").format(what=_what(focused)), fresh(_bound(chain))
    places = getattr(screen, "where", ())
    of_screen = [*_bound([screen]), *(command for command in COMMANDS if command.where in places)]
    for place in dict.fromkeys([*places, *(command.where for command in of_screen)]):
        commands = fresh(command for command in of_screen if command.where == place != EVERYWHERE)
        if commands:
            yield _(place).capitalize(), commands
    yield _(EVERYWHERE).capitalize(), fresh(command for command in COMMANDS if command.where == EVERYWHERE)
    elsewhere = [command for command in COMMANDS if command.id not in told]
    for place in dict.fromkeys(command.where for command in elsewhere):
        commands = fresh(command for command in elsewhere if command.where == place)
        yield _("Elsewhere: {place}").format(place=_(place)), commands


def _bound(nodes: Iterable[DOMNode]) -> list[Command]:
    names: set[str] = set()
    for node in nodes:
        own = {(binding.id or "").partition(":")[0] for binding in bindings_of(node)}
        unsearched = isinstance(node, Rows) and node.finder is None
        names |= {name for name in own if not (unsearched and name.startswith("rows."))}
    return [command for command in COMMANDS if command.id in names]


def _what(focused: DOMNode) -> str:
    if isinstance(focused, (Input, TextArea)):
        return _("a text field")
    if isinstance(focused, ScaleForm):
        return _("the scale form")
    if isinstance(focused, Rows):
        return _("a list")
    if any(isinstance(node, Form) for node in focused.ancestors_with_self):
        return _("a form")
    if isinstance(focused, LargeChart):
        return _("the graph")
    return _("a text to read") if isinstance(focused, Page) else _("this screen")
