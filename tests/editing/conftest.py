"""A small caseload, in English, with a fixed clock and login; no app and no Textual."""

import shutil
from pathlib import Path

import pytest
from tests.tui import caseload


@pytest.fixture(autouse=True)
def here(sealed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caseload's own Wednesday and login."""
    monkeypatch.setenv("LOGNAME", "anne-login")
    monkeypatch.setenv("JOBSAMTALE_NOW", caseload.NOW)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caseload's database, made once."""
    return caseload.make(tmp_path_factory.mktemp("caseload") / "made.db", caseload.RECORDS)


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    path = tmp_path / "test.db"
    shutil.copyfile(made, path)
    path.chmod(0o600)
    return path
