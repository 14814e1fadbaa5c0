"""The citizen: who she is, the agreement, the last session in brief, open steps, the graph, all sessions."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind
from jobsamtale_tui.tui.commands import CITIZEN
from jobsamtale_tui.tui.privacy import public
from jobsamtale_tui.tui.saver import Ready
from jobsamtale_tui.tui.screens.reading import StepsKeys
from jobsamtale_tui.tui.screens.session_keys import SessionKeys
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.chart import Chart
from jobsamtale_tui.tui.widgets.rows import Line, Rows


def start_session(screen: BaseScreen, citizen: str, session: str | None = None) -> None:
    """Begins or goes on with a session; the screen opens when it is there. With `session` that very one."""
    app = screen.the_app

    def begin() -> str:
        from jobsamtale_tui.casework import sessions

        if app.database.read_only:
            from jobsamtale_tui.errors import StoreError

            raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))
        if session:
            return sessions.resume(app.database, app.saver.actor, session)
        return sessions.start(app.database, app.saver.actor, citizen, dates.now())

    app.hold_keys()
    app.saver.ask("session.start", begin)


def session_ready(screen: BaseScreen, message: object) -> None:
    """Opens the session that `start_session` asked for."""
    from jobsamtale_tui.tui.screens.session import SessionScreen

    if isinstance(message, Ready) and message.what == "session.start":
        screen.app.push_screen(SessionScreen(message.result))


_OWN = (bind("course.read"), bind("session.plan"), bind("citizen.edit"), bind("agreement.edit"))


class CitizenScreen(SessionKeys, StepsKeys):
    """One citizen."""

    shows = ("session.start", "session.plan", "citizen.edit", "agreement.edit", "graph")
    where = (CITIZEN,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("session.start"), bind("session.show"), bind("graph"), *_OWN]

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen

    def body(self) -> ComposeResult:
        """All sessions to the left, what matters now to the right, the graph below where there is room."""
        with Horizontal(classes="columns"):
            with Vertical(id="left"):
                yield Heading(_("Sessions"))
                yield Rows(_("No session yet. Press n to begin the first."), id="sessions")
            with VerticalScroll(id="right", can_focus=True):
                yield Static(id="facts", classes="text", markup=False)
        yield Chart(id="chart")

    @property
    def whose_steps(self) -> str:
        """Hers."""
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
        """The cursor stands on the newest session."""
        self.query_one("#sessions", Rows).focus()

    def on_screen_resume(self) -> None:
        """What was changed meanwhile shows."""
        self._show()

    def _show(self) -> None:
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            self.dismiss()
            return
        group = words.target_group(citizen.target_group)
        self.title_line(citizen.name, " · ".join(filter(None, (citizen.case_key, group))))
        unused = citizen.indicators_used is not None and not citizen.indicators_used.use
        self.key_line(tuple(one for one in self.shows if not (unused and one == "agreement.edit")))
        sessions = reads.sessions_of(self.connection, self.key)
        self.query_one("#sessions", Rows).fill([_session_line(one) for one in sessions])
        self.query_one("#facts", Static).update(self._facts(citizen, sessions))
        self.query_one("#chart", Chart).ask(self.the_app.saver, citizen)

    def _facts(self, citizen: records.Citizen, sessions: list[records.Session]) -> Content:
        today = dates.today()
        parts: list[Content] = [_heading(_("Who"), *_who(citizen))]
        agreement = reads.latest_agreement(self.connection, citizen.key, today)
        if agreements.indicators_used(citizen, agreement):
            parts.append(_heading(_("Agreement on indicators"), *self._agreement(agreement)))
        last = next((one for one in sessions if one.status == "completed"), None)
        if last:
            parts.append(_heading(_("Last session {day}").format(day=_day(last)), *_brief(last)))
        steps = reads.open_steps(self.connection, citizen.key)
        if steps:
            parts.append(_heading(_("Open steps"), *(step_line(step) for _key, _place, step in steps)))
        goals = reads.job_goals(self.connection, citizen.key, today)
        if goals:
            parts.append(_heading(_("Job goals"), *(goal_line(goal) for goal in goals)))
        return Content("\n\n").join(parts)

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
        names = {one.key: one.name.say() for one in reads.indicators(self.connection)}
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
            from jobsamtale_tui.tui.screens.read import NoteScreen

            self.app.push_screen(NoteScreen(session.key))

    def action_session_start(self) -> None:
        """Today's planned session, the open one, or a new one."""
        start_session(self, self.key)

    def action_session_show(self) -> None:
        """As Enter on the session under the cursor."""
        self.query_one("#sessions", Rows).action_choose()

    def action_session_plan(self) -> None:
        """A form for a session to come."""
        from jobsamtale_tui.tui.screens.plan import PlanScreen

        citizen = reads.citizen(self.connection, self.key)
        if citizen:
            self.the_app.open_screen(PlanScreen(citizen))

    def action_citizen_edit(self) -> None:
        """The form with what is known of her."""
        from jobsamtale_tui.tui.screens.citizen_form import CitizenForm

        self.the_app.open_screen(CitizenForm(self.key))

    def action_agreement_edit(self) -> None:
        """The agreement; first the decision whether indicators are used, where it is not made."""
        from jobsamtale_tui.tui.screens.agreement import open_agreement

        citizen = reads.citizen(self.connection, self.key)
        if citizen:
            open_agreement(self, citizen, dates.today())

    def action_course_read(self) -> None:
        """All her notes as one text."""
        from jobsamtale_tui.tui.screens.course import CourseScreen

        self.app.push_screen(CourseScreen(self.key))

    def action_graph(self) -> None:
        """The graph in the whole window."""
        from jobsamtale_tui.tui.screens.read import GraphScreen

        self.app.push_screen(GraphScreen(self.key))

    def ready(self, message: Ready) -> None:
        """The graph has been drawn, or the session has been begun."""
        if message.what == f"chart {self.key}":
            self.query_one("#chart", Chart).show(message.result)
        elif self.app.screen is self:
            session_ready(self, message)


def _heading(title: str, *lines: str) -> Content:
    body = "\n".join(texts.shown(line) for line in lines)
    return Content.assemble(public(Content.styled(title, "bold $text-primary")), "\n", body)


def _who(citizen: records.Citizen) -> list[str]:
    lines = [f"{citizen.key}" + (f" · {texts.masked_cpr(citizen.cpr)}" if citizen.cpr else "")]
    if citizen.contact_start:
        lines.append(_("Contact since {day}").format(day=dates.short_day(citizen.contact_start)))
    if citizen.ended:
        day, reason = dates.short_day(citizen.ended.on), _(words.ENDED[citizen.ended.reason])
        lines.append(_("The course ended {day}: {reason}").format(day=day, reason=reason))
    if citizen.readiness:
        lines.append(_("Readiness: {level}").format(level=_(words.READINESS[citizen.readiness])))
    decision = citizen.indicators_used
    if decision and decision.use and decision.barriers:
        lines.append(_("Barriers: {barriers}").format(barriers=", ".join(decision.barriers)))
    if decision and not decision.use:
        lines.append(_("Indicators are not used: {reason}").format(reason=decision.reason or ""))
    return lines


def _day(session: records.Session) -> str:
    return dates.short_day(dates.local(session.held_at).date())


def _session_line(session: records.Session) -> Line:
    marks = {"completed": "✓", "draft": "…", "planned": "○", "no_show": "×", "cancelled": "×"}
    about = session.theme or next((item.topic for item in session.agenda if item.state in ("done", "agreed")), "")
    return Line(
        session.key,
        (
            (f"{marks[session.status]} {dates.short_time(session.held_at)}  ", ""),
            (f"{words.status(session.status):<10} ", "mark" if session.status == "draft" else "dim"),
            (texts.one_line(about), "dim"),
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
    return f"{mark} {step.what}{how}{when}{overdue} ({words.who(step.who)})"


def goal_line(goal: records.JobGoal) -> str:
    """A job goal on a line: grade, what, how realistic."""
    what = ", ".join(filter(None, (goal.position, goal.function, goal.industry, goal.education)))
    real = words.realistic(goal.realistic)
    why = f": {goal.why}" if goal.why else ""
    return f"{goal.grade}  {what}" + (f" ({real}{why})" if real else "")
