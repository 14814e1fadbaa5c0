"""Completing a meeting: who is ready, what is missing for the others, and whose name stands in whose note."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.session import meetings, names_of_others
from jobsamtale_tui.casework.session.meetings import Completed
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import COMPLETING
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult, NotSaved, Saved

WHAT = "group.complete"


class ReadyRows(Rows):
    """Who is to be completed."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("group.mark", "screen.group_mark"), bind("group.confirm", "choose")]


class GroupCompleteScreen(BaseScreen):
    """Those who are ready are marked; space marks one more, or leaves one open; Enter writes the notes."""

    shows = ("group.confirm", "group.mark")
    where = (COMPLETING,)
    DEFAULT_CSS = """
    GroupCompleteScreen #warnings { height: auto; max-height: 40%; padding: 0 1; color: $text-warning; }
    """

    def __init__(self, group: str, day: date, since: int) -> None:
        super().__init__()
        self.group, self.day = group, day
        self.since = since
        """The newest entry of the history when the meeting was seen."""
        self.drafts: list[tuple[records.Session, str]] = []
        self.marked: set[str] = set()
        self._sent = False

    def body(self) -> ComposeResult:
        """The warnings above, the citizens below."""
        yield Static(public(_("Each gets a note of her own, and the session is locked")), classes="heading")
        yield Static(id="warnings", markup=False)
        yield ReadyRows(_("No session of the meeting is open"), id="ready")

    def on_mount(self) -> None:
        """Asked for behind all that is on its way to the disk."""
        self.title_line(_("Complete the meeting"), dates.short_day(self.day))
        self.query_one("#ready").focus()
        database, group, day = self.shell.database, self.group, self.day

        def ask() -> list[tuple[records.Session, str]]:
            with database.connected() as connection:
                return meetings.sessions_there(connection, group, day)

        self.shell.pause_keys()
        self.shell.write_queue.run_in_background(f"ready {group}", ask)

    def ready(self, message: "BackgroundResult") -> None:
        """Shows who is ready."""
        if message.what != f"ready {self.group}":
            return
        there: list[tuple[records.Session, str]] = message.result
        self.drafts = [(session, name) for session, name in there if session.status == "draft"]
        self.marked = {session.key for session, _name in self.drafts if meetings.ready(session)}
        names = [name for _session, name in there]
        said = []
        for session, name in self.drafts:
            found = names_of_others.named(session, name, [other for other in names if other != name])
            if found:
                said.append(
                    "! "
                    + _("The note on {name} names {others}: change the text first, or let it stand").format(
                        name=texts.one_line(name), others=", ".join(map(texts.one_line, found))
                    )
                )
        self.query_one("#warnings", Static).update("\n".join(said))
        self._show()
        self.shell.release_keys()

    def _show(self) -> None:
        rows = self.query_one("#ready", Rows)
        lines = []
        for session, name in self.drafts:
            marked = session.key in self.marked
            missing = meetings.missing(session)
            said = _("missing: {what}").format(what=", ".join(missing)) if missing else _("everything is there")
            word = _("is completed") if marked else _("stays open")
            mark, look = ("●", "strong") if marked else ("○", "dim")
            cells = ((f"{mark} {texts.shortened(name, 26):<28}", look), (f"{word:<16}", look), (said, "dim"))
            lines.append(Line(session.key, cells))
        rows.fill(lines, key=rows.key)
        count = len(self.marked)
        said = ngettext(
            "Enter completes and locks {count} session", "Enter completes and locks {count} sessions", count
        )
        self.status(OwnText(said.format(count=count) + " · " + _("space: in or out · esc: back")))

    def action_group_mark(self) -> None:
        """This one too, or not."""
        key = self.query_one("#ready", Rows).key
        if key is not None:
            self.marked ^= {key}
            self._show()

    @on(Rows.Chosen, "#ready")
    def confirm(self) -> None:
        """Writes the notes of those who are marked."""
        if self._sent:
            return
        if not self.marked:
            self.status(OwnText(_("Nobody is marked: space marks the one under the cursor")), warning=True)
            return
        self._sent = True
        keys = [session.key for session, _name in self.drafts if session.key in self.marked]
        self.shell.pause_keys()
        self.shell.write_queue.change_many(WHAT, keys, meetings.complete, since=self.since)

    def saved(self, message: "Saved") -> None:
        """Back to the meeting, with what came of it."""
        result = message.result
        if not isinstance(result, RecordSaved) or result.what != WHAT:
            return
        done = result.result
        assert isinstance(done, Completed)  # noqa: S101 - what the job returns
        said = ngettext("{count} note is written", "{count} notes are written", done.done).format(count=done.done)
        if done.left:
            said = _("Written: {done} · still open: {left} · {why}")
            said = said.format(done=done.done, left=done.left, why=done.why)
        below = self.app.screen_stack[-2]
        self.dismiss()
        self.shell.release_keys()
        if isinstance(below, BaseScreen):
            below.status(OwnText(said), warning=bool(done.left))

    def not_saved(self, message: "NotSaved") -> None:
        """It can be tried again."""
        if message.field == WHAT:
            self._sent = False
            self.shell.release_keys()
