"""Who else has a session open: said quietly where one meets it; the database forgets it when the session is left."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from jobsamtale_tui import dates
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.writing import presence

if TYPE_CHECKING:
    from jobsamtale_tui.tui.app import JobsamtaleApp


def since(holder: presence.Presence) -> str:
    """Since when somebody has it open: a time today, else the day too."""
    same = dates.local(holder.at).date() == dates.today()
    return dates.clock(holder.at) if same else dates.short_time(holder.at)


def sentence(holder: presence.Presence) -> str:
    """Who has it open, since when."""
    return _("{who} has the session open since {time}").format(who=holder.who, time=since(holder))


def mark(holder: presence.Presence | None) -> str:
    """The same for a line of a list; empty where nobody has it open."""
    if holder is None:
        return ""
    return _("open at {who}'s since {time}").format(who=holder.who, time=since(holder))


def announce(app: "JobsamtaleApp", session: str) -> str:
    """The app has the session open; the sentence says who else has, empty where nobody does."""
    login, user = app.settings.login, app.settings.user
    _note(app, lambda connection: presence.announce(connection, session, login, user))
    found = presence.others(app.connection, [session]).get(session)
    return sentence(found) if found else ""


def announce_all(app: "JobsamtaleApp", sessions: Sequence[str], *, note: bool) -> dict[str, presence.Presence]:
    """The app has a meeting's sessions open (`note`: that is new); by session who else has."""
    login, user = app.settings.login, app.settings.user

    def hold(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for session in sessions:
            presence.announce(connection, session, login, user)
        connection.execute("COMMIT")

    if note:
        _note(app, hold)
    return presence.others(app.connection, sessions)


def meeting(holder: presence.Presence) -> str:
    """Who has a meeting open, since when."""
    return _("{who} has the meeting open since {time}").format(who=holder.who, time=since(holder))


def shared(app: "JobsamtaleApp", session: str) -> bool:
    """Whether the same login has the session open in another app."""
    found = presence.others(app.connection, [session]).get(session)
    return found is not None and found.login == app.settings.login


def withdraw(app: "JobsamtaleApp", *sessions: str) -> None:
    """The app has left the sessions, but for those of a meeting that is open below. What an app that ends leaves behind
    is known by its process being gone."""
    held = {key for screen in app.screen_stack for key in getattr(screen, "held", ())}
    left = [session for session in sessions if session not in held]

    def let(connection: sqlite3.Connection) -> None:
        for session in left:
            presence.withdraw(connection, session)

    if left and app.is_running and not app._exit:
        _note(app, let)


def _note(app: "JobsamtaleApp", write: Callable[[sqlite3.Connection], None]) -> None:
    """Behind what is on its way to the disk: nobody waits for it, and nothing depends on it."""
    database = app.database

    def note() -> None:
        with suppress(StoreError), database.connected() as connection:
            write(connection)

    if not database.read_only:
        app.write_queue.run_in_background("at hand", note)
