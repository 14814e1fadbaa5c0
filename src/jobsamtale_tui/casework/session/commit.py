"""Making an edit of a session durable: the value that the screen applied is applied to the session as it stands in the
database, in one transaction with its line in the history, and once only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import ChangeContext, UndoResult
from jobsamtale_tui.casework.indicators.versions import known_versions
from jobsamtale_tui.casework.session import earlier_steps
from jobsamtale_tui.casework.session.lifecycle import begin, changed, touch
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import scales
from jobsamtale_tui.method.session_edits import (
    Begin,
    Edit,
    FollowStep,
    OpenSession,
    RemarkScore,
    SetScore,
    Table,
    Undo,
    renumbered,
)
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.schema.layout import Child, layout

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import SessionRow
    from jobsamtale_tui.store.writing.transaction import Transaction

_CHILDREN: Mapping[str, Child] = {child.table: child for child in layout("session").children}


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of an edit: the session's version, the numbers that new lines got where theirs were taken, by table,
    what was undone, and the key of the session that was begun, if any was."""

    version: int
    moved: Mapping[Table, Mapping[int, int]] = field(default_factory=dict)
    undone: UndoResult | None = None
    session: str = ""


def commit(context: ChangeContext, edit: Edit, *, again: bool = False) -> Committed:
    """Makes an edit durable. `again`: it may have been made before (`ChangeContext.edit` names it); then it is not made
    twice.

    Raises ChangedByOtherError where somebody else has changed the same since, RefusedError where it cannot be made,
    NotFoundError where there is no such session, StoreError where the database does not take it.
    """
    if again and context.edit:
        with context.database.connected() as connection:
            if history.has_edit(connection, context.edit):
                return Committed(reads.session_version(connection, context.key))
    if isinstance(edit, Begin):
        return Committed(1, session=begin(context, edit))
    if isinstance(edit, Undo):
        return _taken_back(context, edit)
    with changed(context, edit.action) as (work, row):
        if isinstance(edit, FollowStep):
            earlier_steps.follow(work, row, edit)
            return Committed(row.row_version)
        return Committed(row.row_version, apply_in(work, row, edit))


def apply_in(work: "Transaction", row: "SessionRow", edit: Edit) -> Mapping[Table, Mapping[int, int]]:
    """Applies an edit to a session within a transaction; returns the numbers that new lines got where theirs were
    taken, by table. Raises as `commit`."""
    before, rows = _open(work, row, edit)
    edit, moved = _placed(work, before, edit)
    if isinstance(edit, SetScore) and edit.value is not None:
        edit = _on_the_scale(work, row, before, edit)
    _write(work, row, rows, edit.apply(before))
    return moved


def _taken_back(context: ChangeContext, edit: Undo) -> Committed:
    take = undoing.redo if edit.again else undoing.undo
    result = take(
        context.database, context.actor, "session", context.key, lambda work: touch(work, context), edit=context.edit
    )
    return Committed(result.version, undone=result)


Rows = dict[str, dict[Any, Any]]


def _open(work: "Transaction", row: "SessionRow", edit: Edit) -> tuple[OpenSession, Rows]:
    """The session as it stands, as far as the edit touches it, and the rows that it stands in: agenda items and steps
    by line, scores by whose."""
    rows: Rows = {}
    for table in edit.touches:
        found = work.rows(table).find("position", session=row.key)
        rows[table] = {(one.indicator, one.by) if table == "score" else one.position: one for one in found}
    if edit.table and not edit.adds and edit.line_ is not None and edit.line_ not in rows[edit.table]:
        _taken_out(work, row, rows, edit.table, edit.line_)
    if isinstance(edit, RemarkScore) and (edit.indicator, edit.by) not in rows["score"]:
        _taken_out(work, row, rows, "score", edit.indicator, edit.by)
    document = row_codec.document(row, layout("session").columns)
    for table, child in _CHILDREN.items():
        if table in rows:
            document[child.field] = [row_codec.document(one, child.columns) for one in rows[table].values()]
    session = records.from_document(records.Session, document)
    return OpenSession(session, tuple(rows.get("agenda_item", ())), tuple(rows.get("step", ()))), rows


def _taken_out(work: "Transaction", row: "SessionRow", rows: Rows, table: str, *key: Any) -> None:
    """A line that others took out: refused, or put back where that was the answer."""
    found = conflicts.find_row(work, table, [row.key, *key])
    if found is not None:
        rows[table][key if table == "score" else key[0]] = found
        if table != "score":
            rows[table] = dict(sorted(rows[table].items()))


def _placed(work: "Transaction", open_: OpenSession, edit: Edit) -> tuple[Edit, Mapping[Table, Mapping[int, int]]]:
    """The edit with numbers for its new lines that nobody has had, and which those are."""
    count, line = edit.new_lines(open_), edit.line_
    if not count or edit.table is None or line is None:
        return edit, {}
    free = conflicts.free_line(work, edit.table, open_.session.key, open_.lines(edit.table))
    if line >= free:
        return edit, {}
    moved = {line + at: free + at for at in range(count)}
    return renumbered(edit, edit.table, moved), {edit.table: moved}


def _on_the_scale(work: "Transaction", row: "SessionRow", open_: OpenSession, edit: SetScore) -> SetScore:
    """A score on the version that stands or is in force that day; a catalogue indicator enters the database with it.

    Raises RefusedError outside the scale, and where there is no such indicator.
    """
    known = known_versions(work, edit.indicator)
    scored = next((one for one in open_.session.scores if (one.indicator, one.by) == (edit.indicator, edit.by)), None)
    found = (
        next((one for one in known if one.version == scored.version), None)
        if scored
        else scales.in_force(known, dates.local(row.held_at).date())
    )
    if found is None:
        raise RefusedError(_("There is no indicator {key} in force that day").format(key=edit.indicator))
    if edit.value is not None and not found.scale.min <= edit.value <= found.scale.max:
        raise RefusedError(
            _("{value} is outside the scale {min} to {max}").format(
                value=edit.value, min=found.scale.min, max=found.scale.max
            )
        )
    return replace(edit, version=found.version)


def _write(work: "Transaction", row: "SessionRow", rows: Rows, after: OpenSession) -> None:
    """Writes what differs into the rows."""
    row_codec.put(row, after.session)
    wanted: Mapping[str, Mapping[Any, Any]] = {
        "agenda_item": dict(zip(after.items, after.session.agenda, strict=True)),
        "step": dict(zip(after.steps, after.session.steps, strict=True)),
        "score": {(one.indicator, one.by): one for one in after.session.scores},
    }
    for table in rows:
        _write_lines(work, row, rows, table, wanted[table])


def _write_lines(work: "Transaction", row: "SessionRow", rows: Rows, table: str, wanted: Mapping[Any, Any]) -> None:
    there, columns = rows[table], _CHILDREN[table].columns
    for key in there.keys() - wanted.keys():
        work.delete(there[key])
    free = max((one.position for one in there.values()), default=-1) + 1
    for key, part in wanted.items():
        values = row_codec.values(part, columns)
        if key not in there:
            place = free if table == "score" else key
            work.rows(table).add(session=row.key, position=place, **values)
            continue
        for name, value in values.items():
            if value != getattr(there[key], name):
                setattr(there[key], name, value)
