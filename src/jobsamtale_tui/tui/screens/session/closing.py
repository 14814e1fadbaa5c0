"""Afrunding: next steps, the citizen's summary and evaluation, the next session."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.facts import contact, invitations
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import session_edits
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import CLOSE
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.step_fields import NEW
from jobsamtale_tui.tui.screens.session.phase import PhaseView
from jobsamtale_tui.tui.shell.clipboard import copy
from jobsamtale_tui.tui.widgets.captions import Caption, Heading, Hint
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult
    from jobsamtale_tui.method.contact import Standing
    from jobsamtale_tui.store.questions.reads import Unfinished

NEXT = "next"
"""Names date and reason of the next session, which are saved together."""
NEXT_FIELDS = ("next-at", "next-reason")


class StepRows(Rows):
    """The steps; the keys act on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("step.who", "screen.view_do('who')"),
        bind("step.edit", "screen.view_do('edit')"),
        bind("step.remove", "screen.view_do('remove')"),
    ]


class CloseView(PhaseView):
    """What, how and when, decided by the citizen; then she sums up, and the caseworker adds what is missing."""

    shows = ("step.add", "step.who", "next.line", "next.calendar")
    where = (CLOSE,)
    order = (
        *NEW,
        "summary",
        "summary_added",
        "helped",
        "missing",
        "different",
        "next-at",
        "next-reason",
        "remarks",
        "theme",
        "steps",
    )
    fields: ClassVar[dict[str, str]] = {
        "summary": "summary",
        "summary_added": "summary_added",
        "helped": "evaluation.helped",
        "missing": "evaluation.missing",
        "different": "evaluation.different",
        "remarks": "remarks",
        "theme": "theme",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("step.add", "add_step"),
        bind("next.line", "next_line"),
        bind("next.calendar", "next_calendar"),
    ]

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self._editing: int | None = None
        self._contact: Standing | None = None

    def compose(self) -> ComposeResult:
        """Everything of the phase in one column that scrolls."""
        with VerticalScroll(can_focus=False):
            yield Heading(_("Next steps: what, how and when"))
            yield StepRows(_("Nothing yet: what will the citizen do until next time?"), id="steps")
            with Horizontal(id="new"):
                yield Field("step-what", placeholder=_("+ what"))
                yield Field("step-how", placeholder=_("how"))
                yield Field("step-when", placeholder=_("when, e.g. 1/6"))
            yield Heading(_("The citizen sums up, in her own words"))
            yield TextField("summary", self.text_of("summary"))
            yield Heading(_("What you add to it"))
            yield TextField("summary_added", self.text_of("summary_added"))
            yield Heading(_("The citizen's view of the session"))
            yield from self._row(_("What helped"), "helped")
            yield from self._row(_("What was missing"), "missing")
            yield from self._row(_("What could be different"), "different")
            yield Heading(_("Next session"))
            with Horizontal(classes="row"):
                yield Caption(_("When and why"))
                yield Field("next-at", placeholder=_("e.g. 1/6 10.30"))
                yield Field("next-reason", placeholder=_("why then"))
            yield Hint(id="next-rule")
            yield Heading(_("Your assessment (kept apart from the facts in the note)"))
            yield TextField("remarks", self.text_of("remarks"))
            yield from self._row(_("Theme of the note"), "theme")

    def _row(self, title: str, name: str) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Caption(title)
            yield Field(name, self.text_of(self.fields[name]))

    @property
    def rows(self) -> Rows:
        """The list of steps."""
        return self.query_one("#steps", Rows)

    def field(self, name: str) -> Field:
        """An entry line by its id."""
        return self.query_one(f"#{name}", Field)

    def show(self) -> None:
        """The steps, the texts, the next session."""
        super().show()
        self.rows.fill(
            [_step_line(*one) for one in zip(self.opened.steps, self.session.steps, strict=True)],
            key=self.rows.key,
        )
        agreed = self.session.next
        shown = {
            "next-at": dates.short_time(agreed.at) if agreed else "",
            "next-reason": (agreed.reason if agreed else None) or "",
        }
        for name, text in shown.items():
            field = self.field(name)
            if field.value == field.saved:
                field.value = field.saved = text
            elif agreed:
                field.saved = text

    @property
    def shared_place(self) -> tuple[str, str]:
        """The steps; from the summary on that."""
        return ("summary" if self.owner.focused and self.owner.focused.id == "summary" else "steps"), ""

    def action_add_step(self) -> None:
        """To the new line."""
        self.field("step-what").focus()

    # Steps

    @on(Input.Submitted, "#step-what, #step-how, #step-when")
    def enter_step(self) -> None:
        """Enter keeps the step and begins the next."""
        if self.keep_step():
            self.field("step-what").focus()

    def keep_step(self) -> bool:
        """Saves what stands in the new line; False where the date cannot be read."""
        what, how, when_text = (texts.typed(self.field(name).value).strip() for name in NEW)
        if not (what or how or when_text):
            self._editing = None
            return True
        when = dates.read_day(when_text, dates.today()) if when_text else None
        if when_text and when is None:
            self.owner.status(
                _("»{text}« is not a day: write 1/6, 1/6-27 or 2027-06-01").format(text=when_text),
                warning=True,
            )
            self.field("step-when").focus()
            return False
        what, how = (what, how) if what else (how or when_text, "")
        editing, self._editing = self._editing, None
        for name in NEW:
            self.field(name).value = self.field(name).saved = ""
        kept = json.dumps([what, how, when_text], ensure_ascii=False)
        edit: session_edits.Edit
        if editing in self.opened.steps:
            line = editing
            edit = session_edits.ChangeStep(line=line, what=what, how=how or None, when=when)
        else:
            line = self.opened.free("step")
            edit = session_edits.AddStep(line=line, what=what, how=how or None, when=when)
        self.owner.make(edit, field="step-what", text=kept)
        self.rows.fill(self.rows.lines, key=str(line))
        if not (how and when):
            self.owner.status(_("Kept. Without how and when it is easily left undone: e changes it"))
        return True

    def do(self, what: str) -> None:
        """Does one of the steps' commands on the one under the cursor."""
        line = int(self.rows.key) if self.rows.key is not None else None
        if line is None or line not in self.opened.steps:
            return
        step = self.opened.step(line)
        if what == "edit":
            self._editing = line
            self.owner.seen_in("step-what")
            for name, text in zip(NEW, (step.what, step.how, step.when.isoformat() if step.when else ""), strict=True):
                self.field(name).value = text or ""
            self.field("step-what").focus()
        elif what == "who":
            self.owner.make(session_edits.PassStep(line=line, who=session_edits.next_doer(step)), what=step.what)
        elif what == "remove":
            self.owner.make(session_edits.RemoveStep(line=line), what=step.what)

    @on(Rows.Chosen, "#steps")
    def choose(self) -> None:
        """Enter on a step changes it."""
        self.do("edit")

    @on(Rows.PastEnd, "#steps")
    def to_new(self) -> None:
        """Below the last step is the new line."""
        self.action_add_step()

    # The next session

    def on_mount(self) -> None:
        """What the rules on contact ask for after this session is reckoned in the background."""
        database, session = self.owner.shell.database, self.session

        def ask() -> "Standing":
            with database.connected() as connection:
                return contact.after(connection, session)

        self.owner.shell.write_queue.run_in_background(f"contact.after {session.key}", ask)

    def ready(self, message: "BackgroundResult") -> None:
        """It is known."""
        if message.what == f"contact.after {self.session.key}":
            self._contact = message.result
            self.say_rule()

    @on(Input.Changed, "#next-at")
    def say_rule(self) -> None:
        """The day that the rule asks for, and how far the wished one departs from it."""
        if self._contact is None:
            return
        from jobsamtale_tui.documents.contact import departure

        at = _read_time(self.field("next-at").value.strip())
        wished = dates.local(at).date() if at else None
        self.query_one("#next-rule", Hint).update(departure(self._contact, wished))

    def action_next_line(self) -> None:
        """Copies the line for a text message."""
        if self._agreed():
            line = invitations.line(self.owner.connection, self.session)
            self.owner.status(OwnText(copy(self.owner.shell, line)))

    def action_next_calendar(self) -> None:
        """Writes the file for the citizen's calendar."""
        if not self._agreed():
            return
        connection = self.owner.connection
        path = self.owner.shell.files / invitations.file_name(connection, self.session)
        try:
            write_own(path, invitations.calendar(connection, self.session))
        except OSError as error:
            why = error.strerror or str(error)
            self.owner.status(_("{path} cannot be written: {why}").format(path=path, why=why), warning=True)
            return
        self.owner.status(OwnText(_("The calendar file is {path}; nobody is named in it").format(path=path)))

    def _agreed(self) -> bool:
        if not self._next_kept():
            return False
        if self.session.next is None:
            self.owner.status(OwnText(_("Write when the next session is first")), warning=True)
        return self.session.next is not None

    def _next_kept(self) -> bool:
        """Keeps date and reason; where the date cannot be read the cursor goes there, so that it can be mended."""
        kept = self.keep_next()
        if not kept:
            self.field("next-at").focus()
        return kept

    @on(Input.Submitted, "#next-at, #next-reason")
    def enter_next(self, event: Input.Submitted) -> None:
        """Enter keeps the date and goes on."""
        if self.keep_next():
            self.next_field(1)
        event.stop()

    def keep_next(self) -> bool:
        """Saves date and reason; False where the date cannot be read."""

        at_field, reason_field = self.field("next-at"), self.field("next-reason")
        text, reason = at_field.value.strip(), texts.typed(reason_field.value).strip()
        if (text, reason) == (at_field.saved, reason_field.saved):
            return True
        at = _read_time(text)
        if text and at is None:
            self.owner.status(
                _("»{text}« is not a time: write 1/6 10.30 or 2027-06-01 10.30").format(text=text),
                warning=True,
            )
            return False
        if reason and at is None:
            self.owner.status(_("A reason needs a date: write when the next session is"), warning=True)
            return False
        at_field.saved, reason_field.saved = text, reason
        kept = json.dumps([text, reason], ensure_ascii=False)
        self.owner.make(session_edits.SetNext(at=at, reason=reason or None), field=NEXT, text=kept)
        return True

    # Fields

    def field_left(self, field: TextField | Field) -> None:
        """The new line is one entry: it is kept when all of it is left."""
        name = field.id or ""
        if name in NEW:
            focused = self.owner.focused
            if focused is None or focused.id not in NEW:
                self.keep_step()
        elif name in ("next-at", "next-reason"):
            self.keep_next()
        else:
            super().field_left(field)

    def leave(self) -> bool:
        """Saves what stands in the fields; False where a date cannot be read: it stays to be mended."""
        super().leave()
        return self.keep_step() and self._next_kept()

    def leave_field(self) -> None:
        """Escape on the new line adds the step and goes to the list."""
        focused = self.owner.focused
        if focused is not None and focused.id in NEW:
            if self.keep_step():
                self.rows.focus()
        else:
            super().leave_field()

    def unfinished(self) -> tuple[str, str | None, str | None]:
        """The new line's three parts are kept together."""
        field, cursor, text = super().unfinished()
        parts = [self.field(name).value for name in NEW]
        if any(part.strip() for part in parts):
            return field if field in NEW else NEW[0], cursor, json.dumps(parts, ensure_ascii=False)
        return field, cursor, text

    def give_back(self, field: str, text: str | None) -> bool:
        """The new line's parts come back together, and so do date and reason of the next session."""
        names = NEW if field in NEW else NEXT_FIELDS if field == NEXT else None
        if names is None or text is None:
            return super().give_back(field, text)
        if any(self.field(name).value.strip() != self.field(name).saved.strip() for name in names):
            return False
        for name, part in zip(names, json.loads(text), strict=True):
            self.field(name).value = part
        return True


def _read_time(text: str) -> datetime | None:
    return dates.read_time(text, dates.today()) if text else None


def _step_line(at: int, step: records.Step) -> Line:
    when = dates.short_day(step.when) if step.when else _("when?")
    vague = not (step.how and step.when)
    cells = (
        (OwnText("! " if vague else "○ "), "mark" if vague else ""),
        (texts.one_line(step.what), "strong"),
        (f" – {texts.one_line(step.how)}" if step.how else " – " + _("how?"), "" if step.how else "dim"),
        (OwnText(f" · {when}"), "" if step.when else "dim"),
        (OwnText(f"  ({labels.who(step.who)})"), "dim"),
    )
    return Line(str(at), cells)
