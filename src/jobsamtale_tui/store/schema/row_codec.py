"""Records and mapped rows: where a record's fields become columns of a row, and columns become fields."""

from collections.abc import Container, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from jobsamtale_tui import dates, records
from jobsamtale_tui.store.schema.layout import Column, layout

T = TypeVar("T", bound=records.Record)


def record(cls: type[T], row: Any) -> T:
    """The record that a row holds, where it has no lists of its own."""
    document = {column.field: _plain(getattr(row, column.name)) for column in layout(cls.kind).columns}
    return records.from_document(cls, document)


def document(row: Any, columns: Iterable[Column]) -> dict[str, Any]:
    """What stands in a row's columns, as the object of the exchange format; what is None is left out."""
    found = ((column.field, _plain(getattr(row, column.name))) for column in columns)
    return {field: value for field, value in found if value is not None}


def values(part: Any, columns: Iterable[Column] | None = None) -> dict[str, Any]:
    """What a record (`columns` None: into its own), or a part of one, puts into its columns, by their names."""
    found = records.as_document(part)
    return {
        column.name: _value(part, column) if column.read in (None, bool) else found.get(column.field)
        for column in columns or layout(part.kind).columns
    }


def put(row: Any, record: records.Record, but: Container[str] = ()) -> None:
    """Write a record into its row; what names it stays, and so do the fields in `but`."""
    lay = layout(record.kind)
    stays = {column.name for column in lay.columns if column.field in but or column.name in lay.identity}
    for name, value in values(record, lay.columns).items():
        if name not in stays and value != getattr(row, name):
            setattr(row, name, value)


def _value(part: Any, column: Column) -> Any:
    """A day or a text; only some of SQL's own words are Python's too, and so carry an underscore in both."""
    return getattr(part, column.name if hasattr(part, column.name) else column.field)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return dates.iso(value)
    return value.isoformat() if isinstance(value, date) else value
