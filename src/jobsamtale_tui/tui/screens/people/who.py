"""Who one is: asked the first time the app is opened, remembered for the login, changed from the palette."""

import sqlite3
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.registry import HOME
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.rows import Line, Rows

NEW = "\nnew"


def caseworker_lines(connection: sqlite3.Connection) -> list[Line]:
    """A row for each caseworker: name, unit, role."""
    units = {unit.key: unit.name for unit in reads.units(connection)}
    return [
        Line(
            one.key,
            (
                (f"{texts.shortened(one.name, 30):<31}", "strong"),
                (f"{texts.shortened(units.get(one.unit or '', ''), 22):<23}", ""),
                (_(labels.ROLES[one.role]) if one.role else "", "dim"),
            ),
        )
        for one in reads.caseworkers(connection)
    ]


class WhoScreen(BaseScreen):
    """The caseworkers of the database, and a line to make one."""

    shows: ClassVar[tuple[str, ...]] = ("cursor.choose", "palette")
    where: ClassVar[tuple[str, ...]] = (HOME,)

    def __init__(self) -> None:
        super().__init__()
        self._made: str | None = None

    def body(self) -> ComposeResult:
        """What the answer is for, then the list."""
        yield Static(
            public(_("Your own sessions are shown first, and what you change carries your name. It is asked once.")),
            classes="hint",
            markup=False,
        )
        yield Static(classes="hint", markup=False)
        yield Rows(id="who")
        yield Static(
            public(_("Enter chooses. Esc goes on without: everybody's sessions are shown.")),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """The cursor stands on who one is, or seems to be by the login name."""
        self.title_line(OwnText(_("Who are you?")), self.shell.settings.login)
        lines = caseworker_lines(self.connection)
        new = Line(NEW, (("+ ", "mark"), (OwnText(_("new caseworker")), "mark")))
        rows = self.query_one("#who", Rows)
        rows.fill([*lines, new], key=self._likely([line.key for line in lines]))
        rows.focus()

    def _likely(self, keys: list[str | None]) -> str | None:
        settings = self.shell.settings
        return next((name for name in (settings.user, settings.login) if name in keys), None)

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """That is who one is; the new line makes a caseworker first."""
        if event.key != NEW:
            self.dismiss()
            self.shell.act_as(event.key)
            return
        self.open(route.Caseworker(self._take))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def _take(self, key: str) -> None:
        self._made = key

    def on_screen_resume(self) -> None:
        """A caseworker that has just been made is who one is."""
        if self._made:
            self.dismiss()
            self.shell.act_as(self._made)
