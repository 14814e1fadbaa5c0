"""Reads the stories of the demo's citizens (`scripts/stories/*.toml`) and the pieces that they share."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jobsamtale_tui.records import ParticipantRole

HERE = Path(__file__).parent / "stories"
USER = "anne-bech"


class Pursued(NamedTuple):
    """An indicator that a citizen works with: why, from where to where, remarks at a rise and at a fall."""

    key: str
    reason: str
    first: int
    last: int
    up: str
    down: str


class Talk(NamedTuple):
    """One conversation: topic and conclusion, a step and what came of it, the citizen's summary."""

    topic: str
    conclusion: str
    step: str
    how: str
    outcome: str
    summary: str


class Change(NamedTuple):
    """An indicator taken out on the way, why, and what took its place."""

    key: str
    end_reason: str
    new: Pursued


@dataclass(frozen=True, kw_only=True)
class Story:
    """A citizen's story; `scripts/stories/1.toml` says what the fields mean."""

    key: str
    name: str
    born: str
    group: str
    since: int
    why: str
    barriers: list[str]
    needs: list[str]
    talks: tuple[Talk, ...]
    worker: str = USER
    language: str = "da"
    ready: int | None = None
    use: bool = True
    both: bool = False
    remote: bool = False
    admin: bool = False
    invalid: bool = False
    industry: bool = False
    expired: bool = False
    quiet: bool = False
    along: tuple[ParticipantRole, str] | tuple[()] = ()
    fund: int | None = None
    noshow: int | None = None
    cancelled: int | None = None
    planned: tuple[str, ...] = ()
    draft: str | None = None
    draft_need: str | None = None
    draft_agenda: tuple[tuple[str, str], ...] = ()
    amend: tuple[Any, ...] = ()
    ended: tuple[Any, ...] = ()
    wishes: tuple[str, ...] = ()
    cv: tuple[tuple[str, int], ...] = ()
    can: tuple[str, ...] = ()
    grow: tuple[str, ...] = ()
    indicators: tuple[Pursued, ...] = ()
    change: Change | None = None
    goals: tuple[dict[str, Any], ...] = ()
    activities: tuple[dict[str, Any], ...] = ()
    applied: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The first name, as it stands in a note."""
        parts = self.name.split()
        return " ".join(parts[:2]) if parts[1] in ("Åge",) else parts[0]

    @property
    def searching(self) -> bool:
        """Whether the benefit asks for applications."""
        return self.group in ("dagpenge", "jobparat")

    @property
    def limited(self) -> bool:
        """Whether illness or a limit to what she can do is why she is here."""
        return self.group not in ("dagpenge", "jobparat", "aktivitetsparat", "uddannelsesparat")


def stories() -> list[Story]:
    """The stories in the order of their files."""
    tables = [table for path in sorted(HERE.glob("[0-9].toml")) for table in _read(path)["citizen"]]
    return [_story(table) for table in tables]


def shared() -> dict[str, Any]:
    """The pieces that any citizen may have, by name."""
    return _read(HERE / "shared.toml")


def names() -> tuple[list[str], list[str]]:
    """First and last names for a large caseload."""
    table = _read(HERE / "names.toml")
    return table["first"], table["last"]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _story(table: dict[str, Any]) -> Story:
    table = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    table["talks"] = tuple(Talk(*talk) for talk in table["talks"])
    table["indicators"] = tuple(_pursued(*row) for row in table.get("indicators", ()))
    if "change" in table:
        key, end_reason, *new = table["change"]
        table["change"] = Change(key, end_reason, _pursued(*new))
    return Story(**table)


def _pursued(key: str, reason: str, path: str, up: str, down: str) -> Pursued:
    first, last = (int(number) for number in path.split(">"))
    return Pursued(key, reason, first, last, up, down)
