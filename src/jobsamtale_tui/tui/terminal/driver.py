"""The terminal as the app uses it: steady, only changed cells are sent, the mouse only where it was asked for."""

import sys
from typing import Any

from textual import events
from textual.message import Message

from jobsamtale_tui.tui.terminal.cell_diff import DiffingDriverMixin
from jobsamtale_tui.tui.terminal.unix_driver import UnixDriver


class TerminalDriver(DiffingDriverMixin, UnixDriver):
    """Textual's driver for a Unix terminal, with what the app needs beyond it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if sys.__stderr__ is None or not sys.__stderr__.isatty():
            # `2>file` is for what goes wrong; Textual would draw into it.
            self._file = sys.__stdout__

    def process_message(self, message: Message) -> None:
        """Mouse reports that nobody asked for (a window that was attached anew) click nothing."""
        if self._mouse or not isinstance(message, events.MouseEvent):
            super().process_message(message)
