"""Activities (indsatser): what each gives, how that brings a job nearer, who is responsible, and how it went."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.citizen import activities
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import goals as method
from jobsamtale_tui.reference import language
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import ACTIVITIES
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.record_list import RecordsScreen, goal_words, heading, told
from jobsamtale_tui.tui.widgets.form import Choice, Day, Fault, Form, Item, Text, Values
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

NEARER: Mapping[records.Degree, str] = {"yes": N_("nearer"), "partly": N_("partly nearer"), "no": N_("not nearer")}
_MARKS = {"yes": "▲", "partly": "◐", "no": "▽"}
_AS_THEY_STAND = ("name", "field", "outcome", "toward_job", "goal", "responsible", "until")


class ActivitiesScreen(RecordsScreen):
    """The activities that run or will, and below them those that are over."""

    shows = ("activity.edit", "activity.new", "activity.follow", "activity.end", "activity.undo")
    where = (ACTIVITIES,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("activity.edit"),
        bind("activity.new"),
        bind("activity.follow"),
        bind("activity.end"),
        bind("activity.undo"),
        bind("activity.redo"),
    ]

    def __init__(self, citizen: str) -> None:
        super().__init__(citizen, _("Activities"), "")
        self._activities: dict[str, records.Activity] = {}

    def on_mount(self) -> None:
        """The empty list says which key makes an activity."""
        said = _("No activity yet; {key} makes one. Courses without any activity set people back.")
        self.rows.empty = said.format(key=self.shell.key_of("activity.new"))

    def lines(self) -> list[Line]:
        """Those that run by their beginning, then those that are over, the latest first."""
        today = dates.today()
        found = reads.activities(self.connection, self.key)
        self._activities = {one.key: one for one in found}
        over = [one for one in found if one.until is not None and one.until < today]
        lines = [_line(one) for one in found if one not in over]
        if over:
            lines += [heading(_("Ended")), *(_line(one, over=True) for one in reversed(over))]
        return lines

    def about(self, key: str | None) -> Content:
        """Its purpose, its goal, who is responsible, and each follow-up."""
        activity = self._activities.get(key or "")
        if activity is None:
            return Content("")
        lack = method.purpose_lacks(activity, _words())
        parts = [public(f"! {purpose_said(lack)}")] if lack else []
        parts.append(
            told(
                (labels.field(activity.field), _period(activity)),
                (_("What she gets from it:"), activity.outcome),
                (_("How that brings a job nearer:"), activity.toward_job),
                (_("Goal:"), goal_of(activity, reads.job_goals(self.connection, self.key))),
                (_("Responsible:"), activity.responsible),
            )
        )
        for one in reversed(activity.follow_ups):
            title = f"{_MARKS[one.nearer]} {dates.short_day(one.on)}: {_(NEARER[one.nearer])}"
            told_of = told((_("What made the difference:"), one.why), (_("Shows itself in practice:"), one.shows))
            parts.append(Content.assemble(public(Content.styled(title, "bold")), "\n", told_of))
        return Content("\n\n").join(parts)

    # Commands

    @property
    def here(self) -> records.Activity | None:
        """The activity under the cursor."""
        return self._activities.get(self.rows.key or "")

    @on(Rows.Chosen)
    def action_activity_edit(self) -> None:
        """The form for the activity."""
        if self.here:
            self.open(ActivityForm(self.key, self.here.key, self.fill))

    def action_activity_new(self) -> None:
        """A form for a new one."""
        self.open(ActivityForm(self.key, None, self.fill))

    def action_activity_follow(self) -> None:
        """A form for a follow-up."""
        if self.here:
            self.open(FollowUpForm(self.here))

    def action_activity_end(self) -> None:
        """Asks for the last day."""
        if self.here:
            self.open(EndActivityForm(self.here))

    def action_activity_undo(self) -> None:
        """Takes back the last change of the activity."""
        self.take(back=True)

    def action_activity_redo(self) -> None:
        """Makes it again."""
        self.take(back=False)

    def undoing(self, *, back: bool) -> "Callable[..., Any]":
        """The activity's own undo and redo."""
        return activities.undo if back else activities.redo


def _line(activity: records.Activity, *, over: bool = False) -> Line:
    latest = activity.follow_ups[-1] if activity.follow_ups else None
    lack = not over and method.purpose_lacks(activity, _words())
    cells = [
        (OwnText("! " if lack else "× " if over else "● "), "dim" if over else "mark"),
        (texts.one_line(activity.name), "dim" if over else "strong"),
        (OwnText(f"  {labels.field(activity.field)} · {_period(activity)}"), "dim"),
    ]
    if latest:
        cells.append((OwnText(f"  {_MARKS[latest.nearer]} {_(NEARER[latest.nearer])}"), "dim" if over else ""))
    return Line(activity.key, tuple(cells))


def activity_line(activity: records.Activity, goals: list[records.JobGoal]) -> str:
    """An activity on a line: name, field, until when, the goal it points at, who is responsible, how it went last."""
    parts = [labels.field(activity.field)]
    if activity.until:
        parts.append(_("until {day}").format(day=dates.short_day(activity.until)))
    goal = next((one for one in goals if one.key == activity.goal), None)
    parts += [f"→ {goal.grade} {goal_words(goal)}"] if goal else []
    parts += [activity.responsible] if activity.responsible else []
    if activity.follow_ups:
        latest = activity.follow_ups[-1]
        parts.append(f"{_MARKS[latest.nearer]} {_(NEARER[latest.nearer])} {dates.short_day(latest.on)}")
    return f"{activity.name} ({' · '.join(parts)})"


def purpose_said(lack: method.Lack) -> str:
    """What is said of a purpose that is missing or empty."""
    if lack == "empty":
        return method.why_empty()
    return _("The purpose is missing: write what she should get from it, and how that brings a job nearer.")


def goal_of(activity: records.Activity, goals: list[records.JobGoal]) -> str | None:
    """The goal that an activity points at, in words; said where it has ended."""
    goal = next((one for one in goals if one.key == activity.goal), None)
    if goal is None:
        return None
    over = goal.until is not None and goal.until < dates.today()
    return f"{goal.grade} {goal_words(goal)}" + (f" ({_('ended')})" if over else "")


def _period(activity: records.Activity) -> str:
    return f"{dates.short_day(activity.from_)} – {dates.short_day(activity.until) if activity.until else ''}".rstrip()


def _words() -> method.Words:
    return language.goal_words()


class ActivityForm(FormScreen):
    """A new activity, or the one to change; `made` is told its key."""

    kind = "activity"

    def __init__(self, citizen: str, activity: str | None, made: "Callable[[str], Any]") -> None:
        what = f"activity.edit {activity}" if activity else f"activity.new {citizen}"
        super().__init__(what, _("Change the activity") if activity else _("New activity"))
        self.citizen, self.key, self._made = citizen, activity, made
        self._seen = 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """What it is, what it gives, why, for which goal, who, when."""
        activity = reads.activity(self.connection, self.key) if self.key else None
        self._seen = quick_reads.version(self.connection, "activity", self.key) if self.key else 0
        today = dates.today()
        goals = [
            one
            for one in reads.job_goals(self.connection, self.citizen)
            if one.until is None or one.until >= today or (activity and one.key == activity.goal)
        ]
        lines: tuple[Item, ...] = (
            Text("name", _("Activity"), needed=True),
            Choice("field", _("Field"), options=tuple((one, labels.field(one)) for one in labels.FIELDS)),
            Text("outcome", _("What she gets"), lines=2, hint=_("What will she be able to do, know or have tried?")),
            Text("toward_job", _("Nearer a job"), lines=2, hint=_("How does that bring her nearer the job she wants?")),
            Choice("goal", _("Goal"), options=(("", "–"), *((one.key, _short(one)) for one in goals))),
            Text("responsible", _("Responsible"), hint=_("Who does she ask? A name or a place")),
            Day("from", _("From"), needed=True, past=True),
            Day("until", _("Until")),
        )
        values: dict[str, Any] = {"field": "employment", "from": today, "goal": goals[0].key if goals else None}
        if activity:
            values = {name: getattr(activity, name) for name in _AS_THEY_STAND} | {"from": activity.from_}
        return Form(*lines, values=values, typed=typed, check=_faults)

    def job(self, form: Form) -> Job:
        """Makes or changes the activity."""
        key, seen, citizen = self.key, self._seen, self.citizen
        given = form.changed if key else form.values
        fields: dict[str, Any] = {"from_" if name == "from" else name: value or None for name, value in given.items()}
        if key is None:
            return lambda database, actor: activities.make(
                database, actor, records.Activity(key=new_key(), citizen=citizen, **fields)
            )
        return lambda database, actor: activities.change(self.place(database, actor, key, seen), fields)

    def done(self, result: Any) -> None:
        """The list shows it."""
        self.dismiss()
        self._made(self.key or result)


def _faults(values: Values) -> list[Fault]:
    found = [
        Fault(name, method.why_empty(), warns=True)
        for name in ("outcome", "toward_job")
        if values[name] and method.empty_purpose(values[name], _words())
    ]
    if not values["outcome"] and not values["toward_job"]:
        found.append(Fault("outcome", purpose_said("missing"), warns=True))
    if values["until"] and values["from"] and values["until"] < values["from"]:
        found.append(Fault("until", _("The period ends before it begins")))
    return found


def _short(goal: records.JobGoal) -> str:
    return f"{goal.grade} {texts.shortened(goal_words(goal), 40)}"


class FollowUpForm(FormScreen):
    """Whether an activity brought her nearer, what made the difference, what shows itself in practice."""

    kind = "activity"

    def __init__(self, activity: records.Activity) -> None:
        super().__init__(f"activity.follow {activity.key}", _("Follow up"), activity.name)
        self.key = activity.key
        self._seen = 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """The day, nearer or not, why, what shows."""
        self._seen = quick_reads.version(self.connection, "activity", self.key)
        return Form(
            Choice(
                "nearer",
                _("Nearer the goal"),
                needed=True,
                options=(("", "–"), *((one, _(said)) for one, said in NEARER.items())),
            ),
            Text(
                "why",
                _("What made it so"),
                lines=3,
                hint=_(
                    "The frame, tasks, relations, content? If not: too much at once, something happened, wrong aim?"
                ),
            ),
            Text("shows", _("In practice"), lines=2, hint=_("What can be seen: what progresses, and what limits?")),
            Day("on", _("Day"), needed=True, past=True),
            values={"on": dates.today()},
            typed=typed,
        )

    def job(self, form: Form) -> Job:
        """Adds it."""
        found, key, seen = records.FollowUp(**form.values), self.key, self._seen
        return lambda database, actor: activities.follow_up(self.place(database, actor, key, seen), found)


class EndActivityForm(FormScreen):
    """The last day of an activity."""

    kind = "activity"

    def __init__(self, activity: records.Activity) -> None:
        super().__init__(f"activity.end {activity.key}", _("End the activity"), activity.name)
        self.key = activity.key
        self._seen = 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """The day; today unless another is typed."""
        activity = reads.activity(self.connection, self.key)
        self._seen = quick_reads.version(self.connection, "activity", self.key)
        self.offered = {"until": dates.short_day(dates.today())} if activity and not activity.until else {}

        def check(values: Values) -> list[Fault]:
            if values["until"] and activity and values["until"] < activity.from_:
                return [Fault("until", _("The period ends before it begins"))]
            return []

        hint = _("{key} in the list follows it up").format(key=self.shell.key_of("activity.follow"))
        return Form(
            Day("until", _("Last day"), needed=True, past=True, hint=hint),
            values={"until": activity.until if activity else None},
            typed=typed or self.offered,
            check=check,
        )

    def job(self, form: Form) -> Job:
        """Ends it."""
        until, key, seen = form.values["until"], self.key, self._seen
        return lambda database, actor: activities.end(self.place(database, actor, key, seen), until)
