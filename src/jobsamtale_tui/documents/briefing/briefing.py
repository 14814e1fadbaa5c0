"""What a briefing tells, section by section; `briefing_forms` makes text and JSON of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.documents.graph import legend as graph_legend
from jobsamtale_tui.documents.search_lines import opening_line, outlook_line
from jobsamtale_tui.i18n import N_, _, language, ngettext
from jobsamtale_tui.method.labour import Outlook
from jobsamtale_tui.method.preparing import Facts, Proposal, goal_said
from jobsamtale_tui.method.progress import Series
from jobsamtale_tui.method.search import RECENT_DAYS, Counts, Search

_REALISTIC = {"yes": N_("realistic"), "partly": N_("partly realistic"), "no": N_("not realistic")}
_READINESS = {1: N_("1 ready for a job"), 2: N_("2 upskilling first"), 3: N_("3 not ready")}
_ENDED = {"job": N_("job"), "education": N_("education"), "other": N_("other reason")}
_WHO = {"citizen": N_("the citizen"), "caseworker": N_("the caseworker"), "other": N_("another")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The facts, what they give reason to propose, and the names that go with them.

    `indicators` has the name of each indicator that is chosen or scored; `warning` is a sentence where a list of the
    municipality's own could not be read.
    """

    facts: Facts
    proposals: tuple[Proposal, ...]
    search: Search
    caseworker: str | None = None
    target_group: str | None = None
    indicators: Mapping[str, str] = field(default_factory=dict)
    labour: tuple[Outlook, ...] = ()
    openings: tuple[records.Opening, ...] = ()
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its entries, each on a line of its own or (`joined`) one after the other; `rank` says who gets
    room first, `least` how many lines."""

    title: str
    entries: tuple[str, ...]
    rank: int
    least: int = 1
    joined: bool = False
    extra: bool = False
    """It is not on the one screen, where all that is more pressing would have to be shorter for it."""


def sections_of(briefing: Briefing) -> list[Section]:
    """What is told, in the order of reading: who, last time, what is open, goals, activities, search, proposals."""
    facts = briefing.facts
    found = [
        Section(_("Citizen"), _who(briefing), 5, 2),
        Section(_("Contact"), (contact_said(facts),), 9),
        Section(_("Last time"), last_said(facts), 2, 2),
        Section(_("Open steps"), tuple(steps_said(facts)), 1, 2),
        Section(_("Job goals"), tuple(goals_said(facts)), 3, 2),
        Section(_("Activities"), tuple(activities_said(facts)), 4),
        Section(_("Indicators"), tuple(indicators_said(briefing)), 6, joined=True),
        Section(_("CV"), tuple(profile_said(facts)), 8, joined=True),
        Section(_("Search"), tuple(search_said(briefing.search)), 7, joined=True),
        Section(_("Outlook"), tuple(outlook_line(one, facts.on) for one in briefing.labour), 10, extra=True),
        Section(_("To bring"), tuple(map(opening_line, briefing.openings)), 11, extra=True),
        Section(_("Proposals"), tuple(_proposed(briefing)), 0, 5),
    ]
    nothing = {_("Open steps"): _("none"), _("Job goals"): _("none yet"), _("Proposals"): _("none")}
    return [
        section if section.entries else Section(section.title, (nothing[section.title],), section.rank)
        for section in found
        if section.entries or section.title in nothing
    ]


def _proposed(briefing: Briefing) -> list[str]:
    """The topics; steps from last time are one line, since they stand above."""
    steps = sum(one.reason in ("overdue_step", "open_step") for one in briefing.proposals)
    said = ngettext("Since last time: {count} step", "Since last time: {count} steps", steps).format(count=steps)
    rest = [one for one in briefing.proposals if one.reason not in ("overdue_step", "open_step")]
    return [f"○ {line}" for line in (*([said] if steps else ()), *(texts.one_line(one.topic) for one in rest))]


def _who(briefing: Briefing) -> tuple[str, ...]:
    facts, citizen = briefing.facts, briefing.facts.citizen
    said = [briefing.target_group or facts.target_group or ""]
    if citizen.readiness:
        said.append(_(_READINESS[citizen.readiness]))
    if facts.begun:
        said.append(_("since {day}").format(day=dates.short_day(facts.begun)))
    if briefing.caseworker:
        said.append(texts.one_line(briefing.caseworker))
    if citizen.ended:
        reason = _(_ENDED[citizen.ended.reason])
        said.append(_("ended {day}: {reason}").format(day=dates.short_day(citizen.ended.on), reason=reason))
    decision = citizen.indicators_used
    barriers = _joined(decision.barriers, "; ") if decision else ""
    return tuple(
        filter(None, (" · ".join(filter(None, said)), barriers and _("Barriers: {barriers}").format(barriers=barriers)))
    )


def contact_said(facts: Facts) -> str:
    """When the next session has to be held, and by which rule; where none has to be, why not."""
    contact = facts.contact
    if contact is None or contact.rule is None:
        return _no_rule(facts)
    rule = contact.rule
    if contact.due is None:
        if rule.average:
            return _("an average for the target group, you agree the date (rule {rule})").format(rule=rule.id)
        said = _("✓ rule {rule} is met ({held} held, at least {required})")
        return said.format(held=(contact.held or 0) + contact.late, required=rule.required, rule=rule.id)
    sentence = {
        "due": _("next session by {day}, which is near (rule {rule})"),
        "overdue": _("! next session was due by {day} (rule {rule})"),
    }.get(contact.status, _("next session by {day} (rule {rule})"))
    return sentence.format(day=dates.short_day(contact.due), rule=rule.id)


def _no_rule(facts: Facts) -> str:
    start = facts.citizen.contact_start
    if facts.ended:
        return _("the course has ended: no session is due")
    if start is None:
        return _("no date: the contact's first day is not known")
    if facts.on < start:
        return _("no date yet: the contact begins {day}").format(day=dates.short_day(start))
    if facts.target_group is None:
        return _("no date: the citizen has no target group")
    return _("no rule with a number now: sessions when there is a need (LAB § 32)")


def last_said(facts: Facts) -> tuple[str, ...]:
    """What was talked about last time, what was not reached, and the citizen's words."""
    last = facts.last
    if last is None:
        return (_("the first session: nothing has been agreed before"),)
    day = dates.short_day(dates.local(last.held_at).date())
    said = [day + (f": {texts.one_line(last.theme)}" if last.theme else "")]
    if last.summary:
        said.append(f"»{texts.one_line(last.summary)}«")
    for item in last.agenda:
        if item.state == "done":
            said.append(f"✓ {_with(item.topic, item.conclusion, ': ')}")
        elif item.state == "agreed":
            said.append("● " + _("{topic} (agreed, not done)").format(topic=texts.one_line(item.topic)))
    return tuple(said)


def steps_said(facts: Facts) -> list[str]:
    """The open steps, those that are overdue first: what, how, when, whose."""
    steps = [one.step for one in facts.open_steps]
    late = [step for step in steps if step.when and step.when < facts.on]
    return [_step(step, step in late) for step in (*late, *(step for step in steps if step not in late))]


def _step(step: records.Step, late: bool) -> str:
    mark = "!" if late else "◐" if step.status == "partly" else "○"
    when = f" · {dates.short_day(step.when)}" if step.when else ""
    overdue = f" {_('overdue')}" if late else ""
    return f"{mark} {_with(step.what, step.how, ' – ')}{when}{overdue} ({_(_WHO[step.who])})"


def goals_said(facts: Facts) -> list[str]:
    """The job goals in force: grade, what, whether realistic and why."""
    return [
        f"{goal.grade} {goal_said(goal)}"
        + (f" ({_with(_(_REALISTIC[goal.realistic]), goal.why, ': ')})" if goal.realistic else "")
        for goal in facts.job_goals
    ]


def activities_said(facts: Facts) -> list[str]:
    """The activities that run, are to come or ended within the last 90 days, the newest first."""
    near = [one for one in facts.activities if one.until is None or (facts.on - one.until).days <= RECENT_DAYS]
    return [_activity(one, facts) for one in sorted(near, key=lambda one: (one.from_, one.key), reverse=True)]


def _activity(one: records.Activity, facts: Facts) -> str:
    until = f"–{one.until:%d.%m.%y}" if one.until else "–"
    latest = max((follow for follow in one.follow_ups if follow.on <= facts.on), key=lambda it: it.on, default=None)
    nearer = {"yes": _("nearer"), "partly": _("partly nearer"), "no": _("not nearer")}
    followed = f" · {_with(nearer[latest.nearer], latest.why or latest.shows, ': ')}" if latest else ""
    why = _joined((text for text in (one.outcome, one.toward_job) if text), " · ")
    return f"{texts.one_line(one.name)} {one.from_:%d.%m.%y}{until}{followed}" + (f" · {why}" if why else "")


def indicators_said(briefing: Briefing) -> list[str]:
    """Each indicator that is followed: first score to last, and whether the change is more than chance."""
    facts = briefing.facts
    if not facts.indicators_used:
        return []
    chosen = [one.indicator for one in facts.chosen]
    keys = list(dict.fromkeys([*chosen, *(() if chosen else (one.indicator for one in facts.series))]))
    said = []
    for key in keys:
        series = [one for one in facts.series if one.indicator == key]
        scores = ", ".join(map(_scores, series)) or _("not scored yet")
        said.append(f"{texts.one_line(briefing.indicators.get(key, key))} {scores}")
    return said


def _scores(one: Series) -> str:
    who = "" if one.by == "citizen" else f" ({_('cw.')})"
    if len(one.points) < 2 or one.change is None:
        return f"{one.last}{who}"
    return f"{one.first}→{one.last} {graph_legend.words(one, wide=False)}{who}"


def profile_said(facts: Facts) -> list[str]:
    """What she looks for, what she has done, what she is good at and wants to learn."""
    profile = facts.profile
    if profile is None:
        return []
    held = [f"{one.position}{f' ({one.years:g})' if one.years else ''}" for one in profile.cv if one.position.strip()]
    parts = (
        (_("Looks for work as: {words}"), _joined(profile.wishes)),
        (_("Has been (years): {words}"), _joined(held)),
        (_("Good at: {words}"), _joined(profile.competences, "; ")),
        (_("Wants to learn: {words}"), _joined(profile.to_develop, "; ")),
    )
    return [sentence.format(words=said) for sentence, said in parts if said]


def search_said(search: Search) -> list[str]:
    """Extent, direction and quality of the search."""
    if search.latest is None:
        return []
    extent = ngettext(
        "{count} application in 4 weeks, {week} a week ({before} in the 4 weeks before)",
        "{count} applications in 4 weeks, {week} a week ({before} in the 4 weeks before)",
        search.month,
    ).format(count=search.month, week=_number(search.per_week), before=search.month_before)
    if search.since_last is not None:
        extent += ", " + _("{count} since last time").format(count=search.since_last)
    if not search.recent:
        return [extent, _("The latest is of {day}").format(day=dates.short_day(search.latest))]
    said = [extent, _("90 days, as: {words}").format(words=_counted(search.positions))]
    industries = [(danish if language() == "da" else english, count) for danish, english, count in search.industries]
    if industries:
        said.append(_("Industries: {words}").format(words=_counted(industries)))
    if search.channels:
        said.append(_("Channels: {words}").format(words=_counted(search.channels)))
    answers = [*search.answers, *([(_("no answer noted"), search.unanswered)] if search.unanswered else [])]
    said.append(_("Answers: {words}").format(words=_counted(answers)))
    return said


def _number(value: float) -> str:
    shown = f"{value:.1f}".removesuffix(".0")
    return shown.replace(".", ",") if language() == "da" else shown


def _counted(counts: Counts | Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{texts.one_line(word)} {count}" for word, count in counts)


def _joined(parts: Iterable[str], between: str = ", ") -> str:
    """What people wrote, one after the other; what begins with a capital letter takes another sign than a comma."""
    return between.join(texts.one_line(part) for part in parts if part.strip())


def _with(text: str, more: str | None, between: str) -> str:
    said = texts.one_line(text)
    if not (more and more.strip()):
        return said
    return f"{said}{' ' if said.endswith(('?', '!', '.')) else between}{texts.one_line(more)}"
