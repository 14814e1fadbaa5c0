"""Sets up and starts what is committed as on a machine that has never seen it: a clone, an empty home, no cache.

For each supported Python that is here, with the pip that it ships and with an old one: `make setup`, then without a
network `--help`, `make demo` painted in a terminal and left again, and ten tests; and `pip install .` beside it, which
takes the newest releases that the bounds allow. Run by `make fresh`; it needs nothing but Python's own library. Where
packages come from is the machine's affair: pip's own variables and configuration are kept.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")
OLD_PIP = {"3.11": "23.0.1"}
"""Debian 12's. It does not run on Python 3.12 and later (it needs what they took out of the library)."""
OLD_PIP_LATER = "23.1.2"
"""The oldest that does."""
PATIENCE = 120.0
"""Seconds until the app is taken not to come, or not to go."""
HOME_SHOWS = ("Anne Bech", "Åbne kladder", "? hjælp")
LEAVE = b"\x11"
"""ctrl+q"""
TESTS = (
    "tests/casework/test_demo.py",
    "tests/documents/test_graph.py::test_a_drawing_of_three_series",
    "tests/pty/test_pty_editor.py::test_the_editor_has_the_terminal_and_gives_it_back",
)
_STEERING = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]_^][^\x1b\x07]*(?:\x1b\\|\x07)|[()].|[=>78])")
_KEPT_OUT = ("JOBSAMTALE_", "XDG_", "PYTHON", "VIRTUAL_ENV", "MAKE", "MFLAGS", "COVERAGE", "PYTEST", "TEXTUAL", "LC_")
_ASKED = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2], sys.executable)"


class FaultError(Exception):
    """A step that did not do what it should, with what it said."""


def pythons() -> dict[str, str]:
    """The supported Pythons that are here and can make an environment, by version: those on the PATH, then pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    named = [f"python{version}" for version in SUPPORTED] + ["python3"]
    found: dict[str, str] = {}
    for one in [*named, *sorted(str(path) for path in pyenv.glob("*/bin/python"))]:
        with suppress(OSError, subprocess.CalledProcessError):
            done = subprocess.run([one, "-c", _ASKED], check=True, capture_output=True, text=True)
            version, _, path = done.stdout.strip().partition(" ")
            if version in SUPPORTED:
                found.setdefault(version, path)
    return dict(sorted(found.items()))


def environment(home: Path) -> dict[str, str]:
    """This machine's, with an empty home and nothing of what runs here; pip's own settings stay."""
    made = {name: value for name, value in os.environ.items() if not name.startswith(_KEPT_OUT)}
    made.pop("PIP_CACHE_DIR", None)
    made.pop("PIP_REQUIRE_VIRTUALENV", None)
    for path in (Path.home() / ".config/pip/pip.conf", Path.home() / ".pip/pip.conf"):
        if path.exists():
            made.setdefault("PIP_CONFIG_FILE", str(path))
    return {**made, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def offline(env: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """What to put before a command, and its environment, so that it reaches no registry: without any network where the
    system can take it away (Linux), else with nowhere for pip to ask."""
    away = ["unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*away, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        away = []
    nowhere = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    return away, {**env, **nowhere, **{name.lower(): value for name, value in nowhere.items()}, "PIP_NO_INDEX": "1"}


def run(command: Sequence[str], env: Mapping[str, str], folder: Path) -> str:
    """What a command wrote; FaultError with all of it where it fails."""
    done = subprocess.run(
        command,
        check=False,
        env=dict(env),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = done.stdout.decode(errors="replace")
    if done.returncode:
        raise FaultError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return said


def painted(command: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
    """Starts the app in a terminal of its own, waits until home stands there, and leaves it by its key."""
    process, terminal = pty.fork()
    if process == 0:
        try:
            os.chdir(folder)
            os.execvpe(command[0], list(command), dict(env))
        finally:
            os._exit(127)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    raw, ended = bytearray(), False
    try:
        until = time.monotonic() + PATIENCE
        while not ended and not _stands(raw) and time.monotonic() < until:
            ended = _read(terminal, raw)
        if not _stands(raw):
            raise FaultError(f"{' '.join(command)} did not show home:\n{_text(raw)}")
        os.write(terminal, LEAVE)
        until = time.monotonic() + PATIENCE
        while not ended and time.monotonic() < until:
            ended = _read(terminal, raw)
        if not ended:
            raise FaultError(f"{' '.join(command)} did not end")
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        process = 0
        if code:
            raise FaultError(f"{' '.join(command)} ended with {code}:\n{_text(raw)}")
    finally:
        if process:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        os.close(terminal)


def _read(terminal: int, raw: bytearray) -> bool:
    """Takes what there is; True at the end."""
    if not select.select([terminal], [], [], 0.2)[0]:
        return False
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return True
    raw += data
    return not data


def _text(raw: bytearray) -> str:
    return _STEERING.sub("", raw.decode(errors="replace"))


def _stands(raw: bytearray) -> bool:
    text = _text(raw)
    return all(one in text for one in HOME_SHOWS)


@contextmanager
def clone(folder: Path) -> Iterator[Path]:
    """What is committed, in a folder of its own that goes away again."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    made = folder / "jobsamtale"
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(made)], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=made, check=True)
    try:
        yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def try_one(python: str, pip: str | None) -> Iterator[str]:
    """All of it with one Python and one pip; says each step once it is done."""
    folder = Path(tempfile.mkdtemp(prefix="jobsamtale-fresh-"))
    with clone(folder) as tree:
        home = folder / "home"
        home.mkdir(mode=0o700)
        env = environment(home)
        away, alone = offline(env)
        for place in (tree / ".venv", folder / "installed"):
            run([python, "-m", "venv", str(place)], env, tree)
            if pip:
                run([str(place / "bin/python"), "-m", "pip", "install", "--quiet", f"pip=={pip}"], env, tree)
        yield "pip " + run([str(tree / ".venv/bin/python"), "-m", "pip", "--version"], env, tree).split()[1]
        run(["make", "setup", f"PYTHON={python}"], env, tree)
        yield "set up"
        run([*away, ".venv/bin/jobsamtale", "--help"], alone, tree)
        painted([*away, "make", "demo"], alone, tree)
        yield "demo"
        said = run([*away, "make", "test", f"ARGS=-n 0 --no-cov -q {' '.join(TESTS)}"], alone, tree)
        passed = re.search(r"(\d+) passed", said)
        if passed is None or int(passed[1]) < 10:
            raise FaultError(f"fewer than ten tests:\n{said}")
        yield f"{passed[1]} tests"
        installed = folder / "installed/bin"
        run([str(installed / "python"), "-m", "pip", "install", "--quiet", str(tree)], env, home)
        run([str(installed / "python"), "-m", "pip", "check"], env, home)
        run([*away, str(installed / "jobsamtale"), "--help"], alone, home)
        painted([*away, str(installed / "jobsamtale"), "demo"], alone, home)
        yield "pip install ."


def main() -> int:
    """The command; exit code 1 where anything fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--own", action="store_true", help="this Python alone, with the pip that it ships")
    arguments = parser.parse_args()
    version = "{}.{}".format(*sys.version_info[:2])
    found = {version: sys.executable} if arguments.own else pythons()
    missing = [one for one in SUPPORTED if one not in found]
    failed = 0
    for number, python in found.items():
        for pip in (None,) if arguments.own else (None, OLD_PIP.get(number, OLD_PIP_LATER)):
            begun = time.monotonic()
            sys.stdout.write(f"Python {number}, {python}:")
            sys.stdout.flush()
            try:
                for step in try_one(python, pip):
                    sys.stdout.write(f" {step},")
                    sys.stdout.flush()
                sys.stdout.write(f" {time.monotonic() - begun:.0f} s\n")
            except (FaultError, subprocess.CalledProcessError) as fault:
                failed += 1
                sys.stdout.write(f" failed\n{fault}\n")
    if missing and not arguments.own:
        sys.stdout.write(f"Not on this machine: Python {', '.join(missing)}\n")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
