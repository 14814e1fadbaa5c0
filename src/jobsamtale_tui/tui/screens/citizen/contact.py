"""A citizen's contact: where she stands and why, and the exceptions by which sessions wait or come more often."""

from collections.abc import Mapping
from typing import Any, ClassVar, get_args

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from jobsamtale_tui import dates, i18n, records, texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.documents.contact import REASONS, brief
from jobsamtale_tui.editing.outcomes import BackgroundResult
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.contact import POSTPONED
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import CONTACT
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.form import Choice, Day, Fault, Form, Text, Values
from jobsamtale_tui.tui.widgets.rows import Line, Rows

REASON_KEYS: tuple[str, ...] = (*get_args(records.Postponed), *get_args(records.MoreOften))


class ContactScreen(BaseScreen):
    """The sum behind the date above, the exceptions below."""

    shows = ("contact.add", "contact.change", "contact.remove")
    where = (CONTACT,)
    DEFAULT_CSS = """
    ContactScreen #exceptions { height: 6; }
    ContactScreen #because-page { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("contact.add", "add"),
        bind("contact.change", "change"),
        bind("contact.remove", "remove"),
    ]

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen
        self._because = ""

    def body(self) -> ComposeResult:
        """The date and why, then the exceptions."""
        yield Heading(id="standing")
        with VerticalScroll(id="because-page", can_focus=True):
            yield Static(id="because", classes="text", markup=False)
        yield Heading(_("Sessions wait, or come more often, because"))
        yield Rows(_("No exception. Press + to write one."), id="exceptions")

    def on_mount(self) -> None:
        """The cursor stands in the exceptions."""
        self.query_one("#exceptions", Rows).focus()

    def on_screen_resume(self) -> None:
        """What was changed meanwhile shows, and the sum is done anew."""
        self._show()

    def _show(self) -> None:
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            self.dismiss()
            return
        self.title_line(citizen.name, OwnText(_("Contact")))
        rows = self.query_one("#exceptions", Rows)
        rows.fill([_line(place, one) for place, one in enumerate(citizen.contact_exceptions)], key=rows.key)
        database, language, key, today = self.shell.database, i18n.language(), self.key, dates.today()

        def explain() -> Any:
            from jobsamtale_tui.casework.facts import contact

            with database.connected() as connection:
                return contact.explain(connection, key, today, language)

        self.shell.write_queue.run_in_background(f"contact.explain {key}", explain)

    def ready(self, message: BackgroundResult) -> None:
        """The sum is done."""
        if message.what == f"contact.explain {self.key}" and message.result is not None:
            found = message.result
            self.query_one("#standing", Heading).update(brief(found.entry.standing) or _("No date by a rule"))
            self._because = "\n".join(texts.shown(one) for one in found.because)
            self.query_one("#because", Static).update(self._because)

    def reading(self) -> str:
        """The explanation, for copying."""
        return self._because

    @property
    def _exceptions(self) -> tuple[records.ContactException, ...]:
        citizen = reads.citizen(self.connection, self.key)
        return citizen.contact_exceptions if citizen else ()

    def action_add(self) -> None:
        """A form for a new one."""
        self.open(ExceptionForm(self.key, None))

    def action_change(self) -> None:
        """The form for the one under the cursor."""
        here = self.query_one("#exceptions", Rows).key
        if here is not None:
            self.open(ExceptionForm(self.key, int(here)))

    @on(Rows.Chosen, "#exceptions")
    def chosen(self) -> None:
        """Enter changes it."""
        self.action_change()

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def action_remove(self) -> None:
        """Takes the one under the cursor out."""
        here = self.query_one("#exceptions", Rows).key
        if here is None:
            return
        kept, key = self._exceptions, self.key
        left = tuple(one for place, one in enumerate(kept) if place != int(here))
        seen = quick_reads.version(self.connection, "citizen", key)
        self.shell.write_queue.record(
            f"contact.remove {key}",
            lambda database, actor: _set(database, actor, key, seen, left),
        )

    def saved(self, message: object) -> None:  # noqa: ARG002
        """The list shows how it stands now."""
        if self.app.screen is self:
            self._show()


def _set(database: Any, actor: Any, key: str, seen: int, exceptions: tuple[records.ContactException, ...]) -> int:
    from jobsamtale_tui.casework.citizen import citizens

    place = ChangeContext(database=database, actor=actor, key=key, seen=seen)
    return citizens.edit(place, {"contact_exceptions": exceptions})


def _line(place: int, one: records.ContactException) -> Line:
    until = dates.short_day(one.until) if one.until else ""
    what = _("wait") if one.reason in POSTPONED else _("more often")
    return Line(
        str(place),
        (
            (OwnText(f"{what:<12}"), "strong"),
            (OwnText(f"{dates.short_day(one.from_)} – {until:<12}"), "dim"),
            (_(REASONS[one.reason]) + (f": {texts.one_line(one.why)}" if one.why else ""), ""),
        ),
    )


class ExceptionForm(FormScreen):
    """Why sessions wait or come more often, and for how long; with `place` the one to change."""

    kind = "citizen"

    def __init__(self, citizen: str, place: int | None) -> None:
        title = _("Why do sessions wait, or come more often?")
        super().__init__(f"contact.exception {citizen} {'new' if place is None else place}", title)
        self.key = citizen
        self._at = place
        self._seen = 0
        self._there: tuple[records.ContactException, ...] = ()

    def build(self, typed: Mapping[str, str]) -> Form:
        """Reason, period, and a word on it."""
        citizen = reads.citizen(self.connection, self.key)
        self._right = citizen.name if citizen else ""
        self._there = citizen.contact_exceptions if citizen else ()
        self._seen = quick_reads.version(self.connection, "citizen", self.key)
        one = self._there[self._at] if self._at is not None and self._at < len(self._there) else None
        waits, often = _("wait"), _("more often")
        reasons = ((key, f"{waits if key in POSTPONED else often}: {_(REASONS[key])}") for key in REASON_KEYS)
        return Form(
            Choice("reason", _("Because"), needed=True, options=(("", "–"), *reasons)),
            Day("from", _("From"), needed=True, past=True, hint=_("Write 1/6, 1/6-26 or 2026-06-01")),
            Day("until", _("Until"), hint=_("The last day; empty while it is not known")),
            Text("why", _("More on it"), hint=_("What a colleague has to know; it is in the case")),
            values={
                "reason": one.reason if one else None,
                "from": one.from_ if one else dates.today(),
                "until": one.until if one else None,
                "why": one.why if one else None,
            },
            typed=typed,
            check=_check,
        )

    def job(self, form: Form) -> Job:
        """Keeps it with the citizen."""
        from jobsamtale_tui.casework.citizen import citizens

        values, seen, key = form.values, self._seen, self.key
        one = records.ContactException(
            reason=values["reason"], from_=values["from"], until=values["until"], why=values["why"]
        )
        there = list(self._there)
        if self._at is not None and self._at < len(there):
            there[self._at] = one
        else:
            there.append(one)
        changed = {"contact_exceptions": tuple(there)}
        return lambda database, actor: citizens.edit(self.place(database, actor, key, seen), changed)


def _check(values: Values) -> list[Fault]:
    if values["from"] and values["until"] and values["until"] < values["from"]:
        return [Fault("until", _("The last day is before the first"))]
    return []
