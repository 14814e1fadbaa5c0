"""Named consumers of exports: each record comes once, and again as it is now when it has changed.

A run is pending until all of it has been written, and is then confirmed in one transaction. A run that ended before
that has given nothing as far as the next one is concerned, which therefore repeats it. What a consumer has had is kept
as a digest of each record's content, so that it makes no difference in which way, or by which program, it changed.
"""

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.exchange.export_files import Document
from jobsamtale_tui.casework.exchange.exporting import export
from jobsamtale_tui.errors import NotFoundError, RefusedError, StoreError, UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions.session_lists import SessionFilter
from jobsamtale_tui.store.schema.layout import as_json
from jobsamtale_tui.store.sqlite.database import Database, reported
from jobsamtale_tui.store.writing import deliveries
from jobsamtale_tui.store.writing.deliveries import Consumer

__all__ = ["KINDS", "Consumer", "Delivery", "delivery", "forget", "known", "same"]

_KNOWN_BY: dict[str, Callable[[Document], tuple[str, str]]] = {
    "citizens": lambda found: (found["key"], ""),
    "agreements": lambda found: (found["key"], ""),
    "sessions": lambda found: (found["key"], ""),
    "scores": lambda found: (found["session"], f"{found['indicator']} {found['by']}"),
    "steps": lambda found: (found["session"], _digest(found)),
    "notes": lambda found: (found["session"], ""),
    "indicators": lambda found: (found["key"], str(found["version"])),
}
"""What tells the records of a kind apart. A step has nothing but its content, and so is known by that."""
_BY_CONTENT = frozenset({"steps"})
KINDS = tuple(_KNOWN_BY)
"""The kinds of export that a consumer can follow."""
_FILTERS = ("since", "until", "citizen", "caseworker", "unit")


class Delivery:
    """One run for a consumer: `documents` are what it has not had; `count` how many of them have been taken."""

    def __init__(self, connection: Connection, name: str, kind: str, found: Iterator[Document], again: int) -> None:
        self.count = 0
        self._connection = connection
        self._whose = name, kind
        self._again = again
        self._whole = False
        self.documents = self._new(found)

    def _new(self, found: Iterator[Document]) -> Generator[Document]:
        kind = self._whose[1]
        at, alike = "", Counter[str]()
        with deliveries.noting(self._connection):
            for document in found:
                record, part = _KNOWN_BY[kind](document)
                if kind in _BY_CONTENT:  # two of a session may be alike to the letter
                    at, alike = (at, alike) if record == at else (record, Counter())
                    alike[part] += 1
                    part = f"{part} {alike[part]}"
                digest = _digest(document)
                new = self._is_wanted(record, part, digest)
                if new or kind in _BY_CONTENT:
                    deliveries.note(self._connection, record, part, digest, new=new)
                if new:
                    self.count += 1
                    yield document
        self._whole = True

    def _is_wanted(self, record: str, part: str, digest: str) -> bool:
        before = deliveries.had(self._connection, *self._whose, record, part)
        if self._again:
            return before is not None and before[1] == self._again
        return before is None or before[0] != digest

    def confirm(self) -> None:
        """Everything has been written. Where not everything was taken there is nothing to confirm (RuntimeError)."""
        if not self._whole:
            raise RuntimeError("a run was not taken to its end")
        kind = self._whose[1]
        deliveries.confirm(self._connection, *self._whose, again=bool(self._again), by_content=kind in _BY_CONTENT)


@contextmanager
def delivery(
    database: Database,
    name: str,
    kind: str,
    wanted: SessionFilter | None = None,
    *,
    with_cpr: bool = False,
    again: bool = False,
) -> Iterator[Delivery]:
    """A run for the consumer `name`, confirmed at the end of the block, and not where the block raises.

    By then all must have been written out for good. `again` gives once more, as they are now, the records of the last
    run that gave something. Raises UsageError for a kind or a name that cannot be, RefusedError where the name has
    another filter or `again` finds nothing, StoreError where another run for the name is under way.
    """
    wanted = wanted or SessionFilter()
    name = _checked(name, kind)
    filters = _filters(wanted, with_cpr=with_cpr)
    if database.read_only:
        raise StoreError(
            _("What {name} has had cannot be kept with --read-only").format(name=name), _("Leave out --read-only")
        )
    with alone(database.path, name, kind), database.connected() as connection:
        before = next(iter(deliveries.consumers(connection, name, kind)), None)
        _check(name, kind, before, filters, again=again)
        run = deliveries.begin(connection, name, kind, filters)
        found = export(connection, kind, wanted, with_cpr=with_cpr)
        made = Delivery(connection, name, kind, found, run if again else 0)
        with closing(made.documents):
            yield made
        made.confirm()


def _checked(name: str, kind: str) -> str:
    if kind not in _KNOWN_BY:
        raise UsageError(
            _("--new is for one kind of records at a time, and {kind} is not one").format(kind=kind),
            _("Choose one of: {names}").format(names=", ".join(KINDS)),
        )
    try:
        return str(records.Key.__metadata__[0].check(name))  # type: ignore[attr-defined]
    except ValueError:
        raise UsageError(
            _("A consumer cannot be called {name}").format(name=name or '""'),
            _("Use 1 to 64 letters, digits and - _ ."),
        ) from None


def _filters(wanted: SessionFilter, *, with_cpr: bool) -> dict[str, Any]:
    asked = {name: value for name in _FILTERS if (value := getattr(wanted, name)) is not None}
    written = {name: value if isinstance(value, str) else value.isoformat() for name, value in asked.items()}
    return written | ({"with_cpr": True} if with_cpr else {})


def _check(name: str, kind: str, before: Consumer | None, filters: dict[str, Any], *, again: bool) -> None:
    if before and before.confirmed_at and dict(before.filters) != filters:
        raise RefusedError(
            _("{name} has always had {kind} with {filters}, and this is another choice").format(
                name=name, kind=kind, filters=same(before)
            ),
            _("Use the same filters, another name, or begin anew with jobsamtale consumer forget {name}").format(
                name=name
            ),
        )
    if again and not (before and before.run):
        raise RefusedError(
            _("{name} has had no {kind} yet, so there is nothing to repeat").format(name=name, kind=kind),
            _("Leave out --again"),
        )


def same(consumer: Consumer) -> str:
    """The filters of a consumer, as they are written on the command line."""
    words = (
        f"--{name.replace('_', '-')}" if value is True else f"--{name} {value}"
        for name, value in consumer.filters.items()
    )
    return " ".join(words) or _("no filter")


def known(connection: Connection, name: str | None = None, kind: str | None = None) -> list[Consumer]:
    """All consumers, or those of a name (and a kind); NotFoundError where a name is unknown."""
    found = deliveries.consumers(connection, texts.normal(name) if name else None, kind)
    if name and not found:
        raise NotFoundError(
            _("There is no consumer {name}").format(name=name),
            _("See {command}").format(command="jobsamtale consumer list"),
        )
    return found


def forget(database: Database, name: str, kind: str | None = None) -> list[Consumer]:
    """Removes what is known of a consumer, of one kind or of all, and returns it.

    Raises NotFoundError where there is none, StoreError where a run for it is under way.
    """
    with database.connected() as connection, ExitStack() as stack:
        found = known(connection, name, kind)
        for one in found:
            stack.enter_context(alone(database.path, one.name, one.kind))
        for one in found:
            deliveries.forget(connection, one.name, one.kind)
    return found


def _digest(document: Document) -> str:
    return blake2b(as_json(document).encode(), digest_size=16).hexdigest()


@contextmanager
def alone(database: Path, name: str, kind: str) -> Iterator[None]:
    """One run at a time for a consumer: a lock that the system lets go of when the process ends, however it ends.

    Raises StoreError where another process has it. It lies beside the database, since a lock on the database file
    itself would disturb SQLite's own.
    """
    real = database.resolve()
    lock = real.with_name(f".{real.name[:150]}.{blake2b(f'{kind} {name}'.encode(), digest_size=8).hexdigest()}.lock")
    with reported(database):
        handle = _locked(lock, name, kind)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(handle)


def _locked(lock: Path, name: str, kind: str) -> int:
    while True:
        handle = os.open(lock, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The one who had it may have removed the file between our opening and our locking it.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), lock.stat()):
                    return handle
        except BlockingIOError:
            os.close(handle)
            raise StoreError(
                _("Another run with {kind} for {name} is under way").format(kind=kind, name=name),
                _("Try again when it has ended; nothing is lost meanwhile"),
            ) from None
        os.close(handle)
