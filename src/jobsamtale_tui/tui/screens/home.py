"""Home: open drafts, today's and this week's sessions, and finding a citizen as one types."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from jobsamtale_tui import dates, texts
from jobsamtale_tui.editing import presence as at_hand
from jobsamtale_tui.editing.outcomes import BackgroundResult
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.store.questions import citizen_lists, reads, session_lists
from jobsamtale_tui.store.writing import presence
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import HOME
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.session_keys import SessionKeys
from jobsamtale_tui.tui.screens.common.start_session import session_ready, start_session
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.facts.contact import Pressing
    from jobsamtale_tui.store.questions.session_lists import SessionLine

FOUND = 100
DUE = 12
"""So many of those who are due for contact are shown."""


class HomeScreen(SessionKeys):
    """Where the day begins."""

    shows = ("find", "citizen.open", "session.start", "citizen.new", "group.new", "indicators", "palette")
    where = (HOME,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("find"),
        bind("citizen.open"),
        bind("citizen.new"),
        bind("session.start"),
        bind("group.new"),
        bind("indicators", "app.indicators"),
        bind("cursor.move", "into_list", second=True),
    ]

    def body(self) -> ComposeResult:
        """The search line above the list."""
        yield Field("find", placeholder=_("Find a citizen: name, key or case key"))
        yield Rows("", id="list", searched=False)

    _searched = False
    _sought: str | None = None
    """What is to be looked for as soon as the letters that were typed stand on the screen."""
    _contact_lines: Sequence[Line] = ()

    def on_screen_resume(self) -> None:
        """The cursor stands in the list, and what was changed meanwhile shows."""
        self.query_one("#find", Field).value = ""
        self._show_worklist()
        self.query_one("#list", Rows).focus()

    def _show_worklist(self) -> None:
        today = dates.today()
        user = self.shell.settings.user
        who = reads.caseworker(self.connection, user) if user else None
        day = labels.long_day(today)
        self.title_line(OwnText(f"jobsamtale · {day}"), who.name if who else _("all caseworkers"))
        found = session_lists.worklist(self.connection, user, *dates.week(today))
        lines = _worklist_lines(found.lines, today, presence.others(self.connection))
        if found.cut:
            more = _("Not all are shown here: jobsamtale session list has the others")
            lines = [Line(None, ((OwnText(more), "dim"),)), Line(None, (("", ""),)), *lines]
        rows = self.query_one("#list", Rows)
        rows.empty = _("Nothing planned this week. Press / to find a citizen, + to make one.")
        rows.fill([*lines, *self._contact_lines])
        self._ask_contact(user)

    def _ask_contact(self, user: str | None) -> None:
        """Who is due for contact is reckoned once the list stands, and is shown below it."""
        database, today = self.shell.database, dates.today()

        def ask() -> Any:
            from jobsamtale_tui.casework.facts import contact

            with database.connected() as connection:
                return contact.pressing(connection, user, today)

        self.call_after_refresh(self.shell.write_queue.run_in_background, "contact.due", ask)

    def _show_contact(self, found: "list[Pressing]") -> None:
        lines = _contact_rows(found)
        if lines != self._contact_lines:
            shown, self._contact_lines = self._contact_lines, lines
            rows = self.query_one("#list", Rows)
            if not self._searched:
                rows.fill([*rows.lines[: len(rows.lines) - len(shown)], *lines], key=rows.key)

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Shows who is found by what has been typed so far, once the letter stands; nothing typed: the week."""
        search, waiting = texts.typed(event.value).strip(), self._sought is not None
        self._sought = search or None
        if not search:
            self._show_worklist()
            if self._searched:
                self.status("")
            self._searched = False
        elif not waiting:
            self.call_after_refresh(self._seek)

    def _seek(self) -> None:
        search, self._sought = self._sought, None
        if search is None:
            return
        self._searched = True
        found = citizen_lists.citizen_lines(self.connection, search, FOUND)
        rows = self.query_one("#list", Rows)
        rows.empty = ""
        rows.fill([_citizen_line(one) for one in found])
        rows.go(0)
        self.status("" if found else _("Nobody is found by that. Try fewer letters, or the case key."))

    @on(Input.Submitted, "#find")
    def open_first(self) -> None:
        """Enter opens the first one found, or the one selected."""
        self._seek()
        key = self.query_one("#list", Rows).key
        if key:
            self._open(key)

    @on(Rows.Chosen)
    def open_citizen(self, event: Rows.Chosen) -> None:
        """Opens the citizen of the row."""
        self._open(event.key)

    def _open(self, key: str) -> None:
        meeting = _meeting(key)
        if meeting:
            self.push(route.Meeting(*meeting))
            return
        self.push(route.Citizen(key.partition("\n")[0]))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    def action_group_new(self) -> None:
        """A form for a group session or an industry meeting."""
        self.push(route.MeetingNew())

    @property
    def session_here(self) -> str | None:
        """The session of the row; a meeting's row has many, and who was found has none."""
        key = self.query_one("#list", Rows).key or ""
        return None if _meeting(key) else key.partition("\n")[2] or None

    def show_sessions(self) -> None:
        """The week, unless somebody is being looked for; the cursor follows its session, wherever that stands now."""
        if not self.query_one("#find", Field).value.strip():
            rows = self.query_one("#list", Rows)
            here = rows.key
            self._show_worklist()
            rows.fill(rows.lines, key=here)

    def action_into_list(self) -> None:
        """Down goes from the search line into the list."""
        if self.focused is self.query_one("#find"):
            self._seek()
            self.query_one("#list", Rows).focus()

    def action_find(self) -> None:
        """To the search line."""
        self.query_one("#find", Field).focus()

    def action_citizen_open(self) -> None:
        """As Enter on the row."""
        self.query_one("#list", Rows).action_choose()

    def action_citizen_new(self) -> None:
        """A form for a new citizen."""
        self.open(route.CitizenForm())

    def action_session_start(self) -> None:
        """Begins, or goes on with, the session of the row's citizen."""
        key = self.query_one("#list", Rows).key
        if key and _meeting(key):
            self._open(key)
        elif key:
            citizen, _newline, session = key.partition("\n")
            start_session(self, citizen, session or None)

    def ready(self, message: BackgroundResult) -> None:
        """A session was begun from here, or it is known who is due for contact."""
        if message.what == "contact.due":
            self._show_contact(message.result)
        elif self.app.screen is self:
            session_ready(self, message)

    def action_back(self) -> None:
        """Leaves the search line; home itself stays."""
        field = self.query_one("#find", Field)
        field.value = ""
        self.query_one("#list", Rows).focus()


def _worklist_lines(found: "list[SessionLine]", today: date, held: Mapping[str, presence.Presence]) -> list[Line]:
    lines: list[Line] = []
    headings: set[str] = set()
    for one, count in _folded(found):
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
            lines.append(Line(None, ((OwnText(heading), "strong"),)))
        when = f"{labels.short_weekday(day)} {day:%d.%m.} {dates.clock(one.held_at)}"
        what = labels.form(one.form) if one.status == "planned" else labels.status(one.status)
        said = at_hand.mark(held.get(one.key))
        cells = (
            (OwnText(f"{when:<18}"), "mark" if day == today else ""),
            (f"{texts.shortened(one.citizen_name, 30):<31}", "strong"),
            (OwnText(f"{what:<16}"), "dim"),
            (texts.one_line(said or one.theme or ""), "mark" if said else "dim"),
        )
        if one.group:
            citizens = ngettext("{count} citizen", "{count} citizens", count).format(count=count)
            meeting = OwnText(f"{labels.form(one.form or 'group').capitalize()}, {citizens}")
            lines.append(Line(f"\n{one.group}\n{day}", (cells[0], (meeting, "strong"), (f"  {said}".rstrip(), "mark"))))
        else:
            lines.append(Line(f"{one.citizen}\n{one.key}", cells))
    return lines


def _contact_rows(found: "list[Pressing]") -> list[Line]:
    """Those who are overdue or due soon, with mark and word; the first ones, and how many there are besides."""
    if not found:
        return []
    from jobsamtale_tui.documents.contact import MARKS, STATUSES

    lines = [Line(None, (("", ""),)), Line(None, ((OwnText(_("Contact: overdue or due soon")), "strong"),))]
    for one in found[:DUE]:
        standing = one.entry.standing
        late = standing.status == "overdue"
        when = f"{MARKS[standing.status]} {standing.due:%d.%m.}" if standing.due else ""
        planned = _("planned {day}, after that").format(day=f"{one.planned:%d.%m.}") if one.planned else ""
        lines.append(
            Line(
                f"{one.entry.citizen}\n",
                (
                    (OwnText(f"{when:<18}"), "mark" if late else ""),
                    (f"{texts.shortened(one.entry.name, 30):<31}", "strong"),
                    (OwnText(f"{_(STATUSES[standing.status]):<16}"), "mark" if late else "dim"),
                    (OwnText(planned), "dim"),
                ),
            )
        )
    if len(found) > DUE:
        more = _("and {count} more: jobsamtale contact list").format(count=len(found) - DUE)
        lines.append(Line(None, ((OwnText(more), "dim"),)))
    return lines


def _folded(found: "list[SessionLine]") -> "list[tuple[SessionLine, int]]":
    """The sessions of a meeting as one, with how many there are; it stands where its first one does."""
    meetings: Counter[tuple[str | None, date]] = Counter(
        (one.group, dates.local(one.held_at).date()) for one in found if one.group
    )
    shown: set[tuple[str | None, date]] = set()
    folded = []
    for one in found:
        meeting = (one.group, dates.local(one.held_at).date())
        if meeting not in shown:
            folded.append((one, meetings.get(meeting, 1)))
        if one.group:
            shown.add(meeting)
    return folded


def _meeting(key: str) -> tuple[str, date] | None:
    """Group and day of a meeting's row; None of other rows."""
    if not key.startswith("\n"):
        return None
    group, _newline, day = key[1:].partition("\n")
    return group, date.fromisoformat(day)


def _citizen_line(citizen: citizen_lists.CitizenLine) -> Line:
    return Line(
        citizen.key,
        (
            (f"{texts.shortened(citizen.name, 32):<33}", "strong"),
            (f"{texts.shortened(citizen.case_key or '', 20):<21}", ""),
            (OwnText(labels.target_group(citizen.target_group)), "dim"),
        ),
    )
