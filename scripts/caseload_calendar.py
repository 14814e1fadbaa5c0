"""Office days and hours: where a session may lie, and that nobody sits in two at once."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ANCHOR = date(2026, 6, 1)
"""The Monday that the demo's dates are laid around."""
DENMARK = ZoneInfo("Europe/Copenhagen")
SLOTS = tuple(
    time.fromisoformat(clock) for clock in ("08:30", "09:15", "10:00", "10:45", "11:30", "12:45", "13:30", "14:15")
)
_CLOSED = {
    *(date(2024, 12, day) for day in range(23, 32)),
    date(2025, 1, 1),
    *(date(2025, 4, day) for day in (17, 18, 21)),
    date(2025, 5, 29),
    date(2025, 6, 5),
    date(2025, 6, 9),
    *(date(2025, 12, day) for day in range(22, 32)),
    *(date(2026, 1, day) for day in (1, 2)),
    *(date(2026, 4, day) for day in (2, 3, 6)),
    *(date(2026, 5, day) for day in (14, 15, 25)),
    date(2026, 6, 5),
}


def weeks(count: float) -> date:
    """The day that lies so many weeks from the anchor."""
    return ANCHOR + timedelta(days=round(count * 7))


def moment(day: date, clock: time) -> datetime:
    """A Danish day and time of day, in UTC."""
    return datetime.combine(day, clock, DENMARK).astimezone(UTC)


def appointed(text: str) -> tuple[date, time]:
    """The day and time of day of an appointment written as days from the anchor and a time: `2 09:15`."""
    days, clock = text.split()
    return ANCHOR + timedelta(days=int(days)), time.fromisoformat(clock)


def open_day(day: date) -> date:
    """`day`, or the next on which the office is open."""
    while day.weekday() > 4 or day in _CLOSED:
        day += timedelta(days=1)
    return day


class Diary:
    """Who is engaged when."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, date, time]] = set()

    def reserve(self, worker: str, day: date, clock: time) -> datetime:
        """Takes a given hour, which must be free."""
        if (worker, day, clock) in self._taken:
            raise ValueError(f"{worker} already sits in a session on {day} at {clock}")
        self._taken.add((worker, day, clock))
        return moment(day, clock)

    def find(self, rng: Random, worker: str, day: date) -> datetime:
        """Takes a free hour on the first open day on or after `day`."""
        while True:
            day = open_day(day)
            free = [clock for clock in SLOTS if (worker, day, clock) not in self._taken]
            if free:
                return self.reserve(worker, day, rng.choice(free))
            day += timedelta(days=1)
