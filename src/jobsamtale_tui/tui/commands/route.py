"""Where one can go, as values: a screen names the route, and `tui/routes.py` knows whose it is.

They are told apart by their class: two of different classes that hold the same are equal, as tuples are.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen

    from jobsamtale_tui import errors, records
    from jobsamtale_tui.casework.change.context import Actor, ChangeContext
    from jobsamtale_tui.casework.indicators.families import Family
    from jobsamtale_tui.store.sqlite.database import Database
    from jobsamtale_tui.tui.commands.session_owner import SessionOwner

THEIRS, MINE, BOTH = "theirs", "mine", "both"
"""The answers to a conflict."""


class Home(NamedTuple):
    """The first screen."""


class Help(NamedTuple):
    """The keys of a screen."""

    screen: "Screen[Any]"


# The citizen


class Citizen(NamedTuple):
    """All about a citizen."""

    citizen: str


class CitizenForm(NamedTuple):
    """A new citizen, or one to change."""

    citizen: str | None = None


class Decision(NamedTuple):
    """Whether indicators are used with a citizen; `used` is called where they are."""

    citizen: str
    used: Callable[[], Any]


class Contact(NamedTuple):
    """When a citizen is to be seen again, and why then."""

    citizen: str


class Profile(NamedTuple):
    """What a citizen can and wants."""

    citizen: str


class PlanSession(NamedTuple):
    """A session to be planned."""

    citizen: "records.Citizen"


class Goals(NamedTuple):
    """A citizen's job goals."""

    citizen: str


class Activities(NamedTuple):
    """A citizen's activities."""

    citizen: str


class Applications(NamedTuple):
    """What a citizen has applied for."""

    citizen: str


class Openings(NamedTuple):
    """Openings that are kept to bring to a session."""

    citizen: str


class Briefing(NamedTuple):
    """The briefing before a session that is held at `before`, or before one today."""

    citizen: str
    before: datetime | None = None


class Course(NamedTuple):
    """All notes of a citizen as one text."""

    citizen: str


class Graph(NamedTuple):
    """A citizen's progress in the whole window."""

    citizen: str


class SearchNote(NamedTuple):
    """The citizen's search in a minute, written from an open session."""

    owner: "SessionOwner"


# The agreement


class Agreement(NamedTuple):
    """The agreement on indicators as it stands on a day."""

    citizen: str
    day: date


class AgreementPeriod(NamedTuple):
    """The agreement's period."""

    agreement: "records.Agreement"
    place: "Callable[[Database, Actor], ChangeContext]"


class AgreementRenewal(NamedTuple):
    """A new agreement after this one."""

    agreement: "records.Agreement"
    day: date
    place: "Callable[[Database, Actor], ChangeContext]"


class AgreementHistory(NamedTuple):
    """What a citizen's agreements were, and why they changed."""

    citizen: str


# Indicators


class Indicators(NamedTuple):
    """The catalogue."""


class IndicatorEditor(NamedTuple):
    """An indicator's draft."""

    indicator: str


class IndicatorNew(NamedTuple):
    """A new indicator, empty or a copy; `made` gets its key."""

    made: Callable[[str], Any]
    copied: "records.Indicator | None" = None


class IndicatorPublish(NamedTuple):
    """The draft before it is published."""

    family: "Family"


class IndicatorRetire(NamedTuple):
    """An indicator that is to be used no more, or again."""

    indicator: str
    name: str
    active: bool


class IndicatorConvert(NamedTuple):
    """Where the numbers of an earlier version stand on the newest."""

    family: "Family"


# Meetings


class Meeting(NamedTuple):
    """The sessions of a meeting."""

    group: str
    day: date


class MeetingNew(NamedTuple):
    """A meeting to be called."""


class MeetingJoin(NamedTuple):
    """More citizens at a meeting; `there` are the sessions it has."""

    group: str
    day: date
    there: "Sequence[records.Session]"


class MeetingComplete(NamedTuple):
    """A meeting before it is completed, as it stood at the entry `since` of the history."""

    group: str
    day: date
    since: int


# Notes


class Note(NamedTuple):
    """A session's note, with these parts of words in view."""

    session: str
    sought: Sequence[str] = ()


class Complete(NamedTuple):
    """The note before a session is completed."""

    session: str
    citizen: "records.Citizen"
    first: bool


class NotesSearch(NamedTuple):
    """A search in all notes."""


# People


class Who(NamedTuple):
    """Who one is."""


class Caseworker(NamedTuple):
    """A new caseworker (`made` gets the key), or one to change."""

    made: Callable[[str], Any] | None = None
    caseworker: str | None = None


class Caseworkers(NamedTuple):
    """The caseworkers, to change one."""


class Unit(NamedTuple):
    """A new unit, or one to change."""

    unit: str | None = None


class Units(NamedTuple):
    """The units, to change one."""


# Sessions


class Session(NamedTuple):
    """An open session."""

    session: str


class Details(NamedTuple):
    """A session's details: a form, or a text where it is completed. `line` gets the cursor."""

    session: "records.Session"
    line: str | None = None


class Content(NamedTuple):
    """What a session is to hold, and why."""

    session: "records.Session"


class Sparring(NamedTuple):
    """Advice on the search, to make next steps of in an open session."""

    owner: "SessionOwner"


class Correction(NamedTuple):
    """A correction of a completed session's note."""

    session: "records.Session"


class Reflection(NamedTuple):
    """A look back on a completed session by the caseworker `user`."""

    session: "records.Session"
    user: str


class Reflections(NamedTuple):
    """One's own looks back."""


class Shared(NamedTuple):
    """The screen for both, with the session that the citizen answers in, and the page to begin with."""

    citizen: "records.Citizen"
    owner: "SessionOwner | None"
    begin: tuple[str, str] = ("", "")


class Conflict(NamedTuple):
    """Two have changed the same. `answered` gets THEIRS, MINE, BOTH or None; `names` are those of the citizens, by
    the keys of their sessions."""

    clash: "errors.Conflict"
    typed: str | None
    answered: Callable[[str | None], object]
    names: Mapping[str, str] | None = None
