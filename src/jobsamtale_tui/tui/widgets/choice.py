"""One choice among a few, on one line: left and right, or the first letter."""

from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair


class Chooser(Widget, can_focus=True):
    """Options as pairs of key and words. All of them stand on the line where there is room, else the chosen one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chooser--dim", "chooser--chosen", "chooser--cursor"}
    DEFAULT_CSS = """
    Chooser { height: 1; background: $surface; }
    Chooser:focus { background: $field-focus; }
    Chooser > .chooser--dim { color: $dim; }
    Chooser > .chooser--chosen { text-style: bold; }
    Chooser > .chooser--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("form.choose", "step(-1)", "step(1)"),
        *bind_pair("form.move", "screen.line(-1)", "screen.line(1)"),
        Binding("space", "step(1)", show=False),
        bind("cursor.first", "end(False)"),
        bind("cursor.last", "end(True)"),
        Binding("backspace,delete", "end(False)", show=False),
        bind("form.next", "submit"),
    ]

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, chooser: "Chooser") -> None:
            super().__init__()
            self.chooser = chooser

        @property
        def control(self) -> "Chooser":
            """The line."""
            return self.chooser

    class Submitted(Changed):
        """Enter was pressed."""

    def __init__(self, id: str, options: tuple[tuple[str, str], ...], value: str = "") -> None:  # noqa: A002
        super().__init__(id=id)
        known = {key for key, _words in options}
        self.options = options if value in known else (*options, (value, value or "–"))
        self._at = next(at for at, (key, _words) in enumerate(self.options) if key == value)

    @property
    def value(self) -> str:
        """The key of the chosen option."""
        return self.options[self._at][0]

    @value.setter
    def value(self, key: str) -> None:
        self._go(next((at for at, (one, _words) in enumerate(self.options) if one == key), self._at))

    def _go(self, at: int) -> None:
        at = max(0, min(len(self.options) - 1, at))
        if at != self._at:
            self._at = at
            self.refresh()
            self.post_message(self.Changed(self))

    def action_step(self, way: int) -> None:
        """The option to the left or the right."""
        self._go(self._at + way)

    def action_end(self, last: bool) -> None:
        """The first or the last option."""
        self._go(len(self.options) - 1 if last else 0)

    def action_submit(self) -> None:
        """On to the next line."""
        self.post_message(self.Submitted(self))

    def check_consume_key(self, key: str, character: str | None = None) -> bool:  # noqa: ARG002
        """Letters and digits choose."""
        return character is not None and character.isalnum()

    def on_key(self, event: events.Key) -> None:
        """A first letter goes to the next option that begins with it."""
        if event.character is None or not event.character.isalnum():
            return
        letter = texts.folded(event.character)
        order = [*range(self._at + 1, len(self.options)), *range(self._at + 1)]
        found = next((at for at in order if texts.folded(self.options[at][1]).startswith(letter)), None)
        if found is not None:
            self._go(found)
        event.stop()
        event.prevent_default()

    def render_line(self, y: int) -> Strip:
        """All options with the chosen one marked, or the chosen one between arrows."""
        width, base = self.size.width, self.visual_style.rich_style
        if y:
            return Strip.blank(width, base)
        chosen = base + self.get_component_rich_style(
            "chooser--cursor" if self.has_focus else "chooser--chosen", partial=True
        )
        dim = base + self.get_component_rich_style("chooser--dim", partial=True)
        shown = [texts.one_line(words) for _key, words in self.options]
        pieces: list[Any] = []
        if sum(len(words) + 4 for words in shown) <= width:
            for at, words in enumerate(shown):
                here = at == self._at
                pieces += [Segment(f"{'●' if here else '○'} {words}", chosen if here else dim), Segment("  ", base)]
        else:
            place = _("{at} of {count}").format(at=self._at + 1, count=len(shown))
            pieces = [
                Segment("‹ " if self._at else "  ", dim),
                Segment(shown[self._at], chosen),
                Segment(" ›" if self._at < len(shown) - 1 else "  ", dim),
                Segment(f"  {place}", dim),
            ]
        return Strip(pieces).adjust_cell_length(width, base)
