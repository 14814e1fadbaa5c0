"""What of a progress graph is shown, and a drawing of it with what a cursor needs to move on it."""

from dataclasses import dataclass
from datetime import date, datetime

from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.documents.graph.legend import LETTERS
from jobsamtale_tui.method.progress import Series
from jobsamtale_tui.records import Rater

ZOOMS = (None, 365, 182, 91)
"""The periods that can be looked at: the whole course, then these days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of the facts is shown: these indicators (none named: all), this rater's scores or both, this period.

    `zoom` is a place in `ZOOMS`; `at` the session that a period of some days lies around.
    """

    indicators: tuple[str, ...] = ()
    by: Rater | None = None
    zoom: int = 0
    at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A session with a score that is shown; `column` is where it stands in the drawing, None outside the period."""

    session: str
    at: datetime
    column: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Large:
    """A drawing: its lines with their colour codes, of which the first `rows` are the plot.

    `bands` are the rows of every other stage, the first and the last of each; `period` the days from first to last.
    `real` says what makes a change real where the lines have no room for it.
    """

    lines: tuple[str, ...]
    rows: int
    moments: tuple[Moment, ...]
    bands: tuple[tuple[int, int], ...] = ()
    period: tuple[date, date] | None = None
    real: str = ""


def indicators(facts: GraphFacts) -> dict[str, str]:
    """The indicators that have scores, key and name, in the order of the facts."""
    return {one.indicator: one.name for one in facts.series}


def chosen(facts: GraphFacts, choice: Choice) -> list[tuple[int, Series]]:
    """The series of a choice, each with its number among all: letter, line and colour stay with it."""
    return [
        (number, one)
        for number, one in enumerate(facts.series[: len(LETTERS)])
        if (not choice.indicators or one.indicator in choice.indicators) and choice.by in (None, one.by)
    ]
