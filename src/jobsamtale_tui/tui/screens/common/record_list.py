"""A citizen's records of one kind: a list, all there is to say of the one under the cursor, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from jobsamtale_tui import records, texts
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved


class FollowedRows(Rows):
    """Rows that say where the cursor is."""

    class Moved(Message):
        """The cursor may stand on another row."""

    def go(self, place: int) -> None:
        """Moves the cursor."""
        super().go(place)
        self.post_message(self.Moved())


class RecordsScreen(BaseScreen):
    """One kind of record of one citizen. A screen of one's own says the rows, the text and how a change is undone."""

    DEFAULT_CSS = """
    RecordsScreen #records { height: auto; max-height: 50%; min-height: 3; }
    RecordsScreen #about-box { height: 1fr; border-top: solid $dim; }
    """

    def __init__(self, citizen: str, title: str, empty: str) -> None:
        super().__init__()
        self.key = citizen
        self._title, self._empty = title, empty
        self._taken: str | None = None

    @property
    def what(self) -> str:
        """What names this screen's changes."""
        return f"{type(self).__name__} {self.key}"

    def lines(self) -> list[Line]:
        """The rows, as the records stand now."""
        raise NotImplementedError

    def about(self, key: str | None) -> Content:
        """What there is to say of a record."""
        raise NotImplementedError

    def undoing(self, *, back: bool) -> "Callable[[Database, Actor, str], Any]":
        """What takes back the last change of a record, or makes it again."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """The list above, the one under the cursor below."""
        yield FollowedRows(self._empty, id="records")
        with VerticalScroll(id="about-box", can_focus=True):
            yield Static(id="about", classes="text", markup=False)

    def on_mount(self) -> None:
        """The cursor stands on the first."""
        citizen = reads.citizen(self.connection, self.key)
        self.title_line(OwnText(self._title), citizen.name if citizen else "")
        self.fill()
        self.rows.focus()

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one("#records", Rows)

    def on_screen_resume(self) -> None:
        """What was changed in a form shows."""
        if self.query("#records"):
            self.fill()

    def fill(self, key: str | None = None) -> None:
        """Shows the records as they stand; the cursor goes to `key`, else stays."""
        self.rows.fill(self.lines(), key=key or self.rows.key)
        self.tell()

    @on(FollowedRows.Moved)
    def tell(self) -> None:
        """The text of the record under the cursor."""
        self.query_one("#about", Static).update(self.about(self.rows.key))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def reading(self) -> str:
        """The text of the record under the cursor."""
        return self.about(self.rows.key).plain

    def take(self, *, back: bool) -> None:
        """Takes back the last change of the record under the cursor, or makes it again."""
        key = (self._taken if not back else None) or self.rows.key or self._taken
        if key is None:
            self.shell.say(_("There is nothing to undo"))
            return
        job, wanted = self.undoing(back=back), key
        self._taken = wanted if back else None
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, lambda database, actor: job(database, actor, wanted))

    def saved(self, message: "Saved") -> None:
        """Shows the records as they stand."""
        result = message.result
        if isinstance(result, RecordSaved) and result.what == self.what:
            self.fill()
            done = getattr(result.result, "back", None)
            if done is not None:
                self.status(OwnText(_("Taken back") if done else _("Made again")))
            self.shell.release_keys()

    def not_saved(self, message: "NotSaved") -> None:
        """Shows the records as they stand; the status line says why."""
        if message.field == self.what:
            self.fill()


def heading(title: str) -> Line:
    """A heading within the list."""
    return Line(None, ((OwnText(title), "strong"),))


def told(*parts: tuple[str, str | None]) -> Content:
    """Labels of ours and what is written beside them, a line each; what is not written is left out."""
    return Content("\n").join(
        Content.assemble(public(Content.styled(label, "$dim")), public(" " if label else ""), texts.shown(text))
        for label, text in parts
        if text
    )


def goal_words(goal: records.JobGoal) -> str:
    """What a goal is, on a line."""
    return ", ".join(filter(None, (goal.position, goal.function, goal.industry, goal.education)))
