"""Who else has a session open: said quietly where one meets it; the database forgets it when the session is left."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress

from jobsamtale_tui import dates
from jobsamtale_tui.editing.write_queue import WriteQueue
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.writing import presence


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


def meeting(holder: presence.Presence) -> str:
    """Who has a meeting open, since when."""
    return _("{who} has the meeting open since {time}").format(who=holder.who, time=since(holder))


class OpenSessions:
    """The sessions that this app has open, as others see them; `connection` reads who else has."""

    def __init__(self, queue: WriteQueue, connection: sqlite3.Connection) -> None:
        self._queue, self._connection = queue, connection
        self._open: dict[str, set[int]] = {}
        """By session which screens have it."""

    def announce(self, owner: object, session: str) -> str:
        """Tell others that a screen has the session open; the sentence says who else has, empty where nobody does."""
        self.announce_all(owner, [session], note=True)
        return self.who_else(session)

    def who_else(self, session: str) -> str:
        """Tell who else has a session open, since when; empty where nobody has."""
        found = self.others([session]).get(session)
        return sentence(found) if found else ""

    def announce_all(self, owner: object, sessions: Sequence[str], *, note: bool) -> dict[str, presence.Presence]:
        """As `announce`, for a meeting's sessions (`note`: that is new); by session who else has it open."""
        for session in sessions:
            self._open.setdefault(session, set()).add(id(owner))
        login, user = self._queue.login, self._queue.user

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("BEGIN IMMEDIATE")
            for session in sessions:
                presence.announce(connection, session, login, user)
            connection.execute("COMMIT")

        if note:
            self._note(write)
        return self.others(sessions)

    def others(self, sessions: Sequence[str]) -> dict[str, presence.Presence]:
        """Tell who else has these sessions open."""
        return presence.others(self._connection, sessions)

    def shared(self, session: str) -> bool:
        """Whether the same login has the session open in another app."""
        found = self.others([session]).get(session)
        return found is not None and found.login == self._queue.login

    def withdraw(self, owner: object, *sessions: str) -> None:
        """Tell others that a screen has left the sessions, but for those that another screen has. What an app that ends
        leaves behind is known by its process being gone."""
        left = []
        for session in sessions:
            there = self._open.get(session, set())
            there.discard(id(owner))
            if not there:
                self._open.pop(session, None)
                left.append(session)

        def write(connection: sqlite3.Connection) -> None:
            for session in left:
                presence.withdraw(connection, session)

        if left and not self._queue.leaving:
            self._note(write)

    def _note(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Behind what is on its way to the disk: nobody waits for it, and nothing depends on it."""
        database = self._queue.database

        def note() -> None:
            with suppress(StoreError), database.connected() as connection:
                write(connection)

        if not database.read_only:
            self._queue.run_in_background("presence", note)
