"""What can go wrong, said in a finished sentence, with what to do next and the exit code of a command.

The exit codes are those of the command line's contract: 1 refused or failed, 2 wrong usage, 3 not found,
4 database locked, newer than the program, unreachable or readable by others.
"""


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


class ChangedByOtherError(RefusedError):
    """Somebody else changed the record since it was read: nothing was written, what was typed is still the caller's."""


class UsageError(JobsamtaleError):
    """The command, option or setting was used in a way that cannot work."""

    exit_code = 2


class NotFoundError(JobsamtaleError):
    """What was named does not exist."""

    exit_code = 3


class StoreError(JobsamtaleError):
    """The database cannot be used as it is: locked, newer, unreachable, read-only or readable by others."""

    exit_code = 4
