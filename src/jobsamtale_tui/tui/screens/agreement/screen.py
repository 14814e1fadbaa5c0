"""The agreement on indicators: chosen and taken out together, each time with a reason; its period; a new one."""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.context import ChangeContext, Resolution
from jobsamtale_tui.casework.change.undoable import nothing_to
from jobsamtale_tui.casework.citizen import agreements
from jobsamtale_tui.casework.facts import suggestions
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.editing.merge_drafts import split_forms
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.errors import ChangedByOtherError, Conflict, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements as method
from jobsamtale_tui.store.questions import history, quick_reads, reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import AGREEMENT
from jobsamtale_tui.tui.commands.route import BOTH, THEIRS
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.agreement import rows as agreement_rows
from jobsamtale_tui.tui.screens.agreement.history import period
from jobsamtale_tui.tui.screens.agreement.rows import CHOOSE, REWORD, AgreementRows
from jobsamtale_tui.tui.screens.common.form import Job
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.shell.typing_pause import Pause
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved
    from jobsamtale_tui.store.sqlite.database import Database

REMOVE = "remove"
MOST = 4
"""So many indicators are suggested; the others can be chosen as well."""


class AgreementScreen(BaseScreen):
    """The indicators that are chosen, that were, that are suggested and that can be; one entry line for the reasons."""

    shows = (
        *("agreement.pick", "agreement.remove", "agreement.period", "agreement.renew", "agreement.history"),
        "agreement.undo",
    )
    where = (AGREEMENT,)
    DEFAULT_CSS = """
    AgreementScreen #latest { max-height: 2; text-overflow: ellipsis; }
    AgreementScreen .entry { display: none; }
    AgreementScreen .entry.open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("agreement.period"),
        bind("agreement.renew"),
        bind("agreement.history"),
        bind("agreement.undo"),
        bind("agreement.redo"),
    ]

    def __init__(self, citizen: str, day: date) -> None:
        super().__init__()
        self.key = citizen
        self.day = day
        self.agreement: records.Agreement | None = None
        self._about: tuple[str, str] | None = None
        self._next: str | None = None
        self._sent: tuple[str, str, str] | None = None
        self._because: dict[str, str] = {}
        self._waits: dict[str, str] = {}
        """Further reasons that were not kept, by what they are for."""
        self._since = 0
        self._pause = Pause(self, self.keep)

    @property
    def what(self) -> str:
        """What names this screen's changes and its unfinished reason."""
        return f"agreement {self.key}"

    def body(self) -> ComposeResult:
        """The period, the latest change, the list, the entry line."""
        yield Static(id="period", classes="hint", markup=False)
        yield Static(id="latest", classes="hint", markup=False)
        yield AgreementRows(
            _("There are no indicators; jobsamtale indicator list shows where they come from"), id="indicators"
        )
        yield Static(id="about", classes="heading entry", markup=False)
        yield Static(id="question", classes="hint entry", markup=False)
        yield Field("entry", classes="entry")

    def on_mount(self) -> None:
        """The cursor stands on the first that can be chosen; a reason that was not kept is there again."""
        citizen = reads.citizen(self.connection, self.key)
        self.title_line(OwnText(_("Agreement on indicators")), citizen.name if citizen else "")
        rows = self.query_one(Rows)
        self._show()
        first = next((line.key for line in rows.lines if (line.key or "").startswith(CHOOSE)), None)
        rows.fill(rows.lines, key=first)
        rows.focus()
        kept = self.shell.drafts.typed(self.what)
        for typed in split_forms(kept[0] if kept else {}):
            for about, text in typed.items():
                self._waits[about] = " / ".join(filter(None, (self._waits.get(about), text)))
        self._ask_next()

    def on_screen_resume(self) -> None:
        """What was changed meanwhile shows."""
        if self.query("#period"):
            self._show()

    # What it shows

    def _show(self) -> None:
        self._since = history.newest(self.connection)
        self.agreement = reads.latest_agreement(self.connection, self.key, self.day)
        self.query_one("#period", Static).update(public(self._period()))
        latest = self.query_one("#latest", Static)
        latest.update(self._latest())
        latest.display = self.agreement is not None and bool(self.agreement.changes)
        rows = self.query_one(Rows)
        known, agreement = self._known(), self.agreement
        over = (one.indicator for one in agreement_rows.ended(agreement))
        self._because = self._suggested({*agreement_rows.running(agreement, self.day), *over})
        lines = agreement_rows.lines(agreement, self.day, known, self._because)
        rows.fill(lines, key=self._next or rows.key)
        self._next = None

    def _period(self) -> str:
        agreement = self.agreement
        if agreement is None:
            return _("There is no agreement yet. The first indicator that you choose together makes it.")
        if method.run_out(agreement, self.day):
            return f"{period(agreement)} · " + _("! The period has run out: p gives it a new one, + renews it")
        return period(agreement)

    def _latest(self) -> str:
        """The latest change, in a line."""
        changes = self.agreement.changes if self.agreement else ()
        if not changes:
            return ""
        latest = changes[-1]
        worker = reads.caseworker(self.connection, latest.by) if latest.by else None
        said = (dates.short_day(dates.local(latest.at).date()), worker.name if worker else latest.by, latest.what)
        return " · ".join(texts.one_line(part) for part in (*said, latest.reason) if part)

    def _suggested(self, taken: Collection[str]) -> dict[str, str]:
        """What is suggested, and why; nothing where the rules cannot be read, which is said."""
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            return {}
        try:
            found = suggestions.suggested(self.connection, citizen, self.day, taken=taken)
        except RefusedError as error:
            self.status(str(error), warning=True)
            return {}
        return {one.indicator: "; ".join(map(suggestions.sentence, one.because)) for one in found[:MOST]}

    def _known(self) -> dict[str, records.Indicator]:
        return {one.key: one for one in families.choosable(self.connection, self.day)}

    # Reasons

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """Asks for the reason."""
        action, _space, indicator = event.key.partition(" ")
        if action == CHOOSE and method.run_out(self.agreement, self.day):
            self.shell.say(_("The period has run out: p gives it a new one, + renews it"), warning=True)
            return
        self._ask(action, indicator)

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def action_agreement_remove(self) -> None:
        """Asks why the indicator under the cursor is taken out."""
        action, _space, indicator = (self.query_one(Rows).key or "").partition(" ")
        if action == REWORD:
            self._ask(REMOVE, indicator)
        elif action == CHOOSE:
            self.shell.say(_("It is not chosen; Enter chooses it"))

    def _ask(self, action: str, indicator: str, text: str | None = None) -> None:
        known = self._known()
        name = known[indicator].name.say() if indicator in known else indicator
        heading = {
            CHOOSE: _("Why {name}? Enter chooses it"),
            REWORD: _("Why {name}? Enter changes the reason"),
            REMOVE: _("Why is {name} taken out? Enter takes it out"),
        }[action]
        self._about = (action, indicator)
        entry = self.query_one("#entry", Field)
        entry.saved = self._reason(indicator) if action == REWORD else ""
        entry.value = entry.saved if text is None else text
        entry.cursor_position = len(entry.value)
        self.query_one("#about", Static).update(public(heading.format(name=texts.one_line(name))))
        question = known[indicator].question.say() if indicator in known else ""
        because = self._because.get(indicator, "") if action == CHOOSE else ""
        said = public(texts.one_line(question)) + Content(f" · {because}" if because else "")
        self.query_one("#question", Static).update(said)
        self.query(".entry").add_class("open")
        entry.focus()
        self.status("")

    def _ask_next(self) -> None:
        if self._waits:
            about = next(iter(self._waits))
            action, _space, indicator = about.partition(" ")
            self._ask(action, indicator, self._waits.pop(about))

    def _reason(self, indicator: str) -> str:
        chosen = method.chosen_on(self.agreement, self.day)
        return next((texts.one_line(one.reason) for one in chosen if one.indicator == indicator), "")

    @on(Input.Submitted, "#entry")
    def entered(self) -> None:
        """Enter accepts a reason, and asks for one where there is none."""
        if self._about and not self.query_one("#entry", Field).value.strip():
            self.shell.say(
                _("Without a reason nothing changes. Write one, or esc goes back to the list."), warning=True
            )
        else:
            self._accept()

    def action_back(self) -> None:
        """Out of the entry line, its reason kept; then the screen."""
        if self._about is None:
            self.keep()
            self.dismiss()
        else:
            self._accept()

    def _accept(self) -> None:
        about, entry = self._about, self.query_one("#entry", Field)
        text = texts.typed(entry.value).strip()
        self._close()
        if about is None or not text or text == entry.saved:
            return
        action, indicator = about
        rows = self.query_one(Rows)
        if action == CHOOSE:
            self._next = next((line.key for line in rows.lines[rows.at + 1 :] if line.key), rows.key)
        self._sent = (action, indicator, text)
        self._send(self._job(action, indicator, text))

    def _close(self) -> None:
        self._about = None
        self.query(".entry").remove_class("open")
        self.query_one(Rows).focus()

    def _send(self, job: Job) -> None:
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, job)

    def _job(self, action: str, indicator: str, text: str, answer: Resolution | None = None) -> Job:
        day, citizen = self.day, self.key
        if self.agreement is None:
            return lambda database, actor: agreements.make(database, actor, citizen, day, chosen=[(indicator, text)])
        change = {CHOOSE: agreements.choose, REWORD: agreements.reword, REMOVE: agreements.remove}[action]
        place = self._place(answer)
        return lambda database, actor: change(place(database, actor), indicator, text, day)

    def _place(self, answer: Resolution | None = None) -> "Callable[[Database, Actor], ChangeContext]":
        key, since = self.agreement.key if self.agreement else "", self._since
        seen = quick_reads.version(self.connection, "agreement", key)
        return lambda database, actor: ChangeContext(
            database=database, actor=actor, key=key, seen=seen, since=since, answer=answer
        )

    def saved(self, message: "Saved") -> None:
        """Shows it as it stands."""
        result = message.result
        if isinstance(result, RecordSaved) and result.what == self.what:
            self._sent = None
            self.keep()
            self.shell.say("")
            self._show()
            self._ask_next()
            taken = getattr(result.result, "back", None)
            if taken is not None:
                self.status(OwnText(_("Taken back") if taken else _("Made again")))
            self.shell.release_keys()

    def not_saved(self, message: "NotSaved") -> None:
        """Shows it as it stands, and the reason that was typed on its line; the status line says why."""
        if message.field == self.what:
            self._next = None
            since = self._since
            self._show()
            clash = message.error.clash if isinstance(message.error, ChangedByOtherError) else None
            if self._sent and clash:
                self.app.call_later(self._show_clash, clash, self._sent, since)
            if self._sent:
                self._ask(*self._sent)
            self._sent = None
            self.keep()
            self.shell.release_keys()

    def _show_clash(self, clash: Conflict, sent: tuple[str, str, str], since: int) -> None:
        def answered(how: str | None) -> None:
            """Theirs stands, or mine is kept all the same; without an answer the clash comes again."""
            shown, self._since = self._since, since
            if how == THEIRS:
                self._since = shown
                self._close()
            elif how is not None:
                self._close()
                self._sent = sent
                self._send(self._job(*sent, Resolution(clash.upto, after=how == BOTH)))

        self.push(route.Conflict(clash, sent[2], answered))

    def on_screen_suspend(self, _event: events.ScreenSuspend) -> None:
        """A reason that is not accepted is kept when another screen comes over this one."""
        self.keep()

    @on(Input.Changed, "#entry")
    def typing(self) -> None:
        """After a pause the reason is remembered, and now and then where there is none."""
        self._pause.typing()

    def keep(self) -> None:
        """Remembers a reason that is not accepted, or not yet saved."""
        self._pause.stop()
        if not self.query("#entry"):
            return
        entry = self.query_one("#entry", Field)
        begun = self._about is not None and entry.value.strip() and texts.typed(entry.value) != entry.saved
        typed = {" ".join(self._about): entry.value} if self._about and begun else {}
        if not typed and self._sent:
            typed = {" ".join(self._sent[:2]): self._sent[2]}
        self.shell.drafts.form(self.what, {**self._waits, **typed})

    # The period

    def action_agreement_period(self) -> None:
        """The period and how often, as a form."""
        if self.agreement is None:
            self.shell.say(_("Choose the first indicator; then the agreement has a period"))
        else:
            self.open(route.AgreementPeriod(self.agreement, self._place()))

    def action_agreement_renew(self) -> None:
        """A new agreement with the indicators that are chosen now, as a form."""
        if self.agreement is None:
            self.shell.say(_("There is no agreement yet. The first indicator that you choose together makes it."))
        else:
            self.open(route.AgreementRenewal(self.agreement, self.day, self._place()))

    # The way back

    def why_not(self, command: str) -> str | None:
        """There has to be something to take back, or to make again."""
        if command not in ("agreement.undo", "agreement.redo"):
            return None
        self.shell.write_queue.flush(1.0)
        key, login = self.agreement.key if self.agreement else "", self.shell.settings.login
        return nothing_to(self.connection, "agreement", key, login, back=command == "agreement.undo")

    def action_agreement_undo(self) -> None:
        """Takes back the last change; it stays in the history with its reason, and that it was taken back."""
        self._take(back=True)

    def action_agreement_redo(self) -> None:
        """Makes it again."""
        self._take(back=False)

    def _take(self, *, back: bool) -> None:
        if self.agreement is None:
            self.shell.say(_("There is nothing to undo") if back else _("There is nothing to redo"))
            return
        key, take = self.agreement.key, agreements.undo if back else agreements.redo
        self._send(lambda database, actor: take(database, actor, key))

    def action_agreement_history(self) -> None:
        """All that was changed, with who and why."""
        self.push(route.AgreementHistory(self.key))
