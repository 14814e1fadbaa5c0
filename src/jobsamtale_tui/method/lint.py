"""What could be plainer, or had better not stand, in a note: said, never a hindrance, and all of it offline.

The lists of words come from outside (`casework.language` reads them from data); here is what is done with them.
A word is looked for as a whole word; findings of the same term in a session are one, at the first place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import readability
from jobsamtale_tui.method.goals import Words as GoalWords
from jobsamtale_tui.method.goals import less_vague, vague_goal, why_vague
from jobsamtale_tui.records import JobGoal, Session

Kind = Literal[
    "sensitive", "third_person", "no_goal", "vague_goal", "vague_step", "step", "officialese", "long_sentence", "lix"
]
ORDER: tuple[Kind, ...] = (
    "sensitive",
    "third_person",
    "no_goal",
    "vague_goal",
    "vague_step",
    "step",
    "officialese",
    "long_sentence",
    "lix",
)
"""The kinds of findings, what matters most first."""
LONG_SENTENCE = 30
"""A sentence of more words than this had better be two."""
ENOUGH = 60
"""LIX says nothing of a text with fewer words."""
QUOTED = 60
_NAME = re.compile(r"(?<![\w'’-])[A-ZÆØÅÉÖÜ][a-zæøåéèöüşç]+(?![\w-])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:»\"\n])\s*$")


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for in all its forms, why it is pointed out, and what may stand in its place."""

    kind: Kind
    pattern: re.Pattern[str]
    why: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The lists: terms, empty steps and goals (whole texts), what says when, first names; doubtful: words as well."""

    terms: tuple[Term, ...] = ()
    empty_step: re.Pattern[str] | None = None
    empty_step_why: str = ""
    goals: GoalWords = field(default_factory=GoalWords)
    time: re.Pattern[str] | None = None
    names: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    name_why: str = ""
    name_instead: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is the place in the exchange format (`agenda.0.conclusion`), `what` the words it is about."""

    kind: Kind
    where: str
    what: str
    why: str
    suggestion: str


def glob(wanted: Iterable[str], *, whole: bool = False) -> re.Pattern[str]:
    """What finds these words: `*` is the rest of a word, a space any white space; with `whole` as the whole text."""
    parts = [
        r"\s+".join(r"\w*".join(map(re.escape, word.split("*"))) for word in one.casefold().split())
        for one in sorted(wanted, key=len, reverse=True)
    ]
    body = "|".join(part for part in parts if part) or r"(?!)"
    return re.compile(rf"\s*(?:{body})[\s.!]*\Z" if whole else rf"(?<![\w-])(?:{body})(?![\w-])")


def texts_of(session: Session) -> Iterator[tuple[str, str]]:
    """What people wrote in a session and a note can say: place and text. The preparation is in no note."""
    for name in ("theme", "risk", "frame", "need"):
        yield name, getattr(session, name) or ""
    for place, item in enumerate(session.agenda):
        if item.state != "dropped":
            yield f"agenda.{place}.topic", item.topic
            yield f"agenda.{place}.conclusion", item.conclusion or ""
    for place, score in enumerate(session.scores):
        yield f"scores.{place}.remark", score.remark or ""
    yield "remarks", session.remarks or ""
    for place, step in enumerate(session.steps):
        yield f"steps.{place}.what", step.what
        yield f"steps.{place}.how", step.how or ""
        yield f"steps.{place}.outcome", step.outcome or ""
    yield "summary", session.summary or ""
    yield "summary_added", session.summary_added or ""
    if session.evaluation:
        for name in ("helped", "missing", "different"):
            yield f"evaluation.{name}", getattr(session.evaluation, name) or ""
    if session.next:
        yield "next.reason", session.next.reason or ""


def lint(
    session: Session,
    language: Language,
    *,
    goals: Sequence[JobGoal] = (),
    known: Iterable[str] = (),
    first: bool = False,
) -> list[Finding]:
    """All there is to point out in a session, what matters most first. `goals` are those in force on its day, `known`
    the names of citizen and caseworker; in her `first` session nobody expects a goal yet."""
    written = [(where, text) for where, text in texts_of(session) if text.strip()]
    people = [*known, *(one.name for one in session.participants if one.name)]
    found = [
        *_terms(written, language),
        *_names(written, language, people),
        *_goals(goals, language, first),
        *_steps(session, language),
        *_sentences(written),
        *_heavy(written),
    ]
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def lint_text(text: str, language: Language) -> list[Finding]:
    """All there is to point out in a text that is no session's: every finding's place is `text`."""
    written = [("text", text)] if text.strip() else []
    found = [*_terms(written, language), *_names(written, language, ()), *_sentences(written), *_heavy(written)]
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def _terms(written: Sequence[tuple[str, str]], language: Language) -> Iterator[Finding]:
    for term in language.terms:
        for where, text in written:
            # What the citizen says herself is hers to word; what is sensitive is pointed out there too.
            if term.kind == "officialese" and where in ("need", "summary"):
                continue
            hit = term.pattern.search(folded(text))
            if hit:
                yield Finding(term.kind, where, text[hit.start() : hit.end()], term.why, term.instead)
                break


def _names(written: Sequence[tuple[str, str]], language: Language, people: Iterable[str]) -> Iterator[Finding]:
    own = {word for name in people for word in re.findall(r"\w+", name.casefold())}
    told: set[str] = set()
    for where, text in written:
        for hit in _NAME.finditer(text):
            name = _name(hit.group(), language.names)
            if name is None or name.casefold() in own | told:
                continue
            if name in language.doubtful and _SENTENCE_START.search(text[: hit.start()]):
                continue
            told.add(name.casefold())
            yield Finding("third_person", where, hit.group(), language.name_why, language.name_instead)


def _name(word: str, names: frozenset[str]) -> str | None:
    if word in names:
        return word
    return word[:-1] if word.endswith("s") and word[:-1] in names else None


def _goals(goals: Sequence[JobGoal], language: Language, first: bool) -> Iterator[Finding]:
    """A goal names a position, a function, an industry or an education (the guide Jobfokus); "a job" names none."""
    if not goals and not first:
        yield Finding(
            "no_goal",
            "job_goals",
            "",
            _("There is no job goal, so it cannot be seen what the steps lead to."),
            _("write what she wants to work as, or the education she wants; it may change later"),
        )
    elif goals and all(vague_goal(goal, language.goals) for goal in goals):
        said = next((goal.position for goal in goals if goal.position), "")
        yield Finding("vague_goal", "job_goals", said, why_vague(), less_vague())


def _steps(session: Session, language: Language) -> Iterator[Finding]:
    for place, step in enumerate(session.steps):
        how = (step.how or "").strip()
        if language.empty_step and not how and language.empty_step.match(folded(step.what)):
            instead = _("write what is done, where or with whom, and how much: so that it can be ticked off")
            yield Finding("vague_step", f"steps.{place}.what", step.what, language.empty_step_why, instead)
        elif not step.when and not (language.time and language.time.search(folded(f"{step.what} {how}"))):
            if how:
                why, instead = _("The step does not say when."), _("add a day")
            else:
                why = _("The step says neither how nor when. Steps that do are carried out more often.")
                instead = _("add how, and a day")
            yield Finding("step", f"steps.{place}", step.what, why, instead)


def _sentences(written: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    for where, text in written:
        for sentence in readability.sentences(text):
            count = len(readability.words(sentence))
            if count > LONG_SENTENCE:
                why = _("The sentence has {count} words. More than {most} are hard to hold on to.")
                yield Finding(
                    "long_sentence",
                    where,
                    _quoted(sentence),
                    why.format(count=count, most=LONG_SENTENCE),
                    _("make two of it"),
                )


def _heavy(written: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    number = readability.lix("\n".join(text for _where, text in written))
    if number.words >= ENOUGH and number.value >= readability.HARD:
        band = _("very hard") if number.value >= readability.VERY_HARD else _("hard")
        yield Finding(
            "lix",
            "text",
            "",
            _(
                "The text has LIX {value}, which is {band} to read. Most people read a text below {limit} with ease."
            ).format(value=number.value, band=band, limit=readability.HARD),
            _("shorter sentences first, then shorter words"),
        )


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1].rstrip() + "…"


def folded(text: str) -> str:
    """Small letters, letter for letter, so that places stay."""
    low = text.casefold()
    return low if len(low) == len(text) else "".join(one if len(one.casefold()) > 1 else one.casefold() for one in text)
