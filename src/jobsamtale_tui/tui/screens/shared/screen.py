"""The shared screen: what the citizen may see, large and in her language, and nothing else.

She answers here in the session that is open behind it, through that session's own changes. While it stands all else
is hidden: whatever comes over it shows no names and no texts.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from jobsamtale_tui import dates, i18n, records
from jobsamtale_tui.casework.facts.shared_screen import hers, shared_facts
from jobsamtale_tui.documents.shared import lines, shared, shared_scale
from jobsamtale_tui.documents.shared.lines import Room, Row, SharedFacts
from jobsamtale_tui.documents.shared.shared import Page
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import SCALE, SHARED
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.shared.answers import Answers
from jobsamtale_tui.tui.shell.clipboard import copy
from jobsamtale_tui.tui.widgets.bars import Bar
from jobsamtale_tui.tui.widgets.fields import LineField, TextField
from jobsamtale_tui.tui.widgets.scale_form import ScaleEntry
from jobsamtale_tui.tui.widgets.shared_page import SharedPage

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved


class SharedScreen(Answers):
    """Pages about the citizen. `owner` is the open session that she answers in; without one there is only to look."""

    where = (SHARED, SCALE)
    only: ClassVar[frozenset[str] | None] = frozenset(
        {
            *("share", "share.aloud", "share.line", "back", "quit:always", "help", "copy", "privacy"),
            *("score.set", "score.move", "score.highest", "score.lowest", "score.clear", "score.remark"),
            *("cursor.move", "cursor.page", "field.next", "field.undo", "field.redo", "field.editor"),
        }
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("share", "back"),
        bind("share.aloud"),
        bind("share.line"),
        bind("privacy"),
        bind("copy"),
        *bind_pair("field.next", "section(1)", "section(-1)"),
    ]
    DEFAULT_CSS = """
    SharedScreen { padding: 1 3 0 3; }
    SharedScreen.-low { padding: 0 2; }
    SharedScreen #summary, SharedScreen #remark, SharedScreen #why, SharedScreen #new { display: none; }
    SharedScreen #new { height: 1; }
    SharedScreen #new LineField { width: 2fr; }
    SharedScreen #new #step-when { width: 1fr; min-width: 16; }
    SharedScreen.worded #page { height: 7; }
    SharedScreen #summary { height: 1fr; max-height: 12; margin: 0 0 1 0; }
    SharedScreen #summary.open, SharedScreen #remark.open, SharedScreen #why.open,
    SharedScreen #new.open { display: block; }
    SharedScreen #status, SharedScreen #why { background: $background; }
    SharedScreen #status { color: $dim; dock: bottom; }
    """

    def __init__(self, citizen: records.Citizen, owner: SessionOwner | None, begin: tuple[str, str] = ("", "")) -> None:
        super().__init__()
        self.citizen = citizen
        self.owner = owner
        self.hidden = False
        """What is hers is hidden too."""
        self.line = False
        self.aloud = False
        self.facts: SharedFacts
        self.pages: list[Page] = []
        self.at = 0
        self._begin = begin
        self._was_private = False
        self._held = ("", False)
        self._over = False

    def compose(self) -> ComposeResult:
        """The page, the field that belongs to it, and a line that tells how to leave."""
        with i18n.speaking(self.spoken):
            yield SharedPage(self.citizen.language or "da", id="page")
            yield from self.fields()
            yield Bar(id="status")

    def on_mount(self) -> None:
        """All else is hidden from now on."""
        self._was_private = self.shell.private
        self.shell.private = True
        self._read()
        session = self.facts.session
        self.aloud = session is not None and session.form == "remote"
        kind, key = self._begin
        if kind == "line":
            kind, self.line = "indicator", True
        for place, page in enumerate(self.pages):
            if page.kind == kind and (not key or (page.indicator and page.indicator.key == key)):
                self.at = place
                break
        self.query_one(SharedPage).focus()
        self.status()

    def on_unmount(self) -> None:
        """Whatever ended it."""
        self._show_the_rest()

    def _show_the_rest(self) -> None:
        """What was hidden before stays hidden, and so does what was hidden here."""
        if not self._over:
            self._over = True
            self.shell.hide(self._was_private or self.hidden)

    # What it shows

    @property
    def page(self) -> Page | None:
        """The page in view."""
        return self.pages[self.at] if self.at < len(self.pages) else None

    def _session(self) -> records.Session | None:
        """The open session; without one what was agreed last."""
        if self.owner is not None:
            return self.owner.session
        key = reads.open_session(self.connection, self.citizen.key)
        if key is None:
            return reads.last_completed(self.connection, self.citizen.key, dates.now())
        return reads.session(self.connection, key)

    def _read(self) -> None:
        facts = shared_facts(self.connection, self.citizen, self._session(), dates.today())
        self._take(replace(facts, answers=self.writes))

    def _take(self, facts: SharedFacts) -> None:
        """The pages that these facts make; one stays on the page that one was on."""
        self.facts, here = facts, self.page
        self.pages = shared.pages(self.facts)
        if here is not None:
            same = [one for one in self.pages if (one.kind, one.indicator) == (here.kind, here.indicator)]
            self.at = self.pages.index(same[0]) if same else min(self.at, max(0, len(self.pages) - 1))

    @on(SharedPage.Resized)
    def show_page(self) -> None:
        """Draws the page for the room there is."""
        self._show()

    def _show(self, *, anew: bool = False) -> None:
        widget, page = self.query_one(SharedPage), self.page
        with i18n.speaking(self.spoken):
            widget.fill(self._entries(), self.facts.session.scores if self.facts.session else ())
            self.show_fields(page, asks=not self.line)
            width, height = widget.size
            if page is None:
                widget.draw(lines.paragraph(_("There is nothing here yet."), max(20, width)))
                return
            room = Room(width, height - 1, aloud=self.aloud, line=self.line)
            count = _("{number} of {count}").format(number=self.at + 1, count=len(self.pages))
            head: list[Row] = [((count.rjust(width), "dim"),)]
            widget.draw([*head, *page.draw(self.facts, room)], anew=anew)

    def _entries(self) -> list[ScaleEntry]:
        """The indicator that keys score here; none on other pages, and none where there is only to look."""
        indicator = self.page.indicator if self.page else None
        if indicator is None or not self.writes:
            return []
        last = shared_scale.last_of(self.facts, indicator)
        return [ScaleEntry(indicator, {"citizen": last.value} if last else {})]

    def status(self, sentence: str | None = None, *, saved: str | None = None, warning: bool = False) -> None:
        """How to leave, and when the last change was saved. What is not for her eyes waits until one leaves."""
        bar = self.query_one("#status", Bar)
        if sentence and not isinstance(sentence, OwnText):
            self._held = (sentence, warning)
        with i18n.speaking(self.spoken):
            if warning:
                sentence = sentence if isinstance(sentence, OwnText) else _("Not saved yet. What is written is kept.")
            elif not isinstance(sentence, OwnText) or not sentence:
                sentence = _("{key} goes back").format(key=self.shell.key_of("back"))
                sentence += "" if self.writes else " · " + _("only to look at")
            bar.set_class(warning, "warning")
            time = (saved or self.shell.last_saved).rpartition(" ")[2]
            bar.show(OwnText(sentence), OwnText(_("saved {time}").format(time=time) if time else ""))

    def reading(self) -> str:
        """The text of the page; of the last one the message to be sent."""
        page = self.page
        with i18n.speaking(self.spoken):
            if page is None:
                return ""
            if page.kind == "brief":
                return shared.message(self.facts)
            rows = page.draw(self.facts, Room(lines.WIDEST, 1000, aloud=True, line=self.line))
            return "\n".join("".join(text for text, _look in row).rstrip() for row in rows).strip()

    # Keys

    def action_page(self, way: int) -> None:
        """The next page, or the one before."""
        self._to(self.at + way)

    def action_section(self, way: int) -> None:
        """The next kind of page, or the one before, round."""
        kinds = list(dict.fromkeys(one.kind for one in self.pages))
        if self.page is None or self.along(way):
            return
        kind = kinds[(kinds.index(self.page.kind) + way) % len(kinds)]
        self._to(next(place for place, one in enumerate(self.pages) if one.kind == kind))

    def _to(self, place: int) -> None:
        if not self.leave_fields():
            return
        if 0 <= place < len(self.pages) and place != self.at:
            self.at = place
            self.line = False
            self._show(anew=True)
        self.query_one(SharedPage).focus()

    def action_share_aloud(self) -> None:
        """The question in sentences to be read aloud, or as it is to be looked at."""
        self.aloud, self.line = not self.aloud, False
        self._show(anew=True)

    def action_share_line(self) -> None:
        """Her line on the indicator, or its question again."""
        if self.page is not None and self.page.indicator is not None:
            self.line = not self.line
            self._show(anew=True)

    def action_privacy(self) -> None:
        """Hides what is hers too: somebody else came by."""
        self.hidden = not self.hidden
        for widget in self.walk_children():
            widget.refresh()
        key = self.shell.key_of("privacy")
        with i18n.speaking(self.spoken):
            self.status(OwnText(_("Hidden; {key} shows it").format(key=key) if self.hidden else ""))

    def action_copy(self) -> None:
        """Copies the page; where the text lies is said on the telephone at once, else when one leaves."""
        focused = self.focused
        own = focused.value if isinstance(focused, (TextField, LineField)) else ""
        text = own or self.reading()
        if not text:
            return
        told = copy(self.shell, text)
        with i18n.speaking(self.spoken):
            self._held = ("", False) if self.aloud else (told, False)
            self.status(OwnText(told if self.aloud else _("Copied")))

    def action_back(self) -> None:
        """Out of the field, then to where one was."""
        if isinstance(self.focused, (TextField, LineField)):
            if self.leave_fields():
                self.query_one(SharedPage).focus()
            return
        if not self.leave_fields():
            return
        self._show_the_rest()
        self.dismiss()
        sentence, warning = self._held
        if sentence:
            self.app.call_later(self.shell.say, sentence, warning=warning)

    # The session

    def changed(self) -> None:
        """The session is another one now."""
        if self.owner is not None:
            self._take(replace(self.facts, session=hers(self.owner.session), answers=self.writes))
        self._show()

    def next_page(self) -> None:
        """After a remark the next page comes."""
        self._to(self.at + 1)

    def saved(self, message: "Saved") -> None:
        """The record as it stands on disk."""
        if self.owner is not None and message.session is not None and not self.shell.write_queue.busy:
            self.changed()

    def not_saved(self, message: "NotSaved") -> None:
        """The record as it stands; what was typed stays in its field."""
        if self.owner is not None and message.key == self.owner.key:
            self.changed()

    def on_screen_resume(self) -> None:
        """A session that is not open any more is only looked at."""
        self._read()
        self._show()
        self.status()

    def on_screen_suspend(self) -> None:
        """Something came over it."""
        self.keep()
