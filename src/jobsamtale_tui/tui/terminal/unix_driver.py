"""The terminal under the app: every byte is taken, and one that is gone or takes no more holds nothing up."""

import asyncio
import codecs
import os
import re
import selectors
import signal
import termios
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Empty, Full
from time import monotonic
from types import FrameType

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.geometry import Size
from textual.keys import Keys
from textual.message import Message

NOT_UTF_8 = "jobsamtale-latin-1"
BURST = 48
"""So many letters at once, without another key between them, are a paste in a terminal that does not say so."""
_AFTER_ESCAPE = "\x1b[]OP_"
"""What may follow Escape in a sequence."""
_TOGETHER = re.compile(rf"[^\x00-\x0c\x0e-\x1f\x7f-\x9f]{{{BURST},}}|\x1b[^{re.escape(_AFTER_ESCAPE)}]")
_REPORT = re.compile(r"\x1b\[(?!M$|<|\[$|[^$]*\$y)(?:\[[ -~]|[0-?]*[ -/]*[@-~])")
"""A whole sequence, but for mouse reports and what the terminal can do, which are Textual's."""
_SAID = re.compile(r"\x1b[\]P_][^\x07\x18\x1a\x1b]*(?:\x07|\x1b\\)")
"""What a terminal says of itself, perhaps to whoever had it before: its colours, its name."""
_PASTE = "\x1b[200~"
_PASTE_END = "\x1b[201~"
PASTE_SECONDS = 10.0
"""A paste of which nothing has come for so long has lost its end: what has come is all of it."""
STUCK_SECONDS = 0.1
"""How long one waits for a terminal that takes no more before one looks whether the app is to end."""
LOOK_UP_SECONDS = 0.1
"""How often the input thread looks up: a lone Escape has waited long enough, the app has ended."""


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Old-style mouse reports and terminals set to Latin-1 send such bytes; æ, ø and å come out right."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(NOT_UTF_8, _as_latin_1)


class Burst(events.Event, bubble=False):
    """Letters and Enters that came at once: a paste, where what has the focus takes text, else the keys that they are.

    Given out one by one a page of text takes a minute, since each letter is shown before the next is looked at.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @property
    def keys(self) -> list[events.Key]:
        """The keys that they are."""
        return [key for key in XTermParser().feed(self.text) if isinstance(key, events.Key)]


class SteadyParser(XTermParser):
    """Textual's parser, but one that a report with numbers out of all bounds does not end, and that takes many letters
    at once. Escape and a letter are two keys where they came one after the other, and Alt where they came together:
    Textual waits for what would make a sequence of them, and types `^` where none comes of it.

    A paste that the terminal marks is taken as it is, up to its end: Textual reads keys and reports out of it.
    """

    _alone = False
    """What came last was an Escape, and perhaps a key."""
    _returned = False
    """What came last was an Enter; a line feed behind it is a part of it."""
    _last = ""
    """What came last, as long as it may be the beginning of a paste's mark."""
    _paste: str | None = None
    """What has come of a paste."""
    _heard = 0.0
    """When something of the paste last came, by the monotonic clock."""

    def read(self, text: str) -> Iterator[Message]:
        """What the terminal's text says."""
        while text:
            if self._paste is not None:
                begin = max(0, len(self._paste) - len(_PASTE_END))
                self._paste += text
                self._heard = monotonic()
                end = self._paste.find(_PASTE_END, begin)
                if end < 0:
                    return
                text = self._paste[end + len(_PASTE_END) :]
                yield from self._pasted(self._paste[:end])
                continue
            seen = self._last + text
            mark = seen.find(_PASTE)
            end = len(text) if mark < 0 else mark + len(_PASTE) - len(self._last)
            yield from self._typed(text[:end])
            self._last, text = seen[1 - len(_PASTE) :], text[end:]
            if mark >= 0:
                list(self.feed(_PASTE_END))  # Textual's own paste is over before it has begun
                self._last, self._paste, self._heard = "", "", monotonic()

    def tick(self) -> Iterable[Message]:
        """What the time says that has passed."""
        if self._paste is not None and monotonic() - self._heard > PASTE_SECONDS:
            yield from self._pasted(self._paste)
        yield from super().tick()

    def _pasted(self, text: str) -> Iterator[Message]:
        self._paste = None
        if text := text.replace("\0", ""):
            yield events.Paste(text)

    def _typed(self, text: str) -> Iterator[Message]:
        """Keys and reports. Many letters in a row come together, where they are keys: within a report, the first of
        them is not. Enter that was pressed before the app had the terminal has become a line feed there."""
        if self._returned:
            text = text.removeprefix("\n")
        if text:
            self._returned = text.endswith("\r")
            text = _SAID.sub("", text.replace("\r\n", "\r").replace("\n", "\r"))
            if self._alone and text[:1] not in _AFTER_ESCAPE:
                yield from self._at_once()
            self._alone = text.endswith("\x1b")
        done = 0
        for found in _TOGETHER.finditer(text):
            yield from self._fed(text[done : found.start()])
            row = found[0]
            first = list(self.feed(row[0]))
            if len(first) == 1 and isinstance(first[0], events.Key) and first[0].character == row[0]:
                yield Burst(row)
            else:
                yield from first
                yield from self.feed(row[1:])
            if row[0] == "\x1b":
                yield from self._at_once()
            done = found.end()
        yield from self._fed(text[done:])

    def _fed(self, text: str) -> Iterable[Message]:
        return self.feed(text) if text else ()  # an empty text would end it

    def _at_once(self) -> Iterable[Message]:
        """Waits for nothing more behind an Escape."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
        return self.tick()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[events.Key]:
        """Keys of a sequence. One that is whole and unknown is nothing: Textual waits for more of it, takes what is
        typed meanwhile for that, and types all of it in the end."""
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            keys = []
        yield from keys or ([events.Key(Keys.Ignore, sequence)] if _REPORT.fullmatch(sequence) else [])


class Writer(WriterThread):
    """Textual's thread that writes to the terminal, but one that the app never waits for in vain.

    Textual's own dies of a terminal that is gone. Whoever writes then waits for it for ever, as for a terminal that
    takes no more (a line that is down and not yet cut), and hears of no signal meanwhile.
    """

    ending = False
    """The app is to end: from now on nothing waits for the terminal."""

    def write(self, text: str) -> None:
        """Hands over what is to be written."""
        while not Writer.ending:
            with suppress(Full):
                self._queue.put(text, timeout=STUCK_SECONDS)
                return
        self._put_now(text)

    def run(self) -> None:
        """Writes until it is told to stop; what a terminal that is gone does not take goes nowhere."""
        for text in iter(self._queue.get, None):
            with suppress(OSError, ValueError):
                self._file.write(text)
                if not self._queue.qsize():
                    self._file.flush()
        with suppress(OSError, ValueError):
            self._file.flush()

    def stop(self) -> None:
        """Writes what is left; when the app ends, what a terminal does not take in time is thrown away."""
        if not Writer.ending:
            super().stop()
            return
        self._put_now(None)
        self.join(STUCK_SECONDS)
        while self.is_alive():
            with suppress(termios.error, OSError, ValueError):
                termios.tcflush(self._file.fileno(), termios.TCOFLUSH)
            self.join(STUCK_SECONDS / 10)

    def _put_now(self, text: str | None) -> None:
        """Where there is no room what waits is dropped: what comes last puts the terminal back as it was."""
        while True:
            with suppress(Full):
                self._queue.put_nowait(text)
                return
            with suppress(Empty):
                while True:
                    self._queue.get_nowait()


class SteadyDriver(linux_driver.LinuxDriver):
    """Textual's driver for a Unix terminal, for terminals as they are.

    Its own reads on when the terminal is gone (it spins, or ends in an error that nobody sees), raises over a byte
    that is not UTF-8, and may say an old size last. Textual takes the class of its writer from this name of its module.
    """

    def start_application_mode(self) -> None:
        """Takes the terminal over. Another size meanwhile is heard of afterwards."""
        vars(linux_driver)["WriterThread"] = Writer
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, self._say_size)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGWINCH})

    def _say_size(self) -> None:
        """On the loop, where sizes are read and said one at a time. Textual reads in the signal handler itself: the
        next signal may come there between reading and saying, and the old size would be said after the new one."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))
            self.draw_anew()

    def draw_anew(self) -> None:
        """Terminals cut, wrap or pad what they show when they get another size, and have done so too where they have
        the old one again by the time one looks: then nobody else finds anything to draw."""
        self._app.refresh()

    def process_message(self, message: Message) -> None:
        """Another size is said by some terminals among the keys."""
        super().process_message(message)
        if isinstance(message, events.Resize):
            self._loop.call_soon_threadsafe(self.draw_anew)

    def run_input_thread(self) -> None:
        """Reads what the terminal sends, until the app ends or the terminal is gone.

        A terminal that is gone is said by the signal that the system sends as well where it is not ignored: so there
        is one way to end. It is said until it is heard.
        """
        parser = SteadyParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")(NOT_UTF_8).decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(LOOK_UP_SECONDS):
                    data = self._read()
                    if not data:
                        break
                    for message in parser.read(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
        while not self.exit_event.is_set():
            os.kill(os.getpid(), signal.SIGHUP)
            self.exit_event.wait(LOOK_UP_SECONDS)

    def _read(self) -> bytes:
        """What has come; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _sigcont_application(self, *_: int | FrameType | None) -> None:
        """Goes on after a stop. One that came from outside (kill -STOP) has left the terminal as it was.

        The terminal is then let go of and taken over anew: a second reader beside the first would take its keys.
        """
        if self._key_thread is None or not self._key_thread.is_alive():
            super()._sigcont_application()
        elif self._auto_restart:
            self._loop.call_soon_threadsafe(self._take_over_anew)

    def _take_over_anew(self) -> None:
        self._must_signal_resume = True
        self.suspend_application_mode()
        self.resume_application_mode()
        self._app.refresh(layout=True)
