"""The shipped catalogue of indicators, or a municipality's own."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from jobsamtale_tui import records, resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

TABLE = "indicator"


def catalogue() -> list[records.Indicator]:
    """Every version of every indicator in the catalogue, by key and version.

    The catalogue is data that `indicator_files.check` has passed; RefusedError names a file that is broken.
    """
    found = [indicator for path in sorted(resources.folder("indicators").glob("*.toml")) for indicator in _read(path)]
    return sorted(found, key=records.identity)


def _read(path: Path) -> list[records.Indicator]:
    try:
        tables = resources.toml(path.read_text(encoding="utf-8"))[TABLE]
        return [records.from_document(records.Indicator, as_exchange(table)) for table in tables]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise RefusedError(
            _("The indicators in {path} cannot be read").format(path=path),
            _("Run jobsamtale indicator check {path} to see why").format(path=path),
        ) from None


def as_exchange(value: Any) -> Any:
    """A value of TOML as the exchange format has it: its days are texts there."""
    if isinstance(value, dict):
        return {key: as_exchange(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_exchange(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
