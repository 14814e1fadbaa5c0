"""What is run, by part of the report: programs, their keys, and what has to stand on the screen."""

import shlex
import sys
from pathlib import Path
from typing import Any

from bench.large import LONG_NAME, WORKER

NOW = "2026-06-01T09:58:00+02:00"
USER_KEY, CITIZEN, SESSION = "anne-bech", "per-madsen", "per-madsen-11"
OURS = str(Path(sys.executable).with_name("jobsamtale"))
HERE = Path(__file__).parent
Spec = dict[str, Any]


def each(text: str, label: str) -> list[Spec]:
    """A key a character, each waited for until the screen has changed."""
    return [{"key": "<space>" if key == " " else key, "expect": "<changed>", "label": label} for key in text]


def one(key: str, label: str, expect: str = "<changed>") -> Spec:
    """One key."""
    return {"key": key, "expect": expect, "label": label}


def scoring(down: str, up: str) -> list[Spec]:
    """Down a score form and up again, a value a row."""
    steps: list[Spec] = []
    for digits, way in ((down, "<down>"), (up, "<up>")):
        for digit in digits:
            steps += [*each(digit, "score"), one(way, "next row")]
    return steps


def piped(*command: str) -> list[str]:
    """A command as a script runs it: its output goes to a file."""
    return ["sh", "-c", f"exec {shlex.join(command)} > out"]


def _env(database: str, user: str = USER_KEY) -> dict[str, str]:
    return {"JOBSAMTALE_NOW": NOW, "JOBSAMTALE_DB": database, "JOBSAMTALE_USER": user, "JOBSAMTALE_LANG": "da"}


def _app(demo: Path) -> Spec:
    own = "{tmp}/own.db"
    return {"env": _env(own), "prep": f"rm -f {own}*; cp -p {demo} {own}", "quit": ["<ctrl+q>"]}


DOWN = [one("<down>", "down")] * 8


def hello() -> Spec:
    """The floor that nearly everything is held against."""
    return {
        "name": "hello",
        "command": [sys.executable, str(HERE / "apps/hello.py")],
        "ready": r"(?s)Hello.*entry 05.*\^q.Quit",
        "steps": [
            *each("Zqick brxwn foz", "type"),
            one("<f2>", "focus"),
            *DOWN,
            one("<f3>", "focus"),
            *each("Wlazy dqg sleepz", "text"),
            one("<f2>", "focus"),
            one("<f3>", "focus"),
        ],
    }


def _home(demo: Path) -> Spec:
    return {
        "name": "home",
        "command": [OURS],
        "ready": r"(?s)jobsamtale · .*\? ",
        "before": [{"wait": 1.0}],
        "steps": [*DOWN, one("/", "focus"), {"wait": 0.3}, *each("madsen frandsen", "type")],
        **_app(demo),
    }


def screen(demo: Path) -> list[Spec]:
    """The app on the demo caseload beside its floors."""
    return [
        hello(),
        {
            "name": "form",
            "command": [sys.executable, "{here}/apps/scales.py"],
            "ready": r"(?s)Clarity.*Overall.*\^q.Quit",
            "before": ["<tab>"],
            "steps": [*scoring("379", "284"), *scoring("461", "538")],
        },
        {
            "name": "chart",
            "command": [sys.executable, "{here}/apps/chart.py"],
            "ready": r"(?s)phase 0.*Quit",
            "steps": [one("n", "redraw")] * 8,
        },
        _home(demo),
        {"name": "rows", "command": [OURS], "ready": r"(?s)jobsamtale · .*Per Madsen.*\? ", **_app(demo)},
        {
            "name": "session",
            "command": [OURS, "open", CITIZEN],
            "ready": "(?s)Per Madsen.*\\? ",
            "before": [{"wait": 1.0}, {"key": "n", "expect": "▸1"}, {"key": "<f3>", "expect": "▸2"}, {"wait": 0.3}],
            "steps": [
                *each("Wlazy dqg sleepz", "text"),
                one("<f4>", "phase", "▸3"),
                *scoring("379", "284"),
                one("<f5>", "phase", "▸4"),
                one("<f3>", "phase", "▸2"),
                one("<f4>", "phase", "▸3"),
                *scoring("461", "538"),
                one("<f2>", "phase", "▸1"),
            ],
            **_app(demo),
        },
        {
            "name": "graph",
            "command": [OURS, "open", CITIZEN],
            "ready": "(?s)Per Madsen.*\\? ",
            "before": [{"wait": 1.0}, "g", {"wait": 0.5}, "<esc>", {"wait": 0.3}],
            "steps": [one("g", "graph", "Udvikling:"), {"key": "<esc>", "label": "back", "quiet_ms": 100}] * 4,
            **_app(demo),
        },
    ]


def large(name: str, database: Path) -> Spec:
    """A caseworker's way through a large house; the same keys for a small one."""
    home, citizen = one("<esc>", "back", "Find en borger"), one("<esc>", "back", "Samtaler")
    return {
        "name": name,
        "command": [OURS],
        "env": _env(str(database), WORKER),
        "ready": r"(?s)jobsamtale · .*kladde.*I dag.*\? ",
        "before": [{"wait": 1.0}, "/"],
        "steps": [
            *each(LONG_NAME, "type"),
            one("<enter>", "citizen", "Samtaler"),
            home,
            one("<enter>", "citizen", "Samtaler"),
            one("g", "graph", "Udvikling:"),
            citizen,
            one("i", "agreement", "(?s)^(?!.*Samtaler)"),
            citizen,
            one("n", "session", "▸"),
            {"key": "<f2>", "label": "back", "quiet_ms": 300},
            one("<f4>", "phase", "▸3"),
            *[one("<right>", "score"), one("<left>", "score"), one("<down>", "next row")] * 4,
            one("<f3>", "phase", "▸2"),
            one("<f4>", "phase", "▸3"),
            citizen,
            home,
            one("<ctrl+f>", "search"),
            one("praktik", "notes", "De nyeste"),
        ],
        "quit": ["<ctrl+q>"],
    }


def cli(demo: Path, entries: Path) -> list[Spec]:
    """Commands as scripts run them."""
    spec = {"kind": "cli", "env": _env(str(demo))}
    return [
        {"name": "bare", "command": piped(sys.executable, "{here}/apps/cli_bare.py", str(entries)), **spec},
        {"name": "typer", "command": piped(sys.executable, "{here}/apps/cli_typer.py", "export", str(entries)), **spec},
        {"name": "typer help", "command": piped(sys.executable, "{here}/apps/cli_typer.py", "--help"), **spec},
        {"name": "help", "command": piped(OURS, "--help"), **spec},
        {"name": "note", "command": piped(OURS, "note", SESSION), **spec},
        {"name": "session list", "command": piped(OURS, "session", "list"), **spec},
        {"name": "session list, shown", "command": [OURS, "session", "list"], **spec},
        {"name": "export notes", "command": piped(OURS, "export", "notes"), **spec},
    ]


def exports(few: Path, many: Path) -> list[Spec]:
    """Notes by the hundred thousand."""
    spec = {"kind": "cli", "exit_timeout": 120.0}
    ours = piped(OURS, "export", "notes")
    return [
        {"name": "export 5k", "command": ours, "env": _env(str(few), WORKER), **spec},
        {"name": "export 100k", "command": ours, "env": _env(str(many), WORKER), **spec},
        {
            "name": "export 100k bare",
            "command": piped(sys.executable, "{here}/apps/export_bare.py", str(many)),
            "env": _env(str(many), WORKER),
            **spec,
        },
    ]


def imports(few: Path, many: Path) -> list[Spec]:
    """Exchange files into an empty database."""
    spec = {
        "kind": "cli",
        "exit_timeout": 7200.0,
        "env": _env("{tmp}/d/own.db", ""),
        "prep": "rm -rf d out bare.db*; mkdir -m 700 d",
    }
    return [
        {"name": "import few", "command": piped(OURS, "import", str(few)), **spec},
        {"name": "import", "command": piped(OURS, "import", str(many)), **spec},
        {
            "name": "import bare",
            "command": piped(sys.executable, "{here}/apps/import_bare.py", str(many), "bare.db"),
            **spec,
        },
    ]


def ssh(demo: Path) -> list[Spec]:
    """The floor and the app at the other end of a line."""
    over = {"via": "ssh", "quiet_ms": 60}
    return [
        {**hello(), "name": "hello ssh", **over},
        {**_home(demo), "name": "home ssh", **over},
        _home(demo),
    ]
