"""When the next session has to be held: both sides of 1 July 2026, changes of group, ends of months, holidays."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobsamtale_tui import records, resources
from jobsamtale_tui.method import contact
from jobsamtale_tui.method.contact import Course, Met, Rule, Standing
from jobsamtale_tui.reference import contact_rules

RULES = contact_rules.read(resources.shipped() / "rules" / "contact")
D = date.fromisoformat
Reason = records.Postponed | records.MoreOften


def course(group: str | None, start: str, **more: Any) -> Course:
    return Course(target_group=group, start=D(start), **more)


def stands(of: Course, on: str, *met: str | Met, rules: tuple[Rule, ...] = RULES) -> Standing:
    held = [one if isinstance(one, Met) else Met(D(one)) for one in met]
    return contact.standing(contact.by_group(rules), of, held, D(on), contact_rules.is_holiday)


def rule(**more: Any) -> Rule:
    values: dict[str, Any] = {"id": "r", "groups": ("g",), "required": 4, "months": 6, "source": "s", "read": "not"}
    return Rule(**values | more)


# Which rule


@pytest.mark.parametrize(
    ("group", "start", "expected", "required"),
    [
        ("dagpenge", "2025-12-30", "lab31-dagpenge-2024", 3),
        ("dagpenge", "2025-12-31", "lab31-dagpenge-2024", 3),  # half a year on is 30 June: it has no 31st
        ("dagpenge", "2026-01-01", "lov1750-dagpenge-2026", 2),
        ("jobparat", "2025-12-30", "lab31-jobparat-2024", 4),
        ("jobparat", "2026-01-01", "lov1750-jobparat-2026", 4),
        ("varige_begraensninger", "2026-01-01", "lov1750-ledighedsydelse-2026", 4),
        ("aktivitetsparat", "2026-01-01", "lab31-kontanthjaelp-2024", 4),
        ("sygedagpenge", "2026-03-01", "sdpl13b-2024", 4),
    ],
)
def test_the_rule_is_the_one_in_force_at_the_periods_end(group: str, start: str, expected: str, required: int) -> None:
    found = stands(course(group, start), "2026-06-15")
    assert found.rule is not None
    assert (found.rule.id, found.rule.required) == (expected, required)


def test_every_target_group_has_a_rule_on_both_sides_of_the_reform() -> None:
    from jobsamtale_tui.reference import target_groups

    for group in target_groups.known():
        for start in ("2025-01-15", "2026-05-15"):
            assert stands(course(group, start), start).rule is not None, group


def test_a_rule_of_the_unit_comes_first_and_an_empty_list_of_units_holds_for_nobody() -> None:
    everybody, nord = rule(id="all"), rule(id="nord", units=frozenset({"nord"}))
    rules = (everybody, nord, rule(id="none", units=frozenset()))
    for unit, expected in (("nord", nord), ("syd", everybody), (None, everybody)):
        assert stands(course("g", "2026-01-01", unit=unit), "2026-01-02", rules=rules).rule == expected


# The sum


def test_those_left_are_spread_evenly_over_what_is_left() -> None:
    of, rules = course("g", "2026-01-01"), (rule(),)
    first = stands(of, "2026-01-02", rules=rules)
    assert (first.period_start, first.period_end, first.held) == (D("2026-01-01"), D("2026-07-01"), 0)
    assert first.due == D("2026-01-01") + timedelta(days=181 // 4)
    after = stands(of, "2026-03-02", "2026-01-08", "2026-03-01", rules=rules)
    assert after.due == D("2026-03-01") + timedelta(days=122 // 2)
    assert stands(of, "2026-04-01", "2026-01-08", "2026-03-01", "2026-03-08", rules=rules).due == D("2026-07-01")
    done = stands(of, "2026-04-01", *(f"2026-01-{day:02}" for day in (5, 6, 7, 8)), rules=rules)
    assert (done.due, done.status, done.held) == (None, "ok", 4)


@pytest.mark.parametrize(("on", "status"), [(-15, "ok"), (-14, "due"), (0, "due"), (1, "overdue")])
def test_due_is_said_from_fourteen_days_before(on: int, status: str) -> None:
    of, rules = course("g", "2026-01-01"), (rule(),)
    day = D("2026-02-15") + timedelta(days=on)
    assert stands(of, day.isoformat(), rules=rules).status == status


def test_the_first_session_has_a_day_of_its_own() -> None:
    of = course("jobparat", "2026-02-02")
    assert stands(of, "2026-02-03").due == D("2026-02-09")
    assert stands(of, "2026-02-10").status == "overdue"
    sick = stands(course("sygedagpenge", "2026-02-02"), "2026-02-03")
    assert sick.due == D("2026-03-19")  # spread evenly it comes before the end of the eighth week


def test_the_funds_months_and_sessions_are_not_the_municipalitys() -> None:
    of = course("dagpenge", "2025-09-01")
    found = stands(
        of, "2026-01-10", "2025-09-20", Met(D("2025-12-08"), fund=True), Met(D("2025-12-15"), joint=True), "2026-01-05"
    )
    assert (found.period_start, found.period_end, found.held) == (D("2025-12-01"), D("2026-03-01"), 2)
    assert stands(of, "2025-10-01").status == "ok"


def test_none_before_the_course_after_it_and_without_a_group() -> None:
    assert stands(course("jobparat", "2026-03-01"), "2026-02-28").status == "none"
    assert stands(course("jobparat", "2026-03-01", ended=D("2026-04-01")), "2026-04-01").rule is None
    assert stands(course("jobparat", "2026-03-01", ended=D("2026-04-01")), "2026-03-31").status == "overdue"
    assert stands(course(None, "2026-03-01"), "2026-03-02").status == "none"
    assert stands(Course(target_group="jobparat"), "2026-03-02").status == "none"
    assert stands(course("ukendt", "2026-03-01"), "2026-03-02").rule is None


def test_what_is_missing_at_the_end_is_overdue_until_made_up_for_and_not_for_ever() -> None:
    of, rules = course("g", "2026-01-01"), (rule(required=2),)
    assert stands(of, "2026-08-01", "2026-02-01", rules=rules).status == "overdue"
    late = stands(of, "2026-08-01", "2026-02-01", "2026-07-20", rules=rules)
    assert (late.status, late.held, late.late, late.due) == ("none", 1, 1, None)
    assert stands(of, "2027-01-01", rules=rules).status == "overdue"
    assert stands(of, "2027-01-02", rules=rules).rule is None


def test_the_trials_average_gives_no_single_citizen_a_date() -> None:
    rules = (rule(average=True),)
    found = stands(course("g", "2026-01-01"), "2026-06-30", rules=rules)
    assert (found.due, found.status) == (None, "ok")
    every = [stands(course("g", "2026-01-01"), "2026-06-30", *days, rules=rules) for days in SEVEN_AND_ONE]
    (group,) = contact.groups(every, D("2026-06-30"))
    assert (group.average, group.meets, group.share) == (4, True, 0.5)


SEVEN_AND_ONE = ([f"2026-02-{day:02}" for day in range(1, 8)], ["2026-02-01"])


def test_a_groups_share_beside_the_share_that_the_rule_asks_for() -> None:
    rules = (rule(required=1, share=0.75),)
    every = [stands(course("g", "2026-01-01"), "2026-02-10", *days, rules=rules) for days in (["2026-02-01"],) * 3]
    every += [stands(course("g", "2026-01-01"), "2026-02-10", rules=rules)]
    every += [stands(course("g", "2026-03-01"), "2026-02-10", rules=rules)]  # not begun
    (group,) = contact.groups(every, D("2026-02-10"))
    assert (group.citizens, group.met, group.share, group.meets) == (4, 3, 0.75, True)


# Months, leap days, days that are closed


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2026-02-28", 6, "2026-08-28"),
        ("2026-07-15", -18, "2025-01-15"),
    ],
)
def test_a_month_that_is_shorter_ends_the_period_on_its_last_day(start: str, months: int, end: str) -> None:
    assert contact.add_months(D(start), months) == D(end)


CLOSED = rule(closed="next", also_closed=frozenset({"06-05", "12-24", "12-31"}))


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2026-04-02", "2026-04-07", "2026-04-01"),  # Maundy Thursday to Easter Monday
        ("2026-05-14", "2026-05-15", "2026-05-13"),  # Ascension Day
        ("2023-05-05", "2023-05-08", "2023-05-04"),  # Store bededag, a holiday for the last time
        ("2024-04-26", "2024-04-26", "2024-04-26"),  # and from 2024 on a Friday as any other
        ("2026-06-05", "2026-06-08", "2026-06-04"),  # Grundlovsdag, then the weekend
        ("2026-12-24", "2026-12-28", "2026-12-23"),
        ("2026-12-31", "2027-01-04", "2026-12-30"),
        ("2026-05-01", "2026-05-01", "2026-05-01"),  # 1 May is a working day
        ("2026-06-06", "2026-06-08", "2026-06-04"),
    ],
)
def test_a_closed_day_moves_the_date_as_the_rule_says(day: str, after: str, before: str) -> None:
    from dataclasses import replace

    assert contact.open_day(D(day), CLOSED, contact_rules.is_holiday) == D(after)
    assert contact.open_day(D(day), replace(CLOSED, closed="before"), contact_rules.is_holiday) == D(before)
    assert contact.open_day(D(day), replace(CLOSED, closed="stay"), contact_rules.is_holiday) == D(day)


def test_a_session_on_the_day_that_the_periods_end_moved_to_is_in_time() -> None:
    of = course("jobparat", "2025-10-04")  # half a year on: Holy Saturday 2026
    held = ("2025-10-08", "2025-11-20", "2026-01-20")
    waiting = stands(of, "2026-04-07", *held)
    assert (waiting.due, waiting.moved_from, waiting.status) == (D("2026-04-07"), D("2026-04-04"), "due")
    done = stands(of, "2026-04-07", *held, "2026-04-07")
    assert (done.held, done.period_end) == (4, D("2026-04-04"))
    assert stands(of, "2026-04-08", *held).status == "overdue"


# A change of target group


def earlier(group: str, from_: str, until: str) -> records.EarlierGroup:
    return records.EarlierGroup(target_group=group, from_=D(from_), until=D(until))


def test_another_kind_of_benefit_begins_the_months_anew() -> None:
    of = course("jobparat", "2025-09-01", earlier=(earlier("dagpenge", "2025-09-01", "2026-01-31"),))
    now = stands(of, "2026-02-20", "2025-12-05", "2026-02-05")
    assert (now.target_group, now.start, now.period_end, now.held) == (
        "jobparat", D("2026-02-01"), D("2026-08-01"), 1,
    )  # fmt: skip
    then = stands(of, "2026-01-31", "2025-12-05")
    assert (then.target_group, then.period_start, then.held) == ("dagpenge", D("2025-12-01"), 1)


def test_the_same_kind_of_benefit_goes_on_counting() -> None:
    of = course("aktivitetsparat", "2025-11-03", earlier=(earlier("jobparat", "2025-11-03", "2026-01-11"),))
    found = stands(of, "2026-02-01", "2025-11-06", "2025-12-15", "2026-01-20")
    assert found.rule is not None
    assert (found.rule.id, found.start, found.held) == (
        "lab31-kontanthjaelp-2024", D("2025-11-03"), 3,
    )  # fmt: skip
    broken = course("aktivitetsparat", "2025-01-01", earlier=(
        earlier("jobparat", "2025-01-01", "2025-06-30"), earlier("sygedagpenge", "2025-07-01", "2026-01-11"),
    ))  # fmt: skip
    assert stands(broken, "2026-02-01").start == D("2026-01-12")


# Exceptions


def exception(reason: Reason, from_: str, until: str | None = None) -> records.ContactException:
    return records.ContactException(reason=reason, from_=D(from_), until=D(until) if until else None)


def test_treatment_lets_the_session_wait_but_not_past_the_period() -> None:
    rules = (rule(),)
    of = course("g", "2026-01-01", exceptions=(exception("treatment", "2026-02-01", "2026-03-31"),))
    assert stands(of, "2026-02-20", rules=rules).due == D("2026-04-01")
    open_ = course("g", "2026-01-01", exceptions=(exception("psychiatric_rest", "2026-02-01"),))
    assert stands(open_, "2026-02-20", rules=rules).due == D("2026-07-01")
    past = course("g", "2026-01-01", exceptions=(exception("treatment", "2026-01-05", "2026-01-20"),))
    assert stands(past, "2026-02-20", rules=rules).due == D("2026-02-15")


def test_more_often_is_half_as_far_apart_also_when_the_rule_is_met() -> None:
    rules = (rule(required=2),)
    of = course("g", "2026-01-01", exceptions=(exception("after_upskilling", "2026-01-01"),))
    assert stands(of, "2026-01-02", rules=rules).due == D("2026-01-01") + timedelta(days=181 // 2 // 2)
    met = stands(of, "2026-03-02", "2026-02-01", "2026-03-01", rules=rules)
    assert (met.due, met.status) == (D("2026-03-01") + timedelta(days=90 // 2), "ok")


# Whatever the dates

DAYS = st.dates(D("2023-07-01"), D("2028-12-31"))
KINDS = sorted({group for one in RULES for group in one.groups})


@settings(max_examples=80, deadline=None)
@given(
    group=st.sampled_from(KINDS),
    start=DAYS,
    after=st.integers(0, 500),
    held=st.lists(st.integers(-30, 420), max_size=9),
    reason=st.sampled_from(["treatment", "season_gaps", None]),
)
def test_a_due_day_is_never_before_the_start_never_closed_and_never_falls_back(
    group: str, start: date, after: int, held: list[int], reason: Reason | None
) -> None:
    exceptions = (exception(reason, start.isoformat(), None),) if reason else ()
    of = Course(target_group=group, start=start, exceptions=exceptions)
    met = [Met(start + timedelta(days=days)) for days in held]
    on = start + timedelta(days=after)
    found = contact.standing(contact.by_group(RULES), of, met, on, contact_rules.is_holiday)
    if found.due is None:
        assert found.status in ("ok", "none")
        return
    assert found.rule is not None
    assert found.period_end is not None
    assert start <= found.due <= found.period_end + timedelta(days=6)
    assert found.due.weekday() < 5
    assert not contact_rules.is_holiday(found.due)
    assert found.period_start is not None
    assert found.due >= found.period_start
    assert (found.status == "overdue") == (found.due < on)
    fewer = contact.standing(contact.by_group(RULES), of, met[:0], on, contact_rules.is_holiday)
    if not reason and fewer.due:
        assert fewer.due <= found.due
