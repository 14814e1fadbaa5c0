"""Labour-market knowledge: a small table of occupations, regions and outlooks, replaced as a whole by import.

It lies in `labour_market/outlook.csv`: in the municipality's data folder, else in the user's own, else as shipped
(example data, and marked so). `labour_import` writes it, always in the same form, so that reading it is cheap.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import lru_cache
from pathlib import Path

from jobsamtale_tui import resources, settings
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.labour import Outlook, of_goal
from jobsamtale_tui.records import JobGoal
from jobsamtale_tui.reference import positions

FOLDER, FILE = "labour_market", "outlook.csv"
COLUMNS = tuple(field.name for field in fields(Outlook))


def path() -> Path:
    """The table in force."""
    house = resources.folder(FOLDER)
    own = settings.data_path() / FOLDER
    return (own if house.parent == resources.shipped() and (own / FILE).is_file() else house) / FILE


def outlooks() -> tuple[tuple[Outlook, ...], str | None]:
    """The table in force, and a sentence where it cannot be read: then it is empty."""
    found = path()
    try:
        changed = found.stat()
        return _read(found, changed.st_mtime_ns, changed.st_size), None
    except (OSError, ValueError, TypeError, csv.Error):
        said = _("The table {path} cannot be read; put one in its place with jobsamtale labour import")
        return (), said.format(path=found)


@lru_cache(maxsize=4)
def _read(found: Path, _changed: int, _size: int) -> tuple[Outlook, ...]:
    text = found.read_text(encoding="utf-8-sig")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    if tuple(next(rows, ())) != COLUMNS:
        raise ValueError(found)
    known = []
    for occupation, region, outlook, source, day in rows:
        known.append(Outlook(occupation, region, outlook, source, date.fromisoformat(day)))
    return tuple(known)


def beside(goals: Iterable[JobGoal]) -> tuple[Outlook, ...]:
    """What the table in force says of the goals, each row once."""
    known = outlooks()[0]
    table = positions.table()[0]
    return tuple(dict.fromkeys(one for goal in goals for one in of_goal(goal, known, table)))


def document(one: Outlook) -> dict[str, str]:
    """A row as JSON gives it."""
    return {name: str(getattr(one, name)) for name in COLUMNS}
