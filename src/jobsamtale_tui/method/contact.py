"""When the next session with a citizen has to be held: a dated rule, her course, the sessions held, the sum.

The rules themselves are data (`data/rules/contact`); here is only how they are reckoned with. A period of months ends
on the day of the month that it began on, in a shorter month on its last day.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from jobsamtale_tui import dates, records

Status = Literal["ok", "due", "overdue", "none"]
Closed = Literal["next", "before", "stay"]
"""Where a date goes that falls on a day when nothing is open: the next working day, the one before, nowhere."""
Read = Literal["statute", "agency", "page", "not"]
"""What was read of a rule's source: the statute, the agency's own answers, another page, nothing."""
WARN_DAYS = 14
"""So long before it is due a session is said to be."""
POSTPONED = frozenset(get_args(records.Postponed))
_DAY = timedelta(days=1)
_SHORTEST = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How many sessions the municipality holds within which months; `data/rules/contact/lab-2024.toml` has each
    field's meaning. `share` is from 0 to 1."""

    id: str
    groups: tuple[str, ...]
    from_: date | None = None
    until: date | None = None
    required: int
    months: int
    after_months: int = 0
    first_days: int | None = None
    share: float = 1
    average: bool = False
    individual: bool = False
    fund: int | None = None
    joint_by: int | None = None
    counts_with: frozenset[str] = frozenset()
    late_months: int = 6
    units: frozenset[str] | None = None
    closed: Closed = "stay"
    also_closed: frozenset[str] = frozenset()
    """Days of every year, as `MM-DD`."""
    closed_source: str = ""
    source: str
    read: Read
    note: str = ""
    unchecked_from: date | None = None


class Met(NamedTuple):
    """A session that was held: its day in Denmark, whether the fund held it alone, took part, or it was in a group."""

    day: date
    fund: bool = False
    joint: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What of a citizen the rules look at."""

    target_group: str | None = None
    start: date | None = None
    ended: date | None = None
    earlier: tuple[records.EarlierGroup, ...] = ()
    exceptions: tuple[records.ContactException, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a citizen stands on a day. What follows `status` is the sum behind it.

    `due`: the day by which the next session has to be held when those left are spread evenly over what is left.
    """

    target_group: str | None = None
    rule: Rule | None = None
    held: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    due: date | None = None
    status: Status = "none"
    start: date | None = None
    """From which day the period is reckoned: the contact's first day, or that of the target group."""
    counted: tuple[Met, ...] = ()
    late: int = 0
    """Sessions held after the period, which make up for missing ones."""
    anchor: date | None = None
    even: date | None = None
    """The day that the even spread gives, before exceptions and closed days."""
    first: bool = False
    """The rule's own day for the first session came before it."""
    exception: records.ContactException | None = None
    moved_from: date | None = None
    """The day that was closed, where `due` has moved from one."""

    @property
    def left(self) -> int:
        """How many sessions of the rule are still to be held."""
        return max(0, self.rule.required - (self.held or 0) - self.late) if self.rule else 0


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; in a shorter month its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= _SHORTEST:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def open_day(day: date, rule: Rule, holiday: Callable[[date], bool]) -> date:
    """`day`, or where it is closed (a weekend, a holiday, one of the rule's own days) the one that the rule says."""
    if rule.closed == "stay":
        return day
    step = _DAY if rule.closed == "next" else -_DAY
    while day.weekday() > 4 or holiday(day) or f"{day:%m-%d}" in rule.also_closed:
        day += step
    return day


def group_on(course: Course, day: date) -> str | None:
    """The target group that the citizen belonged to on a day: an earlier one where the day lies in it."""
    if not course.earlier:
        return course.target_group
    inside = [one for one in course.earlier if one.from_ <= day <= one.until]
    return max(inside, key=lambda one: one.from_).target_group if inside else course.target_group


def since(course: Course, day: date, with_: frozenset[str]) -> date | None:
    """From when she has belonged to the group of `day`, with those in `with_` that came before it without a break;
    None where nothing is known of it."""
    spans = [(one.from_, one.until, one.target_group) for one in course.earlier]
    if spans and course.target_group:
        last = max(until for _from, until, _group in spans)
        spans.append((dates.day_after(last), date.max, course.target_group))
    begun: date | None = None
    for from_, until, group in sorted(spans, reverse=True):
        if begun is None:
            begun = from_ if from_ <= day <= until else None
        elif group in with_ and until >= begun - _DAY:
            begun = min(begun, from_)
        else:
            break
    return begun


RulesOf = Mapping[str, Sequence[Rule]]
"""The rules of each target group in the order in which they are tried: a unit's own first, then the newest."""


def by_group(rules: Iterable[Rule]) -> RulesOf:
    """Rules by target group."""
    found: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda one: (one.units is not None, one.from_ or date.min), reverse=True):
        for group in rule.groups:
            found.setdefault(group, []).append(rule)
    return found


def rule_for(rules: RulesOf, course: Course, group: str, on: date) -> tuple[Rule, date, date] | None:
    """The rule for a citizen who belongs to `group` on a day, the first day of its months and the last; None without.

    It is the one in force on the period's last day.
    """
    if course.start is None:
        return None
    for rule in rules.get(group, ()):
        if rule.units is not None and course.unit not in rule.units:
            continue
        begun = since(course, on, rule.counts_with | {group}) if course.earlier else None
        start = max(course.start, begun) if begun else course.start
        end = add_months(start, rule.months)
        if (rule.from_ is None or rule.from_ <= end) and (rule.until is None or end <= rule.until):
            return rule, start, end
    return None


@lru_cache(maxsize=256)
def _without(group: str | None) -> Standing:
    """Of most citizens of a house no rule asks anything: they share what says so."""
    return Standing(target_group=group)


def standing(rules: RulesOf, course: Course, met: Iterable[Met], on: date, holiday: Callable[[date], bool]) -> Standing:
    """Where a citizen stands on `on`, by the sessions held up to then. `holiday` knows the public holidays."""
    group = group_on(course, on)
    none = _without(group)
    if course.start is None or on < course.start or (course.ended is not None and course.ended <= on) or not group:
        return none
    if course.start.year not in dates.YEARS:  # no day that anything could be reckoned from
        return none
    chosen = rule_for(rules, course, group, on)
    if chosen is None:
        return none
    rule, start, end = chosen
    if on > add_months(end, rule.late_months):
        return none
    last = open_day(end, rule, holiday) if rule.closed == "next" else end
    first = add_months(start, rule.after_months)
    ours = sorted(one for one in met if not one.fund and first <= one.day <= on)
    counted = tuple(one for one in ours if one.day <= last)
    found = Standing(
        target_group=group,
        rule=rule,
        held=len(counted),
        period_start=first,
        period_end=end,
        start=start,
        counted=counted,
        late=len(ours) - len(counted),
    )
    if on > last:
        return replace(found, status="overdue", due=last) if found.left and not rule.average else found
    return _with_due(found, rule, course, on, holiday)


def _with_due(found: Standing, rule: Rule, course: Course, on: date, holiday: Callable[[date], bool]) -> Standing:
    start, first_day, end = found.start or on, found.period_start or on, found.period_end or on
    often = _active(course.exceptions, on, postponed=False)
    anchor = min(found.counted[-1].day if found.counted else first_day, end)
    if rule.average or not (found.left or often):
        return replace(found, status="ok", anchor=anchor)
    apart = (end - anchor) // found.left if found.left else (end - first_day) // rule.required
    wanted = even = anchor + apart // (2 if often else 1)
    exception = often
    by = start + timedelta(days=rule.first_days) if rule.first_days is not None and not found.counted else None
    first = by is not None and by <= even
    if first and by is not None:
        wanted = by
    waits = _active(course.exceptions, wanted, postponed=True)
    if waits:
        exception, wanted = waits, end if waits.until is None else min(dates.day_after(waits.until), end)
    if not found.left and wanted > end:
        return replace(found, status="ok", anchor=anchor)
    due = max(open_day(wanted, rule, holiday), start)
    ahead = (due - on).days
    return replace(
        found,
        due=due,
        status="overdue" if ahead < 0 else "due" if ahead <= WARN_DAYS else "ok",
        anchor=anchor,
        even=even,
        first=first,
        exception=exception,
        moved_from=wanted if due != wanted else None,
    )


def _active(
    exceptions: Iterable[records.ContactException], day: date, *, postponed: bool
) -> records.ContactException | None:
    inside = [
        one
        for one in exceptions
        if (one.reason in POSTPONED) == postponed and one.from_ <= day and (one.until is None or day <= one.until)
    ]
    return max(inside, key=lambda one: (one.until or date.max, one.from_)) if inside else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding:
    """How far a target group meets a rule: of those whose period has begun, and ended no longer ago than the rule
    looks back. `share` and `share_required` are from 0 to 1, `average` sessions a citizen."""

    target_group: str
    rule: Rule
    citizens: int
    met: int
    overdue: int
    average: float

    @property
    def share(self) -> float:
        """The share of the citizens with whom all the sessions of the rule have been held."""
        return self.met / self.citizens

    @property
    def meets(self) -> bool:
        """Whether the group as a whole does what the rule asks for."""
        if self.rule.average:
            return self.average >= self.rule.required
        return self.share >= self.rule.share


def groups(standings: Iterable[Standing], on: date) -> list[GroupStanding]:
    """How far each target group meets its rule on a day, by group and rule."""
    counts: dict[tuple[str, str], list[int]] = {}
    rules: dict[str, Rule] = {}
    for one in standings:
        if one.rule is None or one.target_group is None or one.period_start is None or on < one.period_start:
            continue
        rules[one.rule.id] = one.rule
        count = counts.setdefault((one.target_group, one.rule.id), [0, 0, 0, 0])
        held = one.held or 0
        for place, number in enumerate((1, held >= one.rule.required, one.status == "overdue", held)):
            count[place] += number
    return [
        GroupStanding(
            target_group=group, rule=rules[rule], citizens=many, met=met, overdue=overdue, average=held / many
        )
        for (group, rule), (many, met, overdue, held) in sorted(counts.items())
    ]
