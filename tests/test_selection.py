"""What `make fast` leaves out is found in the code, and what is not found there fails."""

import importlib
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bench import torture
from tests import selection
from tests.pty.terminal import Terminal
from tests.tui import places
from tests.tui.driving import Drive, driving


def _begins() -> None:
    subprocess.run(["true"], check=True)


class _Holds:
    def begin(self) -> None:
        _begins()


def by_a_function() -> None:
    _begins()


def by_a_class() -> None:
    _Holds().begin()


def within_a_function() -> Any:
    def within() -> None:
        _begins()

    return within


def in_a_terminal() -> Any:
    return Terminal([], {})


def by_a_module_of_ours() -> Any:
    return torture.opened


def nothing_of_it() -> None:
    assert os.getpid()


async def the_app(path: Path) -> None:
    async with driving(path):
        pass


async def every_screen(drive: Drive) -> None:
    await places.go(drive, "")


@pytest.mark.parametrize("one", [by_a_function, by_a_class, within_a_function, in_a_terminal, by_a_module_of_ours])
def test_a_process_is_found_wherever_it_is_begun(one: Any) -> None:
    assert selection.named(one, {}) & selection.PROCESS


def test_what_is_no_process_is_told_from_one() -> None:
    assert not selection.named(nothing_of_it, {}) & (selection.PROCESS | selection.LARGE | selection.APP)
    assert selection.named(the_app, {}) & selection.APP
    assert not selection.named(the_app, {}) & selection.PROCESS
    assert selection.named(every_screen, {}) & selection.LARGE


def test_what_is_not_found_is_refused(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("fast")
    name = "".join(("sub", "process"))  # in one piece it would be found
    hidden = importlib.import_module(name)
    with pytest.raises(RuntimeError, match="began a second process"):
        hidden.run(["true"], check=False)
    assert selection.begun == [f"{name}.Popen"]
    selection.begun.clear()
