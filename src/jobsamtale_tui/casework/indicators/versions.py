"""Published versions of an indicator, between their rows and the records."""

from typing import Any

from sqlmodel import Session as Work
from sqlmodel import select

from jobsamtale_tui import records
from jobsamtale_tui.records import from_document
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.store.schema.layout import layout
from jobsamtale_tui.store.schema.tables import IndicatorRow


def known_versions(work: Work, key: str) -> list[records.Indicator]:
    """The versions of an indicator; those of the catalogue enter the database. Empty where there is no such one."""
    rows = work.exec(select(IndicatorRow).where(IndicatorRow.key == key)).all()
    known = [as_indicator(one) for one in rows]
    if not known:
        known = [one for one in shipped_indicators.catalogue() if one.key == key]
        for one in known:
            work.add(indicator_row(one))
        work.flush()
    return known


def as_indicator(row: IndicatorRow) -> records.Indicator:
    """The version of an indicator that a row holds."""
    values = {column.field: getattr(row, column.name) for column in layout("indicator").columns}
    for name in ("from", "until"):
        values[name] = values[name].isoformat() if values[name] else None
    return from_document(records.Indicator, values)


def indicator_row(indicator: records.Indicator) -> IndicatorRow:
    """An indicator's version as the row that it is kept in."""
    document = {**records.as_document(indicator), "from": indicator.from_, "until": indicator.until}
    values: dict[str, Any] = {column.name: document.get(column.field) for column in layout("indicator").columns}
    return IndicatorRow(**values)
