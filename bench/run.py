"""The app beside its floors, measured in one interleaved run, and docs/performance.md: `python -m bench.run`.

A floor is the least that such a program can cost: a Textual app with nothing behind it, a score form that keeps
nothing, an export by plain sqlite3. Ratios to them are what counts, since the machine's own speed falls out of those.
"""

import argparse
import compileall
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from bench import large, peers, report, scale, targets, tui_bench
from bench.figures import FIGURES, Runs

HERE, ROOT = Path(__file__).parent, Path(__file__).parent.parent
PARTS = ("screen", "large", "scale", "cli", "export", "import", "ssh", "peers", "million")
USUAL = PARTS[:-1]
_SMALL, _NOTES, _MILLION = 10_000, 210_500, 1_000_000
"""Sessions in the databases: about every second has a note."""
_RECORDS = 20_000


def demo(folder: Path) -> tuple[Path, Path]:
    """The demo caseload in its own week, and the rows of the commands' floors."""
    from jobsamtale_tui.casework.exchange.demo import demo_database

    database, _user = demo_database(folder, date.fromisoformat(targets.NOW[:10]))
    with database.connected() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    entries = folder / "entries.db"
    with sqlite3.connect(entries) as connection:
        connection.execute("create table entry (id integer primary key, day text, score int, note text)")
        rows = ((i, f"2026-01-{i % 28 + 1:02d}", i % 10, f"note {i}") for i in range(1, 501))
        connection.executemany("insert into entry values (?, ?, ?, ?)", rows)
    return database.path, entries


def filled(cache: Path, sessions: int, citizens: int = 0) -> Path:
    """A database of so many sessions, made once and brought up to the schema of today."""
    from jobsamtale_tui.store.sqlite.database import REVISIONS, Database

    path = cache / f"sessions-{sessions}" / "x.db"
    if not path.exists():
        sys.stderr.write(f"making a database of {sessions:,} sessions\n")
        large.make(path, sessions, citizens)
    database = Database(path)
    if database.revision() != REVISIONS[-1]:
        database.migrate()
    return path


def lines(cache: Path, records: int) -> Path:
    """An exchange file of about so many records, whose completed sessions all have their note."""
    from scripts.caseload_large import large_lines

    path = cache / f"records-{records}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        citizens = records // 8
        made = large_lines(citizens, records * 2, 1)
        good = (line for line in made if b'"status":"completed"' not in line or b'"note":' in line)
        with part.open("wb") as file:
            file.writelines(islice(good, records))
        part.replace(path)
    return path


def interleaved(specs: Iterable[dict[str, Any]], rounds: int, *, show: bool, warm: bool = True) -> Runs:
    """Every target in turn, `rounds` times after a round that does not count (with `show` once, screens printed)."""
    made = [tui_bench.Target(spec, {}, HERE, {}) for spec in specs]
    runs: Runs = {target.name: [] for target in made}
    try:
        for target in made:
            if target.setup:
                subprocess.run(["sh", "-c", target.setup], env=target.env, cwd=target.cwd, check=True)
        for number in range(-1 if warm and not show else 0, 1 if show else rounds):
            for target in made:
                result = tui_bench.Session(target, show).run()
                silent = sorted({key["label"] for key in result["keys"] if key["first_ms"] is None} - {"back"})
                result["errors"] += [f"nothing came after {label}" for label in silent]
                faults = "; ".join(result["errors"]) or "ok"
                sys.stderr.write(f"[{number + 1}/{rounds}] {target.name}: {faults}\n")
                if number >= 0:
                    # What ended with an error counts for no figure, but is said.
                    runs.setdefault(f"{target.name}, failed" if result.get("status") else target.name, []).append(
                        result
                    )
    finally:
        for target in made:
            target.cleanup()
    return runs


def specs(parts: Iterable[str], folder: Path, cache: Path) -> list[dict[str, Any]]:
    """The interactive targets and short commands of the chosen parts, each once."""
    database, entries = demo(folder)
    found: list[dict[str, Any]] = []
    for part in parts:
        match part:
            case "screen":
                found += targets.screen(database)
            case "large":
                found += [targets.hello()]
                found += [targets.large("small", filled(cache, _SMALL, 1500))]
                found += [targets.large("large", filled(cache, _MILLION, 150_000))]
            case "cli":
                found += targets.cli(database, entries)
            case "peers":
                found += [targets.hello(), *peers.targets(peers.installed(cache))]
            case "ssh-inside":
                found += targets.ssh(database)
            case _:
                pass
    return list({spec["name"]: spec for spec in found}.values())


def bulk(parts: Iterable[str], cache: Path) -> list[dict[str, Any]]:
    """Commands that take seconds: fewer rounds."""
    found: list[dict[str, Any]] = []
    if "export" in parts:
        found += targets.exports(filled(cache, _SMALL, 1500), filled(cache, _NOTES))
    if "import" in parts:
        found += targets.imports(lines(cache, _RECORDS // 10), lines(cache, _RECORDS))
    return found


def scaled(cache: Path, seconds: float) -> list[dict[str, Any]]:
    """The database's own answers, as lines of the report."""
    found = scale.measured(filled(cache, _SMALL, 1500), filled(cache, _MILLION, 150_000), seconds)
    return [
        {
            "part": "scale",
            "what": one["what"],
            "unit": "ms",
            "ours": one["large"],
            "floor": one["small"],
            "against": "ten thousand sessions" + ("; goes through a whole table" if one["scans"] else ""),
            "ratio": one["ratio"],
            "must": scale.MUST,
            "reach": None,
        }
        for one in found
    ]


def over_ssh(arguments: argparse.Namespace) -> int:
    """The part `ssh`, in a process under the laboratory that delays the line."""
    if not (shutil.which("sshd") or Path("/usr/sbin/sshd").exists()) or not shutil.which("ssh"):
        sys.stderr.write("There is no sshd: install openssh-server for the figures over a line. Going on without.\n")
        return 0
    inner = [sys.executable, "-m", "bench.run", "--only", "ssh-inside", "-n", str(arguments.rounds)]
    inner += ["--cache", str(arguments.cache)]
    command = [sys.executable, str(HERE / "ssh_lab.py"), "--rtt-ms", "50", "--", *inner]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def measured(runs: Runs, parts: Iterable[str], counts: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """The figures of the runs, by part."""
    found: dict[str, list[dict[str, Any]]] = {}
    for figure in FIGURES:
        if figure.part in parts and (one := figure.measured(runs)):
            one["what"] = one["what"].format_map(counts)
            found.setdefault(figure.part, []).append(one)
    return found


def cache_folder() -> Path:
    """Where large databases and peers are kept between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jobsamtale-bench"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", "--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="two rounds, for a first look")
    parser.add_argument("--only", help=f"parts, by comma: {', '.join(PARTS)} (all but the last unless named)")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="where databases and peers are kept")
    parser.add_argument("--show", action="store_true", help="one round, with the screens; nothing is stored")
    arguments = parser.parse_args()
    arguments.rounds = 2 if arguments.quick else arguments.rounds
    parts = arguments.only.split(",") if arguments.only else list(USUAL)
    if unknown := set(parts) - {*PARTS, "ssh-inside"}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["JOBSAMTALE_NOW"] = targets.NOW
    sys.setswitchinterval(0.0002)
    arguments.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place in (ROOT / "src", HERE):
        compileall.compile_dir(place, quiet=2)
    return _run(parts, arguments)


def _run(parts: list[str], arguments: argparse.Namespace) -> int:
    few = 1 if arguments.quick else 3
    with tempfile.TemporaryDirectory(prefix="jobsamtale-bench-") as name:
        chosen, slow = specs(parts, Path(name), arguments.cache), bulk(parts, arguments.cache)
        machine = {**tui_bench.environment(), "rounds": arguments.rounds}
        machine.pop("pyte", None)
        runs = interleaved(chosen, arguments.rounds, show=arguments.show)
        runs |= interleaved(slow, few, show=arguments.show, warm=False)
        if "million" in parts:
            once = targets.imports(lines(arguments.cache, 100_000), lines(arguments.cache, 1_000_000))
            runs |= interleaved(once, 1, show=False, warm=False)
        if "scale" in parts and not arguments.show:
            found = scaled(arguments.cache, 0.2 if arguments.quick else 0.5)
            report.merge("scale", {**machine, "rounds": None}, found)
    faults = {f"{name}: {fault}" for name, results in runs.items() for one in results for fault in one["errors"]}
    if not arguments.show:
        wanted = {"ssh" if part == "ssh-inside" else "import" if part == "million" else part for part in parts}
        count = "a million" if "million" in parts else f"{_RECORDS:,}"
        for part, figures in measured(runs, wanted, {"count": count}).items():
            name = "million" if "million" in parts and part == "import" else part
            rounds = few if part in ("export", "import") else arguments.rounds
            report.merge(name, {**machine, "rounds": 1 if name == "million" else rounds}, figures)
        if "ssh" in parts:
            over_ssh(arguments)
        report.main()
    for fault in sorted(faults):
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
