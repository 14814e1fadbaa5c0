"""Programs of the same kind, each in a virtual environment of its own: fetched for the bench and for nothing else."""

import subprocess
import sys
from pathlib import Path
from typing import Any

WANTED = {
    "dooit": ("dooit",),
    "posting": ("posting", "tree-sitter<0.26"),  # 0.26.1 ends it at the start
    "harlequin": ("harlequin",),
}


def installed(cache: Path) -> dict[str, Path]:
    """The folders of those that are there, after trying to fetch those that are not."""
    found = {}
    for name, packages in WANTED.items():
        place = cache / f"peer-{name}"
        if not (place / "bin" / name).exists():
            sys.stderr.write(f"fetching {name}\n")
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            if subprocess.run([*pip, *packages], check=False).returncode:
                sys.stderr.write(f"{name} could not be fetched: the report goes without it\n")
                continue
        found[name] = place / "bin" / name
    return found


def targets(there: dict[str, Path]) -> list[dict[str, Any]]:
    """How each is run: up to its first screen, then typing in a field."""
    typed = {"type": "Zqickbrxwn", "echo": True, "label": "type"}
    specs: dict[str, dict[str, Any]] = {
        "dooit": {
            "prep": "rm -rf .local .config",
            "ready": "(?s)Workspaces.*NORMAL",
            "before": ["a"],
            "quit": ["<enter>", "<ctrl+q>"],
        },
        "posting": {
            "setup": "mkdir -p col; for i in 01 02 03 04 05 06; do"
            " printf 'name: req-%s\\nmethod: GET\\nurl: http://127.0.0.1/x\\n' $i > col/req-$i.posting.yaml; done",
            "arguments": ["--collection", "{tmp}/col"],
            "ready": "(?s)GET req-05.*c Quit",
            "before": [{"key": "<ctrl+l>"}, {"wait": 0.3}],
            "quit": ["<ctrl+c>"],
        },
        "harlequin": {
            "setup": f"{sys.executable} -c \"import sqlite3; c = sqlite3.connect('t.db');"
            " [c.execute(f'create table t{i} (a int, b text)') for i in range(20)]; c.commit()\"",
            "arguments": ["-a", "sqlite", "{tmp}/t.db"],
            "ready": "(?s)Data Catalog.*main db.*Run Query.*Quit",
            "before": [{"wait": 4}, "<ctrl+a>", "<backspace>", {"wait": 0.3}],
            "quit": ["<ctrl+q>"],
        },
    }
    found = []
    for name, program in there.items():
        spec = dict(specs[name])
        command = [str(program), *spec.pop("arguments", [])]
        found.append({"name": name, "command": command, "steps": [typed], **spec})
    return found
