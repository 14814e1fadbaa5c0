"""The units and the caseworkers of the database: Enter opens the form for one, to change it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.port import Route
from jobsamtale_tui.tui.commands.registry import HOME
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.people.who import caseworker_lines
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.rows import Line, Rows


class StaffListScreen(BaseScreen):
    """A list to choose from, and what Enter does."""

    shows: ClassVar[tuple[str, ...]] = ("cursor.choose", "palette")
    where: ClassVar[tuple[str, ...]] = (HOME,)

    def __init__(self, title: str, empty: str) -> None:
        super().__init__()
        self._title, self._empty = title, empty

    def lines(self) -> list[Line]:
        """The rows, as they stand in the database now."""
        raise NotImplementedError

    def form(self, key: str) -> Route:
        """The form for the row."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The list, and what Enter does."""
        yield Rows(self._empty, id="staff")
        yield Static(
            public(_("Enter opens the form; what you change counts everywhere.")), classes="hint", markup=False
        )

    def on_mount(self) -> None:
        """The cursor stands on the first."""
        self.title_line(OwnText(self._title))
        rows = self.query_one("#staff", Rows)
        rows.fill(self.lines())
        rows.focus()

    def on_screen_resume(self) -> None:
        """What was changed in the form stands in the list; the cursor stays on it."""
        for rows in self.query("#staff").results(Rows):
            rows.fill(self.lines(), key=rows.key)

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """The form opens."""
        self.open(self.form(event.key))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""


class UnitsScreen(StaffListScreen):
    """The units."""

    def __init__(self) -> None:
        super().__init__(_("Which unit?"), _("No units yet; ctrl+p makes one"))

    def lines(self) -> list[Line]:
        """Name, key, municipality."""
        return [
            Line(
                one.key,
                (
                    (f"{texts.shortened(one.name, 30):<31}", "strong"),
                    (f"{texts.shortened(one.key, 22):<23}", "dim"),
                    (texts.shortened(one.municipality or "", 20), ""),
                ),
            )
            for one in reads.units(self.connection)
        ]

    def form(self, key: str) -> Route:
        """The form for a unit."""
        return route.Unit(key)


class CaseworkersScreen(StaffListScreen):
    """The caseworkers."""

    def __init__(self) -> None:
        super().__init__(_("Which caseworker?"), _("No caseworkers yet; ctrl+p makes one"))

    def lines(self) -> list[Line]:
        """As where one says who one is."""
        return caseworker_lines(self.connection)

    def form(self, key: str) -> Route:
        """The form for a caseworker."""
        return route.Caseworker(caseworker=key)
