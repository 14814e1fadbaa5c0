"""Takes the terminal away in the middle of a word, in every way that happens, and says what was kept and how fast.

    python -m bench.endings -n 20
    python bench/ssh_lab.py --connect -- python -m bench.endings -n 20 --only ssh

For each way: how long until the word was on the disk, how long until the process was gone, its exit code where it can
be told, and how often the word was missing. Ways whose program is not there (tmux, ssh) are left out.
"""

import argparse
import os
import shlex
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.pty.terminal import How, Terminal, environment

from bench.torture import CITIZEN, COMMAND, USER, made, unfinished

PATIENCE = 15.0


def pid_of(path: Path) -> int:
    """The process that runs the app on this database; 0 where none does."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if str(path).encode() in words and b"jobsamtale_tui" in words:
                    found.append(int(folder.name))
    return max(found, default=0)


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not yet asked for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def close(terminal: Terminal) -> None:
    os.close(terminal.master)
    terminal.master = -1


def stuck(terminal: Terminal) -> None:
    """The terminal takes no more: the app writes what nobody reads."""
    for _ in range(400):
        terminal.send("x")
        time.sleep(0.005)


Act = Callable[[Terminal, int], object]
WAYS: dict[str, tuple[How, bool, Act]] = {
    "terminal closed": ({}, False, lambda terminal, _pid: close(terminal)),
    "terminal closed, hang-up ignored": ({"hears": False}, False, lambda terminal, _pid: close(terminal)),
    "terminal closed, not its own": ({"owns": False}, False, lambda terminal, _pid: close(terminal)),
    "SIGHUP": ({}, False, lambda _terminal, pid: os.kill(pid, signal.SIGHUP)),
    "SIGTERM": ({}, False, lambda _terminal, pid: os.kill(pid, signal.SIGTERM)),
    "SIGTERM, terminal stuck": ({}, True, lambda _terminal, pid: os.kill(pid, signal.SIGTERM)),
    "terminal closed while stuck": ({}, True, lambda terminal, _pid: close(terminal)),
}


def tmux(folder: Path, socket: str, path: Path) -> tuple[list[str], Act]:
    """The app in tmux, and the end of its server."""
    inside = shlex.join([*COMMAND, "--db", str(path), "--user", USER, "open", CITIZEN])
    started = ["tmux", "-L", socket, "-f", os.devnull, "new-session", "-x", "80", "-y", "24", inside]
    kill = ["tmux", "-L", socket, "kill-server"]
    env = environment(folder, TMUX_TMPDIR=str(folder))
    return started, lambda _terminal, _pid: subprocess.run(kill, env=env, check=False)


def ssh(folder: Path, path: Path) -> tuple[list[str], Act]:
    """The app over ssh, and the end of the connection."""
    env = environment(folder)
    inside = ["env", "-C", str(Path.cwd()), *(f"{name}={value}" for name, value in env.items())]
    inside += [*COMMAND, "--db", str(path), "--user", USER, "open", CITIZEN]
    started = [*shlex.split(os.environ["TUI_BENCH_SSH"]), shlex.join(inside)]
    return started, lambda terminal, _pid: terminal.process.kill()


def one(folder: Path, base: Path, way: str, random: Random) -> tuple[float, float, int | None, bool]:
    """Types a word, takes the terminal away; seconds until it is kept, until the process is gone, code, kept."""
    path = folder / "ending.db"
    for old in folder.glob("ending.db*"):
        old.unlink()
    shutil.copyfile(base, path)
    path.chmod(0o600)
    env = environment(folder, TMUX_TMPDIR=str(folder))
    arguments = ["--db", str(path), "--user", USER, "open", CITIZEN]
    if way == "tmux":
        command, act = tmux(folder, f"ending-{os.getpid()}", path)
        terminal, takes = Terminal([], env, command=command), False
    elif way == "ssh":
        command, act = ssh(folder, path)
        terminal, takes = Terminal([], {**os.environ, **env}, command=command), False
    else:
        how, takes, act = WAYS[way]
        terminal = Terminal(arguments, env, **how)
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    word = f"midt i et o{random.randrange(10**6)}"
    for letter in word:
        terminal.send(letter)
        terminal.read(0.01)
    terminal.wait_for(word)
    if takes:
        stuck(terminal)
    else:
        time.sleep(random.uniform(0.0, 0.2))
        terminal.read(0)
    pid = pid_of(path)
    began = time.monotonic()
    act(terminal, pid)
    kept = gone = None
    while time.monotonic() - began < PATIENCE and (kept is None or gone is None):
        now = time.monotonic() - began
        if kept is None:
            with suppress(sqlite3.Error):
                left = unfinished(path)
                if left and word in (left[3] or ""):
                    kept = now
        if gone is None and not alive(pid):
            gone = now
            if kept is None:
                left = unfinished(path)
                kept = now if left and word in (left[3] or "") else None
                break
        time.sleep(0.001)
    if gone is None:
        os.kill(pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        terminal.process.wait(2)
    code = terminal.process.poll() if way not in ("tmux", "ssh") else None
    terminal.close()
    return kept or PATIENCE, gone or PATIENCE, code, kept is not None


def main() -> int:
    """Measures every way; 1 where a word was missing or a process stayed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=20, help="rounds of each way")
    parser.add_argument("--only", help="one way by its name")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    ways = [*WAYS, *(["tmux"] if shutil.which("tmux") else []), *(["ssh"] if "TUI_BENCH_SSH" in os.environ else [])]
    random, bad = Random(given.seed), 0
    print(f"{'way':36} {'kept ms':>16} {'gone ms':>16}  missing  codes (median, most; {given.n} rounds)")
    with tempfile.TemporaryDirectory(prefix="endings-") as name:
        folder = Path(name)
        (folder / "tmp").mkdir()
        base = made(folder / "base.db")
        for way in ways:
            if given.only in (None, way):
                found = [one(folder, base, way, random) for _ in range(given.n)]
                missing = sum(not kept for *_rest, kept in found)
                bad += missing + sum(gone >= PATIENCE for _kept, gone, *_rest in found)
                kept = [1000 * times[0] for times in found]
                gone = [1000 * times[1] for times in found]
                codes = sorted({str(code) for _kept, _gone, code, _there in found})
                print(
                    f"{way:36} {statistics.median(kept):8.0f}{max(kept):8.0f} {statistics.median(gone):8.0f}"
                    f"{max(gone):8.0f}  {missing:7}  {', '.join(codes)}",
                    flush=True,
                )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
