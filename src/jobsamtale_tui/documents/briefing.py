"""The briefing as a document: JSON, and text that fits a screen or goes on as long as there is something to tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.documents import graph_legend
from jobsamtale_tui.documents.search_lines import opening_line, outlook_line
from jobsamtale_tui.i18n import N_, _, language, ngettext
from jobsamtale_tui.method.labour import Outlook, old
from jobsamtale_tui.method.preparing import Facts, Proposal, goal_said
from jobsamtale_tui.method.progress import Series
from jobsamtale_tui.method.search import RECENT_DAYS, Counts, Search

WIDTH, HEIGHT = 80, 23
"""A terminal's screen, a line left for the prompt."""
_REALISTIC = {"yes": N_("realistic"), "partly": N_("partly realistic"), "no": N_("not realistic")}
_READINESS = {1: N_("1 ready for a job"), 2: N_("2 upskilling first"), 3: N_("3 not ready")}
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


def document(briefing: Briefing) -> dict[str, Any]:
    """The briefing as `prepare --format json` has it: records as in the exchange format."""
    facts = briefing.facts
    contact = facts.contact
    return {
        "citizen": facts.citizen.key,
        "name": facts.citizen.name,
        "target_group": facts.target_group,
        "on": facts.on.isoformat(),
        "last_session": _record(facts.last) if facts.last else None,
        "open_steps": [
            {"session": one.session, "decided": one.decided.isoformat(), **_record(one.step)}
            for one in facts.open_steps
        ],
        "job_goals": [_record(one) for one in facts.job_goals],
        "activities": [_record(one) for one in facts.activities],
        "agreement": _agreement(facts) if facts.agreement else None,
        "search": _search(briefing.search),
        "labour_market": [
            {"occupation": one.occupation, "region": one.region, "outlook": one.outlook, "source": one.source}
            | {"date": one.date.isoformat(), "old": old(one, facts.on)}
            for one in briefing.labour
        ],
        "openings": [_record(one) for one in briefing.openings],
        "contact": {
            "due": contact.due.isoformat() if contact and contact.due else None,
            "rule": contact.rule.id if contact and contact.rule else None,
            "status": contact.status if contact else "none",
        },
        "proposals": [{"reason": one.reason, "topic": one.topic, "because": one.because} for one in briefing.proposals],
    }


def _record(record: Any) -> dict[str, Any]:
    return {name: value for name, value in records.as_document(record).items() if name != "kind"}


def _agreement(facts: Facts) -> dict[str, Any]:
    found = _record(facts.agreement)
    for chosen in found["indicators"]:
        points = [one.points[-1] for one in facts.series if one.indicator == chosen["indicator"]]
        latest = max(points, key=lambda point: (point.at, point.by == "citizen"), default=None)
        chosen["latest"] = latest and {
            "value": latest.value,
            "version": latest.version,
            "min": latest.min,
            "max": latest.max,
            "by": latest.by,
            "session": latest.session,
            "at": dates.iso(latest.at),
        }
    return found


def _search(search: Search) -> dict[str, Any]:
    return {
        "applications": search.month,
        "before": search.month_before,
        "per_week": round(search.per_week, 2),
        "since_last_session": search.since_last,
        "latest": search.latest.isoformat() if search.latest else None,
        "days": RECENT_DAYS,
        "positions": dict(search.positions),
        "industries": {danish: count for danish, _english, count in search.industries},
        "channels": dict(search.channels),
        "answers": dict(search.answers),
        "unanswered": search.unanswered,
    }


def text(briefing: Briefing, width: int = WIDTH, height: int | None = HEIGHT) -> str:
    """The briefing in lines of at most `width` characters, and no more of them than `height`; with None all there is.

    Where something has no room, `+2` says how much.
    """
    sections = [one for one in sections_of(briefing) if height is None or not one.extra]
    column = max(len(section.title) for section in sections) + 2
    room = width - column
    lines = [_head(briefing, width)]
    if height is None:
        for section in sections:
            rows = [row for entry in section.entries for row in _wrapped(entry, room)]
            lines += ["", *_titled(section.title, rows, column)]
        lines += _reasons(briefing, width)
        return "\n".join(lines)
    entries = [(" · ".join(one.entries),) if one.joined else one.entries for one in sections]
    given = _shared_out(sections, entries, height - len(lines), room)
    for section, told, count in zip(sections, entries, given, strict=True):
        lines += _titled(section.title, _fitted(told, count, room), column)
    return "\n".join(lines)


def _head(briefing: Briefing, width: int) -> str:
    citizen, day = briefing.facts.citizen, dates.short_day(briefing.facts.on)
    said = " · ".join(filter(None, (texts.one_line(citizen.name), citizen.key, citizen.case_key)))
    room = width - len(day) - 2
    return f"{texts.shortened(said, room).ljust(room)}  {day}"


def _titled(title: str, rows: Sequence[str], column: int) -> list[str]:
    return [f"{title if place == 0 else '':<{column}}{row}".rstrip() for place, row in enumerate(rows)]


def _wrapped(entry: str, room: int) -> list[str]:
    return wrap(entry, room, subsequent_indent="  ", break_on_hyphens=False) or [""]


def _fitted(entries: Sequence[str], count: int, room: int) -> list[str]:
    """The entries on `count` rows: one each, a last one longer where rows are left, `+n` where some have none."""
    shown, left = entries[:count], len(entries) - count
    if left > 0:
        more = f" +{left}"
        return [
            *(texts.shortened(one, room) for one in shown[:-1]),
            texts.shortened(shown[-1], room - len(more)) + more,
        ]
    rows: list[str] = []
    spare = count - len(entries)
    for entry in shown:
        wrapped = _wrapped(entry, room)
        taken = wrapped[: spare + 1]
        if len(taken) < len(wrapped):
            taken[-1] = texts.shortened(f"{taken[-1]} {' '.join(wrapped[len(taken) :])}", room)
        spare -= len(taken) - 1
        rows += taken
    return rows


def _shared_out(sections: Sequence[Section], entries: Sequence[tuple[str, ...]], height: int, room: int) -> list[int]:
    """How many rows each section gets: the least first, then a row for each entry, then what long ones would fill."""
    order = sorted(range(len(sections)), key=lambda place: sections[place].rank)
    given = [1 for _section in sections]
    filled = [sum(len(_wrapped(entry, room)) for entry in told) for told in entries]
    least = [min(section.least, len(told)) for section, told in zip(sections, entries, strict=True)]
    for wanted in (least, [len(told) for told in entries], filled):
        wanting = True
        while wanting:
            wanting = False
            for place in order:
                if given[place] < wanted[place] and sum(given) < height:
                    given[place] += 1
                    wanting = True
    return given


def _reasons(briefing: Briefing, width: int) -> list[str]:
    """The proposals once more, each with the facts behind it."""
    lines = ["", _("Why it is proposed")] if briefing.proposals else []
    for one in briefing.proposals:
        lines += [*_wrapped(f"○ {texts.one_line(one.topic)}", width)]
        lines += wrap(one.because, width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return lines


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
        said.append(_("ended {day}").format(day=dates.short_day(citizen.ended.on)))
    decision = citizen.indicators_used
    barriers = _joined(decision.barriers) if decision else ""
    return tuple(
        filter(None, (" · ".join(filter(None, said)), barriers and _("Barriers: {barriers}").format(barriers=barriers)))
    )


def contact_said(facts: Facts) -> str:
    """When the next session has to be held, and by which rule."""
    contact = facts.contact
    if contact is None or contact.rule is None or contact.due is None:
        return _("no date is set by a rule")
    sentence = {
        "ok": _("next session by {day} (rule {rule})"),
        "due": _("next session by {day}, which is near (rule {rule})"),
        "overdue": _("! next session was due by {day} (rule {rule})"),
    }.get(contact.status, _("no date is set by a rule"))
    return sentence.format(day=dates.short_day(contact.due), rule=contact.rule.id)


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
    why = _joined(text for text in (one.outcome, one.toward_job) if text)
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
    return f"{one.first}→{one.last} {graph_legend.words(one.judgement, wide=False)}{who}"


def profile_said(facts: Facts) -> list[str]:
    """What she looks for, what she has done, what she is good at and wants to learn."""
    profile = facts.profile
    if profile is None:
        return []
    held = [f"{one.position}{f' ({one.years:g})' if one.years else ''}" for one in profile.cv if one.position.strip()]
    parts = (
        (_("Looks for work as: {words}"), profile.wishes),
        (_("Has been (years): {words}"), held),
        (_("Good at: {words}"), profile.competences),
        (_("Wants to learn: {words}"), profile.to_develop),
    )
    return [sentence.format(words=said) for sentence, found in parts if (said := _joined(found))]


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


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(texts.one_line(part) for part in parts if part.strip())


def _with(text: str, more: str | None, between: str) -> str:
    return texts.one_line(text) + (f"{between}{texts.one_line(more)}" if more and more.strip() else "")
