"""Caseworkers and units: those who hold the conversations, and where they belong."""

import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Transaction

LONGEST = 64
_GAPS = re.compile(r"[^\w.]+")


def proposed_key(connection: sqlite3.Connection, kind: str, name: str) -> str:
    """A free key made from a name: `Mette Holm` gives `mette-holm`, the next one `mette-holm-2`; "" for no letters."""
    letters = unicodedata.normalize("NFC", texts.folded(name))
    key = _GAPS.sub("-", letters).strip("-._")[: LONGEST - 5].rstrip("-._")
    if not key or not quick_reads.exists(connection, kind, key):
        return key
    return next(f"{key}-{at}" for at in range(2, 10_000) if not quick_reads.exists(connection, kind, f"{key}-{at}"))


def key_fault(connection: sqlite3.Connection, kind: str, key: str) -> str | None:
    """Why `key` cannot name a new record of `kind`, as a sentence."""
    if not re.fullmatch(r"[\w.-]{1,64}", key):
        return _("A key is 1 to 64 letters, digits and - _ .")
    if quick_reads.exists(connection, kind, key):
        return _("The key {key} is taken").format(key=key)
    return None


def make_unit(database: Database, actor: Actor, unit: records.Unit) -> str:
    """Makes a unit and returns its key. Raises RefusedError where the key is taken."""
    unit = fitting.fit(unit)
    with transaction.change(database, actor, "unit.new", "unit", unit.key) as work:
        if work.unit.get(unit.key) is not None:
            raise RefusedError(_("The key {key} is taken").format(key=unit.key), _("Choose another key"))
        work.unit.add(**row_codec.values(unit))
    return unit.key


def make_caseworker(database: Database, actor: Actor, caseworker: records.Caseworker) -> str:
    """Makes a caseworker and returns her key. Raises RefusedError where the key is taken or the unit is not there."""
    caseworker = fitting.fit(caseworker)
    with transaction.change(database, actor, "caseworker.new", "caseworker", caseworker.key) as work:
        if work.caseworker.get(caseworker.key) is not None:
            raise RefusedError(_("The key {key} is taken").format(key=caseworker.key), _("Choose another key"))
        _with_unit(work, caseworker)
        work.caseworker.add(**row_codec.values(caseworker), sort_key=texts.sort_key(caseworker.name))
    return caseworker.key


def edit_unit(place: ChangeContext, changed: Mapping[str, Any]) -> int:
    """Sets fields of a unit by their names in `records.Unit` (not its key) and returns the new version.

    Raises ChangedByOtherError where somebody else has changed it since, NotFoundError where it is gone.
    """
    with transaction.change(place.database, place.actor, "unit.edit", "unit", place.key) as work:
        row = record_lock.seen(work, place, work.unit)
        unit = fitting.altered(row_codec.record(records.Unit, row), _but_key(changed))
        row_codec.put(row, unit)
        return row.row_version


def edit_caseworker(place: ChangeContext, changed: Mapping[str, Any]) -> int:
    """Sets fields of a caseworker by their names in `records.Caseworker` (not her key) and returns the new version.

    Raises as `edit_unit`, and RefusedError where the unit is not there.
    """
    with transaction.change(place.database, place.actor, "caseworker.edit", "caseworker", place.key) as work:
        row = record_lock.seen(work, place, work.caseworker)
        caseworker = fitting.altered(row_codec.record(records.Caseworker, row), _but_key(changed))
        _with_unit(work, caseworker)
        row_codec.put(row, caseworker)
        row.sort_key = texts.sort_key(caseworker.name)
        return row.row_version


def _but_key(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changed.items() if name != "key"}


def _with_unit(work: "Transaction", caseworker: records.Caseworker) -> None:
    if caseworker.unit and work.unit.get(caseworker.unit) is None:
        raise RefusedError(_("There is no unit {key}").format(key=caseworker.unit), _("Make the unit first"))
