"""What a change is made with: who makes it, in which record as which version, and how a conflict was answered."""

from dataclasses import dataclass, field
from typing import Any

from jobsamtale_tui.store.sqlite.database import Database


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: the acting caseworker's key where it is known, and always the login name."""

    user: str | None
    login: str


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What undo or redo did: the action it concerned and each row's values before and now."""

    action: str
    details: tuple[tuple[str, dict[str, Any] | None, dict[str, Any] | None], ...]
    version: int
    back: bool
    """True where it was undone, False where it was made again."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What somebody who saw a clash wants: their own text instead of what stands, or after it (`after`).

    It holds for what others had changed up to the entry `upto` of the history. Of a change of many records, those in
    `leave` stay as others made them.
    """

    upto: int
    after: bool = False
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContext:
    """A record to change: where it is kept, who changes it, its key and the version that was seen.

    With `since`, the newest entry of the history when it was seen, changes of others to something else do not matter;
    `own` are the entries since then that are one's own, `answer` what was chosen where both changed the same.
    """

    database: Database
    actor: Actor
    key: str
    seen: int
    since: int | None = None
    own: set[int | None] = field(default_factory=set)
    answer: Resolution | None = None
    edit: str | None = None
    """What names the edit wherever it goes; the history keeps it. Before the dash stands whose app it was made in."""
