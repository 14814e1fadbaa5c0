"""Real terminals on the caseload of the app's tests, in Danish."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.pty.terminal import Terminal, environment
from tests.tui import caseload


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caseload's database, made once."""
    return caseload.make(tmp_path_factory.mktemp("caseload") / "made.db", caseload.RECORDS)


@dataclass
class Desk:
    """A caseworker's machine: her database, and terminals on it."""

    path: Path
    home: Path
    start: Callable[..., Terminal]

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asks the database file itself."""
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    @property
    def unfinished(self) -> list[tuple[Any, ...]]:
        """Phase, field, cursor and text of what is kept."""
        return self.sql("SELECT phase, field, cursor, text FROM unfinished")


@pytest.fixture
def desk(tmp_path: Path, made: Path) -> Iterator[Desk]:
    """The app as it is started: `jobsamtale --db … --user anne`."""
    home = tmp_path / "desk"
    (home / "tmp").mkdir(parents=True)
    path = home / "team.db"
    shutil.copyfile(made, path)
    path.chmod(0o600)
    open_: list[Terminal] = []

    def start(*arguments: str, size: tuple[int, int] = (80, 24), **env: str) -> Terminal:
        given = list(arguments) or ["--db", str(path), "--user", "anne"]
        variables = environment(home, **{"JOBSAMTALE_NOW": caseload.NOW, **env})
        open_.append(Terminal(given, variables, size=size))
        return open_[-1]

    yield Desk(path, home, start)
    for terminal in open_:
        terminal.close()
