"""Group sessions and industry meetings: one agenda, many citizens, a session and a note for each.

The sessions of a meeting share a `group` key and a day. Its common agenda is what stands on most of their agendas:
what is added, done or concluded there is done in every session that is still open, in one transaction and with one
history entry for each. What somebody wrote for one citizen alone is never written over.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change import conflicts, record_lock, transaction
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.casework.session import lifecycle, session_kind_content
from jobsamtale_tui.errors import JobsamtaleError, NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import AgendaItemRow, SessionRow
    from jobsamtale_tui.store.writing.transaction import Transaction

OPEN = ("planned", "draft")
MeetingForm = Literal["group", "industry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What is common to the sessions of a meeting when it is made."""

    form: MeetingForm
    at: datetime
    minutes: int | None = None
    topics: tuple[str, ...] = ()
    kind: str | None = None
    """As in `content.choose`."""


@dataclass(frozen=True, slots=True)
class CommonItem:
    """A topic of the common agenda: in how many sessions it stands, in how many it is done, and the conclusion that
    most of them share (None: none yet)."""

    topic: str
    stands: int
    done: int
    conclusion: str | None
    possible: int = 0
    """In how many it is not agreed yet."""

    @property
    def state(self) -> records.AgendaState:
        """Possible where it is so in most, done where it is done in every session that has agreed on it."""
        if self.possible > self.stands:
            return "possible"
        return "done" if self.done == self.stands else "agreed"


def make(database: Database, actor: Actor, meeting: Meeting, citizens: Sequence[str]) -> str:
    """Makes a meeting's sessions, one for each citizen, with the topics as agreed items; returns the group key.

    They are open at once where the meeting is today or was earlier, and planned where its day lies ahead: an open
    session of next week would be what one goes on with today. Raises RefusedError without a citizen.
    """
    if not citizens:
        raise RefusedError(_("A meeting needs a citizen at least"), _("Find one by name, and press Enter"))
    group = new_key()
    with transaction.change_each(database, actor, "session.start", "session") as work:
        _seat(work, actor, group, meeting, citizens)
    return group


def join(database: Database, actor: Actor, group: str, day: date, citizens: Sequence[str]) -> int:
    """Gives more citizens a session in a meeting, with its common agenda; returns how many came.

    Those who have one already are passed over. Raises NotFoundError where there is no such meeting on `day`.
    """
    with transaction.change_each(database, actor, "session.start", "session") as work:
        there = reads.sessions_of_group(work.driver, group, day)  # nobody else writes from here on
        if not there:
            raise NotFoundError(_("There is no meeting {key}").format(key=group))
        first = there[0]
        meeting = Meeting(
            form="industry" if first.form == "industry" else "group",
            at=first.held_at,
            minutes=first.minutes,
            topics=tuple(item.topic for item in common_agenda(there) if item.state != "possible"),
            kind=first.session_kind,
        )
        known = {session.citizen for session in there}
        new = [citizen for citizen in dict.fromkeys(citizens) if citizen not in known]
        _seat(work, actor, group, meeting, new)
        return len(new)


def _seat(work: "Transaction", actor: Actor, group: str, meeting: Meeting, citizens: Sequence[str]) -> None:
    topics = [" ".join(texts.typed(topic).split()) for topic in meeting.topics]
    status = "planned" if dates.local(meeting.at).date() > dates.today() else "draft"
    for citizen in dict.fromkeys(citizens):
        row = work.session.add(
            key=new_key(),
            citizen=citizen,
            caseworker=actor.user,
            held_at=dates.utc(meeting.at),
            minutes=meeting.minutes,
            form=meeting.form,
            group_=group,
            status=status,
        )
        work.flush()  # an agenda points at its session
        for position, topic in enumerate(dict.fromkeys(filter(None, topics))):
            work.agenda_item.add(session=row.key, position=position, topic=topic, by="caseworker", state="agreed")
        work.flush()
        session_kind_content.choose(work, row, meeting.kind)


def common_agenda(there: Sequence[records.Session]) -> list[CommonItem]:
    """The topics that stand on more than half of the sessions' agendas, in the order of the first that has them.

    Sessions that were not held do not count, unless none was. An item that a citizen dropped is neither done nor
    in the way of its being done.
    """
    held = [session for session in there if session.status not in ("cancelled", "no_show")] or list(there)
    found: dict[str, list[records.AgendaItem]] = {}
    for session in held:
        for topic, item in {item.topic: item for item in reversed(session.agenda)}.items():
            found.setdefault(topic, []).append(item)
    order = {item.topic: None for session in held for item in session.agenda}
    return [
        _common(topic, found[topic])
        for topic in order
        if 2 * len(found[topic]) > len(held) and any(item.state != "dropped" for item in found[topic])
    ]


def _common(topic: str, items: Sequence[records.AgendaItem]) -> CommonItem:
    kept = [item for item in items if item.state in ("agreed", "done")]
    said = Counter(item.conclusion for item in kept if item.conclusion)
    done = sum(1 for item in kept if item.state == "done")
    possible = sum(1 for item in items if item.state == "possible")
    return CommonItem(topic, len(kept), done, said.most_common(1)[0][0] if said else None, possible)


@contextmanager
def _changed(
    places: Sequence[ChangeContext], action: str, *, writes: bool = False
) -> "Iterator[tuple[Transaction, list[SessionRow]]]":
    """A change of all the sessions among `places` that were open when they were seen: the transaction, and their rows.

    One that others have completed since is locked, and left out; where a text is for it (`writes`) that is a clash.
    Raises ChangedByOtherError as `sessions.changed` does, with what both changed in all of them.
    """
    first = places[0]
    with transaction.change_each(first.database, first.actor, action, "session") as work:
        rows, locked = [], False
        stale = _("One of the meeting's sessions has been changed by somebody else")
        for place in places:
            row, others = record_lock.looked_up(work, place, work.session, stale)
            if others is not None:
                others.closed = writes and row.status == "completed" and _seen(work, row)["status"] in OPEN
                locked = locked or others.closed
            if row.status != "completed" and _seen(work, row)["status"] in OPEN:
                rows.append(row)
        if not rows and not locked:
            raise RefusedError(_("None of the meeting's sessions is open"))
        yield work, rows


def _seen(work: "Transaction", row: "SessionRow | AgendaItemRow") -> dict[str, Any]:
    """A row's columns as they were when its session was seen."""
    table, key = work.named(row)
    return {**vars(row), **conflicts.seen(work, table, key[0]).get(key[-1], {})}


def _items(work: "Transaction", row: "SessionRow") -> "list[AgendaItemRow]":
    return work.agenda_item.find("position", session=row.key)


def _standing(
    work: "Transaction", row: "SessionRow", topic: str
) -> "tuple[AgendaItemRow | None, dict[str, Any]] | None":
    """The item that was seen under that topic, whatever others call it now, and as it was seen; the item is None where
    others have taken it out."""
    items = _items(work, row)
    for item in items:
        was = _seen(work, item)
        if was["topic"] == topic:
            return item, was
    there, changed = {item.position for item in items}, conflicts.seen(work, "agenda_item", row.key)
    gone = ((at, one) for at, one in changed.items() if at not in there and one["topic"] == topic)
    return next(((None, {"conclusion": None, **one, "position": at}) for at, one in gone), None)


def _put_back(work: "Transaction", row: "SessionRow", was: dict[str, Any]) -> "AgendaItemRow":
    """What others took out and this change is about: a clash, until somebody has said that it is to stand."""
    found: AgendaItemRow = conflicts.put_back(work, "agenda_item", [row.key, was["position"]])
    return found


def begin(places: Sequence[ChangeContext]) -> int:
    """The meeting begins: those of its sessions that are planned are open from now on. Returns how many there are."""
    with _changed(places, "session.start") as (work, rows):
        planned = [row for row in rows if _seen(work, row)["status"] == "planned" and row.status != "draft"]
        for row in planned:
            row.status = "draft"
            row.caseworker = row.caseworker or places[0].actor.user
            row.row_version += 1
        return len(planned)


def add_item(places: Sequence[ChangeContext], topic: str) -> int:
    """Puts a topic on the common agenda: agreed in every open session that does not have it. Returns in how many."""
    kept = " ".join(texts.typed(topic).split())
    if not kept:
        raise RefusedError(_("This may not be blank"), _("Write a word or two, or remove the line"))
    with _changed(places, "agenda.add", writes=True) as (work, rows):
        count = 0
        for row in rows:
            if any(item.topic == kept for item in _items(work, row)):
                continue
            known = [item.position for item in _items(work, row)]
            position = conflicts.free_line(work, "agenda_item", row.key, known)
            work.agenda_item.add(session=row.key, position=position, topic=kept, by="caseworker", state="agreed")
            row.row_version += 1
            count += 1
        return count


def finish_item(places: Sequence[ChangeContext], topic: str, done: bool) -> int:
    """Marks a common item done (or agreed again) in every open session where it is agreed; dropped ones stay."""
    return _move(places, "agenda.done", topic, *(("agreed", "done") if done else ("done", "agreed")))


def agree_item(places: Sequence[ChangeContext], topic: str) -> int:
    """A common item that was possible is agreed in every open session where it is possible still."""
    return _move(places, "agenda.toggle", topic, "possible", "agreed")


def _move(places: Sequence[ChangeContext], action: str, topic: str, before: str, after: records.AgendaState) -> int:
    with _changed(places, action) as (work, rows):
        count = 0
        for row in rows:
            item, was = _standing(work, row, topic) or (None, {"state": None})
            if was["state"] == before and (item is None or item.state != after):
                item = item or _put_back(work, row, was)
                item.state = after
                row.row_version += 1
                count += 1
        return count


def conclude_item(places: Sequence[ChangeContext], topic: str, before: str | None, conclusion: str) -> int:
    """Writes a common item's conclusion where there was none, or the common one (`before`) until now.

    Returns how many sessions have a conclusion of their own, which is left as it is.
    """
    kept = texts.typed(conclusion).strip() or None
    with _changed(places, "agenda.conclude", writes=True) as (work, rows):
        own = 0
        for row in rows:
            item, was = _standing(work, row, topic) or (None, {"conclusion": kept})
            if kept == (item.conclusion if item else was["conclusion"]):
                continue
            if was["conclusion"] in (None, before):
                item = item or _put_back(work, row, was)
                item.conclusion = kept
                row.row_version += 1
            else:
                own += 1
        return own


def remove_item(places: Sequence[ChangeContext], topic: str) -> int:
    """Takes a topic off the common agenda; it stays where it is done, concluded or required. Returns where it stays."""
    with _changed(places, "agenda.remove") as (work, rows):
        stays = 0
        for row in rows:
            item, was = _standing(work, row, topic) or (None, {})
            if item is None:
                continue
            if item.required or was["conclusion"] or was["state"] == "done":
                stays += 1
            else:
                work.delete(item)
                row.row_version += 1
        return stays


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a meeting came to: how many notes were written, how many sessions stay open, and why."""

    done: int
    left: int
    why: str


def complete(places: Sequence[ChangeContext]) -> Completed:
    """Completes each session by itself, with a note of its own; one that fails leaves the others as they are."""
    failed: list[str] = []
    for place in places:
        try:
            lifecycle.complete(place)
        except JobsamtaleError as error:
            failed.append(error.sentence)
    return Completed(len(places) - len(failed), len(failed), "; ".join(dict.fromkeys(failed)))


def missing(session: records.Session) -> list[str]:
    """What an open session of a meeting lacks of the citizen's own, in a word each; never a hindrance."""
    agreed = [item for item in session.agenda if item.state in ("agreed", "done")]
    left = sum(1 for item in agreed if item.state == "agreed")
    found = []
    if left or not agreed:
        found.append(_("agenda ({count})").format(count=left) if left else _("agenda"))
    if not session.steps:
        found.append(_("steps"))
    if not session.summary:
        found.append(_("summing up"))
    if not session.next:
        found.append(_("next session"))
    return found


def ready(session: records.Session) -> bool:
    """A session of a meeting is ready to be completed when it is open, its agenda is done and a step is decided."""
    states = [item.state for item in session.agenda]
    return session.status == "draft" and "done" in states and "agreed" not in states and bool(session.steps)


def sessions_there(connection: sqlite3.Connection, group: str, day: date) -> list[tuple[records.Session, str]]:
    """A meeting's sessions, each with the citizen's name, in the Danish order of names."""
    found = []
    for session in reads.sessions_of_group(connection, group, day):
        citizen = reads.citizen(connection, session.citizen)
        found.append((session, citizen.name if citizen else session.citizen))
    return sorted(found, key=lambda one: (texts.sort_key(one[1]), one[0].key))
