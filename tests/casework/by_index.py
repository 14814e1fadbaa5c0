"""A session's edits as a screen names them: a line by its place among those that were seen, one function each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.change.context import ChangeContext, UndoResult
from jobsamtale_tui.casework.session import earlier_steps, session_kind_content
from jobsamtale_tui.casework.session.commit import commit
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method import session_edits as edits
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.questions.steps import Earlier


def seen(place: ChangeContext) -> edits.OpenSession:
    """The session with the lines that were there when it was seen."""
    with place.database.connected() as connection:
        session = reads.session(connection, place.key)
        assert session is not None
        there = dict(zip(("agenda_item", "step"), map(set, reads.session_lines(connection, place.key)), strict=True))
        own = {one for one in place.own if one is not None}
        changes = connection.execute(
            "SELECT d.history, d.table_, json_extract(d.key, '$[1]'), d.before IS NULL, d.after IS NULL"
            " FROM history_detail d WHERE d.history > ? AND json_extract(d.key, '$[0]') = ? AND d.table_ IN"
            " ('agenda_item', 'step') ORDER BY d.history DESC, d.position DESC",
            (place.since if place.since is not None else 2**60, place.key),
        )
        for entry, table, position, added, removed in changes:
            if entry not in own and added:
                there[table].discard(position)
            elif entry not in own and removed:
                there[table].add(position)
    return edits.OpenSession(session, tuple(sorted(there["agenda_item"])), tuple(sorted(there["step"])))


def _make(place: ChangeContext, edit: edits.Edit) -> int:
    return commit(place, edit).version


def _item(place: ChangeContext, index: int) -> tuple[int, records.AgendaItem]:
    return _line(place, index, "agenda_item")


def _step(place: ChangeContext, index: int) -> tuple[int, records.Step]:
    return _line(place, index, "step")


def _line(place: ChangeContext, index: int, table: edits.Table) -> tuple[int, Any]:
    found = seen(place)
    lines = found.lines(table)
    if not 0 <= index < len(lines):
        raise RefusedError("That line is no longer there")
    now = reads_now(place)
    line = lines[index]
    if line not in now.lines(table):
        what: Any = (
            records.AgendaItem(topic="-", by="citizen", state="possible")
            if table == "agenda_item"
            else records.Step(what="-", who="citizen", status="open")
        )
        return line, what
    return line, now.item(line) if table == "agenda_item" else now.step(line)


def reads_now(place: ChangeContext) -> edits.OpenSession:
    """The session as it stands."""
    with place.database.connected() as connection:
        session = reads.session(connection, place.key)
        assert session is not None
        return edits.OpenSession(session, *reads.session_lines(connection, place.key))


def add_item(place: ChangeContext, topic: str, by: records.Rater, state: records.AgendaState) -> int:
    return _make(place, edits.AddItem(line=seen(place).free("agenda_item"), topic=topic, by=by, state=state))


def toggle_item(place: ChangeContext, index: int) -> int:
    line, item = _item(place, index)
    return _make(place, edits.ToggleItem(line=line, state=edits.next_state(item)))


def finish_item(place: ChangeContext, index: int) -> int:
    line, item = _item(place, index)
    return _make(place, edits.FinishItem(line=line, done=item.state != "done"))


def pass_item(place: ChangeContext, index: int) -> int:
    line, item = _item(place, index)
    return _make(place, edits.PassItem(line=line, by=edits.other_rater(item.by)))


def require_item(place: ChangeContext, index: int) -> int:
    line, item = _item(place, index)
    return _make(place, edits.RequireItem(line=line, required=not item.required))


def conclude_item(place: ChangeContext, index: int, conclusion: str) -> int:
    return _make(place, edits.ConcludeItem(line=_item(place, index)[0], conclusion=conclusion))


def reword_item(place: ChangeContext, index: int, topic: str) -> int:
    return _make(place, edits.RewordItem(line=_item(place, index)[0], topic=topic))


def remove_item(place: ChangeContext, index: int) -> int:
    return _make(place, edits.RemoveItem(line=_item(place, index)[0]))


def set_score(place: ChangeContext, indicator: str, by: records.Rater, value: int | None) -> int:
    return _make(place, edits.SetScore(indicator=indicator, by=by, value=value))


def remark_score(place: ChangeContext, indicator: str, by: records.Rater, remark: str) -> int:
    return _make(place, edits.RemarkScore(indicator=indicator, by=by, remark=remark))


def add_step(place: ChangeContext, what: str, how: str | None, when: date | None, who: records.Doer = "citizen") -> int:
    return _make(place, edits.AddStep(line=seen(place).free("step"), what=what, how=how, when=when, who=who))


def change_step(place: ChangeContext, index: int, what: str, how: str | None, when: date | None) -> int:
    return _make(place, edits.ChangeStep(line=_step(place, index)[0], what=what, how=how, when=when))


def pass_step(place: ChangeContext, index: int) -> int:
    line, step = _step(place, index)
    return _make(place, edits.PassStep(line=line, who=edits.next_doer(step)))


def remove_step(place: ChangeContext, index: int) -> int:
    return _make(place, edits.RemoveStep(line=_step(place, index)[0]))


def set_text(place: ChangeContext, field: str, text: str) -> int:
    return _make(place, edits.SetText(field=field, text=text))


def set_next(place: ChangeContext, at: datetime | None, reason: str | None) -> int:
    return _make(place, edits.SetNext(at=at, reason=reason))


def set_content(place: ChangeContext, values: Mapping[str, Any]) -> int:
    kind = session_kind_content.chosen(values["session_kind"]) if "session_kind" in values else None
    free = reads_now(place).free("agenda_item")
    return _make(place, edits.SetContent(line=free, sets=tuple(values), risk=values.get("risk"), session_kind=kind))


def set_details(place: ChangeContext, values: Mapping[str, Any]) -> int:
    kind = session_kind_content.chosen(values["session_kind"]) if "session_kind" in values else None
    edit = edits.SetDetails(
        line=reads_now(place).free("agenda_item"),
        sets=tuple(values),
        now=dates.now(),
        user=place.actor.user,
        **{**values, "session_kind": kind},
    )
    return _make(place, edit)


def move(place: ChangeContext, at: datetime) -> int:
    return set_details(place, {"held_at": at})


def set_status(place: ChangeContext, status: records.SessionStatus) -> int:
    return set_details(place, {"status": status})


def add_participant(place: ChangeContext, role: records.ParticipantRole, name: str = "") -> int:
    return _make(place, edits.AddParticipant(role=role, name=name))


def remove_participant(place: ChangeContext, index: int) -> int:
    there = reads_now(place).session.participants
    gone = there[index] if 0 <= index < len(there) else records.Participant(role="other")
    return _make(place, edits.RemoveParticipant(index=index, role=gone.role, name=gone.name))


def turn(place: ChangeContext, earlier: Earlier) -> int:
    return _make(place, earlier_steps.turned(earlier))


def write_outcome(place: ChangeContext, earlier: Earlier, outcome: str) -> int:
    return _make(place, earlier_steps.came_of(earlier, outcome))


def undo(place: ChangeContext) -> UndoResult:
    found = commit(place, edits.Undo()).undone
    assert found is not None
    return found


def redo(place: ChangeContext) -> UndoResult:
    found = commit(place, edits.Undo(again=True)).undone
    assert found is not None
    return found


def set_form(place: ChangeContext, form: records.Form | None) -> int:
    return set_details(place, {"form": form})
