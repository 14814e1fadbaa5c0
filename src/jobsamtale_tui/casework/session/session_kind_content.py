"""What a session is to hold: its kind (a local template) and the professional assessment behind the content."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session as Work
from sqlmodel import select

from jobsamtale_tui import texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.session.lifecycle import changed
from jobsamtale_tui.casework.session.parts import free_position
from jobsamtale_tui.method import kinds
from jobsamtale_tui.reference import session_kinds
from jobsamtale_tui.store.schema.tables import AgendaItemRow, SessionRow


def set_content(place: ChangeContext, values: Mapping[str, Any]) -> int:
    """Sets what `values` names of `session_kind` and `risk` in one change; None clears it. As `choose`."""
    with changed(place, "content") as (work, row):
        if "risk" in values:
            row.risk = texts.typed(values["risk"] or "").strip() or None
        if "session_kind" in values:
            choose(work, row, values["session_kind"])
        return row.row_version


def choose(work: Work, row: SessionRow, said: str | None) -> None:
    """The session is of this kind: its items come onto the agenda as possible ones, form and interview type where
    none is chosen. Nothing that stands in the session is changed or taken out; a kind that is not known here is a
    name alone, and None clears the name alone."""
    row.session_kind = texts.typed(said or "").strip() or None
    kind = kinds.find(session_kinds.in_force()[0], row.session_kind)
    if kind is None:
        return
    row.session_kind = kind.name.da
    row.form = row.form or kind.form
    row.interview_type = row.interview_type or kind.interview_type
    there = work.exec(select(AgendaItemRow.topic).where(AgendaItemRow.session == row.key)).all()
    free = free_position(work, AgendaItemRow, row.key)
    for place, topic in enumerate(kinds.proposed(kind, there), free):
        work.add(AgendaItemRow(session=row.key, position=place, topic=topic, by="caseworker", state="possible"))
