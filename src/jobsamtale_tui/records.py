"""The records of the exchange format: one frozen dataclass a record, in the order and with the names of the format.

They are what files hold, what reads return and what documents take. A field that may be left out is None or an
empty tuple. Python's own words stand with a trailing underscore (`from_`), in the format without it. A rule that a
value has to meet stands beside its type and is checked where a record comes in from outside (`casework.exchange`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, dataclass_transform, get_args, get_type_hints
from typing import get_origin as origin

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _

_SIGNS = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ0-9._-"
"""Of a key: Latin letters with their marks (æøå too), digits and - _ . Written so that every reader of a JSON Schema
means the same by it."""
_KEY = re.compile(f"[{_SIGNS}]{{1,64}}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST = 1000
_CPR = re.compile(r"[0-9]{6}-[0-9]{4}")
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|[+-][0-9]{2}:?[0-9]{2})"


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule for a text or a number: `check` returns the value to keep or raises ValueError with a sentence."""

    check: Callable[[Any], Any]
    schema: Mapping[str, Any]
    """What the published JSON Schema says of it."""
    written: str | None = None
    """A regular expression for how a day or a time is written, None for other values."""


def _text(value: str) -> str:
    if value.isprintable():  # most texts are: no control character, no surrogate
        return value if value.isascii() else texts.normal(value)
    found = texts.forbidden(value)
    if found:
        raise ValueError(_("the character {character} may not stand in a text").format(character=found))
    return texts.normal(value)


def _filled(value: str) -> str:
    value = _text(value)
    if not value.strip():
        raise ValueError(_("this may not be blank"))
    return value


def _key(value: str) -> str:
    value = value if value.isascii() else texts.normal(value)
    if not _KEY.fullmatch(value):
        raise ValueError(_("a key is 1 to 64 letters, digits and - _ ."))
    return value


def _cpr(value: str) -> str:
    if not _CPR.fullmatch(value):
        raise ValueError(_("a CPR number is written DDMMYY-NNNN"))
    return value


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(_("a time needs an offset, for instance Z or +01:00"))
    in_utc = value.astimezone(UTC) if 1 < value.year < 9999 else value
    if not 1900 <= in_utc.year <= 9998:
        raise ValueError(_("the year must lie between 1900 and 9998"))
    return in_utc.replace(microsecond=0)


def _kept(value: date) -> date:
    return value


def _between(low: int, high: int) -> Rule:
    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(_("the number must lie between {low} and {high}").format(low=low, high=high))
        return value

    return Rule(check, {"minimum": low, "maximum": high})


def _above_zero(value: float) -> float:
    if not 0 < value <= _MOST:
        raise ValueError(_("the number must be above 0"))
    return value


Text = Annotated[str, Rule(_text, {})]
"""Any text, kept with its line breaks; may be empty."""
Filled = Annotated[str, Rule(_filled, {"minLength": 1, "pattern": r"\S"})]
"""A text that may not be blank."""
Key = Annotated[str, Rule(_key, {"minLength": 1, "maxLength": 64, "pattern": f"^[{_SIGNS}]+$"})]
"""What names a record: never changed, unique per kind."""
Cpr = Annotated[str, Rule(_cpr, {"pattern": "^[0-9]{6}-[0-9]{4}$"})]
Day = Annotated[date, Rule(_kept, {"format": "date"}, f"^{_DAY}$")]
"""A day, written YYYY-MM-DD."""
Time = Annotated[
    datetime,
    Rule(
        _utc,
        {"format": "date-time", "pattern": f"^{_DAY}{_CLOCK}{_OFFSET}$"},
        f"^{_DAY}{_CLOCK}({_OFFSET})?$",
    ),
]
"""A time with an offset, kept in UTC to the second."""
Count = Annotated[int, _between(1, 100_000)]
Place = Annotated[int, _between(0, 100_000)]
"""Where something stands among its like; the lowest comes first."""
Minutes = Annotated[int, _between(0, 1440)]
ScaleNumber = Annotated[int, _between(-1000, 1000)]
Three = Annotated[int, _between(1, 3)]
Percent = Annotated[int, _between(0, 100)]
Positive = Annotated[int | float, Rule(_above_zero, {"exclusiveMinimum": 0, "maximum": _MOST})]
Share = Annotated[int | float, _between(0, 1)]
Years = Annotated[int | float, _between(0, 150)]
InterviewType = Annotated[int, _between(1, 99)]
"""The national interview types: 7 jobsamtale, 8 henvisning, 9 informationsmøde, 10 CV, 11 formidling, 12 anden,
13 information without duty, 15 rådighed, 17 with a-kasse, 19 joint for dagpenge."""

Role = Literal["caseworker", "key_person", "team_leader", "company_consultant", "job_broker"]
Readiness = Annotated[int, _between(1, 3)]
EndReason = Literal["job", "education", "other"]
IndicatorStatus = Literal["draft", "active", "retired"]
Conversion = Literal["share", "levels"]
Grade = Literal["A", "B", "C"]
Degree = Literal["yes", "partly", "no"]
Field = Literal["employment", "health", "social", "voluntary"]
OpeningType = Literal["job", "internship", "link"]
Form = Literal["personal", "remote", "group", "industry", "via_other"]
ParticipantRole = Literal["fund", "mentor", "company_consultant", "colleague", "companion", "interpreter", "other"]
BookedBy = Literal["citizen", "citizen_helped", "caseworker"]
SessionStatus = Literal["planned", "draft", "completed", "cancelled", "no_show"]
Rater = Literal["citizen", "caseworker"]
AgendaState = Literal["possible", "agreed", "dropped", "done"]
Doer = Literal["citizen", "caseworker", "other"]
StepStatus = Literal["open", "partly", "done", "dropped"]
Observer = Literal["self", "peer", "leader"]
Postponed = Literal[
    "medical_clarification", "treatment", "weather", "start_date", "substance_treatment", "psychiatric_rest"
]
"""Why sessions may wait (the free-municipality trial's reasons)."""
MoreOften = Literal[
    "after_upskilling", "outdated_education", "needs_search_help", "loose_season", "skilled_season", "season_gaps"
]
"""Why sessions are held more often than the rule asks (from the same source)."""

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def _record(cls: type[_T]) -> type[_T]:
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


def _in_order(start: date, until: date | None) -> None:
    if until is not None and until < start:
        raise ValueError(_("until {until} is before from {start}").format(until=until, start=start))


def _languages(other: Mapping[str, str] | None) -> None:
    for language in other or {}:
        if not _LANGUAGE.fullmatch(language) or language in ("da", "en"):
            said = _("{language} is not another language: two or three small letters (ISO 639), not da or en")
            raise ValueError(said.format(language=language))


@_record
class Words:
    """A short text in Danish and, where there is one, in English and in other languages."""

    da: Filled
    en: Filled | None = None
    other: dict[str, Filled] | None = None

    def __post_init__(self) -> None:
        _languages(self.other)

    def say(self, language: str = "da") -> str:
        """The text in `language`, or in Danish where it has none."""
        return (self.en if language == "en" else (self.other or {}).get(language)) or self.da


@_record
class Wording:
    """As `Words`, for a question or a level's text: it may still be empty."""

    da: Text
    en: Text | None = None
    other: dict[str, Text] | None = None

    def __post_init__(self) -> None:
        _languages(self.other)

    def say(self, language: str = "da") -> str:
        """The text in `language`, or in Danish where it has none."""
        return (self.en if language == "en" else (self.other or {}).get(language)) or self.da


@_record
class Unit:
    """A section of a job centre (afsnit)."""

    kind: ClassVar = "unit"
    key: Key
    name: Filled
    municipality: Text | None = None


@_record
class Caseworker:
    """The one who holds the conversations (jobkonsulent), or another with a part in them."""

    kind: ClassVar = "caseworker"
    key: Key
    name: Filled
    unit: Key | None = None
    role: Role | None = None


@_record
class Stage:
    """A named stretch of levels."""

    from_: ScaleNumber
    to: ScaleNumber
    name: Words


@_record
class Scale:
    """An indicator's range of 2 to 11 levels; each level may carry a text, stretches of them a name."""

    min: ScaleNumber
    max: ScaleNumber
    levels: dict[str, Wording] | None = None
    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.max - self.min <= 10:
            raise ValueError(_("a scale has 2 to 11 levels, and min is below max"))
        level, stage = _("level {level} is not on the scale"), _("stage {name} is not on the scale")
        found = [level.format(level=number) for number in self.levels or {} if number not in self._numbers]
        found += [
            stage.format(name=one.name.da) for one in self.stages if not self.min <= one.from_ <= one.to <= self.max
        ]
        if found:
            expected = _("it goes from {min} to {max}").format(min=self.min, max=self.max)
            raise ValueError("; ".join([*found, expected]))

    @property
    def _numbers(self) -> set[str]:
        return {str(number) for number in range(self.min, self.max + 1)}


@_record
class ReliableChange:
    """From which change on a rise or a fall is real: a threshold in levels, or SD and reliability that give one.

    Local assumptions, never measured on the citizen; a threshold that is given counts before SD and reliability.
    """

    threshold: Positive | None = None
    sd: Positive | None = None
    reliability: Share | None = None
    source: Text | None = None

    def __post_init__(self) -> None:
        if self.threshold is None and (self.sd is None or self.reliability is None):
            raise ValueError(_("give a threshold, or both sd and reliability"))


@_record
class Converts:
    """How scores of an earlier version are drawn on this one: by share of the range, or level by level."""

    from_: Count
    by: Conversion
    levels: dict[str, ScaleNumber] | None = None

    def __post_init__(self) -> None:
        if (self.by == "levels") != bool(self.levels):
            raise ValueError(_("levels are given where by is levels, and only there"))


@_record
class Indicator:
    """A point of development that is scored again and again; a version of it."""

    kind: ClassVar = "indicator"
    key: Key
    version: Count
    name: Words
    question: Wording
    area: Text | None = None
    scale: Scale
    from_: Day | None = None
    until: Day | None = None
    status: IndicatorStatus
    order: Place | None = None
    reason: Text | None = None
    reliable_change: ReliableChange | None = None
    converts: Converts | None = None

    def __post_init__(self) -> None:
        if self.from_ is not None:
            _in_order(self.from_, self.until)
        if self.converts is not None:
            self._check(self.converts)

    def _check(self, converts: Converts) -> None:
        found = []
        if converts.from_ >= self.version:
            found.append(_("converts.from must be an earlier version than {version}").format(version=self.version))
        low, high = self.scale.min, self.scale.max
        for number, level in (converts.levels or {}).items():
            if not low <= level <= high:
                said = _("converts.levels.{number}: {level} is not on the scale, which goes from {min} to {max}")
                found.append(said.format(number=number, level=level, min=low, max=high))
        if found:
            raise ValueError("; ".join(found))


@_record
class IndicatorsUsed:
    """The decision whether indicators are used in a case, with its reason and the barriers."""

    use: bool
    reason: Text | None = None
    barriers: tuple[Text, ...] = ()


@_record
class Ended:
    """The end of a course: the day and what it ended in."""

    on: Day
    reason: EndReason


@_record
class EarlierGroup:
    """A target group that the citizen belonged to, first and last day included."""

    target_group: Key
    from_: Day
    until: Day

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class ContactException:
    """A reason to hold sessions later or more often than the rule asks, and for how long (open: no `until`)."""

    reason: Postponed | MoreOften
    from_: Day
    until: Day | None = None
    why: Text | None = None

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class Citizen:
    """The person out of work (borger); the owner of her own case."""

    kind: ClassVar = "citizen"
    key: Key
    name: Filled
    cpr: Cpr | None = None
    case_key: Key | None = None
    target_group: Key | None = None
    caseworker: Key | None = None
    contact_start: Day | None = None
    language: Key | None = None
    readiness: Readiness | None = None
    indicators_used: IndicatorsUsed | None = None
    ended: Ended | None = None
    earlier_groups: tuple[EarlierGroup, ...] = ()
    contact_exceptions: tuple[ContactException, ...] = ()


@_record
class CvEntry:
    """A position held, and for how many years."""

    position: Text
    years: Years | None = None


@_record
class Profile:
    """What the citizen has put up about herself: "Jeg søger job som", CV, competences, points to develop."""

    kind: ClassVar = "profile"
    citizen: Key
    wishes: tuple[Text, ...] = ()
    cv: tuple[CvEntry, ...] = ()
    competences: tuple[Text, ...] = ()
    to_develop: tuple[Text, ...] = ()


@_record
class ChosenIndicator:
    """An indicator of an agreement and why it was chosen; its own period within the agreement's."""

    indicator: Key
    reason: Filled
    from_: Day
    until: Day | None = None
    end_reason: Text | None = None

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class AgreementChange:
    """A change of an agreement: when, by whom, what was changed (a sentence that the program makes), and why."""

    at: Time
    by: Key | None = None
    what: Filled
    reason: Filled


@_record
class Agreement:
    """How often, over what period, on which indicators, and why those."""

    kind: ClassVar = "agreement"
    key: Key
    citizen: Key
    from_: Day
    until: Day | None = None
    every_weeks: Count | None = None
    indicators: tuple[ChosenIndicator, ...]
    changes: tuple[AgreementChange, ...] = ()

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class JobGoal:
    """A goal of the ABC-jobplan: a position, a function, an industry or an education."""

    kind: ClassVar = "job_goal"
    key: Key
    citizen: Key
    grade: Grade
    position: Text | None = None
    function: Text | None = None
    industry: Text | None = None
    education: Text | None = None
    realistic: Degree | None = None
    why: Text | None = None
    from_: Day
    until: Day | None = None

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class Application:
    """An application from the Joblog."""

    kind: ClassVar = "application"
    key: Key
    citizen: Key
    on: Day
    position: Text
    employer: Text | None = None
    channel: Text | None = None
    result: Text | None = None


@_record
class FollowUp:
    """Whether an activity brought the citizen nearer the goal, and what made the difference."""

    on: Day
    nearer: Degree
    why: Text | None = None
    shows: Text | None = None


@_record
class Activity:
    """An effort (indsats) in one of four fields, with what it should give and how it brings a job nearer."""

    kind: ClassVar = "activity"
    key: Key
    citizen: Key
    name: Filled
    field: Field
    outcome: Text | None = None
    toward_job: Text | None = None
    goal: Key | None = None
    responsible: Text | None = None
    from_: Day
    until: Day | None = None
    follow_ups: tuple[FollowUp, ...] = ()

    def __post_init__(self) -> None:
        _in_order(self.from_, self.until)


@_record
class Opening:
    """A job, an internship or a page on the net to bring to a session: kept for a citizen, an industry, or both."""

    kind: ClassVar = "opening"
    key: Key
    citizen: Key | None = None
    industry: Text | None = None
    title: Filled
    employer: Text | None = None
    type: OpeningType | None = None
    link: Text | None = None
    until: Day | None = None
    note: Text | None = None


@_record
class Participant:
    """Somebody else who takes part in a session."""

    role: ParticipantRole
    name: Filled | None = None


@_record
class AgendaItem:
    """A topic, proposed by citizen or caseworker, kept or dropped by the citizen."""

    topic: Filled
    by: Rater
    state: AgendaState
    required: bool | None = None
    conclusion: Text | None = None


@_record
class Score:
    """Where the citizen stands on an indicator in one session, by her own or the caseworker's reading."""

    indicator: Key
    version: Count | None = None
    value: ScaleNumber
    by: Rater = "citizen"
    remark: Text | None = None


@_record
class Step:
    """A next step (næste skridt): what, how and when."""

    what: Filled
    how: Text | None = None
    when: Day | None = None
    who: Doer
    status: StepStatus
    outcome: Text | None = None


@_record
class Evaluation:
    """The citizen's view of the session: what helped, what was missing, what could be different."""

    helped: Text | None = None
    missing: Text | None = None
    different: Text | None = None


@_record
class NextSession:
    """The next session, decided together, and why then."""

    at: Time
    reason: Text | None = None
    booked_by: BookedBy | None = None


@_record
class Note:
    """The journal note as written at completion, with the template that wrote it."""

    text: Text
    template: Text
    version: int | Text
    at: Time


@_record
class Amendment:
    """A correction of a completed session: added with its reason, never a rewrite."""

    at: Time
    by: Key
    reason: Text
    text: Text


@_record
class Session:
    """One conversation (samtale), in four phases."""

    kind: ClassVar = "session"
    key: Key
    citizen: Key
    caseworker: Key | None = None
    held_at: Time
    minutes: Minutes | None = None
    form: Form | None = None
    group: Key | None = None
    participants: tuple[Participant, ...] = ()
    interview_type: InterviewType | None = None
    booked_by: BookedBy | None = None
    status: SessionStatus
    session_kind: Text | None = None
    theme: Text | None = None
    risk: Text | None = None
    preparation: Text | None = None
    frame: Text | None = None
    need: Text | None = None
    agenda: tuple[AgendaItem, ...] = ()
    scores: tuple[Score, ...] = ()
    remarks: Text | None = None
    steps: tuple[Step, ...] = ()
    summary: Text | None = None
    summary_added: Text | None = None
    evaluation: Evaluation | None = None
    next: NextSession | None = None
    note: Note | None = None
    amendments: tuple[Amendment, ...] = ()

    def __post_init__(self) -> None:
        scored: set[tuple[str, str]] = set()
        for score in self.scores:
            if (score.indicator, score.by) in scored:
                raise ValueError(
                    _("indicator {indicator} is scored twice by {by}").format(indicator=score.indicator, by=score.by)
                )
            scored.add((score.indicator, score.by))


@_record
class Quality:
    """The quality of a session on six aspects, all of them: 1 poor, 2 middling, 3 really good."""

    structure: Three
    involvement: Three
    ownership: Three
    focus: Three
    questions: Three
    it: Three


@_record
class Balance:
    """How a session was shared between the three roles, in per cent."""

    coach: Percent
    adviser: Percent
    authority: Percent


@_record
class Reflection:
    """A look back on a session, for learning: in no export unless asked for."""

    kind: ClassVar = "reflection"
    session: Key
    by: Key
    role: Observer
    quality: Quality | None = None
    roles: Balance | None = None
    worked: Text | None = None
    note: Text | None = None


Record = (
    Unit
    | Caseworker
    | Indicator
    | Citizen
    | Profile
    | Agreement
    | JobGoal
    | Application
    | Activity
    | Opening
    | Session
    | Reflection
)
KINDS: dict[str, type[Record]] = {cls.kind: cls for cls in get_args(Record)}
"""The record classes by kind, in the order in which a whole export has them."""


def name_in_format(field: str) -> str:
    """A field's name in the format: Python's own words lose their underscore."""
    return field.removesuffix("_")


def as_document(record: Any) -> dict[str, Any]:
    """A record (or a part of one) as the JSON object of the format: what is None, or empty and not needed, is left
    out.

    Times are ISO 8601 in UTC with Z, days ISO 8601. The inverse is `from_document`.
    """
    cls: Any = type(record)
    kind, names = _names(cls)
    document: dict[str, Any] = {"kind": kind} if kind else {}
    for attribute, name, needed in names:
        value = getattr(record, attribute)
        if type(value) in _PLAIN:
            document[name] = value
        elif value is not None and (needed or value != ()):
            document[name] = _plain(value)
    return document


_PLAIN = frozenset({str, int, float, bool})
_is_part = cache(is_dataclass)


@cache
def _names(cls: type) -> tuple[str | None, tuple[tuple[str, str, bool], ...]]:
    return getattr(cls, "kind", None), tuple(
        (field.name, name_in_format(field.name), field.default is MISSING) for field in fields(cls)
    )


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if _is_part(kind):
        return as_document(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).isoformat()[:19]}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def from_document(cls: type[_T], document: Mapping[str, Any]) -> _T:
    """The record of class `cls` from a JSON object that this program wrote; not for data from outside."""
    known: Any = cls
    values = {name: build(document[key]) for name, key, build in _builders(known) if document.get(key) is not None}
    return cls(**values)


@cache
def _builders(cls: type) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    return tuple(
        (name, name_in_format(name), _builder(hint))
        for name, hint in get_type_hints(cls).items()
        if origin(hint) is not ClassVar and name != "kind"
    )


def _same(value: Any) -> Any:
    return value


def _builder(hint: Any) -> Callable[[Any], Any]:
    if origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        return _builder(parts[0]) if len(parts) == 1 else _same
    if origin(hint) is tuple:
        item = _builder(get_args(hint)[0])
        return lambda values: tuple(item(value) for value in values)
    if origin(hint) is dict:
        entry = _builder(get_args(hint)[1])
        return lambda values: {key: entry(value) for key, value in values.items()}
    if hint is datetime:
        return datetime.fromisoformat
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        part: Any = hint
        return lambda value: from_document(part, value)
    return _same


def identity(record: Record) -> tuple[str, ...]:
    """What makes a record one of its kind: its key (an indicator: key and version; a profile: its citizen;
    a reflection: session, by whom and in which role)."""
    match record:
        case Indicator():
            return record.key, f"{record.version:08d}"
        case Profile():
            return (record.citizen,)
        case Reflection():
            return record.session, record.by, record.role
        case _:
            return (record.key,)


def texts_of(value: Any) -> Iterator[str]:
    """Every text within a record or document, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
