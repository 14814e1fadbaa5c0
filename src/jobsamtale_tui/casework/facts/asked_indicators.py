"""Which indicators a citizen is asked about on a day."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from jobsamtale_tui import records
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.method import agreements, scales


def asked(
    connection: sqlite3.Connection,
    citizen: records.Citizen,
    agreement: records.Agreement | None,
    scores: Iterable[records.Score],
    day: date,
) -> list[records.Indicator] | None:
    """Those of the agreement, all that may be chosen where there is none, and those with a score; each in the version
    that its score was given on, else in the one in force. None where indicators are not used."""
    scores = tuple(scores)
    if not agreements.indicators_used(citizen, agreement) and not scores:
        return None
    chosen = [one.indicator for one in agreements.chosen_on(agreement, day)]
    if not chosen and agreement is None:
        from jobsamtale_tui.casework.indicators import families

        chosen = [one.key for one in families.choosable(connection, day)]
    found = []
    wanted = [*chosen, *(score.indicator for score in scores)]
    for key, versions in notes.versions_of_each(connection, wanted).items():
        scored = next((score.version for score in scores if score.indicator == key), None)
        version = next((one for one in versions if one.version == scored), None) or scales.in_force(versions, day)
        if version:
            found.append(version)
    return found
