"""Looks back on completed sessions, for learning: in no note, report or export unless an export asks for them.

Their history is in the database as that of every change; it leaves with a copy of the whole database alone.
"""

from dataclasses import dataclass

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change import transaction
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.sqlite.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a look back says: what worked, the balance of the roles, the quality, what was learned."""

    worked: str | None = None
    roles: records.Balance | None = None
    quality: records.Quality | None = None
    note: str | None = None


def keep(
    database: Database,
    actor: Actor,
    session: str,
    role: records.Observer,
    said: Said,
    *,
    was: records.Observer | None = None,
) -> bool:
    """Keeps what the acting caseworker says of a session in a role; False where nothing is said, which takes it out.

    `was` is the role that she wrote in before, where that is changed. Raises NotFoundError where there is no such
    session; RefusedError where it is not completed, where it is not known who writes, and where one is oneself's
    observer or looks back on a session that somebody else held.
    """
    if actor.user is None:
        raise RefusedError(
            _("A look back belongs to the one who writes it, and nobody is named"),
            _("Say who you are first: choose it among the commands, or start with --user KEY"),
        )
    worked, note = _or_none(said.worked), _or_none(said.note)
    with transaction.change(database, actor, "reflection.keep", "reflection", session) as work:
        held = work.session.get(session)
        if held is None:
            raise NotFoundError(_("There is no session {key}").format(key=session))
        if held.status != "completed":
            raise RefusedError(_("One looks back on a session once it is completed"), _("Complete it first"))
        own = held.caseworker in (None, actor.user)
        if role == "self" and not own:
            raise RefusedError(_("Somebody else held the session"), _("Write as a colleague or a leader who observed"))
        if role != "self" and held.caseworker == actor.user:
            raise RefusedError(_("You held the session yourself"), _("Write as yourself"))
        if was is not None and was != role:
            before = work.reflection.get(session, actor.user, was)
            if before is not None:
                work.delete(before)
        row = work.reflection.get(session, actor.user, role)
        if not (worked or note or said.roles or said.quality):
            if row is not None:
                work.delete(row)
            return False
        if row is None:
            row = work.reflection.add(session=session, by=actor.user, role=role)
        row.worked, row.note = worked, note
        row.roles = records.as_document(said.roles) if said.roles else None
        row.quality = records.as_document(said.quality) if said.quality else None
    return True


def _or_none(text: str | None) -> str | None:
    return texts.typed(text or "").strip() or None
