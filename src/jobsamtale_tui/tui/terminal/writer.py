"""Writing to a terminal that may be gone or stuck."""

import termios
from contextlib import suppress
from queue import Empty, Full

from textual.drivers._writer_thread import WriterThread

STUCK_SECONDS = 0.1
"""How long one waits for a terminal that takes no more before one looks whether the app is to end."""


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
