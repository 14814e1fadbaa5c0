"""Text that people type: what may stand in it, how it is compared, and how it is shown.

Nothing typed is ever interpreted. What cannot be kept safely (NUL, unpaired surrogates, control characters other
than tab and newline) is refused at the doors of import, and left out of what is typed or pasted in the app.
"""

import re
import unicodedata

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
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


def sort_key(name: str) -> str:
    """A text whose plain order is the Danish order of names: æ, ø, å last (aa in a name counts as å)."""
    letters = folded(name).replace("aa", "å").translate(_SORT)
    return "".join(part for part in unicodedata.normalize("NFD", letters) if not unicodedata.combining(part))


def masked_cpr(cpr: str) -> str:
    """A CPR number as it is shown unless it is asked for: the birth date alone."""
    return f"{cpr[:6]}-••••"
