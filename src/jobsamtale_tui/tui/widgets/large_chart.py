"""The progress graph in the whole window: drawn in the background; its cursor lies over it and draws nothing anew."""

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.tui.commands.bindings import bind_pair

if TYPE_CHECKING:
    from textual.binding import BindingType

    from jobsamtale_tui.documents.graph.choice import Choice, Large, Moment
    from jobsamtale_tui.editing.write_queue import WriteQueue

CURSOR = "│"


class LargeChart(Widget, can_focus=True):
    """Shows a `Large`; left and right move over its sessions. What is chosen is the screen's."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"large--cursor", "large--band"}
    DEFAULT_CSS = """
    LargeChart { height: 1fr; background: $background; }
    LargeChart > .large--cursor { text-style: reverse; }
    LargeChart > .large--band { background: $surface; }
    """
    BINDINGS: ClassVar[list["BindingType"]] = [
        *bind_pair("graph.move", "move(-1)", "move(1)"),
        *bind_pair("graph.ends", "end(False)", "end(True)"),
    ]

    class Moved(Message):
        """The cursor stands on another session; `outside` of the period that is drawn, where it goes past its end."""

        def __init__(self, moment: "Moment") -> None:
            super().__init__()
            self.moment = moment

    class Numbered(Message):
        """A digit was pressed: 0 for all, else an indicator's number."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Resized(Message):
        """The chart has another size and must be drawn for it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.large: Large | None = None
        self.at = 0
        self._strips: list[Strip] = []
        self._wanted: Choice | None = None
        self._session = ""

    @property
    def moment(self) -> "Moment | None":
        """The session under the cursor."""
        moments = self.large.moments if self.large is not None else ()
        return moments[self.at] if self.at < len(moments) else None

    def ask(self, write_queue: "WriteQueue", what: str, facts: GraphFacts, choice: "Choice") -> None:
        """Has the choice drawn for the size there is; Ready `what` brings a `Large`, or None where another was asked
        for meanwhile."""
        width, height = self.size
        if width < 2 or height < 2:
            return
        colour = not self.app.console.no_color
        self._wanted = choice

        def draw() -> "Large | None":
            from jobsamtale_tui.documents.graph import large as graph_large

            return graph_large.draw(facts, choice, width, height, colour) if self._wanted is choice else None

        write_queue.run_in_background(what, draw)

    def show(self, large: "Large") -> None:
        """Shows a drawing; the cursor stays on its session where that is drawn, else goes to the last one."""
        self.large = large
        places = {one.session: place for place, one in enumerate(large.moments)}
        inside = [place for place, one in enumerate(large.moments) if one.column is not None]
        self.at = places.get(self._session, inside[-1] if inside else 0)
        self._strips = [
            Strip(Text.from_ansi(line, no_wrap=True, end="").render(self.app.console)) for line in large.lines
        ]
        self.refresh()

    def go(self, place: int) -> None:
        """Moves the cursor; the columns left and reached are repainted, nothing is drawn anew."""
        if self.large is None or not 0 <= place < len(self.large.moments) or place == self.at:
            return
        before = self.moment
        self.at = place
        moment = self.large.moments[place]
        self._session = moment.session
        for one in (before, moment):
            if one is not None and one.column is not None:
                self.refresh(Region(one.column, 0, 1, self.large.rows))
        self.post_message(self.Moved(moment))

    def action_move(self, way: int) -> None:
        """To the session before or after."""
        self.go(self.at + way)

    def action_end(self, last: bool) -> None:
        """To the first or the last session."""
        self.go(len(self.large.moments) - 1 if last and self.large is not None else 0)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses an indicator."""
        if event.character is not None and event.character.isascii() and event.character.isdigit():
            event.stop()
            self.post_message(self.Numbered(int(event.character)))

    def on_resize(self) -> None:
        """Drawn anew for the new size."""
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """One line, with the stage's background and the cursor over it."""
        base, width = self.visual_style.rich_style, self.size.width
        large = self.large
        if large is None or y >= len(self._strips):
            return Strip.blank(width, base)
        if any(top <= y <= bottom for top, bottom in large.bands):
            base += self.get_component_rich_style("large--band", partial=True)
        strip = self._strips[y].apply_style(base).adjust_cell_length(width, base)
        moment = self.moment
        if moment is None or moment.column is None or y >= large.rows:
            return strip
        column = moment.column
        under = strip.crop(column, column + 1).text
        look = Style() if under == " " else self.get_component_rich_style("large--cursor", partial=True)
        over = Strip([Segment(CURSOR if under == " " else under, base + look)])
        return Strip.join([strip.crop(0, column), over, strip.crop(column + 1, width)])
