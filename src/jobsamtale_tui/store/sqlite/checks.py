"""Looking through a whole database for damage: what is wrong, where, and what to do about it."""

import json
import sqlite3
from collections.abc import Iterator

from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import KINDS
from jobsamtale_tui.store.schema.layout import layout
from jobsamtale_tui.store.sqlite import citizen_search, history_checks, note_search
from jobsamtale_tui.store.sqlite.database import Database

MOST = 100
"""So many faults of one sort are told; the first ones say what there is to do."""
_LOOSE = (
    ("amendment", "session", "by", "caseworker", "key"),
    ("history_detail", "history", "history", "history", "id"),
    ("unfinished", "session", "session", "session", "key"),
)
"""What points without a foreign key: table, what names its row, column, table and column pointed at."""
_HIDDEN = {
    "note": ("version",),
    "history": ("detail",),
    "history_detail": ("key", "before", "after"),
    "consumer": ("filters",),
}
"""JSON in tables that are not laid out as records."""


def library_version() -> str:
    """The version of SQLite that is in use."""
    return sqlite3.sqlite_version


def faults(database: Database) -> list[str]:
    """Everything that is wrong, a finished sentence each; empty where all is well. Changes nothing."""
    with database.connected() as connection:
        damage = list(_damage(connection))
        if damage:  # what lies on such pages cannot be asked after
            return damage
        return [
            *_lost_links(connection),
            *_loose_links(connection),
            *_catalogue_links(connection),
            *_notes(connection),
            *(unreadable := list(_json(connection))),
            *_search(connection),
            *(() if unreadable else history_checks.faults(connection)),
        ]


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if said != "ok":
            yield _("The file is damaged ({said}): put back a copy with jobsamtale db restore").format(said=said)


def _lost_links(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST)
    for table, row, target, _number in rows:
        yield _(
            "A row of {table} ({row}) points at a {target} that is gone: put back a copy with jobsamtale db restore"
        ).format(table=table, row=row if row is not None else "?", target=target)


def _loose_links(connection: sqlite3.Connection) -> Iterator[str]:
    for table, owner, column, target, pointed_at in _LOOSE:
        rows = connection.execute(
            f'SELECT "{owner}", "{column}" FROM "{table}" t WHERE NOT EXISTS '
            f'(SELECT 1 FROM "{target}" x WHERE x."{pointed_at}" = t."{column}") LIMIT {MOST}'
        )
        for name, missing in rows:
            yield _(
                "{table} of {owner} names {missing}, which is gone: put back a copy with jobsamtale db restore"
            ).format(table=table, owner=name, missing=missing)


def _catalogue_links(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        'SELECT "agreement", "indicator" FROM "agreement_indicator" t WHERE NOT EXISTS '
        '(SELECT 1 FROM "indicator" i WHERE i."key" = t."indicator") LIMIT ?',
        (MOST,),
    )
    for agreement, indicator in rows:
        yield _(
            "Agreement {agreement} chose the indicator {indicator}, which is gone: import the indicator again"
        ).format(agreement=agreement, indicator=indicator)


def _notes(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        'SELECT s."key" FROM "session" s LEFT JOIN "note" n ON n."session" = s."key" '
        'WHERE s."status" = \'completed\' AND n."session" IS NULL ORDER BY s."key" LIMIT ?',
        (MOST,),
    )
    for (session,) in rows:
        yield _("Session {session} is completed but has no note: put back a copy, or import the session again").format(
            session=session
        )


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    if not note_search.in_step(connection):
        yield _("The search in notes is out of step with the notes: run jobsamtale db upgrade, which mends it")
    if not citizen_search.in_step(connection):
        yield _("Finding citizens by name is out of step with them: run jobsamtale db upgrade, which mends it")


def _json(connection: sqlite3.Connection) -> Iterator[str]:
    for table, columns in _json_columns():
        for column in columns:
            rows = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')
            unreadable = sum(1 for (text,) in rows if not _reads(text))
            if unreadable:
                yield _(
                    "{count} values of {table}.{column} cannot be read: put back a copy with jobsamtale db restore"
                ).format(count=unreadable, table=table, column=column)


def _json_columns() -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind in KINDS:
        yield kind, tuple(column.name for column in layout(kind).columns if column.read is json.loads)
    yield from _HIDDEN.items()


def _reads(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
