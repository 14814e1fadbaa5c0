"""What scores are measured by: the newest scale of an indicator, and the change on it that is more than chance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from jobsamtale_tui.method import scales
from jobsamtale_tui.records import Indicator

ASSUMED_SD = 2.0
"""Local assumption: the standard deviation of scores, in levels on a scale from 1 to 10."""
ASSUMED_RELIABILITY = 0.8
"""Local assumption: how well two readings of the same thing agree (r, 0 to 1)."""
ASSUMED_RANGE = 9
LEAST_LEVELS = 2
"""By the default one level is never real: the same feeling can fall on either side of the border between two."""
_CONFIDENCE_95 = 1.96
_ROUNDING = 1e-9

Versions = Mapping[int, Indicator]
"""The versions of one indicator by their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From how many levels on the newest scale a change is real, and what that rests on.

    `sd` is in levels of that scale; SD and `reliability` are None where a threshold was given by itself. `local`
    says that it came with the indicator rather than from the default. All of it is assumed, not measured.
    """

    levels: float
    sd: float | None
    reliability: float | None
    source: str | None = None
    local: bool = False


def reliable_change(sd: float = ASSUMED_SD, reliability: float = ASSUMED_RELIABILITY) -> float:
    """The change beyond which chance is no likely cause (95 %), in the unit of `sd`: 1.96 · SD · √2 · √(1−r).

    SD 2 and r 0.8 give 2.48 levels on a scale from 1 to 10: three levels are real, two are not. Both figures
    are local assumptions, not measured on this citizen or place. Source: Jacobson & Truax 1991.
    """
    return _CONFIDENCE_95 * standard_error(sd, reliability)


def standard_error(sd: float, reliability: float) -> float:
    """The standard error of the difference between two readings: SD · √2 · √(1−r)."""
    return sd * math.sqrt(2) * math.sqrt(1 - reliability)


def index(first: float, last: float, sd: float, reliability: float) -> float:
    """The reliable change index (x₂−x₁)/(SD·√2·√(1−r)), real beyond ±1.96. ValueError where r is 1 or SD is 0.

    Source: Jacobson & Truax, Journal of Consulting and Clinical Psychology 59 (1991), 12-19.
    """
    error = standard_error(sd, reliability)
    if error == 0:
        raise ValueError("readings without error have no index")
    return (last - first) / error


def threshold(version: Indicator | None, low: int, high: int) -> Threshold:
    """From which change on the scale `low` to `high` is real: what the indicator's version says, else the default.

    SD and reliability give the smallest whole number of levels beyond `reliable_change`: people answer in whole
    levels, and converted scores that lie between two are not believed to be finer than that. The default is SD 2
    and r 0.8 on a scale from 1 to 10, three levels; the SD of another scale is the same share of its range, so
    that two of five levels are real, and three from 0 to 10; one level alone is real on no scale.
    """
    given = version.reliable_change if version is not None else None
    if given is None:
        sd = ASSUMED_SD * (high - low) / ASSUMED_RANGE
        levels = max(LEAST_LEVELS, _beyond(reliable_change(sd, ASSUMED_RELIABILITY)))
        return Threshold(levels=levels, sd=sd, reliability=ASSUMED_RELIABILITY)
    if given.threshold is not None or given.sd is None or given.reliability is None:
        return Threshold(levels=given.threshold or 0, sd=None, reliability=None, source=given.source, local=True)
    levels = _beyond(reliable_change(given.sd, given.reliability))
    return Threshold(levels=levels, sd=given.sd, reliability=given.reliability, source=given.source, local=True)


def _beyond(limit: float) -> float:
    return float(math.floor(limit + _ROUNDING) + 1)


def real(change: float, limit: Threshold) -> bool:
    """Whether a change in levels, up or down, is more than chance would give."""
    return abs(change) >= limit.levels - _ROUNDING


def on_newest(value: int, version: int, newest: int, versions: Versions) -> tuple[float, bool] | None:
    """A score of `version` on the scale of `newest`, and whether a mapping that somebody gave was used.

    A mapping from the version itself is used, or mappings that lead from it to the newest step by step. Without one,
    and where one has nothing for the score, it stands at the same share of the range. None where one of the two
    versions is not known.
    """
    old, new = versions.get(version), versions.get(newest)
    if old is None or new is None:
        return None
    if version == newest:
        return float(value), False
    mapped = _mapped(value, version, new, versions)
    if mapped is not None:
        return mapped, True
    return scales.converted(value, old.scale, new.scale, None), False


def _mapped(value: int, version: int, new: Indicator, versions: Versions) -> float | None:
    given = new.converts
    between = versions.get(given.from_) if given is not None else None
    if given is None or between is None or given.from_ < version:
        return None
    there: float | None = float(value) if given.from_ == version else _mapped(value, version, between, versions)
    if there is None:
        return None
    if given.levels is None:
        share = (there - between.scale.min) / (between.scale.max - between.scale.min)
        return new.scale.min + share * (new.scale.max - new.scale.min)
    mapped = given.levels.get(str(int(there))) if there.is_integer() else None
    return None if mapped is None else float(mapped)
