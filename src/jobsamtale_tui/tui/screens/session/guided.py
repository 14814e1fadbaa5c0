"""What stands beside a session: the guide to the phases, its details, and a word when it is time to round off."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, records
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _, language
from jobsamtale_tui.method import phases
from jobsamtale_tui.method.phases import Facts
from jobsamtale_tui.reference import guide, session_kinds
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.guide import GuidePanel

if TYPE_CHECKING:
    from jobsamtale_tui.reference.guide import Card

ROUND_OFF = 0.8
"""The share of the planned time after which it is time to round off."""
CLOSING = 4
AT_ONCE = 0.1
"""Seconds: a timer of none at all is not possible."""


class GuidedScreen(BaseScreen):
    """The part of the session screen that has the guide and minds the time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("guide"),
        bind("guide.next"),
        bind("session.details"),
        bind("session.kind"),
    ]
    key: str
    phase: int
    session: records.Session
    _facts: Facts | None = None

    # The guide

    @property
    def _panel(self) -> GuidePanel | None:
        return next(iter(self.query(GuidePanel)), None)

    def show_guide(self) -> None:
        """Brings the guide in line with phase and record, where it is wanted; else it costs nothing."""
        place = self.shell.guide_place
        panel = self._panel
        if panel is None:
            if not place.shown or not self.phase:
                return
            panel = self._make_panel()
            if panel is None:
                return

        panel.show(self.phase, phases.done(self.session, self._known()), self._kind_card())
        self.set_class(place.shown, "guided")

    def _make_panel(self) -> GuidePanel | None:
        try:
            found, wrong = guide.guide()
        except RefusedError as error:
            self.shell.guide_place.shown = False
            self.status(str(error), warning=True)
            return None
        if wrong:
            self.status(wrong, warning=True)
        turn, hide = self.shell.key_of("guide.next"), self.shell.key_of("guide")
        hint = _("{turn}: next page · {hide} hides").format(turn=turn, hide=hide)
        panel = GuidePanel(self.shell.guide_place, found, language(), hint)
        self.query_one("#body").mount(panel)
        return panel

    def _kind_card(self) -> "Card | None":
        """The session's kind as a page of the guide."""
        kind = session_kinds.kind_of(self.session)
        return session_kinds.card(kind) if kind else None

    def _known(self) -> Facts:
        if self._facts is None:
            citizen = self.session.citizen
            self._facts = Facts(
                day=dates.local(self.session.held_at).date(),
                profile=reads.profile(self.connection, citizen),
                applications=reads.count_applications(self.connection, citizen),
                job_goals=tuple(reads.job_goals(self.connection, citizen)),
            )
        return self._facts

    def action_guide(self) -> None:
        """Shows the guide, or hides it; the cursor stays where it is."""
        place = self.shell.guide_place
        place.shown = not place.shown
        self.show_guide()

    def action_guide_next(self) -> None:
        """The guide's next page."""
        panel = self._panel
        if panel is not None:
            panel.turn()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key that turns the guide's pages is free for others while the guide is hidden."""
        if action == "guide_next" and not self.shell.guide_place.shown:
            return False
        return super().check_action(action, parameters)

    # The time

    def mind_the_time(self) -> None:
        """Sets the one timer that tells when the planned time calls for rounding off; a session that was not begun
        in the app, or whose time was over long ago, has none."""
        begun = reads.begun_at(self.connection, self.key)
        if begun is None:
            return
        planned = self.session.minutes or self.shell.settings.session_minutes
        now = dates.now()
        if now >= begun + 2 * timedelta(minutes=planned):
            return
        left = begun + ROUND_OFF * timedelta(minutes=planned) - now
        self.set_timer(max(AT_ONCE, left.total_seconds()), lambda: self._round_off(begun, planned))

    def _round_off(self, begun: datetime, planned: int) -> None:
        if self.phase == CLOSING or (self.key, begun) in self.shell.rounded_off:
            return
        self.shell.rounded_off.add((self.key, begun))
        spent = round(max(ROUND_OFF * planned, (dates.now() - begun) / timedelta(minutes=1)))
        sentence = _("{spent} of the {planned} minutes are spent: time to round off ({key})")
        self.status(sentence.format(spent=spent, planned=planned, key=self.shell.key_of("phase.4")))

    # The details

    def action_session_details(self) -> None:
        """Time, form, status, who takes part."""
        if self.leave_fields():
            self.push(route.Details(reads.session(self.connection, self.key) or self.session))

    def action_session_kind(self) -> None:
        """What the session is to hold, and why."""
        if self.leave_fields():
            self.open(route.Content(self.session))

    def leave_fields(self) -> bool:
        """Saves what stands in the fields; False where one cannot be read and has to be mended first."""
        raise NotImplementedError
