"""Two people in one record: what others changed since it was seen, and whether a change touches the same.

A change goes through where what it touches stands as it was seen, whatever else has been changed. Where it touches
the same, ChangedByOtherError shows both sides; the change is made all the same once somebody has answered that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import func
from sqlmodel import Session as Work
from sqlmodel import col, select

from jobsamtale_tui import dates
from jobsamtale_tui.errors import ChangedByOtherError, Clash, Piece
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.tables import ROWS, CaseworkerRow, HistoryDetailRow, HistoryRow, Row

if TYPE_CHECKING:
    from jobsamtale_tui.casework.sessions import Place

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

Detail = Mapping[str, Any]
Where = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who saw a clash wants: their own text instead of what stands, or after it (`after`).

    It holds for what others had changed up to the entry `upto` of the history.
    """

    upto: int
    after: bool = False


@dataclass(slots=True)
class Others:
    """What others have done to a record since it was seen: entries of the history, each with its details."""

    kind: str
    found: list[tuple[HistoryRow, HistoryDetailRow]] = field(default_factory=list)
    answer: Answer | None = None

    @property
    def newest(self) -> int:
        """The newest entry."""
        return max((entry.id or 0 for entry, _detail in self.found), default=0)

    def open(self) -> list[tuple[HistoryRow, HistoryDetailRow]]:
        """What has not been answered."""
        upto = self.answer.upto if self.answer else 0
        return [one for one in self.found if (one[0].id or 0) > upto]


def look(work: Work, place: "Place", kind: str) -> Others:
    """What others did to the record since `place.since`; what the transaction writes is held against it at its end.

    Raises ChangedByOtherError where the history does not reach back there: another database lies in its place.
    """
    if place.since is None:
        raise ValueError(place)
    work.info["own"] = place.own
    others = work.info["others"] = Others(kind, answer=place.answer)
    newest = work.exec(select(func.max(HistoryRow.id))).one() or 0
    if newest < place.since:
        raise ChangedByOtherError(
            _("The database has been replaced by another one"),
            _("What you typed is kept; leave the app and begin anew"),
        )
    if newest == place.since:
        return others
    tables = (kind, *PARTS.get(kind, ()))
    rows = work.exec(
        select(HistoryRow, HistoryDetailRow)
        .join(HistoryDetailRow, col(HistoryDetailRow.history) == col(HistoryRow.id))
        .where(
            col(HistoryRow.id) > place.since,
            col(HistoryDetailRow.table_).in_(tables),
            func.json_extract(HistoryDetailRow.key, "$[0]") == place.key,
        )
        .order_by(col(HistoryDetailRow.history), col(HistoryDetailRow.position))
    )
    others.found = [(entry, detail) for entry, detail in rows if entry.id not in place.own]
    return others


def refuse(work: Work, others: Others, pieces: Iterable[Piece] = (), *, closed: bool = False) -> NoReturn:
    """Raises ChangedByOtherError with who changed the record last, and when."""
    entry, _detail = (others.open() or others.found)[-1]
    who, sentence = _name(work, entry), sentence_of(others.kind)
    raise ChangedByOtherError(
        sentence.format(who=who, time=dates.short_time(entry.at)),
        _("What you typed is kept; look, then save again"),
        Clash(who=who, at=entry.at, upto=others.newest, pieces=tuple(pieces), closed=closed),
    )


def last_of(work: Work, table: str, key: list[Any]) -> tuple[str, datetime, int]:
    """Who changed the row with this primary key last, when, and the entry of the history; an import changes all."""
    newest = select(HistoryRow).order_by(col(HistoryRow.id).desc()).limit(1)
    there = (col(HistoryDetailRow.table_) == table, col(HistoryDetailRow.key) == key)
    mine = newest.join(HistoryDetailRow, col(HistoryDetailRow.history) == col(HistoryRow.id)).where(*there)
    entry = work.exec(mine).first() or work.exec(newest).one()
    return _name(work, entry), entry.at, entry.id or 0


def _name(work: Work, entry: HistoryRow) -> str:
    worker = work.get(CaseworkerRow, entry.by) if entry.by else None
    return worker.name if worker else entry.by or entry.login


def sentence_of(kind: str) -> str:
    """The sentence that says who changed a record, with places for `who` and `time`."""
    return _("{who} changed the session at {time}") if kind == "session" else _("{who} changed it at {time}")


def positions(work: Work, table: str, there: Iterable[int]) -> list[int]:
    """The positions of a record's lines as they were seen: those that others took out among them, theirs not."""
    others: Others | None = work.info.get("others")
    seen = set(there)
    for _entry, detail in reversed(others.found if others else []):
        if detail.table_ == table and detail.before is None:
            seen.discard(detail.key[-1])
        elif detail.table_ == table and detail.after is None:
            seen.add(detail.key[-1])
    return sorted(seen)


def there(work: Work, table: str, key: list[Any]) -> Any:
    """The row with this primary key. Where others took it out: refused, or put back once that has been answered.

    None where it has not been there.
    """
    found = work.get(ROWS[table], tuple(key))
    others: Others | None = work.info.get("others")
    if found is not None or others is None:
        return found
    for entry, detail in reversed(others.found):
        if detail.table_ == table and detail.key == key and detail.after is None and detail.before:
            if (entry.id or 0) > (others.answer.upto if others.answer else 0):
                refuse(work, others, [Piece(table, _named(detail.before), "", theirs=None, mine="")])
            from jobsamtale_tui.casework.changes import revived

            found = revived(ROWS[table], detail.before)
            work.add(found)
            return found
    return None


def touched(details: Iterable[Any]) -> dict[Where, dict[str, tuple[Any, Any]]]:
    """What details touch: columns with before and after, by table and key; "" for a row that came or went."""
    found: dict[Where, dict[str, tuple[Any, Any]]] = {}
    for table, key, before, after in details:
        columns = found.setdefault((table, json.dumps(key)), {})
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


def check(work: Work, details: Iterable[Detail]) -> None:
    """Raises ChangedByOtherError where the transaction touches what others touched and nobody has answered that."""
    others: Others | None = work.info.get("others")
    theirs = _theirs(others) if others else {}
    if others is None or not theirs:
        return
    mine = touched((one["table_"], one["key"], one["before"], one["after"]) for one in details)
    pieces: list[Piece] = []
    for where, columns in mine.items():
        pieces += _pieces(work, where, columns, theirs.get(where, {}), whole="" in theirs.get((others.kind, ""), {}))
    if pieces:
        refuse(work, others, pieces)


def _theirs(others: Others) -> dict[Where, dict[str, tuple[Any, Any]]]:
    """What others touched. An import replaced the record as a whole."""
    found = touched(
        (detail.table_, detail.key, detail.before, detail.after)
        for entry, detail in others.open()
        if entry.action != "import"
    )
    if any(entry.action == "import" for entry, _detail in others.open()):
        found[others.kind, ""] = {"": (None, None)}
    return found


def _pieces(
    work: Work,
    where: Where,
    mine: Mapping[str, tuple[Any, Any]],
    theirs: Mapping[str, tuple[Any, Any]],
    *,
    whole: bool,
) -> Iterator[Piece]:
    table, key = where[0], json.loads(where[1])
    row: Any = work.get(ROWS[table], tuple(key))
    came_or_went = mine.get("")
    name = _named((came_or_went[0] or came_or_went[1]) if came_or_went else vars(row) if row else {})
    if came_or_went and (theirs or whole):
        yield Piece(table, name, "", theirs=_told(came_or_went[0]), mine=_told(came_or_went[1]))
        return
    for column, (before, after) in mine.items():
        if whole or "" in theirs or column in theirs:
            yield Piece(table, name, column, theirs=before, mine=after)


def _named(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in _NAMES if row.get(name)), "")


def _told(row: Mapping[str, Any] | None) -> str | None:
    """A row in a line: its words and numbers; None where there is none."""
    if row is None:
        return None
    shown = ("topic", "what", "how", "when_", "value", "remark", "conclusion", "reason")
    return " · ".join(str(row[name]) for name in shown if row.get(name) is not None)


def join(work: Work) -> None:
    """Where that was the answer, a text goes after the one that stands, instead of in its place."""
    others: Others | None = work.info.get("others")
    if others is None or others.answer is None or not others.answer.after:
        return
    upto = others.answer.upto
    theirs = touched(
        (detail.table_, detail.key, detail.before, detail.after)
        for entry, detail in others.found
        if (entry.id or 0) <= upto
    )
    from jobsamtale_tui.casework.changes import written

    for found in list(work.dirty):
        detail = written(found)
        if detail is None:
            continue
        columns = theirs.get((detail["table_"], json.dumps(detail["key"])), {})
        for name, was, now in _leaves(detail["before"] or {}, detail["after"] or {}):
            if (name in columns or "" in columns) and isinstance(was, str) and isinstance(now, str):
                _set(found, name, was + (" / " if name.partition(".")[0] in _LINES else "\n") + now)


def _set(found: Row, name: str, text: str) -> None:
    column, dot, part = name.partition(".")
    setattr(found, column, {**getattr(found, column), part: text} if dot else text)
