"""Jobs, internships and links to bring to a session: hers, and those that are kept for everybody by industry."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.citizen import applications
from jobsamtale_tui.documents.search_lines import TYPES
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.openings import nearest_first
from jobsamtale_tui.reference import positions
from jobsamtale_tui.store.questions import openings, quick_reads, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import OPENINGS
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.citizen.applications import TakenOut
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.record_list import heading, told
from jobsamtale_tui.tui.widgets.form import Choice, Day, Fault, Form, Text, Values
from jobsamtale_tui.tui.widgets.rows import Line, Rows

_FIELDS = ("title", "employer", "type", "industry", "link", "until", "note")


class OpeningsScreen(TakenOut):
    """Hers first, then those for everybody (of her industry first), then what has run out."""

    record, table = records.Opening, "opening"
    shows = ("opening.edit", "opening.new", "opening.remove", "opening.undo")
    where = (OPENINGS,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("opening.edit"),
        bind("opening.new"),
        bind("opening.remove"),
        bind("opening.undo"),
        bind("opening.redo"),
    ]

    def __init__(self, citizen: str) -> None:
        super().__init__(citizen, _("To bring to a session"), "")
        self._found: dict[str, records.Opening] = {}

    def on_mount(self) -> None:
        """The empty list says which key adds one."""
        said = _("Nothing yet; {key} adds a job, an internship or a link, for her or for everybody in an industry.")
        self.rows.empty = said.format(key=self.shell.key_of("opening.new"))

    def lines(self) -> list[Line]:
        """A line each, under headings."""
        today = dates.today()
        hers = openings.kept(self.connection, self.key)
        common = openings.kept(self.connection, None, today)
        self._found = {one.key: one for one in (*hers, *common)}
        goals = reads.job_goals(self.connection, self.key, today)
        over = [one for one in hers if one.until is not None and one.until < today]
        lines = [_line(one) for one in hers if one not in over]
        if common:
            near = nearest_first(common, goals, positions.table()[0])
            lines += [heading(_("For everybody")), *(_line(one, near=goes) for one, goes in near)]
        if over:
            lines += [heading(_("Run out")), *(_line(one, over=True) for one in over)]
        return lines

    def about(self, key: str | None) -> Content:
        """All that is known of it; a link is text."""
        one = self._found.get(key or "")
        if one is None:
            return Content("")
        return told(
            ("", one.title),
            (_("What it is:"), _(TYPES[one.type]) if one.type else None),
            (_("Employer:"), one.employer),
            (_("Industry:"), one.industry),
            (_("Link:"), one.link),
            (_("Deadline:"), dates.short_day(one.until) if one.until else None),
            (_("Note:"), one.note),
        )

    @on(Rows.Chosen)
    def action_opening_edit(self) -> None:
        """The form for it."""
        if self.rows.key in self._found:
            self.open(OpeningForm(self.key, self.rows.key, self.fill))

    def action_opening_new(self) -> None:
        """A form for a new one."""
        self.open(OpeningForm(self.key, None, self.fill))

    def action_opening_remove(self) -> None:
        """Takes it out."""
        self.take_out()

    def action_opening_undo(self) -> None:
        """Takes back the last change."""
        self.take(back=True)

    def action_opening_redo(self) -> None:
        """Makes it again."""
        self.take(back=False)


def _line(one: records.Opening, *, near: bool = False, over: bool = False) -> Line:
    kind = _(TYPES[one.type]) if one.type else ""
    until = _("until {day}").format(day=dates.short_day(one.until)) if one.until else ""
    said = " · ".join(filter(None, (kind, until, _("goes with a goal") if near else "")))
    return Line(
        one.key,
        (
            (OwnText("× " if over else "★ " if near else "● "), "dim" if over else "mark"),
            (f"{texts.shortened(one.title, 34):<35}", "dim" if over else "strong"),
            (f"{texts.shortened(one.employer or one.industry or '', 18):<19}", "dim" if over else ""),
            (OwnText(said), "dim"),
        ),
    )


class OpeningForm(FormScreen):
    """A new opening, or the one to change; `made` is told its key."""

    kind = "opening"

    def __init__(self, citizen: str, key: str | None, made: "Callable[[str], Any]") -> None:
        what = f"opening.edit {key}" if key else f"opening.new {citizen}"
        super().__init__(what, _("Change what is to be brought") if key else _("New: to bring to a session"))
        self.citizen, self.key, self._made, self._seen = citizen, key, made, 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """What, where, until when, for whom."""
        one = openings.opening(self.connection, self.key) if self.key else None
        self._seen = quick_reads.version(self.connection, "opening", self.key) if self.key else 0
        values: dict[str, Any] = {"whose": "hers", "type": "job"}
        if one:
            values = {name: getattr(one, name) for name in _FIELDS} | {"whose": "hers" if one.citizen else "all"}
        return Form(
            Text("title", _("What"), needed=True, hint=_("The position, the internship, or what the page is about")),
            Choice("type", _("Kind"), options=(("", "–"), *((key, _(said)) for key, said in TYPES.items()))),
            Text("employer", _("Employer")),
            Text("link", _("Link"), hint=_("Shown as text; copy it to open it")),
            Day("until", _("Deadline"), hint=_("The last day to apply, or to use it")),
            Text("note", _("Note"), lines=2),
            Choice(
                "whose",
                _("For"),
                options=(("hers", _("this citizen")), ("all", _("everybody in the industry"))),
            ),
            Text("industry", _("Industry")),
            values=values,
            typed=typed,
            check=_faults,
        )

    def job(self, form: Form) -> Job:
        """Makes or changes it."""
        key, seen, values = self.key, self._seen, dict(form.values)
        citizen = self.citizen if values.pop("whose") == "hers" else None
        if key is None:
            return lambda database, actor: applications.make(
                database, actor, records.Opening(key=new_key(), citizen=citizen, **values)
            )
        changed = {name: values[name] for name in form.changed if name != "whose"}
        if "whose" in form.changed:
            changed["citizen"] = citizen
        return lambda database, actor: applications.edit(
            self.place(database, actor, key, seen), records.Opening, changed
        )

    def done(self, result: Any) -> None:
        """The list shows it."""
        self.dismiss()
        self._made(result)


def _faults(values: Values) -> list[Fault]:
    found = []
    if values["whose"] == "all" and not values["industry"]:
        found.append(Fault("industry", _("Write the industry, so that it is found by those it is for"), warns=True))
    if values["until"] and values["until"] < dates.today():
        found.append(Fault("until", _("The deadline has passed"), warns=True))
    return found
