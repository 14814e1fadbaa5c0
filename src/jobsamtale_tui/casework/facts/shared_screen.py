"""What stands on the screen that the citizen looks at too: gathered here, so that nothing else can get there."""

import sqlite3
from dataclasses import replace
from datetime import date

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.facts.asked_indicators import asked
from jobsamtale_tui.documents.shared.lines import SharedFacts
from jobsamtale_tui.reference import labour_market
from jobsamtale_tui.store.questions import reads, scores, steps

APPLICATIONS = 12
"""The newest of the Joblog: what can be talked about on one screen."""


def shared_facts(
    connection: sqlite3.Connection, citizen: records.Citizen, session: records.Session | None, today: date
) -> SharedFacts:
    """The citizen's own: what she is asked about, her scores, agenda, steps, goals and applications."""
    day = dates.local(session.held_at).date() if session else today
    agreement = reads.latest_agreement(connection, citizen.key, day)
    own = hers(session) if session else None
    indicators = asked(connection, citizen, agreement, own.scores if own else (), day) or []
    readings = [one for one in scores.readings(connection, citizen.key) if one.by == "citizen"]
    if session:
        readings = [one for one in readings if one.at < session.held_at and one.session != session.key]
    if agreement is None and session is None:  # all there is to choose from says nothing of her
        scored = {one.indicator for one in readings}
        indicators = [one for one in indicators if one.key in scored]
    profile = reads.profile(connection, citizen.key)
    goals = tuple(reads.job_goals(connection, citizen.key, today))
    return SharedFacts(
        language=citizen.language or "da",
        today=today,
        session=own,
        indicators=tuple(indicators),
        readings=tuple(readings),
        versions={
            key: {known.version: known for known in found}
            for key, found in notes.versions_of_each(connection, (one.key for one in indicators)).items()
        },
        open_steps=tuple(
            step for key, _place, step in steps.open_steps(connection, citizen.key) if not own or key != own.key
        ),
        wishes=profile.wishes if profile else (),
        goals=goals,
        applications=tuple(reads.newest_applications(connection, citizen.key, APPLICATIONS)),
        labour=labour_market.beside(goals),
    )


def hers(session: records.Session) -> records.Session:
    """The session with no more in it than she may see: no preparation, assessment, risk, nor what is not agreed."""
    return records.Session(
        key=session.key,
        citizen=session.citizen,
        held_at=session.held_at,
        form=session.form,
        status=session.status,
        agenda=tuple(
            item
            for item in session.agenda
            if item.state in ("agreed", "done") or (item.state, item.by) == ("possible", "citizen")
        ),
        scores=tuple(one for one in session.scores if one.by == "citizen"),
        steps=tuple(replace(step, outcome=None) for step in session.steps if step.status != "dropped"),
        summary=session.summary,
        next=records.NextSession(at=session.next.at) if session.next else None,
    )
