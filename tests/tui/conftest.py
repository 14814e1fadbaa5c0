"""The app on a small caseload, in English, with a fixed clock and login."""

import gc
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.tui import caseload
from tests.tui.driving import LOGIN
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from jobsamtale_tui.tui.screens.common import conflict

RUN = count(1)
"""Tests of the app that have run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-screens", action="store_true", help="write tests/tui/screens/*.txt anew")


@pytest.fixture(autouse=True)
def here(sealed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The caseload's own Wednesday and login, and clashes that are answered at once; what the app froze for the
    collector is let go of, and now and then collected: the collector itself comes to it after a gigabyte of apps that
    are gone."""
    monkeypatch.setenv("LOGNAME", LOGIN)
    monkeypatch.setenv("JOBSAMTALE_NOW", caseload.NOW)
    monkeypatch.setattr(conflict, "CALM_SECONDS", 0.0)
    yield
    gc.unfreeze()
    if next(RUN) % 20 == 0:
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """What Textual makes of a style sheet is made once for all apps of the same colours, not anew for each."""
    made: dict[Any, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parsed(self: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        key = (given, *named.items(), *self._variables.items())
        if key not in made:
            made[key] = parse(self, *given, **named)
        return made[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Stylesheet, "_parse_rules", parsed)
        yield


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
