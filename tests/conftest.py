"""Seals every test from the machine: its home, settings, language, time zone and clock."""

import gc
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.selection import pytest_collection_modifyitems, pytest_runtest_call  # noqa: F401 - hooks

from jobsamtale_tui import i18n
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.store.sqlite.database import Database

NOW = "2026-06-01T08:00:00+00:00"

MANY_FILES = 200
"""Open files of this process after a test, most of them databases that a command's end would have closed."""


def pytest_runtest_teardown() -> None:
    """A process may have some thousand files open, and `select` takes no number above."""
    if len(os.listdir("/dev/fd")) > MANY_FILES:
        gc.collect()


def pytest_configure() -> None:
    """ctrl+c is heard: what a script starts in the background ignores it, and all that it starts in its turn.

    The collector goes through what pytest and hypothesis hold less often: that was a seventh of the tests of the app.
    Nothing is measured by the clock: a slow machine is no fault.
    """
    gc.set_threshold(20_000, 20, 20)
    settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("here")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of the test's own, a fixed time, English texts, an unusual time zone."""
    for name in list(os.environ):
        if name.startswith(("JOBSAMTALE_", "XDG_", "SSH_", "TEXTUAL")) or name in ("NO_COLOR", "COLUMNS", "LINES"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / ".local" / "share"))
    monkeypatch.setenv("JOBSAMTALE_NOW", NOW)
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    time.tzset()
    i18n.use("en")
    yield
    monkeypatch.undo()
    time.tzset()
    i18n.use("da")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once."""
    database = Database(tmp_path_factory.mktemp("template") / "empty.db")
    database.prepare()
    with database.connected() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database.path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Iterator[Database]:
    """A database of the test's own, a real file."""
    path = tmp_path / "test.db"
    shutil.copy2(empty_database, path)
    path.chmod(0o600)
    made = Database(path)
    yield made
    made.close()


@pytest.fixture
def actor() -> Actor:
    """Who changes things in tests."""
    return Actor(None, "tester")
