"""Text that people type: what may stand in it, how it is compared, and how it is shown.

Nothing typed is ever interpreted. What cannot be kept safely (NUL, unpaired surrogates, control characters other
than tab and newline) is refused at the doors of import, and left out of what is typed or pasted in the app.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREAKS = re.compile(r"\s+(?:[-=]{2,}\s+)?")
_SORT = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ð": "d", "þ": "th", "ß": "ss", "œ": "oe"}
)


def forbidden(text: str) -> str | None:
    """The first character in `text` that may not be kept, as `U+001B`, or None."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def normal(text: str) -> str:
    """`text` with composed letters (NFC), so that å typed in one way or two is the same letter."""
    return unicodedata.normalize("NFC", text)


def typed(text: str) -> str:
    """Typed or pasted text made fit to keep: line ends as newlines, composed letters, no control characters."""
    return normal(_FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def shown(text: str) -> str:
    """`text` for a terminal: control, bidirectional and invisible characters are made visible; line breaks stay."""
    return _INVISIBLE.sub(lambda found: f"⟨{ord(found.group()):04X}⟩", text)


def bare(text: str) -> str:
    """`text` without its control, bidirectional and invisible characters."""
    return _INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """`text` on a single line for a terminal, runs of white space folded to one space."""
    return shown(" ".join(text.split()))


def shortened(text: str, width: int) -> str:
    """`text` on one line of at most `width` characters, with an ellipsis where something was left out."""
    line = one_line(text)
    return line if len(line) <= width else line[: max(0, width - 1)].rstrip() + "…"


def folded(text: str) -> str:
    """`text` for comparing in a search: lower case, composed; å stays apart from a."""
    return normal(text).casefold()


def lowered(text: str) -> str:
    """`text` in small letters, letter for letter, so that a place in it is the same place in `text`; å stays å."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def pattern(sought: str) -> re.Pattern[str]:
    """What finds `sought` (in small letters) in a lowered text: anywhere, two letters where a word begins, one letter
    where it stands alone."""
    if len(sought) > 2 or not sought.isalnum():
        return re.compile(re.escape(sought))
    return re.compile(rf"(?<!\w){sought}" + ("" if len(sought) == 2 else r"(?!\w)"))


def anywhere(sought: str) -> re.Pattern[str]:
    """What finds `sought` (in small letters) in a lowered text, wherever it stands."""
    return re.compile(re.escape(sought))


def places(text: str, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where in `text` one of the patterns finds something, from the first on; what overlaps or meets is one."""
    low = lowered(text)
    found: list[tuple[int, int]] = []
    for start, end in sorted(hit.span() for one in patterns for hit in one.finditer(low) if hit.group()):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def snippet(text: str, patterns: Sequence[re.Pattern[str]], width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A piece of `text` around where the longest of the patterns first finds something, and the hits in it.

    It is one line, without the lines that underline a heading.
    """
    text = _BREAKS.sub(" ", text)
    hit = max(patterns, key=lambda one: len(one.pattern)).search(lowered(text))
    first = hit.start() if hit else 0
    start = max(0, first - width // 3)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    piece = before + text[start:end] + after
    return piece, tuple(places(piece, patterns))


def sort_key(name: str) -> str:
    """A text whose plain order is the Danish order of names: æ, ø, å last (aa in a name counts as å)."""
    letters = folded(name).replace("aa", "å").translate(_SORT)
    return "".join(part for part in unicodedata.normalize("NFD", letters) if not unicodedata.combining(part))


def masked_cpr(cpr: str) -> str:
    """A CPR number as it is shown unless it is asked for: the birth date alone."""
    return f"{cpr[:6]}-••••"
