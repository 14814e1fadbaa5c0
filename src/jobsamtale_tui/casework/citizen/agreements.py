"""The agreement on indicators: made, its period changed, indicators chosen and taken out, each with its reason.

Every change leaves a line in the agreement itself: when, by whom, what (a Danish sentence, as notes are) and why.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from jobsamtale_tui import dates, i18n, records, texts
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, UndoResult
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.indicators import versions as indicator_versions
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import scales
from jobsamtale_tui.store.questions import agreements
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.history import Detail
    from jobsamtale_tui.store.schema.tables import AgreementIndicatorRow
    from jobsamtale_tui.store.writing.transaction import Transaction

_CHOSEN, _TAKEN_OUT = N_("{name} is chosen."), N_("{name} is taken out.")
_REWORDED = N_("The reason for {name} is worded anew. Before: »{before}«.")
_PERIOD = N_("The period is now {period}. Before: {before}.")
_OFTEN = N_("How often is now {often}. Before: {before}.")
_RENEWED = N_("The agreement is renewed for {period} and takes the place of the one for {before}.")
_ENDED = N_("The agreement ends on {day}: a new one takes its place.")
_TAKEN_BACK, _MADE_AGAIN = N_("Taken back: {what}"), N_("Made again: {what}")


def make(
    database: Database,
    actor: Actor,
    citizen: str,
    from_: date,
    *,
    until: date | None = None,
    every_weeks: int | None = None,
    chosen: Sequence[tuple[str, str]] = (),
) -> str:
    """Makes an agreement with a citizen and returns its key; `chosen` has indicators, each with its reason.

    A catalogue indicator enters the database here. Raises RefusedError for a missing reason, an unknown indicator or
    a period that ends before it begins; NotFoundError for an unknown citizen.
    """
    key = new_key()
    _check_period(key, citizen, from_, until, every_weeks)
    with transaction.change(database, actor, "agreement.new", "agreement", key) as work:
        if work.citizen.get(citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=citizen))
        work.agreement.add(key=key, citizen=citizen, from_=from_, until=until, every_weeks=every_weeks)
        work.flush()
        for position, (indicator, reason) in enumerate(chosen):
            name = _choose(work, key, position, indicator, reason, from_)
            _keep(work, actor, key, _say(_CHOSEN, name=name), reason)
    return key


def change_period(place: ChangeContext, from_: date, until: date | None, every_weeks: int | None, reason: str) -> int:
    """Sets the period and how often; the reason is required. Returns the new version.

    Raises as `make`, and ChangedByOtherError.
    """
    why = _reason(reason, _("Write why the period or how often is changed"))
    with transaction.change(place.database, place.actor, "agreement.period", "agreement", place.key) as work:
        row = record_lock.seen(work, place, work.agreement)
        _check_period(row.key, row.citizen, from_, until, every_weeks)
        said = []
        if (from_, until) != (row.from_, row.until):
            said.append(_say(_PERIOD, period=_period(from_, until), before=_period(row.from_, row.until)))
        if every_weeks != row.every_weeks:
            said.append(_say(_OFTEN, often=_often(every_weeks), before=_often(row.every_weeks)))
        row.from_, row.until, row.every_weeks = from_, until, every_weeks
        if said:
            _keep(work, place.actor, row.key, " ".join(said), why)
        return row.row_version


def choose(place: ChangeContext, indicator: str, reason: str, day: date) -> int:
    """Chooses an indicator from `day` on; the reason is required. Raises as `make`, and where it is chosen already."""
    with transaction.change(place.database, place.actor, "agreement.choose", "agreement", place.key) as work:
        row = record_lock.seen(work, place, work.agreement)
        if row.until is not None and row.until < day:
            raise RefusedError(
                _("The agreement's period ran out on {day}").format(day=dates.short_day(row.until)),
                _("Give it a new period, or make a new agreement"),
            )
        lines = _lines(work, place.key)
        if any(one.indicator == indicator and one.end_reason is None and not _over(one, day) for one in lines):
            raise RefusedError(_("That indicator is chosen already"))
        name = _choose(work, place.key, lines[-1].position + 1 if lines else 0, indicator, reason, day)
        _keep(work, place.actor, place.key, _say(_CHOSEN, name=name), reason)
        return row.row_version


def remove(place: ChangeContext, indicator: str, end_reason: str, day: date) -> int:
    """Takes an indicator out: the day before `day` is its last (its first, where it was chosen on that very day).

    It stays in the agreement with its scores and both reasons. Raises RefusedError where no reason is given.
    """
    reason = _reason(end_reason, _("Write why the indicator is taken out"))
    with transaction.change(place.database, place.actor, "agreement.remove", "agreement", place.key) as work:
        row = record_lock.seen(work, place, work.agreement)
        line = _running(work, place.key, indicator, day)
        line.until, line.end_reason = max(line.from_, day - timedelta(days=1)), reason
        _keep(work, place.actor, place.key, _say(_TAKEN_OUT, name=_name(work, indicator, day)), reason)
        return row.row_version


def reword(place: ChangeContext, indicator: str, reason: str, day: date) -> int:
    """Changes the reason of an indicator that is chosen; what stood before is kept in the line about the change."""
    kept = _reason(reason, _("Write why the indicator is chosen"))
    with transaction.change(place.database, place.actor, "agreement.reword", "agreement", place.key) as work:
        row = record_lock.seen(work, place, work.agreement)
        line = _running(work, place.key, indicator, day)
        if line.reason != kept:
            name, before = _name(work, indicator, day), " ".join(line.reason.split())
            _keep(work, place.actor, place.key, _say(_REWORDED, name=name, before=before), kept)
        line.reason = kept
        return row.row_version


def renew(place: ChangeContext, day: date, until: date | None, every_weeks: int | None, reason: str) -> str:
    """Makes a new agreement from `day` on with the indicators that are chosen then, each with its reason; the old one
    ends the day before, where it has not ended already. Both say so and why; the reason is required.

    Returns the new key. Raises as `change_period`.
    """
    key, why = new_key(), _reason(reason, _("Write why the agreement is renewed"))
    with transaction.change(place.database, place.actor, "agreement.renew", "agreement", key) as work:
        row = record_lock.seen(work, place, work.agreement)
        if row.from_ >= day:
            raise RefusedError(_("The agreement began today"), _("Change its period instead"))
        _check_period(key, row.citizen, day, until, every_weeks)
        last = day - timedelta(days=1)
        before = _period(row.from_, row.until)
        if row.until is None or row.until > last:
            row.until = last
            _keep(work, place.actor, row.key, _say(_ENDED, day=dates.short_day(last)), why)
        work.agreement.add(key=key, citizen=row.citizen, from_=day, until=until, every_weeks=every_weeks)
        work.flush()
        _keep(work, place.actor, key, _say(_RENEWED, period=_period(day, until), before=before), why)
        running = [one for one in _lines(work, place.key) if one.end_reason is None and not _over(one, row.until)]
        for position, one in enumerate(running):
            _choose(work, key, position, one.indicator, one.reason, day)
    return key


def undo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Takes back this login's last change of the agreement; what was changed and why stays, and that it was taken back.

    That the agreement was made or renewed is not taken back. Raises RefusedError where there is nothing to take back,
    or a note has been written since: it tells of the change.
    """
    return undoing.undo(database, actor, "agreement", key, lambda work: _take(work, actor, key, _TAKEN_BACK))


def redo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Makes again what was last taken back; as `undo`."""
    return undoing.redo(database, actor, "agreement", key, lambda work: _take(work, actor, key, _MADE_AGAIN))


def _take(work: "Transaction", actor: Actor, key: str, how: str) -> int:
    kept: list[Detail] = work.info["kept"]
    for line in [one.after or {} for one in kept if one.table == "agreement_change"]:
        if agreements.note_written_since(work.driver, key, line["at"]):
            raise RefusedError(
                _("A note has been written since, and it has this change"),
                _("Change the agreement anew, with a reason"),
            )
        _keep(work, actor, key, _say(how, what=line["what"]), line["reason"])
    return record_lock.touch(work, work.agreement, key)


def _over(line: "AgreementIndicatorRow", day: date) -> bool:
    return line.until is not None and line.until < day


def _check_period(key: str, citizen: str, from_: date, until: date | None, every_weeks: int | None) -> None:
    if until is not None and until < from_:
        raise RefusedError(_("The period ends before it begins"), _("Correct one of the two days"))
    fitting.fit(
        records.Agreement(key=key, citizen=citizen, from_=from_, until=until, every_weeks=every_weeks, indicators=())
    )


def _lines(work: "Transaction", agreement: str) -> "list[AgreementIndicatorRow]":
    return work.agreement_indicator.find("position", agreement=agreement)


def _running(work: "Transaction", agreement: str, indicator: str, day: date) -> "AgreementIndicatorRow":
    for line in _lines(work, agreement):
        if line.indicator == indicator and line.end_reason is None and not _over(line, day):
            return line
    raise RefusedError(_("That indicator is not chosen in the agreement"))


def _choose(work: "Transaction", agreement: str, position: int, indicator: str, reason: str, day: date) -> str:
    """The indicator's Danish name."""
    kept = _reason(reason, _("Write why the indicator is chosen"))
    if not indicator_versions.known_versions(work, indicator):
        raise RefusedError(_("There is no indicator {key}").format(key=indicator))
    work.agreement_indicator.add(agreement=agreement, position=position, indicator=indicator, reason=kept, from_=day)
    return _name(work, indicator, day)


def _name(work: "Transaction", indicator: str, day: date) -> str:
    found = indicator_versions.known_versions(work, indicator)
    version = scales.in_force(found, day) or (found[-1] if found else None)
    return " ".join(version.name.da.split()) if version else indicator


def _keep(work: "Transaction", actor: Actor, agreement: str, what: str, reason: str) -> None:
    """Adds the line about a change, after those that are there and those that this change has added."""
    position = work.agreement_change.next_position(agreement=agreement)
    why = texts.typed(reason).strip()
    work.agreement_change.add(
        agreement=agreement, position=position, at=dates.now(), by=actor.user, what=what, reason=why
    )


def _say(sentence: str, **parts: str) -> str:
    return i18n.in_danish(sentence).format(**parts)


def _period(from_: date, until: date | None) -> str:
    if until is None:
        return _say(N_("{day} and until further notice"), day=dates.short_day(from_))
    return f"{dates.short_day(from_)} – {dates.short_day(until)}"


def _often(weeks: int | None) -> str:
    return _say(N_("every {count} weeks"), count=str(weeks)) if weeks else _say(N_("not agreed"))


def _reason(text: str, hint: str) -> str:
    kept = texts.typed(text).strip()
    if not kept:
        raise RefusedError(_("A reason is missing; nothing has changed"), hint)
    return kept
