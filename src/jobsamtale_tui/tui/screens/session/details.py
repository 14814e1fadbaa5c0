"""A session's details: its time, form and status, who booked it, and who else takes part."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.session import session_kind_content
from jobsamtale_tui.editing.merge_drafts import split_forms
from jobsamtale_tui.editing.session_model import free_line
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method.kinds import INTERVIEW_TYPES, interview_type, proposed_type
from jobsamtale_tui.method.session_edits import AddParticipant, RemoveParticipant, SetDetails
from jobsamtale_tui.reference import session_kinds
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import DETAILS, FORMS
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.kind_choice import kind_options, kind_value
from jobsamtale_tui.tui.screens.common.text_scroll import ReadScreen
from jobsamtale_tui.tui.widgets.choice import Chooser
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.form import Choice, Form, Moment, Number, Text
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved

FORM = ("personal", "remote", "group", "industry", "via_other")
BOOKED_BY = {
    "citizen": N_("booked by the citizen"),
    "citizen_helped": N_("booked by the citizen, with help"),
    "caseworker": N_("booked by the caseworker"),
}
ROLES = {
    "companion": N_("companion"),
    "interpreter": N_("interpreter"),
    "fund": N_("the insurance fund"),
    "mentor": N_("mentor"),
    "company_consultant": N_("company consultant"),
    "colleague": N_("colleague"),
    "other": N_("another who takes part"),
}
NEXT_STATUS = {
    "planned": ("planned", "draft", "cancelled", "no_show"),
    "draft": ("draft", "cancelled", "no_show"),
    "cancelled": ("cancelled", "planned", "draft"),
    "no_show": ("no_show", "planned", "draft"),
}
"""What a session can become here, by how it stands."""
PARTICIPANT = "participant"
"""The name under which a participant who is being typed is remembered with the form."""


def role(value: str) -> str:
    """The role of one who takes part."""
    return _(ROLES[value])


def participant_line(person: records.Participant) -> str:
    """Role and name."""
    return f"{role(person.role)}: {texts.one_line(person.name)}" if person.name else role(person.role)


class ParticipantRows(Rows):
    """Who else takes part."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("participant.remove", "screen.participant_remove")]


class DetailsScreen(FormScreen):
    """The form is kept as a whole; who takes part is saved line by line."""

    shows = ("form.keep", "form.reset", "participant.remove")
    where = (DETAILS, FORMS)
    BINDINGS: ClassVar[list[BindingType]] = [bind("form.keep")]
    DEFAULT_CSS = """
    DetailsScreen Form { padding: 0 1; }
    DetailsScreen #participants { height: auto; max-height: 5; margin: 0 1; }
    DetailsScreen #new { height: 1; margin: 0 1; }
    DetailsScreen #new Chooser { width: 1fr; }
    DetailsScreen #new LineField { width: 1fr; }
    """

    def __init__(self, session: records.Session, line: str | None = None) -> None:
        super().__init__(f"details {session.key}", "")
        self.session = session
        self._line = line
        self._offered: str | None = None

    # The form

    def build(self, typed: Mapping[str, str]) -> Form:
        """Status and time first: they are what changes most."""
        session = self.session
        states = tuple((one, labels.status(one)) for one in NEXT_STATUS.get(session.status, (session.status,)))
        types = tuple((str(number), interview_type(number)) for number in INTERVIEW_TYPES)
        none = ("", "–")
        form = Form(
            Choice("status", _("Status"), options=states, hint=_("Nothing that is written is deleted")),
            Moment("held_at", _("Day and time"), needed=True, hint=_("A time ahead makes it a planned session")),
            Number("minutes", _("Minutes"), high=1440),
            Choice("form", _("Form"), options=(none, *((one, labels.form(one)) for one in FORM))),
            Choice("booked_by", _("Booked by"), options=(none, *((one, _(said)) for one, said in BOOKED_BY.items()))),
            Choice("interview_type", _("Interview type"), options=(none, *types), hint=self._type_hint()),
            Choice(
                "session_kind",
                _("Kind of session"),
                options=kind_options(self),
                hint=_("The local template; its items come as possible ones, and nothing is taken out"),
            ),
            Text("theme", _("Theme of the note"), hint=_("Left blank, the note takes the items that are done")),
            values=_values(session),
            typed=typed,
        )
        form.start = self._line
        return form

    def _type_hint(self) -> str:
        """The national types, and the one that kind, form and those who take part speak for."""
        session = self.session
        citizen = reads.citizen(self.connection, session.citizen)
        group = citizen.target_group if citizen else None
        found = proposed_type(session_kinds.kind_of(session), session.form, session.participants, group)
        if found is None or found == session.interview_type:
            return _("The national types")
        return _("The national types; this one fits the session: {type}").format(type=interview_type(found))

    def body(self) -> ComposeResult:
        """The form, and below it who takes part."""
        yield from super().body()
        yield Static(public(_("Others who take part")), classes="heading")
        yield ParticipantRows(_("Nobody else yet"), id="participants")
        with Horizontal(id="new"):
            yield Chooser("role", tuple((one, _(said)) for one, said in ROLES.items()), next(iter(ROLES)))
            yield Field("participant", placeholder=_("name, or blank; enter adds"))

    def on_mount(self) -> None:
        """The cursor stands in the first line, or in the one that was asked for."""
        citizen = reads.citizen(self.connection, self.session.citizen)
        self._title, self._right = citizen.name if citizen else "", _("Details of the session")
        write_queue = self.shell.write_queue
        first = self._since if write_queue.since(self.session.key) is None else None
        if not write_queue.busy:
            write_queue.seen(self.session.key, reads.session_version(self.connection, self.session.key), first)

    def filled(self) -> None:
        """The participants show too, with a name that was begun."""
        kept = self.shell.drafts.typed(self.what)
        names = [typed[PARTICIPANT] for typed in split_forms(kept[0] if kept else {}) if PARTICIPANT in typed]
        if names:
            self.query_one("#participant", Field).value = " / ".join(names)
        self._offer()
        self._show_participants()

    def job(self, form: Form) -> Job:
        """The form is sent as a change of the session."""
        raise NotImplementedError

    def send(self) -> None:
        """Has what differs saved in one change."""
        values = _changes(self.form.changed)
        sets = tuple(values)
        if "session_kind" in values:
            values["session_kind"] = session_kind_content.chosen(values["session_kind"])
        edit = SetDetails(
            line=free_line(self.connection, self.session.key),
            sets=sets,
            now=dates.now(),
            user=self.shell.settings.user,
            **values,
        )
        self.shell.pause_keys()
        self.shell.write_queue.edit(self.session.key, edit, field=self.what, since=self._since, resolution=self._answer)

    @on(Input.Changed, "#participant")
    def typing_name(self) -> None:
        """A name is remembered as the lines of the form are."""
        self._pause.typing()

    def keep(self) -> None:
        """What is typed and not kept, the one who is being typed with it."""
        self._pause.stop()
        if self.is_mounted and self.query(Form):
            name = self.query_one("#participant", Field).value
            typed = {**self.form.dirty, **({PARTICIPANT: name} if name else {})}
            self.shell.drafts.form(self.what, typed)

    # Who takes part

    def _show_participants(self) -> None:
        rows = self.query_one("#participants", Rows)
        rows.fill([Line(str(at), ((participant_line(one), ""),)) for at, one in enumerate(self.session.participants)])

    @on(Chooser.Submitted, "#role")
    def to_name(self) -> None:
        """After the role comes the name."""
        self.query_one("#participant", Field).focus()

    @on(Rows.PastEnd, "#participants")
    def to_new(self) -> None:
        """Below the last one is the new line."""
        self.query_one("#role", Chooser).focus()

    @on(Input.Submitted, "#participant")
    def add(self) -> None:
        """Enter adds the one who takes part; the name may be blank."""
        field, chooser = self.query_one("#participant", Field), self.query_one("#role", Chooser)
        chosen: Any = chooser.value
        name = texts.typed(field.value).strip()
        field.value = field.saved = ""
        edit = AddParticipant(role=chosen, name=name)
        self.shell.write_queue.edit(self.session.key, edit, field=PARTICIPANT, text=name, offered=self._offered)
        self._offered = None
        chooser.focus()

    def action_participant_remove(self) -> None:
        """The one under the cursor does not take part."""
        key = self.query_one("#participants", Rows).key
        there = self.session.participants
        if key is not None and int(key) < len(there):
            gone = there[int(key)]
            edit = RemoveParticipant(index=int(key), role=gone.role, name=gone.name)
            self.shell.write_queue.edit(self.session.key, edit, what=participant_line(gone))

    def saved(self, message: "Saved") -> None:
        """The participants as they stand; a form that has been kept is left."""
        if message.session is not None and message.session.key == self.session.key:
            self.session = message.session
            self._show_participants()
            self._offer()
        super().saved(message)

    def not_saved(self, message: "NotSaved") -> None:
        """What was typed stands there again."""
        if message.session is not None and message.session.key == self.session.key:
            self.session = message.session
            self._show_participants()
            self._offer()
        super().not_saved(message)

    def _offer(self) -> None:
        """A name that could not be saved stands on the new line again, the oldest first."""
        field, names = self.query_one("#participant", Field), self.shell.drafts.refused(self.session.key)
        name = next(iter(names.get(PARTICIPANT, [])), None)
        if name and field.value in ("", name):
            field.value, self._offered = name, name

    # Keys

    def action_line(self, way: int) -> None:
        """Up and down, from the form to those who take part and back."""
        if self.form.here:
            last = list(self.form.items)[-1]
            if way > 0 and self.form.here == last:
                self.query_one("#participants" if self.session.participants else "#role").focus()
            else:
                self.form.move(way)
        elif way > 0:
            self.query_one("#participant").focus()
        else:
            self.form.go(list(self.form.items)[-1])

    def action_back(self) -> None:
        """A name on the new line is added first."""
        field = self.query_one("#participant", Field)
        if field.value.strip():
            self.add()
        elif self._offered:
            self.shell.drafts.drop(self.session.key, PARTICIPANT, self._offered)
            self._offered = None
        super().action_back()


class DetailsRead(ReadScreen):
    """The details of a completed session: locked, so they are read."""

    def __init__(self, session: records.Session) -> None:
        super().__init__()
        self.session = session

    def on_mount(self) -> None:
        """A line a detail."""
        session = self.session
        citizen = reads.citizen(self.connection, session.citizen)
        self.title_line(citizen.name if citizen else "", _("Details of the session"))
        lines = [
            (_("Status"), labels.status(session.status)),
            (_("Day and time"), dates.short_time(session.held_at)),
            (_("Minutes"), "" if session.minutes is None else str(session.minutes)),
            (_("Form"), labels.form(session.form)),
            (_("Booked by"), _(BOOKED_BY[session.booked_by]) if session.booked_by else ""),
            (_("Interview type"), interview_type(session.interview_type) if session.interview_type else ""),
            (_("Kind of session"), session.session_kind or ""),
            (_("Why this content"), session.risk or ""),
            (_("Theme of the note"), session.theme or ""),
            (_("Others who take part"), ", ".join(participant_line(one) for one in session.participants)),
        ]
        wide = max(len(label) for label, _said in lines) + 2
        said = "\n".join(f"{label:<{wide}}{texts.one_line(said) or '–'}" for label, said in lines)
        self.show_text(Content.assemble((_("The session is completed and locked"), "bold"), "\n\n", said))


def _values(session: records.Session) -> dict[str, Any]:
    number = session.interview_type
    return {
        "status": session.status,
        "held_at": session.held_at,
        "minutes": session.minutes,
        "form": session.form,
        "booked_by": session.booked_by,
        "interview_type": None if number is None else str(number),
        "session_kind": kind_value(session),
        "theme": session.theme,
    }


def _changes(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says as what is saved: a choice of nothing is None, the interview type a number."""
    changes = dict(values)
    if changes.get("interview_type") is not None:
        changes["interview_type"] = int(changes["interview_type"])
    return changes
