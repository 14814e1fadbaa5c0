"""A real terminal for a test: a pty with the app at one end and pyte, which reads the screen, at the other."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

import pyte

PATIENCE = 60.0
"""Seconds until a test gives up waiting; no test measures time by it."""
ENDING = 20.0
"""Seconds until an app that was asked to end is taken to hang."""
WOKEN = 0.5e6
"""Nanoseconds of work at most when a thread that waits has looked up and found nothing."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "ctrl+q": "\x11",
    "space": " ",
}


class How(TypedDict, total=False):
    """What a terminal may be besides its size."""

    hears: bool
    owns: bool


class Terminal:
    """Starts `jobsamtale` in a terminal of its own; what it writes is read whenever one waits for something."""

    def __init__(
        self,
        arguments: list[str],
        env: Mapping[str, str],
        *,
        size: tuple[int, int] = (80, 24),
        command: Sequence[str] = (sys.executable, "-m", "jobsamtale_tui"),
        hears: bool = True,
        owns: bool = True,
    ) -> None:
        """`command` runs with `arguments`. `hears`: a hang-up is not ignored, as nohup has it. `owns`: the terminal is
        the process's own, so that a hang-up is sent to it."""
        columns, lines = size
        self.pyte = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.pyte)
        self.raw = bytearray()
        self.strokes: list[str] = []
        """Every key pressed by `press`; what `type` types is free."""
        self._rested: dict[str, int] = {}
        self._taken = 0
        self._text: list[str] = []
        self.master, slave = pty.openpty()
        self._size(columns, lines)
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(env),
            start_new_session=True,
            preexec_fn=lambda: _begin(hears, owns),  # noqa: PLW1509 - its own terminal
        )
        os.close(slave)

    # In

    def send(self, data: str | bytes) -> None:
        """Sends bytes as they are."""
        self._taken = self._has_read()
        os.write(self.master, data.encode() if isinstance(data, str) else data)

    def type(self, text: str) -> None:
        """Types words, which the budget does not count."""
        self.send(text)

    def press(self, *keys: str) -> None:
        """Presses keys, each counted as a stroke."""
        for key in keys:
            self.strokes.append(key)
            self.send(KEYS.get(key, key))

    def taken(self) -> None:
        """Waits until the app has read what was sent last: what is sent from now on comes by itself."""
        self.wait_for(lambda: self._has_read() > self._taken, "the bytes to be read")

    def _has_read(self) -> int:
        """Bytes that the app has read, of whatever; where the system does not tell, each time more."""
        try:
            return int(Path(f"/proc/{self.process.pid}/io").read_text(encoding="utf-8").split()[1])
        except OSError:
            return self._taken + 1

    def escape(self) -> None:
        """Presses Escape, and waits until it is not taken for the beginning of another key."""
        self.press("escape")
        self.quiet()

    def resize(self, columns: int, lines: int) -> None:
        """Makes the window another size."""
        self.pyte.resize(lines, columns)
        self._size(columns, lines)

    def _size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    # Out

    def read(self, seconds: float = 0.02) -> bool:
        """Reads what has been written meanwhile; False where the other end is closed."""
        ready, _writers, _errors = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    @property
    def screen(self) -> str:
        """The screen as text; only the lines that have changed are made anew."""
        if len(self._text) != self.pyte.lines:
            self._text = [""] * self.pyte.lines
            self.pyte.dirty.update(range(self.pyte.lines))
        for number in self.pyte.dirty:
            if number < self.pyte.lines:
                line = self.pyte.buffer[number]
                self._text[number] = "".join(line[column].data for column in range(self.pyte.columns)).rstrip()
        self.pyte.dirty.clear()
        return "\n".join(self._text)

    def wait_for(self, wanted: str | Callable[[], bool], what: str = "") -> None:
        """Reads until the text stands on the screen, or until `wanted()` holds."""
        until, seen = time.monotonic() + PATIENCE, -1
        while True:
            if callable(wanted) or len(self.raw) != seen:  # making text of the screen is what costs most here
                seen = len(self.raw)
                if wanted() if callable(wanted) else wanted in self.screen:
                    return
            in_vain = time.monotonic() > until
            assert not in_vain, f"waited in vain for {what or wanted!r}:\n{self.screen}\n{self._stacks()}"
            if not self.read() and self.process.poll() is not None:
                raise AssertionError(f"the app ended ({self.process.poll()}) before {what or wanted!r}:\n{self.screen}")

    def quiet(self, seconds: float = 0.3) -> None:
        """Reads until nothing has been written and nothing been done for a while. A machine that is busy makes the app
        wait: what has work to do and gets no turn is not at rest."""
        until = time.monotonic() + PATIENCE
        last, seen = time.monotonic(), len(self.raw)
        while time.monotonic() - last < seconds:
            assert time.monotonic() < until, f"never at rest:\n{self.screen}\n{self._stacks()}"
            self.read()
            if len(self.raw) != seen or self._works():
                last, seen = time.monotonic(), len(self.raw)

    def _works(self) -> bool:
        """Whether the app, or what runs in the terminal beside it, works or waits for its turn, or has worked since
        one asked last. A thread that looks up now and then does not count. Where the system does not tell: no."""
        before, self._rested, works = self._rested, {}, False
        for thread in _threads(self.process.pid):
            try:
                state = (thread / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
                spent = int((thread / "schedstat").read_text(encoding="utf-8").split()[0])
            except (OSError, IndexError):
                continue
            self._rested[thread.name] = spent
            works = works or state in ("R", "D") or spent - before.get(thread.name, 0) > WOKEN
        return works

    def _stacks(self) -> str:
        """Ends the app and says what each of its threads was at, where it still has a terminal to say it on."""
        begin, until = len(self.raw), time.monotonic() + 2
        self.process.send_signal(signal.SIGABRT)
        while self.master >= 0 and self.process.poll() is None and time.monotonic() < until:
            self.read()
        return self.raw[begin:].decode(errors="replace")

    # The end

    def ended(self) -> int:
        """Reads until the process is gone; its exit code."""
        until = time.monotonic() + ENDING
        while self.process.poll() is None:
            assert time.monotonic() < until, f"still running:\n{self.screen}\n{self._stacks()}"
            if self.master < 0 or not self.read():
                time.sleep(0.01)
        if self.master >= 0:
            while self.read(0) and select.select([self.master], [], [], 0)[0]:
                pass
        return self.process.returncode

    def hang_up(self) -> int:
        """Closes the terminal, as a line that drops does; the exit code."""
        os.close(self.master)
        self.master = -1
        return self.ended()

    def signal(self, number: signal.Signals) -> int:
        """Sends a signal; the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def leave(self) -> int:
        """ctrl+q; the exit code."""
        self.send(KEYS["ctrl+q"])
        return self.ended()

    def close(self) -> None:
        """Ends what is left, after a test that failed half-way."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.master >= 0:
            os.close(self.master)
            self.master = -1


def _threads(process: int) -> list[Path]:
    """The threads of a process and of all that it has started; none where the system has no /proc."""
    found = list(Path(f"/proc/{process}/task").glob("*"))
    for thread in list(found):
        with suppress(OSError):
            for child in (thread / "children").read_text(encoding="utf-8").split():
                found += _threads(int(child))
    return found


def _begin(hears: bool, owns: bool) -> None:
    if owns:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if not hears:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment with a home of its own."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
        if name in os.environ
    }
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "TMPDIR": str(home / "tmp"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LOGNAME": "anne-login",
        "PYTHONFAULTHANDLER": "1",
        **more,
    }
