"""The Joblog by hand: her applications, made, changed, taken out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.citizen import applications
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import JOBLOG
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.record_list import RecordsScreen, told
from jobsamtale_tui.tui.widgets.form import Day, Fault, Form, Text, Values
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor

SHOWN = 500
"""Applications in the list; the older ones are in an export."""


class TakenOut(RecordsScreen):
    """Records that can be taken out: undo brings the last one back first."""

    record: ClassVar[type[records.Application | records.Opening]]
    table: ClassVar[str]

    def __init__(self, citizen: str, title: str, empty: str) -> None:
        super().__init__(citizen, title, empty)
        self._gone: list[str] = []

    def take_out(self) -> None:
        """Takes the one under the cursor out; undo brings it back."""
        key = self.rows.key
        if key is None:
            return
        seen, what = quick_reads.version(self.connection, self.table, key), self.record

        def job(database: Database, actor: "Actor") -> str:
            return applications.remove(ChangeContext(database=database, actor=actor, key=key, seen=seen), what)

        self._gone.append(key)
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, job)

    def take(self, *, back: bool) -> None:
        """What was taken out last comes back first; else as everywhere."""
        if not back or not self._gone:
            super().take(back=back)
            return
        wanted, job = self._gone.pop(), self.undoing(back=True)
        self._taken = wanted
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, lambda database, actor: job(database, actor, wanted))

    def undoing(self, *, back: bool) -> "Callable[[Database, Actor, str], Any]":
        """The record's own undo and redo."""
        take, what = applications.undo if back else applications.redo, self.record
        return lambda database, actor, key: take(database, actor, what, key)


class JoblogScreen(TakenOut):
    """The newest applications first."""

    record, table = records.Application, "application"
    shows = ("application.edit", "application.new", "application.remove", "application.undo")
    where = (JOBLOG,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("application.edit"),
        bind("application.new"),
        bind("application.remove"),
        bind("application.undo"),
        bind("application.redo"),
    ]

    def __init__(self, citizen: str) -> None:
        super().__init__(citizen, _("Applications (Joblog)"), "")
        self._found: dict[str, records.Application] = {}

    def on_mount(self) -> None:
        """The empty list says how applications come in."""
        said = _("No application yet. jobsamtale import --as applications reads the Joblog; {key} adds one by hand.")
        self.rows.empty = said.format(key=self.shell.key_of("application.new"))

    def lines(self) -> list[Line]:
        """Day, position, employer, result."""
        found = reads.newest_applications(self.connection, self.key, SHOWN)
        self._found = {one.key: one for one in found}
        return [
            Line(
                one.key,
                (
                    (f"{dates.short_day(one.on)}  ", "dim"),
                    (f"{texts.shortened(one.position, 28):<29}", "strong"),
                    (f"{texts.shortened(one.employer or '', 18):<19}", ""),
                    (texts.shortened(one.result or "", 40), "dim"),
                ),
            )
            for one in found
        ]

    def about(self, key: str | None) -> Content:
        """All that is known of it."""
        one = self._found.get(key or "")
        if one is None:
            return Content("")
        return told(
            (_("Day:"), dates.short_day(one.on)),
            (_("Position:"), one.position),
            (_("Employer:"), one.employer),
            (_("Channel:"), one.channel),
            (_("Result:"), one.result),
        )

    @on(Rows.Chosen)
    def action_application_edit(self) -> None:
        """The form for the application."""
        if self.rows.key in self._found:
            self.open(ApplicationForm(self.key, self.rows.key, self.fill))

    def action_application_new(self) -> None:
        """A form for a new one."""
        self.open(ApplicationForm(self.key, None, self.fill))

    def action_application_remove(self) -> None:
        """Takes it out."""
        self.take_out()

    def action_application_undo(self) -> None:
        """Takes back the last change."""
        self.take(back=True)

    def action_application_redo(self) -> None:
        """Makes it again."""
        self.take(back=False)


class ApplicationForm(FormScreen):
    """A new application, or the one to change; `made` is told its key."""

    kind = "application"

    def __init__(self, citizen: str, key: str | None, made: "Callable[[str], Any]") -> None:
        what = f"application.edit {key}" if key else f"application.new {citizen}"
        super().__init__(what, _("Change the application") if key else _("New application"))
        self.citizen, self.key, self._made, self._seen = citizen, key, made, 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """When, as what, where, how, what came of it."""
        found = reads.newest_applications(self.connection, self.citizen, SHOWN) if self.key else []
        one = next((one for one in found if one.key == self.key), None)
        self._seen = quick_reads.version(self.connection, "application", self.key) if self.key else 0
        names = ("on", "position", "employer", "channel", "result")
        return Form(
            Day("on", _("Day"), needed=True, past=True),
            Text("position", _("Position"), needed=True, hint=_("As what she applied")),
            Text("employer", _("Employer")),
            Text("channel", _("Channel"), hint=_("For instance job ad, unasked, network, agency")),
            Text("result", _("Result"), hint=_("For instance no answer yet, interview, refusal")),
            values={name: getattr(one, name) for name in names} if one else {"on": dates.today()},
            typed=typed,
            check=ahead,
        )

    def job(self, form: Form) -> Job:
        """Makes or changes it."""
        values, key, seen, citizen = form.values, self.key, self._seen, self.citizen
        if key is None:
            return lambda database, actor: applications.make(
                database, actor, records.Application(key=new_key(), citizen=citizen, **values)
            )
        changed = {name: values[name] for name in form.changed}
        return lambda database, actor: applications.edit(
            self.place(database, actor, key, seen), records.Application, changed
        )

    def done(self, result: Any) -> None:
        """The list shows it."""
        self.dismiss()
        self._made(result)


def ahead(values: Values) -> list[Fault]:
    """An application in the future is worth a look."""
    if values["on"] and values["on"] > dates.today():
        return [Fault("on", _("The day lies ahead"), warns=True)]
    return []
