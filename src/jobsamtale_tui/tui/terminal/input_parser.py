"""The bytes of the terminal as keys, pastes and reports."""

import re
from collections.abc import Iterable, Iterator
from time import monotonic

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

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


def as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Old-style mouse reports and terminals set to Latin-1 send such bytes; æ, ø and å come out right."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


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


class InputParser(XTermParser):
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
