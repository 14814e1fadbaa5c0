"""What a kind of session asks for, held against a session."""

import sqlite3

from jobsamtale_tui import dates, records
from jobsamtale_tui.i18n import _, language
from jobsamtale_tui.method import kinds, phases
from jobsamtale_tui.reference import guide
from jobsamtale_tui.reference.session_kinds import kind_of
from jobsamtale_tui.store.questions import reads


def left_out(connection: sqlite3.Connection, session: records.Session) -> list[str]:
    """What belongs to the session's kind and has been left out: topics, then actions, as people read them."""
    kind = kind_of(session)
    if kind is None:
        return []
    facts = phases.Facts(
        day=dates.local(session.held_at).date(),
        profile=reads.profile(connection, session.citizen),
        applications=reads.count_applications(connection, session.citizen),
        job_goals=tuple(reads.job_goals(connection, session.citizen)),
    )
    topics, actions = kinds.left_out(kind, session.agenda, phases.done(session, facts))
    called = {action.key: action.name.say(language()) for action in guide.guide()[0].actions} if actions else {}
    return [*topics, *(called.get(action, action) for action in actions)]


def missing(connection: sqlite3.Connection, session: records.Session, key: str) -> list[str]:
    """As `sessions.missing`: that content of the kind was left out and no assessment says why; `key` leads there."""
    if session.risk and session.risk.strip():
        return []
    said = left_out(connection, session)
    if not said:
        return []
    sentence = _("Left out of {kind}: {what}. Your assessment does not say why ({key} in the session)")
    return [sentence.format(kind=session.session_kind, what=", ".join(said), key=key)]
