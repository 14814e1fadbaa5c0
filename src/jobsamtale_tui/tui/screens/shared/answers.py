"""What she answers on the shared screen: her number, its remark, the summary, a step. All of it goes the way of the
session that is open behind it, and under the names of that session's fields: there it comes back where it could not be
saved, or was not finished."""

import json
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, TextArea

from jobsamtale_tui import dates, i18n, records, texts
from jobsamtale_tui.documents.shared.lines import SharedFacts
from jobsamtale_tui.documents.shared.shared import Page
from jobsamtale_tui.editing.pending import score_words
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import session_edits
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.step_fields import NEW
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.bars import Bar
from jobsamtale_tui.tui.widgets.fields import Left, LineField, TextField
from jobsamtale_tui.tui.widgets.scale_form import ScaleForm
from jobsamtale_tui.tui.widgets.shared_page import HerArea, HerLine, SharedPage

PAUSE_SECONDS = 0.5
"""So long after a letter what stands in a field is kept as unfinished."""
CONDUCT, CLOSE = 3, 4
"""The phases in which remarks, and summary and steps, are typed."""


class Answers(BaseScreen):
    """The part of the shared screen that has its fields. `owner` is the open session; None: there is only to look."""

    owner: SessionOwner | None
    citizen: records.Citizen
    facts: SharedFacts
    _about = ""
    """The indicator whose remark stands in the field."""
    _typing = False

    @property
    def spoken(self) -> str:
        """The language of our own words here."""
        known = self.citizen.language
        return known if known in i18n.LANGUAGES else i18n.DEFAULT_LANGUAGE

    def fields(self) -> ComposeResult:
        """The fields; each shows on the page that it belongs to."""
        here = _("write it here, together")
        yield Bar(OwnText(_("Why that number?")), id="why")
        yield HerLine("remark", placeholder=here, breaks=True)
        with Horizontal(id="new"):
            yield HerLine(NEW[0], placeholder=_("+ what do you do?"))
            yield HerLine(NEW[1], placeholder=_("how?"))
            yield HerLine(NEW[2], placeholder=_("when, e.g. 1/6"))
        yield HerArea("summary", placeholder=here)

    @property
    def writes(self) -> bool:
        """Whether she can answer: in an open session, and not with --read-only."""
        owner = self.owner
        return owner is not None and owner.session.status == "draft" and not self.shell.database.read_only

    def changed(self) -> None:
        """The session is another one now: it shows."""

    def next_page(self) -> None:
        """The next page comes."""

    @property
    def _step(self) -> tuple[HerLine, ...]:
        return tuple(self.query_one(f"#{name}", HerLine) for name in NEW)

    def show_fields(self, page: Page | None, *, asks: bool) -> None:
        """Shows the fields of the page, with what stands in the record. `asks`: for a number, not as a line."""
        session = self.facts.session
        summary, remark = self.query_one("#summary", HerArea), self.query_one("#remark", HerLine)
        indicator = page.indicator if page and self.writes and asks else None
        scores = session.scores if session and indicator else ()
        own = next((one for one in scores if indicator and one.indicator == indicator.key), None)
        kind = page.kind if page and self.writes else ""
        self.set_class(kind == "summary", "worded")
        summary.set_class(kind == "summary", "open")
        self.query_one("#new").set_class(kind == "steps", "open")
        for field in (remark, self.query_one("#why")):
            field.set_class(own is not None, "open")
        if own is not None:
            _fill(remark, own.remark or "", anew=self._about != own.indicator)
            self._about = own.indicator
        _fill(summary, (session.summary if session else "") or "")

    # Her number

    @on(ScaleForm.Scored)
    def scored(self, message: ScaleForm.Scored) -> None:
        """Saves her number."""
        if self.owner is not None:
            key = message.indicator
            edit = session_edits.SetScore(indicator=key, by="citizen", value=message.value)
            self.owner.make(edit, what=score_words(key, message.value))
            self.query_one(SharedPage).heard(message)
            self.changed()

    @on(ScaleForm.Said)
    def say(self, message: ScaleForm.Said) -> None:
        """The scale has something to say."""
        self.status(OwnText(message.sentence))

    # Fields

    @on(ScaleForm.RemarkWanted)
    def remark(self) -> None:
        """Into the remark."""
        self._into("remark")

    @on(SharedPage.FieldWanted)
    def into_field(self) -> None:
        """Into the field of the page, where it has one."""
        self._into("summary" if self.has_class("worded") else NEW[0])

    def _into(self, name: str) -> None:
        field = self.query_one(f"#{name}")
        shown = field.has_class("open") or (name in NEW and self.query_one("#new").has_class("open"))
        if shown and self.owner is not None and isinstance(field, (TextField, LineField)):
            self.owner.seen_in("entry" if name == "remark" else name)
            field.focus()
            field.go_to_end()

    def along(self, way: int) -> bool:
        """Tab within the new step: what, how, when; False where it leads out of it."""
        fields = self._step
        if self.focused not in fields:
            return False
        place = fields.index(self.focused) + way
        if not 0 <= place < len(fields):
            return False
        fields[place].focus()
        return True

    @on(Input.Submitted, "#remark")
    def enter(self) -> None:
        """Enter keeps the remark; the next page comes."""
        self.next_page()

    @on(Input.Submitted, "#step-what, #step-how, #step-when")
    def enter_step(self) -> None:
        """Enter keeps the step and begins the next."""
        if self._keep_step():
            self._into(NEW[0])

    @on(Left)
    def field_left(self, message: Left) -> None:
        """Saves what was typed; a step when all of it is left."""
        message.stop()
        if self.focused not in self._step:
            self.leave_fields()

    def leave_fields(self) -> bool:
        """Saves what stands in the fields and differs from the record; False where a day cannot be read."""
        if self.owner is None or not self.writes:
            return True
        remark, summary = self.query_one("#remark", HerLine), self.query_one("#summary", HerArea)
        text = texts.typed(remark.value).strip()
        if self._about and text != remark.saved:
            remark.saved = text
            self._keep_remark(self.owner, self._about, text)
        if texts.typed(summary.value) != summary.saved:
            summary.saved = texts.typed(summary.value)
            self.owner.save_text("summary", summary.value, "summary")
            self.changed()
        return self._keep_step()

    def _keep_remark(self, owner: SessionOwner, key: str, text: str) -> None:
        edit = session_edits.RemarkScore(indicator=key, by="citizen", remark=text)
        owner.make(edit, field=_remark_of(key), text=text)
        self.changed()

    def _keep_step(self) -> bool:
        """Saves what stands in the new step; False where its day cannot be read."""
        owner, fields = self.owner, self._step
        what, how, day = (texts.typed(field.value).strip() for field in fields)
        if owner is None or not (what or how or day):
            return True
        when = dates.read_day(day, dates.today()) if day else None
        if day and when is None:
            with i18n.speaking(self.spoken):
                self.status(OwnText(_("That is not a day: write 1/6, 1/6-27 or 2027-06-01")), warning=True)
            fields[2].focus()
            return False
        what, how = (what, how) if what else (how or day, "")
        for field in fields:
            field.value = field.saved = ""
        edit = session_edits.AddStep(line=owner.model.opened.free("step"), what=what, how=how or None, when=when)
        owner.make(edit, field=NEW[0], text=json.dumps([what, how, day], ensure_ascii=False))
        self.changed()
        return True

    # What is not yet left

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typing(self) -> None:
        """What is being typed is kept as unfinished, every second."""
        if not self._typing and self.writes:
            self._typing = True
            self.set_timer(PAUSE_SECONDS, self.keep)

    def keep(self) -> None:
        """Writes what is typed and not left at once: the terminal may be gone."""
        self._typing = False
        field = self.focused
        if self.owner is None or not self.writes or not isinstance(field, (TextField, LineField)):
            return
        phase, name, text = CLOSE, field.id or "", field.value
        if name in NEW:
            text = _joined(self._step)
        elif name == "remark":
            phase, name = CONDUCT, _remark_of(self._about)
        if texts.typed(field.value) != field.saved or (name in NEW and text):
            self.shell.drafts.place(self.owner.key, phase, name, field.place, text)


def _joined(fields: Sequence[LineField]) -> str:
    """The parts of the new step as they are kept together; "" where nothing stands in them."""
    parts = [field.value for field in fields]
    return json.dumps(parts, ensure_ascii=False) if any(part.strip() for part in parts) else ""


def _remark_of(indicator: str) -> str:
    """As the session's own entry line is called while her remark stands in it."""
    return f"entry remark {indicator} citizen"


def _fill(field: TextField | LineField, kept: str, *, anew: bool = False) -> None:
    """Brings a field in line with the record, unless it is being typed in."""
    if anew or field.value == field.saved:
        if field.value != kept:
            field.value = kept
        field.saved = kept
