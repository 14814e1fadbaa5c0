"""A few kills of those that `python -m bench.torture` does by the fifty, and the ways to lose a terminal."""

import shutil
import signal
import time
from pathlib import Path
from random import Random
from typing import Unpack

import pytest
from bench import torture, torture_edits
from tests.pty.conftest import Desk
from tests.pty.terminal import How, Terminal, environment
from tests.tui import caseload

from jobsamtale_tui.store.sqlite.database import Database

EDITS_SEED = 59
"""Brings kills and signals, and a database that is locked and one that is removed."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return torture.made(tmp_path_factory.mktemp("torture") / "base.db")


def test_nothing_acknowledged_is_lost_by_a_kill_and_the_session_goes_on(tmp_path: Path, base: Path) -> None:
    figures = torture.Figures()
    for seed in (104, 113):
        (tmp_path / str(seed)).mkdir()
        torture.kill_a_session(tmp_path / str(seed), base, Random(seed), 2.0, figures)
    assert figures.kills == 2


def test_every_edit_survives_what_befalls_the_app_and_its_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = torture_edits.rounds(tmp_path, 6, 2.0, EDITS_SEED)
    assert figures.lost == 0, capsys.readouterr().out
    assert figures.rounds == figures.endings.total() == 6
    assert len(figures.endings) > 1
    assert len(figures.during) > 1


def test_an_import_that_is_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    env = environment(tmp_path, TMPDIR=str(tmp_path))
    what = torture.import_files(tmp_path, env, 10, 60)
    database = Database(tmp_path / "empty.db")
    database.prepare()
    database.close()
    random = Random(4)
    for _ in range(2):
        torture.kill_an_import(tmp_path, database.path, what, random, env)


def writing(desk: Desk, **how: Unpack[How]) -> Terminal:
    """In the middle of a word in the need, with a terminal that is as `how` says."""
    arguments = ["--db", str(desk.path), "--user", "anne", "open", "mette-holm"]
    terminal = Terminal(arguments, environment(desk.home, JOBSAMTALE_NOW=caseload.NOW), **how)
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    terminal.type("midt i et o")
    terminal.wait_for("midt i et o")
    return terminal


@pytest.mark.parametrize("how", [{"hears": False}, {"owns": False}], ids=["hang-up ignored", "not its own terminal"])
def test_without_a_hang_up_it_ends_when_the_terminal_is_gone(desk: Desk, how: dict[str, bool]) -> None:
    terminal = writing(desk, **how)
    assert terminal.hang_up() == 0
    assert desk.unfinished == [(2, "need", "0,11", "midt i et o")]


@pytest.mark.parametrize("closed", [False, True], ids=["SIGTERM", "closed"])
def test_a_terminal_that_takes_no_more_does_not_keep_it(desk: Desk, closed: bool) -> None:
    terminal = writing(desk)
    for _ in range(300):
        terminal.send("x")
        time.sleep(0.002)  # each is shown, until the terminal is full
    if closed:
        assert terminal.hang_up() == 0
    else:
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.process.wait(20) == 0
    terminal.close()
    ((_phase, field, _cursor, text),) = desk.unfinished
    assert field == "need"
    assert text.startswith("midt i et o")


def test_stopped_and_continued_it_has_one_reader_and_draws_anew(desk: Desk) -> None:
    terminal = writing(desk)
    for _ in range(2):
        terminal.process.send_signal(signal.SIGSTOP)
        terminal.quiet(0.1)
        terminal.pyte.reset()
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_for("midt i et o")
        terminal.quiet()
    for letter in "rd og et til, æøå og så videre":
        terminal.send(letter)
        terminal.read(0.002)
    terminal.wait_for("midt i et ord og et til, æøå og så videre")
    assert terminal.leave() == 0
    assert desk.unfinished[0][3] == "midt i et ord og et til, æøå og så videre"


@pytest.mark.skipif(shutil.which("bash") is None, reason="no shell with job control")
def test_back_to_the_shell_and_fetched_again(desk: Desk) -> None:
    command = f"{torture.COMMAND[0]} -m jobsamtale_tui --db {desk.path} --user anne open mette-holm"
    env = environment(desk.home, JOBSAMTALE_NOW=caseload.NOW, PS1="klar> ")
    terminal = Terminal([], env, command=["bash", "--norc", "--noprofile", "-i"])
    terminal.wait_for("klar>")
    terminal.send(f"{command}\r")
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    terminal.type("halvt")
    terminal.wait_for("halvt")
    terminal.press("escape")
    terminal.wait_for("gemt")
    terminal.send("\x1a")
    terminal.wait_for("klar>")
    before = len(terminal.raw)
    terminal.send("fg\r")
    terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.raw[before:], "the app's own screen")
    terminal.quiet()
    terminal.press("tab")
    terminal.type("og resten")
    terminal.wait_for("og resten")
    assert desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [("halvt",)]
    terminal.send("\x11")
    terminal.wait_for("klar>")
    terminal.send("exit\r")
    assert terminal.ended() == 0
    terminal.close()
