"""What was typed in one place twice, in two apps or before a crash and after it: nothing of either is dropped."""

from collections.abc import Mapping
from typing import Any

ENTRIES = frozenset({"agenda-new", "step-what", "participant"})
"""Lines of which each text becomes a thing of its own: two that were refused are two. Elsewhere the last one counts."""
ALSO = "also "
"""Stands before the names of lines of a form in which something else was typed as well; once more for each further."""
SEEN = "seen"
"""Stands among the refused texts of a session: the newest entry of the history when the first was typed over it."""


def split(kept: Mapping[str, Any]) -> tuple[dict[str, list[str]], int | None]:
    """The refused texts by field, and what had been seen, where that is known."""
    seen: list[int] = []
    texts: dict[str, list[str]] = {}
    for name, text in kept.items():
        there = [text] if isinstance(text, str) else list(text)
        if name.rpartition(ALSO)[2] == SEEN:
            seen += [int(one) for one in there if one.isascii() and one.isdigit()]
        else:
            texts[name] = there
    return texts, min(seen, default=None)


def added(field: str, there: list[str], text: str) -> list[str]:
    """The refused texts of a field with another one; where one text counts alone, both in one."""
    if text in there:
        return there
    if field in ENTRIES or text[:1] in ("[", "{") or not there:
        return [*there, text]
    if text in there[-1]:
        return there
    return [text if there[-1] in text else f"{there[-1]}\n{text}"]


def merge(there: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """What is typed in a form, and what was typed in it elsewhere."""
    also = ALSO
    while any(name.startswith(also) for name in (*there, *more)):
        also += ALSO
    found = dict(there)
    for name, text in more.items():
        here = found.get(name)
        if not here:
            found[name] = text
        elif isinstance(here, list) or isinstance(text, list):
            found[name] = [here] if isinstance(here, str) else list(here)
            for one in [text] if isinstance(text, str) else text:
                found[name] = added(name, found[name], one)
        elif here != text:
            found[f"{also}{name}"] = text
    return found


def split_forms(typed: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines of a form as they were typed in each place: those that stand in it first."""
    found: dict[str, dict[str, str]] = {"": {}}
    for name, text in typed.items():
        line = name.rpartition(ALSO)[2]
        found.setdefault(name.removesuffix(line), {})[line] = text
    return [found[also] for also in sorted(found, key=len)]
