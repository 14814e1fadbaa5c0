"""A scale, its levels and stages, and which version of an indicator counts on a day."""

from collections.abc import Iterable
from datetime import date

from jobsamtale_tui.records import Converts, Indicator, Scale, Stage


def levels(scale: Scale) -> range:
    """The numbers of the scale, the lowest first, both ends included."""
    return range(scale.min, scale.max + 1)


def share(value: int, low: int, high: int) -> float:
    """Where `value` stands between `low` and `high`: 0.0 at the lowest level, 1.0 at the highest.

    ValueError where `low` is not below `high`, or `value` lies outside them.
    """
    if not low <= value <= high or low == high:
        raise ValueError(f"{value} does not lie on a scale from {low} to {high}")
    return (value - low) / (high - low)


def converted(value: int, old: Scale, new: Scale, converts: Converts | None) -> float:
    """The number on `new` that stands for `value` on the scale `old`: level by level where a mapping has it,
    otherwise (`by` is share, or nothing is given) at the same share of the range.

    ValueError where `value` does not lie on `old`.
    """
    at = share(value, old.min, old.max)
    mapped = converts.levels.get(str(value)) if converts is not None and converts.levels is not None else None
    return new.min + at * (new.max - new.min) if mapped is None else float(mapped)


def unmapped(old: Scale, converts: Converts) -> list[str]:
    """The numbers of `old` that a mapping by levels leaves out, and those in it that are not on `old`."""
    if converts.levels is None:
        return []
    wanted = [str(number) for number in levels(old)]
    return [one for one in wanted if one not in converts.levels] + [one for one in converts.levels if one not in wanted]


def stage_of(scale: Scale, value: int) -> Stage | None:
    """The named stretch that `value` lies in: the first where they overlap, None where there is none."""
    return next((stage for stage in scale.stages if stage.from_ <= value <= stage.to), None)


def level_text(scale: Scale, value: int, language: str = "da") -> str | None:
    """What the level `value` says in `language` (else in Danish), None where the level has no text."""
    words = (scale.levels or {}).get(str(value))
    return words.say(language) if words else None


def around(scale: Scale, value: int) -> tuple[int | None, int, int | None]:
    """The level below `value`, `value` itself and the level above; None beyond either end of the scale."""
    on_scale = levels(scale)
    below, above = value - 1, value + 1
    return below if below in on_scale else None, value, above if above in on_scale else None


def in_force(versions: Iterable[Indicator], day: date) -> Indicator | None:
    """The version that a score takes on `day` when it names none; `versions` are those of one indicator.

    The newest active version in force that day (from and until, both included; a missing one is open), else
    the newest active version, else None. Retired versions and drafts count only when a score names them.
    Source: the exchange format of this program, the rule on a score's `version`.
    """
    active = [version for version in versions if version.status == "active"]
    on_day = [version for version in active if _covers(version, day)]
    return max(on_day or active, key=lambda version: version.version, default=None)


def _covers(version: Indicator, day: date) -> bool:
    begun = version.from_ is None or version.from_ <= day
    return begun and (version.until is None or day <= version.until)
