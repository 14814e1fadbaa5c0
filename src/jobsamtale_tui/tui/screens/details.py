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
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.store import drafts, reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind
from jobsamtale_tui.tui.commands import DETAILS, FORMS
from jobsamtale_tui.tui.privacy import public
from jobsamtale_tui.tui.saver import Recorded
from jobsamtale_tui.tui.screens.form import FormScreen, Job
from jobsamtale_tui.tui.screens.read import ReadScreen
from jobsamtale_tui.tui.widgets.choice import Chooser
from jobsamtale_tui.tui.widgets.fields import Line as Field
from jobsamtale_tui.tui.widgets.form import Choice, Form, Moment, Number, Text
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.tui.saver import NotSaved, Saved

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
INTERVIEW_TYPES = {
    7: N_("job conversation"),
    8: N_("referral"),
    9: N_("information meeting"),
    10: N_("CV conversation"),
    11: N_("placement"),
    12: N_("another conversation"),
    13: N_("information without duty"),
    15: N_("availability"),
    17: N_("job conversation with the fund"),
    19: N_("joint conversation with the fund"),
}
"""The national interview types in words."""
NEXT_STATUS = {
    "planned": ("planned", "draft", "cancelled", "no_show"),
    "draft": ("draft", "cancelled", "no_show"),
    "cancelled": ("cancelled", "planned", "draft"),
    "no_show": ("no_show", "planned", "draft"),
}
"""What a session can become here, by how it stands."""
PARTICIPANT = "participant"
"""The name under which a participant who is being typed is remembered with the form."""


def open_details(screen: BaseScreen, key: str, line: str | None = None) -> None:
    """Shows the details of a session: as a form, or to read where it is completed. `line` has the cursor."""
    session = reads.session(screen.connection, key)
    if session is not None and session.status == "completed":
        screen.app.push_screen(DetailsRead(session))
    elif session is not None:
        screen.app.push_screen(DetailsScreen(session, line))


def role(value: str) -> str:
    """The role of one who takes part."""
    return _(ROLES[value])


def interview_type(number: int) -> str:
    """A national interview type: its number and what it is called; the number alone where it is not known."""
    return f"{number} {_(INTERVIEW_TYPES[number])}" if number in INTERVIEW_TYPES else str(number)


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
    DetailsScreen #new Line { width: 1fr; }
    """

    def __init__(self, session: records.Session, line: str | None = None) -> None:
        super().__init__(f"details {session.key}", "")
        self.session = session
        self._line = line

    # The form

    def build(self, typed: Mapping[str, str]) -> Form:
        """Status and time first: they are what changes most."""
        session = self.session
        states = tuple((one, words.status(one)) for one in NEXT_STATUS.get(session.status, (session.status,)))
        types = tuple((str(number), interview_type(number)) for number in INTERVIEW_TYPES)
        none = ("", "–")
        return Form(
            Choice("status", _("Status"), options=states, hint=_("Nothing that is written is deleted")),
            Moment("held_at", _("Day and time"), needed=True, hint=_("A time ahead makes it a planned session")),
            Number("minutes", _("Minutes"), high=1440),
            Choice("form", _("Form"), options=(none, *((one, words.form(one)) for one in FORM))),
            Choice("booked_by", _("Booked by"), options=(none, *((one, _(said)) for one, said in BOOKED_BY.items()))),
            Choice("interview_type", _("Interview type"), options=(none, *types), hint=_("The national types")),
            Text("session_kind", _("Kind of session"), hint=_("The local template, for instance change of industry")),
            Text("theme", _("Theme of the note"), hint=_("Left blank, the note takes the items that are done")),
            values=_values(session),
            typed=typed,
        )

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
        saver = self.the_app.saver
        if not saver.busy:
            saver.seen(self.session.key, reads.session_version(self.connection, self.session.key))
        super().on_mount()
        kept = drafts.form_typed(self.connection, self.what, self.the_app.settings.login)
        if kept and kept[0].get(PARTICIPANT):
            self.query_one("#participant", Field).value = kept[0][PARTICIPANT]
        self._show_participants()
        if self._line:
            self.call_after_refresh(self._go, self._line)

    def _go(self, line: str) -> None:
        """The cursor stands in a line whose text the next key replaces."""
        self.form.go(line)
        field = self.form.field(line)
        if isinstance(field, Field):
            field.select_all()

    def job(self, form: Form) -> Job:
        """The form is sent as a change of the session."""
        raise NotImplementedError

    def send(self) -> None:
        """Has what differs saved in one change."""
        from jobsamtale_tui.casework import session_details as details

        values = _changes(self.form.changed)
        what = self.what
        self.the_app.hold_keys()
        self.the_app.saver.change(
            self.session.key, lambda place: Recorded(what, details.set_details(place, values)), field=what
        )

    def keep(self) -> None:
        """What is typed and not kept, the one who is being typed with it."""
        if self.is_mounted and self.query(Form) and not self.the_app.database.read_only:
            name = self.query_one("#participant", Field).value
            typed = {**self.form.dirty, **({PARTICIPANT: name} if name else {})}
            drafts.save_form(self.connection, self.what, self.the_app.settings.login, typed)

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
        from jobsamtale_tui.casework import session_details as details

        field, chooser = self.query_one("#participant", Field), self.query_one("#role", Chooser)
        chosen: Any = chooser.value
        name = texts.typed(field.value).strip()
        field.value = field.saved = ""
        self.the_app.saver.change(
            self.session.key, lambda place: details.add_participant(place, chosen, name), field="participant", text=name
        )
        chooser.focus()

    def action_participant_remove(self) -> None:
        """The one under the cursor does not take part."""
        from jobsamtale_tui.casework import session_details as details

        key = self.query_one("#participants", Rows).key
        if key is not None:
            self.the_app.saver.change(
                self.session.key, lambda place: details.remove_participant(place, int(key)), field="participant"
            )

    def saved(self, message: "Saved") -> None:
        """The participants as they stand; a form that has been kept is left."""
        if message.session is not None and message.session.key == self.session.key:
            self.session = message.session
            self._show_participants()
        super().saved(message)

    def not_saved(self, message: "NotSaved") -> None:
        """What was typed stands there again."""
        if message.session is not None and message.session.key == self.session.key:
            self.session = message.session
            self._show_participants()
            if message.field == "participant" and message.text:
                self.query_one("#participant", Field).value = message.text
        super().not_saved(message)

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
        super().action_back()


class DetailsRead(ReadScreen):
    """The details of a completed session: locked, so they are read."""

    def __init__(self, session: records.Session) -> None:
        super().__init__()
        self.session = session

    def on_mount(self) -> None:
        """A line a detail."""
        super().on_mount()
        session = self.session
        citizen = reads.citizen(self.connection, session.citizen)
        self.title_line(citizen.name if citizen else "", _("Details of the session"))
        lines = [
            (_("Status"), words.status(session.status)),
            (_("Day and time"), dates.short_time(session.held_at)),
            (_("Minutes"), "" if session.minutes is None else str(session.minutes)),
            (_("Form"), words.form(session.form)),
            (_("Booked by"), _(BOOKED_BY[session.booked_by]) if session.booked_by else ""),
            (_("Interview type"), interview_type(session.interview_type) if session.interview_type else ""),
            (_("Kind of session"), session.session_kind or ""),
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
        "session_kind": session.session_kind,
        "theme": session.theme,
    }


def _changes(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says as what is saved: a choice of nothing is None, the interview type a number."""
    changes = dict(values)
    if changes.get("interview_type") is not None:
        changes["interview_type"] = int(changes["interview_type"])
    return changes
