"""The terminal as the app hears it: a byte that is not UTF-8 is a letter of Latin-1, and never the end of the app."""

import codecs
from collections.abc import Callable

from textual import events
from textual.drivers import linux_driver
from textual.message import Message

NOT_UTF_8 = "jobsamtale-latin-1"


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Old-style mouse reports and terminals set to Latin-1 send such bytes; æ, ø and å come out right."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error(NOT_UTF_8, _as_latin_1)


def _lenient(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
    return lambda: codecs.getincrementaldecoder(encoding)(NOT_UTF_8)


class TerminalDriver(linux_driver.LinuxDriver):
    """Textual's driver with a decoder that takes every byte: its own raises in the input thread, and the app is gone.

    Textual takes its decoder from this name of its module; tests/pty says so where that changes.
    """

    def run_input_thread(self) -> None:
        """Reads what the terminal sends."""
        vars(linux_driver)["getincrementaldecoder"] = _lenient
        super().run_input_thread()

    def process_message(self, message: Message) -> None:
        """Mouse reports that nobody asked for (a window that was attached anew) click nothing."""
        if self._mouse or not isinstance(message, events.MouseEvent):
            super().process_message(message)
