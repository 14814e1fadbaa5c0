"""The ABC plan: the wish, the realistic alternative, the fallback; what they were before, and why they changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.citizen import goals
from jobsamtale_tui.documents.search_lines import outlook_line
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import goals as method
from jobsamtale_tui.reference import labour_market, language
from jobsamtale_tui.store.questions import history, quick_reads, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import GOALS
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.record_list import RecordsScreen, goal_words, heading, told
from jobsamtale_tui.tui.widgets.form import Choice, Day, Fault, Form, Item, Text, Values
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

GRADES: Mapping[records.Grade, str] = {
    "A": N_("A: the wish"),
    "B": N_("B: a realistic alternative"),
    "C": N_("C: a fallback"),
}
DEGREES: tuple[records.Degree, ...] = ("yes", "partly", "no")


class GoalsScreen(RecordsScreen):
    """The goals in force, and below them those that were."""

    shows = ("goal.edit", "goal.new", "goal.end", "goal.undo")
    where = (GOALS,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("goal.edit"),
        bind("goal.new"),
        bind("goal.end"),
        bind("goal.undo"),
        bind("goal.redo"),
    ]

    def __init__(self, citizen: str) -> None:
        empty = _("No job goal yet; {key} makes one. The road need not be clear, but the goal has to be there.")
        super().__init__(citizen, _("Job goals"), empty)
        self._goals: dict[str, records.JobGoal] = {}

    def on_mount(self) -> None:
        """The empty list says which key makes a goal."""
        self.rows.empty = self.rows.empty.format(key=self.shell.key_of("goal.new"))

    def lines(self) -> list[Line]:
        """Those in force by letter, then those that were, the latest first."""
        today = dates.today()
        found = reads.job_goals(self.connection, self.key)
        self._goals = {goal.key: goal for goal in found}
        over = [goal for goal in found if goal.until is not None and goal.until < today]
        now = [goal for goal in found if goal not in over]
        lines = [self._line(goal) for goal in now]
        if over:
            lines += [heading(_("Earlier")), *(self._line(goal, over=True) for goal in reversed(over))]
        return lines

    def _line(self, goal: records.JobGoal, *, over: bool = False) -> Line:
        vague = not over and method.vague_goal(goal, _words())
        until = _("until {day}").format(day=dates.short_day(goal.until)) if goal.until else ""
        said = ", ".join(filter(None, (labels.realistic(goal.realistic), until, _("too vague") if vague else "")))
        return Line(
            goal.key,
            (
                (OwnText("! " if vague else "× " if over else "● "), "mark" if vague else "dim" if over else "mark"),
                (OwnText(f"{goal.grade}  "), "dim" if over else "strong"),
                (texts.one_line(goal_words(goal)), "dim" if over else "strong"),
                (OwnText(f"  {said}"), "dim"),
            ),
        )

    def about(self, key: str | None) -> Content:
        """What it is, whether it is realistic and why, and how it came to be so."""
        goal = self._goals.get(key or "")
        if goal is None:
            return Content("")
        period = f"{dates.short_day(goal.from_)} – {dates.short_day(goal.until) if goal.until else ''}"
        facts = told(
            (_(GRADES[goal.grade]), " "),
            (_("Position:"), goal.position),
            (_("Job function:"), goal.function),
            (_("Industry:"), goal.industry),
            (_("Education:"), goal.education),
            (_("Still realistic:"), labels.realistic(goal.realistic)),
            (_("Why:"), goal.why),
            (_("Period:"), period),
        )
        parts = [facts]
        if method.vague_goal(goal, _words()):
            parts.insert(0, public(f"! {method.why_vague()} {_instead()}"))
        changes = self._history(goal.key)
        if changes:
            parts.append(Content.assemble(public(Content.styled(_("What was changed"), "bold")), "\n", *changes))
        pointing = [one for one in reads.activities(self.connection, self.key) if one.goal == goal.key]
        if pointing:
            parts.append(told((_("Activities on the way there:"), ", ".join(one.name for one in pointing))))
        known = labour_market.beside([goal])
        if known:
            said = "\n".join(outlook_line(one, dates.today()) for one in known)
            parts.append(Content.assemble(public(Content.styled(_("Labour market"), "bold")), "\n", said))
        return Content("\n\n").join(parts)

    def _history(self, key: str) -> list[str]:
        found = []
        for change in history.changes_of(self.connection, "job_goal", key):
            for column, (was, now) in change.columns.items():
                if column in ("realistic", "grade", *_LINES):
                    said = f"{_said(column, was)} → {_said(column, now)}"
                    found.append(f"{dates.short_day(dates.local(change.at).date())} {change.who}: {said}\n")
        return found

    # Commands

    @on(Rows.Chosen)
    def action_goal_edit(self) -> None:
        """The form for the goal."""
        goal = self._goals.get(self.rows.key or "")
        if goal:
            self.open(GoalForm(self.key, goal, self.fill))

    def action_goal_new(self) -> None:
        """A form for a new one, with the first letter that is free."""
        self.open(GoalForm(self.key, None, self.fill))

    def action_goal_end(self) -> None:
        """Asks for the last day and why."""
        goal = self._goals.get(self.rows.key or "")
        if goal:
            self.open(EndGoalForm(goal))

    def action_goal_undo(self) -> None:
        """Takes back the last change of the goal."""
        self.take(back=True)

    def action_goal_redo(self) -> None:
        """Makes it again."""
        self.take(back=False)

    def undoing(self, *, back: bool) -> "Callable[..., Any]":
        """The goal's own undo and redo."""
        return goals.undo if back else goals.redo


_LINES = ("position", "function", "industry", "education")


def _words() -> method.Words:
    return language.goal_words()


def _instead() -> str:
    said = method.less_vague()
    return f"{said[:1].upper()}{said[1:]}."


def _said(column: str, value: Any) -> str:
    if column == "realistic":
        return labels.realistic(value) or "–"
    return texts.shortened(str(value or "–"), 40)


class GoalForm(FormScreen):
    """A new goal, or the one to change; `made` is told which goal holds it then."""

    kind = "job_goal"

    def __init__(self, citizen: str, goal: records.JobGoal | None, made: "Callable[[str], Any]") -> None:
        what = f"goal.edit {goal.key}" if goal else f"goal.new {citizen}"
        super().__init__(what, _("Change the job goal") if goal else _("New job goal"))
        self.citizen, self._goal, self._made = citizen, goal, made
        self.key = goal.key if goal else None
        self._seen = 0
        self._taken: set[str] = set()

    def build(self, typed: Mapping[str, str]) -> Form:
        """The letter, what the goal is, whether it is realistic."""
        goal = reads.job_goal(self.connection, self.key) if self.key else None
        self._goal = goal
        self._seen = quick_reads.version(self.connection, "job_goal", self.key) if self.key else 0
        in_force = reads.job_goals(self.connection, self.citizen, dates.today())
        self._taken = {one.grade for one in in_force if one.key != self.key}
        free = next((grade for grade in GRADES if grade not in self._taken), "C")
        lines: tuple[Item, ...] = (
            Choice("grade", _("Letter"), options=tuple((key, _(said)) for key, said in GRADES.items())),
            Text("position", _("Position"), hint=_("The name of the job, as it stands in a job ad")),
            Text("function", _("Job function"), hint=_("What she would do there")),
            Text("industry", _("Industry")),
            Text("education", _("Education"), hint=_("An education is a goal too")),
            Choice(
                "realistic",
                _("Still realistic"),
                options=(("", "–"), *((one, labels.realistic(one)) for one in DEGREES)),
            ),
            Text("why", _("Why, or why not"), lines=2, hint=_("Short, so that a colleague can take over")),
            Day("from", _("Since"), needed=True, past=True),
        )
        values: dict[str, Any] = {"grade": free, "from": dates.today()}
        if goal:
            values = {line.name: getattr(goal, line.name) for line in lines[:-1]} | {"from": goal.from_}
        return Form(*lines, values=values, typed=typed, check=self._faults)

    def _faults(self, values: Values) -> list[Fault]:
        found = []
        said = {name: values[name] for name in _LINES}
        named = [name for name, text in said.items() if (text or "").strip()]
        if not named:
            found.append(Fault("position", f"{_('The goal names nothing')}. {_instead()}"))
        elif all(method.too_vague(text, _words()) for text in said.values()):
            found.append(Fault(named[0], f"{method.why_vague()} {_instead()}", warns=True))
        elif self._goal and values["from"]:
            after = records.JobGoal(
                key=self._goal.key, citizen=self.citizen, grade=values["grade"], from_=values["from"], **said
            )
            if goals.another(self._goal, after, dates.today()):
                name = next(one for one in _LINES if said[one] != getattr(self._goal, one))
                sentence = _("This becomes another goal: the one before ends, and stays readable with its reason")
                found.append(Fault(name, sentence, warns=True))
        if values["grade"] in self._taken:
            sentence = _("There is another goal with that letter; end it, or choose a free letter")
            found.append(Fault("grade", sentence, warns=True))
        return found

    def job(self, form: Form) -> Job:
        """Makes or changes the goal."""
        values, key, seen, citizen = form.values, self.key, self._seen, self.citizen
        if key is None:
            fields = {"from_" if name == "from" else name: value for name, value in values.items()}
            return lambda database, actor: goals.make(
                database, actor, records.JobGoal(key=new_key(), citizen=citizen, **fields)
            )
        fields = {"from_" if name == "from" else name: value for name, value in form.changed.items()}
        day = dates.today()
        return lambda database, actor: goals.change(self.place(database, actor, key, seen), fields, day)

    def done(self, result: Any) -> None:
        """The list shows the goal that holds it now."""
        self.dismiss()
        self._made(result)


class EndGoalForm(FormScreen):
    """The last day of a goal, and why."""

    kind = "job_goal"

    def __init__(self, goal: records.JobGoal) -> None:
        super().__init__(f"goal.end {goal.key}", _("End the job goal"), goal_words(goal))
        self.key = goal.key
        self._seen = 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """The day and the reason."""
        goal = reads.job_goal(self.connection, self.key)
        self._seen = quick_reads.version(self.connection, "job_goal", self.key)
        self.offered = {} if goal and goal.until else {"until": dates.short_day(dates.today())}
        return Form(
            Day("until", _("Last day"), needed=True, past=True),
            Text("why", _("Why"), lines=2, hint=_("What became of it; it stays readable")),
            values={"until": goal.until if goal else None, "why": goal.why if goal else None},
            typed=typed or self.offered,
            check=lambda values: _too_early(values, goal.from_ if goal else None),
        )

    def job(self, form: Form) -> Job:
        """Ends it."""
        values, key, seen = form.values, self.key, self._seen
        return lambda database, actor: goals.end(self.place(database, actor, key, seen), values["until"], values["why"])


def _too_early(values: Values, from_: Any) -> list[Fault]:
    if values["until"] and from_ and values["until"] < from_:
        return [Fault("until", _("That is before it began, on {day}").format(day=dates.short_day(from_)))]
    return []
