"""Records out: as JSON Lines or CSV, notes also as text and Markdown. The same data give the same bytes.

Nothing here or below imports pydantic or the mapping layer: a scripted export pays for neither.
"""

import sqlite3
from collections.abc import Iterator

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.exchange.export_files import (
    COLUMNS,
    Document,
    write_csv,
    write_jsonl,
    write_note_files,
    write_notes,
)
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.output_files import open_output, settle
from jobsamtale_tui.store.questions import exports
from jobsamtale_tui.store.questions.session_lists import SessionFilter

__all__ = [
    "COLUMNS",
    "KINDS",
    "export",
    "open_output",
    "settle",
    "write_csv",
    "write_jsonl",
    "write_note_files",
    "write_notes",
]

KINDS = ("citizens", "agreements", "sessions", "scores", "steps", "notes", "indicators", "all")
_RECORDS = {"citizens": "citizen", "agreements": "agreement", "sessions": "session", "indicators": "indicator"}


def export(
    connection: sqlite3.Connection,
    kind: str,
    wanted: SessionFilter | None = None,
    *,
    with_cpr: bool = False,
    with_reflections: bool = False,
) -> Iterator[Document]:
    """What `kind` (one of KINDS) holds, one object at a time, in key order; `all` kind after kind as files have it.

    Days of the filter are days in Denmark on which sessions were held. CPR numbers leave with `all`, which has to
    come back as it was, and where `with_cpr` asks for them; else they are masked. Reflections leave with `all`
    where `with_reflections` asks for them. Raises UsageError for another kind.
    """
    if kind not in KINDS:
        raise UsageError(
            _("The kind {kind} is not known").format(kind=kind),
            _("Known names: {names}").format(names=", ".join(KINDS)),
        )
    return _documents(connection, kind, wanted or SessionFilter(), with_cpr=with_cpr, with_reflections=with_reflections)


def _documents(
    connection: sqlite3.Connection, kind: str, wanted: SessionFilter, *, with_cpr: bool, with_reflections: bool
) -> Iterator[Document]:
    with exports.one_moment(connection):
        match kind:
            case "scores":
                yield from exports.scores(connection, wanted)
            case "steps":
                yield from exports.steps(connection, wanted)
            case "notes":
                yield from exports.notes(connection, wanted)
            case "citizens" if not with_cpr:
                yield from map(_masked, exports.whole(connection, "citizen", wanted))
            case "all":
                for one in records.KINDS:
                    if one != "reflection" or with_reflections:
                        yield from exports.whole(connection, one, wanted)
            case _:
                yield from exports.whole(connection, _RECORDS[kind], wanted)


def _masked(citizen: Document) -> Document:
    if "cpr" in citizen:
        citizen["cpr"] = texts.masked_cpr(citizen["cpr"])
    return citizen
