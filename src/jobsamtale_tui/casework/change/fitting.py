"""Records are changed only into what the exchange format allows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from jobsamtale_tui import records
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

T = TypeVar("T", bound=records.Record)


def fit(record: T) -> T:
    """The record as the exchange format would read it; raises RefusedError with what the format does not allow."""
    from jobsamtale_tui.casework.format import reading as exchange_format  # pydantic comes in with the first change

    try:
        return exchange_format.read_document(records.as_document(record))  # type: ignore[return-value]
    except exchange_format.LineRefusedError as error:
        raise RefusedError("; ".join(error.sentences)) from None


def altered(record: T, values: Mapping[str, Any]) -> T:
    """The record with other values; raises RefusedError with what the format does not allow."""
    try:
        return fit(replace(record, **values))
    except ValueError as error:
        raise RefusedError(str(error), _("Correct one of the two days")) from None
