"""A disk that takes no more, for real, and a stderr that goes into a file."""

import json
import resource
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal


def recovery(desk: Desk) -> list[Path]:
    return sorted((desk.home / "data" / "jobsamtale").glob("recovery-*.json"))


def written(file: Path) -> str:
    """What the file holds; nothing where another has just taken its place."""
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""


def begin(desk: Desk) -> Terminal:
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "--lang", "en", "open", "mette-holm")
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸")
    return terminal


def test_a_disk_that_takes_no_more(desk: Desk) -> None:
    terminal = begin(desk)
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    terminal.press("7")
    terminal.wait_for("saved")
    terminal.quiet()
    history = desk.sql("SELECT count(*) FROM history")
    wal = desk.path.with_name(f"{desk.path.name}-wal")
    _soft, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (wal.stat().st_size, hard))
    terminal.press("j", "5")
    terminal.wait_for("1 score waits to be saved")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    terminal.type("Jeg vil gerne i gan")
    terminal.wait_for(lambda: "Jeg vil gerne i gan" in "".join(map(written, recovery(desk))), "the recovery file")
    assert terminal.hang_up() == 1
    (file,) = recovery(desk)
    assert file.stat().st_mode & 0o777 == 0o600
    assert "Jeg vil gerne i gan" in [one.get("text") for one in json.loads(file.read_text("utf-8"))["drafts"]]
    assert desk.sql("PRAGMA integrity_check") == [("ok",)]
    assert desk.sql("SELECT count(*) FROM history") == history

    again = begin(desk)
    again.wait_for("Jeg vil gerne i gan")
    again.wait_for(lambda: recovery(desk) == [], "the recovery file to go")
    scored = "SELECT indicator, value FROM score WHERE session = 'mette-i-dag' ORDER BY position"
    again.wait_for(lambda: desk.sql(scored) == [("mod", 7), ("energi", 5)], "the score that waited")
    again.type("g")
    again.wait_for("Jeg vil gerne i gang")
    assert again.leave() == 0
    assert desk.unfinished[0][3] == "Jeg vil gerne i gang"


def test_what_goes_to_stderr_goes_into_its_file_and_the_app_into_the_terminal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = desk.home / "said.txt"
    popen = subprocess.Popen

    def redirected(*arguments: Any, **options: Any) -> Any:
        with said.open("wb") as file:
            return popen(*arguments, **{**options, "stderr": file})

    monkeypatch.setattr(subprocess, "Popen", redirected)
    terminal = begin(desk)
    assert terminal.leave() == 0
    assert said.read_bytes() == b""
