"""What suggests which indicator, read from its file."""

from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import lint
from jobsamtale_tui.method.suggestions import SAID_OF_GOALS, Rule
from jobsamtale_tui.reference import own_files

FILE = "suggestions.toml"


def rules() -> tuple[Rule, ...]:
    """The rules in force, in the order of the file. Raises RefusedError where a municipality's own is broken."""
    return _read(resources.place("rules", FILE))


@cache
def _read(path: Path) -> tuple[Rule, ...]:
    with own_files.refusing(path, _broken):
        content = resources.toml(path.read_text(encoding="utf-8"))
        return tuple(_rule(table) for table in content["suggestion"])


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The suggestions in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )


def _rule(table: dict[str, Any]) -> Rule:
    unknown = {*table} - {"indicator", "barriers", "goals", "when"}
    unknown |= {*table.get("when", ())} - {*SAID_OF_GOALS}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return Rule(
        indicator=str(table["indicator"]),
        barriers=lint.glob(table.get("barriers", [])),
        goals=lint.glob(table.get("goals", [])),
        when=frozenset(table.get("when", ())),
    )
