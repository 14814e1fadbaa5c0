"""Makes caseloads in the exchange format: the demo's, and large ones for measuring.

python -m scripts.caseload demo            rewrites data/demo/
python -m scripts.caseload demo --check    says whether data/demo/ is up to date
python -m scripts.caseload large --citizens 150000 --sessions 1000000 -o FILE
"""

import argparse
import sys
from pathlib import Path

from scripts.caseload_demo import demo_jsonl, demo_toml
from scripts.caseload_large import large_lines

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.caseload", description=(__doc__ or "").split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="the demo's caseload in data/demo/")
    demo.add_argument("--check", action="store_true", help="change nothing; exit 1 when the files differ")
    large = commands.add_parser("large", help="a large caseload, written as it is made")
    large.add_argument("--citizens", type=int, required=True)
    large.add_argument("--sessions", type=int, required=True)
    large.add_argument("--seed", type=int, default=1)
    large.add_argument("-o", "--output", required=True, help="a file, or - for stdout")
    chosen = parser.parse_args(arguments)
    if chosen.command == "demo":
        return _demo(check=chosen.check)
    return _large(chosen.citizens, chosen.sessions, chosen.seed, chosen.output)


def _demo(check: bool) -> int:
    made = {"caseload.jsonl": demo_jsonl(), "demo.toml": demo_toml()}
    if check:
        stale = [name for name, text in made.items() if not _holds(DEMO / name, text)]
        if stale:
            names = " and ".join(f"data/demo/{name}" for name in stale)
            sys.stderr.write(f"{names} differ from the script: run python -m scripts.caseload demo.\n")
        return 1 if stale else 0
    DEMO.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (DEMO / name).write_bytes(text.encode())
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


def _large(citizens: int, sessions: int, seed: int, output: str) -> int:
    if citizens < 1 or sessions < 0:
        sys.stderr.write("A large caseload has at least one citizen and no negative number of sessions.\n")
        return 2
    lines = large_lines(citizens, sessions, seed)
    if output == "-":
        sys.stdout.buffer.writelines(lines)
        return 0
    with Path(output).open("wb", buffering=1 << 20) as file:
        file.writelines(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
