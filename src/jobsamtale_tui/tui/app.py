"""The app: composition, signals, exit code."""

import asyncio
import gc
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
    os.environ.setdefault("ESCDELAY", "500")

from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen

from jobsamtale_tui import dates
from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.outcomes import BackgroundResult, DraftStatus, NotSaved, Saved
from jobsamtale_tui.editing.presence import OpenSessions
from jobsamtale_tui.editing.write_queue import WriteQueue
from jobsamtale_tui.errors import JobsamtaleError, StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.settings import Settings, data_path
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui import routes
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_split
from jobsamtale_tui.tui.commands.guide_place import GuidePlace
from jobsamtale_tui.tui.commands.keymap import checked_keymap, for_textual
from jobsamtale_tui.tui.commands.port import Route, Shell
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.lifecycle import Arrived, Lifecycle
from jobsamtale_tui.tui.shell.preferences import remember
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.terminal.cell_diff import CellDiffMixin

END_SECONDS = 0.4
"""How long a hang-up waits for keys that have come, and then for what is still on its way to the disk."""
CLOSE_SECONDS = 2.0
"""How long the way out waits at most for changes that a slow disk has not taken yet."""
KEYS_SECONDS = 0.25
"""How much of that keys may take: a form that opens on a slow machine holds those that were typed for it."""
LOOK_SECONDS = 0.005
"""How often it is looked whether they are done with."""


class JobsamtaleApp(CellDiffMixin, Lifecycle):
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
        bind("reflections"),
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
        self.cell_diff = settings.cell_diff
        self.database = database
        self.connection: sqlite3.Connection = database.connect()
        self.drafts = Drafts(database, settings.login, lambda: self.files, self.post_outcome)
        self.write_queue = WriteQueue(self, database, settings.user, settings.login, self.drafts)
        self.open_sessions = OpenSessions(self.write_queue, self.connection)
        self.first_citizen = citizen
        self.keys = checked_keymap(settings.keys)
        self.last_saved = ""
        self.guide_place = GuidePlace()
        self.rounded_off: set[tuple[str, datetime]] = set()
        self.files = data_path()
        self.wear(settings.theme)
        self._ending: asyncio.Future[None] | None = None

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for the platform; on a Unix terminal ours, which takes every byte."""
        from textual.drivers.linux_driver import LinuxDriver

        from jobsamtale_tui.tui.terminal.driver import TerminalDriver

        found = super().get_driver_class()
        return TerminalDriver if found is LinuxDriver else found

    def on_mount(self) -> None:
        """Signals are handled on the loop: a terminal that goes away runs no hook of Textual's."""
        self.set_keymap(for_textual(self.keys))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.hang_up)
            # At once, too, and not only when the loop comes to it: it may be waiting for the terminal.
            signal.signal(number, _let_go)
        self.push(route.Home())
        if self.first_citizen:
            self.push(route.Citizen(self.first_citizen))
        if self.remember and self.settings.user is None and not self.database.read_only:
            self.action_who()
        self.recover()
        self.call_after_refresh(self._standing)

    def _standing(self) -> None:
        """The first screen stands: the collector comes on."""
        gc.freeze()
        gc.enable()

    # Where one goes

    def screen_of(self, where: Route) -> Screen[Any]:
        """The screen that a route leads to, new."""
        return routes.screen_of(where)

    def _open_another(self, where: Route) -> None:
        found = self.another(where)
        if found is not None:
            self.open(found)

    # Who one is

    def action_who(self) -> None:
        """Asks who one is."""
        self._open_another(route.Who())

    def act_as(self, caseworker: str) -> None:
        """From now on this caseworker makes the changes, and her sessions are shown; remembered for the login."""
        self.settings = replace(self.settings, user=caseworker)
        self.write_queue.user = caseworker
        if self.remember:
            self.call_after_refresh(self.say, remember("user", caseworker))

    def action_caseworker_new(self) -> None:
        """A form for a caseworker."""
        self.open(route.Caseworker())

    def action_indicators(self) -> None:
        """The catalogue of indicators."""
        self._open_another(route.Indicators())

    def action_reflections(self) -> None:
        """One's own looks back."""
        self._open_another(route.Reflections())

    def action_unit_new(self) -> None:
        """A form for a unit."""
        self.open(route.Unit())

    def action_caseworker_edit(self) -> None:
        """The caseworkers, to change one."""
        self._open_another(route.Caseworkers())

    def action_unit_edit(self) -> None:
        """The units, to change one."""
        self._open_another(route.Units())

    # Saving

    def on_arrived(self, message: Arrived) -> None:
        """Hands on what came of a change, of keeping or of a question."""
        match message.outcome:
            case Saved() as saved:
                self.saved(saved)
            case NotSaved() as refused:
                self.not_saved(refused)
            case BackgroundResult() as result:
                self.background_result(result)
            case DraftStatus() as status:
                self.draft_status(status)

    def kept_now(self) -> None:
        """What is typed has been kept, unless it is on its way into the record or the database does not take it."""
        if self.drafts.trouble is None and not self.write_queue.busy and not self.write_queue.waits():
            self.last_saved = _saved_at(dates.now())

    @property
    def trouble(self) -> str:
        """What is wrong with the database and what waits for it, in words; empty where all is well."""
        error = self.drafts.trouble
        if self.loss:
            return self.loss
        if error is None or not (self.drafts.told or self.write_queue.waits()):
            return ""
        return OwnText(self.trouble_said(error))

    def saved(self, message: Saved) -> None:
        """Says that all is on disk, once nothing more is on its way there, and hands the record to the screens."""
        self.write_queue.acknowledge(message)
        if not self.write_queue.busy:
            self.last_saved = _saved_at(message.at)
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.status("" if screen.warned else None)
                screen.show_state()
                screen.saved(message)

    def not_saved(self, message: NotSaved) -> None:
        """Says why a change was not saved; the screen keeps what was typed."""
        self.release_keys()
        self.write_queue.acknowledge(message)
        if isinstance(message.error, StoreError):
            self.drafts.failed(message.error)
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.not_saved(message)
        if isinstance(self.screen, BaseScreen) and not message.waits:
            self.screen.status(self._why(message), warning=True)
        self.show_state()

    def _why(self, message: NotSaved) -> str:
        error: JobsamtaleError = message.error
        sentence = str(error)
        if isinstance(error, StoreError) and error.kind:
            sentence = self.trouble_said(error, kept=message.text is not None)
        return _("Not saved: {what}. {why}").format(what=message.what, why=sentence) if message.what else sentence

    def background_result(self, message: BackgroundResult) -> None:
        """Hands what came from the background to the screens."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.ready(message)

    def hang_up(self) -> None:
        """The terminal is gone, or the machine wants the process gone: what is in the fields is kept, then it ends."""
        if self._ending is None:
            with suppress(Exception):  # whatever a screen cannot do: the app ends all the same
                self.keep_all()
            self._ending = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        """Keys that had come before are done with first: what they typed and changed is kept as well."""
        begun, done = time.monotonic(), False
        with suppress(Exception):
            await asyncio.sleep(LOOK_SECONDS)  # one that has just been read is on its way to the queue
            while self.keys_waiting and time.monotonic() < begun + KEYS_SECONDS:
                await asyncio.sleep(LOOK_SECONDS)
            done = self.out(begun + END_SECONDS - time.monotonic())
        self.exit(0 if done else 1)

    def action_copy_or_explain(self) -> None:
        """ctrl+c means copy to some and stop to others: it says what to press."""
        if self.drafts.trouble is not None:
            self.say(self.trouble_said(self.drafts.trouble), warning=True)
        else:
            self.say(_("ctrl+q leaves the app; all is saved"))

    def crashed(self) -> None:
        """What is typed is kept."""
        self.out(0.0)


if TYPE_CHECKING:
    _SHELL: Callable[..., Shell] = JobsamtaleApp
    """The app gives all that the port promises."""


def _saved_at(at: datetime) -> str:
    return OwnText(_("saved {time}").format(time=f"{dates.local(at):%H:%M:%S}"))


def run(settings: Settings, database: Database, *, citizen: str | None = None, remember: bool = True) -> int:
    """Runs the app on a prepared database, at a citizen's screen where one is named; returns the exit code.

    With `remember` it asks who one is where nobody has said so, and remembers the answer.
    """
    gc.disable()
    app = JobsamtaleApp(settings, database, citizen=citizen, remember=remember)
    if not remember:
        app.lasting, app.files = False, database.path.parent
    result = app.run(mouse=False)
    gc.freeze()  # or Python looks through all of it several times on its way out
    # A database that is locked stays so for longer than anybody waits; a slow one gets its time.
    done = app.write_queue.close(0.0 if app.drafts.trouble is not None else CLOSE_SECONDS)
    app.drafts.secure()  # what was still asked for after the way out had begun
    app.drafts.close()
    app.connection.close()
    if app.write_queue.ended:
        database.close()
    _say_what_is_left(app.drafts, done=done)
    _let_go_of_terminal()
    code = app.return_code or (1 if result is None or not done else result)
    if not app.write_queue.ended:
        os._exit(code)  # else Python waits for the thread, which may wait for the database
    return code


def _say_what_is_left(drafts: Drafts, *, done: bool) -> None:
    """Whoever leaves with something unsaved is told where it is; the terminal may be gone."""
    sentence = ""
    if drafts.stranded:
        sentence = _("jobsamtale: What you typed last is lost: neither the database nor the disk took it.")
    elif drafts.where is not None:
        sentence = _("jobsamtale: What you typed last is not saved. It is in {path}; start the app again to go on.")
        sentence = sentence.format(path=drafts.where)
    elif not done:
        sentence = _("jobsamtale: What you changed last is not saved: the database took nothing more. Look it over.")
    if sentence:
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{sentence}\n")
            sys.stderr.flush()


def _let_go(_number: int, _frame: FrameType | None) -> None:
    """From now on nothing waits for the terminal."""
    from jobsamtale_tui.tui.terminal.writer import Writer

    Writer.ending = True


def _let_go_of_terminal() -> None:
    """Where the terminal is gone, or may go any moment, nothing is written to it any more: Python would else end with
    code 120, whatever had been said before."""
    from jobsamtale_tui.tui.terminal.writer import Writer

    for stream in (sys.stdout, sys.stderr):
        try:
            if not (Writer.ending and stream.isatty()):
                stream.flush()
                continue
        except OSError:
            pass
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
