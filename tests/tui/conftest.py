"""The app on a small caseload, in English, with a fixed clock and login."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tui import caseload
from tests.tui.driving import LOGIN


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-screens", action="store_true", help="write tests/tui/screens/*.txt anew")


@pytest.fixture(autouse=True)
def here(sealed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The caseload's own Wednesday and login; what the app froze for the collector is let go of."""
    monkeypatch.setenv("LOGNAME", LOGIN)
    monkeypatch.setenv("JOBSAMTALE_NOW", caseload.NOW)
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caseload's database, made once."""
    return caseload.make(tmp_path_factory.mktemp("caseload") / "made.db", caseload.RECORDS)


@pytest.fixture
def db(tmp_path: Path, made: Path) -> Path:
    """A copy of the caseload's database for one test."""
    path = tmp_path / "test.db"
    shutil.copyfile(made, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A database with nothing in it."""
    return caseload.make(tmp_path / "empty.db", [])
