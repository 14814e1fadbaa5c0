"""Exchange files into the database: each file as a whole or not at all, and repeatable."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import import_reading
from jobsamtale_tui.casework.exchange.import_placing import Count, Placing
from jobsamtale_tui.casework.exchange.import_reading import Findings, Progress
from jobsamtale_tui.errors import ImportRefusedError
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.store.sqlite import citizen_search, note_search
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.writing import bulk
from jobsamtale_tui.store.writing.staging import Staging

__all__ = ["Count", "Report", "import_file"]


@dataclass(slots=True)
class Report:
    """What an import did, by kind of record; `warnings` are finished lines, `notes` the notes that were made."""

    counts: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in records.KINDS})
    warnings: list[str] = field(default_factory=list)
    notes: int = 0


def import_file(
    database: Database,
    source: Path | BinaryIO,
    name: str,
    actor: Actor,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    found: Findings | None = None,
) -> Report:
    """Takes in an exchange file in one transaction; with `dry_run` all is done and taken back.

    `name` is what the file is called in reports and in the history (`-` for stdin). `progress` is told how far it has
    come: a line read counts one, a record put in its place one more. `found` has what was wrong with the file before it
    became exchange lines. Raises ImportRefusedError with every fault (then
    nothing is changed), NotFoundError where there is no such file, StoreError where the database cannot take it.
    """
    findings = found or Findings(name)
    report = Report()
    with (
        _few_collections(),
        import_reading.opened(source, name) as stream,
        bulk.connected(database) as connection,
    ):
        staging = Staging(connection)
        try:
            with bulk.staged(connection):
                lines = import_reading.read(stream, findings, staging, progress)
            with bulk.changing(connection, keep=not dry_run):
                entry = {
                    "at": dates.iso(dates.now()),
                    "by": actor.user,
                    "login": actor.login,
                    "action": "import",
                    "subject_kind": "file",
                    "subject": (Path(name).name or name).encode(errors="replace").decode(),  # a name may be any bytes
                }
                history = bulk.History(connection, entry)
                placing = Placing(connection, staging, findings, history, report.counts)
                report.notes = placing.run(lambda done: progress(lines + done) if progress else None)
                if findings.faults:
                    raise _refused(findings)
                if history.close():
                    bulk.make_room(connection)
                note_search.renew(connection)
                citizen_search.renew(connection)
        finally:
            staging.drop()
    report.warnings = findings.warnings()
    return report


@contextmanager
def _few_collections() -> Iterator[None]:
    """Python's collector looks through all that is alive now and then: records by the hundred leave it nothing to
    find, and it would take a third of the time."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _refused(findings: Findings) -> ImportRefusedError:
    lines = findings.lines()
    said = ngettext(
        "{name} was refused for {count} fault, and nothing was changed",
        "{name} was refused for {count} faults, and nothing was changed",
        len(lines),
    )
    return ImportRefusedError(
        said.format(name=findings.name, count=len(lines)), lines, _("Mend the lines named above and import it again")
    )
