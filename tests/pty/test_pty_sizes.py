"""A window that gets another size, and its old one back, while the app looks how large it is."""

import sys

import pytest
from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal, environment
from tests.tui import caseload

MEANWHILE = """
import fcntl, struct, sys, termios
from jobsamtale_tui.__main__ import main
from jobsamtale_tui.tui.terminal.unix_driver import UnixDriver

def looked(driver, look=UnixDriver._get_terminal_size):
    size = look(driver)
    if size != (20, 5):
        return size
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return {answer}

UnixDriver._get_terminal_size = looked
sys.exit(main())
"""
"""The app, in a window that is never 20x5 for longer than until it looks."""


@pytest.mark.parametrize(
    ("answer", "cells"),
    [("size", "true"), ("look(driver)", "true"), ("look(driver)", "false")],
    ids=["just after it looked", "just before", "just before, whole widgets"],
)
def test_a_window_that_is_as_large_as_before_again_shows_all(desk: Desk, answer: str, cells: str) -> None:
    arguments = ["--db", str(desk.path), "--user", "anne", "open", "mette-holm"]
    env = environment(desk.home, JOBSAMTALE_NOW=caseload.NOW, JOBSAMTALE_CELL_DIFF=cells)
    terminal = Terminal(arguments, env, command=[sys.executable, "-c", MEANWHILE.format(answer=answer)])
    try:
        terminal.wait_for("24-1107")
        terminal.quiet()
        before = terminal.screen
        terminal.resize(20, 5)
        terminal.pyte.resize(24, 80)
        assert terminal.screen != before
        terminal.wait_for(lambda: terminal.screen == before, "the screen as it was")
        terminal.quiet()
        assert terminal.screen == before
        assert terminal.leave() == 0
    finally:
        terminal.close()
