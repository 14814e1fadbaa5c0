"""What a job goal has to name, and what an activity is for: whether the words say anything at all.

A goal names a position, a job function, an industry or an education; "a job" names none. "Nearer self-support" is no
purpose (both after the guide Jobfokus). The words come from outside (`casework.language` reads them from data). Danish
as it is written: inflected, run together, with small words between. A text says something as soon as one of its
words is not among those that say nothing; so what is not known is taken to be concrete.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import Activity, JobGoal

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_ENDINGS = frozenset(
    one + genitive
    for one in (
        *("", "e", "en", "et", "er", "ene", "erne", "r", "t", "te", "de", "ede", "ende", "ere", "est", "este"),
        *("else", "elsen", "elser", "ing", "ingen", "inger", "ning", "ningen", "ninger"),
    )
    for genitive in ("", "s")
)
_LONGEST_ENDING = max(map(len, _ENDINGS)) + 1
_LONGEST = 40
"""A longer word is nobody's way of saying nothing."""

Lack = Literal["missing", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """Words that say nothing, in small letters.

    `parts` (stems) may be inflected and run together with each other (job, fuldtid: fuldtidsjobbet), `words` (stems)
    may be inflected, `fillers` stand as they are; `concrete` say something after all.
    """

    parts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    concrete: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """What says nothing as a goal, and what as a purpose."""

    goal: Empty = field(default_factory=Empty)
    purpose: Empty = field(default_factory=Empty)


def says_nothing(text: str | None, words: Empty) -> bool:
    """Whether a text is blank, or none of its words says anything."""
    return all(_is_empty(found.group().casefold(), words) for found in _WORD.finditer(text or ""))


def _is_empty(word: str, words: Empty) -> bool:
    if len(word) > _LONGEST or word in words.concrete:
        return False
    return word in words.fillers or word.isdigit() or _inflected(word, words.words) or _composed(word, words.parts)


def _inflected(word: str, stems: frozenset[str]) -> bool:
    """Whether a word is one of the stems with an ending; the stem's last consonant may be doubled (job, jobbet)."""
    for end in range(max(1, len(word) - _LONGEST_ENDING), len(word) + 1):
        stem, ending = word[:end], word[end:]
        if stem in stems and (ending in _ENDINGS or (ending[0] == stem[-1] and ending[1:] in _ENDINGS)):
            return True
    return False


def _composed(word: str, parts: frozenset[str]) -> bool:
    """Whether a word is made of parts alone, each with an ending or the letter that joins it to the next."""
    reached = {0}
    for begin in range(len(word)):
        if begin in reached:
            reached.update(end for end in range(begin + 1, len(word) + 1) if _inflected(word[begin:end], parts))
    return len(word) in reached


def too_vague(text: str | None, words: Words) -> bool:
    """Whether a wish or a goal in words fits any job ("et fuldtidsjob", "ufaglært arbejde", "hvad som helst")."""
    return says_nothing(text, words.goal)


def vague_goal(goal: JobGoal, words: Words) -> bool:
    """Whether a goal names neither a position, a function, an industry nor an education."""
    return all(too_vague(text, words) for text in (goal.position, goal.function, goal.industry, goal.education))


def empty_purpose(text: str | None, words: Words) -> bool:
    """Whether a purpose says nothing of what it should give or why ("nærmere selvforsørgelse")."""
    return says_nothing(text, words.purpose)


def purpose_lacks(activity: Activity, words: Words) -> Lack | None:
    """What an activity's purpose lacks: `missing` where neither what she should get from it nor how it brings a job
    nearer is written, `empty` where one of them is and says nothing."""
    written = [text for text in (activity.outcome, activity.toward_job) if text and text.strip()]
    if not written:
        return "missing"
    return "empty" if any(empty_purpose(text, words) for text in written) else None


def why_vague() -> str:
    """A sentence on a goal that is too vague."""
    return _("The job goal fits any job, so it cannot be seen what the steps lead to.")


def less_vague() -> str:
    """What may be written instead."""
    return _("name a position, what she would do there, or an industry; an education is a goal too")


def why_empty() -> str:
    """A sentence on a purpose that is empty, and what may be written instead."""
    return _("This fits any activity. Write what she will be able to do, know or try afterwards, and for which job.")
