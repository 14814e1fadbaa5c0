"""Indicators, their scales and versions, and the agreements that choose among them."""

from typing import ClassVar, Literal

from jobsamtale_tui.i18n import _
from jobsamtale_tui.records.rules import (
    Count,
    Day,
    Filled,
    Key,
    Place,
    Positive,
    ScaleNumber,
    Share,
    Text,
    Time,
    in_order,
    other_languages,
    record,
)

IndicatorStatus = Literal["draft", "active", "retired"]

Conversion = Literal["share", "levels"]


@record
class Words:
    """A short text in Danish and, where there is one, in English and in other languages."""

    da: Filled
    en: Filled | None = None
    other: dict[str, Filled] | None = None

    def __post_init__(self) -> None:
        other_languages(self.other)

    def say(self, language: str = "da") -> str:
        """The text in `language`, or in Danish where it has none."""
        return (self.en if language == "en" else (self.other or {}).get(language)) or self.da


@record
class Wording:
    """As `Words`, for a question or a level's text: it may still be empty."""

    da: Text
    en: Text | None = None
    other: dict[str, Text] | None = None

    def __post_init__(self) -> None:
        other_languages(self.other)

    def say(self, language: str = "da") -> str:
        """The text in `language`, or in Danish where it has none."""
        return (self.en if language == "en" else (self.other or {}).get(language)) or self.da


@record
class Stage:
    """A named stretch of levels."""

    from_: ScaleNumber
    to: ScaleNumber
    name: Words


@record
class Scale:
    """An indicator's range of 2 to 11 levels; each level may carry a text, stretches of them a name."""

    min: ScaleNumber
    max: ScaleNumber
    levels: dict[str, Wording] | None = None
    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.max - self.min <= 10:
            raise ValueError(_("a scale has 2 to 11 levels, and min is below max"))
        level, stage = _("level {level} is not on the scale"), _("stage {name} is not on the scale")
        found = [level.format(level=number) for number in self.levels or {} if number not in self._numbers]
        found += [
            stage.format(name=one.name.da) for one in self.stages if not self.min <= one.from_ <= one.to <= self.max
        ]
        if found:
            expected = _("it goes from {min} to {max}").format(min=self.min, max=self.max)
            raise ValueError("; ".join([*found, expected]))

    @property
    def _numbers(self) -> set[str]:
        return {str(number) for number in range(self.min, self.max + 1)}


@record
class ReliableChange:
    """From which change on a rise or a fall is real: a threshold in levels, or SD and reliability that give one.

    Local assumptions, never measured on the citizen; a threshold that is given counts before SD and reliability.
    """

    threshold: Positive | None = None
    sd: Positive | None = None
    reliability: Share | None = None
    source: Text | None = None

    def __post_init__(self) -> None:
        if self.threshold is None and (self.sd is None or self.reliability is None):
            raise ValueError(_("give a threshold, or both sd and reliability"))


@record
class Converts:
    """How scores of an earlier version are drawn on this one: by share of the range, or level by level."""

    from_: Count
    by: Conversion
    levels: dict[str, ScaleNumber] | None = None

    def __post_init__(self) -> None:
        if (self.by == "levels") != bool(self.levels):
            raise ValueError(_("levels are given where by is levels, and only there"))


@record
class Indicator:
    """A point of development that is scored again and again; a version of it."""

    kind: ClassVar = "indicator"
    key: Key
    version: Count
    name: Words
    question: Wording
    area: Text | None = None
    scale: Scale
    from_: Day | None = None
    until: Day | None = None
    status: IndicatorStatus
    order: Place | None = None
    reason: Text | None = None
    reliable_change: ReliableChange | None = None
    converts: Converts | None = None

    def __post_init__(self) -> None:
        if self.from_ is not None:
            in_order(self.from_, self.until)
        if self.converts is not None:
            self._check(self.converts)

    def _check(self, converts: Converts) -> None:
        found = []
        if converts.from_ >= self.version:
            found.append(_("converts.from must be an earlier version than {version}").format(version=self.version))
        low, high = self.scale.min, self.scale.max
        for number, level in (converts.levels or {}).items():
            if not low <= level <= high:
                said = _("converts.levels.{number}: {level} is not on the scale, which goes from {min} to {max}")
                found.append(said.format(number=number, level=level, min=low, max=high))
        if found:
            raise ValueError("; ".join(found))


@record
class ChosenIndicator:
    """An indicator of an agreement and why it was chosen; its own period within the agreement's."""

    indicator: Key
    reason: Filled
    from_: Day
    until: Day | None = None
    end_reason: Text | None = None

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)


@record
class AgreementChange:
    """A change of an agreement: when, by whom, what was changed (a sentence that the program makes), and why."""

    at: Time
    by: Key | None = None
    what: Filled
    reason: Filled


@record
class Agreement:
    """How often, over what period, on which indicators, and why those."""

    kind: ClassVar = "agreement"
    key: Key
    citizen: Key
    from_: Day
    until: Day | None = None
    every_weeks: Count | None = None
    indicators: tuple[ChosenIndicator, ...]
    changes: tuple[AgreementChange, ...] = ()

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)
