"""The citizen: who she is, the agreement, the last session in brief, open steps, the graph, all sessions."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import dates, i18n, records, texts
from jobsamtale_tui.documents.search_lines import opening_line, outlook_line
from jobsamtale_tui.editing import presence as at_hand
from jobsamtale_tui.editing.outcomes import BackgroundResult
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements
from jobsamtale_tui.reference import labour_market
from jobsamtale_tui.store.questions import openings, reads, steps
from jobsamtale_tui.store.writing import presence
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import CITIZEN
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.agreement_keys import open_agreement
from jobsamtale_tui.tui.screens.common.plan_keys import PlanKeys
from jobsamtale_tui.tui.screens.common.print_keys import PrintKeys
from jobsamtale_tui.tui.screens.common.session_keys import SessionKeys
from jobsamtale_tui.tui.screens.common.share_keys import ShareKeys
from jobsamtale_tui.tui.screens.common.start_session import session_ready, start_session
from jobsamtale_tui.tui.screens.common.text_page import StepsKeys
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.chart import Chart
from jobsamtale_tui.tui.widgets.key_hint import KeyHint
from jobsamtale_tui.tui.widgets.rows import Line, Rows

_OWN = (
    bind("course.read"),
    bind("briefing"),
    bind("session.plan"),
    bind("citizen.edit"),
    bind("agreement.edit"),
    bind("contact"),
    bind("profile.edit"),
)


MORE = ("goals", "activities", "profile.edit", "joblog", "openings", "contact", "course.read", "briefing", "share")
"""Keys to what there is of her on screens of its own; the key line has no room for them."""
_BROUGHT = 5
"""What is kept to bring to a session, in brief; the rest is on its own screen."""


class CitizenScreen(PlanKeys, SessionKeys, StepsKeys, ShareKeys, PrintKeys):
    """One citizen."""

    shows = ("session.start", "session.plan", "citizen.edit", "agreement.edit", "graph")
    where = (CITIZEN,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("session.start"), bind("session.show"), bind("graph"), *_OWN]

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen
        self._contact = ""
        self._shown: tuple[records.Citizen, list[Content]] | None = None

    def body(self) -> ComposeResult:
        """All sessions to the left, what matters now to the right, the graph below where there is room."""
        with Horizontal(classes="columns"):
            with Vertical(id="left"):
                yield Heading(_("Sessions"))
                yield Rows(_("No session yet. Press n to begin the first."), id="sessions")
                yield KeyHint(MORE)
            with VerticalScroll(id="right", can_focus=True):
                yield Static(id="facts", classes="text", markup=False)
        yield Chart(id="chart")

    @property
    def whose_page(self) -> str:
        """Hers."""
        return self.key

    @property
    def whose_steps(self) -> str:
        """Hers."""
        return self.key

    @property
    def shared_citizen(self) -> str:
        """She."""
        return self.key

    @property
    def session_here(self) -> str | None:
        """The session under the cursor."""
        return self.query_one("#sessions", Rows).key

    def show_sessions(self) -> None:
        """All of her is shown anew; the cursor follows its session, wherever that stands now."""
        here = self.session_here
        self._show()
        rows = self.query_one("#sessions", Rows)
        rows.fill(rows.lines, key=here)

    def on_mount(self) -> None:
        """The cursor stands on the newest session; what a change needs is loaded meanwhile."""
        self.call_after_refresh(self.shell.write_queue.preload)
        self.query_one("#sessions", Rows).focus()

    def on_screen_resume(self) -> None:
        """What was changed meanwhile shows."""
        self._show()

    def _show(self) -> None:
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            self.dismiss()
            return
        group = labels.target_group(citizen.target_group)
        self.title_line(citizen.name, " · ".join(filter(None, (citizen.case_key, group))))
        unused = citizen.indicators_used is not None and not citizen.indicators_used.use
        self.key_line(tuple(one for one in self.shows if not (unused and one == "agreement.edit")))
        sessions = reads.sessions_of(self.connection, self.key)
        held = presence.others(self.connection, [one.key for one in sessions if one.status == "draft"])
        self.query_one("#sessions", Rows).fill([_session_line(one, held.get(one.key)) for one in sessions])
        self.present(at_hand.sentence(next(iter(held.values()))) if held else "")
        self._shown = citizen, self._facts(citizen, sessions)
        self._show_facts()
        self.query_one("#chart", Chart).ask(self.shell.write_queue, citizen)
        self._ask_contact()

    def _ask_contact(self) -> None:
        """Where she stands by the rules on contact is reckoned once the screen stands."""
        database, key, today = self.shell.database, self.key, dates.today()

        def ask() -> str:
            from jobsamtale_tui.casework.facts import contact
            from jobsamtale_tui.documents.contact import brief

            with database.connected() as connection:
                return brief(contact.standing(connection, key, today))

        self.shell.write_queue.run_in_background(f"contact {key}", ask)

    def _show_facts(self) -> None:
        if self._shown:
            citizen, facts = self._shown
            who = _heading(_("Who"), *_who(citizen, self._contact))
            self.query_one("#facts", Static).update(Content("\n\n").join([who, *facts]))

    def _facts(self, citizen: records.Citizen, sessions: list[records.Session]) -> list[Content]:
        """What is said of her beside who she is."""
        today = dates.today()
        parts: list[Content] = []
        agreement = reads.latest_agreement(self.connection, citizen.key, today)
        if agreements.indicators_used(citizen, agreement):
            parts.append(_heading(_("Agreement on indicators"), *self._agreement(agreement)))
        gone = self._progress(citizen)
        if gone:
            parts.append(_heading(_("Progress, first score to last"), *gone))
        last = next((one for one in sessions if one.status == "completed"), None)
        if last:
            parts.append(_heading(_("Last session {day}").format(day=_day(last)), *_brief(last)))
        left = steps.open_steps(self.connection, citizen.key)
        if left:
            parts.append(_heading(_("Open steps"), *(step_line(step) for _key, _place, step in left)))
        goals = reads.job_goals(self.connection, citizen.key, today)
        if goals:
            parts.append(_heading(_("Job goals"), *(goal_line(goal) for goal in goals)))
            known = labour_market.beside(goals)
            if known:
                parts.append(_heading(_("Labour market"), *(outlook_line(one, today) for one in known)))
        bring = openings.kept(self.connection, citizen.key, today)
        if bring:
            parts.append(_heading(_("To bring to a session"), *map(opening_line, bring[:_BROUGHT])))
        found = reads.activities(self.connection, citizen.key)
        running = [one for one in found if one.until is None or one.until >= today]
        if running:
            from jobsamtale_tui.tui.screens.citizen.activities import activity_line

            parts.append(_heading(_("Activities"), *(activity_line(one, goals) for one in running)))
        return parts

    def _show_contact(self, said: str) -> None:
        if said != self._contact:
            self._contact = said
            self._show_facts()

    def _progress(self, citizen: records.Citizen) -> list[str]:
        from jobsamtale_tui.casework.facts import notes
        from jobsamtale_tui.documents.graph import reading as graph_reading

        facts = notes.graph_facts(self.connection, citizen, language=i18n.language())
        return graph_reading.progress_lines(facts)

    def _agreement(self, agreement: records.Agreement | None) -> list[str]:
        today = dates.today()
        if agreement is None:
            return [_("None yet")]
        period = f"{dates.short_day(agreement.from_)} – {dates.short_day(agreement.until) if agreement.until else ''}"
        if agreement.every_weeks:
            period += " · " + _("every {count} weeks").format(count=agreement.every_weeks)
        lines = [period]
        if agreements.run_out(agreement, today):
            lines.append(_("! The agreement's period has run out"))
        names = {one.key: one.name.say() for one in reads.indicators(self.connection) if one.status != "draft"}
        chosen = agreements.chosen_on(agreement, today)
        return [*lines, *(f"{names.get(one.indicator, one.indicator)}: {one.reason}" for one in chosen)]

    @on(Rows.Chosen, "#sessions")
    def read_session(self, event: Rows.Chosen) -> None:
        """A completed session's note; an open one is gone on with; a planned one is begun."""
        session = reads.session(self.connection, event.key)
        if session is None:
            return
        if session.status in ("draft", "planned"):
            start_session(self, self.key, session.key)
        else:
            self.push(route.Note(session.key))

    def action_session_start(self) -> None:
        """Today's planned session, the open one, or a new one."""
        start_session(self, self.key)

    def action_session_show(self) -> None:
        """As Enter on the session under the cursor."""
        self.query_one("#sessions", Rows).action_choose()

    def action_session_plan(self) -> None:
        """A form for a session to come."""
        citizen = reads.citizen(self.connection, self.key)
        if citizen:
            self.open(route.PlanSession(citizen))

    def action_citizen_edit(self) -> None:
        """The form with what is known of her."""
        self.open(route.CitizenForm(self.key))

    @property
    def whose_plan(self) -> str:
        """Hers."""
        return self.key

    def action_profile_edit(self) -> None:
        """The form with wishes, CV and competences."""
        self.open(route.Profile(self.key))

    def action_agreement_edit(self) -> None:
        """The agreement; first the decision whether indicators are used, where it is not made."""
        citizen = reads.citizen(self.connection, self.key)
        if citizen:
            open_agreement(self, citizen, dates.today())

    def action_contact(self) -> None:
        """Where she stands by the rules on contact, why, and the exceptions."""
        self.push(route.Contact(self.key))

    def action_briefing(self) -> None:
        """All there is to know before a session."""
        self.push(route.Briefing(self.key))

    def action_course_read(self) -> None:
        """All her notes as one text."""
        self.push(route.Course(self.key))

    def action_graph(self) -> None:
        """The graph in the whole window."""
        self.push(route.Graph(self.key))

    def ready(self, message: BackgroundResult) -> None:
        """The graph has been drawn, or the session has been begun."""
        if message.what == f"chart {self.key}":
            self.query_one("#chart", Chart).show(message.result)
        elif message.what == f"contact {self.key}":
            self._show_contact(message.result)
        elif self.app.screen is self:
            session_ready(self, message)


def _heading(title: str, *lines: str) -> Content:
    body = "\n".join(texts.shown(line) for line in lines)
    return Content.assemble(public(Content.styled(title, "bold $text-primary")), "\n", body)


def _who(citizen: records.Citizen, contact: str) -> list[str]:
    lines = [f"{citizen.key}" + (f" · {texts.masked_cpr(citizen.cpr)}" if citizen.cpr else "")]
    if citizen.contact_start:
        since = _("Contact since {day}").format(day=dates.short_day(citizen.contact_start))
        lines.append(" · ".join(filter(None, (since, contact))))
    if citizen.ended:
        day, reason = dates.short_day(citizen.ended.on), _(labels.ENDED[citizen.ended.reason])
        lines.append(_("The course ended {day}: {reason}").format(day=day, reason=reason))
    if citizen.readiness:
        lines.append(_("Readiness: {level}").format(level=_(labels.READINESS[citizen.readiness])))
    decision = citizen.indicators_used
    if decision and decision.use and decision.barriers:
        lines.append(_("Barriers: {barriers}").format(barriers=", ".join(decision.barriers)))
    if decision and not decision.use:
        lines.append(_("Indicators are not used: {reason}").format(reason=decision.reason or ""))
    return lines


def _day(session: records.Session) -> str:
    return dates.short_day(dates.local(session.held_at).date())


def _session_line(session: records.Session, holder: presence.Presence | None) -> Line:
    marks = {"completed": "✓", "draft": "…", "planned": "○", "no_show": "×", "cancelled": "×"}
    about = session.theme or next((item.topic for item in session.agenda if item.state in ("done", "agreed")), "")
    # Most are completed, which their mark says: in a narrow column the theme tells more than the word.
    status = "" if session.status == "completed" else f"{labels.status(session.status)}  "
    return Line(
        session.key,
        (
            (f"{marks[session.status]} {dates.short_time(session.held_at)}  ", ""),
            (status, "mark" if session.status == "draft" else "dim"),
            (texts.one_line(at_hand.mark(holder) or about), "mark" if holder else ""),
        ),
    )


def _brief(session: records.Session) -> list[str]:
    lines = [
        item.topic + (f": {item.conclusion}" if item.conclusion else "")
        for item in session.agenda
        if item.state == "done"
    ]
    if session.summary:
        lines.append(f"»{texts.one_line(session.summary)}«")
    return lines or [_("Nothing was written")]


def step_line(step: records.Step) -> str:
    """A step on a line: whose, what, how, when."""
    when = f" · {dates.short_day(step.when)}" if step.when else ""
    how = f" – {step.how}" if step.how else ""
    mark = "◐" if step.status == "partly" else "○"
    overdue = " !" if step.when and step.when < dates.today() else ""
    return f"{mark} {step.what}{how}{when}{overdue} ({labels.who(step.who)})"


def goal_line(goal: records.JobGoal) -> str:
    """A job goal on a line: grade, what, how realistic."""
    what = ", ".join(filter(None, (goal.position, goal.function, goal.industry, goal.education)))
    real = labels.realistic(goal.realistic)
    why = f": {goal.why}" if goal.why else ""
    return f"{goal.grade}  {what}" + (f" ({real}{why})" if real else "")
