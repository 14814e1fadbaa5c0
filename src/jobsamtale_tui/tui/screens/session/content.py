"""What a session is to hold: its kind, with all that the kind brings in sight, and the assessment behind it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.session import session_kind_content
from jobsamtale_tui.editing.session_model import free_line
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _, language
from jobsamtale_tui.method import kinds
from jobsamtale_tui.method.kinds import Kind, interview_type
from jobsamtale_tui.method.session_edits import SetContent
from jobsamtale_tui.reference import guide, session_kinds
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.registry import FORMS, SESSION
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.kind_choice import kind_options, kind_value
from jobsamtale_tui.tui.widgets.form import Choice, Form, Text

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import Saved


class ContentScreen(FormScreen):
    """The kind is chosen by left and right or its first letter; what it brings stands below, before it is kept."""

    where = (SESSION, FORMS)
    DEFAULT_CSS = """
    ContentScreen Form { height: auto; }
    ContentScreen #brings { height: 1fr; padding: 0 2; }
    ContentScreen #brings Static { height: auto; }
    """

    def __init__(self, session: records.Session) -> None:
        super().__init__(f"details {session.key} content", "")
        self.session = session

    def build(self, typed: Mapping[str, str]) -> Form:
        """The kind, then the assessment."""
        return Form(
            Choice(
                "session_kind",
                _("Kind of session"),
                options=kind_options(self),
                hint=_("What it brings comes as possible; nothing is taken out, and undo takes it back"),
            ),
            Text(
                "risk",
                _("Why this content"),
                lines=3,
                hint=_("Your assessment: why this, and why something is left out. It stands in the note"),
            ),
            values={"session_kind": kind_value(self.session), "risk": self.session.risk},
            typed=typed,
        )

    def body(self) -> ComposeResult:
        """The form, and what the kind brings."""
        yield from super().body()
        with VerticalScroll(id="brings", can_focus=False):
            yield Static(markup=False)

    def on_mount(self) -> None:
        """The version that the form shows is that of the session below it."""
        citizen = reads.citizen(self.connection, self.session.citizen)
        self._title, self._right = citizen.name if citizen else "", _("The session's content")
        write_queue = self.shell.write_queue
        first = self._since if write_queue.since(self.session.key) is None else None
        if not write_queue.busy:
            write_queue.seen(self.session.key, reads.session_version(self.connection, self.session.key), first)

    def filled(self) -> None:
        """What the chosen kind brings shows beside it."""
        self._show_kind()

    def typed(self, name: str) -> None:
        """Another kind brings something else."""
        if name == "session_kind":
            self._show_kind()

    def _show_kind(self) -> None:
        kind = kinds.find(session_kinds.in_force()[0], self.form.field("session_kind").value)
        self.query_one("#brings Static", Static).update(self._brings(kind))

    def _brings(self, kind: Kind | None) -> Content:
        if kind is None:
            return public(_("No kind is chosen: the agenda is what you two put on it."))
        spoken = language()
        facts = [labels.form(kind.form)] if kind.form else []
        if kind.interview_type is not None:
            facts.append(_("interview type {type}").format(type=interview_type(kind.interview_type)))
        facts.append(_("the citizen can book it") if kind.self_booking else _("booked by the job centre"))
        lines = [kind.how.say(spoken) if kind.how else "", " · ".join(facts), ""]
        there = {item.topic: labels.state(item.state)[0] for item in self.session.agenda}
        for item in kind.items:
            mark = "● " if item.core else "○ "
            belongs = _(" (belongs to it)") if item.core else ""
            stands = there.get(item.topic.da)
            lines.append(mark + item.topic.say(spoken) + belongs + (f" – {stands}" if stands else ""))
        lines += self._suggested(kind)
        lines += [f"– {question.say(spoken)}" for question in kind.questions]
        return public(texts.shown("\n".join(lines).strip()))

    def _suggested(self, kind: Kind) -> list[str]:
        """The indicators and actions that it brings, a line each."""
        lines = []
        if kind.indicators:
            versions = notes.versions_of_each(self.connection, kind.indicators)
            names = [found[-1].name.say(language()) if found else key for key, found in versions.items()]
            lines.append(_("Suggested indicators: {names}").format(names=", ".join(names)))
        if kind.actions:
            try:
                called = {action.key: action.name.say(language()) for action in guide.guide()[0].actions}
            except RefusedError:
                called = {}
            names = [called.get(action, action) for action in kind.actions]
            lines.append(_("Actions that belong to it: {names}").format(names=", ".join(names)))
        return lines

    def job(self, form: Form) -> Job:
        """The form is sent as a change of the session."""
        raise NotImplementedError

    def send(self) -> None:
        """Has what differs saved in one change."""
        values = self.form.changed
        kind = session_kind_content.chosen(values["session_kind"]) if "session_kind" in values else None
        edit = SetContent(
            line=free_line(self.connection, self.session.key),
            sets=tuple(values),
            risk=values.get("risk"),
            session_kind=kind,
        )
        self.shell.pause_keys()
        self.shell.write_queue.edit(self.session.key, edit, field=self.what, since=self._since, resolution=self._answer)

    def saved(self, message: "Saved") -> None:
        """A form that has been kept is left."""
        if message.session is not None and message.session.key == self.session.key:
            self.session = message.session
        super().saved(message)
