"""Saves in a thread of its own, one change after the other, so that no key waits for the disk.

The version of each session is known here: a change is made on the version that the change before it left behind.
What comes back is a message to the app, never a touch of a widget.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.message import Message

from jobsamtale_tui import dates, records
from jobsamtale_tui.errors import ChangedByOtherError, JobsamtaleError, StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.sqlite.database import Database, reported
from jobsamtale_tui.tui import mapping_layer
from jobsamtale_tui.tui.answers import BackgroundResult, NotSaved, RecordSaved, Saved
from jobsamtale_tui.tui.keeper import LATE_SECONDS, Drafts
from jobsamtale_tui.tui.waiting import is_score

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
    from jobsamtale_tui.tui.terminal.key_queue import KeyQueue

Job = Callable[["ChangeContext"], Any]
BREATH = 0.03
"""A change is made once no key has come for so many seconds,"""
LONGEST_BREATH = 0.2
"""and after so many in any case."""


@dataclass(frozen=True, slots=True)
class PendingEdit:
    """A change of a session on its way, with what its asker knew."""

    key: str
    job: Job
    field: str | None
    text: str | None
    since: int | None
    answer: "Resolution | None"
    offered: str | None
    what: str


@dataclass
class WriteQueue:
    """The queue of changes. `actor` is None until the mapping layer is in; it comes in with the first job."""

    app: "KeyQueue"
    database: Database
    user: str | None
    login: str
    drafts: Drafts

    def __post_init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="saver")
        self._waiting: set[Future[Any]] = set()
        self._changes: set[Future[Any]] = set()
        self._held: deque[tuple[Callable[[], Any], bool]] = deque()
        self._handing_over = Lock()
        self.ended = False
        """The thread is at nothing any more, also at no question."""
        self._versions: dict[str, int] = {}
        self._asked = self._done = 0
        self._refused: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._since: dict[str, int] = {}
        self._own: set[int | None] = set()
        self._connection: sqlite3.Connection | None = None
        self._failed = self._leaving = self._warmed = False
        self._hurry = Event()

    def preload(self) -> None:
        """Loads the mapping layer, so that the first change does not wait for it. Whoever only looks at home does
        without: it takes more memory than all else there."""
        if not self._warmed and not self.database.read_only:
            self._warmed = True
            self._submit(lambda: None if self._leaving else mapping_layer.load())

    def seen(self, key: str, version: int, entry: int | None = None) -> None:
        """The version of a session that the screen has read, and the newest entry of the history before it did."""
        if entry is not None:
            self._since[key] = entry
        self._submit(lambda: self._versions.__setitem__(key, version))

    def since(self, key: str) -> int | None:
        """The newest entry of the history that the screens' copy of the session shows."""
        return self._since.get(key)

    def change(
        self,
        key: str,
        job: Job,
        *,
        field: str | None = None,
        text: str | None = None,
        since: int | None = None,
        answer: "Resolution | None" = None,
        offered: str | None = None,
        what: str = "",
    ) -> None:
        """Makes a change of a session, then posts Saved or NotSaved (with the field and text that it was about).

        `since`: the newest entry when what it changes was seen, where that was before the screen's copy. `answer`:
        what was chosen where somebody else had changed the same. `offered`: the refused text that this one takes the
        place of. `what`: the change in words, where it is not a text.
        """
        since = since if since is not None else self._since.get(key)
        self._ask(PendingEdit(key, job, field, text, since, answer, offered, what))

    def _ask(self, ask: PendingEdit) -> None:
        self._asked += 1
        number = None
        if ask.field and ask.text is not None:
            number = self.drafts.ask(ask.key, ask.field, ask.text, None if is_score(ask.field) else ask.since)
            self.app.set_timer(LATE_SECONDS + 0.1, self.drafts.retry)
        told = self._told.get(ask.key, 0)
        self._submit(lambda: self._change(ask, told, number), change=True)

    def acknowledge(self, message: "Saved | NotSaved") -> None:
        """The app has the answer to a change: what is asked for from now on knows of it."""
        self._done += message.counts
        if isinstance(message, NotSaved) and message.key:
            self._told[message.key] = message.number
        if message.session is not None and message.entry is not None and not self.busy:
            self._since[message.session.key] = message.entry

    def record(
        self,
        what: str,
        job: "Callable[[Database, Actor], Any]",
        *,
        again: "Callable[[Resolution], None] | None" = None,
    ) -> None:
        """Makes a change of a record other than a session, then posts Saved with Recorded, or NotSaved with `what`
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
        """Makes a change of several sessions at once: `job` gets a place for each. `since` and `answer` are as for
        `change`, for all of them. Comes back as `record` does."""

        def make(database: Database, actor: "Actor") -> Any:
            from jobsamtale_tui.casework.change.context import ChangeContext

            place = ChangeContext(
                database=database, actor=actor, key="", seen=0, since=since, own=self._own, answer=answer
            )
            return job([replace(place, key=key) for key in keys])

        def again(chosen: "Resolution") -> None:
            left = [key for key in keys if key not in chosen.leave]
            self.change_many(what, left, job, since=since, answer=chosen)

        self.record(what, make, again=again)

    @property
    def busy(self) -> bool:
        """Changes are on their way to the disk: the record on it is not yet what the screen shows."""
        return self._asked != self._done

    def run_in_background(self, what: str, question: Callable[[], Any]) -> None:
        """Answers a question in the thread (note, graph: their libraries keep global state) and posts Ready; one that
        still waits when the app is left is nobody's any more."""

        def answer() -> None:
            if self._leaving:
                return
            try:
                self._post(BackgroundResult(what, question()))
            except JobsamtaleError as error:
                self._post(NotSaved(error, None, None, None, counts=0))

        self._submit(answer)

    def flush(self, seconds: float) -> bool:
        """Waits until all that was asked for is on disk; False where it is not, or where a change failed."""
        self._release()
        self._hurry.set()
        done = not wait(set(self._changes), timeout=seconds).not_done
        self._hurry.clear()
        return done and not self._failed

    def close(self, seconds: float | None = None) -> bool:
        """Ends the thread once all is saved, or after so many seconds; then False: what was waiting is given up.
        Questions, and what is loaded ahead, get as long: nobody misses them."""
        self._leaving = True
        self._release()
        self._hurry.set()
        done = not wait(set(self._changes), timeout=seconds).not_done
        self.ended = not wait(set(self._waiting), timeout=seconds if done else 0).not_done
        self._thread.shutdown(wait=self.ended, cancel_futures=not self.ended)
        if self.ended and self._connection is not None:
            self._connection.close()
        return done

    @property
    def actor(self) -> "Actor":
        """Who makes the changes."""
        from jobsamtale_tui.casework.change.context import Actor

        return Actor(self.user, self.login)

    @property
    def at_work(self) -> bool:
        """Something that was asked for is not yet done."""
        return bool(self._held or self._waiting)

    def _submit(self, job: Callable[[], Any], *, change: bool = False) -> None:
        """Has the thread do it, behind what was asked for before. A change waits until the key that is at work is
        drawn: a thread that is woken takes its turn at once, and be it to wait."""
        if change and not self._held:
            asyncio.get_running_loop().call_later(BREATH, self._release)
        if change or self._held:
            self._held.append((job, change))
        else:
            self._dispatch(job, change)

    def _release(self) -> None:
        with self._handing_over:
            while self._held:
                self._dispatch(*self._held.popleft())

    def _dispatch(self, job: Callable[[], Any], change: bool) -> None:
        future = self._thread.submit(job)
        self._waiting.add(future)
        if change:
            self._changes.add(future)
        future.add_done_callback(self._finished)

    def _wait_for_idle_keys(self) -> None:
        """Lets the key that is at work be drawn: a change takes the interpreter for longer than a key does."""
        end = monotonic() + LONGEST_BREATH
        while monotonic() < min(end, self.app.last_key + BREATH):
            if self._hurry.wait(BREATH):
                return

    def _finished(self, future: Future[Any]) -> None:
        self._waiting.discard(future)
        self._changes.discard(future)
        if future.cancelled():
            self._failed = True
            return
        error = future.exception()
        if error is not None:
            self._failed = True
            self.app.call_later(_raise, error)

    def _change(self, ask: PendingEdit, told: int, number: int | None) -> None:
        """Makes the change, unless one before it was refused and its asker did not know (`told`): it was meant for
        another record than the one that there is. `number` is the keeper's for the text."""
        self._wait_for_idle_keys()
        key, result = ask.key, None
        behind = told != self._refused.get(key, 0)
        error: JobsamtaleError | None = None
        try:
            self._may_write()
            if behind:
                raise ChangedByOtherError(
                    _("A change before this one was not saved, so this one was not either"),
                    _("What you typed is kept; look, then save again"),
                )
            with self._there():
                result = ask.job(self._place(ask))
        except JobsamtaleError as failure:
            error = failure
        passing = isinstance(error, (ChangedByOtherError, StoreError))
        if passing and not behind:
            self._refused[key] = told + 1
        entry = self._newest()
        if number is not None:
            # A score that can never be saved is said and not kept: there is no field to mend it in.
            moot = error is not None and not passing and is_score(ask.field)
            self.drafts.answer(number, saved=error is None or moot, offered=ask.offered)
        session = self._read(key)
        if error is None:
            self._failed = False
            self._post(Saved(session, dates.now(), result, entry))
            return
        self._failed = self._failed or isinstance(error, StoreError)
        self._post(
            NotSaved(
                error,
                session,
                ask.field,
                ask.text,
                key=key,
                number=self._refused.get(key, 0),
                entry=entry,
                again=lambda answer: self._ask(replace(ask, answer=answer, offered=ask.text)),
                since=ask.since,
                what=ask.what,
                behind=behind,
            )
        )

    def _place(self, ask: PendingEdit) -> "ChangeContext":
        from jobsamtale_tui.casework.change.context import ChangeContext

        return ChangeContext(
            database=self.database,
            actor=self.actor,
            key=ask.key,
            seen=self._versions.get(ask.key, 0),
            since=ask.since,
            own=self._own,
            answer=ask.answer,
        )

    def _may_write(self) -> None:
        if self.database.read_only:
            raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))

    def _record(
        self, what: str, job: "Callable[[Database, Actor], Any]", again: "Callable[[Resolution], None] | None"
    ) -> None:
        self._wait_for_idle_keys()
        error: JobsamtaleError | None = None
        result: Any = None
        try:
            self._may_write()
            with self._there():
                result = job(self.database, self.actor)
        except JobsamtaleError as failure:
            error = failure
        self._failed = isinstance(error, StoreError)
        if error is not None:
            self._post(NotSaved(error, None, what, None, again=again))
        else:
            self._post(Saved(None, dates.now(), RecordSaved(what, result)))

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

    def _read(self, key: str) -> records.Session | None:
        """The record as it stands."""
        try:
            with reported(self.database.path):
                if self._connection is None:
                    self._connection = self.database.connect()
                self._versions[key] = reads.session_version(self._connection, key)
                return reads.session(self._connection, key)
        except StoreError:
            return None

    def _newest(self) -> int | None:
        """The newest entry of the history, read before the record is: what comes in between counts as not seen."""
        try:
            with reported(self.database.path):
                if self._connection is None:
                    self._connection = self.database.connect()
                return history.newest(self._connection)
        except StoreError:
            return None

    def _post(self, message: Message) -> None:
        self.app.post_message(message)


def _raise(error: BaseException) -> None:
    """A fault of the program that showed in the thread ends the app as any other does: never in silence."""
    raise error
