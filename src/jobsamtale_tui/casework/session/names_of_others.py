"""Whose name stands in whose texts: a note of a meeting is about one citizen, and names no other who was there."""

import re
import sqlite3
from collections.abc import Iterator, Sequence

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.i18n import _


def named(session: records.Session, own: str, others: Sequence[str]) -> list[str]:
    """Which of the `others` at the meeting the session's texts name: by whole name, first name or last name.

    `own` is the name of the session's citizen: a first or last name that two share tells nothing. Only what can
    come into the note is looked at; the caseworker's preparation is not.
    """
    said = "\n".join(_said(session))
    mine = set(own.split())
    found = []
    for name in dict.fromkeys(others):
        parts = [part for part in (name.split()[:1] + name.split()[1:][-1:]) if len(part) > 1 and part not in mine]
        whole = name != own and re.search(_word(name), said, re.IGNORECASE)
        if whole or any(re.search(_word(part), said) for part in parts):
            found.append(name)
    return found


def _word(name: str) -> str:
    """A name as a word of its own, in the genitive too (Mettes, Niels'); a name is written with a capital."""
    return rf"(?<!\w){re.escape(name)}(?:[’']?s)?(?!\w)"


def _said(session: records.Session) -> Iterator[str]:
    for item in session.agenda:
        if item.state != "dropped":
            yield from filter(None, (item.topic, item.conclusion))
    for score in session.scores:
        yield score.remark or ""
    for step in session.steps:
        yield from filter(None, (step.what, step.how, step.outcome))
    for text in (session.theme, session.risk, session.frame, session.need, session.remarks):
        yield text or ""
    for text in (session.summary, session.summary_added, session.next.reason if session.next else None):
        yield text or ""
    for person in session.participants:
        yield person.name or ""
    if session.evaluation:
        yield from records.texts_of(session.evaluation)


def others_named(connection: sqlite3.Connection, session: records.Session) -> list[str]:
    """A sentence for each other citizen of the session's meeting whose name stands in it; none outside meetings."""
    if session.group is None:
        return []
    there = meetings.sessions_there(connection, session.group, dates.local(session.held_at).date())
    own = next((name for one, name in there if one.key == session.key), "")
    names = named(session, own, [name for one, name in there if one.key != session.key])
    return [_("Another's name stands in the note: {name}").format(name=texts.one_line(name)) for name in names]
