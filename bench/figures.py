"""The lines of the report: what is compared with which floor, and what must and what should be reached."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench import tui_bench

Runs = dict[str, list[dict[str, Any]]]
"""The results of every round, by target."""
Values = Callable[[Runs], list[float]]
TIME, BYTES = "expect_ms", "bytes"
OWN = ("home", "session")
ALL = ("type", "text", "down", "score", "next row")


@dataclass(frozen=True)
class Figure:
    """Ours against a floor (or as it is, without one), what must and what should be reached."""

    part: str
    what: str
    unit: str
    ours: Values
    floor: Values | None = None
    against: str = ""
    must: float | None = None
    reach: float | None = None
    pick: Callable[[Sequence[float]], float] = statistics.median

    def measured(self, runs: Runs) -> dict[str, Any] | None:
        """Our value, the floor's, and the ratio (of the values picked, or the median of the rounds' own ratios);
        None where nothing was run for it."""
        ours, floor = self.ours(runs), self.floor(runs) if self.floor else []
        if not ours or (self.floor and not floor):
            return None
        value, least = self.pick(ours), self.pick(floor) if floor else None
        ratio = None
        if least:
            rounds = self.pick is statistics.median and len(ours) == len(floor)
            ratios = [one / other for one, other in zip(ours, floor, strict=True)] if rounds else []
            ratio = statistics.median(ratios) if rounds else value / least
        named = {"part": self.part, "what": self.what, "unit": self.unit, "against": self.against}
        return {**named, "ours": value, "floor": least, "ratio": ratio, "must": self.must, "reach": self.reach}


def per_round(target: str, name: str) -> Values:
    """A measure that each round has one of."""
    return lambda runs: [run[name] for run in runs.get(target, ()) if run.get(name) is not None]


def keys(target: str | tuple[str, ...], label: str | tuple[str, ...], name: str = TIME) -> Values:
    """A measure of every key with this label, over all rounds."""
    names = (target,) if isinstance(target, str) else target
    labels = (label,) if isinstance(label, str) else label

    def found(runs: Runs) -> list[float]:
        pressed = (key for one in names for run in runs.get(one, ()) for key in run["keys"] if key["label"] in labels)
        return [key[name] for key in pressed if key.get(name) is not None]

    return found


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty is above."""
    return float(tui_bench.pct(values, 95))


def _slowest(part: str, what: str, ours: Values, floor: str, its: str, **wanted: Any) -> Figure:
    """A key's time that one in twenty is above."""
    return Figure(part, what, "ms", ours, keys(floor, its), f"{floor}: {its}", pick=p95, **wanted)


def _key(what: str, ours: str, label: str, floor: str, its: str, **wanted: Any) -> Figure:
    return _slowest("screen", f"{what}, 95 of 100", keys(ours, label), floor, its, **wanted)


def _start(part: str, what: str, unit: str, target: str, name: str, **wanted: Any) -> Figure:
    return Figure(part, what, unit, per_round(target, name), per_round("hello", name), "hello", **wanted)


def _command(what: str, ours: str, floor: str, **wanted: Any) -> Figure:
    return Figure("cli", what, "ms", per_round(ours, "wall_ms"), per_round(floor, "wall_ms"), floor, **wanted)


def _scaled(what: str, *labels: str) -> Figure:
    return Figure(
        "large", what, "ms", keys("large", labels), keys("small", labels), "the same at 10,000 sessions", must=1.5
    )


SCREEN = (
    _start("screen", "first screen", "ms", "home", "ready_ms", must=1.0, reach=0.7),
    _start("screen", "first rows, 40 citizens", "ms", "rows", "ready_ms", must=1.2, reach=0.9),
    _start("screen", "first screen", "bytes", "home", "paint_bytes", must=1.0, reach=0.35),
    _start("screen", "memory, home: list and find, as the floor does", "MB", "home", "rss_mb", must=1.9),
    _start("screen", "memory, after a session written in", "MB", "session", "rss_mb"),
    _start("screen", "exit", "ms", "home", "exit_ms", must=1.0),
    _key("typing in a line (Input)", "home", "type", "hello", "type", must=1.3, reach=1.0),
    _key("typing in a text (TextArea)", "session", "text", "hello", "type", must=1.3, reach=1.0),
    _key("list down", "home", "down", "hello", "down"),
    _key("score: a value", "session", "score", "form", "score", must=2.0, reach=1.3),
    _key("score: next row", "session", "next row", "form", "next row", must=2.0, reach=1.3),
    _key("another phase", "session", "phase", "hello", "focus"),
    _key("graph: opened", "graph", "graph", "chart", "redraw"),
    Figure("screen", "a key, median", "bytes", keys(OWN, ALL, BYTES), must=800, reach=250),
    Figure("screen", "a key, 95 of 100", "bytes", keys(OWN, ALL, BYTES), must=4000, reach=1500, pick=p95),
)
LARGE = (
    _start("large", "first rows, 150,000 citizens, a million sessions", "ms", "large", "ready_ms", must=1.2, reach=0.9),
    Figure(
        "large",
        "first rows",
        "ms",
        per_round("large", "ready_ms"),
        per_round("small", "ready_ms"),
        "the same at 10,000 sessions",
        must=1.5,
    ),
    Figure(
        "large",
        "finding as one types, 95 of 100",
        "ms",
        keys("large", "type"),
        keys("hello", "type"),
        "hello: type",
        pick=p95,
    ),
    _scaled("finding as one types", "type"),
    _scaled("a citizen with forty sessions", "citizen"),
    _scaled("the graph", "graph"),
    _scaled("a session opened", "session"),
    _scaled("a phase", "phase"),
    _scaled("a score", "score"),
    _scaled("agreement", "agreement"),
    _scaled("search in all notes, a word at once", "notes"),
)
CLI = (
    _command("--help", "help", "typer help", must=1.25),
    _command("note", "note", "typer", must=1.4),
    _command("session list", "session list", "typer"),
    _command("session list, on a terminal", "session list, shown", "typer"),
    _command("export notes, 40 citizens", "export notes", "typer"),
    _command("Typer itself", "typer", "bare"),
)
BULK = (
    Figure(
        "export",
        "export of 100,000 notes",
        "ms",
        per_round("export 100k", "wall_ms"),
        per_round("export 100k bare", "wall_ms"),
        "bare Python and sqlite3",
        must=2.0,
    ),
    Figure(
        "export",
        "memory: 100,000 notes",
        "MB",
        per_round("export 100k", "rss_mb"),
        per_round("export 5k", "rss_mb"),
        "the same with 5,000",
        must=1.1,
    ),
    Figure(
        "import",
        "import of {count} records, notes made before",
        "ms",
        per_round("import", "wall_ms"),
        per_round("import bare", "wall_ms"),
        "json and executemany",
    ),
    Figure(
        "import",
        "the same, processor time",
        "ms",
        per_round("import", "cpu_ms"),
        per_round("import bare", "cpu_ms"),
        "json and executemany",
    ),
    Figure(
        "import",
        "memory",
        "MB",
        per_round("import", "rss_mb"),
        per_round("import few", "rss_mb"),
        "a tenth of the records",
        must=1.1,
    ),
)
_LINE = ("type", "down")
SSH = (
    Figure(
        "ssh",
        "first screen",
        "ms",
        per_round("home ssh", "ready_ms"),
        per_round("hello ssh", "ready_ms"),
        "hello ssh",
        must=1.0,
    ),
    _slowest("ssh", "typing, 95 of 100", keys("home ssh", "type"), "hello ssh", "type", must=1.3),
    _slowest("ssh", "typing, beside the same without a line", keys("home ssh", "type"), "home", "type"),
    _slowest("ssh", "list down, 95 of 100", keys("home ssh", "down"), "hello ssh", "down"),
    Figure(
        "ssh",
        "a key, on the wire",
        "bytes",
        keys("home ssh", _LINE, "wire_down"),
        keys("hello ssh", _LINE, "wire_down"),
        "hello ssh",
    ),
)


def _peer(name: str) -> tuple[Figure, ...]:
    typed, its = keys(name, "type", BYTES), keys("hello", "type", BYTES)
    return (
        _start("peers", f"{name}: first screen", "ms", name, "ready_ms"),
        _slowest("peers", f"{name}: typing, 95 of 100", keys(name, "type"), "hello", "type"),
        Figure("peers", f"{name}: a key, median", "bytes", typed, its, "hello: type"),
        _start("peers", f"{name}: memory", "MB", name, "rss_mb"),
        _start("peers", f"{name}: exit", "ms", name, "exit_ms"),
    )


PEERS = tuple(figure for name in ("dooit", "posting", "harlequin") for figure in _peer(name))
FIGURES: tuple[Figure, ...] = (*SCREEN, *LARGE, *CLI, *BULK, *SSH, *PEERS)
