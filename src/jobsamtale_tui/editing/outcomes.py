"""What comes of edits and questions: plain values that the writer thread posts, and the app takes on its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jobsamtale_tui.errors import JobsamtaleError, StoreError

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Resolution
    from jobsamtale_tui.editing.pending import PendingEdit
    from jobsamtale_tui.method.session_edits import OpenSession
    from jobsamtale_tui.records import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A change is durable on disk; `opened` is the session as it stands now, where it was a session's."""

    at: datetime
    opened: "OpenSession | None" = None
    entry: int | None = None
    """The newest entry of the history that `opened` shows."""
    edit: "PendingEdit | None" = None
    """The edit that was made, where it was one."""
    result: Any = None
    """What undo did, or what the job of a change returned."""

    @property
    def session(self) -> "Session | None":
        """The record as it stands now."""
        return self.opened.session if self.opened else None


@dataclass(frozen=True, slots=True)
class RecordSaved:
    """What came of a change of a record other than a session: `what` names who asked for it."""

    what: str
    result: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaved:
    """A change was not saved. An edit that `waits` is made once the database takes changes again; what else was typed
    is still the screen's, and kept on disk."""

    error: JobsamtaleError
    key: str = ""
    """The session's, where it was one's."""
    opened: "OpenSession | None" = None
    entry: int | None = None
    edit: "PendingEdit | None" = None
    field: str | None = None
    """Where it was typed: a field of the session, or what names a form."""
    text: str | None = None
    what: str = ""
    """The change in words, where it does not come back by itself as a text does."""
    since: int | None = None
    """The newest entry of the history when what was changed was seen."""
    again: "Callable[[Resolution], None] | None" = None
    """Makes the change once somebody has said what is to stand."""
    waits: bool = False
    counts: int = 1
    """Whether a change is answered (1) or a question (0)."""

    @property
    def session(self) -> "Session | None":
        """The record as it stands."""
        return self.opened.session if self.opened else None


@dataclass(frozen=True, slots=True)
class BackgroundResult:
    """A question that was asked in the background has its answer: `what` says which question."""

    what: str
    result: Any


@dataclass(frozen=True, slots=True)
class DraftStatus:
    """How keeping goes: `error` says what is wrong (None: the database takes texts again), `again` when to retry."""

    error: StoreError | None
    again: float = 0.0
    tell: bool = True


Outcome = Saved | NotSaved | BackgroundResult | DraftStatus
