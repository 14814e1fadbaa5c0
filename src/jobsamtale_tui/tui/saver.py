"""Saves in a thread of its own, one change after the other, so that no key waits for the disk.

The version of each session is known here: a change is made on the version that the change before it left behind.
What comes back is a message to the app, never a touch of a widget.
"""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

from jobsamtale_tui import dates, records
from jobsamtale_tui.errors import ChangedByOtherError, JobsamtaleError, StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import drafts, reads
from jobsamtale_tui.store.engine import Database, reported
from jobsamtale_tui.tui import words

if TYPE_CHECKING:
    from textual.app import App

    from jobsamtale_tui.casework.changes import Actor
    from jobsamtale_tui.casework.sessions import Place

Job = Callable[["Place"], Any]


class Saved(Message):
    """A change is durable on disk; `session` is the record as it stands now."""

    def __init__(self, session: records.Session | None, at: datetime, result: Any) -> None:
        super().__init__()
        self.session = session
        self.at = at
        self.result = result
        self.counts = 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a change of a record other than a session: `what` names who asked for it."""

    what: str
    result: Any


class NotSaved(Message):
    """A change was not saved; what was typed is still the screen's."""

    def __init__(
        self,
        error: JobsamtaleError,
        session: records.Session | None,
        field: str | None,
        text: str | None,
        *,
        key: str = "",
        number: int = 0,
        counts: int = 1,
    ) -> None:
        super().__init__()
        self.error = error
        self.session = session
        self.field = field
        self.text = text
        self.key = key
        self.number = number
        """How many changes of the session `key` have been refused so far."""
        self.counts = counts
        """Whether a change is answered (1) or a question (0)."""


class Ready(Message, namespace="saver"):
    """Something that was asked for in the background has come: `what` says to which question."""

    def __init__(self, what: str, result: Any) -> None:
        super().__init__()
        self.what = what
        self.result = result


@dataclass
class Saver:
    """The queue of changes. `actor` is None until the mapping layer is in; it comes in with the first job."""

    app: "App[Any]"
    database: Database
    user: str | None
    login: str

    def __post_init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="saver")
        self._waiting: set[Future[Any]] = set()
        self._versions: dict[str, int] = {}
        self._asked = self._done = 0
        self._refused: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._connection: sqlite3.Connection | None = None
        self._failed = False

    def warm(self) -> None:
        """Loads the mapping layer and the note's template engine, so that the first change does not wait for them."""
        self._submit(_warm)

    def seen(self, key: str, version: int) -> None:
        """The version of a session that the screen has read."""
        self._submit(lambda: self._versions.__setitem__(key, version))

    def change(self, key: str, job: Job, *, field: str | None = None, text: str | None = None) -> None:
        """Makes a change of a session, then posts Saved or NotSaved (with the field and text that it was about)."""
        self._asked += 1
        told = self._told.get(key, 0)
        self._submit(lambda: self._change(key, job, field, text, told))

    def heard(self, message: "Saved | NotSaved") -> None:
        """The app has the answer to a change: what is asked for from now on knows of it."""
        self._done += message.counts
        if isinstance(message, NotSaved) and message.key:
            self._told[message.key] = message.number

    def record(self, what: str, job: "Callable[[Database, Actor], Any]") -> None:
        """Makes a change of a record other than a session, then posts Saved with Recorded, or NotSaved with `what`
        as its field."""
        self._asked += 1
        self._submit(lambda: self._record(what, job))

    def change_many(self, what: str, keys: Sequence[str], job: "Callable[[Sequence[Place]], Any]") -> None:
        """Makes a change of several sessions at once: `job` gets a place for each. Comes back as `record` does."""
        self.record(what, lambda database, actor: self._many(database, actor, keys, job))

    @property
    def busy(self) -> bool:
        """Changes are on their way to the disk: the record on it is not yet what the screen shows."""
        return self._asked != self._done

    def ask(self, what: str, question: Callable[[], Any]) -> None:
        """Answers a question in the thread (note, graph: their libraries keep global state) and posts Ready."""

        def answer() -> None:
            try:
                self._post(Ready(what, question()))
            except JobsamtaleError as error:
                self._post(NotSaved(error, None, None, None, counts=0))

        self._submit(answer)

    def flush(self, seconds: float) -> bool:
        """Waits until all that was asked for is on disk; False where it is not, or where a change failed."""
        return not wait(set(self._waiting), timeout=seconds).not_done and not self._failed

    def close(self) -> None:
        """Ends the thread once all is saved."""
        self._thread.shutdown(wait=True)
        if self._connection is not None:
            self._connection.close()

    @property
    def actor(self) -> "Actor":
        """Who makes the changes."""
        from jobsamtale_tui.casework.changes import Actor

        return Actor(self.user, self.login)

    def _submit(self, job: Callable[[], Any]) -> None:
        future = self._thread.submit(job)
        self._waiting.add(future)
        future.add_done_callback(self._finished)

    def _finished(self, future: Future[Any]) -> None:
        self._waiting.discard(future)
        error = future.exception()
        if error is not None:
            self._failed = True
            self.app.call_later(_raise, error)

    def _change(self, key: str, job: Job, field: str | None, text: str | None, told: int) -> None:
        """Makes the change, unless one before it was refused and its asker did not know: it was meant for another
        record than the one that there is."""
        from jobsamtale_tui.casework.sessions import Place

        seen = self._versions.get(key, 0)
        error: JobsamtaleError | None = None
        result: Any = None
        try:
            if self.database.read_only:
                raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))
            if told != self._refused.get(key, 0):
                raise ChangedByOtherError(
                    _("A change before this one was not saved, so this one was not either"),
                    _("What you typed is kept; look, then save again"),
                )
            result = job(Place(database=self.database, actor=self.actor, key=key, seen=seen))
        except JobsamtaleError as failure:
            error = failure
            if isinstance(failure, (ChangedByOtherError, StoreError)) and told == self._refused.get(key, 0):
                self._refused[key] = told + 1
        session = self._read(key, field, text if error is not None else None)
        if error is not None:
            self._failed = self._failed or isinstance(error, StoreError)
            self._post(NotSaved(error, session, field, text, key=key, number=self._refused.get(key, 0)))
        else:
            self._failed = False
            self._post(Saved(session, dates.now(), result))

    def _record(self, what: str, job: "Callable[[Database, Actor], Any]") -> None:
        error: JobsamtaleError | None = None
        result: Any = None
        try:
            if self.database.read_only:
                raise StoreError(_("The app is read-only"), _("Start it without --read-only to change anything"))
            result = job(self.database, self.actor)
        except JobsamtaleError as failure:
            error = failure
        self._failed = isinstance(error, StoreError)
        if error is not None:
            self._post(NotSaved(error, None, what, None))
        else:
            self._post(Saved(None, dates.now(), Recorded(what, result)))

    def _many(
        self, database: Database, actor: "Actor", keys: Sequence[str], job: "Callable[[Sequence[Place]], Any]"
    ) -> Any:
        from jobsamtale_tui.casework.sessions import Place

        seen = self._versions
        try:
            return job([Place(database=database, actor=actor, key=key, seen=seen.get(key, 0)) for key in keys])
        finally:
            for key in keys:
                self._read(key)

    def _read(self, key: str, field: str | None = None, refused: str | None = None) -> records.Session | None:
        """The record as it stands. The unfinished text of a field that was saved is forgotten, a refused one kept."""
        try:
            with reported(self.database.path):
                if self._connection is None:
                    self._connection = self.database.connect()
                if field and not self.database.read_only:
                    drafts.refuse(self._connection, key, self.login, field, refused)
                    if refused is None:
                        drafts.settle(self._connection, key, self.login, field)
                self._versions[key] = reads.session_version(self._connection, key)
                return reads.session(self._connection, key)
        except StoreError:
            return None

    def _post(self, message: Message) -> None:
        self.app.post_message(message)


def _raise(error: BaseException) -> None:
    """A fault of the program that showed in the thread ends the app as any other does: never in silence."""
    raise error


def _warm() -> None:
    import importlib

    for name in ("session_parts", "sessions"):
        importlib.import_module(f"jobsamtale_tui.casework.{name}")
    words.target_group("-")
