"""The lines that pages for the citizen are made of, and the facts that they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from textwrap import wrap

from jobsamtale_tui import dates, i18n, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.labour import Outlook
from jobsamtale_tui.method.progress import Reading
from jobsamtale_tui.records import Application, Indicator, JobGoal, Session, Step

Row = tuple[tuple[str, str], ...]
"""A line as pieces of text, each with its look: `title`, `question`, `here`, `strong`, `digit`, `dim` or none."""

BLANK: Row = ()

WIDEST = 100
"""No line of text is longer, however wide the window: long lines are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFacts:
    """What she may see. `readings` are her own earlier scores, `versions` those of each indicator by number."""

    language: str
    today: date
    session: Session | None
    indicators: tuple[Indicator, ...] = ()
    readings: tuple[Reading, ...] = ()
    versions: Mapping[str, Mapping[int, Indicator]] = field(default_factory=dict)
    open_steps: tuple[Step, ...] = ()
    wishes: tuple[str, ...] = ()
    goals: tuple[JobGoal, ...] = ()
    applications: tuple[Application, ...] = ()
    labour: tuple[Outlook, ...] = ()
    answers: bool = False
    """She can answer here: the session is open on the screen behind."""

    @property
    def spoken(self) -> str:
        """The language of our own words: hers where we have it, else Danish."""
        return self.language if self.language in i18n.LANGUAGES else i18n.DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Room:
    """How much room there is, and how a page is wanted: to be read aloud, or an indicator as her line."""

    width: int
    height: int
    aloud: bool = False
    line: bool = False

    @property
    def text(self) -> int:
        """The width of a line of text."""
        return max(20, min(WIDEST, self.width))


def paragraph(text: str, width: int, look: str = "", *, first: str = "", rest: str | None = None) -> list[Row]:
    """A text as lines of at most `width`, `first` before the first one and `rest` (as many spaces) before the others.

    What people typed is shown as text, and never a CPR number.
    """
    rest = " " * len(first) if rest is None else rest
    lines: list[str] = []
    for one in texts.shown(texts.without_cpr(text)).splitlines() or [""]:
        lines += wrap(one, max(10, width - len(first))) or [""]
    return [(((first if not place else rest) + line, look),) for place, line in enumerate(lines)]


def titled(title: str, room: Room, *blocks: list[Row], empty: str = "") -> list[Row]:
    """A page with a heading; blocks stand apart."""
    rows: list[Row] = [((title, "title"),), BLANK]
    found = [block for block in blocks if block]
    if not found and empty:
        rows += paragraph(empty, room.text)
    for block in found:
        rows += [*block, BLANK]
    return rows


def long_day(day: date) -> str:
    """`2. juni 2026`, `2 June 2026`: in the language in use."""
    from babel.dates import format_date

    return format_date(day, "long", locale="en_GB" if i18n.language() == "en" else "da_DK")


def long_time(moment: datetime) -> str:
    """`2. juni 2026 kl. 10.30`."""
    at = dates.local(moment)
    return _("{day} at {time}").format(day=long_day(at.date()), time=f"{at:%H:%M}" if _en() else dates.clock(moment))


def _en() -> bool:
    return i18n.language() == "en"
