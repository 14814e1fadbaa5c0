"""Having a citizen's briefing made in the background."""

from datetime import datetime
from typing import TYPE_CHECKING

from jobsamtale_tui import dates
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.port import Storage

if TYPE_CHECKING:
    from jobsamtale_tui.documents.briefing.briefing import Briefing


def asked(citizen: str, before: datetime | None) -> str:
    """The name that a briefing comes from the background under."""
    return f"briefing {citizen} {before}"


def ask(storage: Storage, citizen: str, before: datetime | None = None) -> None:
    """Has the briefing made in the background, for a session held at `before`, or for today."""
    database = storage.database

    def make() -> "Briefing | None":
        from jobsamtale_tui.casework.facts import briefing

        with database.connected() as connection:
            found = reads.citizen(connection, citizen)
            on = dates.local(before).date() if before else dates.today()
            return briefing.briefing(connection, found, on, before) if found else None

    storage.write_queue.run_in_background(asked(citizen, before), make)
