"""The Joblog and the openings by hand: made, changed, taken out and brought back; and the one-minute form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jobsamtale_tui import records
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, UndoResult
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

MOST = 60
"""Applications to one position that the one-minute form takes; more than that is a slip of the finger."""


def make(database: Database, actor: Actor, record: records.Application | records.Opening) -> str:
    """Makes an application or an opening and returns its key. Raises RefusedError for what the format does not allow,
    NotFoundError for an unknown citizen."""
    record = fitting.fit(record)
    _check(record)
    with transaction.change(database, actor, f"{record.kind}.new", record.kind, record.key) as work:
        if record.citizen is not None and work.citizen.get(record.citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=record.citizen))
        work.rows(record.kind).add(**row_codec.values(record))
    return record.key


def edit(place: ChangeContext, cls: type[records.Application | records.Opening], changed: Mapping[str, Any]) -> str:
    """Sets fields by their names in the record's class and returns its key; raises as `make`, and
    ChangedByOtherError."""
    with transaction.change(place.database, place.actor, f"{cls.kind}.edit", cls.kind, place.key) as work:
        row = record_lock.seen(work, place, work.rows(cls.kind))
        after = fitting.altered(row_codec.record(cls, row), changed)
        _check(after)
        row_codec.put(row, after)
    return place.key


def remove(place: ChangeContext, cls: type[records.Application | records.Opening]) -> str:
    """Takes it out and returns its key; `undo` brings it back. Raises as `edit`."""
    with transaction.change(place.database, place.actor, f"{cls.kind}.remove", cls.kind, place.key) as work:
        work.delete(record_lock.seen(work, place, work.rows(cls.kind)))
    return place.key


def undo(database: Database, actor: Actor, cls: type[Any], key: str) -> UndoResult:
    """Takes back this login's last change of it, its taking out too."""
    return undoing.undo(database, actor, cls.kind, key, lambda work: record_lock.touch(work, work.rows(cls.kind), key))


def redo(database: Database, actor: Actor, cls: type[Any], key: str) -> UndoResult:
    """Makes again what was last taken back."""
    return undoing.redo(database, actor, cls.kind, key, lambda work: record_lock.touch(work, work.rows(cls.kind), key))


def read_counted(text: str) -> list[tuple[str, int]]:
    """Positions and how many applications to each, a line each: `4 lagermedarbejder`, `lagermedarbejder 4`, or the
    position alone for one. Raises ValueError with a sentence."""
    found: list[tuple[str, int]] = []
    for line in text.splitlines():
        words = line.split()
        at = next((place for place in (0, -1) if words and words[place].isascii() and words[place].isdigit()), None)
        count = int(words.pop(at)[:6]) if at is not None else 1
        if words and not 1 <= count <= MOST:
            raise ValueError(_("Write a number from {low} to {high}").format(low=1, high=MOST))
        if words:
            found.append((" ".join(words), count))
        elif at is not None:
            raise ValueError(_("Write the position beside the number"))
    return found


def note_search(
    place: ChangeContext,
    wishes: Sequence[str] | None,
    counted: Sequence[tuple[str, int]],
    channel: str | None,
    on: date,
) -> int:
    """What the one-minute form says, in one change of the citizen's profile (`place.key`): her wishes (None: as they
    were), and as many applications to each position as were counted, all on the day `on`. Returns how many.

    Raises ChangedByOtherError where somebody else has changed the same wishes, NotFoundError for an unknown citizen.
    """
    made = [
        fitting.fit(records.Application(key=new_key(), citizen=place.key, on=on, position=position, channel=channel))
        for position, count in counted
        for _number in range(count)
    ]
    with transaction.change(place.database, place.actor, "search.note", "profile", place.key) as work:
        if work.citizen.get(place.key) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=place.key))
        if wishes is not None:
            changed = {"wishes": tuple(wishes)}
            if work.profile.get(place.key) is None and place.seen == 0:
                work.profile.add(**row_codec.values(fitting.altered(records.Profile(citizen=place.key), changed)))
            else:
                row = record_lock.seen(work, place, work.profile)
                row_codec.put(row, fitting.altered(row_codec.record(records.Profile, row), changed))
        for one in made:
            work.application.add(**row_codec.values(one))
    return len(made)


def _check(record: records.Application | records.Opening) -> None:
    if isinstance(record, records.Application) and not record.position.strip():
        raise RefusedError(_("The application has no position"), _("Write which job was applied for"))
