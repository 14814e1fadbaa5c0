"""The lists of words that notes are read through with: data, replaceable by a municipality's own. And the reading."""

from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import goals, lint
from jobsamtale_tui.reference import own_files

TERMS = ("sensitive.toml", "officialese.toml")
STEPS, NAMES, GOALS = "vague.toml", "names.toml", "goals.toml"
_LISTS = ("parts", "words", "fillers", "concrete")
FIELDS = {
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
    content: dict[str, Any]
    with own_files.refusing(path, _broken):
        content = resources.toml(path.read_text(encoding="utf-8"))
        if name in TERMS:
            if content["kind"] not in lint.ORDER:
                raise ValueError(f"kind = {content['kind']!r}")
            for entry in _list(content):
                _term(entry, content)
        if name == GOALS:
            _empty(content["goal"]), _empty(content["purpose"])
    return content


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The word list {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )
