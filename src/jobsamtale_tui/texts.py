"""Text that people type: what may stand in it, how it is compared, and how it is shown.

Nothing typed is ever interpreted. What cannot be kept safely (NUL, unpaired surrogates, control characters other
than tab and newline) is refused at the doors of import, and left out of what is typed or pasted in the app.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HIDDEN = (
    *((0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F)),  # control characters
    *((0x061C, 0x061C), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069)),  # direction
    *((0x180E, 0x180E), (0x200B, 0x200B), (0x2060, 0x2065), (0xFEFF, 0xFEFF)),  # nothing to see
    *((0x2028, 0x2029), (0x206A, 0x206F), (0xFFF9, 0xFFFB)),  # lines and notes of their own, out of use
    *((0xE0000, 0xE007F), (0xE0100, 0xE01EF)),  # letters that nobody sees
)
"""What a terminal would act on, or show nothing of; joiners and what picks the look of an emoji are not among it."""
_INVISIBLE = re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in _HIDDEN) + "\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_STAND_INS = {
    ordinary: 0xD800 + place
    for place, ordinary in enumerate(sign for low, high in _HIDDEN for sign in range(low, high + 1))
}
_STANDING_IN = {stand_in: ordinary for ordinary, stand_in in _STAND_INS.items()}
_STAND_IN = re.compile("[\ud800-\udfff]")
MARK = "\ufffd"
"""What shows in a field, one cell wide, where a character stands that cannot be seen."""
_BREAKS = re.compile(r"\s+(?:[-=]{2,}\s+)?")
_CPR_LIKE = re.compile(r"(?<!\d)(\d{6})(?:[^\w,;:!?()]|_){0,3}\d{4}(?!\d)")
"""Digits of any script, together or with a dash of any kind, a blank, a line break or what cannot be seen between."""
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
    if text.isprintable():  # most texts are: no control character, no line end, no surrogate
        return normal(text)
    return normal(_FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)))


def shown(text: str) -> str:
    """`text` for a terminal: control, bidirectional and invisible characters are made visible; line breaks stay."""
    return _INVISIBLE.sub(lambda found: f"⟨{ord(found.group()):04X}⟩", text)


def is_bare(text: str) -> bool:
    """Whether there is none of what `bare` takes out."""
    return _INVISIBLE.search(text) is None


def bare(text: str) -> str:
    """`text` without its control, bidirectional and invisible characters."""
    return _INVISIBLE.sub("", text)


def marked(text: str) -> str:
    """`text` for a field, letter for letter: each character that cannot be seen is a `MARK`."""
    return _INVISIBLE.sub(MARK, text)


def held(text: str) -> str:
    """`text`, letter for letter, with a stand-in for each character that cannot be seen.

    Stand-ins are unpaired surrogates, which stand in no text that is kept: each is as wide as a letter, and none ends
    a line.
    """
    return text.translate(_STAND_INS) if _INVISIBLE.search(text) else text


def released(text: str) -> str:
    """What `held` was given."""
    return text.translate(_STANDING_IN) if _STAND_IN.search(text) else text


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


def without_cpr(text: str) -> str:
    """`text` with whatever could be a CPR number masked, for errors and other places that outlast a look."""
    return _CPR_LIKE.sub(r"\1-••••", text)


def crossed_out(text: str) -> str:
    """As `without_cpr`, letter for letter and in ASCII: for file names."""
    return _CPR_LIKE.sub(lambda found: f"{found.group()[:-4]}xxxx", text)


def crossed_out_bytes(raw: bytes) -> bytes:
    """As `crossed_out`, byte for byte: for what lies in memory and may grow no longer."""

    def crossed(found: re.Match[str]) -> str:
        whole = found.group()
        return whole[:-4] + "x" * len(whole[-4:].encode())

    return _CPR_LIKE.sub(crossed, raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
