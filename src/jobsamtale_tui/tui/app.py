"""The app: composition, signals, exit code."""

import asyncio
import gc
import os
import signal
import sqlite3
from collections.abc import Iterable
from typing import Any, ClassVar

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
    os.environ.setdefault("ESCDELAY", "500")

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from jobsamtale_tui import dates, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.settings import Settings
from jobsamtale_tui.store.engine import Database
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind
from jobsamtale_tui.tui.commands import COMMANDS, checked_keymap
from jobsamtale_tui.tui.keygate import KeyGate
from jobsamtale_tui.tui.saver import NotSaved, Ready, Saved, Saver

FLUSH_SECONDS = 0.4
"""How long a hang-up waits for what is still on its way to the disk."""


class JobsamtaleApp(KeyGate):
    """Home, citizen, session, note: the whole conversation from the keyboard."""

    TITLE = "jobsamtale"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("help", keys="question_mark,f1"),
        bind("quit", "leave", keys="q"),
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "copy_or_explain", show=False),
    ]

    def __init__(self, settings: Settings, database: Database, *, citizen: str | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.database = database
        self.connection: sqlite3.Connection = database.connect()
        self.saver = Saver(self, database, settings.user, settings.login)
        self.first_citizen = citizen
        self.keys = checked_keymap(settings.keys)
        self.last_saved = ""
        self.theme = settings.theme if settings.theme in self.available_themes else "textual-dark"

    def on_mount(self) -> None:
        """Signals are handled on the loop: a terminal that goes away runs no hook of Textual's."""
        from jobsamtale_tui.tui.screens.home import HomeScreen

        self.set_keymap(dict(self.keys))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.hang_up)
        self.push_screen(HomeScreen())
        if self.first_citizen:
            from jobsamtale_tui.tui.screens.citizen import CitizenScreen

            self.push_screen(CitizenScreen(self.first_citizen))
        self.call_after_refresh(self._standing)

    def _standing(self) -> None:
        """The first screen stands: the collector comes on, and what the first change needs is loaded."""
        gc.freeze()
        gc.enable()
        self.saver.warm()

    def _watch_app_focus(self, focus: bool) -> None:
        """A terminal window that loses the focus leaves the field as it is: half a line is not a line."""

    # Saving

    def on_saved(self, message: Saved) -> None:
        """Says that the change is on disk, and hands the record to the screens."""
        self.last_saved = _("saved {time}").format(time=f"{dates.local(message.at):%H:%M:%S}")
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.status(saved=self.last_saved)
                screen.saved(message)

    def on_not_saved(self, message: NotSaved) -> None:
        """Says why a change was not saved; the screen keeps what was typed."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.not_saved(message)
        if isinstance(self.screen, BaseScreen):
            self.screen.status(str(message.error), warning=True)

    def on_saver_ready(self, message: Ready) -> None:
        """Hands what came from the background to the screens."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.ready(message)

    def hang_up(self) -> None:
        """The terminal is gone, or the machine wants the process gone: what is in the fields is kept, then it ends."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.keep()
        done = self.saver.flush(FLUSH_SECONDS)
        self.exit(0 if done else 1)

    def action_leave(self) -> None:
        """Leaves; nothing is asked, all is saved."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.keep()
        done = self.saver.flush(5.0)
        self.exit(0 if done else 1)

    def action_copy_or_explain(self) -> None:
        """ctrl+c means copy to some and stop to others: it says what to press."""
        if isinstance(self.screen, BaseScreen):
            self.screen.status(_("ctrl+q leaves the app; all is saved"))

    def action_help(self) -> None:
        """The keys that work here."""
        from jobsamtale_tui.tui.screens.help import HelpScreen

        wanted = self.screen.where if isinstance(self.screen, BaseScreen) else ()
        self.push_screen(HelpScreen(wanted))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette's commands: those of the registry that the screen knows how to do."""
        for command in COMMANDS:
            action = screen.palette_action(command.id) if isinstance(screen, BaseScreen) else None
            if action is not None:
                keys = ", ".join(self.keys.get(command.id, ",".join(command.keys)).split(","))
                yield SystemCommand(_(command.label), keys, action)

    def _fatal_error(self) -> None:
        """The crash report shows no local variables: they could hold a CPR number."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        report = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """Copies by OSC 52, cleaned of control characters."""
        super().copy_to_clipboard(texts.typed(text))


def run(settings: Settings, database: Database, *, citizen: str | None = None) -> int:
    """Runs the app on a prepared database, at a citizen's screen where one is named; returns the exit code."""
    gc.disable()
    app = JobsamtaleApp(settings, database, citizen=citizen)
    result = app.run(mouse=False)
    app.saver.close()
    app.connection.close()
    database.close()
    if app.return_code:
        return app.return_code
    return 1 if result is None else result
