"""The figures as a page, made from what was stored: `python -m bench.report`."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
STORED, PAGE = ROOT / "bench" / "figures.json", ROOT / "docs" / "performance.md"
_PARTS = {
    "screen": ("The app", "On the demo's forty citizens, 120×40, true colour."),
    "large": (
        "A large house",
        "150,000 citizens and a million sessions, beside a house of 1,500 and ten thousand: the same keys in both.",
    ),
    "scale": (
        "Questions to the database",
        "CPU time of what screens and commands ask, of a million sessions and of ten thousand.",
    ),
    "cli": ("Commands", "Floor: one command of a small Typer program without Rich; for Typer itself bare Python."),
    "export": ("Exports", "As JSON Lines into a file."),
    "import": ("Imports", "Into an empty database, with every check and with history."),
    "million": ("An import of a million records", "Measured by hand, since it takes long: `--only million`."),
    "ssh": ("Over a line of 50 ms", "A real sshd on the loopback, every byte delayed by 25 ms each way."),
    "peers": ("Others of the kind", "Held against the same floor, in the same run."),
}


def stored(path: Path = STORED) -> dict[str, Any]:
    """What earlier runs have left: parts, each with its machine and its figures."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def merge(part: str, machine: Mapping[str, Any], figures: Iterable[Mapping[str, Any]], path: Path = STORED) -> None:
    """Puts a part's figures in the place of those that an earlier run has left."""
    found = stored(path)
    found[part] = {"machine": dict(machine), "figures": [dict(one) for one in figures]}
    kept = {name: found[name] for name in _PARTS if name in found}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def page(found: Mapping[str, Any]) -> str:
    """The page."""
    figures = [one for part in found.values() for one in part["figures"]]
    judged = [one for one in figures if one["must"] is not None]
    broken = [one for one in judged if _state(one) == "no"]
    reached = [one for one in judged if one["reach"] is not None]
    names = ", ".join(f"{one['what']} ({one['unit']})" for one in broken)
    missed = f" Not held: {names}." if broken else ""
    lines = [
        "# How fast it is",
        "",
        "Made by `make bench` (`bench/README.md` says how each figure is measured): do not edit. Look at the ratios,",
        "which hold from one machine to the next; milliseconds do not. *must* is what the program is held to, *reach*",
        "what we would like; both are bounds of the ratio, and of bytes a key the number itself.",
        "",
        f"{len(judged) - len(broken)} of {len(judged)} *musts* are held,"
        f" {sum(_state(one) == 'reach' for one in reached)} of {len(reached)} *reaches*.{missed}",
    ]
    for name, (title, said) in _PARTS.items():
        if name in found:
            lines += [
                "",
                f"## {title}",
                "",
                said,
                "",
                *_table(found[name]["figures"]),
                "",
                _machine(found[name]["machine"]),
            ]
    return "\n".join(lines) + "\n"


def _table(figures: Iterable[Mapping[str, Any]]) -> list[str]:
    rows = [
        "| what | | ours | floor | what the floor is | ratio | must | reach | held |",
        "|---|---|--:|--:|---|--:|--:|--:|---|",
    ]
    for one in figures:
        cells = [one["what"], one["unit"], _short(one["ours"]), _short(one["floor"]), one["against"]]
        cells += [_short(one["ratio"]), _short(one["must"]), _short(one["reach"]), _held(one)]
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def _state(one: Mapping[str, Any]) -> str:
    value = one["ours"] if one["ratio"] is None else one["ratio"]
    if one["must"] is None:
        return ""
    if value > one["must"]:
        return "no"
    return "reach" if one["reach"] is not None and value <= one["reach"] else "yes"


def _held(one: Mapping[str, Any]) -> str:
    return {"": "", "no": "**no**", "yes": "yes", "reach": "yes, and the reach"}[_state(one)]


def _short(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _machine(machine: Mapping[str, Any]) -> str:
    rounds = f"{machine['rounds']} rounds" if machine.get("rounds") else "one run"
    return (
        f"{machine['date'][:10]}, {rounds}; {machine['cpu']}, {machine['cores']} cores, Python {machine['python']},"
        f" Linux {machine['kernel']}; load {machine['loadavg'][0]:.1f} at the start."
    )


def main() -> int:
    """Writes the page anew from what is stored."""
    PAGE.write_text(page(stored()), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
