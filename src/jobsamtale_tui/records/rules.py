"""The rules for values of the exchange format: what may stand in a text, a key, a day, a number."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar, dataclass_transform

from jobsamtale_tui import limits, texts
from jobsamtale_tui.i18n import _

_SIGNS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ0-9._-"
"""Of a key: Latin letters with their marks (æøå too), digits and - _ . Written so that every reader of a JSON Schema
means the same by it."""

_KEY = re.compile(f"[{_SIGNS}]{{1,64}}")

_LANGUAGE = re.compile(r"[a-z]{2,3}")

_MOST = 1000

_CPR = re.compile(r"[0-9]{6}-[0-9]{4}")

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

_CLOCK = "T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"

_OFFSET = "(Z|[+-][0-9]{2}:?[0-9]{2})"


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule for a text or a number: `check` returns the value to keep or raises ValueError with a sentence."""

    check: Callable[[Any], Any]
    schema: Mapping[str, Any]
    """What the published JSON Schema says of it."""
    written: str | None = None
    """A regular expression for how a day or a time is written, None for other values."""


def _text(value: str) -> str:
    if value.isprintable():  # most texts are: no control character, no surrogate
        return value if value.isascii() else texts.normal(value)
    found = texts.forbidden(value)
    if found:
        raise ValueError(_("the character {character} may not stand in a text").format(character=found))
    return texts.normal(value)


def _filled(value: str) -> str:
    value = _text(value)
    if not value.strip():
        raise ValueError(_("this may not be blank"))
    return value


def _key(value: str) -> str:
    value = value if value.isascii() else texts.normal(value)
    if not _KEY.fullmatch(value):
        raise ValueError(_("a key is 1 to 64 letters, digits and - _ ."))
    return value


def _cpr(value: str) -> str:
    if not _CPR.fullmatch(value):
        raise ValueError(_("a CPR number is written DDMMYY-NNNN"))
    return value


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(_("a time needs an offset, for instance Z or +01:00"))
    in_utc = value.astimezone(UTC) if 1 < value.year < 9999 else value
    if not 1900 <= in_utc.year <= 9998:
        raise ValueError(_("the year must lie between 1900 and 9998"))
    return in_utc.replace(microsecond=0)


def _kept(value: date) -> date:
    return value


def between(low: int, high: int) -> Rule:
    """Make the rule of a number from `low` to `high`, both included."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(_("the number must lie between {low} and {high}").format(low=low, high=high))
        return value

    return Rule(check, {"minimum": low, "maximum": high})


def _above_zero(value: float) -> float:
    if not 0 < value <= _MOST:
        raise ValueError(_("the number must be above 0"))
    return value


Text = Annotated[str, Rule(_text, {})]
"""Any text, kept with its line breaks; may be empty."""

Filled = Annotated[str, Rule(_filled, {"minLength": 1, "pattern": r"\S"})]
"""A text that may not be blank."""

Key = Annotated[str, Rule(_key, {"minLength": 1, "maxLength": 64, "pattern": f"^[{_SIGNS}]+$"})]
"""What names a record: never changed, unique per kind."""

Cpr = Annotated[str, Rule(_cpr, {"pattern": "^[0-9]{6}-[0-9]{4}$"})]

Day = Annotated[date, Rule(_kept, {"format": "date"}, f"^{_DAY}$")]
"""A day, written YYYY-MM-DD."""

Time = Annotated[
    datetime,
    Rule(
        _utc,
        {"format": "date-time", "pattern": f"^{_DAY}{_CLOCK}{_OFFSET}$"},
        f"^{_DAY}{_CLOCK}({_OFFSET})?$",
    ),
]
"""A time with an offset, kept in UTC to the second."""

Count = Annotated[int, between(1, 100_000)]

Place = Annotated[int, between(0, 100_000)]
"""Where something stands among its like; the lowest comes first."""

Minutes = Annotated[int, between(0, limits.SESSION_MINUTES)]

ScaleNumber = Annotated[int, between(-1000, 1000)]

Three = Annotated[int, between(1, 3)]

Percent = Annotated[int, between(0, 100)]

Positive = Annotated[int | float, Rule(_above_zero, {"exclusiveMinimum": 0, "maximum": _MOST})]

Share = Annotated[int | float, between(0, 1)]

Years = Annotated[int | float, between(0, 150)]

InterviewType = Annotated[int, between(1, 99)]
"""The national interview types: 7 jobsamtale, 8 henvisning, 9 informationsmøde, 10 CV, 11 formidling, 12 anden,
13 information without duty, 15 rådighed, 17 with a-kasse, 19 joint for dagpenge."""

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a frozen dataclass of `cls` whose fields are all named when it is made."""
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


def in_order(start: date, until: date | None) -> None:
    """Raise ValueError where `until` lies before `start`."""
    if until is not None and until < start:
        raise ValueError(_("until {until} is before from {start}").format(until=until, start=start))


def other_languages(other: Mapping[str, str] | None) -> None:
    """Raise ValueError where a key is no code of a language (ISO 639), or is Danish or English."""
    for language in other or {}:
        if not _LANGUAGE.fullmatch(language) or language in ("da", "en"):
            said = _("{language} is not another language: two or three small letters (ISO 639), not da or en")
            raise ValueError(said.format(language=language))
