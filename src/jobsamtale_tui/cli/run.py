"""The app itself: opened at home, at a citizen, or on a demo caseload."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import CommandContext, command_context
from jobsamtale_tui.cli.support.lookups import citizen_named
from jobsamtale_tui.cli.support.options import key_argument
from jobsamtale_tui.cli.support.typer_style import Command, verbs
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.settings import Settings
    from jobsamtale_tui.store.sqlite.database import Database

app = verbs()
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def need_terminal() -> None:
    """Raises UsageError, naming the commands to use instead, where the app could not be seen or typed in."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        sentence = _("The app needs a terminal on stdin and stdout")
    elif os.environ.get("TERM", "") in ("", "dumb"):
        sentence = _("The app cannot draw in a terminal of the kind dumb")
    else:
        return
    raise UsageError(
        sentence,
        _("Use the commands instead: jobsamtale citizen list, session list, note, graph, import or export"),
    )


def open_app(where: CommandContext, citizen: str | None = None) -> int:
    """Runs the app on the database of the settings and returns its exit code."""
    need_terminal()
    from jobsamtale_tui.tui.commands.keymap import checked_keymap

    checked_keymap(where.settings.keys)
    database = where.database()
    if citizen is not None:
        with database.connected() as connection:
            citizen = citizen_named(connection, citizen).key
    return _run(where.settings, database, citizen)


def _run(settings: "Settings", database: "Database", citizen: str | None = None, *, remember: bool = True) -> int:
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        os.environ.setdefault("ESCDELAY", "500")
    from jobsamtale_tui.tui import app as tui

    return tui.run(settings, database, citizen=citizen, remember=remember)


@app.command(
    "open",
    cls=Command,
    help=_("Opens the app at a citizen: by key, else by case key, else by CPR number."),
    epilog="jobsamtale open mette-holm",
)
def open_citizen(
    context: typer.Context,
    citizen: Annotated[
        str, key_argument(_("CITIZEN"), "citizen", _("Key, case key or CPR number; - to be asked for it"))
    ],
) -> None:
    """Opens the app."""
    raise typer.Exit(open_app(command_context(context), citizen))


@app.command(
    "demo",
    cls=Command,
    help=_("Opens the app on a caseload to try things on. It is made anew each time, and nothing is left behind."),
    epilog="jobsamtale demo\njobsamtale --lang en demo",
)
def demo(context: typer.Context) -> None:
    """Opens the app on a temporary database."""
    need_terminal()
    from dataclasses import replace

    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support.context import say

    where = command_context(context)
    settings = where.settings
    with _folder() as folder:
        say(_("Making the demo caseload …"))
        database, user = made(folder, dates.today())
        try:
            acting = replace(settings, db=str(database.path), user=user, read_only=False)
            code = _run(acting, database, remember=False)
        finally:
            database.close()
    raise typer.Exit(code)


def made(folder: Path, today: date) -> "tuple[Database, str]":
    """The demo database in `folder`, and who acts in it."""
    from jobsamtale_tui.casework.exchange.demo import demo_database

    return demo_database(folder, today)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for this user alone that is gone afterwards, also where the process is ended or hung up on."""
    from tempfile import TemporaryDirectory

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in _ENDINGS}
    try:
        with TemporaryDirectory(prefix="jobsamtale-demo-", ignore_cleanup_errors=True) as folder:
            try:
                yield Path(folder)
            finally:
                for number in _ENDINGS:
                    signal.signal(number, signal.SIG_IGN)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
