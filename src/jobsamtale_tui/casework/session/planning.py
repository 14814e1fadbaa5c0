"""Sessions that are planned: made for a citizen, for a day and time to come."""

from datetime import datetime

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change import transaction
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.session import session_kind_content
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.sqlite.database import Database


def plan(
    database: Database,
    actor: Actor,
    citizen: str,
    at: datetime,
    *,
    form: records.Form | None = None,
    theme: str | None = None,
    booked_by: records.BookedBy | None = None,
    kind: str | None = None,
) -> str:
    """Plans a session with a citizen and returns its key; who plans it holds it. `kind` is as in `content.choose`.

    Raises NotFoundError where there is no such citizen, RefusedError where she has one planned at that very time.
    """
    key = new_key()
    with transaction.change(database, actor, "session.plan", "session", key) as work:
        if work.citizen.get(citizen) is None:
            raise NotFoundError(_("There is no citizen {key}").format(key=citizen))
        if work.session.exists(citizen=citizen, status="planned", held_at=dates.utc(at)):
            raise RefusedError(
                _("A session is planned at that time already: {time}").format(time=dates.short_time(at)),
                _("Choose another time"),
            )
        row = work.session.add(
            key=key,
            citizen=citizen,
            caseworker=actor.user,
            held_at=dates.utc(at),
            form=form,
            status="planned",
            theme=texts.typed(theme or "").strip() or None,
            booked_by=booked_by,
        )
        if kind:
            work.flush()  # an agenda points at its session
            session_kind_content.choose(work, row, kind)
    return key
