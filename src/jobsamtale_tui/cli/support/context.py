"""What a command works with: settings, a database that is ready, who acts, and where messages go."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from jobsamtale_tui.errors import NotFoundError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.settings import Settings
    from jobsamtale_tui.store.questions.quick_reads import Connection
    from jobsamtale_tui.store.sqlite.database import Database


class CommandContext:
    """What the command line was told, and what follows from it once a command asks."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._settings: Settings | None = None

    @property
    def settings(self) -> "Settings":
        """The settings in force. Raises UsageError."""
        if self._settings is None:
            from jobsamtale_tui import settings

            found = settings.load(self._options)
            settings.install(found)
            self._settings = found
        return self._settings

    def place(self) -> "Database":
        """The database that the settings name, not looked at yet."""
        from jobsamtale_tui.store.sqlite.database import Database

        return Database.at(self.settings.db, read_only=self.settings.read_only)

    def database(self, *, new: bool = False) -> "Database":
        """The database, ready for use, made where it is missing. Raises StoreError, NotFoundError for --user.

        With `new`, one without any caseworker takes whoever acts: she comes with what is imported.
        """
        database = self.place()
        folder = database.path.absolute().parent
        missing = not folder.exists() and not database.read_only and self.settings.origin.get("db") != "default"
        database.prepare()
        if missing:  # a slip in the path would else look like an empty caseload
            say(_("There was no folder {path}: it has been made, and an empty database in it").format(path=folder))
        self.check_user(database, new=new)
        return database

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """A plain connection to the database, ready for use."""
        with self.database().connected() as connection:
            yield connection

    def check_user(self, database: "Database", *, new: bool = False) -> None:
        """Raises NotFoundError where the acting caseworker is not in the database."""
        user = self.settings.user
        if user is None:
            return
        from jobsamtale_tui.store.questions import quick_reads

        with database.connected() as connection:
            if new and quick_reads.is_empty(connection, "caseworker"):
                return
            if quick_reads.exists(connection, "caseworker", user):
                return
            if self.settings.origin.get("user") not in ("--user", "JOBSAMTALE_USER"):
                # Remembered from another database: nobody has named her for this one.
                self._settings = replace(self.settings, user=None)
            else:
                raise NotFoundError(
                    _("There is no caseworker with the key {key}").format(key=user),
                    _("Leave --user out, or name a caseworker who is in the database"),
                )

    def actor(self) -> "Actor":
        """Who acts: the caseworker of the settings, and the login name."""
        from jobsamtale_tui.casework.change.context import Actor

        return Actor(self.settings.user, self.settings.login)


def command_context(context: typer.Context) -> CommandContext:
    """What the command line was told."""
    found = context.find_object(CommandContext)
    return found if found is not None else CommandContext({})


def say(message: str) -> None:
    """A message for the one who sits there: on stderr, and only where that is a terminal."""
    if sys.stderr.isatty():
        warn(message)


def warn(message: str) -> None:
    """A message that has to be seen: on stderr, also where that is a file."""
    from jobsamtale_tui import texts

    sys.stderr.write(f"{texts.shown(texts.without_cpr(message))}\n")
