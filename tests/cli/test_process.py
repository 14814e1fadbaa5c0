"""What only a process of its own shows: streams, locale, signals, terminals, the shells' completion."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import Run

COMMAND = [sys.executable, "-m", "jobsamtale_tui"]
DATA = (
    ["note", "s-1"],
    ["note", "s-2", "--format", "json"],
    ["graph", "mette-høj"],
    ["graph", "mette-høj", "--format", "csv"],
    ["citizen", "list"],
    ["session", "list", "--format", "json"],
    ["export", "all"],
    ["export", "scores", "--format", "csv"],
)


@pytest.mark.parametrize("arguments", DATA, ids=" ".join)
def test_the_same_bytes_on_every_machine(shell: Run, filled: Path, arguments: list[str]) -> None:
    once = shell(*arguments)
    assert once.code == 0, once.err
    for env in (
        {"LC_ALL": "C", "TZ": "Pacific/Auckland", "COLUMNS": "40", "LINES": "10"},
        {"LC_ALL": "POSIX", "TZ": "America/New_York", "COLUMNS": "200", "PYTHONIOENCODING": "latin-1"},
        {"LANG": "da_DK.UTF-8", "TERM": "xterm-kitty", "COLORTERM": "truecolor", "PYTHONHASHSEED": "7"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        assert shell(*arguments, env=env).out == once.out, env


def test_errors_are_readable_in_the_c_locale(shell: Run, filled: Path) -> None:
    done = shell("citizen", "show", "ærø", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.code == 3
    assert "ærø" in done.err


@pytest.mark.parametrize(
    "arguments", [["export", "all"], ["citizen", "list"], ["keys"], ["--help"], ["schema"]], ids=" ".join
)
def test_a_closed_pipe_ends_quietly(filled: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen([*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        _out, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 0


@pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0)])
def test_a_closed_stream_is_no_reason_to_fail(filled: Path, closed: str, code: int) -> None:
    line = f'exec "{sys.executable}" -m jobsamtale_tui citizen list {closed}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert done.returncode == code
    assert done.stderr == b""


def test_the_app_is_refused_without_any_stream(filled: Path) -> None:
    line = f'exec "{sys.executable}" -m jobsamtale_tui <&- >&- 2>&-'
    assert subprocess.run(["/bin/sh", "-c", line], timeout=60, check=False).returncode == 2


def test_a_full_disk_is_told(filled: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "export", "all"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert done.stderr.startswith(b"jobsamtale: ")


def test_an_interrupt_ends_with_130(home: Path) -> None:
    with subprocess.Popen([*COMMAND, "import", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(b'{"kind": "unit", "key": "nord", "name": "Nord"}\n' * 4000)  # more than a pipe holds:
        process.stdin.flush()  # once it is gone, the command has begun to read
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_the_installed_command_is_the_same() -> None:
    installed = Path(sys.executable).with_name("jobsamtale")
    done = subprocess.run([installed, "--version"], capture_output=True, check=False)
    assert done.returncode == 0


def in_terminal(
    arguments: list[str], env: dict[str, str] | None = None, size: tuple[int, int] = (30, 100)
) -> tuple[int, str]:
    """Exit code and all that the terminal saw."""
    import fcntl
    import struct
    import termios

    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(env or {})
        os.execv(sys.executable, [*COMMAND, *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    seen = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
    _pid, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode()


def test_a_dumb_terminal_is_refused(filled: Path) -> None:
    for arguments in ([], ["open", "mette-høj"], ["demo"]):
        code, seen = in_terminal(arguments, {"TERM": "dumb"})
        assert code == 2
        assert seen.startswith("jobsamtale: ")
        assert "citizen list" in seen
        assert seen.count("\n") == 1


def test_one_terminal_is_not_enough(filled: Path) -> None:
    done = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2


def test_a_terminal_is_given_nothing_that_steers_it(filled: Path) -> None:
    env = {"TERM": "xterm-256color", "NO_COLOR": "1"}
    for arguments in (["citizen", "list"], ["citizen", "show", "åge"], ["session", "list"]):
        code, seen = in_terminal(arguments, env)
        assert code == 0
        assert "\u202e" not in seen
        assert "⟨202E⟩" in seen
    _code, seen = in_terminal(["citizen", "show", "åge", "--format", "json"], env)
    assert seen.isascii()


def test_a_graph_fills_the_terminal_and_heeds_no_color(filled: Path) -> None:
    env = {"TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
    _code, coloured = in_terminal(["graph", "mette-høj"], env)
    _code, plain = in_terminal(["graph", "mette-høj"], {**env, "NO_COLOR": "1"})
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain
    assert max(len(line) for line in plain.splitlines()) > 80
    assert len(plain.splitlines()) > 24


def test_progress_shows_in_a_terminal_alone(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "units.jsonl"
    path.write_text("".join(f'{{"kind": "unit", "key": "u{number}", "name": "U"}}\n' for number in range(1200)))
    code, seen = in_terminal(["import", str(path)], {"TERM": "xterm"})
    assert code == 0
    assert "1200 new, 0 changed, 0 as they were" in seen


def complete(shell: Run, name: str, line: str) -> list[str]:
    env = {"_JOBSAMTALE_COMPLETE": f"complete_{name}", "_TYPER_COMPLETE_ARGS": line}
    if name == "bash":
        env |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    env["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    done = shell(env=env)
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion(shell: Run, filled: Path, name: str) -> None:
    def has(line: str, *wanted: str) -> None:
        told = "\n".join(complete(shell, name, line))
        assert all(one in told for one in wanted), told

    has("jobsamtale ci", "citizen")
    has("jobsamtale citizen ", "list", "show")
    has("jobsamtale graph ", "mette-høj", "åge")
    has("jobsamtale note s", "s-1", "s-4")
    has("jobsamtale indicator show ", "jobtro")
    has(f"jobsamtale --db {filled} export sessions --caseworker a", "anne")
    has("jobsamtale graph mette-høj --format ", "term", "json")
    has("jobsamtale session list --sta", "--status")


def test_completion_is_silent_where_there_is_nothing_to_read(shell: Run, filled: Path) -> None:
    filled.chmod(0o644)
    assert complete(shell, "bash", "jobsamtale note ") == [""] or complete(shell, "bash", "jobsamtale note ") == []
    assert not any(complete(shell, "bash", f"jobsamtale --db {filled}.none note "))
    assert not Path(f"{filled}.none").exists()
    assert not any(complete(shell, "bash", "jobsamtale --db mysql://x note "))


def test_a_demo_that_is_ended_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    code = f"""
import os, signal, sys
from jobsamtale_tui import i18n
i18n.use("en")
from jobsamtale_tui.cli import run
with run._folder() as folder:
    assert folder.stat().st_mode & 0o777 == 0o700, oct(folder.stat().st_mode)
    assert folder.parent == __import__("pathlib").Path({str(place)!r})
    (folder / "demo.db").write_text("x")
    os.kill(os.getpid(), int(sys.argv[1]))
    __import__("time").sleep(30)
"""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        done = subprocess.run(
            [sys.executable, "-c", code, str(int(number))],
            env={**os.environ, "TMPDIR": str(place)},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode != 0
        assert b"AssertionError" not in done.stderr
        assert list(place.iterdir()) == []
