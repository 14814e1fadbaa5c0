"""Citizens: made, changed, and the decision whether indicators are used in the case."""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import staff
from jobsamtale_tui.casework.format import cpr
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import citizen_lists, reads
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Transaction

_CPR = re.compile(r"[0-9]{6}-[0-9]{4}")
Finding = tuple[str, str, bool]
"""The field that it is about, a sentence, and whether it is a warning alone."""


def make(database: Database, actor: Actor, citizen: records.Citizen) -> str:
    """Makes a citizen and returns her key.

    Raises RefusedError where the key, the CPR number or the case key is somebody else's, or the number has no day.
    """
    citizen = fitting.fit(citizen)
    _refuse(citizen)
    with transaction.change(database, actor, "citizen.new", "citizen", citizen.key) as work:
        if work.citizen.get(citizen.key) is not None:
            raise RefusedError(_("The key {key} is taken").format(key=citizen.key), _("Choose another key"))
        _alone(work, citizen)
        work.citizen.add(**row_codec.values(citizen), **_found_by(citizen))
    return citizen.key


def edit(place: ChangeContext, changed: Mapping[str, Any]) -> int:
    """Sets fields of a citizen by their names in `records.Citizen` (not her key) and returns the new version.

    Raises as `make`, and ChangedByOtherError where somebody else has changed her since.
    """
    with transaction.change(place.database, place.actor, "citizen.edit", "citizen", place.key) as work:
        row = record_lock.seen(work, place, work.citizen)
        before = row_codec.record(records.Citizen, row)
        citizen = fitting.fit(replace(before, **{name: value for name, value in changed.items() if name != "key"}))
        _refuse(citizen, before)
        _alone(work, citizen)
        row_codec.put(row, citizen)
        row.sort_key, row.found_by = _found_by(citizen).values()
        return row.row_version


def decide(place: ChangeContext, use: bool, reason: str, barriers: Iterable[str] = ()) -> int:
    """Decides whether indicators are used in the case, with the reason and the barriers; as `edit`."""
    decision = records.IndicatorsUsed(use=use, reason=reason, barriers=tuple(barriers))
    return edit(place, {"indicators_used": decision})


def group_since(citizen: records.Citizen) -> date | None:
    """The first day of the present target group, as far as it is known."""
    ends = [one.until for one in citizen.earlier_groups]
    return dates.day_after(max(ends)) if ends else citizen.contact_start


def group_fault(citizen: records.Citizen, group: str | None, since: date) -> str | None:
    """What is wrong with a change to the target group `group` on the day `since`, in a sentence; None: nothing."""
    begun = group_since(citizen)
    if group == citizen.target_group:
        return _("The day is for a change of target group: choose the new one above, or leave this empty")
    if begun and since <= begun:
        return _("The target group before began {day}: the new one has to begin later").format(
            day=dates.short_day(begun)
        )
    return None


def with_earlier_group(citizen: records.Citizen, since: date) -> tuple[records.EarlierGroup, ...]:
    """Her earlier target groups once the present one is left: it ends the day before `since`. Nothing is known of it
    where neither an earlier group nor the contact's first day says when it began."""
    begun = group_since(citizen)
    if citizen.target_group is None or begun is None:
        return citizen.earlier_groups
    left = records.EarlierGroup(target_group=citizen.target_group, from_=begun, until=since - timedelta(days=1))
    return (*citizen.earlier_groups, left)


def findings(connection: sqlite3.Connection, values: Mapping[str, Any], *, key: str | None = None) -> list[Finding]:
    """What is wrong with, or worth a look at, the values of a citizen; `key` names her where she is known already.

    Looks up whose the key, the CPR number and the case key are. A CPR number is never shown beyond its date.
    """
    found: list[Finding] = []
    if key is None and values.get("key"):
        said = staff.key_fault(connection, "citizen", values["key"])
        found += [("key", said, False)] if said else []
    if values.get("cpr"):
        found += _cpr_findings(connection, values["cpr"], key)
    case = values.get("case_key")
    other = _whose(connection, "case_key", case) if case else None
    if other and other.key != key:
        found.append(("case_key", _taken_case(case, other.name), False))
    start, ended = values.get("contact_start"), values.get("ended_on")
    if start and start > dates.today():
        found.append(("contact_start", _("The day lies ahead"), True))
    if start and ended and ended < start:
        found.append(("ended_on", _("The course cannot end before the contact began"), False))
    return found


def _cpr_findings(connection: sqlite3.Connection, number: str, key: str | None) -> list[Finding]:
    said = cpr.refusal(number)
    if said:
        return [("cpr", said, False)]
    other = _whose(connection, "cpr", number)
    if other and other.key != key:
        return [("cpr", _taken_cpr(number, other.name), False)]
    doubt = cpr.warning(number)
    return [("cpr", doubt, True)] if doubt else []


def _whose(connection: sqlite3.Connection, column: str, value: str) -> records.Citizen | None:
    found = reads.citizen_named(connection, value)
    return found if found is not None and getattr(found, column) == value else None


def _taken_cpr(number: str, name: str) -> str:
    return _("The CPR number {number} is {name}'s").format(number=texts.masked_cpr(number), name=name)


def _taken_case(case: str | None, name: str) -> str:
    return _("The case key {key} is {name}'s").format(key=case, name=name)


def _refuse(citizen: records.Citizen, before: records.Citizen | None = None) -> None:
    said = cpr.refusal(citizen.cpr) if citizen.cpr else None
    if said:
        raise RefusedError(said, _("Correct the number, or leave it out"))
    decision = citizen.indicators_used
    new = before is None or before.indicators_used != decision
    if decision is not None and new and not (decision.reason or "").strip():
        raise RefusedError(
            _("The decision on indicators has no reason"), _("Write why indicators are used, or why they are not")
        )
    start: date | None = citizen.contact_start
    if citizen.ended and start and citizen.ended.on < start:
        raise RefusedError(_("The course cannot end before the contact began"), _("Correct one of the two days"))


def _alone(work: "Transaction", citizen: records.Citizen) -> None:
    for column, value in (("cpr", citizen.cpr), ("case_key", citizen.case_key)):
        others = work.citizen.find(**{column: value}) if value is not None else []
        for other in (one for one in others if one.key != citizen.key):
            said = _taken_cpr(str(value), other.name) if column == "cpr" else _taken_case(value, other.name)
            raise RefusedError(said, _("Open the citizen instead, or correct the number"))
    if citizen.caseworker and work.caseworker.get(citizen.caseworker) is None:
        raise RefusedError(_("There is no caseworker with the key {key}").format(key=citizen.caseworker))


def _found_by(citizen: records.Citizen) -> dict[str, str]:
    """The columns that she is sorted and found by."""
    return {"sort_key": texts.sort_key(citizen.name), "found_by": citizen_lists.found_by(citizen)}


def is_cpr(number: str) -> bool:
    """Whether a number is written as a CPR number; whether it can be one says `cpr.refusal`."""
    return _CPR.fullmatch(number) is not None


def typed_cpr(typed: str) -> str:
    """A CPR number as it is written, however it was typed: `1503881234` and `150388 1234` become `150388-1234`."""
    digits = "".join(character for character in typed if character not in " -")
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 and digits.isascii() and digits.isdigit() else typed
