"""What stands in a session: agenda items, scores and steps, each added, changed and removed one at a time."""

from datetime import date
from typing import Any

from sqlmodel import Session as Work
from sqlmodel import select

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change import conflicts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.indicators.versions import known_versions
from jobsamtale_tui.casework.session.lifecycle import changed
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import scales
from jobsamtale_tui.store.schema.tables import AgendaItemRow, ScoreRow, SessionRow, StepRow

_NEXT_STATE = {"possible": "agreed", "agreed": "dropped", "dropped": "possible", "done": "agreed"}


def _filled(text: str) -> str:
    kept = texts.typed(text).strip()
    if not kept:
        raise RefusedError(_("This may not be blank"), _("Write a word or two, or remove the line"))
    return kept


def _or_none(text: str | None) -> str | None:
    return texts.typed(text or "").strip() or None


def _gone() -> RefusedError:
    return RefusedError(_("That line is no longer there"))


def free_position(work: Work, row: type[AgendaItemRow | StepRow | ScoreRow], session: str) -> int:
    """Where a new line of the session stands: behind all that are there or were when it was seen."""
    there = work.exec(select(row.position).where(row.session == session)).all()
    seen = conflicts.positions(work, str(row.__tablename__), session, there) if row is not ScoreRow else []
    return max((*there, *seen), default=-1) + 1


def add_item(place: ChangeContext, topic: str, by: records.Rater, state: records.AgendaState) -> int:
    """Adds an agenda item at the end."""
    with changed(place, "agenda.add") as (work, row):
        position = free_position(work, AgendaItemRow, place.key)
        work.add(AgendaItemRow(session=place.key, position=position, topic=_filled(topic), by=by, state=state))
        return row.row_version


def _item(work: Work, place: ChangeContext, index: int) -> AgendaItemRow:
    found: AgendaItemRow = _line(work, AgendaItemRow, place, index)
    return found


def _line(work: Work, row: type[AgendaItemRow | StepRow], place: ChangeContext, index: int) -> Any:
    """The line that stood at `index` when the session was seen, whatever others have added and taken out since."""
    there = work.exec(select(row.position).where(row.session == place.key)).all()
    table = str(row.__tablename__)
    seen = conflicts.positions(work, table, place.key, there)
    found = conflicts.find_row(work, table, [place.key, seen[index]]) if 0 <= index < len(seen) else None
    if found is None:
        raise _gone()
    return found


def toggle_item(place: ChangeContext, index: int) -> int:
    """possible → agreed → dropped → possible (a done one: agreed again). What the law requires is never dropped."""
    with changed(place, "agenda.toggle") as (work, row):
        item = _item(work, place, index)
        state = _NEXT_STATE[item.state]
        item.state = "possible" if item.required and state == "dropped" else state
        return row.row_version


def finish_item(place: ChangeContext, index: int) -> int:
    """agreed → done, and back."""
    with changed(place, "agenda.done") as (work, row):
        item = _item(work, place, index)
        item.state = "agreed" if item.state == "done" else "done"
        return row.row_version


def pass_item(place: ChangeContext, index: int) -> int:
    """The citizen's item becomes the caseworker's, and back."""
    with changed(place, "agenda.by") as (work, row):
        item = _item(work, place, index)
        item.by = "caseworker" if item.by == "citizen" else "citizen"
        return row.row_version


def require_item(place: ChangeContext, index: int) -> int:
    """The item is required by law (availability, duties), and is not any more. A dropped one is possible again."""
    with changed(place, "agenda.required") as (work, row):
        item = _item(work, place, index)
        item.required = None if item.required else True
        item.state = required_state(item.state, item.required)
        return row.row_version


def required_state(state: str, required: bool | int | None) -> Any:
    """An item's state once it is required, or not: a dropped one is possible again."""
    return "possible" if required and state == "dropped" else state


def conclude_item(place: ChangeContext, index: int, conclusion: str) -> int:
    """Writes an item's conclusion; blank clears it."""
    with changed(place, "agenda.conclude") as (work, row):
        _item(work, place, index).conclusion = _or_none(conclusion)
        return row.row_version


def reword_item(place: ChangeContext, index: int, topic: str) -> int:
    """Changes an item's topic."""
    with changed(place, "agenda.edit") as (work, row):
        _item(work, place, index).topic = _filled(topic)
        return row.row_version


def remove_item(place: ChangeContext, index: int) -> int:
    """Removes an item; what the law requires stays."""
    with changed(place, "agenda.remove") as (work, row):
        item = _item(work, place, index)
        if item.required:
            raise RefusedError(_("What the law requires stays on the agenda"), _("Take the mark off first"))
        work.delete(item)
        return row.row_version


def set_score(place: ChangeContext, indicator: str, by: records.Rater, value: int | None) -> int:
    """Scores an indicator on the version in force on the session's day; None clears the score and its remark.

    A catalogue indicator enters the database here, when it is first chosen. Raises RefusedError outside the scale.
    """
    with changed(place, "score.set" if value is not None else "score.clear") as (work, row):
        score = work.get(ScoreRow, (place.key, indicator, by))
        if value is None:
            if score is not None:
                work.delete(score)
            return row.row_version
        found = _version(work, row, indicator, score.version if score else None)
        if not found.scale.min <= value <= found.scale.max:
            raise RefusedError(
                _("{value} is outside the scale {min} to {max}").format(
                    value=value, min=found.scale.min, max=found.scale.max
                )
            )
        if score is None:
            position = free_position(work, ScoreRow, place.key)
            score = ScoreRow(
                session=place.key,
                indicator=indicator,
                by=by,
                position=position,
                version=found.version,
                value=value,
            )
            work.add(score)
        score.value = value
        return row.row_version


def remark_score(place: ChangeContext, indicator: str, by: records.Rater, remark: str) -> int:
    """Writes the remark on a score; blank clears it. Raises RefusedError where there is no score yet."""
    with changed(place, "score.remark") as (work, row):
        score = conflicts.find_row(work, "score", [place.key, indicator, by])
        if score is None:
            raise RefusedError(_("There is no score to write a remark on"), _("Press a digit first"))
        score.remark = _or_none(remark)
        return row.row_version


def _version(work: Work, row: SessionRow, key: str, scored: int | None) -> records.Indicator:
    known = known_versions(work, key)
    found = (
        next((one for one in known if one.version == scored), None)
        if scored is not None
        else scales.in_force(known, dates.local(row.held_at).date())
    )
    if found is None:
        raise RefusedError(_("There is no indicator {key} in force that day").format(key=key))
    return found


def add_step(place: ChangeContext, what: str, how: str | None, when: date | None, who: records.Doer = "citizen") -> int:
    """Adds a next step at the end."""
    with changed(place, "step.add") as (work, row):
        position = free_position(work, StepRow, place.key)
        work.add(
            StepRow(
                session=place.key,
                position=position,
                what=_filled(what),
                how=_or_none(how),
                when_=when,
                who=who,
                status="open",
            )
        )
        return row.row_version


def _step(work: Work, place: ChangeContext, index: int) -> StepRow:
    found: StepRow = _line(work, StepRow, place, index)
    return found


def change_step(place: ChangeContext, index: int, what: str, how: str | None, when: date | None) -> int:
    """Changes a step's what, how and when."""
    with changed(place, "step.edit") as (work, row):
        step = _step(work, place, index)
        step.what, step.how, step.when_ = _filled(what), _or_none(how), when
        return row.row_version


def pass_step(place: ChangeContext, index: int) -> int:
    """A step goes round: the citizen's, the caseworker's, somebody else's."""
    with changed(place, "step.who") as (work, row):
        step = _step(work, place, index)
        step.who = {"citizen": "caseworker", "caseworker": "other", "other": "citizen"}[step.who]
        return row.row_version


def remove_step(place: ChangeContext, index: int) -> int:
    """Removes a step."""
    with changed(place, "step.remove") as (work, row):
        work.delete(_step(work, place, index))
        return row.row_version
