"""Who has an open session at hand: a row an app and session, written when it is opened and removed when it is left.

No heartbeat: a row whose process is gone on this machine says nothing, and is removed by whoever opens the session
next. A row of another machine (a database lies on one machine's disk, but it can be moved, and containers have names
of their own) counts for half a day.
"""

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from jobsamtale_tui import dates

ELSEWHERE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has a session open: the caseworker's name where it is known, else the login; and since when."""

    session: str
    who: str
    login: str
    at: datetime


def begun(process: int) -> str:
    """When a process of this machine began, in the kernel's own count; empty where there is none or it is not told.

    The number of a process that is gone is given out again: number and beginning together name one for good.
    """
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return "" if Path("/proc/self").exists() else _answers(process)
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else rest[18]


def _answers(process: int) -> str:
    """Where the kernel has no such files: whether there is a process of that number at all."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "?"
    return "?"


@cache
def _here() -> tuple[str, int, str]:
    process = os.getpid()
    return platform.node(), process, begun(process)


def announce(connection: sqlite3.Connection, session: str, login: str, by: str | None) -> None:
    """This process has the session open. Rows of processes that are gone are removed."""
    mine = _here()
    for host, process, since, at in connection.execute('SELECT "host", "process", "begun", "at" FROM "at_hand"'):
        if not _lives(host, process, since, at):
            connection.execute('DELETE FROM "at_hand" WHERE "host" = ? AND "process" = ?', (host, process))
    connection.execute(
        'INSERT INTO "at_hand" ("session", "host", "process", "begun", "login", "by", "at")'
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        ' ON CONFLICT DO UPDATE SET "begun" = excluded."begun", "login" = excluded."login", "by" = excluded."by",'
        ' "at" = excluded."at"',
        (session, *mine, login, by, dates.iso(dates.now())),
    )


def withdraw(connection: sqlite3.Connection, session: str | None = None) -> None:
    """This process has left the session (None: all)."""
    host, process, _begun = _here()
    only, values = (' AND "session" = ?', (session,)) if session else ("", ())
    connection.execute(f'DELETE FROM "at_hand" WHERE "host" = ? AND "process" = ?{only}', (host, process, *values))


def others(connection: sqlite3.Connection, sessions: Sequence[str] | None = None) -> dict[str, Presence]:
    """By session who else has it open, whoever opened it last; of `sessions` alone where they are named."""
    marks = "" if sessions is None else f' WHERE h."session" IN ({",".join("?" * len(sessions))})'
    rows = connection.execute(
        'SELECT h."session", h."host", h."process", h."begun", h."at", h."login",'
        ' coalesce(c."name", h."by", h."login")'
        f' FROM "at_hand" h LEFT JOIN "caseworker" c ON c."key" = h."by"{marks} ORDER BY h."at"',
        tuple(sessions or ()),
    )
    mine = _here()
    return {
        session: Presence(session, who, login, dates.from_iso(at))
        for session, host, process, since, at, login, who in rows
        if (host, process) != mine[:2] and _lives(host, process, since, at)
    }


def _lives(host: str, process: int, since: str, at: str) -> bool:
    if host == platform.node():
        return begun(process) == since != ""
    return dates.now() - dates.from_iso(at) < ELSEWHERE
