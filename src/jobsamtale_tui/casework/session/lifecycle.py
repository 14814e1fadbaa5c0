"""What is done with a session: begun, written in, completed, taken back. One function a change.

Each takes the version of the session that the caller has seen and returns the new one. Where somebody else has
changed the session since, ChangedByOtherError says who and when, and nothing is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change import conflicts, record_lock, transaction
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.documents.note import facts as notes_document
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.session_edits import Begin
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import SessionRow
    from jobsamtale_tui.store.writing.transaction import Transaction


def begin(context: ChangeContext, edit: Begin) -> str:
    """Begins the session that an edit says, and returns its key; raises as `start` and `resume`."""
    if edit.goes_on:
        return resume(context.database, context.actor, context.key, edit=context.edit)
    return start(context.database, context.actor, edit.citizen, edit.at, key=context.key, edit=context.edit)


def start(
    database: Database, actor: Actor, citizen: str, at: datetime, *, key: str | None = None, edit: str | None = None
) -> str:
    """Begins a session with a citizen and returns its key: goes on with the open one, else takes today's planned
    one, else makes a draft at `at`, under `key` where one is given. `edit` names the edit in the history. Raises
    NotFoundError where there is no such citizen."""
    with database.connected() as connection:
        if not quick_reads.exists(connection, "citizen", citizen):
            raise NotFoundError(_("There is no citizen {key}").format(key=citizen))
        going_on = reads.open_session(connection, citizen)
        planned = reads.planned_on(connection, citizen, dates.local(at).date())
    if going_on:
        return going_on
    key = planned or key or new_key()
    with transaction.change(database, actor, "session.start", "session", key, edit=edit) as work:
        row = work.session.get(key)
        if row is None:
            work.session.add(key=key, citizen=citizen, caseworker=actor.user, held_at=at, status="draft")
        else:
            row.status = "draft"
            row.caseworker = row.caseworker or actor.user
            row.row_version += 1
    return key


def resume(database: Database, actor: Actor, key: str, *, edit: str | None = None) -> str:
    """Opens a session as a draft, whatever its day: a planned one, or one that is held after all.

    An open or completed one is left as it is. `edit` names the edit in the history.
    """
    with transaction.change(database, actor, "session.start", "session", key, edit=edit) as work:
        row = work.session.get(key)
        if row is None:
            raise NotFoundError(_("There is no session {key}").format(key=key))
        if row.status in ("planned", "cancelled", "no_show"):
            row.status = "draft"
            row.caseworker = row.caseworker or actor.user
            row.row_version += 1
    return key


@contextmanager
def changed(place: ChangeContext, action: str, *, whole: bool = False) -> "Iterator[tuple[Transaction, SessionRow]]":
    """A change of an open session: the transaction and the session's row, one version on.

    `whole`: it is about all that stands in the session, so no change of others goes with it.
    """
    with transaction.change(place.database, place.actor, action, "session", place.key, edit=place.edit) as work:
        row, others = record_lock.looked_up(work, place, work.session)
        if others is not None and others.open() and (whole or row.status == "completed"):
            others.closed = row.status == "completed"
            conflicts.raise_conflict(work, {place.key: ()})
        if row.status == "completed":
            raise RefusedError(_("The session is completed and locked"), _("Add a correction instead of changing it"))
        row.row_version += 1
        yield work, row


def complete(place: ChangeContext) -> int:
    """Completes the session: writes its journal note, locks it, and plans the next one where a date was set.

    The note is rendered and stored in the same transaction; a broken template raises RefusedError and leaves the
    session open.
    """
    now = dates.now()
    with place.database.connected() as connection:
        session = reads.session(connection, place.key)
        if session is None:
            raise NotFoundError(_("There is no session {key}").format(key=place.key))
        minutes = session.minutes or _minutes(session.held_at, now)
        from dataclasses import replace

        completed = replace(session, status="completed", minutes=minutes)
        written = notes_document.render(notes.note_facts(connection, completed), now)
    with changed(place, "session.complete", whole=True) as (work, row):
        row.status, row.minutes = "completed", minutes
        work.note.add(
            session=row.key,
            text=written.text,
            template=written.template,
            version=written.version,
            at=written.at,
        )
        if row.next:
            work.session.add(
                key=new_key(),
                citizen=row.citizen,
                caseworker=row.caseworker,
                held_at=dates.from_iso(row.next["at"]),
                status="planned",
                booked_by=row.next.get("booked_by"),
            )
        return row.row_version


def _minutes(begun: datetime, ended: datetime) -> int | None:
    """How long the session took, where it was completed on its own day and within a believable time."""
    took = ended - begun
    return int(took / timedelta(minutes=1)) if timedelta(minutes=1) <= took <= timedelta(hours=4) else None


def missing(session: records.Session, chosen: int) -> list[str]:
    """What an open session lacks before it is completed, in sentences; never a hindrance.

    `chosen` is the number of indicators chosen for the day.
    """
    said: list[str] = []
    agreed = [item for item in session.agenda if item.state in ("agreed", "done")]
    left = sum(1 for item in agreed if item.state == "agreed")
    scored = len({score.indicator for score in session.scores})
    if not session.need:
        said.append(_("The need in the citizen's words is not written"))
    if not agreed:
        said.append(_("No agenda has been agreed"))
    if left:
        said.append(_("Agenda items agreed and not done: {count} (they carry on to next time)").format(count=left))
    if scored < chosen:
        said.append(_("Indicators without a score: {count}").format(count=chosen - scored))
    if not session.steps:
        said.append(_("No next step has been decided"))
    vague = [step.what for step in session.steps if not (step.how and step.when)]
    if vague:
        said.append(_("Steps without how or when: {steps}").format(steps=", ".join(vague)))
    if not session.summary:
        said.append(_("The citizen has not summed up"))
    if not session.next:
        said.append(_("No date for the next session"))
    return said


def touch(work: "Transaction", place: ChangeContext) -> int:
    """The session's next version, for undo and redo. Raises NotFoundError, and RefusedError once it is completed."""
    work.info["own"] = place.own
    row = work.session.get(place.key)
    if row is None:
        raise NotFoundError(_("There is no session {key}").format(key=place.key))
    if row.status == "completed":
        raise RefusedError(_("The session is completed and locked"), _("Add a correction instead of changing it"))
    row.row_version += 1
    return row.row_version
