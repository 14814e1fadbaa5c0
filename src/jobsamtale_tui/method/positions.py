"""Whether two positions are the same kind of work, as far as their names tell: by stem and by related positions.

What is not known is not called a mismatch: a position whose words say nothing of its trade ("vikar", "ufaglært") is
compared with none. The table of related positions, and the stemmer, come from outside (`casework.positions`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jobsamtale_tui import texts
from jobsamtale_tui.records import Words

_WORD = re.compile(r"\w+")
_LEAST_CORE = 3
"""What is left of a word without its ending has to be this long to say anything."""
_LEAST_PART = 5
"""A shorter stem within another one is chance (`lokalarkiv`, `arkiv`: no chance)."""


@dataclass(frozen=True, slots=True)
class Family:
    """Positions that are related, and what they have in common; `words` in small letters, `*` the rest of a word."""

    key: str
    name: Words
    words: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The related positions, the endings and small words that say nothing of a trade, and what finds a stem."""

    families: tuple[Family, ...] = ()
    endings: tuple[str, ...] = ()
    fillers: frozenset[str] = frozenset()
    stem: Callable[[str], str] = str
    _known: "dict[str, Named]" = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def patterns(self) -> tuple[tuple[str, tuple[re.Pattern[str] | str, ...]], ...]:
        """Every wording of every family: its key, and word for word a pattern or a stem."""
        return tuple(
            (family.key, tuple(self._part(part) for part in words_of(wording)))
            for family in self.families
            for wording in family.words
        )

    def _part(self, word: str) -> re.Pattern[str] | str:
        if "*" in word:
            return re.compile(r"\w*".join(map(re.escape, word.split("*"))))
        return self.stem(word)

    @cached_property
    def longest_first(self) -> tuple[str, ...]:
        """The endings, so that `medarbejder` is tried before `arbejder`."""
        return tuple(sorted(self.endings, key=len, reverse=True))

    @cached_property
    def silent(self) -> frozenset[str]:
        """The stems of words that say nothing when they stand alone."""
        return frozenset(map(self.stem, (*self.fillers, *self.endings)))

    def named(self, position: str) -> "Named":
        """What a position's name tells."""
        found = self._known.get(position)
        if found is None:
            found = self._known[position] = _named(position, self)
        return found


@dataclass(frozen=True, slots=True)
class Named:
    """The families that a position belongs to, and the stems of its words without what says nothing."""

    families: tuple[str, ...]
    cores: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a position in small letters; `social- og sundhedshjælper` has three, a star belongs to its word."""
    return _STARRED.findall(texts.folded(text))


_STARRED = re.compile(r"[\w*]+")


def _named(position: str, table: Table) -> Named:
    words = _WORD.findall(texts.folded(position))
    stems = [table.stem(word) for word in words]
    families = dict.fromkeys(key for key, parts in table.patterns if _stands(parts, words, stems))
    cores = {core for word, stem in zip(words, stems, strict=True) if (core := _core(word, stem, table))}
    return Named(tuple(families), frozenset(cores))


def _stands(parts: Sequence[re.Pattern[str] | str], words: Sequence[str], stems: Sequence[str]) -> bool:
    return bool(parts) and any(
        all(
            part == stems[at] if isinstance(part, str) else part.fullmatch(words[at])
            for at, part in enumerate(parts, begin)
        )
        for begin in range(len(words) - len(parts) + 1)
    )


def _core(word: str, stem: str, table: Table) -> str:
    """The stem of a word without its ending (`lagermedarbejdere`: lager); empty where the word says nothing."""
    if word in table.fillers or stem in table.silent:
        return ""
    for ending in table.longest_first:
        for cut in (ending, table.stem(ending)):
            for whole in (word, stem):
                left = whole[: -len(cut)] if whole.endswith(cut) else ""
                if len(left) >= _LEAST_CORE:
                    return table.stem(left.removesuffix("s") if len(left) > _LEAST_CORE else left)
    return stem


def differ(one: str, other: str, table: Table) -> bool:
    """Whether two positions are, as far as their names tell, different kinds of work."""
    first, second = table.named(one), table.named(other)
    if not (first.families or first.cores) or not (second.families or second.cores):
        return False
    if first.families and second.families:
        return not set(first.families) & set(second.families)
    return not any(_alike(here, there) for here in first.cores for there in second.cores)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LEAST_PART and (long.endswith(short) or long.startswith(short)))


def fits(position: str, others: Iterable[str], table: Table) -> bool:
    """Whether a position goes with at least one of `others`, or with one that says too little to be compared."""
    return any(not differ(position, other, table) for other in others)


def families_of(position: str, table: Table) -> tuple[Family, ...]:
    """The families that a position belongs to, in the table's order."""
    keys = table.named(position).families
    return tuple(family for family in table.families if family.key in keys)
