"""What differs between two wordings of an indicator, and whether a number still means what it did.

The rule is this program's own. The range, the question and the level texts are what a citizen answers to: another
range, another question or another level is another meaning, and asks for a version of its own. A correction of a
word (spelling, commas, capitals), a translation, a name, a stage's name leave the meaning as it was.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from jobsamtale_tui.records import Indicator, as_document

Effect = Literal["meaning", "wording", "none"]
NEAR = 0.7
"""Two words as like as this (2 · letters in common / letters of both) are one word and its correction."""
_WORD = re.compile(r"\w+")
_APART = frozenset({"kind", "key", "version", "status", "from", "until", "reason", "converts", "order"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field (`scale.levels.3.da`), what stood there and what stands there now (None: nothing), and its effect:
    `meaning`; `wording` of a question or level, which somebody has to judge; or `none`, as for a name."""

    path: str
    before: Any
    after: Any
    effect: Effect


def differences(old: Indicator, new: Indicator, *, all_fields: bool = False) -> list[Difference]:
    """What differs, in the order of the fields. What only says when and why a version counts is left out, unless
    `all_fields` asks for it."""
    before, after = as_document(old), as_document(new)
    names = [name for name in dict.fromkeys([*before, *after]) if all_fields or name not in _APART]
    found: list[Difference] = []
    for name in names:
        for path, was, now in _apart(name, before.get(name), after.get(name)):
            found.append(Difference(path, was, now, _effect(path, was, now)))
    return found


def effect(found: list[Difference]) -> Effect:
    """The gravest effect among the differences."""
    effects = {one.effect for one in found}
    return "meaning" if "meaning" in effects else "wording" if "wording" in effects else "none"


def _apart(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if before == after:
        return
    if isinstance(before, dict) or isinstance(after, dict):
        was = before if isinstance(before, dict) else {}
        now = after if isinstance(after, dict) else {}
        for name in sorted({*was, *now}, key=_numbers_in_order):
            yield from _apart(f"{path}.{name}", was.get(name), now.get(name))
    else:
        yield path, before, after


def _numbers_in_order(name: str) -> tuple[int, str]:
    return (int(name), "") if re.fullmatch(r"-?\d+", name) else (0, name)


def _effect(path: str, before: Any, after: Any) -> Effect:
    if path in ("scale.min", "scale.max"):
        return "meaning"
    if not path.startswith(("question.", "scale.levels.")):
        return "none"
    if not path.endswith(".da"):
        return "none" if not before else "wording"
    return "wording" if corrected(before or "", after or "") else "meaning"


def corrected(before: str, after: str) -> bool:
    """Whether `after` is `before` with its spelling, commas and capitals put right: as many words, each much alike."""
    was, now = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    return len(was) == len(now) and all(
        one == other or difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR
        for one, other in zip(was, now, strict=True)
    )
