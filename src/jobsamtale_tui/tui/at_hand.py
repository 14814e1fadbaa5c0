"""Who else has a session open: said quietly where one meets it; the database forgets it when the session is left."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from jobsamtale_tui import dates
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import holders

if TYPE_CHECKING:
    from jobsamtale_tui.tui.app import JobsamtaleApp


def since(holder: holders.Holder) -> str:
    """Since when somebody has it open: a time today, else the day too."""
    same = dates.local(holder.at).date() == dates.today()
    return dates.clock(holder.at) if same else dates.short_time(holder.at)


def sentence(holder: holders.Holder) -> str:
    """Who has it open, since when."""
    return _("{who} has the session open since {time}").format(who=holder.who, time=since(holder))


def mark(holder: holders.Holder | None) -> str:
    """The same for a line of a list; empty where nobody has it open."""
    if holder is None:
        return ""
    return _("open at {who}'s since {time}").format(who=holder.who, time=since(holder))


def hold(app: "JobsamtaleApp", session: str) -> str:
    """The app has the session open; the sentence says who else has, empty where nobody does."""
    login, user = app.settings.login, app.settings.user
    _note(app, lambda connection: holders.hold(connection, session, login, user))
    found = holders.others(app.connection, [session]).get(session)
    return sentence(found) if found else ""


def shared(app: "JobsamtaleApp", session: str) -> bool:
    """Whether the same login has the session open in another app."""
    found = holders.others(app.connection, [session]).get(session)
    return found is not None and found.login == app.settings.login


def let_go(app: "JobsamtaleApp", session: str) -> None:
    """The app has left the session. What an app that ends leaves behind is known by its process being gone."""
    if app.is_running and not app._exit:
        _note(app, lambda connection: holders.let_go(connection, session))


def _note(app: "JobsamtaleApp", write: Callable[[sqlite3.Connection], None]) -> None:
    """Behind what is on its way to the disk: nobody waits for it, and nothing depends on it."""
    database = app.database

    def note() -> None:
        with suppress(StoreError), database.connected() as connection:
            write(connection)

    if not database.read_only:
        app.saver.ask("at hand", note)
