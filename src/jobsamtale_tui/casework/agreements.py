"""The agreement on indicators: made, its period changed, indicators chosen and taken out, each with its reason."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session as Work
from sqlmodel import col, select

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework import changes, session_parts, versions
from jobsamtale_tui.casework.changes import Actor
from jobsamtale_tui.casework.keys import new_key
from jobsamtale_tui.casework.sessions import Place
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.engine import Database
from jobsamtale_tui.store.tables import AgreementIndicatorRow, AgreementRow, CitizenRow


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
    with changes.change(database, actor, "agreement.new", "agreement", key) as work:
        if work.get(CitizenRow, citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=citizen))
        work.add(AgreementRow(key=key, citizen=citizen, from_=from_, until=until, every_weeks=every_weeks))
        work.flush()
        for position, (indicator, reason) in enumerate(chosen):
            _choose(work, key, position, indicator, reason, from_)
    return key


def change_period(place: Place, from_: date, until: date | None, every_weeks: int | None) -> int:
    """Sets the period and how often, and returns the new version. Raises as `make`, and ChangedByOtherError."""
    with changes.change(place.database, place.actor, "agreement.period", "agreement", place.key) as work:
        row = versions.seen(work, place, AgreementRow, "agreement")
        _check_period(row.key, row.citizen, from_, until, every_weeks)
        row.from_, row.until, row.every_weeks = from_, until, every_weeks
        return row.row_version


def choose(place: Place, indicator: str, reason: str, day: date) -> int:
    """Chooses an indicator from `day` on; the reason is required. Raises as `make`, and where it is chosen already."""
    with changes.change(place.database, place.actor, "agreement.choose", "agreement", place.key) as work:
        row = versions.seen(work, place, AgreementRow, "agreement")
        if row.until is not None and row.until < day:
            raise RefusedError(
                _("The agreement's period ran out on {day}").format(day=dates.short_day(row.until)),
                _("Give it a new period, or make a new agreement"),
            )
        lines = _lines(work, place.key)
        if any(one.indicator == indicator and one.end_reason is None and not _over(one, day) for one in lines):
            raise RefusedError(_("That indicator is chosen already"))
        _choose(work, place.key, lines[-1].position + 1 if lines else 0, indicator, reason, day)
        return row.row_version


def remove(place: Place, indicator: str, end_reason: str, day: date) -> int:
    """Takes an indicator out: the day before `day` is its last (its first, where it was chosen on that very day).

    It stays in the agreement with its scores and both reasons. Raises RefusedError where no reason is given.
    """
    reason = _reason(end_reason, _("Write why the indicator is taken out"))
    with changes.change(place.database, place.actor, "agreement.remove", "agreement", place.key) as work:
        row = versions.seen(work, place, AgreementRow, "agreement")
        line = _running(work, place.key, indicator, day)
        line.until, line.end_reason = max(line.from_, day - timedelta(days=1)), reason
        return row.row_version


def reword(place: Place, indicator: str, reason: str, day: date) -> int:
    """Changes the reason of an indicator that is chosen; the history keeps the one before."""
    kept = _reason(reason, _("Write why the indicator is chosen"))
    with changes.change(place.database, place.actor, "agreement.reword", "agreement", place.key) as work:
        row = versions.seen(work, place, AgreementRow, "agreement")
        _running(work, place.key, indicator, day).reason = kept
        return row.row_version


def renew(place: Place, day: date) -> str:
    """Makes a new agreement from `day` on with the indicators that are chosen then, each with its reason; the old one
    ends the day before, where it has not ended already. Returns the new key. Raises as `change_period`."""
    key = new_key()
    with changes.change(place.database, place.actor, "agreement.renew", "agreement", key) as work:
        row = versions.seen(work, place, AgreementRow, "agreement")
        if row.from_ >= day:
            raise RefusedError(_("The agreement began today"), _("Change its period instead"))
        last = day - timedelta(days=1)
        row.until = last if row.until is None else min(row.until, last)
        work.add(AgreementRow(key=key, citizen=row.citizen, from_=day, every_weeks=row.every_weeks))
        work.flush()
        running = [one for one in _lines(work, place.key) if one.end_reason is None and not _over(one, row.until)]
        for position, one in enumerate(running):
            _choose(work, key, position, one.indicator, one.reason, day)
    return key


def _over(line: AgreementIndicatorRow, day: date) -> bool:
    return line.until is not None and line.until < day


def _check_period(key: str, citizen: str, from_: date, until: date | None, every_weeks: int | None) -> None:
    if until is not None and until < from_:
        raise RefusedError(_("The period ends before it begins"), _("Correct one of the two days"))
    versions.fit(records.Agreement(key=key, citizen=citizen, from_=from_, until=until, every_weeks=every_weeks))


def _lines(work: Work, agreement: str) -> list[AgreementIndicatorRow]:
    wanted = select(AgreementIndicatorRow).where(AgreementIndicatorRow.agreement == agreement)
    return list(work.exec(wanted.order_by(col(AgreementIndicatorRow.position))).all())


def _running(work: Work, agreement: str, indicator: str, day: date) -> AgreementIndicatorRow:
    for line in _lines(work, agreement):
        if line.indicator == indicator and line.end_reason is None and not _over(line, day):
            return line
    raise RefusedError(_("That indicator is not chosen in the agreement"))


def _choose(work: Work, agreement: str, position: int, indicator: str, reason: str, day: date) -> None:
    kept = _reason(reason, _("Write why the indicator is chosen"))
    if not session_parts.known_versions(work, indicator):
        raise RefusedError(_("There is no indicator {key}").format(key=indicator))
    work.add(AgreementIndicatorRow(agreement=agreement, position=position, indicator=indicator, reason=kept, from_=day))


def _reason(text: str, hint: str) -> str:
    kept = texts.typed(text).strip()
    if not kept:
        raise RefusedError(_("A reason is missing; nothing has changed"), hint)
    return kept
