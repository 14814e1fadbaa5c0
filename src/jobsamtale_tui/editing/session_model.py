"""A session as the caseworker sees it: as it is in the database, with her edits laid over it at once.

Screens read it and make edits through it; the write queue carries each edit to the database, where the same value is
applied. What could not be saved, what somebody has to be asked about, and over what a text was typed is known here.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jobsamtale_tui import dates, texts
from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.outcomes import NotSaved, Saved
from jobsamtale_tui.editing.pending import PendingEdit, is_edit, standing
from jobsamtale_tui.editing.write_queue import WriteQueue
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method.session_edits import Edit, FollowStep, OpenSession, SetDetails, SetScore, Undo
from jobsamtale_tui.records import Session
from jobsamtale_tui.store.questions import history, reads, steps
from jobsamtale_tui.store.questions.steps import Earlier

WORDS_LETTERS = 30
"""An edit in words is cut to so many letters."""


class SessionModel:
    """The session `key` of one screen. `connection` reads it anew where what others wrote is to stand."""

    def __init__(self, key: str, queue: WriteQueue, drafts: Drafts, connection: sqlite3.Connection) -> None:
        self.key, self._queue, self._drafts, self._connection = key, queue, drafts, connection
        self.opened: OpenSession
        """The session as it is seen, with the lines of its agenda items and steps."""
        self.offered: dict[str, str] = {}
        """The texts that could not be saved and stand in their fields again, by field."""
        self._owes = False
        """There may be such texts,"""
        self._asks = False
        """and there may be edits about which somebody is to be asked."""
        self._bases: dict[str, int] = {}
        """By field the newest entry of the history when what stands there was typed,"""
        self._refused: dict[str, int] = {}
        """and when what was refused was."""

    @property
    def session(self) -> Session:
        """The record as it is seen."""
        return self.opened.session

    def load(self, *, shared: bool) -> Session | None:
        """Read the session, with the edits laid over that are not in the database yet; None where it is gone. `shared`:
        the same login has it open in another app, and what is unfinished there stays as it is."""
        newest = history.newest(self._connection)
        found = self._stored()
        if found is None:
            return None
        self.opened = found
        self._queue.seen(self.key, reads.session_version(self._connection, self.key), newest)
        self._drafts.opened(self.key, shared=shared)
        if not shared:  # else what is unfinished is being typed over there
            refused = self._drafts.refused(self.key)
            self._owes, self._asks = bool(refused), any(map(is_edit, refused))
            self.opened = self._laid_over(found)
        return self.session

    def edit(
        self, edit: Edit, *, what: str = "", field: str | None = None, text: str | None = None, since: int | None = None
    ) -> None:
        """Make an edit: it is seen at once, and on its way. `field` and `text`: where it was typed, and what; `what`:
        the edit in words; `since`: what had been seen, where that was before what the screen shows.

        A score takes the place of one about which somebody is to be asked, on what was seen then. An edit that cannot
        be made on what is seen is refused by the database too, which says why.
        """
        self.opened = _applied(self.opened, edit)
        since = self._bases.get(field.partition(" ")[0], since) if field else since
        if isinstance(edit, SetScore):
            since = self._in_place_of(edit, since)
        offered = self.offered.pop(field or "", None)
        what = texts.shortened(what, WORDS_LETTERS)
        self._queue.edit(self.key, edit, what=what, field=field, text=text, since=since, offered=offered)

    def undo(self) -> PendingEdit | None:
        """Take back the last change: the newest edit that the database has not taken, which is returned, else the last
        one in the history once that has all that is on its way."""
        dropped = self._queue.take_back(self.key)
        if dropped is None:
            self._queue.edit(self.key, Undo(), what="")
        self.reload()
        return dropped

    def redo(self) -> None:
        """Make again what was last taken back."""
        self._queue.edit(self.key, Undo(again=True), what="")

    def saved(self, outcome: Saved) -> bool:
        """Take what the database holds now, once nothing more is on its way; True where it is shown."""
        if outcome.opened is None or outcome.opened.session.key != self.key or self._queue.busy:
            return False
        self.opened = self._laid_over(outcome.opened)
        return True

    def not_saved(self, outcome: NotSaved) -> None:
        """Take what the database holds, where an edit was refused: what was typed goes back into its field."""
        if outcome.key == self.key and not outcome.waits:
            self._owes, self._asks = self._owes or outcome.text is not None, True
            if outcome.field and outcome.since is not None:
                self._refused[outcome.field] = outcome.since
        if outcome.opened is not None and outcome.opened.session.key == self.key and not self._queue.busy:
            self.opened = self._laid_over(outcome.opened)

    def reload(self) -> None:
        """See what stands in the database, with the edits laid over that are not there yet."""
        found = self._stored()
        if found is not None:
            self.opened = self._laid_over(found)

    def earlier_steps(self) -> list[Earlier]:
        """Read the steps of earlier sessions to ask about, with the edits laid over that are not made yet."""
        waiting = self._unmade()  # before the steps are read: one that is made meanwhile is in both
        found = {(one.session, one.place): one for one in steps.asked_about(self._connection, self.session)}
        for edit in waiting:
            if isinstance(edit, FollowStep) and (edit.session, edit.position) in found:
                one = found[edit.session, edit.position]
                value: dict[str, Any] = {edit.column: edit.value or None}
                found[edit.session, edit.position] = replace(one, step=replace(one.step, **value))
        return list(found.values())

    def waits(self) -> list[PendingEdit]:
        """Tell the edits that the database has not taken, and those about which somebody is to be asked."""
        return [*self._queue.waits(self.key), *self._to_ask_about()]

    def send_refused(self) -> None:
        """Make the edits again about which somebody is to be asked: the answer may be there, or the question comes."""
        for pending in self._to_ask_about():
            self._queue.send(pending)

    # What is typed over what

    def seen_in(self, field: str) -> None:
        """What stands in a field, or is about to be typed over there, is as the record on the screen has it."""
        since = self._queue.since(self.key)
        if since is not None:
            self._bases[field] = since

    def seen_earlier(self, field: str, at: str = "") -> None:
        """What stands in a field was typed earlier (`at`, or when it was refused), over the record as it was then."""
        seen = self._refused.get(field)
        if seen is None and not at:
            seen, when = self._drafts.refused_since(self.key)
            at = dates.iso(when) if when else ""
        if seen is None:
            seen = history.seen_at(self._connection, "session", self.key, at, self._queue.login)
        self._bases[field] = min(seen, self._bases.get(field, seen))

    def refused(self) -> dict[str, list[str]]:
        """Tell what was typed and could not be saved, by field: it comes back where it was typed, unless it is on its
        way again from there."""
        found = self._drafts.refused(self.key) if self._owes else {}
        for pending in self._drafts.waiting(self.key):
            if pending.offered is not None:
                there = found.get(pending.kept_as, [])
                found[pending.kept_as] = [one for one in there if one != pending.offered]
        self._owes = bool(found)
        return found

    def left(self) -> list[tuple[str, str]]:
        """Tell all that could not be saved: field and text, also of edits."""
        return [(field, text) for field, kept in self._drafts.refused(self.key).items() for text in kept]

    def drop(self, field: str, text: str | None = None) -> None:
        """Forget a text that could not be saved: it was taken out of its field by hand, or (`text`) decided against."""
        text = self.offered.pop(field, None) if text is None else text
        if text is not None:
            self._drafts.drop(self.key, field, text)

    def settle(self, field: str) -> None:
        """Forget what a field was typed over: it stands as the record has it."""
        self._bases.pop(field.partition(" ")[0], None)
        self.offered.pop(field, None)
        self._refused.pop(field, None)

    def _in_place_of(self, score: SetScore, since: int | None) -> int | None:
        """What had been seen: where a score of the same waits for an answer, what was seen then."""
        for refused in self._to_ask_about():
            there = refused.edit
            if isinstance(there, SetScore) and (there.indicator, there.by) == (score.indicator, score.by):
                since = refused.base
                self.drop(refused.kept_as, refused.kept_text)
        return since

    def _stored(self) -> OpenSession | None:
        session = reads.session(self._connection, self.key)
        return OpenSession(session, *reads.session_lines(self._connection, self.key)) if session else None

    def _laid_over(self, opened: OpenSession) -> OpenSession:
        for edit in self._unmade():
            opened = _applied(opened, edit)
        return opened

    def _unmade(self) -> list[Edit]:
        """The edits that are not in the database yet, in their order."""
        pending = standing(self._drafts.waiting(self.key))
        return [one.edit for one in (*pending, *self._to_ask_about())]

    def _to_ask_about(self) -> list[PendingEdit]:
        """The edits that were refused; read only where there may be some, so that a key costs no statement."""
        return self._drafts.refused_edits(self.key) if self._asks else []


def laid_over(session: Session, edits: Iterable[PendingEdit]) -> Session:
    """The session, without a look at its lines, as it will be once the edits are made."""
    opened = OpenSession(session, tuple(range(len(session.agenda))), tuple(range(len(session.steps))))
    for pending in edits:
        if isinstance(pending.edit, SetDetails):
            opened = _applied(opened, pending.edit)
    return opened.session


def free_line(connection: sqlite3.Connection, session: str) -> int:
    """The number of a line that is added to a session's agenda now."""
    return max(reads.session_lines(connection, session)[0], default=-1) + 1


def _applied(opened: OpenSession, edit: Edit) -> OpenSession:
    try:
        return edit.apply(opened)
    except RefusedError:
        return opened
