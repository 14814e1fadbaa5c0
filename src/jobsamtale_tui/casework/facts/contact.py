"""Who is due for contact when: the rules read from `data/rules/contact`, and where citizens stand by them."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from jobsamtale_tui import dates, records
from jobsamtale_tui.documents.contact import sentences
from jobsamtale_tui.method import contact as method
from jobsamtale_tui.method.contact import Course, GroupStanding, Met, Standing
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.reference.contact_rules import is_holiday, rules
from jobsamtale_tui.store.questions import contacts

EVERYBODY = 2000
"""So many citizens at most are looked through where it is not known whose they are."""
STATUSES = ("overdue", "due", "ok", "none")
"""As a list has them: the most pressing first."""


class ContactEntry(NamedTuple):
    """A citizen on the list."""

    citizen: str
    name: str
    standing: Standing


def standing(connection: sqlite3.Connection, citizen: str, on: date) -> Standing:
    """Where a citizen stands by the rules on a day; without rule, and `none`, where there is no such citizen.

    It reads her sessions alone, however many citizens there are.
    """
    found = next(_entries(connection, on, "citizen", citizen), None)
    return found.standing if found else Standing()


class Explanation(NamedTuple):
    """Where a citizen stands on a day, and why in sentences."""

    entry: ContactEntry
    because: list[str]


def explain(connection: sqlite3.Connection, citizen: str, on: date, language: str = "da") -> Explanation | None:
    """The rule, its source and the sum behind a citizen's date; None where there is no such citizen."""
    found = _one(connection, citizen, on)
    if found is None:
        return None
    key, name, course, met = found
    stands = method.standing(method.by_group(rules()), course, met, on, is_holiday)
    group = target_groups.names(language).get(stands.target_group or "", stands.target_group)
    return Explanation(ContactEntry(key, name, stands), sentences(course, stands, met, on, group))


def after(connection: sqlite3.Connection, session: records.Session) -> Standing:
    """Where the citizen stands once `session`, which is under way, has been held: its `due` is the next one's."""
    on = dates.local(session.held_at).date()
    found = _one(connection, session.citizen, on)
    if found is None:
        return Standing()
    _key, _name, course, met = found
    if session.status != "completed":
        met.append(contacts.as_met(session))
    return method.standing(method.by_group(rules()), course, met, on, is_holiday)


def entries(
    connection: sqlite3.Connection, on: date, *, caseworker: str | None = None, unit: str | None = None
) -> list[ContactEntry]:
    """Where all citizens stand, or a caseworker's or a unit's: the most pressing first, then by day and key."""
    of, key = ("caseworker", caseworker) if caseworker else ("unit", unit) if unit else (None, None)
    place = {status: number for number, status in enumerate(STATUSES)}
    return sorted(
        _entries(connection, on, of, key),
        key=lambda one: (place[one.standing.status], one.standing.due or date.max, one.citizen),
    )


class Pressing(NamedTuple):
    """Somebody who is overdue or due soon, and the day of a session that is planned later than that."""

    entry: ContactEntry
    planned: date | None


def pressing(connection: sqlite3.Connection, caseworker: str | None, on: date) -> list[Pressing]:
    """A caseworker's citizens who are overdue or due soon and have no session planned in time, in that order.

    Everybody's where no caseworker is named, up to `EVERYBODY` citizens: beyond it would take seconds, for a list that
    is nobody's own.
    """
    if caseworker is None and contacts.more_than(connection, EVERYBODY):
        return []
    planned = contacts.planned(connection, on, "caseworker" if caseworker else None, caseworker)
    found = []
    for one in entries(connection, on, caseworker=caseworker):
        due, at = one.standing.due, planned.get(one.citizen)
        if one.standing.status in ("overdue", "due") and due and not (at and at <= due):
            found.append(Pressing(one, at))
    return found


def _entries(connection: sqlite3.Connection, on: date, of: str | None, key: str | None) -> Iterator[ContactEntry]:
    found = method.by_group(rules())
    for citizen, name, course, met in contacts.courses_and_met(connection, _since(on), of, key):
        yield ContactEntry(citizen, name, method.standing(found, course, met, on, is_holiday))


def _one(connection: sqlite3.Connection, citizen: str, on: date) -> tuple[str, str, Course, list[Met]] | None:
    for key, name, course, met in contacts.courses_and_met(connection, _since(on), "citizen", citizen):
        return key, name, course, list(met)
    return None


def _since(on: date) -> date:
    """The first day that a rule's period can still reach."""
    return method.add_months(on, -max((rule.months + rule.late_months for rule in rules()), default=0))


def document(entry: ContactEntry, group: GroupStanding | None = None) -> dict[str, Any]:
    """An entry as machine formats have it; with its target group's figures where they are given."""
    standing = entry.standing
    rule = standing.rule
    found: dict[str, Any] = {
        "citizen": entry.citizen,
        "target_group": standing.target_group,
        "rule": rule.id if rule else None,
        "rule_from": _iso(rule.from_) if rule else None,
        "held": standing.held,
        "required": rule.required if rule else None,
        "period_start": _iso(standing.period_start),
        "period_end": _iso(standing.period_end),
        "due": _iso(standing.due),
        "status": standing.status,
    }
    if group:
        found["group_share"] = round(group.share, 3)
        found["group_share_required"] = None if group.rule.average else group.rule.share
        found["group_average"] = round(group.average, 2)
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
