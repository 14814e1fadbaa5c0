"""Names, CPR numbers and texts hidden at once: everything that stands on a screen but what says that it is ours.

The mask lies over every line that any widget draws. What shows all the same is marked: `Said` in the widgets that draw
themselves, `public` in those of Textual. So a screen that forgets to mark anything hides too much, never too little.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style
from textual.widget import Widget

MARK = "•"
_DRAWN = range(0x2500, 0x2900)
"""Lines, blocks and dots of charts."""
_PUBLIC = Style.from_meta({"public": True})

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class OwnText(str):
    """The program's own words, with nothing of a citizen's in them: shown while all else is hidden."""

    __slots__ = ()


def masked(text: str) -> str:
    """`text` with every sign hidden, as wide as it was; words and lines keep their length."""
    if isinstance(text, OwnText):
        return text
    return "".join(
        sign if sign.isspace() or ord(sign) in _DRAWN or sign in "›○●×✓◐✎·–" else MARK * cell_len(sign) for sign in text
    )


def public(text: str | Content) -> Content:
    """Our own words for a widget of Textual's: shown while all else is hidden. Never read as markup."""
    content = text if isinstance(text, Content) else Content(text)
    return content.stylize(_PUBLIC)


class Mask(LineFilter):
    """Hides what is not marked as public."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The line with its letters and digits hidden."""
        return [
            segment
            if segment.control or (segment.style is not None and segment.style.meta.get("public"))
            else Segment(masked(segment.text), segment.style)
            for segment in segments
        ]


MASK = Mask()
"""The one there is: Textual remembers what a filter made of a line, by the filter."""


class Unmasked(_Base):
    """A widget that hides by itself what it must, or shows nothing of a citizen's."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """All but the mask."""
        return [one for one in super().get_line_filters() if not isinstance(one, Mask)]
