"""An edit on its way into the database: the value itself, what names it, and what its asker had seen.

It is plain data, so it can be kept in a file and made again as often as it takes. It is made once only, because the
history remembers its name.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change.context import Resolution
from jobsamtale_tui.method import session_edits
from jobsamtale_tui.method.session_edits import Begin, Edit, SetScore, Undo

NAME_LETTERS = 24
FIELD = "edit "
"""How the names begin under which edits that were refused are kept beside refused texts."""
_SCORE = "score "
"""How the names of scores began that 0.1.0 kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEdit:
    """An edit of a session on its way."""

    id: str
    """What names it wherever it goes; before the dash stands whose app it was made in."""
    session: str
    edit: Edit
    base: int | None
    """The newest entry of the history when what it changes was seen; None where only the version counts."""
    what: str = ""
    """The edit in words, for people."""
    field: str | None = None
    text: str | None = None
    """Where it was typed, and what: a text that is refused comes back there."""
    offered: str | None = None
    """The refused text that this one takes the place of."""
    resolution: Resolution | None = None
    """What was chosen where somebody else had changed the same."""
    at: str = ""
    """When it was made, as ISO text; empty where that is not known."""
    again: bool = False
    """It may have been made before."""
    found_as: str = ""
    """The name under which an earlier version kept it."""

    @property
    def name(self) -> str:
        """A name of its own among what is kept of its session."""
        return self.found_as or f"{FIELD}{self.id}"

    @property
    def takes_back(self) -> bool:
        """Whether it is undo or redo."""
        return isinstance(self.edit, Undo)

    @property
    def begins(self) -> bool:
        """Whether it begins its session: it waits for nobody to open that."""
        return isinstance(self.edit, Begin)

    @property
    def kept_as(self) -> str:
        """The name under which it is kept where somebody else has changed the same: its field, or one of its own."""
        return self.field if self.field and self.text is not None else self.name

    @property
    def kept_text(self) -> str:
        """What is kept under that name."""
        return self.text if self.field and self.text is not None else json.dumps(self.document(), ensure_ascii=False)

    def document(self) -> dict[str, Any]:
        """As a JSON object; the inverse is `from_document`."""
        found = {
            "id": self.id,
            "session": self.session,
            "edit": session_edits.as_document(self.edit),
            "base": self.base,
            "what": self.what,
            "field": self.field,
            "text": self.text,
            "at": self.at,
        }
        return {name: value for name, value in found.items() if value not in (None, "")}


def from_document(document: Mapping[str, Any]) -> PendingEdit:
    """The edit that a JSON object of this program says; it may have been made before. Raises ValueError for anything
    else."""
    found = dict(document)
    edit = session_edits.from_document(found.pop("edit", {}))
    base = found.pop("base", None)
    texts_ = {"id", "session", "what", "field", "text", "at"}
    if not set(found) <= texts_ or not {"id", "session"} <= set(found):
        raise ValueError(document)
    if not all(isinstance(one, str) for one in found.values()) or type(base) not in (int, type(None)):
        raise ValueError(document)
    return PendingEdit(edit=edit, base=base, again=True, **found)


def refused_edit(session: str, field: str, text: str) -> PendingEdit | None:
    """The edit that is kept under this name among the refused texts of a session; None for a text."""
    try:
        if field.startswith(FIELD):
            return from_document(json.loads(text))
        if field.startswith(_SCORE):
            return _score(session, field, text)
    except (ValueError, TypeError, RecursionError):
        return None
    return None


def _score(session: str, field: str, text: str) -> PendingEdit | None:
    """A score as 0.1.0 kept it: indicator and whose in the name; value, what had been seen, the indicator's name."""
    _kind, *about = field.split(" ")
    value, since, name = json.loads(text)
    if len(about) != 2 or about[1] not in ("citizen", "caseworker"):
        return None
    if type(value) not in (int, type(None)) or type(since) not in (int, type(None)) or not isinstance(name, str):
        return None
    by: records.Rater = "citizen" if about[1] == "citizen" else "caseworker"
    edit = SetScore(indicator=about[0], by=by, value=value)
    one = sha256(f"{session} {field} {text}".encode()).hexdigest()[:12]
    return PendingEdit(
        id=f"{one}-1", session=session, edit=edit, base=since, what=score_words(name, value), again=True, found_as=field
    )


def is_edit(field: str | None) -> bool:
    """Whether what is kept under this name is an edit, and no text that comes back in its field."""
    return (field or "").startswith((FIELD, _SCORE))


def score_words(name: str, value: int | None) -> str:
    """A score in words: the indicator and the number."""
    return f"{texts.shortened(name, NAME_LETTERS)} {'–' if value is None else value}"


def standing(waiting: Iterable[PendingEdit]) -> list[PendingEdit]:
    """The edits of a session that stand after the undo and redo that wait behind them, in their order."""
    done: list[PendingEdit | None] = []
    undone: list[PendingEdit | None] = []  # None: one that is in the database
    for one in waiting:
        if not isinstance(one.edit, Undo):
            done.append(one)
            undone.clear()
        elif not one.edit.again:
            undone.append(done.pop() if done else None)
        elif undone:
            done.append(undone.pop())
    return [one for one in done if one is not None]


def counted(edits: Iterable[PendingEdit]) -> tuple[int, bool]:
    """How many changes these are, and whether they are scores alone; a score that was changed again is one."""
    found = {
        (one.session, one.edit.indicator, one.edit.by) if isinstance(one.edit, SetScore) else one.id: one
        for one in edits
    }
    return len(found), all(isinstance(one.edit, SetScore) for one in found.values())


def in_words(session: str, field: str, text: str) -> str:
    """What could not be saved, as people read it: an edit, the parts of a step, a text as it is."""
    edit = refused_edit(session, field, text)
    if edit is not None:
        return edit.what
    if field.startswith("step-"):
        with suppress(ValueError, TypeError):
            return " · ".join(filter(None, json.loads(text)))
    return text
