"""Home: open drafts, today's and this week's sessions, and finding a citizen as one types."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind
from jobsamtale_tui.tui.commands import HOME
from jobsamtale_tui.tui.widgets.fields import Line as Field
from jobsamtale_tui.tui.widgets.rows import Line, Rows

FOUND = 100


class HomeScreen(BaseScreen):
    """Where the day begins."""

    shows = ("find", "citizen.open", "session.start", "palette")
    where = (HOME,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("find"), bind("session.start")]

    def body(self) -> ComposeResult:
        """The search line above the list."""
        yield Field("find", placeholder=_("Find a citizen: name, key or case key"))
        yield Rows(_("Nothing planned this week. Press / to find a citizen."), id="list")

    def on_screen_resume(self) -> None:
        """The cursor stands in the list, and what was changed meanwhile shows."""
        self.query_one("#find", Field).value = ""
        self._show_worklist()
        self.query_one("#list", Rows).focus()

    def _show_worklist(self) -> None:
        today = dates.today()
        user = self.the_app.settings.user
        who = reads.caseworker(self.connection, user) if user else None
        day = words.long_day(today)
        self.title_line(f"jobsamtale · {day}", who.name if who else _("all caseworkers"))
        found = reads.worklist(self.connection, user, *dates.week(today))
        self.query_one("#list", Rows).fill(_worklist_lines(found, today))

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Shows who is found by what has been typed so far; nothing typed: the week."""
        search = texts.typed(event.value).strip()
        if not search:
            self._show_worklist()
            self.status("")
            return
        found = reads.citizens(self.connection, search, limit=FOUND)
        rows = self.query_one("#list", Rows)
        rows.fill([_citizen_line(one) for one in found])
        rows.go(0)
        self.status("" if found else _("Nobody is found by that. Try fewer letters, or the case key."))

    @on(Input.Submitted, "#find")
    def open_first(self) -> None:
        """Enter opens the first one found, or the one selected."""
        self.query_one("#list", Rows).action_choose()

    @on(Rows.Chosen)
    def open_citizen(self, event: Rows.Chosen) -> None:
        """Opens the citizen of the row."""
        from jobsamtale_tui.tui.screens.citizen import CitizenScreen

        self.app.push_screen(CitizenScreen(event.key.split("\n")[0]))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def key_down(self) -> None:
        """Down goes from the search line into the list."""
        if self.focused is self.query_one("#find"):
            self.query_one("#list", Rows).focus()

    def action_find(self) -> None:
        """To the search line."""
        self.query_one("#find", Field).focus()

    def action_session_start(self) -> None:
        """Begins, or goes on with, the session of the row's citizen."""
        from jobsamtale_tui.tui.screens.citizen import start_session

        key = self.query_one("#list", Rows).key
        if key:
            citizen, _newline, session = key.partition("\n")
            start_session(self, citizen, session or None)

    def ready(self, message: object) -> None:
        """A session was begun from here."""
        from jobsamtale_tui.tui.screens.citizen import session_ready

        if self.app.screen is self:
            session_ready(self, message)

    def action_back(self) -> None:
        """Leaves the search line; home itself stays."""
        field = self.query_one("#find", Field)
        field.value = ""
        self.query_one("#list", Rows).focus()


def _worklist_lines(found: list[reads.SessionLine], today: date) -> list[Line]:
    lines: list[Line] = []
    headings: set[str] = set()
    for one in found:
        day = dates.local(one.held_at).date()
        if one.status == "draft":
            heading = _("Open drafts")
        elif day < today:
            heading = _("Earlier this week, not held")
        else:
            heading = _("Today") if day == today else _("Later this week")
        if heading not in headings:
            headings.add(heading)
            lines += [Line(None, (("", ""),))] if lines else []
            lines.append(Line(None, ((heading, "strong"),)))
        when = f"{words.short_weekday(day)} {day:%d.%m.} {dates.clock(one.held_at)}"
        what = words.form(one.form) if one.status == "planned" else words.status(one.status)
        cells = (
            (f"{when:<18}", "mark" if day == today else ""),
            (f"{texts.shortened(one.citizen_name, 30):<31}", "strong"),
            (f"{what:<16}", "dim"),
            (texts.one_line(one.theme or ""), "dim"),
        )
        lines.append(Line(f"{one.citizen}\n{one.key}", cells))
    return lines


def _citizen_line(citizen: records.Citizen) -> Line:
    return Line(
        citizen.key,
        (
            (f"{texts.shortened(citizen.name, 32):<33}", "strong"),
            (f"{texts.shortened(citizen.case_key or '', 20):<21}", ""),
            (words.target_group(citizen.target_group), "dim"),
        ),
    )
