"""The rule behind a citizen's date in sentences: where it comes from, what was counted, how the date came out."""

from collections.abc import Sequence
from datetime import date

from jobsamtale_tui import dates
from jobsamtale_tui.i18n import N_, _, ngettext
from jobsamtale_tui.method.contact import POSTPONED, Course, Met, Rule, Standing

REASONS = {
    "medical_clarification": N_("a doctor's clarification comes soon"),
    "treatment": N_("she is in treatment"),
    "weather": N_("a season worker, out of work because of the weather"),
    "start_date": N_("a season worker with a day to start"),
    "substance_treatment": N_("examination or treatment for substance use"),
    "psychiatric_rest": N_("psychiatry advises peace in the resource course"),
    "after_upskilling": N_("she has just finished upskilling"),
    "outdated_education": N_("her education is outdated"),
    "needs_search_help": N_("she is motivated and needs help to search"),
    "loose_season": N_("a season worker, loosely tied to an employer"),
    "skilled_season": N_("a skilled season worker who needs upskilling"),
    "season_gaps": N_("a season worker with long gaps"),
}
"""Why sessions wait or come more often."""
_READ = {
    "statute": N_("The statute has been read."),
    "agency": N_("The statute itself has not been read: the figures are from the agency's own answers."),
    "page": N_("The statute itself has not been read: the rule is from the page that is named."),
    "not": N_("Nothing of the source has been read."),
}
STATUSES = {
    "overdue": N_("overdue"),
    "due": N_("due soon"),
    "ok": N_("in time"),
    "none": N_("no rule now"),
}
MARKS = {"overdue": "!", "due": "◷", "ok": "✓", "none": "–"}


def sentences(course: Course, standing: Standing, met: Sequence[Met], on: date, group: str | None) -> list[str]:
    """Why a citizen's date is what it is on the day `on`, in the language in use; `group` is her group's name."""
    rule = standing.rule
    if rule is None:
        return [_why_none(course, standing, on, group)]
    said = [*_about(rule, standing), *_period(rule, standing, course, group), *_held(rule, standing, met)]
    said += _sum(rule, standing, on)
    if standing.moved_from:
        moved = _("{day} is a weekend, a holiday or another closed day: the date moves to {due}")
        source = f" ({rule.closed_source})" if rule.closed_source else ""
        said.append(f"{moved.format(day=_day(standing.moved_from), due=_day(standing.due))}{source}.")
    said += _joint(rule, standing)
    if rule.note:
        said.append(_("To the rule: {note}").format(note=rule.note))
    return said


def _day(day: date | None) -> str:
    return dates.short_day(day) if day else ""


def _why_none(course: Course, standing: Standing, on: date, group: str | None) -> str:
    if course.start is None:
        return _("No rule is reckoned with: the contact's first day is not known.")
    if on < course.start:
        return _("No rule applies yet: the contact begins {day}.").format(day=_day(course.start))
    if course.ended is not None and course.ended <= on:
        return _("No rule applies any more: the course ended {day}.").format(day=_day(course.ended))
    if standing.target_group is None:
        return _("No rule is reckoned with: the citizen has no target group.")
    said = _(
        "No rule with a number applies to {group} now: the months that it counts are over, or none is written for the"
        " group. {later}"
    )
    return said.format(group=group or standing.target_group, later=_later())


def _later() -> str:
    return _("After them sessions are agreed with the citizen and held when there is a need (LAB § 32).")


def _about(rule: Rule, standing: Standing) -> list[str]:
    count = ngettext("at least {count} session", "at least {count} sessions", rule.required).format(count=rule.required)
    if rule.after_months:
        within = _("from month {first} to the end of month {last}").format(
            first=rule.after_months + 1, last=rule.months
        )
    else:
        within = _("in the first {months} months").format(months=rule.months)
    begun = _(", in force from {day}").format(day=_day(rule.from_)) if rule.from_ else ""
    said = [
        _("The rule {rule}{begun}: the municipality holds {count} {within}.").format(
            rule=rule.id, begun=begun, count=count, within=within
        ),
        _("Source: {source}. {read}").format(source=rule.source, read=_(_READ[rule.read])),
    ]
    end = standing.period_end
    if rule.unchecked_from and end and end >= rule.unchecked_from:
        unchecked = _("From {day} on the rule may be another for this group: that could not be checked.")
        said.append(unchecked.format(day=_day(rule.unchecked_from)))
    if rule.average:
        said.append(_("The number is an average for the target group: no single citizen has a date by it."))
    elif rule.share < 1:
        said.append(_("It has to be met for {share} % of the target group.").format(share=round(rule.share * 100)))
    return said


def _period(rule: Rule, standing: Standing, course: Course, group: str | None) -> list[str]:
    start = standing.start
    if start == course.start:
        begun = _("The months are counted from {day}, when the contact began.").format(day=_day(start))
    else:
        name = group or standing.target_group
        begun = _("The months are counted from {day}, when the target group became {group}.").format(
            day=_day(start), group=name
        )
    period = _("So the period goes from {first} to {last}; the rule is the one in force on its last day.")
    said = [begun, period.format(first=_day(standing.period_start), last=_day(standing.period_end))]
    with_ = [
        one for one in course.earlier if start and one.until >= start and one.from_ <= (standing.period_end or start)
    ]
    if with_ and rule.counts_with:
        said.append(_("Days in an earlier target group on the same kind of benefit count too."))
    return said


def _held(rule: Rule, standing: Standing, met: Sequence[Met]) -> list[str]:
    days = ", ".join(_day(one.day) for one in standing.counted)
    held = standing.held or 0
    if held > rule.required:
        more = _("Held in the period: {held} ({days}). The rule asks for {required}.")
        said = [more.format(held=held, required=rule.required, days=days)]
    elif held:
        said = [
            _("Held in the period: {held} of {required} ({days}).").format(held=held, required=rule.required, days=days)
        ]
    else:
        said = [_("Held in the period: none of {required}.").format(required=rule.required)]
    first, end = standing.period_start, standing.period_end
    fund = sum(1 for one in met if one.fund and standing.start and end and standing.start <= one.day <= end)
    if fund:
        said.append(_("Sessions that the unemployment fund held alone are not counted: {count}.").format(count=fund))
    before = sum(1 for one in met if not one.fund and standing.start and first and standing.start <= one.day < first)
    if before:
        said.append(_("Sessions before the period are not counted: {count}.").format(count=before))
    grouped = sum(1 for one in standing.counted if one.group)
    if grouped and rule.individual:
        said.append(
            _("In a group: {count}. They are counted, but the law speaks of individual sessions.").format(count=grouped)
        )
    return said


def _sum(rule: Rule, standing: Standing, on: date) -> list[str]:
    if standing.period_end and on > standing.period_end and standing.status in ("none", "overdue"):
        if (standing.held or 0) >= rule.required:
            return [_("The period is over, and all the sessions of the rule were held. {later}").format(later=_later())]
        said = [
            _("The period is over. Sessions after it make up for missing ones: {count}.").format(count=standing.late)
        ]
        if standing.left and not rule.average:
            said.append(
                _("Still missing: {count}. It shows as overdue up to {months} months after the period.").format(
                    count=standing.left, months=rule.late_months
                )
            )
        return said
    if standing.due is None or standing.anchor is None or standing.even is None:
        return [_("All the sessions of the rule have been held.")] if not standing.left else []
    anchor = _("the last session") if standing.counted else _("the period's first day")
    said = []
    if standing.left:
        spread = _("{left} left, spread evenly from {anchor} ({from_}) to {end}: the next by {even}.")
        said.append(
            spread.format(
                left=standing.left,
                anchor=anchor,
                from_=_day(standing.anchor),
                end=_day(standing.period_end),
                even=_day(standing.even),
            )
        )
    if standing.first and rule.first_days is not None and standing.start:
        said.append(
            _("But the first is held no later than {days} days after the contact began.").format(days=rule.first_days)
        )
    return said + _exception(standing)


def _exception(standing: Standing) -> list[str]:
    one = standing.exception
    if one is None:
        return []
    reason = _(REASONS[one.reason]) + (f": {one.why}" if one.why else "")
    if one.reason in POSTPONED:
        said = _("It waits ({reason}){until}, but not past the period's last day.")
        until = _(" until after {day}").format(day=_day(one.until)) if one.until else ""
        return [said.format(reason=reason, until=until)]
    return [_("More often ({reason}): half as far apart.").format(reason=reason)]


def _joint(rule: Rule, standing: Standing) -> list[str]:
    if rule.joint_by is None:
        return []
    there = next((place for place, one in enumerate(standing.counted, 1) if one.joint), None)
    said = _("The unemployment fund takes part no later than in session {number}, where the citizen wants it: {there}.")
    told = _("it did in session {number}").format(number=there) if there else _("it has not yet")
    return [said.format(number=rule.joint_by, there=told)]


def brief(standing: Standing) -> str:
    """Where a citizen stands, in a few words: `! overdue: no later than 26.05.2026 (1 of 4 held)`; empty without a
    rule."""
    if standing.rule is None or standing.status == "none":
        return ""
    said = f"{MARKS[standing.status]} {_(STATUSES[standing.status])}"
    if standing.due:
        said += f": {_('no later than {day}').format(day=_day(standing.due))}"
    required = standing.rule.required
    held = _("{held} held, {required} needed") if (standing.held or 0) > required else _("{held} of {required} held")
    return f"{said} ({held.format(held=standing.held, required=required)})"


def departure(standing: Standing, wished: date | None) -> str:
    """What the rule asks for after a session, and how far the wished day departs from it; empty where no rule does."""
    if standing.rule is None:
        return ""
    if standing.rule.average:
        return _("The rule: an average for the target group; you decide together")
    if standing.due is None:
        return _("The rule: all its sessions have been held; you decide together")
    said = _("The rule: no later than {day}").format(day=dates.short_day(standing.due))
    if wished is None:
        return said
    days = (wished - standing.due).days
    if days > 0:
        late = ngettext("the wished date is {count} day later", "the wished date is {count} days later", days)
        return f"{said}; {late.format(count=days)}"
    return f"{said}; {_('the wished date is in time')}"
