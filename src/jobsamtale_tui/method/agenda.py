"""What could be talked about in the next session, and why: facts in, proposals out, the most pressing first.

The citizen owns the agenda: nothing here decides, and what has become an item or was put aside is up to the two who
talk. The reasons and their limits are those of the contract; each rule says what it looks at. Sources of the rules: the
job-directed session (preparation: wishes, CV and Joblog side by side), the guide Jobfokus (goals, purposes, follow-up,
what stays open is the start of the next agenda; courses without any activity set people back).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from jobsamtale_tui import texts
from jobsamtale_tui.dates import local, short_day
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.method import goals, progress, search
from jobsamtale_tui.method.positions import Table, differ, fits
from jobsamtale_tui.method.preparing import Facts, OpenStep, Proposal, Reason, Words, goal_said
from jobsamtale_tui.records import Activity

SEARCHING = ("dagpenge", "jobparat")
"""The target groups that are expected to apply for jobs."""
NO_APPLICATIONS_DAYS = search.MONTH_DAYS
FOLLOW_UP_DAYS = 28
NO_ACTIVITY_DAYS = 90
ENDED_DAYS = 365
"""An activity that ended longer ago without a follow-up is not asked about any more."""
STUCK_SESSIONS = 3

Found = Iterator[tuple[str, str, str]]
"""What it is about by its key, in words for the topic, and the sentences on why."""


def proposals(facts: Facts, words: Words) -> list[Proposal]:
    """All there is to propose, in the order of `words.topics`; within a reason as things stand in the case.

    None where the course has ended.
    """
    if facts.ended:
        return []
    return [
        Proposal(reason, topic.replace("{what}", texts.one_line(what)), because, about)
        for reason, topic in words.topics.items()
        for about, what, because in _RULES[reason](facts, words)
    ]


# What was agreed last


def _overdue_step(facts: Facts, _words: Words) -> Found:
    for one in facts.open_steps:
        if one.step.when is not None and one.step.when < facts.on:
            yield _step_about(one), one.step.what, _step_said(one, facts.on)


def _open_step(facts: Facts, _words: Words) -> Found:
    for one in facts.open_steps:
        if one.step.when is None or one.step.when >= facts.on:
            yield _step_about(one), one.step.what, _step_said(one, facts.on)


def _step_about(one: OpenStep) -> str:
    return f"{one.session} {one.step.what}"


def _step_said(one: OpenStep, on: date) -> str:
    said = [_("Decided {day}: {what}").format(day=short_day(one.decided), what=_whole(one.step.what, one.step.how))]
    if one.step.when is not None:
        late = (on - one.step.when).days
        said.append(
            ngettext("Due {day}, {count} day ago", "Due {day}, {count} days ago", late).format(
                day=short_day(one.step.when), count=late
            )
            if late > 0
            else _("Due {day}").format(day=short_day(one.step.when))
        )
    said.append(_("Partly done") if one.step.status == "partly" else _("Not done"))
    if one.step.outcome:
        said.append(_("So far: {outcome}").format(outcome=texts.one_line(one.step.outcome)))
    return _sentences(said)


def _carried_item(facts: Facts, _words: Words) -> Found:
    if facts.last is None:
        return
    day = short_day(local(facts.last.held_at).date())
    for item in facts.last.agenda:
        if item.state == "agreed":
            yield (
                item.topic,
                item.topic,
                _sentences([_("Agreed for the session of {day}, and not reached").format(day=day)]),
            )


# Contact


def _contact_due(facts: Facts, _words: Words) -> Found:
    """The date of the next session; one that is held on the day counts, so it is not asked for because of itself."""
    contact = facts.contact_after or facts.contact
    if contact is None or contact.status not in ("due", "overdue") or contact.due is None:
        return
    late = contact.status == "overdue"
    said = (
        _("The next session was due by {day} (rule {rule})") if late else _("A session is due by {day} (rule {rule})")
    )
    yield "", "", _sentences([said.format(day=short_day(contact.due), rule=contact.rule.id if contact.rule else "–")])


# Indicators


def _indicator_fell(facts: Facts, _words: Words) -> Found:
    """A fall that is more than chance: from the first score to the last, or from the one before to the last."""
    for name, several in _followed(facts):
        said = []
        for one in several:
            begins = [point for point in (one.points[0], *one.points[-2:-1]) if point is not one.points[-1]]
            fell = next(
                (at for at in begins if progress.judge((at, one.points[-1]), one.threshold) == "real_fall"), None
            )
            if fell is not None:
                said.append(_fall_said(one, fell))
        if said:
            yield several[0].indicator, name, _sentences(said)


def _fall_said(one: progress.Series, before: progress.Reading) -> str:
    last, sentence = (
        one.points[-1],
        _("{who}: {before} on {day}, {now} on {today}; {levels} levels or more is no chance"),
    )
    return sentence.format(
        who=_rater(one),
        before=before.value,
        day=_day(before),
        now=last.value,
        today=_day(last),
        levels=f"{one.threshold.levels:g}",
    )


def _indicator_stuck(facts: Facts, _words: Words) -> Found:
    """The same score in the last three sessions that have it; at the top of the scale there is nowhere to go."""
    for name, several in _followed(facts):
        said = []
        for one in several:
            last = one.points[-STUCK_SESSIONS:]
            if len(last) == STUCK_SESSIONS and len({point.place for point in last}) == 1 and last[-1].place < one.max:
                sentence = _("{who}: {value} in the last three sessions, since {day}")
                said.append(sentence.format(who=_rater(one), value=last[-1].value, day=_day(last[0])))
        if said:
            yield several[0].indicator, name, _sentences(said)


def _followed(facts: Facts) -> list[tuple[str, list[progress.Series]]]:
    """The series of the indicators that are followed, by indicator: those chosen, or all where none is."""
    if not facts.indicators_used:
        return []
    chosen = {one.indicator for one in facts.chosen}
    found: dict[str, list[progress.Series]] = {}
    for one in facts.series:
        if not chosen or one.indicator in chosen:
            found.setdefault(one.indicator, []).append(one)
    return [(several[0].name, several) for several in found.values()]


def _agreement_missing(facts: Facts, _words: Words) -> Found:
    if not facts.indicators_used:
        return
    agreement = facts.agreement
    if agreement is None:
        yield "", "", _sentences([_("Indicators are used, and there is no agreement on which")])
    elif agreement.until is not None and agreement.until < facts.on:
        said = _("Indicators are used, and the agreement ran out on {day}").format(day=short_day(agreement.until))
        yield "", "", _sentences([said])
    elif not facts.chosen:
        yield "", "", _sentences([_("Indicators are used, and the agreement has none chosen")])


# Goals


def _no_goal(facts: Facts, _words: Words) -> Found:
    if not facts.job_goals:
        yield (
            "",
            "",
            _sentences([_("No job goal is in force. The road need not be clear, but the goal gives it a direction")]),
        )


def _vague_goal(facts: Facts, words: Words) -> Found:
    for goal in facts.job_goals:
        if goals.vague_goal(goal, words.goals):
            said = _("{grade} goal: {goal}").format(grade=goal.grade, goal=goal_said(goal) or _("nothing is written"))
            yield goal.key, goal_said(goal) or goal.grade, _sentences([said]) + " " + goals.why_vague()


def _goal_not_realistic(facts: Facts, _words: Words) -> Found:
    for goal in facts.job_goals:
        if goal.realistic == "no":
            said = [_("{grade} goal: {goal}, not realistic").format(grade=goal.grade, goal=goal_said(goal))]
            said += [texts.one_line(goal.why)] if goal.why and goal.why.strip() else []
            yield goal.key, goal.position or goal_said(goal), _sentences(said)


# Wishes, CV, Joblog


def _wish_vs_applications(facts: Facts, words: Words) -> Found:
    """At least half of the last 90 days' applications are for work that no wish names."""
    wishes = _wishes(facts)
    if not wishes:
        return
    away = [one for one in facts.applications if not fits(one.position, wishes, words.positions)]
    if away and 2 * len(away) >= len(facts.applications):
        said = _("{away} of {all} applications in 90 days are for something else: {positions}")
        yield (
            "",
            "",
            _sentences(
                [
                    _("Looks for work as {wishes}").format(wishes=_listed(wishes)),
                    said.format(
                        away=len(away),
                        all=len(facts.applications),
                        positions=_counted(search.counts(one.position for one in away)),
                    ),
                ]
            ),
        )


def _wish_vs_cv(facts: Facts, words: Words) -> Found:
    """Nothing in the CV is like any wish, or like what is mostly applied for beside the wishes."""
    held = [one.position for one in facts.profile.cv if one.position.strip()] if facts.profile else []
    if not held:
        return
    wishes, table = _wishes(facts), words.positions
    sought = wishes if wishes and all(_apart(wish, held, table) for wish in wishes) else []
    applied = [one.position for one in facts.applications]
    beside = [one for one in applied if not wishes or not fits(one, wishes, table)]
    if beside and 2 * len(beside) >= len(applied) and all(_apart(one, held, table) for one in beside):
        sought = [*sought, *(position for position, _count in search.counts(beside))]
    if sought:
        said = [
            _("Sought: {positions}").format(positions=_listed(sought)),
            _("The CV has {positions}, nothing like it").format(positions=_cv(facts)),
        ]
        yield "", " og ".join(map(texts.one_line, sought[:2])), _sentences(said)


def _apart(position: str, others: Iterable[str], table: Table) -> bool:
    return all(differ(position, other, table) for other in others)


def _cv(facts: Facts) -> str:
    return _listed(
        f"{one.position} ({_years(one.years)})" if one.years else one.position
        for one in (facts.profile.cv if facts.profile else ())
        if one.position.strip()
    )


def _years(years: float) -> str:
    return (_("1 year") if years == 1 else _("{count} years")).format(count=f"{years:g}")


def _wishes(facts: Facts) -> list[str]:
    return [one for one in (facts.profile.wishes if facts.profile else ()) if one.strip()]


def _no_applications(facts: Facts, _words: Words) -> Found:
    if facts.target_group not in SEARCHING or (facts.begun is not None and not facts.lasted(NO_APPLICATIONS_DAYS)):
        return
    latest = facts.latest_application
    if latest is None:
        yield "", "", _sentences([_("There is no application in the Joblog")])
    elif not search.within(latest, facts.on, NO_APPLICATIONS_DAYS):
        said = _("No application in the last {days} days; the latest is of {day}")
        yield "", "", _sentences([said.format(days=NO_APPLICATIONS_DAYS, day=short_day(latest))])


def _cv_without_competences(facts: Facts, _words: Words) -> Found:
    if facts.profile is None or not any(one.strip() for one in facts.profile.competences):
        said = _("The CV does not say what the citizen is good at, in own words")
        yield "", "", _sentences([said])


# Activities


def _activity_purpose(facts: Facts, words: Words) -> Found:
    """What runs or is to come: before it begins is when its purpose is thought of."""
    for one in facts.activities:
        lacks = goals.purpose_lacks(one, words.goals) if one.until is None or one.until >= facts.on else None
        if lacks == "missing":
            yield (
                one.key,
                one.name,
                _sentences([_activity(one), _("It is not written what the citizen should get from it")]),
            )
        elif lacks == "empty":
            written = _listed(texts.one_line(text) for text in (one.outcome, one.toward_job) if text and text.strip())
            yield one.key, one.name, _sentences([_activity(one), f"»{written}«"]) + " " + goals.why_empty()


def _activity_follow_up(facts: Facts, _words: Words) -> Found:
    for one in facts.activities:
        past = [follow.on for follow in one.follow_ups if follow.on <= facts.on]
        if one.from_ > facts.on:
            continue
        if one.until is not None and one.until < facts.on:
            if not past and (facts.on - one.until).days <= ENDED_DAYS:
                yield one.key, one.name, _sentences([_activity(one), _("It ended without a follow-up")])
        elif (facts.on - max([*past, one.from_])).days >= FOLLOW_UP_DAYS:
            latest = _("The latest follow-up was on {day}").format(day=short_day(max(past))) if past else ""
            yield one.key, one.name, _sentences([_activity(one), latest or _("No follow-up yet")])


def _activity(one: Activity) -> str:
    name, since = texts.one_line(one.name), short_day(one.from_)
    if one.until is None:
        return _("{name}, since {day}").format(name=name, day=since)
    return _("{name}, {day} to {until}").format(name=name, day=since, until=short_day(one.until))


def _no_activity(facts: Facts, _words: Words) -> Found:
    """None in any of the four fields for 90 days; one that is planned counts as one."""
    ends = [facts.on if one.until is None else min(one.until, facts.on) for one in facts.activities]
    if not ends and facts.lasted(NO_ACTIVITY_DAYS):
        yield (
            "",
            "",
            _sentences([_("There has been no activity since the course began {day}").format(day=_begun(facts))]),
        )
    elif ends and (facts.on - max(ends)).days >= NO_ACTIVITY_DAYS:
        said = _("No activity in any field since {day}, {count} days ago")
        yield "", "", _sentences([said.format(day=short_day(max(ends)), count=(facts.on - max(ends)).days)])


def _begun(facts: Facts) -> str:
    return short_day(facts.begun) if facts.begun else ""


# Words


def _whole(what: str, how: str | None) -> str:
    return texts.one_line(what) + (f" – {texts.one_line(how)}" if how and how.strip() else "")


def _sentences(said: Sequence[str]) -> str:
    return " ".join(one if one.endswith((".", "!", "?", "…")) else f"{one}." for one in said)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(texts.one_line(word) for word in words)


def _counted(counts: search.Counts) -> str:
    return ", ".join(f"{texts.one_line(word)} ({count})" for word, count in counts)


def _rater(one: progress.Series) -> str:
    return _("the citizen's own score") if one.by == "citizen" else _("the caseworker's score")


def _day(point: progress.Reading) -> str:
    return short_day(local(point.at).date())


_RULES: Mapping[Reason, Callable[[Facts, Words], Found]] = {
    "overdue_step": _overdue_step,
    "open_step": _open_step,
    "carried_item": _carried_item,
    "wish_vs_applications": _wish_vs_applications,
    "wish_vs_cv": _wish_vs_cv,
    "no_applications": _no_applications,
    "no_goal": _no_goal,
    "vague_goal": _vague_goal,
    "goal_not_realistic": _goal_not_realistic,
    "cv_without_competences": _cv_without_competences,
    "activity_purpose": _activity_purpose,
    "activity_follow_up": _activity_follow_up,
    "no_activity": _no_activity,
    "indicator_fell": _indicator_fell,
    "indicator_stuck": _indicator_stuck,
    "agreement_missing": _agreement_missing,
    "contact_due": _contact_due,
}
