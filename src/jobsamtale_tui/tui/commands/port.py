"""What a screen, a widget or a part of the shell may ask of the app, whichever app it is."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from textual import events
from textual.screen import Screen

from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.presence import OpenSessions
from jobsamtale_tui.editing.write_queue import WriteQueue
from jobsamtale_tui.settings import Settings
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.commands.guide_place import GuidePlace

Route = NamedTuple
"""Any of the values of `commands/route.py`."""
Interceptor = Callable[[events.Key | events.Paste], bool]
"""Gets every key before anybody else, and says whether it took it."""


class Voice(Protocol):
    """The status line, and the keys as they are set."""

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that were set anew, by command."""

    def key_of(self, command: str) -> str:
        """The first key of a command as people read it."""

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Says one of our own sentences on the status line of the screen."""


class Keyboard(Voice, Protocol):
    """The keys that come, for what takes them itself."""

    key_interceptor: Interceptor | None

    @property
    def last_key(self) -> float:
        """When a key last came, by the monotonic clock."""

    def pause_keys(self) -> None:
        """Keys wait from now on, until `release_keys`."""

    def release_keys(self) -> None:
        """What the keys waited for is there."""


class Navigation(Protocol):
    """The way to other screens: by a route, or to a screen of the same file."""

    def open(self, where: Route | Screen[Any], *, instead: bool = False) -> None:
        """Puts a screen over this one, or in its place; keys wait until it stands."""

    def push(
        self, where: Route | Screen[Any], then: Callable[[Any], None] | None = None, *, instead: bool = False
    ) -> None:
        """The same, but no key waits; `then` is called when the screen is left."""


class Clipboard(Protocol):
    """Where copies go: to the terminal, and into a file of the user's own folder."""

    @property
    def files(self) -> Path:
        """The user's own folder."""

    def copy_to_clipboard(self, text: str) -> None:
        """Hands a text to the terminal's clipboard."""


class Storage(Protocol):
    """What is read, kept and saved, and for whom."""

    @property
    def settings(self) -> Settings:
        """The settings, with who one is."""

    @property
    def database(self) -> Database:
        """The database."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that the screens read through."""

    @property
    def drafts(self) -> Drafts:
        """What is typed and not saved."""

    @property
    def write_queue(self) -> WriteQueue:
        """What is on its way to the disk."""

    @property
    def open_sessions(self) -> OpenSessions:
        """The sessions that this app has open, as others see them."""

    @property
    def files(self) -> Path:
        """The user's own folder."""

    @property
    def last_saved(self) -> str:
        """What the status line says of the last change, or of what is typed and kept."""

    @property
    def trouble(self) -> str:
        """What is wrong with the database and what waits for it, in words; empty where all is well."""

    def kept_now(self) -> None:
        """What is being typed has been kept, if the database takes it."""

    def act_as(self, caseworker: str) -> None:
        """From now on this caseworker makes the changes."""


class Surroundings(Protocol):
    """How the app looks, and what it remembers as long as it runs."""

    private: bool
    guide_place: GuidePlace
    rounded_off: set[tuple[str, datetime]]
    """The sessions, and when they began, of which it was said that it is time to round off."""

    def hide(self, private: bool) -> None:
        """Hides what is a citizen's on every screen, or shows it."""

    def choose_theme(self, name: str) -> None:
        """Puts a theme on and remembers it."""


class Printing(Storage, Protocol):
    """What prints: it goes on when the screen that asked has been left."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen that one is on."""


class Shell(Keyboard, Navigation, Clipboard, Surroundings, Printing, Protocol):
    """All of it: what a screen is handed."""
