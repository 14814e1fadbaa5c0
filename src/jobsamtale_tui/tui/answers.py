"""What saver and keeper have to say: messages to the app, whatever thread they come from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

from jobsamtale_tui import records
from jobsamtale_tui.errors import JobsamtaleError, StoreError

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Resolution


class Saved(Message):
    """A change is durable on disk; `session` is the record as it stands now."""

    def __init__(self, session: records.Session | None, at: datetime, result: Any, entry: int | None = None) -> None:
        super().__init__()
        self.session = session
        self.entry = entry
        """The newest entry of the history that `session` shows."""
        self.at = at
        self.result = result
        self.counts = 1


@dataclass(frozen=True, slots=True)
class RecordSaved:
    """What came of a change of a record other than a session: `what` names who asked for it."""

    what: str
    result: Any


class NotSaved(Message):
    """A change was not saved; what was typed is still the screen's."""

    def __init__(
        self,
        error: JobsamtaleError,
        session: records.Session | None,
        field: str | None,
        text: str | None,
        *,
        key: str = "",
        number: int = 0,
        counts: int = 1,
        entry: int | None = None,
        again: "Callable[[Resolution], None] | None" = None,
        since: int | None = None,
        what: str = "",
        behind: bool = False,
    ) -> None:
        super().__init__()
        self.error = error
        self.session = session
        self.field = field
        self.text = text
        self.key = key
        self.number = number
        """How many changes of the session `key` have been refused so far."""
        self.counts = counts
        """Whether a change is answered (1) or a question (0)."""
        self.entry = entry
        self.again = again
        """Makes the change once somebody has said what is to stand."""
        self.since = since
        """The newest entry of the history when what was changed was seen."""
        self.what = what
        """The change in words, where it does not come back by itself as a text does."""
        self.behind = behind
        """Whether it was refused because one before it was, and for nothing else."""


class BackgroundResult(Message):
    """Something that was asked for in the background has come: `what` says to which question."""

    def __init__(self, what: str, result: Any) -> None:
        super().__init__()
        self.what = what
        self.result = result


class DraftStatus(Message):
    """How keeping goes: `error` says what is wrong (None: the database takes texts again), `again` when to retry."""

    def __init__(self, error: StoreError | None, again: float = 0.0, *, tell: bool = True) -> None:
        super().__init__()
        self.error = error
        self.again = again
        self.tell = tell
