"""The indicators that there are: the catalogue (TOML files as in `data/indicators/`) and the database; and as TOML."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jobsamtale_tui import records
from jobsamtale_tui.method import scales
from jobsamtale_tui.reference.indicators import TABLE, catalogue
from jobsamtale_tui.store.questions import reads

Origin = Literal["database", "catalogue"]
_SCALARS = ("key", "version", "area", "order", "status", "from", "until", "reason")


def everything(connection: sqlite3.Connection) -> list[tuple[records.Indicator, Origin]]:
    """All versions that there are: first the database's, then those of the catalogue that are not in it."""
    there = reads.indicators(connection)
    known = {(one.key, one.version) for one in there}
    rest = [one for one in catalogue() if (one.key, one.version) not in known]
    return [(one, "database") for one in there] + [(one, "catalogue") for one in rest]


@dataclass(frozen=True, slots=True)
class Family:
    """All versions of one indicator, the earliest first; those with a draft last."""

    key: str
    versions: tuple[records.Indicator, ...]
    origin: Origin

    @property
    def published(self) -> records.Indicator | None:
        """The newest version that is no draft."""
        return next((one for one in reversed(self.versions) if one.status != "draft"), None)

    @property
    def draft(self) -> records.Indicator | None:
        """The version that is being worked on and no session sees."""
        return next((one for one in reversed(self.versions) if one.status == "draft"), None)

    @property
    def newest(self) -> records.Indicator:
        """What stands for the indicator in a list: what is published, else the draft."""
        return self.published or self.versions[-1]

    @property
    def active(self) -> bool:
        """Whether it can be chosen and scored."""
        return any(one.status == "active" for one in self.versions)


def families(connection: sqlite3.Connection) -> list[Family]:
    """The indicators that there are, in the order of the catalogue: by their place, those without one by key."""
    found: dict[str, list[records.Indicator]] = {}
    origins: dict[str, Origin] = {}
    for one, origin in everything(connection):
        found.setdefault(one.key, []).append(one)
        origins.setdefault(one.key, origin)
    made = [
        Family(key, tuple(sorted(versions, key=lambda one: one.version)), origins[key])
        for key, versions in found.items()
    ]
    return sorted(made, key=lambda family: (_place(family.newest), family.key))


def _place(indicator: records.Indicator) -> tuple[bool, int]:
    return indicator.order is None, indicator.order or 0


def choosable(connection: sqlite3.Connection, day: date) -> list[records.Indicator]:
    """The indicators that may be chosen and scored on `day`, each in the version in force, in the catalogue's order."""
    found = [scales.in_force(family.versions, day) for family in families(connection)]
    return [one for one in found if one is not None]


def in_use(connection: sqlite3.Connection, key: str, version: int) -> bool:
    """Whether a version has scores, or is one that an agreement has chosen: then its meaning can never be altered."""
    return reads.indicator_in_use(connection, key, version)


def to_toml(indicators: Iterable[records.Indicator]) -> str:
    """Indicators as a file in the form of `data/indicators/`: read again it gives the same records."""
    import tomlkit

    document = tomlkit.document()
    tables = tomlkit.aot()
    for indicator in indicators:
        tables.append(_table(records.as_document(indicator), indicator))
    document.append(TABLE, tables)
    return tomlkit.dumps(document)


def _table(document: dict[str, Any], indicator: records.Indicator) -> Any:
    import tomlkit

    table = tomlkit.table()
    for name in _SCALARS:
        if name in document:
            day = {"from": indicator.from_, "until": indicator.until}.get(name)
            table.add(name, day or document[name])
    for name in ("name", "question"):
        table.add(name, _words(document[name]))
    scale = tomlkit.table()
    for name in ("min", "max"):
        scale.add(name, document["scale"][name])
    if "levels" in document["scale"]:
        levels = tomlkit.table()
        for level, words in document["scale"]["levels"].items():
            levels.add(level, _inline(words))
        scale.add("levels", levels)
    if "stages" in document["scale"]:
        stages = tomlkit.aot()
        for part in document["scale"]["stages"]:
            stage = tomlkit.table()
            stage.add("from", part["from"])
            stage.add("to", part["to"])
            stage.add("name", _inline(part["name"]))
            stages.append(stage)
        scale.add("stages", stages)
    table.add("scale", scale)
    for name in ("reliable_change", "converts"):
        if name in document:
            table.add(name, _words(document[name]))
    return table


def _words(words: dict[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for language, text in words.items():
        table.add(language, _inline(text) if isinstance(text, dict) else text)
    return table


def _inline(words: dict[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update({name: _inline(value) if isinstance(value, dict) else value for name, value in words.items()})
    return table
