"""Valid caseloads for property tests: strategies read off the record classes, and what ties records together."""

import string
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from jobsamtale_tui import records, texts

LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\tæøåÆØÅ=+-@'\",<&{[é\u0301\u200d\u202e")
TEXT = st.text(LETTERS, max_size=12).map(texts.normal)
FILLED = TEXT.filter(lambda text: text.strip())
KEY = st.text(string.ascii_letters + string.digits + "-_.æøåÆØÅé", min_size=1, max_size=8)
DAY = st.dates(date(1990, 1, 1), date(2999, 12, 31))
TIME = st.integers(946_684_800, 2_840_140_800).map(lambda second: datetime.fromtimestamp(second, UTC))
YEARS = st.integers(0, 150) | st.floats(0, 150)
CPR = st.builds(
    "{:02d}{:02d}{:02d}-{:04d}".format,
    st.integers(1, 28) | st.integers(61, 88),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
)
KNOWN: dict[Any, st.SearchStrategy[Any]] = {
    records.Text: TEXT,
    records.Filled: FILLED,
    records.Key: KEY,
    records.Cpr: CPR,
    records.Day: DAY,
    records.Time: TIME,
    records.Years: YEARS,
    records.Positive: st.integers(1, 20) | st.floats(0.1, 20),
    records.Share: st.floats(0, 1),
}
OTHER = st.sampled_from(["uk", "ar", "so", "tir"])


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values that may stand where `hint` does."""
    if hint in KNOWN:
        return KNOWN[hint]
    match get_origin(hint):
        case x if x is Annotated:
            rule = hint.__metadata__[0]
            return st.integers(rule.schema["minimum"], rule.schema["maximum"])
        case x if x in (Union, UnionType):
            return st.one_of(*(anything(part) for part in get_args(hint)))
        case x if x is Literal:
            return st.sampled_from(get_args(hint))
        case x if x is tuple:
            return st.lists(anything(get_args(hint)[0]), max_size=2).map(tuple)
        case x if x is dict:
            return st.dictionaries(OTHER, anything(get_args(hint)[1]), max_size=2)
    if hint in PARTS:
        return PARTS[hint]()
    if isinstance(hint, type) and is_dataclass(hint):
        return made(hint)
    return {NoneType: st.none(), bool: st.booleans(), int: st.integers(-(10**30), 10**30)}[hint]


@st.composite
def made(draw: st.DrawFn, /, cls: type[Any], **given: Any) -> Any:
    """A record of this class, `given` fields as they are."""
    values = dict(given)
    hints = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        if field.name not in values:
            values[field.name] = draw(anything(hints[field.name]))
    if cls is records.Indicator:
        values["converts"] = draw(conversions(values["scale"], values["version"]))
    if values.get("until") and values.get("from_") and values["until"] < values["from_"]:
        values["from_"], values["until"] = values["until"], values["from_"]
    return cls(**values)


def made_alone(cls: type[Any]) -> st.SearchStrategy[Any]:
    """A record of this class that points at nothing that has to be there."""
    return made(cls, scores=()) if cls is records.Session else made(cls)


@st.composite
def scales(draw: st.DrawFn) -> records.Scale:
    low = draw(st.integers(-3, 3))
    high = low + draw(st.integers(1, 10))
    numbers = st.integers(low, high)
    levels = draw(st.none() | st.dictionaries(numbers.map(str), made(records.Wording), max_size=3))
    ends = draw(st.lists(st.tuples(numbers, numbers).map(sorted), max_size=2))
    stages = tuple(records.Stage(from_=first, to=last, name=draw(made(records.Words))) for first, last in ends)
    return records.Scale(min=low, max=high, levels=levels, stages=stages)


@st.composite
def conversions(draw: st.DrawFn, scale: records.Scale | None = None, version: int = 1) -> records.Converts | None:
    """How another version's scores convert: none where there is no earlier one."""
    if version == 1 or scale is None or draw(st.booleans()):
        return None
    earlier = draw(st.integers(1, version - 1))
    if draw(st.booleans()):
        return records.Converts(from_=earlier, by="share")
    numbers = st.integers(scale.min, scale.max)
    levels = draw(st.dictionaries(st.integers(-3, 13).map(str), numbers, min_size=1, max_size=3))
    return records.Converts(from_=earlier, by="levels", levels=levels)


@st.composite
def thresholds(draw: st.DrawFn) -> records.ReliableChange:
    whole = draw(st.booleans())
    return records.ReliableChange(
        threshold=draw(KNOWN[records.Positive]) if whole else None,
        sd=draw(KNOWN[records.Positive]),
        reliability=draw(KNOWN[records.Share]),
        source=draw(st.none() | TEXT),
    )


PARTS: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    records.Scale: scales,
    records.Converts: conversions,
    records.ReliableChange: thresholds,
}


def keys(draw: st.DrawFn, most: int, least: int = 0) -> list[str]:
    return draw(st.lists(KEY, unique=True, min_size=least, max_size=most))


@st.composite
def caseloads(draw: st.DrawFn) -> list[records.Record]:
    """Records of all kinds that may stand in one file, in any order."""
    units = [draw(made(records.Unit, key=key)) for key in keys(draw, 2)]
    caseworkers = [draw(made(records.Caseworker, key=key, unit=_one(draw, units, none=True))) for key in keys(draw, 2)]
    indicators = [
        draw(made(records.Indicator, key=key, version=version))
        for key in keys(draw, 2)
        for version in range(1, draw(st.integers(1, 2)) + 1)
    ]
    citizens = _unique(
        draw(made(records.Citizen, key=key, caseworker=_one(draw, caseworkers, none=True)))
        for key in keys(draw, 3, least=1)
    )
    goals = [draw(made(records.JobGoal, key=key, citizen=_one(draw, citizens))) for key in keys(draw, 2)]
    sessions = [draw(_session(key, citizens, caseworkers, indicators)) for key in keys(draw, 3)]
    found: list[records.Record] = [*units, *caseworkers, *indicators, *citizens, *goals, *sessions]
    found += [draw(made(records.Profile, citizen=citizen.key)) for citizen in citizens if draw(st.booleans())]
    for key in keys(draw, 2):
        found.append(draw(made(records.Application, key=key, citizen=_one(draw, citizens))))
        goal = _one(draw, goals, none=True)
        found.append(draw(made(records.Activity, key=key, citizen=_one(draw, citizens), goal=goal)))
        found.append(draw(made(records.Opening, key=key, citizen=_one(draw, citizens, none=True))))
        found.append(draw(_agreement(key, citizens, indicators)))
    if sessions:
        found.append(draw(made(records.Reflection, session=_one(draw, sessions))))
    return draw(st.permutations(found))


def _one(draw: st.DrawFn, among: list[Any], *, none: bool = False) -> str | None:
    choices = [one.key for one in among] + ([None] if none else [])
    chosen: str | None = draw(st.sampled_from(choices))
    return chosen


def _unique(citizens: Iterable[records.Citizen]) -> list[records.Citizen]:
    found: list[records.Citizen] = []
    for citizen in citizens:
        cpr = None if any(citizen.cpr == one.cpr for one in found) else citizen.cpr
        case_key = None if any(citizen.case_key == one.case_key for one in found) else citizen.case_key
        found.append(replace(citizen, cpr=cpr, case_key=case_key))
    return found


@st.composite
def _agreement(draw: st.DrawFn, key: str, citizens: list[Any], indicators: list[Any]) -> records.Agreement:
    chosen = tuple(
        draw(made(records.ChosenIndicator, indicator=indicator.key)) for indicator in indicators if draw(st.booleans())
    )
    agreed: records.Agreement = draw(made(records.Agreement, key=key, citizen=_one(draw, citizens), indicators=chosen))
    return agreed


@st.composite
def _session(
    draw: st.DrawFn, key: str, citizens: list[Any], caseworkers: list[Any], indicators: list[Any]
) -> records.Session:
    scores: dict[tuple[str, str], records.Score] = {}
    for indicator in indicators:
        if draw(st.booleans()):
            value = draw(st.integers(indicator.scale.min, indicator.scale.max))
            score = draw(made(records.Score, indicator=indicator.key, version=indicator.version, value=value))
            scores[score.indicator, score.by] = score
    held: records.Session = draw(
        made(
            records.Session,
            key=key,
            citizen=_one(draw, citizens),
            caseworker=_one(draw, caseworkers, none=True),
            scores=tuple(scores.values()),
        )
    )
    return held
