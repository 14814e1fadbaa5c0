"""Openings that are kept for everybody: those of the citizen's own industry and positions come first."""

from collections.abc import Iterable, Sequence

from jobsamtale_tui.method.positions import Table
from jobsamtale_tui.records import JobGoal, Opening


def nearest_first(openings: Iterable[Opening], goals: Sequence[JobGoal], table: Table) -> list[tuple[Opening, bool]]:
    """The openings, each with whether its industry or title goes with a goal; those that do stand first."""
    wanted = [text for goal in goals for text in (goal.industry, goal.position, goal.function) if text]
    marked = [(one, _goes(one, wanted, table)) for one in openings]
    return sorted(marked, key=lambda pair: not pair[1])


def _goes(opening: Opening, wanted: Sequence[str], table: Table) -> bool:
    said = [table.named(text) for text in (opening.industry, opening.title) if text]
    goals = [table.named(text) for text in wanted]
    return any(set(one.families) & set(other.families) or one.cores & other.cores for one in said for other in goals)
