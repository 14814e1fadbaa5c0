"""The next session as the citizen gets it: a line to send, and a file for her calendar. Nobody is named in either."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsamtale_tui import dates

_PROGRAM = "-//jobsamtale//jobsamtale//DA"


@dataclass(frozen=True, slots=True)
class Words:
    """What a municipality says: the calendar's heading, the line (`{day}`, `{time}`), and how long to set aside."""

    calendar: str
    message: str
    minutes: int


def line(words: Words, at: datetime) -> str:
    """The line, in Danish: »Din næste samtale … er mandag den 1. juni 2026 kl. 10.30. …«."""
    from babel.dates import format_date

    day = format_date(dates.local(at).date(), "EEEE 'den' d. MMMM y", locale="da_DK")
    return " ".join(words.message.format(day=day, time=dates.clock(at)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A session in a calendar. `name` is the same however often it is moved, and only a digest of it leaves;
    `version` is higher each time; `agreed` is when it was agreed."""

    name: str
    version: int
    at: datetime
    agreed: datetime
    cancelled: bool = False


def calendar(words: Words, one: Appointment) -> bytes:
    """An iCalendar file: private, in UTC, with no name in it. The same appointment gives the same bytes, and a later
    version takes the place of the earlier one in the calendar (RFC 5546: the same UID, a higher SEQUENCE)."""
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(one.name.encode()).hexdigest()[:32]}@jobsamtale")
    event.add("sequence", one.version)
    event.add("dtstamp", dates.utc(one.agreed))
    event.add("dtstart", dates.utc(one.at))
    event.add("dtend", dates.utc(one.at) + timedelta(minutes=words.minutes))
    if one.cancelled:
        event.add("status", "CANCELLED")
    event.add("summary", words.calendar)
    event.add("class", "PRIVATE")
    whole = icalendar.Calendar()
    whole.add("prodid", _PROGRAM)
    whole.add("version", "2.0")
    whole.add("method", "CANCEL" if one.cancelled else "PUBLISH")
    whole.add_component(event)
    return bytes(whole.to_ical())
