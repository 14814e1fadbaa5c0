"""The app: composition, signals, exit code."""

import asyncio
import gc
import os
import signal
import sqlite3
import sys
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
    os.environ.setdefault("ESCDELAY", "500")

from textual.binding import Binding, BindingType
from textual.driver import Driver

from jobsamtale_tui import dates
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.settings import Settings, data_path
from jobsamtale_tui.store.engine import Database, reported
from jobsamtale_tui.tui.base import BaseScreen
from jobsamtale_tui.tui.bindings import bind, bind_split
from jobsamtale_tui.tui.everywhere import Everywhere
from jobsamtale_tui.tui.keymap import checked_keymap, for_textual
from jobsamtale_tui.tui.privacy import Said
from jobsamtale_tui.tui.saver import NotSaved, Ready, Saved, Saver
from jobsamtale_tui.tui.widgets.guide import GuidePlace

FLUSH_SECONDS = 0.4
"""How long a hang-up waits for what is still on its way to the disk."""


class JobsamtaleApp(Everywhere):
    """Home, citizen, session, note: the whole conversation from the keyboard."""

    TITLE = "jobsamtale"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]  # noqa: RUF012 - as Textual declares it
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("help"),
        *bind_split("quit", "leave", priority=True),
        bind("who"),
        bind("caseworker.new"),
        bind("unit.new"),
        bind("caseworker.edit"),
        bind("unit.edit"),
        Binding("ctrl+c", "copy_or_explain", show=False),
    ]

    def __init__(
        self, settings: Settings, database: Database, *, citizen: str | None = None, remember: bool = False
    ) -> None:
        super().__init__()
        self.remember = remember
        self.settings = settings
        self.database = database
        self.connection: sqlite3.Connection = database.connect()
        self.saver = Saver(self, database, settings.user, settings.login)
        self.first_citizen = citizen
        self.keys = checked_keymap(settings.keys)
        self.last_saved = ""
        self.guide_place = GuidePlace()
        self.rounded_off: set[tuple[str, datetime]] = set()
        self.files = data_path()
        self.wear(settings.theme)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for the platform; on a Unix terminal ours, which takes every byte."""
        from textual.drivers.linux_driver import LinuxDriver

        from jobsamtale_tui.tui.driver import TerminalDriver

        found = super().get_driver_class()
        return TerminalDriver if found is LinuxDriver else found

    def on_mount(self) -> None:
        """Signals are handled on the loop: a terminal that goes away runs no hook of Textual's."""
        from jobsamtale_tui.tui.screens.home import HomeScreen

        self.set_keymap(for_textual(self.keys))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.hang_up)
        self.push_screen(HomeScreen())
        if self.first_citizen:
            from jobsamtale_tui.tui.screens.citizen import CitizenScreen

            self.push_screen(CitizenScreen(self.first_citizen))
        if self.remember and self.settings.user is None and not self.database.read_only:
            self.action_who()
        self.call_after_refresh(self._standing)

    def _standing(self) -> None:
        """The first screen stands: the collector comes on, and what the first change needs is loaded."""
        gc.freeze()
        gc.enable()
        self.saver.warm()

    def _watch_app_focus(self, focus: bool) -> None:
        """A terminal window that loses the focus leaves the field as it is: half a line is not a line."""

    # Who one is

    def action_who(self) -> None:
        """Asks who one is."""
        from jobsamtale_tui.tui.screens.who import WhoScreen

        if not isinstance(self.screen, WhoScreen):
            self.open_screen(WhoScreen())

    def act_as(self, caseworker: str) -> None:
        """From now on this caseworker makes the changes, and her sessions are shown; remembered for the login."""
        from jobsamtale_tui.tui.remember import remember

        self.settings = replace(self.settings, user=caseworker)
        self.saver.user = caseworker
        if self.remember:
            self.call_after_refresh(self.say, remember("user", caseworker))

    def action_caseworker_new(self) -> None:
        """A form for a caseworker."""
        from jobsamtale_tui.tui.screens.staff import CaseworkerScreen

        self.open_screen(CaseworkerScreen())

    def action_unit_new(self) -> None:
        """A form for a unit."""
        from jobsamtale_tui.tui.screens.staff import UnitScreen

        self.open_screen(UnitScreen())

    def action_caseworker_edit(self) -> None:
        """The caseworkers, to change one."""
        from jobsamtale_tui.tui.screens.staff_list import CaseworkersScreen

        if not isinstance(self.screen, CaseworkersScreen):
            self.open_screen(CaseworkersScreen())

    def action_unit_edit(self) -> None:
        """The units, to change one."""
        from jobsamtale_tui.tui.screens.staff_list import UnitsScreen

        if not isinstance(self.screen, UnitsScreen):
            self.open_screen(UnitsScreen())

    # Saving

    def on_saved(self, message: Saved) -> None:
        """Says that the change is on disk, and hands the record to the screens."""
        self.saver.heard(message)
        self.last_saved = Said(_("saved {time}").format(time=f"{dates.local(message.at):%H:%M:%S}"))
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.status("" if screen.warned else None, saved=self.last_saved)
                screen.saved(message)

    def on_not_saved(self, message: NotSaved) -> None:
        """Says why a change was not saved; the screen keeps what was typed."""
        self.release_keys()
        self.saver.heard(message)
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
        kept = self._keep_all()
        done = self.saver.flush(FLUSH_SECONDS) and kept
        self.exit(0 if done else 1)

    def _keep_all(self) -> bool:
        """Has every screen keep what stands in its fields; False where one could not."""
        done = True
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                try:
                    with reported(self.database.path):
                        screen.keep()
                except StoreError:
                    done = False
        return done

    def action_leave(self) -> None:
        """Leaves; nothing is asked, all is saved."""
        kept = self._keep_all()
        done = self.saver.flush(5.0) and kept
        self.exit(0 if done else 1)

    def action_copy_or_explain(self) -> None:
        """ctrl+c means copy to some and stop to others: it says what to press."""
        if isinstance(self.screen, BaseScreen):
            self.screen.status(_("ctrl+q leaves the app; all is saved"))

    def _fatal_error(self) -> None:
        """The crash report shows no local variables: they could hold a CPR number."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        report = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()


def run(settings: Settings, database: Database, *, citizen: str | None = None, remember: bool = True) -> int:
    """Runs the app on a prepared database, at a citizen's screen where one is named; returns the exit code.

    With `remember` it asks who one is where nobody has said so, and remembers the answer.
    """
    gc.disable()
    app = JobsamtaleApp(settings, database, citizen=citizen, remember=remember)
    if not remember:
        app.lasting, app.files = False, database.path.parent
    result = app.run(mouse=False)
    app.saver.close()
    app.connection.close()
    database.close()
    _let_go_of_terminal()
    if app.return_code:
        return app.return_code
    return 1 if result is None else result


def _let_go_of_terminal() -> None:
    """Where the terminal is gone, what is still in the buffers goes nowhere: Python would else end with code 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
