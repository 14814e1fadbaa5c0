"""Lines too long for a field: within it they stand in parts with joints between, so that a key looks at one part.

Textual wraps and draws the whole line that the cursor is in at every key, some milliseconds for a thousand letters: a
megabyte without a line break would take seconds. The text itself has no joints: `whole` is what `parted` was given.
"""

LONGEST = 2000
"""So many letters are a part."""
JOINT = "\udfff"
"""Ends a part that the next line goes on with; no stand-in of `texts.held`, and in no text that is kept."""
MARK = "…"
"""What shows in its place, one cell wide."""


def parted(text: str, before: int = 0) -> str:
    """`text` in parts, where so many letters stand in the line `before` it already."""
    if len(text) + before <= LONGEST:
        return text
    lines = text.split("\n")
    first = "".join(_parts(lines[0], LONGEST - before))
    return "\n".join((first, *("".join(_parts(line, LONGEST)) for line in lines[1:])))


def _parts(line: str, room: int) -> list[str]:
    """The parts of a line, the first of `room` letters; each ends behind a word where one does."""
    found, start, end = [], 0, max(0, room)
    while len(line) > end:
        space = line.rfind(" ", start, end) + 1
        end = space if space > start else end
        found += [line[start:end], JOINT, "\n"]
        start, end = end, end + LONGEST
    return [*found, line[start:]]


def whole(text: str) -> str:
    """The text without joints."""
    return text.replace(f"{JOINT}\n", "").replace(JOINT, "") if JOINT in text else text
