"""Published versions of an indicator, between their rows and the records."""

from typing import TYPE_CHECKING

from jobsamtale_tui import records
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.store.schema import row_codec

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import IndicatorRow
    from jobsamtale_tui.store.writing.transaction import Transaction


def known_versions(work: "Transaction", key: str) -> list[records.Indicator]:
    """The versions of an indicator; those of the catalogue enter the database. Empty where there is no such one."""
    known = [as_indicator(one) for one in work.indicator.find(key=key)]
    if not known:
        known = [one for one in shipped_indicators.catalogue() if one.key == key]
        for one in known:
            work.indicator.add(**row_codec.values(one))
        work.flush()
    return known


def as_indicator(row: "IndicatorRow") -> records.Indicator:
    """The version of an indicator that a row holds."""
    return row_codec.record(records.Indicator, row)
