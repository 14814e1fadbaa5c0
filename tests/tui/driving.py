"""An app under Textual's pilot: keys in, the screen as text and the database out."""

import asyncio
import builtins
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.pilot import Pilot

from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.settings import Settings
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.app import JobsamtaleApp
from jobsamtale_tui.tui.screens.common.form import FormScreen
from jobsamtale_tui.tui.screens.session.screen import SessionScreen
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.bars import Bar
from jobsamtale_tui.tui.widgets.form import Form
from jobsamtale_tui.tui.widgets.rows import Rows
from jobsamtale_tui.tui.widgets.scale_form import ScaleForm

CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " "}
LOGIN = "anne-login"
ScreenT = TypeVar("ScreenT", bound=BaseScreen)


@runtime_checkable
class Keyed(Protocol):
    """A screen of one record."""

    key: str


@runtime_checkable
class Waiting(Protocol):
    """An event loop with all that it can go on with at once, whoever's it is."""

    _ready: Collection[object]


def key_event(key: str) -> events.Key:
    """The event that the terminal's parser makes of a key: a character, or a name such as `f4`."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, CHARACTERS.get(key))


@dataclass
class Drive:
    """What a test does with an app."""

    app: JobsamtaleApp
    pilot: Pilot[int]
    path: Path

    async def settle(self) -> None:
        """Until nothing is on its way: keys given out, changes on disk, messages handled, the screen drawn."""
        app, quiet = self.app, 0
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Waiting)
        ready = loop._ready
        while quiet < 3 and not app._exit and app._exception is None:
            await asyncio.sleep(0)
            if ready:
                quiet = 0
            elif app._keys or app._on_its_way or app._holding or self._working:
                quiet = 0
                await asyncio.sleep(0.002)
            elif app.write_queue.at_work:
                quiet = 0
                await asyncio.to_thread(app.write_queue.flush, 20)
            elif self._to_draw:
                quiet = 0
                app.screen._on_timer_update()
            else:
                quiet += 1

    @property
    def _working(self) -> bool:
        """A screen does something beside its messages: searches, builds a form anew. Printing may take its time."""
        return any(not worker.is_finished and worker.group != "print" for worker in self.app.workers)

    @property
    def _to_draw(self) -> bool:
        """The screen is to be laid out or drawn anew, or somebody waits for that: Textual does it by a timer."""
        screen = self.app.screen
        laid_out = not (screen._layout_required or screen._scroll_required or screen._recompose_required)
        return not laid_out or bool(screen._repaint_required or screen._dirty_widgets or screen._callbacks)

    async def press(self, *keys: str) -> None:
        """Presses keys one at a time, each done with before the next."""
        for key in keys:
            self.driver.send_message(key_event(key))
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """All keys at once, as a slow line brings them."""
        for key in keys:
            self.driver.send_message(key_event(key))
        await self.settle()

    async def type(self, text: str) -> None:
        """Types a text."""
        await self.burst(*text)

    async def paste(self, text: str) -> None:
        """Pastes a text."""
        self.driver.send_message(events.Paste(text))
        await self.settle()

    async def until(self, what: Any) -> None:
        """Until `what()` holds."""
        async with asyncio.timeout(20):
            while not what():
                await asyncio.sleep(0.01)
                await self.settle()

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        self.app.screen._on_timer_update()
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def status(self) -> str:
        """The status line."""
        return self.app.screen.query_one("#status", Bar).text

    @property
    def keys(self) -> str:
        """The key line."""
        return self.app.screen.query_one("#keys", Bar).text

    @property
    def at(self) -> str:
        """The id of what has the focus; empty where nothing has."""
        focused = self.app.screen.focused
        return (focused.id or type(focused).__name__) if focused is not None else ""

    @property
    def where(self) -> str:
        """The screen's class, in a session with the phase."""
        screen = self.app.screen
        return f"phase {screen.phase}" if isinstance(screen, SessionScreen) else type(screen).__name__

    def showing(self, cls: builtins.type[ScreenT]) -> ScreenT:
        """The screen, of this class."""
        screen = self.app.screen
        assert isinstance(screen, cls)
        return screen

    @property
    def top(self) -> BaseScreen:
        """The screen, one of ours."""
        return self.showing(BaseScreen)

    @property
    def key(self) -> str:
        """The key of the screen's record."""
        screen = self.app.screen
        assert isinstance(screen, Keyed)
        return screen.key

    @property
    def form(self) -> Form:
        """The screen's form."""
        return self.showing(FormScreen).form

    @property
    def driver(self) -> Driver:
        """What brings the app its keys."""
        assert self.app._driver is not None
        return self.app._driver

    def widget(self, name: str) -> Any:
        """A widget by its id."""
        return self.app.screen.query_one(f"#{name}")

    @property
    def row(self) -> str:
        """The row under the cursor of the list that has the focus."""
        rows = self.app.screen.focused
        assert isinstance(rows, Rows)
        return "".join(text for text, _look in rows.lines[rows.at].cells)

    @property
    def indicator(self) -> str:
        """The indicator under the cursor of the scale form."""
        entry = self.app.screen.query_one("#scale", ScaleForm).entry
        assert entry is not None
        return entry.indicator.key

    # The database

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Asks the file itself, on a connection of its own."""
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def session(self, key: str | None = None) -> Any:
        """The session as it is on disk; that of the screen unless another is named."""
        with Database(self.path).connected() as connection:
            return reads.session(connection, key or self.key)

    def unfinished(self, key: str | None = None, login: str = LOGIN) -> Any:
        """What is kept as unfinished."""
        with Database(self.path).connected() as connection:
            return reads.unfinished(connection, key or self.key, login)

    def typed(self, form: str) -> dict[str, str]:
        """What is typed in a form and not kept."""
        kept = self.app.drafts.typed(form)
        assert kept is not None
        return kept[0]

    def history(self) -> list[tuple[Any, ...]]:
        """Every change since the import: action, who, login."""
        return self.sql("SELECT action, by, login FROM history WHERE action != 'import' ORDER BY id")

    def other(self, change: Any, key: str | None = None) -> None:
        """Somebody else changes the session, from another process's point of view."""
        database = Database(self.path)
        key = key or self.key
        with database.connected() as connection:
            seen = reads.session_version(connection, key)
        change(ChangeContext(database=database, actor=Actor("bo", "bo-login"), key=key, seen=seen))
        database.close()

    # On the way

    async def open_session(self, citizen: str) -> None:
        """From home into the citizen's session."""
        await self.press("/")
        await self.type(citizen)
        await self.press("enter", "n")
        assert isinstance(self.app.screen, SessionScreen)


@asynccontextmanager
async def driving(
    path: Path,
    *,
    size: tuple[int, int] = (80, 24),
    user: str | None = "anne",
    read_only: bool = False,
    citizen: str | None = None,
    keys: dict[str, str] | None = None,
    remember: bool = False,
) -> AsyncIterator[Drive]:
    """An app on the database at `path`, from the home screen."""
    settings = Settings(db=str(path), user=user, read_only=read_only, keys=keys or {})
    database = Database(path, read_only=read_only)
    database.prepare()
    app = JobsamtaleApp(settings, database, citizen=citizen, remember=remember)
    try:
        async with app.run_test(size=size) as pilot:
            drive = Drive(app, pilot, path)
            await drive.settle()
            yield drive
    finally:
        app.write_queue.close()
        app.drafts.close()
        app.connection.close()
        database.close()
