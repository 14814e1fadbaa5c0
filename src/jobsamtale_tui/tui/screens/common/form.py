"""A screen for one form: it keeps what is typed, says what is missing, and has the form saved.

A screen of one's own names its form and says what to show and what to save:

    class UnitScreen(FormScreen):
        def __init__(self) -> None:
            super().__init__("unit.new", _("New unit"))

        def build(self, typed: Mapping[str, str]) -> Form:
            return Form(Text("name", _("Name"), needed=True), typed=typed)

        def job(self, form: Form) -> Job:
            values = form.values
            return lambda database, actor: units.make(database, actor, values["name"])

`what` names the form: what is typed and not kept is remembered under it, per login, also when the terminal goes away.
F10 (or Enter on the last line) keeps; Escape keeps too where the form is valid, says what is missing where it is not,
and leaves the second time with what was typed remembered. `job` runs in the writer's thread and touches no widget;
`done` gets what it returned. For a change of a session return None from `job` and call `write_queue.change` in `send`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change.context import ChangeContext, Resolution
from jobsamtale_tui.editing.merge_drafts import split_forms
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.errors import ChangedByOtherError, Conflict
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import FORMS
from jobsamtale_tui.tui.commands.route import BOTH, THEIRS
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.shell.typing_pause import Pause
from jobsamtale_tui.tui.widgets.form import Form

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved

Job = Callable[[Database, "Actor"], Any]
_LINES: Mapping[str, tuple[str, ...]] = {
    "indicators_used": ("use", "reason", "barriers"),
    "ended": ("ended", "ended_on"),
    "from_": ("from",),
    "every_weeks": ("every",),
    "earlier_groups": ("group_since",),
    "contact_exceptions": ("reason", "from", "until", "why"),
}
"""The lines of a form in which a column of another name stands."""


class FormScreen(BaseScreen):
    """One form on a screen."""

    shows: ClassVar[tuple[str, ...]] = ("form.keep", "form.reset")
    where: ClassVar[tuple[str, ...]] = (FORMS,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("form.reset")]
    offered: Mapping[str, str] = MappingProxyType({})
    """What the form itself has put on its lines: F10 keeps it, Escape alone does not."""

    def __init__(self, what: str, title: str, right: str = "") -> None:
        super().__init__()
        self.what = what
        self._title, self._right = title, right
        self._warned = False
        self._aside: dict[str, str] = {}
        self._pause = Pause(self, self.keep)
        self._since = 0
        self._answer: Resolution | None = None

    # What a form of one's own says

    def build(self, typed: Mapping[str, str]) -> Form:
        """The form, with what was typed and not kept the last time."""
        raise NotImplementedError

    def job(self, form: Form) -> Job:
        """What saves the form."""
        raise NotImplementedError

    def done(self, result: Any) -> None:  # noqa: ARG002
        """It has been saved; `result` is what the job returned."""
        self.dismiss()

    def typed(self, name: str) -> None:
        """A line has been changed."""

    def send(self) -> None:
        """Has the form saved."""
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, self.job(self.form))

    # The rest is the same for all

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def body(self) -> ComposeResult:
        """The form alone."""
        kept = self.shell.drafts.typed(self.what)
        self._since = history.newest(self.connection)
        kind, key = getattr(self, "kind", ""), getattr(self, "key", None)
        if kept and kind and key:  # typed over the record as it was then
            login = self.shell.settings.login
            self._since = history.seen_at(self.connection, kind, key, dates.iso(kept[1]), login)
        yield self.build(kept[0] if kept else {})

    def place(self, database: Database, actor: "Actor", key: str, seen: int) -> ChangeContext:
        """The record to change, as the form shows it: where others changed something else, both changes stand."""
        return ChangeContext(database=database, actor=actor, key=key, seen=seen, since=self._since, answer=self._answer)

    def on_mount(self) -> None:
        """Says so where the last time's typing has come back."""
        self.title_line(OwnText(self._title), self._right)
        kept = self.shell.drafts.typed(self.what)
        for typed in split_forms(kept[0] if kept else {})[1:]:
            for name, text in typed.items():
                self.form.add(name, text)
        if kept and self.form.dirty:
            sentence = _("What you typed {when} stands here again; F7 begins anew")
            self.shell.say(sentence.format(when=dates.short_time(kept[1])))
        self.filled()

    def filled(self) -> None:
        """The form stands with what was typed the last time."""

    @on(Form.Changed)
    def changed(self, message: Form.Changed) -> None:
        """After a pause what stands in the form is remembered, and now and then where there is none."""
        self._warned = False
        self.typed(message.name)
        self._pause.typing()

    @on(Form.Finished)
    def finished(self) -> None:
        """F10, or Enter on the last line."""
        self.finish()

    def finish(self) -> None:
        """Keeps the form, or says what is missing."""
        if not self.form.valid:
            self.form.blame()
        elif not self.form.dirty:
            self.leave()
        else:
            self.send()

    def action_form_keep(self) -> None:
        """As F10."""
        self.finish()

    def action_line(self, way: int) -> None:
        """Up and down."""
        self.form.move(way)

    def action_form_reset(self) -> None:
        """As it was before one typed; once more brings what was typed back."""
        form = self.form
        typed = form.dirty
        if typed:
            self._aside = typed
            form.reset()
            self.shell.say(_("As it was; F7 once more brings what you typed back"))
        elif self._aside:
            for name, text in self._aside.items():
                form.put(name, text)
            self.shell.say("")

    def action_back(self) -> None:
        """Keeps a valid form; says what is missing else, and leaves the second time."""
        form = self.form
        if not form.dirty or form.dirty == self.offered:
            self.leave()
        elif form.valid:
            self.send()
        elif self._warned:
            self.keep()
            self.dismiss()
        else:
            self._warned = True
            form.blame()
            self.shell.say(_("Esc once more leaves; what you typed is kept until you come back"), warning=True)

    def leave(self) -> None:
        """Leaves a form in which nothing stands that is not saved."""
        self.shell.drafts.forget(self.what)
        self.dismiss()

    def keep(self) -> None:
        """Remembers what is typed and not kept."""
        self._pause.stop()
        if self.is_mounted and self.query(Form):
            self.shell.drafts.form(self.what, self.form.dirty)

    def saved(self, message: "Saved") -> None:
        """What is typed is in the record now."""
        result = message.result
        if isinstance(result, RecordSaved) and result.what == self.what:
            self._pause.stop()
            self.shell.drafts.forget(self.what)
            self._answer = None
            self.shell.release_keys()
            self.done(result.result)

    async def renew(self) -> None:
        """The record as it stands now, with what was typed over it."""
        old = self.form
        self._since = history.newest(self.connection)
        form = self.build(old.dirty)
        with self.app.batch_update():
            await old.remove()
            await self.mount(form, after=self.query_one("#title"))

    def not_saved(self, message: "NotSaved") -> None:
        """Says why; what was typed stays."""
        if message.field != self.what:
            return
        if message.waits:  # it is in the journal, and is made once the database takes changes
            self._pause.stop()
            self.shell.drafts.forget(self.what)
            self._answer = None
            self.shell.release_keys()
            self.done(None)
            return
        self.keep()
        self.shell.release_keys()
        self._answer = None
        if isinstance(message.error, ChangedByOtherError) and message.error.clash:
            self.app.call_later(self._show_clash, message.error.clash)
        elif isinstance(message.error, ChangedByOtherError):
            self.run_worker(self.renew())
        else:
            self.form.say(str(message.error), bad=True, private=True)

    def _show_clash(self, clash: Conflict) -> None:
        self.push(route.Conflict(clash, None, lambda how: self.run_worker(self._answered(clash, how))))

    async def _answered(self, clash: Conflict, how: str | None) -> None:
        """Both sides have been seen: what I typed in those lines goes, or is kept all the same. Without an answer it
        stays in the form, and the clash comes again."""
        if how is None:
            return
        if how == THEIRS:
            theirs = {line for piece in clash.pieces for line in _LINES.get(piece.column, (piece.column,))}
            typed = {name: text for name, text in self.form.dirty.items() if name not in theirs}
            self.form.reset()
            for name, text in typed.items():
                self.form.put(name, text)
            await self.renew()
            self.keep()
        else:
            self._answer = Resolution(clash.upto, after=how == BOTH)
            self.send()
