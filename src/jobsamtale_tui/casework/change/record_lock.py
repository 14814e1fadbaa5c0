"""Records other than sessions: changed only by who has seen how they stand, and only into what the format allows."""

from typing import Any, NoReturn, TypeVar

from sqlmodel import Session as Work
from sqlmodel import col, select

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema.tables import HistoryRow, Row

R = TypeVar("R", bound=Row)
T = TypeVar("T", bound=records.Record)


def seen(work: Work, place: ChangeContext, row: type[R], kind: str) -> R:
    """The row of the record to change, one version on.

    Raises NotFoundError where it is gone, ChangedByOtherError (who, when) where it is not the version that was seen.
    """
    found: Any = work.get(row, place.key)
    if found is None:
        raise NotFoundError(_("It is no longer there"))
    if place.since is not None:
        conflicts.load_others(work, place, kind)
    elif found.row_version != place.seen:
        refuse(work, kind, place.key)
    found.row_version += 1
    return found  # type: ignore[no-any-return]


def refuse(work: Work, kind: str, key: str) -> NoReturn:
    """Raises ChangedByOtherError with who changed the record last, and when."""
    latest = select(HistoryRow).where(HistoryRow.subject_kind == kind, HistoryRow.subject == key)
    entry = work.exec(latest.order_by(col(HistoryRow.id).desc()).limit(1)).first()
    hint = _("What you typed is kept; look, then save again")
    if entry is None:
        raise ChangedByOtherError(_("Somebody else has changed it"), hint)
    sentence = _("{who} changed it at {time}")
    raise ChangedByOtherError(sentence.format(who=entry.by or entry.login, time=dates.short_time(entry.at)), hint)


def fit(record: T) -> T:
    """The record as the exchange format would read it; raises RefusedError with what the format does not allow."""
    try:
        return exchange_format.read_document(records.as_document(record))  # type: ignore[return-value]
    except exchange_format.LineRefusedError as error:
        raise RefusedError("; ".join(error.sentences)) from None
