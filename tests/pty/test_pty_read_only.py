"""A database that may suddenly not be written to, by its rights. Root is held to them as everybody else."""

import os
import subprocess
import sys

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal, environment
from tests.tui import caseload

WITHOUT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
ORDINARY = WITHOUT if os.geteuid() == 0 else ()


def held_to_rights() -> bool:
    """Whether this user is, or can be made so: root on a machine that lets nobody give up a right cannot."""
    try:
        return not ORDINARY or subprocess.run([*ORDINARY, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def start(desk: Desk) -> Terminal:
    arguments = ["--db", str(desk.path), "--user", "anne", "--lang", "en", "open", "mette-holm"]
    command = (*ORDINARY, sys.executable, "-m", "jobsamtale_tui")
    terminal = Terminal(arguments, environment(desk.home, JOBSAMTALE_NOW=caseload.NOW), command=command)
    terminal.wait_for("24-1107")
    return terminal


def let(desk: Desk, mode: int) -> None:
    for file in desk.path.parent.glob(f"{desk.path.name}*"):
        file.chmod(mode)


@pytest.mark.skipif(not held_to_rights(), reason="root, and no way to be less")
def test_a_file_that_may_not_be_written_to_any_more_is_said_and_all_is_saved_once_it_may(desk: Desk) -> None:
    terminal = start(desk)
    terminal.press("n")
    terminal.wait_for("▸1 ")
    assert terminal.leave() == 0
    terminal.close()
    terminal = start(desk)
    try:
        let(desk, 0o400)
        terminal.press("n")
        terminal.wait_for("▸")
        terminal.press("f3")
        terminal.wait_for("▸2 ")
        terminal.type("Ro og tid")
        terminal.wait_for("The database may only be read")
        terminal.press("f4")
        terminal.wait_for("▸3 ")
        folder = desk.home / "data" / "jobsamtale"
        terminal.wait_for(lambda: any("Ro og tid" in one.read_text("utf-8") for one in folder.glob("recovery-*")))
        assert desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [(None,)]
        let(desk, 0o600)
        terminal.wait_for("takes changes again")
        terminal.press("f3")
        terminal.wait_for("Ro og tid")
        terminal.press("f4")
        terminal.wait_for(lambda: desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [("Ro og tid",)])
        terminal.wait_for(lambda: not list(folder.glob("recovery-*")))
        assert terminal.leave() == 0
    finally:
        terminal.close()
