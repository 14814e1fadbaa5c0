"""Which cells of a line have changed: over a slow line a widget asks for those alone to be painted."""

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip


def changed_span(before: Strip | None, after: Strip) -> tuple[int, int] | None:
    """First changed cell and how many from it to the last one, between two drawings of a line; None: nothing."""
    new = _cells(after)
    if before is None:
        return (0, len(new)) if new else None
    old = _cells(before)
    length = max(len(old), len(new))
    blank = (" ", None)
    old += [blank] * (length - len(old))
    new += [blank] * (length - len(new))
    places = [place for place in range(length) if old[place] != new[place]]
    if not places:
        return None
    first, last = places[0], places[-1]
    while first and (old[first][0] == "" or new[first][0] == ""):
        first -= 1
    return first, last - first + 1


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    cells: list[tuple[str, Style | None]] = []
    for text, style, _control in strip:
        for letter in text:
            width = 1 if letter.isascii() else cell_len(letter)
            if width == 0 and cells:
                cells[-1] = (cells[-1][0] + letter, cells[-1][1])
            elif width:
                cells.append((letter, style))
                cells += [("", style)] * (width - 1)
    return cells
