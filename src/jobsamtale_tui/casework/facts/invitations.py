"""The next session for the citizen's calendar and telephone, in the municipality's own words."""

import sqlite3
from datetime import datetime
from functools import cache
from pathlib import Path

from jobsamtale_tui import dates, limits, records, resources
from jobsamtale_tui.documents import invitation
from jobsamtale_tui.documents.invitation import Appointment
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.reference import own_files
from jobsamtale_tui.store.questions import history, reads

FILE = "indkaldelse.toml"


def line(connection: sqlite3.Connection, session: records.Session) -> str:
    """The line to send. Raises RefusedError where the session has no next date, or it is called off, or the words
    cannot be read."""
    found = appointment(connection, session)
    if found.cancelled:
        raise RefusedError(_("The next session is called off"), _("Plan another one, and send the line for that"))
    return invitation.line(words(), found.at)


def calendar(connection: sqlite3.Connection, session: records.Session) -> str:
    """The calendar file, its lines ending as the format asks for. Raises RefusedError where the session has no next
    date, or the words cannot be read."""
    return invitation.calendar(words(), appointment(connection, session)).decode()


def file_name(connection: sqlite3.Connection, session: records.Session) -> str:
    """A name for it that says when alone: `samtale-20260601-1030.ics`; raises as `calendar`."""
    return f"samtale-{dates.local(appointment(connection, session).at):%Y%m%d-%H%M}.ics"


def appointment(connection: sqlite3.Connection, session: records.Session) -> Appointment:
    """The next session that was agreed in this one, where it stands now; or a planned session itself.

    Asked for by either, it is the same appointment. Raises RefusedError where there is none.
    """
    planned = session if session.status in ("planned", "cancelled") else None
    agreed_in = history.planned_by(connection, session.key) if planned else session.key
    if planned is None and session.next:
        key = history.planned_in(connection, session.key)
        planned = reads.session(connection, key) if key else None
    elif planned is None:
        raise RefusedError(
            _("No next session has been agreed in the session {key}").format(key=session.key),
            _("Name the session in which it was agreed, or one that is planned"),
        )
    origin = reads.session(connection, agreed_in) if agreed_in else None
    versions = [reads.session_version(connection, one.key) for one in (origin, planned) if one]
    if planned is None:
        at = session.next.at if session.next else session.held_at
        return Appointment(name=session.key, version=sum(versions), at=at, agreed=session.held_at)
    return Appointment(
        name=origin.key if origin else f"{planned.key} itself",
        version=sum(versions),
        at=planned.held_at,
        agreed=(origin or planned).held_at,
        cancelled=planned.status == "cancelled",
    )


def words() -> invitation.Words:
    """The municipality's own words, else those that ship. Raises RefusedError where they cannot be read."""
    return _read(resources.place("templates", FILE))


@cache
def _read(path: Path) -> invitation.Words:
    with own_files.refusing(path, _broken):
        found = invitation.Words(**resources.toml(path.read_text(encoding="utf-8")))
        invitation.line(found, datetime.fromisoformat("2026-01-01T12:00:00+00:00"))
        if not (found.calendar.strip() and 1 <= found.minutes <= limits.SESSION_MINUTES):
            raise ValueError(_("calendar is blank, or minutes is not from 1 to 1440"))
    return found


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The words for invitations in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )
