"""Days and times: kept in UTC to the second, shown and typed in Danish local time."""

import os
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
_TYPED = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
YEARS = range(1900, 9999)
"""The years of what is recorded: around them is room for time zones. Many write 9999-12-31 for a day without end."""


def now() -> datetime:
    """The time now in UTC, to the second. JOBSAMTALE_NOW (ISO 8601 with offset) fixes it for tests and pictures."""
    fixed = os.environ.get("JOBSAMTALE_NOW")
    moment = datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def today() -> date:
    """The day now in Denmark."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """An aware time as Danish local time."""
    return moment.astimezone(DENMARK)


def utc(moment: datetime) -> datetime:
    """An aware time in UTC, to the second; a naive one is refused (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError("a time needs an offset")
    return moment.astimezone(UTC).replace(microsecond=0)


def iso(moment: datetime) -> str:
    """An aware time as it is kept and exported: `2026-03-02T13:05:00Z`."""
    return utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_iso(text: str) -> datetime:
    """The time that `iso` wrote."""
    return datetime.fromisoformat(text)


def day_start(day: date) -> str:
    """The first second of a day in Denmark, as it is kept."""
    return iso(datetime.combine(day, time(), DENMARK))


def day_end(day: date) -> str:
    """The first second after a day in Denmark, as it is kept: `held_at < day_end(day)` includes the day."""
    return day_start(day_after(day)) if day < date.max else iso(datetime.max.replace(tzinfo=UTC))


def day_after(day: date) -> date:
    """The next day; after the last one that there is comes none, so that one itself."""
    return day + timedelta(days=1) if day < date.max else day


def week(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def short_day(day: date) -> str:
    """A day as Danes write it in lists: `02.03.2026`."""
    return f"{day:%d.%m.%Y}"


def short_time(moment: datetime) -> str:
    """A time in Denmark as Danes write it in lists: `02.03.2026 14.05`."""
    return f"{local(moment):%d.%m.%Y %H.%M}"


def clock(moment: datetime) -> str:
    """The time of day in Denmark: `14.05`."""
    return f"{local(moment):%H.%M}"


def read_day(text: str, near: date) -> date | None:
    """The day that somebody typed: ISO, `1/6`, `1.6`, `1/6-26` or `1/6/2026`; None where it is none of them.

    Without a year it is the next such day on or after `near`: a step or a next session lies ahead.
    """
    read = _read_day(text.strip(), near)
    return read if read is not None and (read.year in YEARS or read == date.max) else None


def _read_day(text: str, near: date) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    found = _TYPED.fullmatch(text)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    later = range(near.year, near.year + 9)
    years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else list(later)
    for candidate in years:
        try:
            read = date(candidate, month, day)
        except ValueError:
            continue
        if year or read >= near:
            return read
    return None


def read_time(text: str, near: date, clock_default: time = time(9)) -> datetime | None:
    """The day, and after a space the time of day, that somebody typed (`1/6 10.30`), in UTC; else None."""
    day_text, _, clock_text = text.strip().partition(" ")
    day = read_day(day_text, near)
    if day is None or day.year not in YEARS:
        return None
    at = clock_default
    if clock_text.strip():
        found = _CLOCK.fullmatch(clock_text.strip().removeprefix("kl.").strip())
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            return None
        at = time(int(found[1]), int(found[2] or 0))
    return utc(datetime.combine(day, at, DENMARK))
