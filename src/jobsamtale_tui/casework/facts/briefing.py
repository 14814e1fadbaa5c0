"""The briefing before a session: the facts gathered from the store, and what they give reason to propose."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from jobsamtale_tui import dates, records, resources
from jobsamtale_tui.casework.facts import contact, notes
from jobsamtale_tui.documents.briefing.briefing import Briefing
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.i18n import language as spoken
from jobsamtale_tui.method import agenda, progress, search
from jobsamtale_tui.method.agreements import chosen_on, indicators_used
from jobsamtale_tui.method.contact import Standing
from jobsamtale_tui.method.preparing import REASONS, Facts, OpenStep, Reason, Words
from jobsamtale_tui.reference import labour_market, language, positions, target_groups
from jobsamtale_tui.store.questions import briefing_reads, openings, reads, scores, steps

TOPICS = "proposals.toml"


def briefing(
    connection: sqlite3.Connection, citizen: records.Citizen, on: date, before: datetime | None = None
) -> Briefing:
    """What to know of a citizen on the day `on`; `before` is when the session is held, else the end of that day.

    Raises RefusedError where a list that is needed cannot be read.
    """
    table, broken = positions.table()
    known: notes.Versions = {}
    facts = facts_of(connection, citizen, on, before or dates.from_iso(dates.day_end(on)), known)
    followed = dict.fromkeys([*(one.indicator for one in facts.chosen), *(one.indicator for one in facts.series)])
    versions = notes.versions_of_each(connection, followed, known)
    names = {key: _name(found, key, spoken()) for key, found in versions.items()}
    worker = reads.caseworker(connection, citizen.caseworker) if citizen.caseworker else None
    return Briefing(
        facts=facts,
        proposals=tuple(agenda.proposals(facts, Words(topics(), language.goal_words(), table))),
        search=search.search(facts.applications, on, _day(facts.last), facts.latest_application, table),
        caseworker=worker.name if worker else None,
        target_group=target_groups.names(spoken()).get(facts.target_group or ""),
        indicators=names,
        labour=labour_market.beside(facts.job_goals),
        openings=tuple(openings.kept(connection, citizen.key, on)),
        warning=broken,
    )


def facts_of(
    connection: sqlite3.Connection, citizen: records.Citizen, on: date, before: datetime, known: notes.Versions
) -> Facts:
    """The facts alone, of sessions held before `before`; `known` keeps the indicators that were met.

    Names of indicators are Danish: they stand in topics, which do not change with the language.
    """
    key = citizen.key
    agreement = reads.latest_agreement(connection, key, on)
    return Facts(
        on=on,
        citizen=citizen,
        begun=citizen.contact_start or briefing_reads.first_held(connection, key),
        profile=reads.profile(connection, key),
        last=reads.last_completed(connection, key, before),
        open_steps=_open_steps(connection, key, before),
        job_goals=tuple(reads.job_goals(connection, key, on)),
        applications=briefing_reads.applications(connection, key, on - timedelta(days=search.RECENT_DAYS - 1), on),
        latest_application=briefing_reads.latest_application(connection, key, on),
        activities=tuple(reads.activities(connection, key)),
        agreement=agreement,
        chosen=chosen_on(agreement, on),
        indicators_used=indicators_used(citizen, agreement),
        series=_series(connection, key, on, before, known),
        contact=contact.standing(connection, key, on),
        contact_after=_contact_after(connection, key, on),
    )


def _contact_after(connection: sqlite3.Connection, citizen: str, on: date) -> Standing | None:
    at_hand = briefing_reads.at_hand(connection, citizen, on)
    session = reads.session(connection, at_hand) if at_hand else None
    return contact.after(connection, session) if session else None


def _open_steps(connection: sqlite3.Connection, citizen: str, before: datetime) -> tuple[OpenStep, ...]:
    found = steps.open_steps(connection, citizen)
    held = briefing_reads.held(connection, (session for session, _place, _step in found))
    return tuple(
        OpenStep(session, dates.local(held[session]).date(), step)
        for session, _place, step in found
        if held[session] < before
    )


def _series(
    connection: sqlite3.Connection, citizen: str, on: date, before: datetime, known: notes.Versions
) -> tuple[progress.Series, ...]:
    readings = [one for one in scores.readings(connection, citizen, until=on) if one.at < before]
    met = notes.versions_of_each(connection, (one.indicator for one in readings), known)
    published = {key: [one for one in found if one.status != "draft"] for key, found in met.items()}
    names = {key: _name(found, key, "da") for key, found in published.items()}
    versions = {key: {one.version: one for one in found} for key, found in published.items()}
    return tuple(progress.series(readings, names, versions))


def _name(versions: Sequence[records.Indicator], key: str, language: str) -> str:
    published = [one for one in versions if one.status != "draft"]
    return published[-1].name.say(language) if published else key


def _day(session: records.Session | None) -> date | None:
    return dates.local(session.held_at).date() if session else None


def topics() -> dict[Reason, str]:
    """What stands on the agenda for each reason, the most pressing first. Raises RefusedError where the municipality's
    own file cannot be read."""
    return _topics(resources.place("rules", TOPICS))


@cache
def _topics(path: Path) -> dict[Reason, str]:
    try:
        content = resources.toml(path.read_text(encoding="utf-8"))
        found = {str(one["reason"]): str(one["topic"]) for one in content["proposal"]}
        odd = sorted({*found} ^ set(REASONS))
        if odd:
            raise ValueError(_("{name} is missing or unknown").format(name=", ".join(odd)))
        blank = [reason for reason, topic in found.items() if not topic.strip()]
        if blank:
            raise ValueError(_("{name} has no topic").format(name=", ".join(blank)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            _("The proposals in {path} cannot be read: {why}").format(path=path, why=" ".join(str(error).split())),
            _("Correct the file, or take it away to use the one that comes with the program"),
        ) from None
    by_name: dict[str, Reason] = {reason: reason for reason in REASONS}
    return {by_name[name]: topic for name, topic in found.items()}
