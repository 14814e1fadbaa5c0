"""What a record of an import has to meet beside its own rules: that what it points at is there, that a completed
session and a version in use stay as they are, and that a score lies on the scale it is given on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.format.faults import quoted
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import scales
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.store.schema.layout import layout

Document = dict[str, Any]
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "caseworker": {"unit": "unit"},
    "citizen": {"caseworker": "caseworker"},
    "profile": {"citizen": "citizen"},
    "agreement": {"citizen": "citizen"},
    "job_goal": {"citizen": "citizen"},
    "application": {"citizen": "citizen"},
    "activity": {"citizen": "citizen", "goal": "job_goal"},
    "opening": {"citizen": "citizen"},
    "session": {"citizen": "citizen", "caseworker": "caseworker"},
    "reflection": {"session": "session"},
}
"""The fields that name another record, and its kind; indicators are named with a version and looked after apart."""
MAY_CHANGE_IN_USE = frozenset({"status", "from", "until", "area", "order", "reason", "reliable_change", "converts"})
"""What may change of an indicator's version that is in use: nothing of what a number means."""
_MAY_CHANGE_COMPLETED = frozenset({"amendments", "steps"})
_MAY_CHANGE_STEP = ("status", "outcome")
_NAMES = {
    "unit": N_("unit"),
    "caseworker": N_("caseworker"),
    "citizen": N_("citizen"),
    "job_goal": N_("job goal"),
    "session": N_("session"),
    "indicator": N_("indicator"),
}


@dataclass(slots=True)
class SeenRecord:
    """A record on its way in: its line, its primary key, its document, and the one that it replaces."""

    line: int
    identity: tuple[Any, ...]
    new: Document
    text: str | None
    """`new` as JSON, None where it was completed since."""
    old: Document | None = None

    @property
    def key(self) -> str:
        """What other records name it by."""
        return str(self.identity[0])


def no_such(kind: str, key: str) -> str:
    """The sentence for a reference that leads nowhere."""
    return _("there is no {kind} {key}").format(kind=_(_NAMES[kind]), key=quoted(key))


def fill_in(entry: SeenRecord) -> None:
    """Completes a session with what its file leaves out and the database has: versions of scores, and the note."""
    old, new = entry.old, entry.new
    if old is None:
        return
    versions = {(score["indicator"], score["by"]): score["version"] for score in old.get("scores", ())}
    for score in new.get("scores", ()):
        version = versions.get((score["indicator"], score["by"]))
        if "version" not in score and version is not None:
            score["version"] = version
            entry.text = None
    if old["status"] == "completed" and "note" in old and "note" not in new:
        new["note"] = old["note"]
        entry.text = None


def locked(entry: SeenRecord) -> list[str]:
    """The fields in which a session that is completed may not differ but does, each with its sentence."""
    old, new = entry.old, entry.new
    if old is None or old["status"] != "completed":
        return []
    fields = [
        field
        for field in layout("session").order
        if field not in _MAY_CHANGE_COMPLETED and old.get(field) != new.get(field)
    ]
    if _fixed(old) != _fixed(new):
        fields.append("steps")
    said = _("the session is completed: only amendments and a step's status and outcome may differ")
    return [f"{field}: {said}" for field in fields]


def _fixed(document: Document) -> list[Document]:
    return [
        {name: value for name, value in step.items() if name not in _MAY_CHANGE_STEP}
        for step in document.get("steps", ())
    ]


def in_use(entry: SeenRecord, used: Callable[[str, int], bool]) -> list[str]:
    """The fields in which an indicator's version that is in use differs from what it was, each with its sentence."""
    old, new = entry.old, entry.new
    if old is None:
        return []
    fields = [
        field
        for field in layout("indicator").order
        if field not in MAY_CHANGE_IN_USE and old.get(field) != new.get(field)
    ]
    if not fields or not used(new["key"], new["version"]):
        return []
    said = _("this version is in use and can never be altered; make a new version")
    return [f"{field}: {said}" for field in fields]


class Indicators:
    """The indicators that scores and agreements may name: those of the database, then those of the catalogue.

    `enter` is called with the versions that are named for the first time and so come in from the catalogue.
    """

    def __init__(self, there: Iterable[records.Indicator], enter: Callable[[list[records.Indicator]], None]) -> None:
        self._enter = enter
        self._known: dict[str, dict[int, records.Indicator]] = {}
        self._newest = cache(self._in_force)
        for one in there:
            self._known.setdefault(one.key, {})[one.version] = one

    def knows(self, key: str) -> bool:
        """Whether there is such an indicator; one of the catalogue enters the database."""
        if key not in self._known:
            self._take_in([one for one in _catalogue() if one.key == key])
        return key in self._known

    def version(self, key: str, version: int | None, day: date) -> records.Indicator | None:
        """This version of an indicator that is known, or the one that counts on `day` where none is named."""
        if version is None:
            return self._newest(key, day)
        if version not in self._known[key]:
            self._take_in([one for one in _catalogue() if (one.key, one.version) == (key, version)])
        return self._known[key].get(version)

    def _in_force(self, key: str, day: date) -> records.Indicator | None:
        return scales.in_force(self._known[key].values(), day)

    def _take_in(self, found: list[records.Indicator]) -> None:
        if found:
            self._enter(found)
            self._newest.cache_clear()
        for one in found:
            self._known.setdefault(one.key, {})[one.version] = one


@cache
def _catalogue() -> tuple[records.Indicator, ...]:
    return tuple(shipped_indicators.catalogue())


def score_faults(entry: SeenRecord, known: Indicators, refused: Callable[[str], bool]) -> list[str]:
    """Gives every score of a session its version; returns what is wrong with them, each with its sentence.

    `refused` says whether the file has an indicator of that key on a refused line: then nothing is said of it.
    """
    day = dates.local(datetime.fromisoformat(entry.new["held_at"])).date()
    found: list[str] = []
    for place, score in enumerate(entry.new.get("scores", ())):
        key, named = score["indicator"], score.get("version")
        if not known.knows(key):
            found += [] if refused(key) else [f"scores.{place}.indicator: {no_such('indicator', key)}"]
            continue
        version = known.version(key, named, day)
        if version is None:
            found += [] if refused(key) else [f"scores.{place}.version: {_no_version(key, named)}"]
            continue
        if named is None:
            score["version"] = version.version
            entry.text = None
        low, high = version.scale.min, version.scale.max
        if not low <= score["value"] <= high:
            said = _("{value} is not on the scale of {key} version {version}, which goes from {low} to {high}")
            told = said.format(value=score["value"], key=quoted(key), version=version.version, low=low, high=high)
            found.append(f"scores.{place}.value: {told}")
    return found


def _no_version(key: str, named: int | None) -> str:
    if named is None:
        return _("no version of {key} is active, so one must be named").format(key=quoted(key))
    return _("{key} has no version {version}").format(key=quoted(key), version=named)


def choice_faults(entry: SeenRecord, known: Indicators, refused: Callable[[str], bool]) -> list[str]:
    """The indicators of an agreement that there are not, each with its sentence."""
    return [
        f"indicators.{place}.indicator: {no_such('indicator', chosen['indicator'])}"
        for place, chosen in enumerate(entry.new.get("indicators", ()))
        if not known.knows(chosen["indicator"]) and not refused(chosen["indicator"])
    ]
