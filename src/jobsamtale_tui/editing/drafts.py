"""What is typed is kept, whatever happens to the database.

What stands in a field and is not saved goes into the tables of unfinished text at once. Where the database does not
take it, it goes into a recovery file, and is tried again until the database does. Edits on their way stand in a
journal, which is the same file as soon as one is late. No call raises: what is wrong comes as a `DraftStatus`. The
calls may come from any thread.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from jobsamtale_tui import dates
from jobsamtale_tui.editing import recovery_file
from jobsamtale_tui.editing.merge_drafts import ENTRIES, SEEN, added, merge, split
from jobsamtale_tui.editing.outcomes import DraftStatus
from jobsamtale_tui.editing.recovery_file import Draft
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.sqlite.database import Database, reported
from jobsamtale_tui.store.writing import drafts

if TYPE_CHECKING:
    from jobsamtale_tui.editing.pending import PendingEdit

T = TypeVar("T")
PATIENCE_SECONDS = 0.05
"""How long a draft waits for a lock: the screen stands still meanwhile, so it is tried again rather."""
RETRY_SECONDS = 5.0
"""How often it is tried again at least."""
LATE_SECONDS = 0.5
"""A change that waits longer than this for the disk has its text in the recovery file."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """An edit that stands in the journal: since when, and its place among all that was kept."""

    edit: "PendingEdit"
    at: float
    number: int


class Drafts:
    """The one door to unfinished text. `folder` says where the recovery file lies, `tell` takes what is to be said."""

    def __init__(
        self, database: Database, login: str, folder: Callable[[], Path], tell: Callable[[DraftStatus], object]
    ) -> None:
        self.database = database
        self.login = login
        self._folder, self._tell = folder, tell
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._pending: dict[tuple[str, str], Draft] = {}
        self._journal: dict[str, _Begun] = {}
        self._app, self._edits = secrets.token_hex(6), 0
        self._number = 0
        self._typed_at: dict[str, int] = {}
        self._beside: dict[str, str] = {}
        """The sessions that the same login has open in another app: the form that holds what is unfinished here."""
        self._file: Path | None = None
        self._in_file: recovery_file.Held | None = None
        self._failures = 0
        self._closed = False
        self.told = False
        """It has been said that the database takes nothing: it is no lock that is gone at once."""
        self.trouble: StoreError | None = None
        self.stranded = False
        """Not even the recovery file could be written: what was typed is on the screen alone."""

    # Where one stands in a session

    def place(
        self, session: str, phase: int, field: str, cursor: str | None, text: str | None, *, since: int | None = None
    ) -> None:
        """Keeps where one stands and what stands in the field that is not yet left. With `since`, a number that
        `asked` gave, only where nothing has been kept after it."""
        with self._lock:
            if self.database.read_only or (since is not None and self._typed_at.get(session, 0) > since):
                return
            self._number += 1
            self._typed_at[session] = self._number
            if session in self._beside:
                self.form(self._beside[session], {field: text} if text else {})
                return
            self._put(
                Draft(kind="place", key=session, at=_now(), phase=phase, field=field, cursor=cursor, text=text),
            )

    def left(self, session: str) -> reads.Unfinished | None:
        """Where one stood in the session."""
        with self._lock:
            draft = self._pending.get(("place", session))
            if draft is not None:
                return reads.Unfinished(draft.phase, draft.field, draft.cursor, draft.text, draft.at)
            return self._read(lambda connection: reads.unfinished(connection, session, self.login))

    def opened(self, session: str, *, shared: bool) -> None:
        """A session has been opened here. `shared`: the same login has it open in another app, and what is unfinished
        there stays as it is. Else what such apps have left behind comes back as texts that were refused."""
        with self._lock:
            self._beside.pop(session, None)
            if self.database.read_only:
                return
            below = drafts.beside(session)
            if shared:
                self._beside[session] = f"{below}{secrets.token_hex(4)}"
                return
            self._settle_entered(session)
            names = self._read(lambda connection: drafts.forms_below(connection, below, self.login)) or []
            for name in names:
                kept = self._form(name)
                self._keep_refused(session, merge(self.refused(session), kept[0] if kept else {}))
                self.forget(name)

    def opened_form(self, form: str, *, shared: bool) -> str:
        """The name under which what is typed in a form is kept: its own, or, where the same login types in it in
        another app (`shared`), one beside it. What such apps have left behind comes back in the form."""
        with self._lock:
            below = drafts.beside(form)
            if shared:
                return f"{below}{secrets.token_hex(4)}"
            for name in self._read(lambda connection: drafts.forms_below(connection, below, self.login)) or []:
                there, left = self._form(form), self._form(name)
                self.form(form, merge(there[0] if there else {}, left[0] if left else {}))
                self.forget(name)
            return form

    # Edits on their way into a session

    @property
    def number(self) -> int:
        """Grows with all that is kept."""
        return self._number

    def new_id(self) -> str:
        """Name an edit: no other ever has this name, and before the dash stands which app it comes from."""
        self._edits += 1
        return f"{self._app}-{self._edits}"

    def begin(self, edit: "PendingEdit") -> None:
        """Enter an edit in the journal: it goes into the queue of changes."""
        with self._lock:
            self._number += 1
            there = self._journal.get(edit.id)
            self._journal[edit.id] = _Begun(edit, there.at if there else monotonic(), self._number)

    def end(self, edit: "PendingEdit", *, saved: bool, asked: bool = False) -> None:
        """Take an edit out of the journal. It has been saved: then what was kept of it is forgotten; or refused: then
        its text is kept, and where somebody will be `asked` what is to stand, the edit is."""
        with self._lock:
            begun = self._journal.pop(edit.id, None)
            if begun is None or self.database.read_only:
                return
            if saved:
                self._failures = 0
                if edit.field and edit.text is not None:
                    self._settle(edit.session, edit.field, begun.number)
            if saved or asked or edit.text is not None:
                self._refusals(edit, saved=saved)
            else:
                self.drop(edit.session, edit.name, edit.kept_text)
            if self._file is not None:
                self._write_file()

    def withdraw(self, edit: "PendingEdit") -> None:
        """Take an edit out of the journal that is not to be made after all: nothing of it comes back."""
        with self._lock:
            begun = self._journal.pop(edit.id, None)
            if begun is None or self.database.read_only:
                return
            if edit.field and edit.text is not None:
                self._settle(edit.session, edit.field, begun.number)
            self._refusals(edit, saved=True)
            if self._file is not None:
                self._write_file()

    def waiting(self, session: str | None = None) -> "list[PendingEdit]":
        """Tell the edits (of a session) that stand in the journal, the oldest first."""
        with self._lock:
            found = sorted(self._journal.values(), key=lambda one: one.number)
            return [one.edit for one in found if session in (None, one.edit.session)]

    def _settle(self, session: str, field: str, number: int) -> None:
        """Forgets the unfinished text of the field, and of the entry line that it is a part of, unless one has typed
        on meanwhile."""
        if session in self._beside:
            if self._typed_at.get(session, 0) <= number:
                self.forget(self._beside[session])
            return
        left = self.left(session)
        if left is None or left.text is None or self._typed_at.get(session, 0) > number:
            return
        if _same_line(left.field, field):
            self._forget_text(session, left)

    def _settle_entered(self, session: str) -> None:
        """Forgets the text of an entry line that became an item or a step just before a kill: it would come twice."""
        left = self.left(session)
        if left is not None and left.text and left.field.startswith(("agenda-new", "step-")):
            asked = (session, self.login, left.at)
            entered = self._read(lambda connection: history.entered_since(connection, *asked)) or []
            if any(_entered(left.field, left.text, row) for row in entered):
                self._forget_text(session, left)

    def _forget_text(self, session: str, left: reads.Unfinished) -> None:
        place = Draft(kind="place", key=session, at=_now(), phase=left.phase, field=left.field)
        self._put(replace(place, cursor=left.cursor))

    def _refusals(self, edit: "PendingEdit", *, saved: bool) -> None:
        before, field, text = self.refused(edit.session), edit.kept_as, edit.kept_text
        if field != edit.name and edit.name in before:  # it was recovered, and kept under its own name until now
            before[edit.name] = []
            self._keep_refused(edit.session, before)
        gone = (edit.offered, text) if saved or edit.offered is not None else (text,)
        there = before.get(field, []) if field in ENTRIES else []
        texts = [one for one in there if one not in gone]
        if not saved and text:
            texts = [*texts, text]
        if texts != before.get(field, []):
            since = None if saved or edit.text is None else edit.base
            self._keep_refused(edit.session, {**before, field: texts}, since=since)

    def refused(self, session: str) -> dict[str, list[str]]:
        """The texts of a session that could not be saved, by field, the oldest first."""
        kept = self._form(self._refused_in(session))
        texts, _seen = split(kept[0]) if kept else ({}, None)
        return texts

    def refused_since(self, session: str) -> tuple[int | None, datetime | None]:
        """What had been seen when the first of them was typed: the newest entry of the history; where that is not known
        when the last of them was refused."""
        kept = self._form(self._refused_in(session))
        return (split(kept[0])[1], kept[1]) if kept else (None, None)

    def _keep_refused(self, session: str, texts: Mapping[str, Any], *, since: int | None = None) -> None:
        self.form(self._refused_in(session), self._with_seen(session, texts, since))

    def _with_seen(self, session: str, texts: Mapping[str, Any], since: int | None) -> dict[str, Any]:
        """What is kept of refused texts, with the earliest that one of them was typed over."""
        kept, seen = split(texts)
        known = [one for one in (since, seen, self.refused_since(session)[0]) if one is not None]
        found: dict[str, Any] = {field: there for field, there in kept.items() if there}
        return {**found, SEEN: str(min(known))} if found and known else found

    def _refused_in(self, session: str) -> str:
        """The form that holds them; further apps of one login have one of their own each."""
        beside = self._beside.get(session)
        return f"{beside} refused" if beside else drafts.refused_in(session)

    def refused_edits(self, session: str) -> "list[PendingEdit]":
        """Tell the edits of a session about which somebody is to be asked, and that are not on their way again."""
        from jobsamtale_tui.editing.pending import refused_edit

        found = (refused_edit(session, field, kept[-1]) for field, kept in self.refused(session).items() if kept)
        with self._lock:
            return [edit for edit in found if edit is not None and edit.id not in self._journal]

    def drop(self, session: str, field: str, text: str) -> None:
        """A refused text that was offered has been taken out by hand."""
        with self._lock:
            now = self.refused(session)
            self._keep_refused(session, {**now, field: [one for one in now.get(field, []) if one != text]})

    # Forms

    def form(self, form: str, typed: Mapping[str, Any]) -> None:
        """Keeps what is typed in a form, line by line; nothing typed: forgets it."""
        with self._lock:
            if self.database.read_only or (not typed and self._form(form) is None):
                return
            self._put(Draft(kind="form", key=form, at=_now(), typed=dict(typed)))

    def forget(self, form: str) -> None:
        """The form has been saved, or holds nothing."""
        self.form(form, {})

    def typed(self, form: str) -> tuple[dict[str, str], datetime] | None:
        """What is typed in a form and not saved, and when."""
        kept = self._form(form)
        return ({name: str(text) for name, text in kept[0].items()}, kept[1]) if kept else None

    def _form(self, form: str) -> tuple[Mapping[str, Any], datetime] | None:
        with self._lock:
            draft = self._pending.get(("form", form))
            if draft is not None:
                return (draft.typed, dates.from_iso(draft.at)) if draft.typed else None
            return self._read(lambda connection: drafts.form_typed(connection, form, self.login))

    # The database and the file

    def retry(self) -> None:
        """Tries again what the database did not take; notices texts that wait too long."""
        with self._lock:
            if self._closed:
                return
            if any(monotonic() - one.at > LATE_SECONDS for one in self._journal.values()):
                self._write_file()
            if self._pending or self.trouble is not None:
                self._write(quiet=self.told or not self._pending)

    def failed(self, error: StoreError) -> None:
        """A change was refused because of the database: it is tried until it takes changes again."""
        with self._lock:
            if error.kind and not self.database.read_only:
                self._after(error, quiet=True)

    def secure(self) -> bool:
        """On the way out: what is typed is in the database (True), or at least in the recovery file (False)."""
        with self._lock:
            if self._pending:
                self._write()
            if self._pending or self._journal:
                self._write_file()
            return not (self._pending or self._journal)

    def recover(self) -> bool | None:
        """Takes over what a recovery file of an earlier run holds: True where there was something, None where one
        could not be read. Its edits are made once their session is opened (`refused_edits`); what begins one stands in
        the journal (`waiting`), to be made at once."""
        if self.database.read_only:
            return False
        folder = self._folder()
        said: bool | None = False
        with self._lock:
            for path, found in recovery_file.found(folder, self.database.path, self.login):
                if found is None:
                    said = None
                    continue
                for draft in found.drafts:
                    self._take_over(draft)
                for edit in found.edits:
                    if edit.begins:
                        self.begin(edit)
                        continue
                    now = self.refused(edit.session)
                    self._overtake(edit)
                    name, text = edit.name, json.dumps(edit.document(), ensure_ascii=False)
                    self._keep_refused(edit.session, {**now, name: [text]}, since=None)
                self._write_file()
                if not (self._pending or self._journal) or (self._file is not None and not self.stranded):
                    path.unlink(missing_ok=True)
                    said = said if said is None else True
        return said

    def _overtake(self, edit: "PendingEdit") -> None:
        """The field's text that was kept while it was typed is in the edit by now: it does not come back beside it."""
        left = self.left(edit.session) if edit.field and edit.text is not None else None
        if left is None or left.text is None or not _same_line(left.field, edit.field or ""):
            return
        if left.at < edit.at or (left.at == edit.at and _within(left.text, edit.text or "")):
            self._forget_text(edit.session, left)

    def _take_over(self, draft: Draft) -> None:
        if draft.kind == "form":
            kept = self._form(draft.key)
            if draft.typed:
                self._put(replace(draft, typed=merge(kept[0] if kept else {}, draft.typed)))
        elif draft.text is not None:
            there = self._read(lambda connection: reads.session_version(connection, draft.key))
            left = self.left(draft.key)
            if there and (left is None or left.text is None):
                self._put(draft)
            elif left is None or left.text != draft.text:
                now = self.refused(draft.key)
                now[draft.field] = added(draft.field, now.get(draft.field, []), draft.text)
                typed = self._with_seen(draft.key, now, None)
                self._put(Draft(kind="form", key=drafts.refused_in(draft.key), at=draft.at, typed=typed))

    @property
    def where(self) -> Path | None:
        """The recovery file, where there is one."""
        return self._file

    def close(self) -> None:
        """Let go of the connection: nothing is tried again."""
        with self._lock:
            self._closed = True
            self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put(self, draft: Draft) -> None:
        self._pending[draft.kind, draft.key] = draft
        self._write()

    def _write(self, *, quiet: bool = False) -> None:
        stranded = self.stranded
        try:
            self.database.check_there()
            with reported(self.database.path):
                connection = self._open()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    for draft in self._pending.values():
                        recovery_file.keep(connection, self.login, draft)
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            self.database.check_there()
        except StoreError as error:
            if error.kind == "read-only":
                self._disconnect()  # opened while the file could not be written to, it never writes
            self._write_file()
            self._after(error, quiet=quiet and self.stranded == stranded)
        else:
            if self._pending:
                self._failures = 0
            self._pending.clear()
            self._write_file()
            self._after(None)

    def _after(self, error: StoreError | None, *, quiet: bool = False) -> None:
        was, self.trouble = self.trouble, error
        if error is None:
            if was is not None:
                self._tell(DraftStatus(None, tell=self.told))
            self.told = False
            return
        self._failures += 1
        tell = not quiet and (self._failures > 1 or error.kind != "locked" or self.stranded)
        self.told = self.told or tell
        again = min(RETRY_SECONDS, 0.3 if self._failures == 1 else 2.0 ** min(self._failures - 1, 5))
        self._tell(DraftStatus(error, again, tell=tell))

    def _write_file(self) -> None:
        """The recovery file holds what is only here; it goes when there is nothing more."""
        held = recovery_file.Held(
            [draft for draft in self._pending.values() if draft.text is not None or draft.typed], self.waiting()
        )
        try:
            if held and (held != self._in_file or self._file is None or not self._file.exists()):
                path = self._file or recovery_file.path_in(self._folder())
                recovery_file.write(path, self.database.path, self.login, held)
                self._file, self._in_file = path, held
            elif not held and self._file is not None:
                self._file.unlink(missing_ok=True)
                self._file, self._in_file = None, None
            self.stranded = False
        except OSError:
            self.stranded = bool(held)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self.database.connect(PATIENCE_SECONDS)
        return self._connection

    def _read(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        try:
            with reported(self.database.path):
                return question(self._open())
        except StoreError:
            return None


def _same_line(there: str, field: str) -> bool:
    """Whether two fields are one, or parts of one entry line."""
    line = field.partition(" ")[0].partition("-")[0]
    return there == field or there.startswith((f"{line}-", f"{line} "))


def _within(typed: str, kept: str) -> bool:
    """Whether what was typed is in what was kept; of an entry line of several parts each is."""
    try:
        parts, of = json.loads(typed), json.loads(kept)
        if isinstance(parts, list) and isinstance(of, list) and len(parts) == len(of):
            return all(str(part).strip() in str(one) for part, one in zip(parts, of, strict=True))
    except ValueError:
        pass
    return typed.strip() in kept


def _entered(field: str, typed: str, row: Mapping[str, Any]) -> bool:
    """Whether what was typed on an entry line is in a row of the agenda or of the steps. A day may be typed in many
    ways: what and how are enough."""
    parts: list[str] = [typed]
    names: tuple[str, ...] = ("topic",)
    if field.startswith("step-"):
        try:
            found = json.loads(typed)
        except ValueError:
            return False
        parts, names = [str(one) for one in found[:2]] if isinstance(found, list) else [], ("what", "how")
    there = [(part.strip(), row.get(name) or "") for part, name in zip(parts, names, strict=False)]
    return any(part for part, _kept in there) and all(part in kept for part, kept in there)


def _now() -> str:
    return dates.iso(dates.now())
