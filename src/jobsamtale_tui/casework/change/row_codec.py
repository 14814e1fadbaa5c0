"""A record that is one row, without lists of its own: read off it, and written into it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlmodel import Session as Work

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change import record_lock
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema.layout import Column, layout
from jobsamtale_tui.store.schema.tables import Row

T = TypeVar("T", bound=records.Record)


def record(cls: type[T], row: Row) -> T:
    """The record that a row holds."""
    document = {column.field: _plain(getattr(row, column.name)) for column in layout(cls.kind).columns}
    return records.from_document(cls, document)


def document(row: Row, columns: Iterable[Column]) -> dict[str, Any]:
    """What stands in a row's columns, as the object of the exchange format; what is None is left out."""
    values = ((column.field, _plain(getattr(row, column.name))) for column in columns)
    return {field: value for field, value in values if value is not None}


def values(part: Any, columns: Iterable[Column]) -> dict[str, Any]:
    """What a record, or a part of one, puts into its columns, by their names."""
    found = records.as_document(part)
    return {
        column.name: _value(part, column) if column.read in (None, bool) else found.get(column.field)
        for column in columns
    }


def altered(record: T, values: Mapping[str, Any]) -> T:
    """The record with other values; raises RefusedError with what the format does not allow."""
    try:
        return record_lock.fit(replace(record, **values))
    except ValueError as error:
        raise RefusedError(str(error), _("Correct one of the two days")) from None


def put(row: Row, record: records.Record) -> None:
    """Writes a record into its row; what names it stays."""
    known = layout(record.kind)
    for name, value in values(record, known.columns).items():
        if name not in known.identity and value != getattr(row, name):
            setattr(row, name, value)


def row(cls: type[Row], record: records.Record) -> Row:
    """A new row that holds a record."""
    return cls(**values(record, layout(record.kind).columns))


def _value(record: records.Record, column: Column) -> Any:
    """A day or a text; only some of SQL's own words are Python's too, and so carry an underscore in both."""
    return getattr(record, column.name if hasattr(record, column.name) else column.field)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return dates.iso(value)
    return value.isoformat() if isinstance(value, date) else value


def touch(work: Work, cls: type[Row], key: str) -> int:
    """The row's next version after undo or redo; 0 where it is gone."""
    found: Any = work.get(cls, key)
    if found is None or inspect(found).deleted or found in work.deleted:
        return 0
    found.row_version = (found.row_version or 0) + 1
    return int(found.row_version)
