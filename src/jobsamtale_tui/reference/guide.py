"""The phases guide: actions, themes and cards with questions to ask, read from `data/guide`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources
from jobsamtale_tui.i18n import _
from jobsamtale_tui.reference import own_files

OTHERS = frozenset({"reflection.toml"})
"""Files of the folder that are read elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An action, a theme or a card: what it is called, how it is done in a sentence, advice, questions to ask."""

    key: str
    name: records.Words
    how: records.Words | None = None
    advice: tuple[records.Words, ...] = ()
    questions: tuple[records.Words, ...] = ()
    phase: int = 0
    """1 to 4 for an action, else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All of it, in the order of the files' names and of what stands in them."""

    actions: tuple[Card, ...]
    themes: tuple[Card, ...]
    cards: tuple[Card, ...]

    def actions_of(self, phase: int) -> tuple[Card, ...]:
        """The actions of a phase (1 to 4)."""
        return tuple(one for one in self.actions if one.phase == phase)


def guide() -> tuple[Guide, str | None]:
    """The guide in force, and a sentence where a municipality's own is broken: then the shipped one is used."""
    return own_files.own_or_shipped(read, own_files.FOLDER)


@cache
def read(folder: Path) -> Guide:
    """The guide in `folder`. Raises RefusedError, with the file's name, where one cannot be read."""
    found: dict[str, list[Card]] = {"action": [], "theme": [], "card": []}
    for path in sorted(one for one in folder.glob("*.toml") if one.name not in OTHERS):
        with own_files.refusing(path):
            content = resources.toml(path.read_text(encoding="utf-8"))
            for kind, tables in content.items():
                found[kind] += [_card(kind, table) for table in tables]
    return Guide(actions=tuple(found["action"]), themes=tuple(found["theme"]), cards=tuple(found["card"]))


def _card(kind: str, table: dict[str, Any]) -> Card:
    phase = table["phase"] if kind == "action" else 0
    if kind == "action" and phase not in (1, 2, 3, 4):
        raise ValueError(_("phase is 1, 2, 3 or 4"))
    how = table.get("how")
    return Card(
        key=str(table["key"]),
        name=words(table["name"]),
        how=words(how) if how else None,
        advice=tuple(words(one) for one in table.get("advice", ())),
        questions=tuple(words(one) for one in table.get("questions", ())),
        phase=phase,
    )


def words(table: dict[str, Any]) -> records.Words:
    """A text in its languages; raises ValueError or TypeError where it is none."""
    found = records.Words(**table)
    if not all(isinstance(text, str) and text.strip() for text in (found.da, found.en or found.da)):
        raise ValueError(_("a text is blank or no text"))
    return found
