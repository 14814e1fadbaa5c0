"""What can go wrong, said in a finished sentence, with what to do next and the exit code of a command.

The exit codes are those of the command line's contract: 1 refused or failed, 2 wrong usage, 3 not found,
4 database locked, newer than the program, unreachable or readable by others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class JobsamtaleError(Exception):
    """An error that people can act on: `sentence` says what, `hint` what to do next (both without a final stop)."""

    exit_code = 1

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        """The one line of the command line: `SENTENCE. HINT.`."""
        parts = [self.sentence, self.hint] if self.hint else [self.sentence]
        return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


class RefusedError(JobsamtaleError):
    """The change or the data was refused; nothing was changed."""


class ImportRefusedError(RefusedError):
    """A file was refused as a whole: `lines` has a finished `FILE:LINE: SENTENCE` for every fault."""

    def __init__(self, sentence: str, lines: list[str], hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.lines = lines


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """What two people changed: the table, the line's name, the column ("": the line itself) and both values; `of` are
    the keys of the records in which they did."""

    table: str
    name: str
    column: str
    theirs: Any
    mine: Any
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides of a clash: who was first, when, and what. `upto` is their newest entry of the history."""

    who: str
    at: datetime
    upto: int
    pieces: tuple[FieldConflict, ...] = ()
    closed: tuple[str, ...] = ()
    """The keys of the sessions that they completed: those are locked."""
    rest: int = 0
    """How many other records the change is about, in which nobody else touched the same."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the records in which both changed the same."""
        return frozenset(key for piece in self.pieces for key in piece.of)


class ChangedByOtherError(RefusedError):
    """Somebody else changed the record since it was read: nothing was written, what was typed is still the caller's.

    `clash` has both sides where they can be shown.
    """

    def __init__(self, sentence: str, hint: str = "", clash: Conflict | None = None) -> None:
        super().__init__(sentence, hint)
        self.clash = clash


class UsageError(JobsamtaleError):
    """The command, option or setting was used in a way that cannot work."""

    exit_code = 2


class NotFoundError(JobsamtaleError):
    """What was named does not exist."""

    exit_code = 3


class StoreError(JobsamtaleError):
    """The database cannot be used as it is: locked, newer, unreachable, read-only or readable by others.

    `kind` names what can pass by itself: `locked`, `full`, `disk`, `read-only`, `gone`, `replaced`; "" for all else.
    """

    exit_code = 4

    def __init__(self, sentence: str, hint: str = "", kind: str = "") -> None:
        super().__init__(sentence, hint)
        self.kind = kind
