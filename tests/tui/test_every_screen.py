"""Every screen of the app, with hostile text in every record and in every field; every form keeps what is begun."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.traceback import Traceback
from tests import hostile
from tests.tui import places
from tests.tui.caseload import make
from tests.tui.driving import Drive, driving
from textual.widgets import Input, TextArea

from jobsamtale_tui.tui.screens.common.form import FormScreen
from jobsamtale_tui.tui.shell import typing_pause
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.terminal.steady_app import make_harmless

EVERYTHING = " ".join(text for text in hostile.TEXTS if len(text) < 200)
SEARCHES = ("find", "search", "command")
"""What is typed to look for something is nobody's text."""
OF_SESSIONS = {"SessionScreen", "SharedScreen"}
"""Fields that are saved one by one as they are left: test_saving, test_shared_screen and tests/pty have them."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The hostile caseload's database, made once."""
    return make(tmp_path_factory.mktemp("hostile") / "made.db", hostile.caseload(count=4)).read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    path = tmp_path / "hostile.db"
    path.write_bytes(made)
    path.chmod(0o600)
    return path


def test_every_screen_is_in_the_table() -> None:
    assert set(places.PLACES) == set(places.classes())


def keeping() -> set[str]:
    """The screens that say what is kept of what is typed in them."""
    return {name for name, cls in places.classes().items() if getattr(cls, "keep", None) is not BaseScreen.keep}


def harmless(drive: Drive, name: str) -> None:
    """What stands on the screen steers nothing, and nothing in it can be clicked or followed."""
    drive.app.screen._on_timer_update()
    for strip in drive.app.screen._compositor.render_strips():
        found = hostile.STEERING.findall(strip.text)
        assert not found, (name, found, strip.text)
        for segment in strip:
            style = segment.style
            assert style is None or not (style.link or "@click" in style.meta), (name, segment)


def fields(drive: Drive) -> Iterator[Any]:
    """The fields of the screen that take a text of somebody's, shown or not."""
    for field in drive.app.screen.query("Input, TextArea"):
        assert isinstance(field, (Input, TextArea))
        if field.id not in SEARCHES:
            yield field


def test_a_crash_report_tells_no_number_and_steers_nothing() -> None:
    """Nor do the notes of an error, and the errors within a group of them."""
    text = "\x1b]0;x\x07 010190-1234"
    inner = SyntaxError(text, ("x.toml", 1, 1, text))
    inner.add_note(text)
    group = ExceptionGroup(text, [inner, KeyError(text)])
    report = Traceback.from_exception(type(group), group, None, width=100)
    make_harmless(report.trace)
    file = io.StringIO()
    Console(file=file, width=100).print(report)
    said = file.getvalue()
    assert "010190-••••" in said
    assert "1234" not in said
    assert not hostile.STEERING.search(said)


async def test_no_text_steers_a_screen_or_ends_the_app(path: Path) -> None:
    """What stands in the records, then what is put into every field, and kept where a form takes it."""
    fed = set()
    async with driving(path, size=(80, 24)) as drive:
        for name in places.PLACES:
            await places.go(drive, name)
            harmless(drive, name)
            for field in fields(drive):
                fed.add(f"{name} {field.id}")
                assert name in keeping(), "what is typed there is kept nowhere"
                field.value = EVERYTHING if isinstance(field, TextArea) else " ".join(EVERYTHING.split("\n"))
            await drive.press("f10")
            harmless(drive, f"{name} written")
            for figure in hostile.FIGURES if isinstance(drive.app.screen, FormScreen) else ():
                for field in fields(drive):
                    field.value = figure
                await drive.settle()
                assert drive.app._exception is None, (name, figure)
            assert drive.app._exception is None, name
    assert len(fed) > 100


def written(drive: Drive) -> list[str]:
    """What is kept on disk of what nobody has saved."""
    rows = drive.sql("SELECT typed FROM unfinished_form")
    return [str(text) for (typed,) in rows for text in json.loads(typed).values()]


def begun(drive: Drive, word: str) -> dict[str, str]:
    """Half a word in each field that one can see, each another."""
    name = type(drive.app.screen).__name__
    shown = [field for field in fields(drive) if all(node.display for node in field.ancestors_with_self)]
    there = {field.id: f"{word} {name} {number}" for number, field in enumerate(shown)}
    for field in shown:
        field.value = there[field.id]
    return there


TO_FIELDS = {"AgreementScreen": ("enter",), "GroupScreen": ("tab", "enter")}
"""What opens the line in which a reason or a conclusion is written."""


def no_pause_runs(drive: Drive) -> bool:
    """What is typed from now on is kept by no pause that began before."""
    pause = getattr(drive.app.screen, "_pause", None)
    return pause is None or pause._timer is None


async def test_what_is_begun_is_on_disk_and_offered_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a pause, as where the process is killed; at once, as where the terminal goes away."""
    kept = set()
    async with driving(path, size=(80, 24)) as drive:
        for name in sorted(keeping() - OF_SESSIONS):
            await places.go(drive, name)
            await drive.press(*TO_FIELDS.get(name, ()))
            monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)
            there = begun(drive, "halv")
            if not there:
                continue
            await drive.until(lambda there=there: set(there.values()) <= set(written(drive)))
            await drive.until(lambda: no_pause_runs(drive))
            monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 1000.0)
            monkeypatch.setattr(typing_pause, "LONG_SECONDS", 1000.0)
            there = begun(drive, "hel")
            await drive.settle()
            assert not set(there.values()) <= set(written(drive))
            drive.app.keep_all()
            assert set(there.values()) <= set(written(drive)), name
            drive.app.pop_screen()  # nothing is asked of a process that is killed
            await drive.settle()
            await places.go(drive, name)
            assert there.items() <= {field.id: field.value for field in fields(drive)}.items(), name
            kept.add(name)
    assert kept >= {name for name, cls in places.classes().items() if issubclass(cls, FormScreen)}
