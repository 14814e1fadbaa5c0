"""Only the lines that an update shows are asked for, and only from the widgets that are seen there.

Textual's compositor has every widget of the screen draw all its lines for each update, also those that nothing has
changed in and those that others cover, and throws away what the update does not show.
"""

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


class CroppedCompositor(Compositor):
    """Textual's compositor, but for what it asks of widgets."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """What widgets draw within `crop`, the topmost first, until every line is covered from side to side."""
        screen = self.size.region
        lines = screen if crop is None else Region(0, crop.y, screen.width, crop.height)
        bare = set(lines.line_range)
        for widget, (region, clip) in self.visible_widgets.items():
            within = clip.intersection(lines)
            seen = region.intersection(within)
            if not seen or bare.isdisjoint(seen.line_range):
                continue
            yield region, within, widget.render_lines(seen - region.offset)
            if seen.width == screen.width:
                bare.difference_update(seen.line_range)
                if not bare:
                    return


class CroppedScreen(Screen[None]):
    """A screen that is drawn so."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = CroppedCompositor()
