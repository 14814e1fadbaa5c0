"""Two people in one record: what others changed since it was seen, and whether a change touches the same.

A change goes through where what it touches stands as it was seen, whatever else has been changed. Where it touches
the same, ChangedByOtherError shows both sides; the change is made all the same once somebody has answered that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NoReturn

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change.context import Resolution
from jobsamtale_tui.errors import ChangedByOtherError, Conflict, FieldConflict
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.store.questions.history import Detail, Entry

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import ChangeContext
    from jobsamtale_tui.store.writing.transaction import Transaction

PARTS: Mapping[str, tuple[str, ...]] = {
    "session": ("agenda_item", "score", "step", "note", "amendment"),
    "agreement": ("agreement_indicator",),
}
"""The tables of what belongs to a record, by its kind."""
_BESIDE = frozenset({"sort_key", "found_by", "position", "row_version"})
"""Columns that follow from others, or say nothing."""
_NAMES = ("topic", "what", "indicator")
_LINES = frozenset({"theme", "topic", "conclusion", "what", "how", "remark", "reason", "name"})
"""Texts of one line; others are paragraphs."""

Where = tuple[str, str]


@dataclass(slots=True)
class Others:
    """What others have done to a record since it was seen: entries of the history, each with its details."""

    kind: str
    key: str
    found: list[tuple[Entry, Detail]] = field(default_factory=list)
    answer: Resolution | None = None
    closed: bool = False
    """They locked the record while somebody wrote a text for it."""

    @property
    def newest(self) -> int:
        """The newest entry."""
        return max((entry.id for entry, _detail in self.found), default=0)

    def open(self) -> list[tuple[Entry, Detail]]:
        """What has not been answered."""
        upto = self.answer.upto if self.answer else 0
        return [one for one in self.found if one[0].id > upto]


def load_others(work: "Transaction", place: "ChangeContext", kind: str) -> Others:
    """What others did to the record since `place.since`; what the transaction writes is held against it at its end.
    A change of many records looks at each.

    Raises ChangedByOtherError where the history does not reach back there: another database lies in its place.
    """
    if place.since is None:
        raise ValueError(place)
    work.info["own"] = place.own
    others = work.info.setdefault("others", {})[place.key] = Others(kind, place.key, answer=place.answer)
    newest = history.newest(work.driver)
    if newest < place.since:
        raise ChangedByOtherError(
            _("The database has been replaced by another one"),
            _("What you typed is kept; leave the app and begin anew"),
        )
    if newest == place.since:
        return others
    tables = (kind, *PARTS.get(kind, ()))
    app = (place.edit or "").partition("-")[0] or None
    others.found = [
        (entry, detail)
        for entry, detail in history.since(work.driver, place.since, tables, place.key)
        if entry.id not in place.own and (app is None or (entry.edit or "").partition("-")[0] != app)
    ]
    return others


def raise_conflict(work: "Transaction", sides: Mapping[str, tuple[FieldConflict, ...]]) -> NoReturn:
    """Raises ChangedByOtherError with what both changed, by record, who changed those records last, and when."""
    found = _others(work)
    clashing = [found[key] for key in sides]
    entries = sorted(((one.open() or one.found)[-1][0] for one in clashing), key=lambda entry: entry.id)
    who, at = ", ".join(dict.fromkeys(_name(work, entry) for entry in entries)), entries[-1].at
    known = clashing[0].kind == "session"
    sentence = _("{who} changed the session at {time}") if known else _("{who} changed it at {time}")
    same: dict[str, FieldConflict] = {}
    for key, pieces in sides.items():
        for piece in pieces:
            said = repr(piece)
            same[said] = replace(piece, of=(*(same[said].of if said in same else ()), key))
    raise ChangedByOtherError(
        sentence.format(who=who, time=dates.short_time(at)),
        _("What you typed is kept; look, then save again"),
        Conflict(
            who=who,
            at=at,
            upto=max(one.newest for one in found.values()),
            pieces=tuple(same.values()),
            closed=tuple(one.key for one in clashing if one.closed),
            rest=len(found) - len(clashing),
        ),
    )


def _name(work: "Transaction", entry: Entry) -> str:
    worker = work.caseworker.get(entry.by) if entry.by else None
    return worker.name if worker else entry.by or entry.login


def _others(work: "Transaction") -> dict[str, Others]:
    """What others did to the records that the transaction looks at, by key."""
    found: dict[str, Others] = work.info.get("others", {})
    return found


def seen(work: "Transaction", table: str, key: str) -> dict[Any, dict[str, Any]]:
    """What others have changed in a record's lines, as it was seen: columns by the end of the line's primary key. A
    line that was not there then has nothing but None."""
    others = _others(work).get(key)
    found = touched(_plain(others.found)) if others else {}
    return {
        json.loads(line)[-1]: {name: was for name, (was, _now) in columns.items() if name}
        for (name_of, line), columns in found.items()
        if name_of == table
    }


def free_line(work: "Transaction", table: str, key: str, known: Iterable[int]) -> int:
    """Where a new line of a record stands: behind all that are there, and all that others have had there since it was
    seen."""
    others = _others(work).get(key)
    had = (detail.key[-1] for _entry, detail in (others.found if others else ()) if detail.table == table)
    return max((*known, *had), default=-1) + 1


def find_row(work: "Transaction", table: str, key: list[Any]) -> Any:
    """The row with this primary key. Where others took it out: refused, or put back once that has been answered.

    None where it has not been there.
    """
    found = work.rows(table).get(*key)
    others = _others(work).get(key[0])
    if found is not None or others is None:
        return found
    for entry, detail in reversed(others.found):
        if detail.table == table and detail.key == key and detail.after is None and detail.before:
            if entry.id > (others.answer.upto if others.answer else 0):
                raise_conflict(
                    work, {others.key: (FieldConflict(table, _named(detail.before), "", theirs=None, mine=""),)}
                )
            return put_back(work, table, key)
    return None


def put_back(work: "Transaction", table: str, key: list[Any]) -> Any:
    """A row that others took out, as it was when they did; `check` refuses that until it has been answered."""
    removed = (detail for _entry, detail in reversed(_others(work)[key[0]].found) if detail.after is None)
    return work.rows(table).revive(next(one.before or {} for one in removed if (one.table, one.key) == (table, key)))


def touched(details: Iterable[Detail]) -> dict[Where, dict[str, tuple[Any, Any]]]:
    """What details touch: columns with before and after, by table and key; "" for a row that came or went."""
    found: dict[Where, dict[str, tuple[Any, Any]]] = {}
    for detail in details:
        before, after = detail.before, detail.after
        columns = found.setdefault((detail.table, json.dumps(detail.key)), {})
        if before is None or after is None:
            columns[""] = (before, after)
        for name, was, now in _leaves(before or {}, after or {}):
            columns[name] = (columns[name][0] if name in columns else was, now)
    return found


def _leaves(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted({*before, *after} - _BESIDE):
        was, now = before.get(name), after.get(name)
        if name == "evaluation":  # three texts in one column, each a field of its own
            parts = sorted({*(was or {}), *(now or {})})
            yield from (
                (f"{name}.{part}", (was or {}).get(part), (now or {}).get(part))
                for part in parts
                if (was or {}).get(part) != (now or {}).get(part)
            )
        elif was != now:
            yield name, was, now


def detect(work: "Transaction", details: Iterable[Detail]) -> None:
    """Raises ChangedByOtherError where the transaction touches what others touched and nobody has answered that."""
    sides: dict[str, tuple[FieldConflict, ...]] = {}
    for key, others in _others(work).items():
        theirs = _theirs(others)
        whole = "" in theirs.get((others.kind, ""), {})
        mine = touched(one for one in details if theirs and one.key[0] == key)
        found = [_pieces(work, where, columns, theirs.get(where, {}), whole=whole) for where, columns in mine.items()]
        pieces = tuple(chain.from_iterable(found))
        if pieces or others.closed:
            sides[key] = pieces
    if sides:
        raise_conflict(work, sides)


def _plain(found: Iterable[tuple[Entry, Detail]]) -> Iterator[Detail]:
    return (detail for _entry, detail in found)


def _theirs(others: Others) -> dict[Where, dict[str, tuple[Any, Any]]]:
    """What others touched. An import replaced the record as a whole."""
    found = touched(_plain(one for one in others.open() if one[0].action != "import"))
    if any(entry.action == "import" for entry, _detail in others.open()):
        found[others.kind, ""] = {"": (None, None)}
    return found


def _pieces(
    work: "Transaction",
    where: Where,
    mine: Mapping[str, tuple[Any, Any]],
    theirs: Mapping[str, tuple[Any, Any]],
    *,
    whole: bool,
) -> Iterator[FieldConflict]:
    table, key = where[0], json.loads(where[1])
    row = work.rows(table).get(*key)
    came_or_went = mine.get("")
    name = _named((came_or_went[0] or came_or_went[1]) if came_or_went else vars(row) if row else {})
    if came_or_went and (theirs or whole):
        yield FieldConflict(table, name, "", theirs=_told(came_or_went[0]), mine=_told(came_or_went[1]))
        return
    for column, (before, after) in mine.items():
        if whole or "" in theirs or column in theirs:
            yield FieldConflict(table, name, column, theirs=before, mine=after)


def _named(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in _NAMES if row.get(name)), "")


def _told(row: Mapping[str, Any] | None) -> str | None:
    """A row in a line: its words and numbers; None where there is none."""
    if row is None:
        return None
    shown = ("topic", "what", "how", "when_", "value", "remark", "conclusion", "reason")
    return " · ".join(str(row[name]) for name in shown if row.get(name) is not None)


def merge_texts(work: "Transaction") -> None:
    """Where that was the answer, a text goes after the one that stands, instead of in its place."""
    theirs: dict[Where, dict[str, tuple[Any, Any]]] = {}
    for others in _others(work).values():
        if others.answer is not None and others.answer.after:
            upto = others.answer.upto
            theirs |= touched(_plain(one for one in others.found if one[0].id <= upto))
    for found, detail in work.changing() if theirs else ():
        columns = theirs.get((detail.table, json.dumps(detail.key)), {})
        for name, was, now in _leaves(detail.before or {}, detail.after or {}):
            if (name in columns or "" in columns) and isinstance(was, str) and isinstance(now, str):
                _set(found, name, was + (" / " if name.partition(".")[0] in _LINES else "\n") + now)


def _set(found: Any, name: str, text: str) -> None:
    column, dot, part = name.partition(".")
    setattr(found, column, {**getattr(found, column), part: text} if dot else text)
