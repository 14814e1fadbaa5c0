"""The command line in the process of the tests (`run`) and in one of its own (`shell`), on a small caseload."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests import hostile

from jobsamtale_tui.__main__ import main

RECORDS: list[dict[str, Any]] = [
    {"kind": "unit", "key": "nord", "name": "Afsnit Nord"},
    {"kind": "caseworker", "key": "anne", "name": "Anne Bech", "unit": "nord", "role": "caseworker"},
    {
        "kind": "citizen",
        "key": "mette-høj",
        "name": "Mette Højbjerg",
        "cpr": "010190-1234",
        "case_key": "24-1107",
        "target_group": "jobparat",
        "caseworker": "anne",
        "contact_start": "2026-01-05",
        "indicators_used": {"use": True, "reason": "Hun vil følge sin udvikling", "barriers": ["Ryggen"]},
    },
    {"kind": "citizen", "key": "åge", "name": "Åge \u202eØrsted"},
    {
        "kind": "agreement",
        "key": "aftale-1",
        "citizen": "mette-høj",
        "from": "2026-01-05",
        "indicators": [{"indicator": "jobtro", "reason": "Hun er i tvivl", "from": "2026-01-05"}],
    },
    {
        "kind": "session",
        "key": "s-1",
        "citizen": "mette-høj",
        "caseworker": "anne",
        "held_at": "2026-01-12T08:00:00Z",
        "status": "completed",
        "agenda": [{"topic": "CV", "by": "citizen", "state": "done", "conclusion": "Det er klar"}],
        "scores": [{"indicator": "jobtro", "value": 3, "remark": "=Usikker"}],
        "steps": [{"what": "Ringe til Lis", "when": "2026-01-20", "who": "citizen", "status": "open"}],
        "note": {"text": "Journalnotat\n\nKort og æøå.", "template": "hus", "version": 1, "at": "2026-01-12T09:00:00Z"},
    },
    {
        "kind": "session",
        "key": "s-2",
        "citizen": "mette-høj",
        "caseworker": "anne",
        "held_at": "2026-02-12T22:30:00Z",
        "status": "completed",
        "theme": "Netværk",
        "scores": [{"indicator": "jobtro", "value": 6}],
        "amendments": [{"at": "2026-02-14T08:00:00Z", "by": "anne", "reason": "Forkert navn", "text": "Det var Bo."}],
    },
    {
        "kind": "session",
        "key": "s-3",
        "citizen": "mette-høj",
        "held_at": "2026-03-02T08:00:00Z",
        "status": "draft",
        "scores": [{"indicator": "jobtro", "value": 7}],
    },
    {"kind": "session", "key": "s-4", "citizen": "åge", "held_at": "2026-04-02T08:00:00Z", "status": "planned"},
]


@dataclass
class Done:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]
Terminal = Callable[..., tuple[int, bytes]]


def as_lines(records: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.fixture(scope="session")
def caseload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with RECORDS, made once."""
    from jobsamtale_tui import i18n
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.exchange.importing import import_file
    from jobsamtale_tui.store.sqlite.database import Database

    i18n.use("en")
    folder = tmp_path_factory.mktemp("caseload")
    source = folder / "caseload.jsonl"
    source.write_text(as_lines(RECORDS), encoding="utf-8")
    made = Database(folder / "caseload.db")
    made.prepare()
    import_file(made, source, source.name, Actor(None, "tester"))
    copy = folder / "copy.db"
    made.copy_to(copy)
    made.close()
    return copy


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, English, with no settings."""
    for name in [name for name in os.environ if name.startswith(("JOBSAMTALE_", "_JOBSAMTALE", "SSH_"))]:
        monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("JOBSAMTALE_LANG", "en")
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-01T08:00:00Z")
    monkeypatch.setenv("JOBSAMTALE_DB", str(tmp_path / "data" / "test.db"))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return tmp_path


@pytest.fixture
def filled(home: Path, caseload: Path) -> Path:
    """The path of a database with the caseload, named by JOBSAMTALE_DB."""
    path = home / "data" / "test.db"
    path.parent.mkdir(mode=0o700)
    shutil.copyfile(caseload, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def call(*arguments: object) -> Done:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(code, captured.out, captured.err)

    return call


@pytest.fixture
def shell(home: Path) -> Run:
    """Runs a command in a process of its own."""

    def call(*arguments: object, env: dict[str, str] | None = None, stdin: bytes = b"") -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "jobsamtale_tui", *(str(argument) for argument in arguments)],
            input=stdin,
            capture_output=True,
            timeout=60,
            env={**os.environ, **(env or {})},
            check=False,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def hostile_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A citizen all of whose texts are hostile, as an exchange file."""
    return hostile.write(tmp_path_factory.mktemp("hostile") / "hostile.jsonl", hostile.caseload(count=2))


@pytest.fixture(scope="session")
def hostile_made(tmp_path_factory: pytest.TempPathFactory, hostile_source: Path) -> Path:
    """The hostile caseload's database, made once."""
    from jobsamtale_tui import i18n
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.exchange.importing import import_file
    from jobsamtale_tui.store.sqlite.database import Database

    i18n.use("en")
    database = Database(tmp_path_factory.mktemp("made") / "made.db")
    database.prepare()
    import_file(database, hostile_source, hostile_source.name, Actor(None, "tester"))
    copy = database.path.with_name("copy.db")
    database.copy_to(copy)
    database.close()
    return copy


@pytest.fixture
def hostile_db(home: Path, hostile_made: Path) -> Path:
    """The path of a database with the hostile caseload, named by JOBSAMTALE_DB."""
    path = home / "data" / "test.db"
    path.parent.mkdir(mode=0o700)
    shutil.copyfile(hostile_made, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Runs a command whose stdout and stderr are one terminal."""

    class Tty(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    def call(*arguments: str) -> tuple[int, bytes]:
        raw = io.BytesIO()
        with monkeypatch.context() as patched:
            stream = Tty(raw, encoding="utf-8", write_through=True)
            patched.setattr(sys, "stdout", stream)
            patched.setattr(sys, "stderr", stream)
            code = main(list(arguments))
            stream.flush()
        return code, raw.getvalue()

    return call
