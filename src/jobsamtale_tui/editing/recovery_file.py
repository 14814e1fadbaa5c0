"""The recovery file: what was typed and the database could not take, until it can, and the edits on their way there.

One for a running app, in the user's data folder, readable by its owner alone, written whole or not at all. Its name
says nothing of whose text it is.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jobsamtale_tui import dates
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.store.writing import drafts as unfinished

if TYPE_CHECKING:
    from jobsamtale_tui.editing.pending import PendingEdit

FORMATS = (1, 2)
"""The formats that are read; the last one is written. The first knew no edits."""
PREFIX = "recovery-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to stand in one of the tables of unfinished text: a place in a session, or what is typed in a form."""

    kind: Literal["place", "form"]
    key: str
    at: str
    """When it was typed, as ISO text."""
    phase: int = 1
    field: str = ""
    cursor: str | None = None
    text: str | None = None
    typed: Mapping[str, Any] | None = None
    """Of a form: what is typed, by line; nothing: the form is to be forgotten."""


def keep(connection: sqlite3.Connection, login: str, draft: Draft) -> None:
    """Puts a draft in its table."""
    if draft.kind == "form":
        unfinished.save_form(connection, draft.key, login, draft.typed or {}, draft.at)
        return
    try:
        unfinished.save(
            connection, draft.key, login, draft.phase, draft.field, draft.at, cursor=draft.cursor, text=draft.text
        )
    except sqlite3.IntegrityError:  # the session is not in this database; its text waits for it
        if draft.text is not None:
            typed = {draft.field: [draft.text]}
            unfinished.save_form(connection, unfinished.refused_in(draft.key), login, typed, draft.at)


def path_in(folder: Path) -> Path:
    """A new recovery file's path."""
    return folder / f"{PREFIX}{secrets.token_hex(6)}.json"


@dataclass(frozen=True, slots=True)
class Held:
    """What a recovery file holds."""

    drafts: "list[Draft]"
    edits: "list[PendingEdit]"

    def __bool__(self) -> bool:
        return bool(self.drafts or self.edits)


def write(path: Path, database: Path, login: str, held: Held) -> None:
    """Write the file in place of the one that is there. Raises OSError; then that one is as it was."""
    content = {
        "format": FORMATS[-1],
        "database": str(database.absolute()),
        "login": login,
        "at": dates.iso(dates.now()),
        "drafts": [
            {name: value for name, value in asdict(draft).items() if value is not None} for draft in held.drafts
        ],
        "edits": [edit.document() for edit in held.edits],
    }
    write_own(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def found(folder: Path, database: Path, login: str) -> Iterator[tuple[Path, Held | None]]:
    """The recovery files of this database and login, the oldest first; None for one that cannot be read."""
    try:
        paths = sorted(folder.glob(f"{PREFIX}*.json"), key=lambda path: (path.stat().st_mtime, path))
    except OSError:
        return
    for path in paths:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] not in FORMATS or content["login"] != login:
                continue
            if content["database"] == str(database.absolute()):
                yield path, _held(content)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            yield path, None


@dataclass(frozen=True, slots=True)
class Left:
    """A recovery file that lies there: whose it is (None: it cannot be read) and since when."""

    path: Path
    at: datetime
    database: str | None
    login: str | None


def lying(folder: Path) -> list[Left]:
    """All recovery files of a folder, whatever database or login they are of, the oldest first."""
    found = []
    with suppress(OSError):
        for path in folder.glob(f"{PREFIX}*.json"):
            try:
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                content = json.loads(path.read_text(encoding="utf-8"))
                found.append(Left(path, at, str(content["database"]), str(content["login"])))
            except FileNotFoundError:  # its app has just saved what was in it
                continue
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                found.append(Left(path, at, None, None))
    return sorted(found, key=lambda one: (one.at, one.path))


def _held(content: Any) -> Held:
    from jobsamtale_tui.editing.pending import from_document

    return Held([_draft(one) for one in content["drafts"]], [from_document(one) for one in content.get("edits", ())])


def _draft(given: Any) -> Draft:
    draft = Draft(**given)
    texts = (draft.kind, draft.key, draft.at, draft.field, draft.cursor or "", draft.text or "")
    typed = draft.typed or {}
    lines = [one for value in typed.values() for one in (value if isinstance(value, list) else [value])]
    if not all(isinstance(one, str) for one in (*texts, *typed, *lines)) or draft.phase not in (1, 2, 3, 4):
        raise ValueError(draft.kind)
    if draft.kind not in ("place", "form"):
        raise ValueError(draft.kind)
    dates.from_iso(draft.at)
    return draft
