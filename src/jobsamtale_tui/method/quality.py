"""A look back on a session: six aspects of its quality on three levels, and how it was shared between three roles."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from jobsamtale_tui.records import Balance, Quality, Words

ASPECTS = tuple(field.name for field in fields(Quality))
ROLES = tuple(field.name for field in fields(Balance))
LEVELS = 3
STEP = 5
"""Per cent by which a role gets a larger or a smaller share."""
_THIRDS = (35, 35, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A side of a session's quality, with the words for each level, the poorest first."""

    key: str
    name: Words
    levels: tuple[Words, Words, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role of the caseworker's, and what it is about."""

    key: str
    name: Words
    how: Words


def shared(shares: Sequence[int] | None, role: int, percent: int) -> tuple[int, ...]:
    """The shares (per cent, whose sum is 100) once `role` has `percent`: what it gains the roles after it give up, in
    turn, and what it loses the next one gets. None stands for a third each."""
    found = list(shares or _THIRDS)
    gain = max(0, min(100, percent)) - found[role]
    found[role] += gain
    for after in range(1, len(found)):
        other = (role + after) % len(found)
        given = min(gain, found[other])
        found[other] -= given
        gain -= given
    return tuple(found)
