"""The user's own editor on any text field: nothing is lost, whatever it does."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.settings import data_path

TEXT = "Hun vil i gang"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes $EDITOR of Python source that finds the file at `path`."""

    def make(source: str, *, arguments: str = "") -> Path:
        script = tmp_path / "min editor"
        script.write_text(
            f"#!{sys.executable}\nimport os, pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{source}\n",
            encoding="utf-8",
        )
        script.chmod(0o700)
        monkeypatch.setenv("EDITOR", f"'{script}' {arguments}")
        return script

    return make


@contextmanager
def lent() -> Iterator[None]:
    yield


async def in_need(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(drive.app, "suspend", lent)
    await drive.open_session("mette")
    await drive.press("f3")
    await drive.type(TEXT)
    return drive.widget("need")


def kept() -> list[Path]:
    folder = data_path() / "editor"
    return sorted(folder.iterdir()) if folder.exists() else []


async def test_what_the_editor_saves_stands_in_the_field_and_is_saved(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("path.write_text(path.read_text() + 'æøå\\nog linje to\\n')")
    async with driving(db) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert need.value == f"{TEXT}\næøå\nog linje to"
        assert drive.unfinished().text == need.value
        assert "min editor" in drive.status
        await drive.press("f4")
        assert drive.session().need == f"{TEXT}\næøå\nog linje to"
    assert kept() == []


async def test_the_file_is_the_users_alone_while_it_is_open(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    modes = "f'{path.stat().st_mode:o} {path.parent.stat().st_mode:o} {path}'"
    editor(f"pathlib.Path({str(seen)!r}).write_text({modes})")
    async with driving(db) as drive:
        await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
    mode, folder, path = seen.read_text().split(" ", 2)
    assert stat.S_IMODE(int(mode, 8)) == 0o600
    assert stat.S_IMODE(int(folder, 8)) == 0o700
    assert Path(path).is_relative_to(data_path())


@pytest.mark.parametrize(
    ("source", "said", "left"),
    [
        ("sys.exit(3)", "ended with an error (3)", False),
        ("path.write_text('noget nyt'); sys.exit(1)", "ended with an error (1)", True),
        ("path.write_bytes(b'sm\\xf8r')", "left no text that can be read", True),
        ("path.unlink()", "left no text that can be read", False),
        ("os.kill(os.getpid(), 9)", "ended with an error (-9)", False),
    ],
)
async def test_an_editor_that_fails_costs_nothing(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch, source: str, said: str, left: bool
) -> None:
    editor(source)
    async with driving(db, size=(240, 24)) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert need.value == TEXT
        assert said in drive.status
        assert "The field is as it was" in drive.status
        assert len(kept()) == left
        if left:
            assert str(kept()[0]) in drive.status
            assert kept()[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/ingen/sådan", "sådan could not be started: set EDITOR"),
        ("'halv", "$EDITOR is not a command"),
        ("  ", "$EDITOR is not a command"),
    ],
)
async def test_no_editor_is_said(db: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str) -> None:
    monkeypatch.setenv("EDITOR", command)
    async with driving(db, size=(160, 24)) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert (need.value, kept()) == (TEXT, [])
        assert said in drive.status


async def test_a_terminal_that_cannot_be_lent_is_said(db: Path) -> None:
    async with driving(db, size=(160, 24)) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type(TEXT)
        await drive.press("ctrl+e")
        assert "cannot be lent" in drive.status
        assert drive.widget("need").value == TEXT


async def test_an_unchanged_text_is_said_and_nothing_saved(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("pass")
    async with driving(db) as drive:
        await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert "changed nothing" in drive.status
        assert kept() == []


async def test_visual_comes_before_editor_and_its_words_are_passed(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("path.write_text(' '.join(sys.argv[1:-1]))", arguments="--wait 'to ord'")
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
    monkeypatch.setenv("EDITOR", "/ingen/sådan")
    async with driving(db) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert need.value == "--wait to ord"


async def test_a_remark_takes_line_breaks_from_the_editor(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("path.write_text('linje et\\nlinje to\\n')")
    async with driving(db) as drive:
        monkeypatch.setattr(drive.app, "suspend", lent)
        await drive.open_session("mette")
        await drive.press("f4", "s", "7", "enter", "ctrl+e")
        assert "linje et↵linje to" in drive.screen
        await drive.press("enter")
        assert [one.remark for one in drive.session().scores] == ["linje et\nlinje to"]


async def test_other_lines_get_one_line(db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    editor("path.write_text('et\\n\\nto')")
    async with driving(db) as drive:
        monkeypatch.setattr(drive.app, "suspend", lent)
        await drive.open_session("mette")
        await drive.press("a", "ctrl+e", "enter")
        assert [item.topic for item in drive.session().agenda] == ["et to"]


async def test_a_byte_order_mark_and_carriage_returns_are_left_out(
    db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor("path.write_bytes('\\ufeffa\\r\\nb\\x1b[31m\\r\\n'.encode())")
    async with driving(db) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert need.value == "a\nb[31m"


async def test_a_disk_that_takes_nothing_is_said(db: Path, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    editor("pass")
    data_path().parent.mkdir(parents=True)
    data_path().write_text("a file where the folder should be")
    async with driving(db, size=(140, 24)) as drive:
        need = await in_need(drive, monkeypatch)
        await drive.press("ctrl+e")
        assert "could not be handed to an editor" in drive.status
        assert need.value == TEXT
