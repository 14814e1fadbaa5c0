"""Records as the JSON objects of the exchange format, and back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_type_hints
from typing import get_origin as origin

from jobsamtale_tui.records.indicators import Agreement, Indicator
from jobsamtale_tui.records.people import Caseworker, Citizen, Profile, Unit
from jobsamtale_tui.records.plans import Activity, Application, JobGoal, Opening
from jobsamtale_tui.records.rules import T
from jobsamtale_tui.records.sessions import Reflection, Session

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


def from_document(cls: type[T], document: Mapping[str, Any]) -> T:
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
