"""The terminal under the app: every byte is taken, and one that is gone or takes no more holds nothing up."""

import asyncio
import codecs
import os
import selectors
import signal
from types import FrameType

from textual import events
from textual.drivers import linux_driver
from textual.geometry import Size
from textual.message import Message

from jobsamtale_tui.tui.terminal.input_parser import InputParser, as_latin_1
from jobsamtale_tui.tui.terminal.writer import Writer

NOT_UTF_8 = "jobsamtale-latin-1"
LOOK_UP_SECONDS = 0.1
"""How often the input thread looks up: a lone Escape has waited long enough, the app has ended."""


codecs.register_error(NOT_UTF_8, as_latin_1)


class UnixDriver(linux_driver.LinuxDriver):
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
        parser = InputParser(self._debug)
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
