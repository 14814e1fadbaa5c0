"""Files that are there whole or not at all."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui.__main__ import main
from jobsamtale_tui.files import ENDING, holds_database, whole
from jobsamtale_tui.store.sqlite.database import Database

SMALL = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
LIMITED = SMALL + "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
MAIN = "import sys; from jobsamtale_tui.__main__ import main; sys.exit(main())"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose export takes a moment."""
    folder = tmp_path_factory.mktemp("big")
    folder.chmod(0o700)
    path = folder / "test.db"
    lines = [{"kind": "citizen", "key": f"c{number}", "name": "N" * 10_000} for number in range(1000)]
    source = folder / "big.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert run(path, "import", source).returncode == 0
    return path


def run(db: Path, *arguments: object, before: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", before + MAIN, "--lang", "en", "--db", str(db), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.endswith(ENDING))


def test_what_stood_there_stays_until_the_new_file_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("before")
    path.chmod(0o644)

    def broken() -> None:
        with whole(path) as part:
            part.write_text("half")
            assert path.read_text() == "before"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert (path.read_text(), left(tmp_path)) == ("before", [])
    with whole(path) as part:
        part.write_text("whole")
    assert (path.read_text(), path.stat().st_mode & 0o777, left(tmp_path)) == ("whole", 0o600, [])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link", tmp_path / "target"
    target.write_text("before")
    link.symlink_to(target)
    with whole(link) as part:
        part.write_text("whole")
    assert link.is_symlink()
    assert target.read_text() == "whole"


def test_a_database_and_what_lies_beside_it_are_known(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    Database(path).prepare()
    assert holds_database(path)
    assert holds_database(tmp_path / "test.db-wal")
    assert not holds_database(tmp_path / "other")


EXPORT = ("export", "all", "-o")


@pytest.mark.parametrize("command", [EXPORT, ("db", "backup", "--force")])
def test_a_full_disk_leaves_what_was_there(big: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    done = run(big, *command, target, before=LIMITED)
    assert done.returncode in (1, 4), done.stderr
    assert done.stderr.startswith("jobsamtale: ")
    assert done.stderr.count("\n") == 1
    assert (target.read_text(), left(tmp_path)) == ("before", [])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_who_is_ended_leaves_neither_half_a_file_nor_a_part(big: Path, tmp_path: Path, number: Any, code: int) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-c", MAIN, "--db", str(big), "export", "all", "-o", str(folder / "all.jsonl")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 20
        while not left(folder) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        process.send_signal(number)
        ended = process.wait()
    assert ended == code or (ended == 0 and (folder / "all.jsonl").exists())
    assert [name for name in os.listdir(folder) if name != "all.jsonl"] == []


def said(capsys: pytest.CaptureFixture[str], db: Path, *arguments: object) -> tuple[int, str, str]:
    """The same in this process."""
    code = main(["--lang", "en", "--db", str(db), *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("command", [EXPORT, ("db", "backup"), ("graph", "c1", "--format", "json", "-o")])
def test_what_cannot_be_written_is_a_sentence(
    big: Path, tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = big.read_bytes()
    for target in (tmp_path / "none" / "out", tmp_path, big, big.with_name("test.db-wal")):
        if target.name.endswith("-wal"):
            target.touch()
        code, _out, told = said(capsys, big, *command, target)
        assert (code, told.count("\n")) == (1, 1), told
    assert big.read_bytes() == before
    assert left(tmp_path) == []


@pytest.mark.parametrize("terminal", [True, False])
def test_a_folder_that_was_missing_is_said_to_who_sits_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    code, _out, told = said(capsys, tmp_path / "none" / "test.db", "citizen", "list")
    assert code == 0
    assert (str(tmp_path / "none") in told) is terminal


def test_a_graph_without_scores_is_a_message(big: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, told = said(capsys, big, "graph", "c1")
    assert (code, out) == (0, "")
    assert "no scores yet" in told


def test_stdin_is_read_once(big: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, told = said(capsys, big, "import", "-", "-")
    assert code == 2
    assert "twice" in told
