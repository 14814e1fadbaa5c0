"""Corrections (rettelser) of a completed session: added with reason, time and name; what was written stays."""

from jobsamtale_tui import dates, texts
from jobsamtale_tui.casework.change import transaction
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.sqlite.database import Database


def amend(database: Database, actor: Actor, session: str, reason: str, text: str) -> int:
    """Adds a correction to a completed session and returns how many it has now.

    The note stays as it was written, and so do the corrections before this one: two people may add theirs at once.
    Raises NotFoundError where there is no such session; RefusedError where it is not completed, where reason or text
    is blank, and where it is not known who makes it (a correction bears a name).
    """
    why, what = texts.typed(reason).strip(), texts.typed(text).strip()
    if not why or not what:
        raise RefusedError(
            _("A correction needs both its reason and its text"), _("Write the one that is missing; the rest is kept")
        )
    if actor.user is None:
        raise RefusedError(
            _("A correction bears the name of the one who makes it, and nobody is named"),
            _("Say who you are first: choose it among the commands, or start with --user KEY"),
        )
    with transaction.change(database, actor, "amendment.add", "session", session) as work:
        row = work.session.get(session)
        if row is None:
            raise NotFoundError(_("There is no session {key}").format(key=session))
        if row.status != "completed":
            raise RefusedError(
                _("Only a completed session is corrected; this one is still open"), _("Change it instead")
            )
        position = work.amendment.next_position(session=session)
        work.amendment.add(session=session, position=position, at=dates.now(), by=actor.user, reason=why, text=what)
        row.row_version += 1
    return position + 1
