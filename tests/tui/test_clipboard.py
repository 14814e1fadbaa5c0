"""Copying: the terminal's clipboard in the wrapping that passes, and always a file of the user's own."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.settings import data_path
from jobsamtale_tui.tui.shell import clipboard
from jobsamtale_tui.tui.shell.clipboard import LONGEST, sequence

TEXT = "Ærø – »næste skridt« 🙂"


def decoded(plain: str) -> str:
    found = re.fullmatch(r"\x1b]52;c;([A-Za-z0-9+/=]*)\a", plain)
    assert found
    return base64.b64decode(found[1]).decode()


def sent(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written: list[str] = []
    monkeypatch.setattr(drive.app._driver, "write", written.append)
    return written


def test_plain_terminals_get_it_plain() -> None:
    assert decoded(sequence(TEXT, {})) == TEXT


def test_tmux_gets_it_for_itself_and_wrapped_for_the_terminal_outside() -> None:
    plain, wrapped = sequence(TEXT, {"TMUX": "/tmp/tmux-1000/default,1,0"}).split("\x1bPtmux;")
    assert decoded(plain) == TEXT
    assert wrapped.endswith("\x1b\\")
    assert decoded(wrapped.removesuffix("\x1b\\").replace("\x1b\x1b", "\x1b")) == TEXT


def test_screen_gets_it_in_pieces_that_it_passes_on() -> None:
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", sequence("x" * 2000, {"STY": "1.tty"}), re.DOTALL)
    assert len(pieces) > 5
    assert all(len(piece) < 256 for piece in pieces)
    assert decoded("".join(pieces)) == "x" * 2000


def test_too_long_is_not_sent_at_all() -> None:
    assert sequence("x" * LONGEST, {}) == ""


async def test_a_fields_text_is_copied_and_written(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type(TEXT)
        written = sent(drive, monkeypatch)
        await drive.press("ctrl+y")
        path = data_path() / clipboard.NAME
        assert decoded(next(one for one in written if "]52;" in one)) == TEXT
        assert path.read_text(encoding="utf-8") == TEXT + "\n"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o077 == 0
        assert "Copied" in drive.status
        assert drive.widget("need").value == TEXT


async def test_what_is_marked_is_what_is_copied(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("mette holm")
        await drive.press("shift+left", "shift+left", "shift+left", "shift+left", "ctrl+y")
        assert (data_path() / clipboard.NAME).read_text() == "holm\n"


async def test_the_text_of_a_screen_that_is_read(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter", "down", "enter", "ctrl+y")
        assert "Lager først" in (data_path() / clipboard.NAME).read_text(encoding="utf-8")


async def test_where_there_is_no_text_it_says_so(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("ctrl+y")
        assert "no text" in drive.status
        assert not (data_path() / clipboard.NAME).exists()


async def test_a_disk_that_takes_nothing_is_said(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    async with driving(db) as drive:
        await drive.press("/", "x")
        monkeypatch.setattr(clipboard, "write_own", full)
        await drive.press("ctrl+y")
        assert "could not be written" in drive.status


@pytest.mark.parametrize(("name", "word"), [("TMUX", "set-clipboard"), ("STY", "screen")])
async def test_multiplexers_are_named(db: Path, monkeypatch: pytest.MonkeyPatch, name: str, word: str) -> None:
    async with driving(db, size=(140, 24)) as drive:
        await drive.press("/", "x")
        monkeypatch.setenv(name, "1")
        await drive.press("ctrl+y")
        assert word in drive.status
        assert clipboard.NAME in drive.status


async def test_text_with_control_signs_cannot_end_the_sequence(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        written = sent(drive, monkeypatch)
        drive.app.copy_to_clipboard("a\x1b\\b\a")
        assert decoded(written[-1]) == "a\\b"
