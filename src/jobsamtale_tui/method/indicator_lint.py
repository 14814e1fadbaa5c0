"""What could be plainer in an indicator's texts, or is missing: said, never a hindrance."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import readability, scales
from jobsamtale_tui.method.lint import Term, folded
from jobsamtale_tui.records import Indicator, Wording, Words

LONG_QUESTION, LONG_LEVEL = 20, 16
"""Words. A question is heard, a level is glanced at: both shorter than a sentence of a note (`lint.LONG_SENTENCE`)."""
ENOUGH = 30
"""LIX says nothing of fewer words; question and levels together have more where all are there."""
_SIGNS = re.compile(r"\w+")
_PUT_TO_HER = ("du", "dig", "din", "dit", "dine", "jeg", "mig", "min", "mit", "mine")


@dataclass(frozen=True, slots=True)
class Remark:
    """Where (`question`, `scale.levels.3`, `scale.levels`, `name`), and a sentence."""

    path: str
    sentence: str


def remarks(indicator: Indicator, terms: Sequence[Term] = ()) -> list[Remark]:
    """All there is to say of an indicator's Danish texts and of those that other languages lack.

    `terms` are the lists of `data/language`; those of officialese count here.
    """
    return [
        *_question(indicator.question.da),
        *_missing(indicator),
        *_alike(indicator),
        *_heavy(indicator, terms),
        *_untranslated(indicator),
    ]


def _question(text: str) -> Iterator[Remark]:
    if not text.strip():
        yield Remark("question", _("There is no question: the citizen will not know what the numbers are about"))
        return
    words = [word.casefold() for word in readability.words(text)]
    if "?" not in text:
        yield Remark("question", _("The question has no question mark"))
    if not any(word in _PUT_TO_HER for word in words):
        yield Remark("question", _("The question is not put to the citizen: it says neither du nor din"))
    if len(words) > LONG_QUESTION:
        said = _("The question has {count} words; more than {most} are hard to hear")
        yield Remark("question", said.format(count=len(words), most=LONG_QUESTION))


def _missing(indicator: Indicator) -> Iterator[Remark]:
    levels = indicator.scale.levels or {}
    numbers = [str(number) for number in scales.levels(indicator.scale)]
    missing = [number for number in numbers if number not in levels or not levels[number].da.strip()]
    if missing:
        yield Remark("scale.levels", _("No text for: {levels}").format(levels=", ".join(missing)))


def _alike(indicator: Indicator) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for number, words in _levels(indicator):
        text = " ".join(_SIGNS.findall(words.da.casefold()))
        if not text:
            continue
        if text in first:
            said = _("Level {level} says the same as level {other}")
            yield Remark(f"scale.levels.{number}", said.format(level=number, other=first[text]))
        first.setdefault(text, number)


def _levels(indicator: Indicator) -> Iterator[tuple[int, Wording]]:
    levels = indicator.scale.levels or {}
    for number in scales.levels(indicator.scale):
        if str(number) in levels:
            yield number, levels[str(number)]


def _heavy(indicator: Indicator, terms: Sequence[Term]) -> Iterator[Remark]:
    written = [("question", indicator.question.da)]
    written += [(f"scale.levels.{number}", words.da) for number, words in _levels(indicator)]
    for path, text in written:
        if path != "question":
            for sentence in readability.sentences(text):
                count = len(readability.words(sentence))
                if count > LONG_LEVEL:
                    said = _("The sentence has {count} words; more than {most} are hard to take in at a glance")
                    yield Remark(path, said.format(count=count, most=LONG_LEVEL))
        for term in terms:
            hit = term.pattern.search(folded(text)) if term.kind == "officialese" else None
            if hit:
                said = _("»{word}« is officialese. Instead: {instead}")
                yield Remark(path, said.format(word=text[hit.start() : hit.end()], instead=term.instead))
    number = readability.lix("\n".join(text for _path, text in written))
    if number.words >= ENOUGH and number.value >= readability.HARD:
        said = _("Question and levels together have LIX {value}; below {limit} most people read with ease")
        yield Remark("question", said.format(value=number.value, limit=readability.HARD))


def languages(indicator: Indicator) -> list[str]:
    """The languages that any of the texts is in, Danish first."""
    found = ["da"]
    every: list[Words | Wording] = [indicator.name, indicator.question]
    for words in [*every, *(words for _number, words in _levels(indicator))]:
        found += ["en"] if words.en else []
        found += list(words.other or {})
    return list(dict.fromkeys(found))


def _untranslated(indicator: Indicator) -> Iterator[Remark]:
    for language in languages(indicator)[1:]:
        lacking = [_("the question")] if not _has(indicator.question, language) else []
        lacking += [
            _("level {level}").format(level=number)
            for number, words in _levels(indicator)
            if words.da.strip() and not _has(words, language)
        ]
        if lacking:
            said = _("Without a text in the language {language}, so the Danish one shows: {parts}")
            yield Remark("scale.levels", said.format(language=language, parts=", ".join(lacking)))


def _has(words: Wording, language: str) -> bool:
    return bool(words.en if language == "en" else (words.other or {}).get(language))
