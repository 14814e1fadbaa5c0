"""The editor and the shell in a real terminal: it is lent and comes back, and nothing is lost on the way."""

import os
import signal
import sys
from pathlib import Path

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal, environment
from tests.tui import caseload


def editor(desk: Desk, source: str) -> str:
    script = desk.home / "redaktør"
    script.write_text(
        f"#!{sys.executable}\nimport os, pathlib, signal, sys, time\npath = pathlib.Path(sys.argv[-1])\n{source}\n",
        encoding="utf-8",
    )
    script.chmod(0o700)
    return str(script)


def in_need(terminal: Terminal) -> None:
    """Into the field that says what the citizen needs, with a text in it."""
    terminal.wait_for("Ida Sø")
    terminal.type("/mette")
    terminal.wait_for("24-1107")
    terminal.press("enter")
    terminal.wait_for("Samtaler")
    terminal.press("n")
    terminal.wait_for("Forberedelse")
    terminal.press("f3")
    terminal.wait_for("Hvilken hjælp")
    terminal.type("Hun vil i gang")
    terminal.wait_for("Hun vil i gang")


def kept(desk: Desk) -> list[Path]:
    return sorted((desk.home / "data" / "jobsamtale" / "editor").glob("*.txt"))


def test_the_editor_has_the_terminal_and_gives_it_back(desk: Desk) -> None:
    terminal = desk.start(
        EDITOR=editor(
            desk,
            "print('HER ER REDAKTØREN', flush=True)\n"
            "line = sys.stdin.readline()\n"
            "path.write_text(path.read_text() + line, encoding='utf-8')",
        )
    )
    in_need(terminal)
    terminal.send("\x05")
    terminal.wait_for("HER ER REDAKTØREN")
    assert oct(kept(desk)[0].stat().st_mode & 0o777) == "0o600"
    terminal.send("på æøå\r")
    terminal.wait_for("på æøå")
    terminal.wait_for("2 Opstart")
    terminal.wait_for(lambda: [row[3] for row in desk.unfinished[:1]] == ["Hun vil i gang\npå æøå"], "the kept text")
    assert kept(desk) == []
    terminal.type(" og mere")
    terminal.wait_for("på æøå og mere")
    assert terminal.leave() == 0


def test_ctrl_c_in_the_editor_does_not_end_the_app(desk: Desk) -> None:
    terminal = desk.start(
        EDITOR=editor(desk, "path.write_text('halvt'); print('KLAR', flush=True); time.sleep(60)"), size=(200, 24)
    )
    in_need(terminal)
    terminal.send("\x05")
    terminal.wait_for("KLAR")
    terminal.send("\x03")
    terminal.wait_for("2 Opstart")
    terminal.wait_for("Hun vil i gang")
    terminal.wait_for("tekst-")
    assert [path.read_text() for path in kept(desk)] == ["halvt"]
    assert terminal.leave() == 0


def test_a_line_that_drops_while_the_editor_is_open_loses_nothing(desk: Desk) -> None:
    terminal = desk.start(EDITOR=editor(desk, "path.write_text('halvt'); print('KLAR', flush=True); time.sleep(60)"))
    in_need(terminal)
    terminal.send("\x05")
    terminal.wait_for("KLAR")
    terminal.hang_up()
    assert desk.unfinished[0][3] == "Hun vil i gang"
    assert [path.read_text() for path in kept(desk)] == ["halvt"]


def test_the_terminal_comes_back_where_there_is_no_editor(desk: Desk) -> None:
    terminal = desk.start(EDITOR="/ingen/sådan", size=(160, 24))
    in_need(terminal)
    terminal.send("\x05")
    terminal.wait_for("EDITOR")
    terminal.type(" igen")
    terminal.wait_for("Hun vil i gang igen")
    assert terminal.leave() == 0


def test_suspending_and_coming_back(desk: Desk) -> None:
    shell = desk.home / "shell.py"
    shell.write_text(SHELL, encoding="utf-8")
    terminal = Shell(desk, shell)
    terminal.wait_for("Ida Sø")
    terminal.send("\x1a")
    terminal.wait_for("STANDSET")
    assert terminal.raw.count(b"\x1b[?1049l") == 1
    terminal.send("fg\r")
    terminal.wait_for(lambda: terminal.raw.count(b"\x1b[?1049h") == 2, "the app's screen again")
    terminal.quiet()
    terminal.type("/mette")
    terminal.wait_for("24-1107")
    terminal.send("\x11")
    terminal.wait_for("SLUT 0")
    terminal.close()


def test_without_a_shell_it_is_not_suspended(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("Ida Sø")
    terminal.send("\x1a")
    terminal.wait_for("q ")
    terminal.quiet()
    terminal.type("/mette")
    terminal.wait_for("24-1107")
    assert terminal.leave() == 0


SHELL = """
import os, signal, subprocess, sys

signal.signal(signal.SIGTTOU, signal.SIG_IGN)
app = subprocess.Popen([sys.executable, "-m", "jobsamtale_tui", *sys.argv[1:]], preexec_fn=os.setpgrp)
while True:
    os.tcsetpgrp(0, app.pid)
    os.kill(-app.pid, signal.SIGCONT)
    _pid, status = os.waitpid(app.pid, os.WUNTRACED)
    os.tcsetpgrp(0, os.getpgrp())
    if not os.WIFSTOPPED(status):
        break
    print("STANDSET", flush=True)
    sys.stdin.readline()
print("SLUT", os.waitstatus_to_exitcode(status), flush=True)
sys.stdin.readline()
"""
"""A shell with job control, as small as one can be."""


class Shell(Terminal):
    """A terminal with a shell in it that has started the app."""

    def __init__(self, desk: Desk, script: Path) -> None:
        super().__init__(
            [str(script), "--db", str(desk.path), "--user", "anne"],
            environment(desk.home, JOBSAMTALE_NOW=caseload.NOW),
            command=[sys.executable],
        )

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        super().close()
