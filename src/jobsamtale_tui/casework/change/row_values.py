"""The values of a mapped row as the history keeps them, and back."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect
from sqlmodel import Session as Work

from jobsamtale_tui import dates
from jobsamtale_tui.store.schema.tables import Day, Moment, Row

_DERIVED = frozenset({"row_version"})


def row_details(work: Work) -> Iterator[dict[str, Any]]:
    """Read off what a flush is about to write: table, key, and the values before and after, a row at a time."""
    for found in work.new:
        yield _detail(found, None, _values(found))
    for found in work.deleted:
        yield _detail(found, _values(found), None)
    for found in work.dirty:
        detail = written(found)
        if detail is not None:
            yield detail


def written(found: Any) -> dict[str, Any] | None:
    """What is about to be written of a mapped object that was changed; None where nothing is."""
    before, after = {}, {}
    for attribute in inspect(found).attrs:
        changes = attribute.history
        if changes.has_changes() and attribute.key not in _DERIVED:
            before[attribute.key] = plain(changes.deleted[0] if changes.deleted else None)
            after[attribute.key] = plain(attribute.value)
    return _detail(found, before, after) if after and before != after else None


def _detail(found: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    key = [getattr(found, column.name) for column in found.__table__.primary_key]
    return {"table_": found.__tablename__, "key": key, "before": before, "after": after}


def _values(found: Any) -> dict[str, Any]:
    return {
        column.name: plain(getattr(found, column.name))
        for column in found.__table__.columns
        if column.name not in _DERIVED
    }


def plain(value: Any) -> Any:
    """Turn a column's value into what JSON keeps of it."""
    if isinstance(value, datetime):
        return dates.iso(value)
    return value.isoformat() if isinstance(value, date) else value


def typed(cls: type[Row], name: str, value: Any) -> Any:
    """Turn a value that the history kept back into what the column `name` of `cls` takes."""
    kind = cls.__table__.columns[name].type  # type: ignore[attr-defined]
    if value is not None and isinstance(kind, Moment):
        return dates.from_iso(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Day) else value


def revived(cls: type[Row], values: dict[str, Any]) -> Row:
    """A row as the history has it."""
    return cls(**{name: typed(cls, name, value) for name, value in values.items()})
