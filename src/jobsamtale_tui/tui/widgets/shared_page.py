"""A page of the screen that the citizen looks at too. On an indicator it takes the keys of the scale form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import i18n
from jobsamtale_tui.documents.shared.lines import Row
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.look.privacy import Mask, masked
from jobsamtale_tui.tui.widgets.fields import LineField, TextField
from jobsamtale_tui.tui.widgets.scale_form import ScaleForm

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class Hers(_Base):
    """What is put on the screen for her shows while all else is hidden, until it is hidden by itself."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The mask lies over it only where the screen says so."""
        hidden = getattr(self.screen, "hidden", True)
        return [one for one in super().get_line_filters() if hidden or not isinstance(one, Mask)]


class HerLine(Hers, LineField):
    """A line to type in, together."""


class HerArea(Hers, TextField):
    """A text to type, together."""


class SharedPage(ScaleForm, inherit_bindings=False):
    """Draws the rows of a page. `entries` holds the indicator that is asked about, or nothing: then no key scores."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"shared--title", "shared--strong", "shared--digit"}
    DEFAULT_CSS = """
    SharedPage { height: 1fr; min-height: 1; padding: 0; }
    SharedPage > .shared--title { color: $heading; text-style: bold; }
    SharedPage > .shared--strong { text-style: bold; }
    SharedPage > .shared--digit { color: $accent; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("score.move", "step(-1)", "step(1)"),
        *bind_pair("cursor.move", "screen.page(-1)", "screen.page(1)"),
        *bind_pair("cursor.page", "scroll(-1)", "scroll(1)"),
        bind("score.highest", "extreme(True)"),
        bind("score.lowest", "extreme(False)"),
        bind("score.clear", "clear"),
        bind("score.remark", "remark"),
    ]
    _LOOKS: ClassVar[dict[str, str]] = {
        "title": "shared--title",
        "strong": "shared--strong",
        "digit": "shared--digit",
        "question": "scale--question",
        "here": "scale--cursor",
        "dim": "scale--dim",
    }

    class Resized(Message):
        """There is another room for the page."""

    class FieldWanted(Message):
        """Enter, where no number is asked for: into the field of the page."""

    def __init__(self, language: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(language, id=id)
        self.rows: list[Row] = []
        self.offset_rows = 0

    def draw(self, rows: list[Row], *, anew: bool = False) -> None:
        """Shows a page; `anew` begins at its first line."""
        self.rows = rows
        self._begin_at(0 if anew else self.offset_rows)
        self.refresh()

    def on_resize(self) -> None:
        """Drawn for the new size."""
        self.post_message(self.Resized())

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Digits score, where a number is asked for."""
        with i18n.speaking(self.language):
            super().on_key(event)

    def action_remark(self) -> None:
        """Asks for the remark on her number, or goes into the page's field."""
        if self.entry is None:
            self.post_message(self.FieldWanted())
            return
        with i18n.speaking(self.language):
            super().action_remark()

    def action_scroll(self, way: int) -> None:
        """What has no room above or below."""
        self._begin_at(self.offset_rows + way * max(1, self.size.height - 2))
        self.refresh()

    def _begin_at(self, row: int) -> None:
        self.offset_rows = max(0, min(row, len(self.rows) - self.size.height))

    def _repaint(self, *rows: int, below: tuple[range, ...] = ()) -> None:  # noqa: ARG002  # noqa: ARG002
        self.refresh()

    # Drawing

    def _styled(self, look: str) -> Style:
        base = self.visual_style.rich_style
        return base + self.get_component_rich_style(self._LOOKS[look], partial=True) if look else base

    def render_line(self, y: int) -> Strip:
        """One line of the page; what goes on above or below is marked at its end."""
        place, width, hidden = y + self.offset_rows, self.size.width, getattr(self.screen, "hidden", True)
        row = self.rows[place] if place < len(self.rows) else ()
        pieces = [Segment(masked(str(text)) if hidden else text, self._styled(look)) for text, look in row]
        strip = Strip(pieces).adjust_cell_length(width, self.visual_style.rich_style)
        more = "▲" if not y and self.offset_rows else ""
        if y == self.size.height - 1 and place < len(self.rows) - 1:
            more = "▼"
        if not more:
            return strip
        return Strip.join([strip.crop(0, width - 1), Strip([Segment(more, self._styled("dim"))])])
