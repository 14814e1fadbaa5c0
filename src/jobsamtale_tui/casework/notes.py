"""What a journal note and a progress graph say, gathered from the store."""

import sqlite3
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework import indicators, target_groups
from jobsamtale_tui.documents import graph, note
from jobsamtale_tui.method import progress, scales
from jobsamtale_tui.method.agreements import chosen_on
from jobsamtale_tui.store import reads

THEME_LENGTH = 60
Versions = MutableMapping[str, list[records.Indicator]]
"""All versions of the indicators met so far, by key: handed on where many notes are made in a row."""


def versions_of(connection: sqlite3.Connection, key: str, known: Versions | None = None) -> list[records.Indicator]:
    """All versions of an indicator: those of the database, else those of the catalogue."""
    if known is not None and key in known:
        return known[key]
    found = reads.indicators(connection, key) or [one for one in indicators.catalogue() if one.key == key]
    if known is not None:
        known[key] = found
    return found


def note_facts(
    connection: sqlite3.Connection, session: records.Session, known: Versions | None = None
) -> note.NoteFacts:
    """All that the note of `session` says; `known` keeps indicators between calls."""
    day = dates.local(session.held_at).date()
    citizen = reads.citizen(connection, session.citizen)
    caseworker = reads.caseworker(connection, session.caseworker) if session.caseworker else None
    return note.NoteFacts(
        session=session if session.theme else replace(session, theme=_theme(session)),
        citizen_key=session.citizen,
        citizen_name=citizen.name if citizen else session.citizen,
        case_key=citizen.case_key if citizen else None,
        caseworker_name=caseworker.name if caseworker else None,
        target_group=_group(citizen),
        indicators=_indicators(connection, session, day, known),
        job_goals=tuple(reads.job_goals(connection, session.citizen, day)),
    )


def _indicators(
    connection: sqlite3.Connection, session: records.Session, day: date, known: Versions | None
) -> tuple[note.NoteIndicator, ...]:
    chosen = {one.indicator: one.reason for one in chosen_on(reads.agreement_on(connection, session.citizen, day), day)}
    readings = _with_this(
        [one for one in reads.readings(connection, session.citizen, until=day) if one.at <= session.held_at],
        session,
        connection,
        known,
    )
    found: list[note.NoteIndicator] = []
    for key in dict.fromkeys([*chosen, *(score.indicator for score in session.scores)]):
        versions = versions_of(connection, key, known)
        scored = [score for score in session.scores if score.indicator == key]
        for score in sorted(scored, key=lambda one: one.by == "caseworker"):
            version = next((one for one in versions if one.version == score.version), None)
            if version is None:
                continue
            before = progress.previous(readings, session.key, key, score.by)
            now = next(one for one in readings if (one.session, one.indicator, one.by) == (session.key, key, score.by))
            found.append(
                note.NoteIndicator(
                    key=key,
                    name=version.name.da,
                    version=version.version,
                    min=version.scale.min,
                    max=version.scale.max,
                    value=score.value,
                    by=score.by,
                    previous=before,
                    change=progress.change(now, before) if before else None,
                    reason=chosen.get(key),
                    remark=score.remark,
                    stage=_stage(version, score.value),
                )
            )
        in_force = scales.in_force(versions, day)
        if not scored and in_force:
            found.append(_unscored(in_force, chosen[key]))
    return tuple(found)


def _theme(session: records.Session) -> str | None:
    """A short theme where nobody wrote one: what was talked about. Each journal entry has a date and a theme."""
    done = [item.topic for item in session.agenda if item.state == "done"]
    return texts.shortened(", ".join(done), THEME_LENGTH) or None


def _group(citizen: records.Citizen | None) -> str | None:
    """The Danish name of the citizen's target group: notes are Danish whatever the language of the screen."""
    if citizen is None or citizen.target_group is None:
        return None
    return target_groups.names("da").get(citizen.target_group, citizen.target_group)


def _stage(version: records.Indicator, value: int) -> str | None:
    stage = scales.stage_of(version.scale, value)
    return stage.name.da if stage else None


def _unscored(indicator: records.Indicator, reason: str) -> note.NoteIndicator:
    return note.NoteIndicator(
        key=indicator.key,
        name=indicator.name.da,
        version=indicator.version,
        min=indicator.scale.min,
        max=indicator.scale.max,
        value=None,
        by="citizen",
        previous=None,
        change=None,
        reason=reason,
        remark=None,
    )


def _with_this(
    readings: list[progress.Reading],
    session: records.Session,
    connection: sqlite3.Connection,
    known: Versions | None,
) -> list[progress.Reading]:
    return [one for one in readings if one.session != session.key] + [
        progress.Reading(
            at=session.held_at,
            session=session.key,
            indicator=score.indicator,
            version=version.version,
            value=score.value,
            by=score.by,
            min=version.scale.min,
            max=version.scale.max,
        )
        for score in session.scores
        for version in versions_of(connection, score.indicator, known)
        if version.version == score.version
    ]


def note_of(connection: sqlite3.Connection, session: records.Session) -> records.Note:
    """The note of a session: as written at completion, else rendered now as a draft."""
    return session.note or note.render(note_facts(connection, session), dates.now())


def graph_facts(
    connection: sqlite3.Connection,
    citizen: records.Citizen,
    wanted: Sequence[str] = (),
    *,
    language: str = "da",
    known: Mapping[str, str] | None = None,
) -> graph.GraphFacts:
    """The citizen's readings in completed sessions as series, all or those of the `wanted` indicators."""
    readings = [one for one in reads.readings(connection, citizen.key) if not wanted or one.indicator in wanted]
    names = dict(known or {})
    for key in wanted or dict.fromkeys(one.indicator for one in readings):
        if key not in names:
            versions = versions_of(connection, key)
            names[key] = versions[-1].name.say(language) if versions else key
    return graph.GraphFacts(
        citizen=citizen.key,
        citizen_name=citizen.name,
        series=progress.series(readings, names),
        activities=tuple(reads.activities(connection, citizen.key)),
    )
