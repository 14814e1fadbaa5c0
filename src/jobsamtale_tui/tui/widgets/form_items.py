"""The lines that a form is made of: what may be typed in each, what it means, what stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from jobsamtale_tui import dates, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.look import labels

_TOO_LONG = 20
"""Digits of no number that is meant; Python reads none of some thousands."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the line `name`, in a sentence; with `warns` it is only worth a look.

    With `private` the sentence names somebody: it is hidden with all else that is a citizen's.
    """

    name: str
    sentence: str
    warns: bool = False
    private: bool = False


@dataclass(frozen=True)
class Item:
    """A line: its name, its label, what to say of it, and whether it has to be filled."""

    name: str
    label: str
    hint: str = field(default="", kw_only=True)
    needed: bool = field(default=False, kw_only=True)

    def write(self, value: Any) -> str:
        """A value as it stands in the line."""
        return "" if value is None else str(value)

    def read(self, typed: str) -> Any:
        """What is meant by what is typed; raises ValueError with a sentence."""
        return texts.typed(typed).strip() or None

    def aside(self, typed: str) -> str:  # noqa: ARG002
        """What stands beside the line."""
        return ""


@dataclass(frozen=True)
class Text(Item):
    """A text; `check` returns a sentence where it is wrong."""

    check: Callable[[str], str | None] | None = field(default=None, kw_only=True)
    hidden: Callable[[str], str] | None = field(default=None, kw_only=True)
    lines: int = field(default=1, kw_only=True)

    def read(self, typed: str) -> str | None:
        """The text without the white space around it."""
        text: str | None = super().read(typed)
        said = self.check(text) if text and self.check else None
        if said:
            raise ValueError(said)
        return text


@dataclass(frozen=True)
class Number(Item):
    """A whole number between `low` and `high`."""

    low: int = field(default=0, kw_only=True)
    high: int = field(default=1000, kw_only=True)

    def read(self, typed: str) -> int | None:
        """The number."""
        text = typed.strip()
        if not text:
            return None
        plain = text.isascii() and text.isdigit() and len(text) < _TOO_LONG
        if not plain or not self.low <= int(text) <= self.high:
            raise ValueError(_("Write a number from {low} to {high}").format(low=self.low, high=self.high))
        return int(text)


@dataclass(frozen=True)
class Day(Item):
    """A day. Without a year it is the next one; with `past` the latest one."""

    past: bool = field(default=False, kw_only=True)

    def write(self, value: Any) -> str:
        """`02.03.2026`."""
        return dates.short_day(value) if value else ""

    def read(self, typed: str) -> date | None:
        """The day."""
        if not typed.strip():
            return None
        day = dates.read_day(typed, near(past=self.past))
        if day is None:
            raise ValueError(_("That is no day; write for instance 1/6 or 1/6-26"))
        return day

    def aside(self, typed: str) -> str:
        """The day in full."""
        day = dates.read_day(typed, near(past=self.past))
        return labels.long_day(day) if day else ""


def near(*, past: bool) -> date:
    """The day from which a day without a year is looked for: today, for what is past a year back."""
    return dates.today() - timedelta(days=364) if past else dates.today()


@dataclass(frozen=True)
class Moment(Item):
    """A day and a time of day."""

    def write(self, value: Any) -> str:
        """`02.03.2026 14.05`."""
        return dates.short_time(value) if value else ""

    def read(self, typed: str) -> datetime | None:
        """The time, in UTC."""
        if not typed.strip():
            return None
        at = dates.read_time(typed, dates.today())
        if at is None:
            raise ValueError(_("That is no day and time; write for instance 1/6 10.30"))
        return at

    def aside(self, typed: str) -> str:
        """The time in full."""
        at = dates.read_time(typed, dates.today())
        return f"{labels.long_day(dates.local(at).date())} {dates.clock(at)}" if at else ""


@dataclass(frozen=True)
class Levels(Item):
    """Several numbers in a widget of its own, which `make` makes from its id and what is written; all or none."""

    count: int = field(default=0, kw_only=True)
    make: Callable[[str, str], Any] = field(kw_only=True)

    def write(self, value: Any) -> str:
        """`50,40,10`."""
        return ",".join(map(str, value)) if value else ""

    def read(self, typed: str) -> tuple[int, ...] | None:
        """The numbers."""
        given = [part for part in typed.split(",") if part]
        if not given:
            return None
        if len(given) < self.count:
            raise ValueError(_("Give all {count}, or none: backspace takes one out").format(count=self.count))
        return tuple(map(int, given))


@dataclass(frozen=True)
class Choice(Item):
    """One of `options`: pairs of key and words; the key "" is no choice."""

    options: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
