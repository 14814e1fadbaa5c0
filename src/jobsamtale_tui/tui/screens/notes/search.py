"""Search in all notes: a field, and the notes that have what is typed in it, the newest first, as one types."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from jobsamtale_tui import dates, texts
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.sqlite import note_search
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Cell, Line, Rows

PAUSE_SECONDS = 0.12
"""So long after a key it is asked: a fast typist asks once a word."""
MOST = 200


class NotesFound(Message):
    """What was asked for in the background."""

    def __init__(self, sought: str, found: list[note_search.Found], error: StoreError | None) -> None:
        super().__init__()
        self.sought = sought
        self.found = found
        self.error = error


class SearchScreen(BaseScreen):
    """Enter opens the note with the hit in view."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("cursor.move", "into_list", second=True)]

    def __init__(self) -> None:
        super().__init__()
        self._timer: Any = None

    def body(self) -> ComposeResult:
        """The field above the list."""
        yield Field("search", placeholder=_("Search in all notes: words or parts of words, each has to be there"))
        yield Rows(_("Nothing searched for yet."), id="list", searched=False)

    def on_mount(self) -> None:
        """The cursor stands in the field."""
        self.title_line(OwnText(_("Search in all notes")))
        self.query_one("#search", Field).focus()

    @on(Input.Changed, "#search")
    def typing(self) -> None:
        """Asks after a pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_SECONDS, self._ask)

    def _ask(self) -> None:
        sought = self.query_one("#search", Field).value
        database = self.shell.database

        def ask() -> None:
            error: StoreError | None = None
            found: list[note_search.Found] = []
            try:
                with database.connected() as connection:
                    found = note_search.notes_with(connection, sought, limit=MOST)
            except StoreError as failure:
                error = failure
            self.post_message(NotesFound(sought, found, error))

        self.run_worker(ask, thread=True, exclusive=True, exit_on_error=False)

    @on(NotesFound)
    def show(self, message: NotesFound) -> None:
        """Shows what was found, where nothing else has been typed since."""
        if message.sought != self.query_one("#search", Field).value:
            return
        rows = self.query_one("#list", Rows)
        words = note_search.words(message.sought)
        rows.empty = _("No note has that. Try a part of the word.") if words else _("Nothing searched for yet.")
        rows.fill([_line(one) for one in message.found])
        rows.go(0)
        if message.error:
            self.status(str(message.error), warning=True)
        elif len(message.found) == MOST:
            self.status(OwnText(_("The newest {count}; more words find fewer").format(count=MOST)))
        else:
            count = len(message.found)
            self.status(OwnText(_("{count} notes").format(count=count) if words else ""))

    @on(Input.Submitted, "#search")
    def open_first(self) -> None:
        """Enter opens the note of the row."""
        self.query_one("#list", Rows).action_choose()

    @on(Rows.Chosen)
    def open_note(self, event: Rows.Chosen) -> None:
        """The note, with the hit in view."""
        sought = note_search.words(self.query_one("#search", Field).value)
        self.push(route.Note(event.key, sought=sought))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def action_into_list(self) -> None:
        """Down goes from the field into the list."""
        if self.focused is self.query_one("#search"):
            self.query_one("#list", Rows).focus()

    def action_back(self) -> None:
        """From the field into what was found; from there back to where one came from."""
        rows = self.query_one("#list", Rows)
        if self.focused is self.query_one("#search") and rows.lines:
            rows.focus()
        else:
            super().action_back()


def _line(found: note_search.Found) -> Line:
    day = dates.short_day(dates.local(found.held_at).date())
    cells: list[Cell] = [(OwnText(f"{day}  "), ""), (f"{texts.shortened(found.citizen_name, 18):<19} ", "")]
    last = 0
    for start, end in found.hits:
        cells += [(found.snippet[last:start], "dim"), (found.snippet[start:end], "strong")]
        last = end
    return Line(found.session, (*cells, (found.snippet[last:], "dim")))
