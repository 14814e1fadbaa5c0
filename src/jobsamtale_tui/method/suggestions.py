"""Which indicators the barriers noted and the last job goals speak for, and which of them say so.

A suggestion is never a choice: the two who talk choose, and write why.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from jobsamtale_tui.method.goals import Words, vague_goal
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.records import JobGoal

Fact = Literal["barrier", "goal", "kind", "no_goal", "vague_goal", "goal_not_realistic"]
SAID_OF_GOALS = tuple(fact for fact in get_args(Fact) if fact not in ("barrier", "goal", "kind"))
"""What is said of the job goals as a whole, whatever words stand in them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What speaks for an indicator: words in a barrier, words in a job goal, or how the job goals stand."""

    indicator: str
    barriers: re.Pattern[str]
    goals: re.Pattern[str]
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Because:
    """A fact of the case that speaks for an indicator; `text` is the barrier or the goal as it is written."""

    fact: Fact
    text: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An indicator and all that speaks for it."""

    indicator: str
    because: tuple[Because, ...]


def suggest(
    rules: Iterable[Rule],
    barriers: Sequence[str],
    goals: Sequence[JobGoal],
    *,
    words: Words | None = None,
    taken: Collection[str] = (),
    kind: Kind | None = None,
) -> list[Suggestion]:
    """The indicators that something speaks for: those with most barriers first, then those that the session's `kind`
    brings, then most facts, then as `rules` go.

    `goals` are those in force, or the last ones; `words` are those that say nothing of a goal; `taken` are the
    indicators that are chosen already.
    """
    stands = _standing(goals, words)
    found: dict[str, list[Because]] = {}
    for rule in rules:
        if rule.indicator in taken:
            continue
        facts = found.setdefault(rule.indicator, [])
        speaking = [
            *(Because("barrier", one) for one in barriers if rule.barriers.search(one.casefold())),
            *(Because("goal", said(one)) for one in goals if rule.goals.search(said(one).casefold())),
            *(one for one in stands if one.fact in rule.when),
        ]
        facts += [one for one in speaking if one not in facts]
    for indicator in kind.indicators if kind else ():
        if kind and indicator not in taken:
            found.setdefault(indicator, []).append(Because("kind", kind.name.da))
    suggestions = [Suggestion(key, tuple(facts)) for key, facts in found.items() if facts]
    return sorted(suggestions, key=_weight, reverse=True)


def said(goal: JobGoal) -> str:
    """A job goal in a line, in the words it is written in."""
    return ", ".join(part for part in (goal.position, goal.function, goal.industry, goal.education) if part)


def _weight(suggestion: Suggestion) -> tuple[int, int, int]:
    facts = [one.fact for one in suggestion.because]
    return facts.count("barrier"), facts.count("kind"), len(facts)


def _standing(goals: Sequence[JobGoal], words: Words | None) -> list[Because]:
    if not goals:
        return [Because("no_goal")]
    vague = [Because("vague_goal", said(one)) for one in goals if words is not None and vague_goal(one, words)]
    doubtful = [Because("goal_not_realistic", said(one)) for one in goals if one.realistic in ("no", "partly")]
    return [*vague, *doubtful]
