"""The journal note: what it takes, its text, and its document. Its forms for reading are in `note_layout`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from jobsamtale_tui import dates
from jobsamtale_tui.documents.note.forms import to_html, to_markdown, with_amendments
from jobsamtale_tui.method.progress import Judgement, Reading
from jobsamtale_tui.records import Field, FollowUp, JobGoal, Note, Rater, Session, Step, as_document

__all__ = ["NoteFacts", "NoteIndicator", "document", "render", "to_html", "to_markdown", "with_amendments"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteIndicator:
    """An indicator of the agreement in force that day, or one that was scored: one for each rater.

    `value` is None where it was not scored; `change` is in levels, None without an earlier score or where the
    ranges differ; `reason` is why the agreement has it. For the text alone: `stage`, the Danish name of the score's
    stage; `first`, the same rater's first score, and `judgement`, whether the change from it is more than chance,
    `unchanged`, whether there is none.
    """

    key: str
    name: str
    version: int
    min: int
    max: int
    value: int | None
    by: Rater
    previous: Reading | None
    change: int | None
    reason: str | None
    remark: str | None
    stage: str | None = None
    first: Reading | None = None
    judgement: Judgement = "too_few"
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChange:
    """A change of the agreement: `by` is a name, and given where somebody else than the session's caseworker made it;
    `reason` is blank where the same reason stands under its indicator."""

    at: datetime
    by: str | None
    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteActivity:
    """An activity that runs or is to come, or ended since the last session; `goal` is the one it points at,
    `follow_ups` are those since then."""

    name: str
    field: Field
    outcome: str | None
    toward_job: str | None
    goal: JobGoal | None
    responsible: str | None
    from_: date
    until: date | None
    follow_ups: tuple[FollowUp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """What a journal note is made of; `job_goals` are those in force on the day of the session, `agreement_changes`
    those that no earlier note has, `since` the steps of last time and what became of them."""

    session: Session
    citizen_key: str
    citizen_name: str
    case_key: str | None
    caseworker_name: str | None
    target_group: str | None
    indicators: tuple[NoteIndicator, ...]
    job_goals: tuple[JobGoal, ...]
    agreement_changes: tuple[NoteChange, ...] = ()
    since: tuple[Step, ...] = ()
    activities: tuple[NoteActivity, ...] = ()


def render(facts: NoteFacts, at: datetime) -> Note:
    """The note of a session, in Danish, written by the template in force; `at` is when it is written.

    The same facts give the same text. What people typed stands as they typed it, their line breaks indented.
    Dropped agenda items and the caseworker's preparation are kept from the template. A session that is not
    completed is headed as a draft. RefusedError names the file and line where a template is broken.
    """
    from jobsamtale_tui.documents.note import template as note_template

    session = replace(
        facts.session,
        agenda=tuple(item for item in facts.session.agenda if item.state != "dropped"),
        preparation=None,
        note=None,
        amendments=(),
    )
    text, name, version = note_template.run(
        {
            "session": session,
            "draft": session.status != "completed",
            "citizen_name": facts.citizen_name,
            "case_key": facts.case_key,
            "caseworker_name": facts.caseworker_name,
            "target_group": facts.target_group,
            "indicators": facts.indicators,
            "job_goals": facts.job_goals,
            "since": facts.since,
            "activities": facts.activities,
            "agreement_changes": facts.agreement_changes,
        }
    )
    return Note(text=text, template=name, version=version, at=dates.utc(at))


def document(facts: NoteFacts, note: Note) -> dict[str, Any]:
    """The note as `note --format json` has it; `note` is the one kept with the session, or a draft's."""
    session = facts.session
    return {
        "session": session.key,
        "citizen": {"key": facts.citizen_key, "name": facts.citizen_name, "case_key": facts.case_key},
        "held_at": dates.iso(session.held_at),
        "form": session.form,
        "caseworker": session.caseworker,
        "indicators": [_indicator(indicator) for indicator in facts.indicators],
        "agenda": _parts(session.agenda),
        "job_goals": _parts(facts.job_goals),
        "steps": _parts(session.steps),
        "summary": session.summary,
        "summary_added": session.summary_added,
        "next": as_document(session.next) if session.next else None,
        "template": {"name": note.template, "version": note.version},
        "text": note.text,
        "sha256": hashlib.sha256(note.text.encode()).hexdigest(),
    }


def _parts(parts: Sequence[object]) -> list[dict[str, Any]]:
    documents = [as_document(part) for part in parts]
    for one in documents:
        one.pop("kind", None)
    return documents


def _indicator(indicator: NoteIndicator) -> dict[str, Any]:
    before = indicator.previous
    return {
        "key": indicator.key,
        "name": indicator.name,
        "version": indicator.version,
        "min": indicator.min,
        "max": indicator.max,
        "value": indicator.value,
        "by": indicator.by,
        "previous": {"value": before.value, "version": before.version, "session": before.session} if before else None,
        "change": indicator.change,
        "reason": indicator.reason,
        "remark": indicator.remark,
    }
