"""The queue of changes: a thread of its own makes them one after the other, so that no key waits for the disk.

Edits of sessions are values (`PendingEdit`): one that the database does not take waits, with those behind it, and is
made once it does. Changes of other records are jobs. What comes of either is an outcome for the host, never a touch of
a widget. Questions are asked in a thread beside this one (`background`), so that no change waits for an answer.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
from jobsamtale_tui.casework.change.keys import new_key
from jobsamtale_tui.editing import preload as mapping_layer
from jobsamtale_tui.editing.drafts import LATE_SECONDS, Drafts
from jobsamtale_tui.editing.outcomes import BackgroundResult, NotSaved, Outcome, RecordSaved, Saved
from jobsamtale_tui.errors import ChangedByOtherError, JobsamtaleError, StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.sqlite.database import Database, reported

if TYPE_CHECKING:
    from jobsamtale_tui.casework.session.commit import Committed
    from jobsamtale_tui.editing.pending import PendingEdit
    from jobsamtale_tui.method.session_edits import Edit, OpenSession

IDLE_SECONDS = 0.03
"""A change is made once no key has come for so many seconds,"""
LONGEST_WAIT_SECONDS = 0.2
"""and after so many in any case."""
STARTED = "session.start"
"""Names the answer that a session has been begun."""
Lines = Mapping[Any, Mapping[int, int]]


def _result(pending: "PendingEdit") -> RecordSaved | None:
    """What a form that sent the edit is told."""
    return RecordSaved(pending.field, None) if pending.field and pending.text is None else None


class Host(Protocol):
    """Whom the queue works for: takes what comes of it, and knows when the last key came."""

    last_key: float
    """When (`time.monotonic`) the last key came."""

    def post_outcome(self, outcome: Outcome) -> object:
        """Takes what came of a change or a question; from any thread."""

    def fail(self, error: BaseException) -> None:
        """Takes a fault of the program that showed in the thread; from any thread."""


class WriteQueue:
    """The queue of changes of one app. `user` is the acting caseworker's key, None where nobody has said."""

    def __init__(self, host: Host, database: Database, user: str | None, login: str, drafts: Drafts) -> None:
        self.host, self.database, self.user, self.login, self.drafts = host, database, user, login, drafts
        self.ended = False
        """The threads are at nothing any more, also at no question."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="saver")
        self._questions = ThreadPoolExecutor(1, thread_name_prefix="questions")
        self._running: set[Future[Any]] = set()
        self._changes: set[Future[Any]] = set()
        self._held: deque[tuple[Callable[[], Any], bool]] = deque()
        self._dispatching = Lock()
        self._versions: dict[str, int] = {}
        self._asked = self._done = 0
        self._since: dict[str, int] = {}
        self._own: set[int | None] = set()
        self._moved: dict[str, Lines] = {}
        """The numbers that new lines got where theirs were taken, by session, until the screen knows them."""
        self._stuck: set[str] = set()
        """The edits that the database did not take: those behind them wait too."""
        self._connection: sqlite3.Connection | None = None
        self._failed = self._preloaded = False
        self.leaving = False
        """The app is on its way out: questions are nobody's any more."""
        self._hurry = Event()

    def preload(self) -> None:
        """Loads the mapping layer, so that the first change does not wait for it. Whoever only looks at home does
        without: it takes more memory than all else there."""
        if not self._preloaded and not self.database.read_only:
            self._preloaded = True
            self._submit(lambda: None if self.leaving else mapping_layer.load())

    def seen(self, key: str, version: int, entry: int | None = None) -> None:
        """Note the version of a session that the screen has read, and the newest entry of the history before it did."""
        if entry is not None:
            self._since[key] = entry
        self._submit(lambda: self._versions.__setitem__(key, version))

    def since(self, key: str) -> int | None:
        """Tell the newest entry of the history that the screens' copy of the session shows."""
        return self._since.get(key)

    # Edits of sessions

    def edit(
        self,
        key: str,
        edit: "Edit",
        *,
        what: str = "",
        field: str | None = None,
        text: str | None = None,
        since: int | None = None,
        resolution: "Resolution | None" = None,
        offered: str | None = None,
    ) -> "PendingEdit":
        """Make an edit of a session, then post Saved or NotSaved with it.

        `since`: the newest entry when what it changes was seen, where that was before the screen's copy. `field` and
        `text`: where it was typed, and what. `resolution`: what was chosen where somebody else had changed the same.
        `offered`: the refused text that this one takes the place of. `what`: the edit in words.
        """
        from jobsamtale_tui.editing.pending import PendingEdit

        pending = PendingEdit(
            id=self.drafts.new_id(),
            session=key,
            edit=edit,
            base=since if since is not None else self._since.get(key),
            what=what,
            field=field,
            text=text,
            offered=offered,
            resolution=resolution,
            at=dates.iso(dates.now()),
        )
        self.send(pending)
        return pending

    def send(self, pending: "PendingEdit") -> None:
        """Make an edit that has its name already: one that was kept, or that somebody has answered."""
        self._asked += 1
        self._enter(pending)
        self._submit(lambda: self._edit(pending), change=True)

    def begin_session(self, citizen: str, session: str | None = None) -> None:
        """Begin a session with a citizen, or go on with the open one; with `session` that very one. Its key comes as a
        BackgroundResult `STARTED`. Where the database takes nothing it is begun once it does, in a later run too; who
        asks again meanwhile asks for the same."""
        from jobsamtale_tui.editing.pending import PendingEdit
        from jobsamtale_tui.method.session_edits import Begin

        edit = Begin(citizen=citizen, at=dates.now(), goes_on=session is not None)
        new = PendingEdit(
            id=self.drafts.new_id(), session=session or new_key(), edit=edit, base=None, what=_("Session")
        )
        there = ((one, one.edit) for one in self.drafts.waiting(session))
        pending = next((one for one, same in there if isinstance(same, Begin) and same.citizen == citizen), new)
        self._stuck.discard(pending.id)
        self._enter(pending)
        self.run_in_background(STARTED, lambda: self._begin(pending), pending=pending)

    def _enter(self, pending: "PendingEdit") -> None:
        """Enter an edit in the journal, which looks at it again once it is late."""
        self.drafts.begin(pending)
        asyncio.get_running_loop().call_later(LATE_SECONDS + 0.1, self.drafts.retry)

    def _begin(self, pending: "PendingEdit") -> str:
        try:
            self._may_write()
            key = self._commit(pending, pending.edit).session
        except JobsamtaleError as error:
            if isinstance(error, StoreError) and error.kind:
                self._stuck.add(pending.id)
            else:
                self.drafts.end(pending, saved=False)
            raise
        self.drafts.end(pending, saved=True)
        return key

    def send_recovered(self) -> None:
        """Make what an earlier run had in its journal and what waits for no session to be opened."""
        for pending in self.drafts.waiting():
            self.send(pending)

    def send_waiting(self) -> None:
        """Make the edits that the database did not take, in their order: it takes changes again."""
        waiting = self.drafts.waiting()
        with self._dispatching:
            stuck, self._stuck = self._stuck, set()
        for pending in waiting:
            if pending.id in stuck:
                self._asked += 1
                self._submit(partial(self._edit, replace(pending, again=True)), change=True)

    def take_back(self, key: str) -> "PendingEdit | None":
        """Drop the newest edit of a session that the database has not taken: undo, where nothing has been done yet.
        None where there is none, where the newest is still on its way, or an undo: the next undo waits behind it."""
        with self._dispatching:
            waiting = self.drafts.waiting(key)
            if not waiting or waiting[-1].takes_back or waiting[-1].id not in self._stuck:
                return None
            self._stuck.discard(waiting[-1].id)
        self.drafts.withdraw(waiting[-1])
        return waiting[-1]

    def waits(self, key: str | None = None) -> "list[PendingEdit]":
        """Tell the edits (of a session) that the database has not taken, the oldest first."""
        return [one for one in self.drafts.waiting(key) if one.id in self._stuck]

    def acknowledge(self, outcome: Saved | NotSaved) -> None:
        """The app has what came of a change: what is asked for from now on knows of it."""
        self._done += 1 if isinstance(outcome, Saved) else outcome.counts
        if outcome.opened is not None and outcome.entry is not None and not self.busy:
            self._since[outcome.opened.session.key] = outcome.entry
            self._moved.pop(outcome.opened.session.key, None)

    # Changes of other records, and questions

    def change(self, key: str, job: "Callable[[ChangeContext], Any]", *, what: str = "") -> None:
        """Make a change of a session as a whole (completing it), then post Saved, or NotSaved with `what`."""
        since = self._since.get(key)
        self._asked += 1
        self._submit(lambda: self._change(key, job, since, what), change=True)

    def record(
        self,
        what: str,
        job: "Callable[[Database, Actor], Any]",
        *,
        again: "Callable[[Resolution], None] | None" = None,
    ) -> None:
        """Make a change of a record other than a session, then post Saved with RecordSaved, or NotSaved with `what`
        as its field; `again` makes it once somebody has said what is to stand."""
        self._asked += 1
        self._submit(lambda: self._record(what, job, again), change=True)

    def change_many(
        self,
        what: str,
        keys: Sequence[str],
        job: "Callable[[Sequence[ChangeContext]], Any]",
        *,
        since: int,
        answer: "Resolution | None" = None,
    ) -> None:
        """Make a change of several sessions at once: `job` gets a context for each. `since` and `answer` are as for
        `edit`, for all of them. Comes back as `record` does."""

        def make(database: Database, actor: "Actor") -> Any:
            context = ChangeContext(
                database=database, actor=actor, key="", seen=0, since=since, own=self._own, answer=answer
            )
            return job([replace(context, key=key) for key in keys])

        def again(chosen: "Resolution") -> None:
            left = [key for key in keys if key not in chosen.leave]
            self.change_many(what, left, job, since=since, answer=chosen)

        self.record(what, make, again=again)

    @property
    def busy(self) -> bool:
        """Changes are on their way to the disk: the record on it is not yet what the screen shows."""
        return self._asked != self._done

    def run_in_background(
        self, what: str, question: Callable[[], Any], *, pending: "PendingEdit | None" = None
    ) -> None:
        """Answer a question in a thread (note, graph: their libraries keep global state) and post BackgroundResult; one
        that still waits when the app is left is nobody's any more. `pending`: the edit that it makes."""

        def answer() -> None:
            if self.leaving:
                return
            try:
                self.host.post_outcome(BackgroundResult(what, question()))
            except JobsamtaleError as error:
                waits = pending is not None and pending.id in self._stuck
                self.host.post_outcome(NotSaved(error=error, counts=0, edit=pending, waits=waits))

        self._submit(lambda: None if self.leaving else self._track(self._questions.submit(answer)))

    def flush(self, seconds: float) -> bool:
        """Wait until all that was asked for is on disk; False where it is not, or where a change failed."""
        self._release()
        self._hurry.set()
        done = not wait(set(self._changes), timeout=seconds).not_done
        self._hurry.clear()
        return done and not self._failed

    def close(self, seconds: float | None = None) -> bool:
        """End the thread once all is saved, or after so many seconds; then False: what was waiting is given up.
        Questions, and what is loaded ahead, get as long: nobody misses them."""
        self.leaving = True
        self._release()
        self._hurry.set()
        done = not wait(set(self._changes), timeout=seconds).not_done
        self.ended = not wait(set(self._running), timeout=seconds if done else 0).not_done
        for thread in (self._thread, self._questions):
            thread.shutdown(wait=self.ended, cancel_futures=not self.ended)
        if self.ended and self._connection is not None:
            self._connection.close()
        return done

    @property
    def actor(self) -> "Actor":
        """Who makes the changes."""
        return Actor(self.user, self.login)

    @property
    def at_work(self) -> bool:
        """Something that was asked for is not yet done."""
        return bool(self._held or self._running)

    # The thread

    def _submit(self, job: Callable[[], Any], *, change: bool = False) -> None:
        """Have the thread do it, behind what was asked for before. A change waits until the key that is at work is
        drawn: a thread that is woken takes its turn at once, and be it to wait."""
        if change and not self._held:
            asyncio.get_running_loop().call_later(IDLE_SECONDS, self._release)
        if change or self._held:
            self._held.append((job, change))
        else:
            self._dispatch(job, change)

    def _release(self) -> None:
        with self._dispatching:
            while self._held:
                self._dispatch(*self._held.popleft())

    def _dispatch(self, job: Callable[[], Any], change: bool) -> None:
        future = self._thread.submit(job)
        if change:
            self._changes.add(future)
        self._track(future)

    def _track(self, future: Future[Any]) -> None:
        self._running.add(future)
        future.add_done_callback(self._finished)

    def _wait_for_idle_keys(self) -> None:
        """Let the key that is at work be drawn: a change takes the interpreter for longer than a key does."""
        end = monotonic() + LONGEST_WAIT_SECONDS
        while monotonic() < min(end, self.host.last_key + IDLE_SECONDS):
            if self._hurry.wait(IDLE_SECONDS):
                return

    def _finished(self, future: Future[Any]) -> None:
        self._running.discard(future)
        self._changes.discard(future)
        if future.cancelled():
            self._failed = True
            return
        error = future.exception()
        if error is not None:
            self._failed = True
            self.host.fail(error)

    def _edit(self, pending: "PendingEdit") -> None:
        """Make the edit; where the database takes none, leave it to wait with those that wait already."""
        from jobsamtale_tui.method.session_edits import renumbered

        self._wait_for_idle_keys()
        error: JobsamtaleError | None = None
        made: Any = None
        edit = pending.edit
        for table, lines in self._moved.get(pending.session, {}).items():
            edit = renumbered(edit, table, lines)
        try:
            self._may_write()
            if self._stuck:
                raise self.drafts.trouble or StoreError(_("Changes before this one wait to be saved"), kind="locked")
            made = self._commit(pending, edit, again=pending.again)
        except JobsamtaleError as failure:
            error = failure
        waits = isinstance(error, StoreError) and bool(error.kind)
        if waits:
            self._stuck.add(pending.id)
        else:
            both = isinstance(error, ChangedByOtherError) and error.clash is not None
            self.drafts.end(replace(pending, edit=edit), saved=error is None, asked=both)
        entry, opened = self._read(pending.session)
        if error is not None:
            self._failed = self._failed or isinstance(error, StoreError)
            self.host.post_outcome(
                NotSaved(
                    error=error,
                    key=pending.session,
                    opened=opened,
                    entry=entry,
                    edit=pending,
                    field=pending.field,
                    text=pending.text,
                    what=pending.what,
                    since=pending.base,
                    again=lambda chosen: self.send(
                        replace(pending, edit=edit, resolution=chosen, offered=pending.kept_text)
                    ),
                    waits=waits,
                )
            )
            return
        for table, lines in made.moved.items():
            there = dict(self._moved.get(pending.session, {}))
            self._moved[pending.session] = {**there, table: {**there.get(table, {}), **lines}}
        self._failed = False
        self.host.post_outcome(
            Saved(at=dates.now(), opened=opened, entry=entry, edit=pending, result=made.undone or _result(pending))
        )

    def _context(self, key: str, since: int | None) -> "ChangeContext":
        """A change of the session `key`."""
        return ChangeContext(
            database=self.database,
            actor=self.actor,
            key=key,
            seen=self._versions.get(key, 0),
            since=since,
            own=self._own,
        )

    def _commit(self, pending: "PendingEdit", edit: "Edit", *, again: bool = False) -> "Committed":
        from jobsamtale_tui.casework.session.commit import commit

        context = replace(self._context(pending.session, pending.base), answer=pending.resolution, edit=pending.id)
        with self._there():
            return commit(context, edit, again=again)

    def _attempt(self, job: Callable[[], Any]) -> tuple[Any, JobsamtaleError | None]:
        """Make a change that is a job: what it returned, or why it was not made."""
        try:
            self._may_write()
            with self._there():
                result = job()
        except JobsamtaleError as error:
            self._failed = isinstance(error, StoreError)
            return None, error
        self._failed = False
        return result, None

    def _may_write(self) -> None:
        if self.database.read_only:
            raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))

    def _change(self, key: str, job: "Callable[[ChangeContext], Any]", since: int | None, what: str) -> None:
        self._wait_for_idle_keys()
        result, error = self._attempt(lambda: job(self._context(key, since)))
        entry, opened = self._read(key)
        if error is None:
            self.host.post_outcome(Saved(at=dates.now(), opened=opened, entry=entry, result=result))
            return

        def again(_chosen: "Resolution") -> None:
            self.change(key, job, what=what)

        self.host.post_outcome(
            NotSaved(error=error, key=key, opened=opened, entry=entry, what=what, since=since, again=again)
        )

    def _record(
        self, what: str, job: "Callable[[Database, Actor], Any]", again: "Callable[[Resolution], None] | None"
    ) -> None:
        self._wait_for_idle_keys()
        result, error = self._attempt(lambda: job(self.database, self.actor))
        if error is not None:
            self.host.post_outcome(NotSaved(error=error, field=what, again=again))
        else:
            self.host.post_outcome(Saved(at=dates.now(), result=RecordSaved(what, result)))

    @contextmanager
    def _there(self) -> Iterator[None]:
        """A change that went into a file that nobody finds again is not saved."""
        self.database.check_there()
        try:
            yield
        except StoreError as error:
            if error.kind == "read-only":
                self.database.close()  # a connection that was opened as such stays so
            raise
        self.database.check_there()

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self.database.connect()
        return self._connection

    def _read(self, key: str) -> "tuple[int | None, OpenSession | None]":
        """The newest entry of the history and the session as it stands; the entry is read first, so that what comes in
        between counts as not seen."""
        from jobsamtale_tui.method.session_edits import OpenSession

        try:
            with reported(self.database.path):
                connection = self._open()
                entry, self._versions[key] = history.newest_and_version(connection, key)
                session = reads.session(connection, key)
                return entry, OpenSession(session, *reads.session_lines(connection, key)) if session else None
        except StoreError:
            return None, None
