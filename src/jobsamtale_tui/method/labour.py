"""What is known of the labour market beside a job goal: which rows of the table speak of it, and how old they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jobsamtale_tui.method.positions import Table
from jobsamtale_tui.records import JobGoal

YEAR_DAYS = 365
"""From this age on knowledge is marked as old."""
_LEAST = 5
"""The beginning of a word that is shorter than this says nothing (`pædagog`, `pædagogisk`)."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a source says of an occupation's outlook in a region ("": everywhere), and of which day it is."""

    occupation: str
    region: str
    outlook: str
    source: str
    date: date


def old(one: Outlook, day: date) -> bool:
    """Whether it is more than a year old on `day`."""
    return (day - one.date).days > YEAR_DAYS


def of_goal(goal: JobGoal, known: Iterable[Outlook], table: Table) -> list[Outlook]:
    """The rows that speak of a goal's position or function, in the table's order."""
    return of_positions([text for text in (goal.position, goal.function) if text], known, table)


def of_positions(positions: Sequence[str], known: Iterable[Outlook], table: Table) -> list[Outlook]:
    """The rows whose occupation is one of `positions`, by stem, whatever the inflection and the ending.

    Related occupations are not taken: how a driver fares says nothing of a warehouse worker.
    """
    cores = [found for text in positions if (found := table.named(text).cores)]
    return [one for one in known if any(_same(table.named(one.occupation).cores, core) for core in cores)]


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """All that one of them says, the other says too: `lager` and `lager, truck`."""
    few, many = sorted((one, other), key=len)
    return bool(few) and all(any(_alike(here, there) for there in many) for here in few)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _LEAST and long.startswith(short))
