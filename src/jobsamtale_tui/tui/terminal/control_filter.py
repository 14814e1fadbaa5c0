"""Nothing that a terminal would act on leaves in a line that any widget draws, those of Textual included."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from jobsamtale_tui import texts


class ControlCharacterFilter(LineFilter):
    """Takes control, bidirectional and invisible characters out of a line; its width stays.

    Our own widgets make them visible (`texts.shown`); a text field shows its text letter by letter, and cannot.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The line without them."""
        if texts.is_bare("".join([segment.text for segment in segments])):
            return segments
        return [segment if segment.control else _bare(segment) for segment in segments]


HARMLESS = ControlCharacterFilter()
"""The one there is: Textual remembers what a filter made of a line, by the filter."""


def _bare(segment: Segment) -> Segment:
    text = texts.bare(segment.text)
    if text == segment.text:
        return segment
    return Segment(text + " " * (cell_len(segment.text) - cell_len(text)), segment.style)
