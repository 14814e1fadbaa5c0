"""The next session for the citizen's calendar and telephone, in the municipality's own words."""

from datetime import datetime
from functools import cache
from pathlib import Path

from jobsamtale_tui import dates, records, resources
from jobsamtale_tui.documents import invitation
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

FILE = "indkaldelse.toml"


def line(session: records.Session) -> str:
    """The line to send. Raises RefusedError where the session has no next date, or the words cannot be read."""
    return invitation.line(words(), _at(session))


def calendar(session: records.Session) -> str:
    """The calendar file, its lines ending as the format asks for; raises as `line`."""
    return invitation.calendar(words(), _at(session), session.key, session.held_at).decode()


def file_name(session: records.Session) -> str:
    """A name for it that says when alone: `samtale-20260601-1030.ics`; raises as `line`."""
    return f"samtale-{dates.local(_at(session)):%Y%m%d-%H%M}.ics"


def _at(session: records.Session) -> datetime:
    if session.next:
        return session.next.at
    if session.status == "planned":
        return session.held_at
    raise RefusedError(
        _("No next session has been agreed in the session {key}").format(key=session.key),
        _("Name the session in which it was agreed, or one that is planned"),
    )


def words() -> invitation.Words:
    """The municipality's own words, else those that ship. Raises RefusedError where they cannot be read."""
    own = resources.folder("templates") / FILE
    return _read(own if own.is_file() else resources.shipped() / "templates" / FILE)


@cache
def _read(path: Path) -> invitation.Words:
    try:
        found = invitation.Words(**resources.toml(path.read_text(encoding="utf-8")))
        invitation.line(found, datetime.fromisoformat("2026-01-01T12:00:00+00:00"))
        if not (found.calendar.strip() and 1 <= found.minutes <= 1440):
            raise ValueError(_("calendar is blank, or minutes is not from 1 to 1440"))
    except KeyError as error:
        raise _broken(path, _("{name} is missing or unknown").format(name=error.args[0])) from None
    except (OSError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise _broken(path, " ".join(str(error).split())) from None
    return found


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The words for invitations in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )
