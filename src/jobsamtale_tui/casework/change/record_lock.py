"""Records are changed only by who has seen how they stand."""

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import Row
    from jobsamtale_tui.store.writing.transaction import Rows, Transaction

R = TypeVar("R", bound="Row")


def seen(work: "Transaction", place: ChangeContext, rows: "Rows[R]") -> R:
    """The row of the record to change, one version on. Raises as `looked_up`."""
    found: Any = looked_up(work, place, rows)[0]
    found.row_version += 1
    return found  # type: ignore[no-any-return]


def looked_up(
    work: "Transaction", place: ChangeContext, rows: "Rows[R]", stale: str | None = None
) -> tuple[R, conflicts.Others | None]:
    """The row of the record to change, and what others have done to the record since, where that is asked (`since`).

    Raises NotFoundError where it is gone, ChangedByOtherError (`stale`, else who and when) where it is not the version
    that was seen.
    """
    found: Any = rows.get(place.key)
    if found is None:
        session = _("There is no session {key}").format(key=place.key)
        raise NotFoundError(session if rows.table == "session" else _("It is no longer there"))
    if place.since is not None:
        return found, conflicts.load_others(work, place, rows.table)
    if found.row_version != place.seen:
        refuse(work, rows.table, place.key, stale)
    return found, None


def refuse(work: "Transaction", kind: str, key: str, stale: str | None = None) -> NoReturn:
    """Raises ChangedByOtherError with `stale`, else with who changed the record last, and when."""
    entry = None if stale else history.latest(work.driver, kind, key)
    session = kind == "session"
    if entry is not None:
        sentence = _("{who} changed the session at {time}") if session else _("{who} changed it at {time}")
        stale = sentence.format(who=entry.by or entry.login, time=dates.short_time(entry.at))
    unknown = _("The session has been changed by somebody else") if session else _("Somebody else has changed it")
    raise ChangedByOtherError(stale or unknown, _("What you typed is kept; look, then save again"))


def touch(work: "Transaction", rows: "Rows[Any]", key: str) -> int:
    """The row's next version after undo or redo; 0 where it is gone."""
    found = rows.get(key)
    if found is None or work.is_deleted(found):
        return 0
    found.row_version = (found.row_version or 0) + 1
    return int(found.row_version)
