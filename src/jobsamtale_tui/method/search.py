"""Extent, direction and quality of a citizen's search, as her Joblog shows them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobsamtale_tui import texts
from jobsamtale_tui.method.positions import Table, families_of
from jobsamtale_tui.records import Application

MONTH_DAYS = 28
RECENT_DAYS = 90
"""What is told of direction and quality goes back this far."""
_WEEK = 7

Counts = tuple[tuple[str, int], ...]
"""Words as they were first written and how often, the most frequent first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What the Joblog says up to a day. `month` and `month_before` count the last 28 days and the 28 before them;
    the rest is of the last 90 days. `industries` are the families of the positions (Danish, English)."""

    month: int
    month_before: int
    since_last: int | None
    recent: int
    positions: Counts
    channels: Counts
    answers: Counts
    unanswered: int
    industries: tuple[tuple[str, str, int], ...]
    latest: date | None

    @property
    def per_week(self) -> float:
        """Applications a week over the last 28 days."""
        return self.month / (MONTH_DAYS / _WEEK)


def search(
    applications: Sequence[Application], on: date, last_session: date | None, latest: date | None, table: Table
) -> Search:
    """What `applications` (of the last 90 days) say on the day `on`; `latest` is when she last applied at all."""
    recent = [one for one in applications if within(one.on, on, RECENT_DAYS)]
    families = [family for one in recent for family in families_of(one.position, table)]
    counted = Counter(family.key for family in families)
    names = {family.key: family.name for family in families}
    return Search(
        month=sum(within(one.on, on, MONTH_DAYS) for one in recent),
        month_before=sum(within(one.on, on - timedelta(days=MONTH_DAYS), MONTH_DAYS) for one in recent),
        since_last=sum(one.on >= last_session for one in recent) if last_session else None,
        recent=len(recent),
        positions=counts(one.position for one in recent),
        channels=counts(one.channel for one in recent),
        answers=counts(one.result for one in recent),
        unanswered=sum(not (one.result or "").strip() for one in recent),
        industries=tuple((names[key].da, names[key].say("en"), count) for key, count in _ordered(counted)),
        latest=latest,
    )


def within(day: date, on: date, days: int) -> bool:
    """Whether `day` is one of the last `days` days up to `on`."""
    return on - timedelta(days=days) < day <= on


def counts(words: Iterable[str | None]) -> Counts:
    """How often each text stands there, whatever its capital letters; blank ones are none."""
    written = [word.strip() for word in words if word and word.strip()]
    first: dict[str, str] = {}
    for word in written:
        first.setdefault(texts.folded(word), word)
    return tuple((first[key], count) for key, count in _ordered(Counter(map(texts.folded, written))))


def _ordered(counted: "Counter[str]") -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], texts.sort_key(one[0])))
