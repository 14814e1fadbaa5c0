"""Jumping: a letter over every field and list in sight; pressing one goes there, anything else leaves all as it was.

Nothing takes the focus meanwhile and no screen comes over: what stood in a field stands there still.
"""

from typing import Any

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui.tui.look.privacy import Unmasked

LETTERS = "asdfghklqwertuiopzxcvbnm"


class JumpLabel(Unmasked, Widget):
    """A letter over a field."""

    DEFAULT_CSS = """
    JumpLabel {
        overlay: screen; position: absolute; width: 3; height: 1;
        background: $accent; color: $background; text-style: bold;
    }
    JumpLabel:ansi { background: ansi_default; color: ansi_default; text-style: bold reverse; }
    """

    def __init__(self, letter: str, target: Widget, offset: Offset) -> None:
        super().__init__()
        self.letter = letter
        self.target = target
        self.styles.offset = (offset.x, offset.y)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The letter."""
        return Strip([Segment(f" {self.letter} ", self.rich_style)])


def targets(screen: Screen[Any]) -> list[Widget]:
    """What can be jumped to: what takes the focus and is in sight, in the order of reading."""
    inside = screen.region
    seen = [one for one in screen.focus_chain if inside.overlaps(one.region) and _in_sight(one)]
    return sorted(seen, key=lambda one: (one.region.y, one.region.x))


def _in_sight(widget: Widget) -> bool:
    parts = (one for one in widget.ancestors if isinstance(one, Widget))
    return all(one.region.contains(*widget.region.offset) for one in parts)


def show_labels(screen: Screen[Any]) -> dict[str, JumpLabel]:
    """Puts the letters up; the labels by letter."""
    labels = {
        letter: JumpLabel(letter, target, target.region.offset)
        for letter, target in zip(LETTERS, targets(screen), strict=False)
    }
    screen.mount(*labels.values())
    return labels


def letter_of(event: events.Key | events.Paste) -> str:
    """The letter that was pressed; empty for anything else."""
    return (event.character or "").lower() if isinstance(event, events.Key) else ""
