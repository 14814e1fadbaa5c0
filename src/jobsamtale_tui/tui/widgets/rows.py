"""A list that draws itself: one widget, its own row cursor, two lines repainted when the cursor moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jobsamtale_tui import texts
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair, bind_split
from jobsamtale_tui.tui.look.privacy import OwnText, Unmasked, masked
from jobsamtale_tui.tui.widgets.incremental_search import Finder

Cell = tuple[str, str]
"""A piece of text and how it looks: `""`, `dim`, `strong`, `good`, `bad` or `mark`."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what names it to the screen (None: a heading that the cursor passes over) and its pieces."""

    key: str | None
    cells: tuple[Cell, ...]


class Rows(Unmasked, ScrollView, can_focus=True):
    """Rows under a cursor. The cursor's row stays marked by `›` when the list is left, and is reversed within it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--dim",
        "rows--strong",
        "rows--good",
        "rows--bad",
        "rows--mark",
        "rows--cursor",
    }
    DEFAULT_CSS = """
    Rows { height: 1fr; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    Rows > .rows--dim { color: $dim; }
    Rows > .rows--strong { text-style: bold; }
    Rows > .rows--good { color: $success; }
    Rows > .rows--bad { color: $error; }
    Rows > .rows--mark { color: $accent; text-style: bold; }
    Rows > .rows--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("cursor.move", "move(-1)", "move(1)"),
        bind("cursor.first", "end(False)"),
        bind("cursor.last", "end(True)"),
        *bind_pair("cursor.page", "page(-1)", "page(1)"),
        bind("cursor.choose", "choose"),
        bind("rows.find"),
        *bind_split("rows.next", "rows_go(1, True)", "rows_go(1, False)"),
        *bind_split("rows.previous", "rows_go(-1, True)", "rows_go(-1, False)"),
    ]

    class Chosen(Message):
        """Enter was pressed on a row."""

        def __init__(self, rows: "Rows", key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> "Rows":
            """The list, for `@on` selectors."""
            return self.rows

    class PastEnd(Message):
        """The cursor was moved below the last row, where a new line may be."""

        def __init__(self, rows: "Rows") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "Rows":
            """The list, for `@on` selectors."""
            return self.rows

    def __init__(
        self,
        empty: str = "",
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
        searched: bool = True,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self.finder = Finder(self) if searched else None
        self.lines: list[Line] = []
        self.at = 0
        self.led = False
        """Its keys come from elsewhere: the cursor shows though the focus is not here."""

    @property
    def key(self) -> str | None:
        """What names the row under the cursor; None where there is none."""
        return self.lines[self.at].key if self.at < len(self.lines) else None

    @property
    def index(self) -> int:
        """The place of the cursor's row among those that can be chosen."""
        return sum(1 for line in self.lines[: self.at] if line.key is not None)

    def fill(self, lines: Sequence[Line], *, key: str | None = None) -> None:
        """Shows `lines`; the cursor goes to the row named `key`, else stays where it is."""
        old, self.lines, before = self.lines, list(lines), self.at
        wanted = next((place for place, line in enumerate(self.lines) if key is not None and line.key == key), None)
        self.at = wanted if wanted is not None else min(self.at, max(0, len(self.lines) - 1))
        self._settle(1)
        self._make_room()
        self._into_view()
        changed = [place for place, line in enumerate(self.lines) if place >= len(old) or old[place] != line]
        if len(old) != len(self.lines) or len(changed) > 3:
            self.refresh(layout=self._grows)
        else:
            for place in {*changed, before, self.at}:
                self.refresh_line(place)

    @property
    def _grows(self) -> bool:
        return self.styles.height is not None and self.styles.height.is_auto

    def _make_room(self) -> None:
        """A list that does not grow is never said to be lower than its place: what fits needs no new layout."""
        room = 1 if self._grows else max(1, self.size.height)
        self.virtual_size = Size(self.size.width, max(room, len(self.lines)))

    def on_resize(self) -> None:
        """Another place, another room."""
        self._make_room()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are rows; without any, as many as it takes to say so."""
        return len(self.lines) or max(1, len(self._said(width)))

    def _said(self, width: int) -> list[str]:
        """What stands where there are no rows, in line with where they would stand."""
        return [f"  {line}" for line in wrap(self.empty, max(1, width - 2))]

    def go(self, place: int) -> None:
        """Moves the cursor to a row; the rows left and reached are repainted, nothing else."""
        before, self.at = self.at, max(0, min(len(self.lines) - 1, place))
        self._settle(1 if self.at >= before else -1)
        if self.at != before:
            self.refresh_line(before)
            self.refresh_line(self.at)
            self._into_view()

    def _into_view(self) -> None:
        """With the first and the last row come the lines beyond it, which the cursor never gets to."""
        begins = 0 if all(line.key is None for line in self.lines[: self.at]) else self.at
        ends = len(self.lines) if all(line.key is None for line in self.lines[self.at + 1 :]) else self.at + 1
        if ends - begins > max(self.size.height, 3):
            begins, ends = self.at, self.at + 1
        self.scroll_to_region(Region(0, begins, 1, ends - begins), animate=False, force=True, immediate=True)

    def _settle(self, direction: int) -> None:
        for way in (direction, -direction):
            place = self.at
            while 0 <= place < len(self.lines):
                if self.lines[place].key is not None:
                    self.at = place
                    return
                place += way

    def action_move(self, way: int) -> None:
        """Up or down by one."""
        if way > 0 and self.at >= len(self.lines) - 1:
            self.post_message(self.PastEnd(self))
        else:
            self.go(self.at + way)

    def action_end(self, last: bool) -> None:
        """To the first or the last row."""
        self.go(len(self.lines) - 1 if last else 0)

    def action_page(self, way: int) -> None:
        """A page up or down."""
        self.go(self.at + way * max(1, self.size.height - 1))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Going on with a search is for a list that was searched, and leaves the screen's own keys to the screen."""
        if action == "rows_find":
            return self.finder is not None
        if action == "rows_go":
            return self.finder is not None and self.finder.goes_on(*parameters)
        return super().check_action(action, parameters)

    def action_rows_find(self) -> None:
        """Searches the rows; the next keys are what is searched for."""
        if self.finder is not None:
            self.finder.begin()

    def action_rows_go(self, way: int, _letter: bool) -> None:
        """To the next row that was searched for, or the one before."""
        if self.finder is not None:
            self.finder.go_on(way)

    def action_choose(self) -> None:
        """Chooses the row under the cursor."""
        if self.key is not None:
            self.post_message(self.Chosen(self, self.key))

    def on_focus(self) -> None:
        """The cursor's row is shown reversed."""
        self.refresh_line(self.at)

    def on_blur(self) -> None:
        """The cursor's row keeps its mark alone."""
        self.refresh_line(self.at)

    def render_line(self, y: int) -> Strip:
        """One line of the list as it stands on the screen."""
        place, width = y + self.scroll_offset.y, self.size.width - self.scrollbar_size_vertical
        base = self.visual_style.rich_style
        if place >= len(self.lines):
            said = [] if self.lines else self._said(width)
            text = said[y] if y < len(said) else ""
            style = base + self.get_component_rich_style("rows--dim", partial=True)
            return Strip([Segment(text, style)]).adjust_cell_length(width, base)
        line = self.lines[place]
        here = place == self.at and line.key is not None
        cursor = here and (self.has_focus or self.led)
        plain = base + self.get_component_rich_style("rows--cursor", partial=True) if cursor else base
        pieces = [Segment("› " if here else "  ", plain)]
        hidden = bool(getattr(self.app, "private", False))
        for text, look in line.cells:
            own = self.get_component_rich_style(f"rows--{look}", partial=True) if look else Style()
            style = plain + Style(bold=own.bold) if cursor else base + own
            shown = texts.shown(text).replace("\n", " ")
            pieces.append(Segment(masked(shown) if hidden and not isinstance(text, OwnText) else shown, style))
        strip = Strip(pieces)
        if strip.cell_length > width > 1:
            cut = strip.crop(0, width - 1).adjust_cell_length(width - 1, plain)
            strip = Strip.join([cut, Strip([Segment("…", plain)])])
        return strip.adjust_cell_length(width, plain)
