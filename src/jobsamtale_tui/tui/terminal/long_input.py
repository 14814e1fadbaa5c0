"""A line of any length: what is measured and drawn is the part around the cursor, so that a key costs the same in all.

Textual measures and draws the whole value several times a key: a megabyte that was pasted would take half a second. A
part reaches further to both sides of the cursor than any terminal is wide; the value itself is never cut.
"""

from rich.cells import cell_len
from rich.text import Text
from textual.strip import Strip
from textual.widgets import Input

from jobsamtale_tui import texts

STEP = 500
"""So many letters at least stand on either side of the cursor, where there are so many."""
PART = 3 * STEP


class LongInput(Input):
    """Line breaks show as ↵, characters that cannot be seen as �."""

    @property
    def _start(self) -> int:
        """Where the part begins; it moves by steps, so that most keys leave it where it is."""
        return max(0, (self.cursor_position // STEP - 1) * STEP) if self._is_long else 0

    @property
    def _is_long(self) -> bool:
        return len(self.value) > PART

    @property
    def _value(self) -> Text:
        part = self.value[self._start : self._start + PART]
        return Text(_shown(part), no_wrap=True, overflow="ignore", end="")

    @property
    def content_width(self) -> int:
        """As much as the widest part takes; what there is has its own width."""
        return 2 * PART + 1 if self._is_long else super().content_width

    def _position_to_cell(self, position: int) -> int:
        return cell_len(_shown(self.value[self._start : position]))

    def render_line(self, y: int) -> Strip:
        """The line, or the part of it that the cursor is in."""
        return self._part_line() if y == 0 and self._is_long else super().render_line(y)

    def _part_line(self) -> Strip:
        result, start = self._value, self._start
        if self.has_focus:
            low, high = sorted(self.selection)
            if low < high:
                style = self.get_component_rich_style("input--selection")
                result.stylize_before(style, max(0, low - start), max(0, high - start))
            if self.cursor_at_end:
                result.pad_right(1)
            cursor = self.cursor_position - start
            result.stylize(self.get_component_rich_style("input--cursor"), cursor, cursor + 1)
        options = self.app.console_options.update_width(self.content_width)
        strip = Strip(self.app.console.render(result, options))
        width = self.scrollable_content_region.width + 1
        # Textual does not scroll for the first value; the cursor shows all the same.
        left = max(min(self.scroll_offset.x, self._cursor_offset), self._cursor_offset - width + 2)
        return strip.crop(left, left + width).extend_cell_length(width).apply_style(self.rich_style)


def _shown(text: str) -> str:
    return texts.marked(text.replace("\n", "↵").replace("\t", " "))
