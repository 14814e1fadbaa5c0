"""What a journal note and a progress graph say, gathered from the store."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.documents.graph import facts as graph
from jobsamtale_tui.documents.note import facts as note
from jobsamtale_tui.method import progress, scales
from jobsamtale_tui.method.agreements import chosen_on, run_out
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.questions import agreements, reads, steps
from jobsamtale_tui.store.questions import scores as stored_scores

THEME_LENGTH = 60
Versions = MutableMapping[str, list[records.Indicator]]
"""All versions of the indicators met so far, by key: handed on where many notes are made in a row."""


@dataclass(frozen=True, slots=True)
class Course:
    """A citizen and all her readings: handed on where many of her notes are made in a row."""

    key: str
    citizen: records.Citizen | None
    readings: Sequence[progress.Reading]


def course(connection: sqlite3.Connection, citizen: str) -> Course:
    """The course of the citizen with this key."""
    return Course(citizen, reads.citizen(connection, citizen), stored_scores.readings(connection, citizen))


def versions_of(connection: sqlite3.Connection, key: str, known: Versions | None = None) -> list[records.Indicator]:
    """All versions of an indicator: those of the database, else those of the catalogue."""
    return versions_of_each(connection, [key], known)[key]


def versions_of_each(connection: sqlite3.Connection, keys: Iterable[str], known: Versions | None = None) -> Versions:
    """`versions_of` for several indicators, by key, in one question for all that are not yet `known`."""
    met: Versions = {} if known is None else known
    wanted = list(dict.fromkeys(keys))
    missing = [key for key in wanted if key not in met]
    if missing:
        met.update({key: [] for key in missing})
        for one in reads.indicators(connection, *missing):
            met[one.key].append(one)
        if not all(met[key] for key in missing):
            catalogue = shipped_indicators.catalogue()
            met.update({key: [one for one in catalogue if one.key == key] for key in missing if not met[key]})
    return {key: met[key] for key in wanted}


def note_facts(
    connection: sqlite3.Connection,
    session: records.Session,
    known: Versions | None = None,
    whole: Course | None = None,
) -> note.NoteFacts:
    """All that the note of `session` says; `known` keeps indicators between calls, `whole` is her course."""
    day = dates.local(session.held_at).date()
    citizen = whole.citizen if whole else reads.citizen(connection, session.citizen)
    caseworker = reads.caseworker(connection, session.caseworker) if session.caseworker else None
    readings = whole.readings if whole else stored_scores.readings(connection, session.citizen, until=day)
    found = _indicators(connection, session, day, known, readings)
    return note.NoteFacts(
        session=session if session.theme else replace(session, theme=_theme(session)),
        citizen_key=session.citizen,
        citizen_name=citizen.name if citizen else session.citizen,
        case_key=citizen.case_key if citizen else None,
        caseworker_name=caseworker.name if caseworker else None,
        target_group=_group(citizen),
        indicators=found,
        job_goals=tuple(reads.job_goals(connection, session.citizen, day)),
        since=tuple(one.step for one in steps.told(connection, session)),
        activities=_activities(connection, session, day),
        agreement_changes=_changes(connection, session, {one.reason for one in found if one.reason}),
    )


def _activities(connection: sqlite3.Connection, session: records.Session, day: date) -> tuple[note.NoteActivity, ...]:
    """The activities that run on the day or are to come, and those that ended or were followed up since last time."""
    found = reads.activities(connection, session.citizen)
    if not found:
        return ()
    last = reads.last_completed(connection, session.citizen, session.held_at)
    since = dates.local(last.held_at).date() if last else date.min
    goals = {goal.key: goal for goal in reads.job_goals(connection, session.citizen)}
    told = []
    for one in found:
        follow_ups = tuple(follow for follow in one.follow_ups if since < follow.on <= day)
        if follow_ups or one.until is None or one.until > since:
            told.append(
                note.NoteActivity(
                    name=one.name,
                    field=one.field,
                    outcome=one.outcome,
                    toward_job=one.toward_job,
                    goal=goals.get(one.goal or ""),
                    responsible=one.responsible,
                    from_=one.from_,
                    until=one.until,
                    follow_ups=follow_ups,
                )
            )
    return tuple(told)


def _changes(
    connection: sqlite3.Connection, session: records.Session, said: Collection[str]
) -> tuple[note.NoteChange, ...]:
    """What was changed in the agreement since the last note; a reason that is `said` already is left out."""
    found = agreements.changes_for(connection, session.citizen, session.held_at)
    others = {one.by for one in found if one.by and one.by != session.caseworker}
    workers = {key: reads.caseworker(connection, key) for key in others}
    names = {key: worker.name if worker else key for key, worker in workers.items()}
    return tuple(
        note.NoteChange(
            at=one.at,
            by=names.get(one.by or ""),
            what=one.what,
            reason="" if one.reason in said else one.reason,
        )
        for one in found
    )


def _indicators(
    connection: sqlite3.Connection,
    session: records.Session,
    day: date,
    known: Versions | None,
    of_hers: Iterable[progress.Reading],
) -> tuple[note.NoteIndicator, ...]:
    agreement = reads.latest_agreement(connection, session.citizen, day)
    reasons = {one.indicator: one.reason for one in chosen_on(agreement, day)}
    chosen = {} if run_out(agreement, day) else reasons
    known_here = versions_of_each(connection, [*chosen, *(score.indicator for score in session.scores)], known)
    readings = _with_this([one for one in of_hers if one.at <= session.held_at], session, known_here)
    found: list[note.NoteIndicator] = []
    for key, versions in known_here.items():
        scored = [score for score in session.scores if score.indicator == key]
        for score in sorted(scored, key=lambda one: one.by == "caseworker"):
            version = next((one for one in versions if one.version == score.version), None)
            if version is None:
                continue
            gone = _gone(readings, versions, session.key, key, score.by)
            before = progress.previous(gone.points, session.key, key, score.by)
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
                    reason=reasons.get(key),
                    remark=score.remark,
                    stage=_stage(version, score.value),
                    first=gone.points[0],
                    judgement=gone.judgement,
                    unchanged=gone.unchanged,
                )
            )
        in_force = scales.in_force(versions, day)
        if not scored and in_force:
            found.append(_unscored(in_force, chosen[key]))
    return tuple(found)


def _gone(
    readings: list[progress.Reading],
    versions: Sequence[records.Indicator],
    session: str,
    key: str,
    by: records.Rater,
) -> progress.Series:
    """One rater's scores on one indicator up to this session, on the newest scale that she has used by then."""
    own = [one for one in readings if (one.indicator, one.by) == (key, by)]
    now = next(one for one in own if one.session == session)
    until = [one for one in own if (one.at, one.session) <= (now.at, now.session)]
    return progress.series(until, {}, {key: {one.version: one for one in versions}})[0]


def _theme(session: records.Session) -> str | None:
    """A short theme where nobody wrote one: what was talked about, whole topics, and a long one to the end of a word.

    Each journal entry has a date and a theme.
    """
    done = [texts.one_line(item.topic) for item in session.agenda if item.state == "done"]
    shown: list[str] = []
    for topic in done:
        if shown and len(", ".join([*shown, topic])) > THEME_LENGTH:
            break
        shown.append(topic)
    left = len(done) - len(shown)
    said = ", ".join(shown)
    if len(said) > THEME_LENGTH:
        said = f"{said[:THEME_LENGTH].rpartition(' ')[0] or said[: THEME_LENGTH - 1]}…"
    return (f"{said} og {left} mere" if left else said) or None


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
    known: Versions,
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
        for version in known[score.indicator]
        if version.version == score.version
    ]


def note_of(connection: sqlite3.Connection, session: records.Session) -> records.Note:
    """The note of a session: as written at completion, else rendered now as a draft."""
    return session.note or note.render(note_facts(connection, session), dates.now())


def _goals(connection: sqlite3.Connection, citizen: str) -> dict[str, str]:
    """A citizen's job goals in a few words, by key."""
    found = reads.job_goals(connection, citizen)
    named = {one.key: one.position or one.function or one.industry or one.education or "" for one in found}
    return {one.key: f"{one.grade} {texts.one_line(named[one.key])}" for one in found}


def graph_facts(
    connection: sqlite3.Connection,
    citizen: records.Citizen,
    wanted: Sequence[str] = (),
    *,
    language: str = "da",
    known: Mapping[str, str] | None = None,
) -> graph.GraphFacts:
    """The citizen's readings in completed sessions as series, all or those of the `wanted` indicators."""
    readings = [one for one in stored_scores.readings(connection, citizen.key) if not wanted or one.indicator in wanted]
    names = dict(known or {})
    versions: dict[str, dict[int, records.Indicator]] = {}
    for key, known_here in versions_of_each(connection, wanted or (one.indicator for one in readings)).items():
        found = [one for one in known_here if one.status != "draft"]
        versions[key] = {one.version: one for one in found}
        if key not in names:
            names[key] = found[-1].name.say(language) if found else key
    series = progress.series(readings, names, versions)
    found_activities = tuple(reads.activities(connection, citizen.key))
    return graph.GraphFacts(
        citizen=citizen.key,
        citizen_name=citizen.name,
        series=series,
        activities=found_activities,
        scales={
            one.indicator: versions[one.indicator][one.version].scale
            for one in series
            if one.version in versions.get(one.indicator, {})
        },
        remarks={
            session: graph.Remarks(session=about, scores=scores)
            for session, (about, scores) in stored_scores.remarks(connection, citizen.key).items()
        },
        goals=_goals(connection, citizen.key) if any(one.goal for one in found_activities) else {},
    )
