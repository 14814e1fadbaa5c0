"""The target groups (målgrupper): dated data, so that a reform's groups come without a change of code."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.reference import own_files

FILE = "target_groups.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup:
    """A group of citizens by benefit, which decides the rules on contact.

    `full` is its whole Danish wording, `plan` the Danish name of the plan that her next steps are kept in, and
    `plan_source` where that name comes from: it differs from place to place. `from_` and `until` are None where not
    known, or still open.
    """

    key: str
    name: records.Words
    full: str
    plan: str
    plan_source: str
    source: str
    from_: date | None = None
    until: date | None = None


def target_groups() -> tuple[TargetGroup, ...]:
    """All target groups, in the order of the file. Raises RefusedError where a municipality's own file is broken."""
    return _read(resources.place("rules", FILE))


def known() -> frozenset[str]:
    """The keys of all target groups."""
    return frozenset(group.key for group in target_groups())


def find(key: str | None) -> TargetGroup | None:
    """The target group with this key, None where there is none."""
    return next((group for group in target_groups() if group.key == key), None)


def names(language: str = "da") -> dict[str, str]:
    """The names of all target groups in `language`, by key."""
    return {group.key: group.name.say(language) for group in target_groups()}


@cache
def _read(path: Path) -> tuple[TargetGroup, ...]:
    with own_files.refusing(path, _broken):
        content = resources.toml(path.read_text(encoding="utf-8"))
        return tuple(_group(table) for table in content["target_group"])


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The target groups in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )


def _group(table: dict[str, Any]) -> TargetGroup:
    return TargetGroup(
        key=str(table["key"]),
        name=records.Words(**table["name"]),
        full=str(table["full"]),
        plan=str(table["plan"]),
        plan_source=str(table["plan_source"]),
        source=str(table["source"]),
        from_=table.get("from"),
        until=table.get("until"),
    )
