"""The lists of words that notes are read through with: data, replaceable by a municipality's own. And the reading."""

import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import dates, records, resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import goals, lint
from jobsamtale_tui.store.questions import reads

TERMS = ("sensitive.toml", "officialese.toml")
STEPS, NAMES, GOALS = "vague.toml", "names.toml", "goals.toml"
_LISTS = ("parts", "words", "fillers", "concrete")
_FIELDS = {
    "theme": N_("theme"),
    "risk": N_("assessment"),
    "frame": N_("frame"),
    "need": N_("need"),
    "remarks": N_("remarks"),
    "summary": N_("summary"),
    "summary_added": N_("added to the summary"),
    "topic": N_("topic"),
    "conclusion": N_("conclusion"),
    "remark": N_("remark"),
    "what": N_("what"),
    "how": N_("how"),
    "when": N_("when"),
    "outcome": N_("outcome"),
    "helped": N_("what helped"),
    "missing": N_("what was missing"),
    "different": N_("what could be different"),
    "reason": N_("the reason for the next time"),
    "job_goals": N_("job goal"),
    "text": N_("the whole text"),
}


def language() -> lint.Language:
    """The lists in force. Raises RefusedError, with the file's name, where one cannot be read."""
    return _language(resources.folder("language"), resources.shipped() / "language")


@cache
def _language(folder: Path, shipped: Path) -> lint.Language:
    terms = [
        _term(entry, content)
        for name in TERMS
        for content in [_read(folder, shipped, name)]
        for entry in _list(content)
    ]
    steps, names = _read(folder, shipped, STEPS), _read(folder, shipped, NAMES)
    return lint.Language(
        terms=tuple(terms),
        empty_step=lint.glob(steps.get("steps", []), whole=True),
        empty_step_why=str(steps.get("why", "")),
        goals=_goal_words(folder, shipped),
        time=lint.glob(steps.get("times", [])),
        names=frozenset(str(names.get("names", "")).split()),
        doubtful=frozenset(names.get("doubtful", [])),
        name_why=str(names.get("why", "")),
        name_instead=str(names.get("instead", "")),
    )


def goal_words() -> goals.Words:
    """The words that say nothing of a goal or of a purpose. Raises as `language`."""
    return _goal_words(resources.folder("language"), resources.shipped() / "language")


@cache
def _goal_words(folder: Path, shipped: Path) -> goals.Words:
    content = _read(folder, shipped, GOALS)
    return goals.Words(goal=_empty(content["goal"]), purpose=_empty(content["purpose"]))


def _empty(lists: dict[str, Any]) -> goals.Empty:
    return goals.Empty(**{name: frozenset(map(str.casefold, lists.get(name, []))) for name in _LISTS})


def _list(content: dict[str, Any]) -> list[dict[str, Any]]:
    return list(content.get("term", []))


def _term(entry: dict[str, Any], content: dict[str, Any]) -> lint.Term:
    why = str(entry.get("why", content.get("why", "")))
    return lint.Term(content["kind"], lint.glob(entry["words"]), why, str(entry.get("instead", "")))


def _read(folder: Path, shipped: Path, name: str) -> dict[str, Any]:
    own = folder / name
    path = own if own.is_file() else shipped / name
    try:
        content = resources.toml(path.read_text(encoding="utf-8"))
        if name in TERMS:
            if content["kind"] not in lint.ORDER:
                raise ValueError(f"kind = {content['kind']!r}")
            for entry in _list(content):
                _term(entry, content)
        if name == GOALS:
            _empty(content["goal"]), _empty(content["purpose"])
        return content
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise RefusedError(
            _("The word list {path} cannot be read: {why}").format(path=path, why=error),
            _("Correct the file, or take it away to use the one that comes with the program"),
        ) from None


def findings(connection: sqlite3.Connection, session: records.Session) -> list[lint.Finding]:
    """What there is to point out in a session's note."""
    citizen = reads.citizen(connection, session.citizen)
    caseworker = reads.caseworker(connection, session.caseworker) if session.caseworker else None
    in_force = reads.job_goals(connection, session.citizen, dates.local(session.held_at).date())
    known = [one.name for one in (citizen, caseworker) if one]
    first = reads.last_completed(connection, session.citizen, session.held_at) is None
    return lint.lint(session, language(), goals=in_force, known=known, first=first)


def findings_of_text(text: str) -> list[lint.Finding]:
    """What there is to point out in a text of no session, such as a letter. Raises RefusedError as `language`."""
    return lint.lint_text(text, language())


def told(found: list[lint.Finding], most: int) -> list[str]:
    """The findings as sentences, no more than `most`; what is left out is counted in a last one."""
    said = [sentence(one) for one in found[:most]]
    if len(found) > most:
        said.append(_("and {count} more: jobsamtale lint tells them all").format(count=len(found) - most))
    return said


def place(finding: lint.Finding) -> str:
    """Where a finding stands, as people read it: `step 2, how`."""
    head, *rest = finding.where.split(".")
    nouns = {"agenda": _("item {number}"), "steps": _("step {number}"), "scores": _("score {number}")}
    if head in nouns:
        numbered = nouns[head].format(number=int(rest[0]) + 1)
        return ", ".join([numbered, *(_(_FIELDS[one]) for one in rest[1:])])
    return _(_FIELDS[rest[-1] if rest else head])


def sentence(finding: lint.Finding) -> str:
    """A finding on a line: the words, where, why, and what may stand instead."""
    what = f"»{finding.what}«, " if finding.what else ""
    instead = " " + _("Instead: {suggestion}").format(suggestion=finding.suggestion) if finding.suggestion else ""
    return f"{what}{place(finding)}: {finding.why}{instead}"
