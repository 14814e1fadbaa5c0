"""Forberedelse: what was agreed last, what is open, the job goals; and beside it the possible agenda items."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui.commands import OPEN, PREPARE
from jobsamtale_tui.tui.privacy import public
from jobsamtale_tui.tui.screens.agenda import AgendaRows, AgendaView
from jobsamtale_tui.tui.screens.citizen import goal_line, step_line
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.fields import Area
from jobsamtale_tui.tui.widgets.fields import Line as Field


class PrepareView(AgendaView):
    """Prepared, not locked: what is put here is possible until the citizen has agreed to it."""

    shows = ("agenda.add", "agenda.toggle")
    where = (PREPARE, OPEN)
    order = ("agenda-new", "agenda", "preparation", "brief")
    fields: ClassVar[dict[str, str]] = {"preparation": "preparation"}
    begins = "possible"

    def compose(self) -> ComposeResult:
        """Last time to the left, the agenda to the right, notes for oneself below."""
        with Horizontal(classes="columns"):
            with VerticalScroll(id="brief", classes="column", can_focus=True):
                yield Static(self._brief(), classes="text", markup=False)
            with Vertical(classes="column"):
                yield Heading(_("Possible agenda items"))
                yield AgendaRows(_("Nothing yet: write what could be talked about"), id="agenda")
                yield Field("agenda-new", placeholder=_("+ a possible item"))
        yield Heading(_("Notes for yourself (the citizen can ask to see them)"))
        yield Area("preparation", self.text_of("preparation"))

    def land(self) -> None:
        """The cursor stands in the agenda: on its items, else on its new line."""
        self.go("agenda" if self.session.agenda else "agenda-new")

    def _brief(self) -> Content:
        connection = self.owner.connection
        citizen, held = self.session.citizen, self.session.held_at
        last = reads.last_completed(connection, citizen, held)
        parts = []
        if last is None:
            parts.append(_part(_("First session"), _("Nothing has been agreed before.")))
        else:
            day = dates.short_day(dates.local(last.held_at).date())
            agreed = [_said(item) for item in last.agenda if item.state in ("agreed", "done")]
            parts.append(_part(_("Last session {day}").format(day=day), *agreed))
            if last.summary:
                parts.append(_part(_("The citizen summed up"), last.summary))
        steps = [step_line(step) for _key, _place, step in reads.open_steps(connection, citizen)]
        if steps:
            parts.append(_part(_("Open steps"), *steps))
        goals = [goal_line(goal) for goal in reads.job_goals(connection, citizen, dates.local(held).date())]
        parts.append(_part(_("Job goals"), *(goals or [_("None yet")])))
        return Content("\n\n").join(parts)


def _part(title: str, *lines: str) -> Content:
    head = public(Content.styled(title, "bold $text-primary"))
    return Content.assemble(head, "\n", "\n".join(texts.shown(line) for line in lines))


def _said(item: records.AgendaItem) -> str:
    if item.state == "agreed":
        return "● " + _("{topic} (agreed, not done)").format(topic=item.topic)
    return f"✓ {item.topic}" + (f": {item.conclusion}" if item.conclusion else "")
