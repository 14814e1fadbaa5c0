"""What a command imports is what it needs: measured in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "alembic", "pydantic", "plotext", "jinja2", "babel", "tomlkit", "stdnum")
SHOW = """
import sys
from jobsamtale_tui.__main__ import main
code = main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\nMODULES " + " ".join(sorted(name for name in sys.modules if "." not in name)))
sys.stderr.write("\\nOURS " + " ".join(sorted(name for name in sys.modules if name.startswith("jobsamtale_tui."))))
raise SystemExit(code)
"""


def imported(place: Path, *arguments: str, env: dict[str, str] | None = None) -> tuple[set[str], set[str]]:
    """The packages and our own modules that a command imports."""
    for name in ("home", "config", "data"):
        (place / name).mkdir(exist_ok=True)
    own = {
        "HOME": str(place / "home"),
        "XDG_CONFIG_HOME": str(place / "config"),
        "XDG_DATA_HOME": str(place / "data"),
        "JOBSAMTALE_DB": str(place / "test.db"),
        **(env or {}),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JOBSAMTALE")}
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *arguments], capture_output=True, env=kept | own, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    *_said, modules, ours = done.stderr.decode().splitlines()
    return set(modules.split()[1:]), set(ours.split()[1:])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of one citizen and one completed session."""
    from jobsamtale_tui.store.sqlite.database import Database

    folder = tmp_path_factory.mktemp("imports")
    database = Database(folder / "test.db")
    database.prepare()
    with database.connected() as connection:
        connection.execute("INSERT INTO citizen (key, name, sort_key, found_by) VALUES ('mette', 'M', 'm', 'm')")
        connection.execute(
            "INSERT INTO session (key, citizen, held_at, status)"
            " VALUES ('s-1', 'mette', '2026-01-12T08:00:00Z', 'completed')"
        )
        connection.execute(
            "INSERT INTO note (session, text, template, version, at)"
            " VALUES ('s-1', 'Note', 'journalnotat', '1', '2026-01-12T08:00:00Z')"
        )
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "note --help",
        "export --help",
        "keys",
        "keys --format json",
        "config show",
        "note s-1",
        "note s-1 --format json",
        "note s-1 --format html",
        "graph mette --format json",
        "graph mette --format csv",
        "citizen list",
        "citizen show mette --format json",
        "session list",
        "session show s-1",
        "citizen steps mette",
        "contact list --format json",
        "contact explain mette",
        "search note",
        "lint s-1",
        "indicator list",
        "db info",
        "db check",
        "db upgrade",
        "doctor",
        "export all",
        "export sessions --format csv",
        "export notes --format text",
        "export notes --new fasit",
        "export steps --new fasit --format csv",
        "consumer list",
    ],
)
def test_what_is_only_read_imports_nothing_heavy(place: Path, arguments: str) -> None:
    packages, _ours = imported(place, *arguments.split())
    assert packages.isdisjoint(HEAVY)
    assert "rich" not in packages


@pytest.mark.parametrize("arguments", ["--help", "note --help", "session list --help"])
def test_help_stays_light(place: Path, arguments: str) -> None:
    packages, ours = imported(place, *arguments.split())
    assert packages.isdisjoint({"rich", "sqlite3", "zoneinfo"})
    assert "jobsamtale_tui.records" not in ours
    assert len([name for name in ours if name.startswith("jobsamtale_tui.")]) <= 16


def test_a_kept_note_is_read_without_the_records(place: Path) -> None:
    _packages, ours = imported(place, "note", "s-1")
    assert "jobsamtale_tui.records" not in ours


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_stays_light(place: Path, shell: str) -> None:
    line = "jobsamtale note "
    packages, ours = imported(
        place,
        env={
            "_JOBSAMTALE_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": "2",
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        },
    )
    assert packages.isdisjoint({*HEAVY, "rich"})
    assert "jobsamtale_tui.records" not in ours


def test_a_graph_is_drawn_without_the_app_and_the_mapping(place: Path) -> None:
    packages, _ours = imported(place, "graph", "mette")
    assert packages.isdisjoint({"textual", "sqlmodel", "sqlalchemy", "pydantic", "jinja2"})


def test_a_drawing_for_the_citizen_needs_neither_the_app_nor_the_typesetter(place: Path) -> None:
    packages, _ours = imported(place, "graph", "mette", "--format", "svg")
    assert packages.isdisjoint({"typst", "plotext", "textual", "sqlmodel", "sqlalchemy", "pydantic", "jinja2"})
    packages, _ours = imported(place, "graph", "mette", "--format", "pdf")
    assert "typst" in packages
    assert packages.isdisjoint({"plotext", "textual", "sqlmodel", "sqlalchemy", "pydantic"})


def test_what_people_do_is_known_without_the_mapping_layer() -> None:
    """A screen or a command may import any of it at its top: what writes comes in with the first change."""
    show = (
        "import importlib, pkgutil, sys; from jobsamtale_tui import casework;"
        " found = pkgutil.walk_packages(casework.__path__, 'jobsamtale_tui.casework.');"
        " [importlib.import_module(one.name) for one in found]; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True, timeout=60)
    modules = set(done.stdout.split())
    assert "jobsamtale_tui.casework.session.commit" in modules
    assert modules.isdisjoint({"sqlmodel", "sqlalchemy", "alembic", "jobsamtale_tui.store.schema.tables"})
