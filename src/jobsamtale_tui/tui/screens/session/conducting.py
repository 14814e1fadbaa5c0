"""Gennemførelse: the agreed items, one after the other, and the indicators as one scale form."""

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.widgets import Input, Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.facts.asked_indicators import asked
from jobsamtale_tui.editing.pending import score_words
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements, session_edits
from jobsamtale_tui.method.progress import Reading
from jobsamtale_tui.store.questions import reads, scores
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import CONDUCT, SCALE
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.screens.common.agreement_keys import open_agreement
from jobsamtale_tui.tui.screens.session.agenda import item_line
from jobsamtale_tui.tui.screens.session.phase import PhaseView
from jobsamtale_tui.tui.widgets.captions import Heading, Hint
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField
from jobsamtale_tui.tui.widgets.rows import Rows
from jobsamtale_tui.tui.widgets.scale_form import ScaleEntry, ScaleForm

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.reads import Unfinished


class AgreedRows(Rows):
    """The agreed items; space rounds one off, Enter writes its conclusion."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("agenda.done", "screen.view_do('done')"),
        bind("agenda.conclude", "screen.view_do('conclude')"),
    ]


class ConductView(PhaseView):
    """The agenda above, the scale form below; one entry line for conclusions and remarks."""

    shows = ("agenda.done", "agenda.conclude", "go.scale")
    shows_on_scale = ("score.set", "score.remark", "score.rater", "go.agenda")
    where = (CONDUCT, SCALE)
    order = ("agenda", "scale")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("go.scale", "go_scale"),
        bind("go.agenda", "go_agenda"),
        bind("agreement.choose"),
    ]

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self._agreement: records.Agreement | None = None
        self._entries: list[ScaleEntry] | None = None
        self._used: records.IndicatorsUsed | None = None
        self._about: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The agenda, what there is to say of the agreement, the scale form, the entry line."""
        self._entries = self._find_entries()
        yield Heading(_("Agreed agenda"))
        yield AgreedRows(_("Nothing is agreed: F3 goes back to the opening"), id="agenda")
        said = self._say()
        self._used = self.owner.citizen.indicators_used
        if self._entries is not None:
            yield Heading(_("Indicators"))
        if said:
            yield Hint(said)
        if self._entries is not None:
            yield ScaleForm(self.owner.citizen.language or "da", id="scale")
        yield Static(id="about", classes="heading entry", markup=False)
        yield Field("entry", classes="entry", breaks=True)

    # The indicators

    def _find_entries(self) -> list[ScaleEntry] | None:
        connection, citizen = self.owner.connection, self.owner.citizen
        day = dates.local(self.session.held_at).date()
        self._agreement = reads.latest_agreement(connection, citizen.key, day)

        indicators = asked(connection, citizen, self._agreement, self.session.scores, day)
        if indicators is None:
            return None
        readings = [one for one in scores.readings(connection, citizen.key) if one.at < self.session.held_at]
        return [ScaleEntry(one, _last_values(readings, one)) for one in indicators]

    def _say(self) -> str:
        day = dates.local(self.session.held_at).date()
        key = self.owner.shell.key_of("agreement.choose")
        if self._entries is None:
            undecided = self.owner.citizen.indicators_used is None
            said = _("Whether indicators are used is not decided; {key} decides it")
            return said.format(key=key) if undecided else ""
        if self._agreement is None:
            said = _("There is no agreement on indicators; these are all there are. {key} chooses them together.")
            return said.format(key=key)
        if agreements.run_out(self._agreement, day) and self._agreement.until:
            until = dates.short_day(self._agreement.until)
            return _("! The agreement's period ran out on {day}; its indicators still show.").format(day=until)
        return ""

    @property
    def form(self) -> ScaleForm | None:
        """The scale form, None where indicators are not used."""
        with suppress(NoMatches):
            return self.get_child_by_id("scale", ScaleForm)
        return None

    @property
    def keys_here(self) -> tuple[str, ...]:
        """The agenda's keys on the agenda, the form's on the form, neither's in a text field."""
        if isinstance(self.screen.focused, (TextField, Field)):
            return ()
        if self.form is None:
            shown = tuple(one for one in self.shows if one != "go.scale")
        else:
            shown = self.shows_on_scale if self.form.has_focus else self.shows
        return (*shown, "agreement.choose") if self._agreement is None and self._say() else shown

    def action_agreement_choose(self) -> None:
        """Decides whether indicators are used, where that is not decided; then they are chosen together."""
        self.leave()
        open_agreement(self.owner, self.owner.citizen, dates.local(self.session.held_at).date())

    def come_back(self) -> None:
        """Indicators that were chosen, or taken out, meanwhile show."""
        before = (self._entries, self._agreement, self._used)
        if (self._find_entries(), self._agreement, self.owner.citizen.indicators_used) != before:
            self.owner.shell.pause_keys()
            self.run_worker(self._anew())

    async def _anew(self) -> None:
        with self.app.batch_update():
            await self.recompose()
        self.show()
        self.action_go_scale()
        self.owner.shell.release_keys()

    @property
    def shared_place(self) -> tuple[str, str]:
        """On the form the indicator under the cursor, else the agenda."""
        form = self.form
        if form and form.entry and form.has_focus:
            return "indicator", form.entry.indicator.key
        return super().shared_place

    # The agenda

    @property
    def agreed(self) -> list[tuple[int, records.AgendaItem]]:
        """The items that are agreed or done, each with its line."""
        lines = zip(self.opened.items, self.session.agenda, strict=True)
        return [(line, item) for line, item in lines if item.state in ("agreed", "done")]

    @property
    def rows(self) -> Rows:
        """The list of agreed items."""
        return self.query_one("#agenda", Rows)

    def show(self) -> None:
        """The agreed items with their conclusions; the scores."""
        super().show()
        self.rows.fill([item_line(line, item, conclusion=True) for line, item in self.agreed], key=self.rows.key)
        if self.form and self._entries is not None:
            self.form.fill(self._entries, self.session.scores)

    def land(self) -> None:
        """On the first agreed item; with none left on the first indicator without a score."""
        left = next((place for place, (_line, item) in enumerate(self.agreed) if item.state == "agreed"), None)
        if left is not None:
            self.rows.go(left)
            self.rows.focus()
        else:
            self.action_go_scale()

    def action_go_scale(self) -> None:
        """To the first indicator without a score."""
        if self.form:
            self.form.go_unscored()
            self.form.focus()
        else:
            self.rows.focus()

    def action_go_agenda(self) -> None:
        """To the agenda."""
        self.rows.focus()

    def do(self, what: str) -> None:
        """Rounds the item under the cursor off, or opens its conclusion."""
        line = int(self.rows.key) if self.rows.key is not None else None
        if line is None or line not in self.opened.items:
            return
        item = self.opened.item(line)
        if what == "conclude":
            self._enter(
                ("conclude", str(line)),
                item.conclusion or "",
                _("Conclusion: {topic}").format(topic=item.topic),
            )
            return
        done = item.state != "done"
        self.owner.make(session_edits.FinishItem(line=line, done=done), what=item.topic)
        if done:
            self.land()

    # The entry line

    def _enter(self, about: tuple[str, ...], text: str, title: str) -> None:
        self._about = about
        self.owner.seen_in("entry")
        self.query_one("#about", Static).update(texts.shortened(title, 200))
        entry = self.query_one("#entry", Field)
        entry.value = entry.saved = text
        self.query(".entry").add_class("open")
        entry.focus()
        entry.action_end()

    @on(ScaleForm.RemarkWanted)
    def remark(self) -> None:
        """Opens the remark of the indicator under the cursor."""
        form = self.form
        if form and form.entry:
            indicator = form.entry.indicator
            text = form.remarks.get((indicator.key, form.by), "")
            title = _("Remark on {name}").format(name=indicator.name.say(form.language))
            self._enter(("remark", indicator.key, form.by), text, title)

    @on(ScaleForm.Scored)
    def scored(self, message: ScaleForm.Scored) -> None:
        """Saves a score."""
        message.stop()
        key, form = message.indicator, self.form
        entry = next((one for one in self._entries or () if one.indicator.key == key), None)
        name = entry.indicator.name.say() if entry else key
        edit = session_edits.SetScore(indicator=key, by=message.by, value=message.value)
        self.owner.make(edit, what=score_words(name, message.value), show=False)
        if form:
            form.heard(message)

    @on(ScaleForm.Said)
    def say(self, message: ScaleForm.Said) -> None:
        """The form has something to say."""
        self.owner.status(message.sentence)

    @on(Input.Submitted, "#entry")
    def enter(self) -> None:
        """Enter keeps the line; after a remark the next indicator comes, after a conclusion its item."""
        about = self._about
        self._close_entry()
        form = self.form
        if about[:1] == ("remark",) and form:
            form.go(form.at + 1)
            form.focus()
        else:
            self.rows.focus()

    def _close_entry(self) -> None:
        self.field_left(self.query_one("#entry", Field))
        self.query(".entry").remove_class("open")
        self._about = ()

    def field_left(self, field: TextField | Field) -> None:
        """Saves the entry line as the conclusion or the remark that it is."""
        text = texts.typed(field.value).strip()
        about = self._about
        name = f"entry {' '.join(about)}"
        if not about or text == field.saved:
            self.owner.drop(name)
            return
        field.saved = text
        if about[0] == "conclude":
            self.owner.make(session_edits.ConcludeItem(line=int(about[1]), conclusion=text), field=name, text=text)
        else:
            key, by = about[1], _rater(about[2])
            self.owner.make(session_edits.RemarkScore(indicator=key, by=by, remark=text), field=name, text=text)

    def leave_field(self) -> None:
        """Escape keeps the entry line and goes back to where it came from."""
        was = self._about[:1]
        self._close_entry()
        target = self.form if was == ("remark",) and self.form else self.rows
        target.focus()

    # Coming back

    def unfinished(self) -> tuple[str, str | None, str | None]:
        """As elsewhere; an entry line says what it is about, the form which indicator is under the cursor."""
        field, cursor, text = super().unfinished()
        if field == "entry" and self._about:
            return f"entry {' '.join(self._about)}", cursor, text
        if field == "scale" and self.form and self.form.entry:
            return field, self.form.entry.indicator.key, None
        if field == "agenda":
            return field, self.rows.key, None
        return field, cursor, text

    def resume(self, left: "Unfinished") -> None:
        """Opens the entry line where it was, or puts the cursor on the item or indicator."""
        kind, _space, about = left.field.partition(" ")
        form = self.form
        if kind == "entry" and about:
            self._reopen(tuple(about.split(" ")), left)
        elif kind == "scale" and form:
            form.go(next((at for at, one in enumerate(form.entries) if one.indicator.key == left.cursor), 0))
            form.focus()
        elif kind == "agenda":
            self.rows.fill(self.rows.lines, key=left.cursor)
            self.rows.focus()
        else:
            self.land()

    def _reopen(self, about: tuple[str, ...], left: "Unfinished") -> None:
        form = self.form
        if about[0] == "conclude" and int(about[1]) in self.opened.items:
            self.rows.fill(self.rows.lines, key=about[1])
            self.do("conclude")
        elif about[0] == "remark" and form:
            form.by = _rater(about[2])
            form.go(next((at for at, one in enumerate(form.entries) if one.indicator.key == about[1]), 0))
            self.remark()
        entry = self.query_one("#entry", Field)
        if left.text is not None:
            entry.value = left.text
        if left.cursor:
            entry.place = left.cursor

    def give_back(self, field: str, text: str | None) -> bool:
        """A conclusion or remark that was not saved stands on the entry line again, once that is free."""
        kind, _space, rest = field.partition(" ")
        about = tuple(rest.split(" "))
        if kind != "entry" or text is None or self._about not in ((), about):
            return False
        if about[0] == "conclude" and int(about[1]) not in self.opened.items:
            return False
        self._reopen(about, reads.Unfinished(3, field, None, text))
        return True


def _rater(by: str) -> records.Rater:
    return "caseworker" if by == "caseworker" else "citizen"


def _last_values(readings: list[Reading], indicator: records.Indicator) -> dict[records.Rater, int]:
    scale = indicator.scale
    return {
        one.by: one.value
        for one in readings
        if one.indicator == indicator.key and (one.min, one.max) == (scale.min, scale.max)
    }
