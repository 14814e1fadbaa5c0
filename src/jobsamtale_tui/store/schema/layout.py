"""How a record lies in the tables: its scalar fields in columns, its small parts as JSON, its lists in child tables.

Read off the records themselves, so that neither reads nor imports spell out columns; a test holds it to `tables`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from jobsamtale_tui import records

SQL_WORDS = frozenset({"from", "on", "when", "group", "order"})
CHILDREN: Mapping[tuple[str, str], str] = {
    ("agreement", "indicators"): "agreement_indicator",
    ("agreement", "changes"): "agreement_change",
    ("session", "agenda"): "agenda_item",
    ("session", "scores"): "score",
    ("session", "steps"): "step",
    ("session", "note"): "note",
    ("session", "amendments"): "amendment",
}
"""The table of a field that has one of its own, by record kind and field."""
MANY = frozenset({"agreement_indicator", "agreement_change", "agenda_item", "score", "step", "amendment"})
"""Child tables with a `position`; `note` is a single one."""
DERIVED: Mapping[str, tuple[str, ...]] = {"caseworker": ("sort_key",), "citizen": ("sort_key", "found_by")}
"""Columns that are made from fields, by record kind."""
UNCOUNTED = frozenset({"reflection"})
"""Kinds without a `row_version`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field in the format, its column, and what turns the stored value into the format's (None: as it is)."""

    field: str
    name: str
    read: Callable[[Any], Any] | None = None
    write: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A field that has a table of its own."""

    field: str
    table: str
    columns: tuple[Column, ...]
    needed: bool = False
    """It is written where it is empty, too."""

    @property
    def many(self) -> bool:
        """Whether it is a list."""
        return self.table in MANY

    def stored(self, kind: str) -> tuple[str, ...]:
        """All columns of its table: whose it is, the place in a list, and those of its fields."""
        place = ("position",) if self.many else ()
        return (kind, *place, *(one.name for one in self.columns))


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of record: its table, its columns, its children; `order` has all fields in the format's order."""

    kind: str
    columns: tuple[Column, ...]
    children: tuple[Child, ...]
    order: tuple[str, ...]

    @property
    def stored(self) -> tuple[str, ...]:
        """All columns of its table: those of its fields, and those beside them."""
        version = () if self.kind in UNCOUNTED else ("row_version",)
        return (*(one.name for one in self.columns), *DERIVED.get(self.kind, ()), *version)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns of the primary key, by which a whole export is sorted."""
        match self.kind:
            case "indicator":
                return "key", "version"
            case "profile":
                return ("citizen",)
            case "reflection":
                return "session", "by", "role"
            case _:
                return ("key",)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def as_json(value: Any) -> str:
    """A JSON value as the tables keep it."""
    return _ENCODER.encode(value)


@cache
def layout(kind: str) -> Layout:
    """The layout of a record kind."""
    cls = records.KINDS[kind]
    columns: list[Column] = []
    children: list[Child] = []
    order: list[str] = []
    needed = {one.name for one in fields(cls) if one.default is MISSING}
    for name, hint in _fields(cls):
        field = records.name_in_format(name)
        order.append(field)
        table = CHILDREN.get((kind, field))
        if table:
            children.append(Child(field, table, _columns(_part(hint)), name in needed))
        else:
            columns.append(_column(field, hint))
    return Layout(kind, tuple(columns), tuple(children), tuple(order))


def _fields(cls: type) -> list[tuple[str, Any]]:
    return [
        (name, hint)
        for name, hint in get_type_hints(cls).items()
        if get_origin(hint) is not ClassVar and name != "kind"
    ]


@cache
def _columns(cls: type) -> tuple[Column, ...]:
    return tuple(_column(records.name_in_format(name), hint) for name, hint in _fields(cls))


def _part(hint: Any) -> type:
    parts: list[Any] = [part for part in (*get_args(hint), hint) if is_dataclass(part)]
    found: type = parts[0]
    return found


def _column(field: str, hint: Any) -> Column:
    name = f"{field}_" if field in SQL_WORDS else field
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        hint = parts[0] if len(parts) == 1 else object
    if hint is bool:
        return Column(field, name, bool, int)
    if hint is object or is_dataclass(hint) or get_origin(hint) in (tuple, dict):
        return Column(field, name, json.loads, as_json)
    return Column(field, name)
