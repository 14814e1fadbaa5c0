"""Counts of people in which nobody can be found: groups under five are hidden, and so is what would give them away.

A table has a row for each unit, a column for each outcome, and the totals of both. A number that is hidden can come
back by subtraction where it is the only hidden one of its row or column, and so can the sum of all hidden ones of a
line whose total is shown. So numbers are hidden until every line has none hidden or at least two that make five or
more; the smallest go first, a total last. Nobody in a group is no group: 0 is shown, but where a hidden total would be
the sum of nothing but such. A part of a table (those with an activity) is protected together with the rest of it, which
subtraction from the whole would give.
"""

from collections.abc import Mapping, Sequence

LEAST = 5
"""The smallest group that is shown."""
ALL = "*"
"""The row that adds up the others. No key can be called this."""

Cell = tuple[str, int]
"""A row and a column; the column after the last is the row's total."""
Table = Mapping[str, Sequence[int]]


def small(count: int) -> bool:
    """Whether so many people are a group that may not be shown."""
    return 0 < count < LEAST


def numbers(table: Table) -> dict[Cell, int]:
    """Every number of a table with its totals."""
    found: dict[Cell, int] = {}
    for row, counts in table.items():
        for column, count in enumerate([*counts, sum(counts)]):
            found[row, column] = count
            found[ALL, column] = found.get((ALL, column), 0) + count
    return found


def hidden(table: Table, whole: Table | None = None, hidden_in_whole: frozenset[Cell] = frozenset()) -> frozenset[Cell]:
    """The cells of `table` that are not to be shown; `whole` is what it is a part of, with what is hidden there.

    Both have the same rows and columns. The same tables give the same answer.
    """
    counts = numbers(table)
    rest = {cell: count - counts.get(cell, 0) for cell, count in numbers(whole).items()} if whole is not None else {}
    found = {cell for cell, count in counts.items() if small(count)}
    found |= {cell for cell, count in rest.items() if cell not in hidden_in_whole and small(count)}
    lines = _lines(table)
    views = [(counts, frozenset[Cell]()), *([(rest, hidden_in_whole)] if whole is not None else [])]
    while True:
        more = next((cell for line in lines for view, also in views if (cell := _next(line, view, found | also))), None)
        if more is None:
            return frozenset(found)
        found.add(more)


def _lines(table: Table) -> list[tuple[Cell, ...]]:
    """Every row and column, its total last."""
    rows = sorted(table)
    width = max((len(counts) for counts in table.values()), default=0)
    across = [tuple((row, column) for column in range(width + 1)) for row in [*rows, ALL]]
    down = [tuple((row, column) for row in [*rows, ALL]) for column in range(width + 1)]
    return across + down


def _next(line: tuple[Cell, ...], counts: Mapping[Cell, int], gone: set[Cell] | frozenset[Cell]) -> Cell | None:
    """The next cell of a line to hide; None where nothing that is hidden in it can be reckoned out."""
    *cells, total = line
    out = [cell for cell in cells if cell in gone]
    if not out and total not in gone:
        return None
    unknown = len(out) + (total in gone)
    if unknown > 1 and (total in gone or not small(sum(counts[cell] for cell in out))):
        return None
    left = sorted((counts[cell], cell) for cell in cells if cell not in gone and counts[cell] > 0)
    if left:
        return left[0][1]
    if total not in gone:
        return total
    return min(cells, default=None)  # all are 0, and a total that the other view has hidden would be their sum
