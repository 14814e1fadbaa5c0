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


def calendar(words: Words, at: datetime, session: str, agreed: datetime) -> bytes:
    """An iCalendar file: private, in UTC, with no name in it. The same session gives the same UID and the same bytes.

    `session` is the key of the session that it was agreed in, of which only a digest leaves; `agreed` its time.
    """
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(session.encode()).hexdigest()[:32]}@jobsamtale")
    event.add("dtstamp", dates.utc(agreed))
    event.add("dtstart", dates.utc(at))
    event.add("dtend", dates.utc(at) + timedelta(minutes=words.minutes))
    event.add("summary", words.calendar)
    event.add("class", "PRIVATE")
    whole = icalendar.Calendar()
    whole.add("prodid", _PROGRAM)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add_component(event)
    return bytes(whole.to_ical())
