"""The app beside its floors, measured in one interleaved run: `python -m bench.run -n 3 --json bench.json`.

A floor is the least that such a program can cost: a Textual app with nothing behind it, a score form that keeps
nothing, an export by plain sqlite3. Ratios to them are what counts, since the machine's own speed falls out of those.
Nothing here passes or fails: the targets stand beside the figures.
"""

import argparse
import compileall
import json
import os
import shlex
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench import tui_bench

HERE = Path(__file__).parent
ROOT = HERE.parent
NOW = "2026-06-01T09:58:00+02:00"
USER_KEY, CITIZEN, SESSION = "anne-bech", "per-madsen", "per-madsen-11"
Runs = dict[str, list[dict[str, Any]]]


def each(text: str, label: str) -> list[dict[str, str]]:
    """A key a character, each waited for until the screen has changed."""
    return [{"key": "<space>" if key == " " else key, "expect": "<changed>", "label": label} for key in text]


def scoring(down: str, up: str) -> list[dict[str, str]]:
    """Down a score form and up again, a value a row."""
    steps: list[dict[str, str]] = []
    for digits, way in ((down, "<down>"), (up, "<up>")):
        for digit in digits:
            steps += each(digit, "score")
            steps.append({"key": way, "expect": "<changed>", "label": "next row"})
    return steps


def piped(*command: str) -> list[str]:
    """A command as a script runs it: its output goes to a file."""
    return ["sh", "-c", f"exec {shlex.join(command)} > out"]


def targets(folder: Path) -> list[dict[str, Any]]:
    """What is run: floors first, then ours, on `demo.db` and `entries.db` in `folder`."""
    python, ours = sys.executable, str(Path(sys.executable).with_name("jobsamtale"))
    demo, own, entries = folder / "demo.db", "{tmp}/own.db", folder / "entries.db"
    env = {"JOBSAMTALE_NOW": NOW, "JOBSAMTALE_DB": own, "JOBSAMTALE_USER": USER_KEY, "JOBSAMTALE_LANG": "da"}
    fresh = f"rm -f {own}*; cp -p {demo} {own}"
    app = {"env": env, "prep": fresh, "quit": ["<ctrl+q>"]}
    cli = {"kind": "cli", "env": {**env, "JOBSAMTALE_DB": str(demo)}}
    down = [{"key": "<down>", "expect": "<changed>", "label": "down"}] * 8
    return [
        {
            "name": "hello",
            "command": [python, "{here}/apps/hello.py"],
            "ready": r"(?s)Hello.*entry 05.*\^q.Quit",
            "steps": [
                *each("Zqick brxwn foz", "type"),
                {"key": "<f2>", "expect": "<changed>", "label": "focus"},
                *down,
                {"key": "<f3>", "expect": "<changed>", "label": "focus"},
                *each("Wlazy dqg sleepz", "text"),
                {"key": "<f2>", "expect": "<changed>", "label": "focus"},
                {"key": "<f3>", "expect": "<changed>", "label": "focus"},
            ],
        },
        {
            "name": "form",
            "command": [python, "{here}/apps/scales.py"],
            "ready": r"(?s)Clarity.*Overall.*\^q.Quit",
            "before": ["<tab>"],
            "steps": [*scoring("379", "284"), *scoring("461", "538")],
        },
        {
            "name": "home",
            "command": [ours],
            "ready": r"(?s)jobsamtale · .*\? ",
            "before": [{"wait": 1.0}],
            "steps": [*down, {"key": "/", "expect": "<changed>", "label": "focus"}, *each("madsen frandsen", "type")],
            **app,
        },
        {"name": "rows", "command": [ours], "ready": r"(?s)jobsamtale · .*Per Madsen.*\? ", **app},
        {
            "name": "session",
            "command": [ours, "open", CITIZEN],
            "ready": "(?s)Per Madsen.*\\? ",
            "before": [{"wait": 1.0}, {"key": "n", "expect": "▸1"}, {"key": "<f3>", "expect": "▸2"}, {"wait": 0.3}],
            "steps": [
                *each("Wlazy dqg sleepz", "text"),
                {"key": "<f4>", "expect": "▸3", "label": "phase"},
                *scoring("379", "284"),
                {"key": "<f5>", "expect": "▸4", "label": "phase"},
                {"key": "<f3>", "expect": "▸2", "label": "phase"},
                {"key": "<f4>", "expect": "▸3", "label": "phase"},
                *scoring("461", "538"),
                {"key": "<f2>", "expect": "▸1", "label": "phase"},
            ],
            **app,
        },
        {"name": "bare", "command": piped(python, "{here}/apps/cli_bare.py", str(entries)), **cli},
        {"name": "typer", "command": piped(python, "{here}/apps/cli_typer.py", "export", str(entries)), **cli},
        {"name": "typer help", "command": piped(python, "{here}/apps/cli_typer.py", "--help"), **cli},
        {"name": "help", "command": piped(ours, "--help"), **cli},
        {"name": "note", "command": piped(ours, "note", SESSION), **cli},
        {"name": "session list", "command": piped(ours, "session", "list"), **cli},
        {"name": "session list, shown", "command": [ours, "session", "list"], **cli},
        {"name": "export notes", "command": piped(ours, "export", "notes"), **cli},
    ]


@dataclass(frozen=True)
class Figure:
    """A line of the table: ours against a floor (or as it is, without one), what must and what should be reached."""

    what: str
    unit: str
    ours: Callable[[Runs], list[float]]
    floor: Callable[[Runs], list[float]] | None = None
    must: float | None = None
    reach: float | None = None
    pick: Callable[[Sequence[float]], float] = statistics.median

    def measured(self, runs: Runs) -> dict[str, Any]:
        """Our value, the floor's, and the ratio: of the values picked, or the median of the rounds' own ratios."""
        ours, floor = self.ours(runs), self.floor(runs) if self.floor else []
        found: dict[str, Any] = {"what": self.what, "unit": self.unit, "must": self.must, "reach": self.reach}
        found["ours"] = self.pick(ours) if ours else None
        found["floor"] = self.pick(floor) if floor else None
        found["ratio"] = None
        if ours and floor:
            rounds = self.pick is statistics.median and len(ours) == len(floor)
            ratios = [one / other for one, other in zip(ours, floor, strict=True)] if rounds else []
            found["ratio"] = statistics.median(ratios) if rounds else found["ours"] / found["floor"]
        return found


def per_round(target: str, name: str) -> Callable[[Runs], list[float]]:
    """A measure that each round has one of."""
    return lambda runs: [run[name] for run in runs[target] if run.get(name) is not None]


def keys(target: str | tuple[str, ...], label: str | tuple[str, ...], name: str) -> Callable[[Runs], list[float]]:
    """A measure of every key with this label, over all rounds."""
    names = (target,) if isinstance(target, str) else target
    labels = (label,) if isinstance(label, str) else label

    def found(runs: Runs) -> list[float]:
        pressed = (key for one in names for run in runs[one] for key in run["keys"] if key["label"] in labels)
        return [key[name] for key in pressed if key.get(name) is not None]

    return found


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty is above."""
    return float(tui_bench.pct(values, 95))


OWN = ("home", "session")
ALL = ("type", "text", "down", "score", "next row")
TIME, BYTES = "expect_ms", "bytes"


def key_figure(what: str, ours: str, label: str, floor: str, floor_label: str, **wanted: Any) -> Figure:
    """How long a key takes, 95 of 100 times."""
    return Figure(f"{what}, p95", "ms", keys(ours, label, TIME), keys(floor, floor_label, TIME), pick=p95, **wanted)


FIGURES = (
    Figure("first screen", "ms", per_round("home", "ready_ms"), per_round("hello", "ready_ms"), 1.0, 0.7),
    Figure("first rows", "ms", per_round("rows", "ready_ms"), per_round("hello", "ready_ms"), 1.2, 0.9),
    Figure("first screen", "bytes", per_round("home", "paint_bytes"), per_round("hello", "paint_bytes"), 1.0, 0.35),
    Figure("memory", "MB", per_round("session", "rss_mb"), per_round("hello", "rss_mb"), 1.9),
    Figure("exit", "ms", per_round("home", "exit_ms"), per_round("hello", "exit_ms"), 1.0),
    key_figure("typing in the search", "home", "type", "hello", "type", must=1.3, reach=1.0),
    key_figure("typing in a text", "session", "text", "hello", "type", must=1.3, reach=1.0),
    key_figure("list down", "home", "down", "hello", "down"),
    key_figure("score", "session", "score", "form", "score", must=2.0, reach=1.3),
    key_figure("score form, next row", "session", "next row", "form", "next row", must=2.0, reach=1.3),
    key_figure("another phase (floor: focus)", "session", "phase", "hello", "focus"),
    Figure("a key, median", "bytes", keys(OWN, ALL, BYTES), must=800, reach=250),
    Figure("a key, p95", "bytes", keys(OWN, ALL, BYTES), must=4000, reach=1500, pick=p95),
    Figure("--help", "ms", per_round("help", "wall_ms"), per_round("typer help", "wall_ms"), 1.25),
    Figure("note", "ms", per_round("note", "wall_ms"), per_round("typer", "wall_ms"), 1.4),
    Figure("session list", "ms", per_round("session list", "wall_ms"), per_round("typer", "wall_ms")),
    Figure(
        "session list, on a terminal", "ms", per_round("session list, shown", "wall_ms"), per_round("typer", "wall_ms")
    ),
    Figure("export notes", "ms", per_round("export notes", "wall_ms"), per_round("typer", "wall_ms")),
    Figure("Typer itself (floor: bare)", "ms", per_round("typer", "wall_ms"), per_round("bare", "wall_ms")),
)


def prepare(folder: Path) -> None:
    """The demo caseload in its own week, the floors' rows, and all bytecode compiled."""
    from jobsamtale_tui.casework.demo import demo_database

    os.environ["JOBSAMTALE_NOW"] = NOW
    database, _user = demo_database(folder, date.fromisoformat(NOW[:10]))
    with database.connected() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    with sqlite3.connect(folder / "entries.db") as connection:
        connection.execute("create table entry (id integer primary key, day text, score int, note text)")
        rows = ((i, f"2026-01-{i % 28 + 1:02d}", i % 10, f"note {i}") for i in range(1, 501))
        connection.executemany("insert into entry values (?, ?, ?, ?)", rows)
    for place in (ROOT / "src", HERE):
        compileall.compile_dir(place, quiet=2)


def run(specs: Iterable[dict[str, Any]], rounds: int, *, show: bool) -> Runs:
    """Every target in turn, `rounds` times after a round that does not count (with `show` once, screens printed)."""
    made = [tui_bench.Target(spec, {}, HERE, {}) for spec in specs]
    runs: Runs = {target.name: [] for target in made}
    try:
        for number in range(0 if show else -1, 1 if show else rounds):
            for target in made:
                result = tui_bench.Session(target, show).run()
                silent = sorted({key["label"] for key in result["keys"] if key["first_ms"] is None})
                result["errors"] += [f"{target.name}: nothing came after {label}" for label in silent]
                faults = "; ".join(result["errors"]) or "ok"
                sys.stderr.write(f"[{number + 1}/{rounds}] {target.name}: {faults}\n")
                if number >= 0:
                    runs[target.name].append(result)
    finally:
        for target in made:
            target.cleanup()
    return runs


def table(figures: Sequence[dict[str, Any]]) -> str:
    """The figures as text."""
    head = ("", "", "ours", "floor", "ratio", "must", "reach")
    rows = [head]
    for one in figures:
        values = (one["ours"], one["floor"], one["ratio"], one["must"], one["reach"])
        rows.append((one["what"], one["unit"], *(_short(value) for value in values)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _short(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--only", help="names of targets, by comma; the table then lacks what they do not give")
    parser.add_argument("--json", type=Path, help="write the figures, and every key of every round")
    parser.add_argument("--show", action="store_true", help="one round, with the screens")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.setswitchinterval(0.0002)
    with tempfile.TemporaryDirectory(prefix="jobsamtale-bench-") as name:
        folder = Path(name)
        prepare(folder)
        specs = targets(folder)
        if arguments.only:
            specs = [spec for spec in specs if spec["name"] in arguments.only.split(",")]
        environment = tui_bench.environment()
        runs = run(specs, arguments.rounds, show=arguments.show)
    empty: Runs = {spec["name"]: [] for spec in targets(Path())}
    figures = [figure.measured({**empty, **runs}) for figure in FIGURES]
    print(table([one for one in figures if one["ours"] is not None]))
    if arguments.json:
        told = {"environment": environment, "figures": figures, "runs": runs}
        arguments.json.write_text(json.dumps(told, indent=1, default=str), encoding="utf-8")
    faults = {fault for results in runs.values() for result in results for fault in result["errors"]}
    for fault in sorted(faults):
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
