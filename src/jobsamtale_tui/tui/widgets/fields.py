"""Text fields. What is typed in one is saved when it is left; a pause in typing keeps it as unfinished."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location

from jobsamtale_tui import texts
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import Mask
from jobsamtale_tui.tui.terminal.long_input import LongInput
from jobsamtale_tui.tui.widgets import long_lines


class Left(Message):
    """A field was left with a text that differs from what it held when it was last saved."""

    def __init__(self, field: "TextField | LineField") -> None:
        super().__init__()
        self.field = field


class Editor(Message):
    """The field asks for the user's own editor."""

    def __init__(self, field: "TextField | LineField") -> None:
        super().__init__()
        self.field = field


_RULED = Style(underline=True)

if TYPE_CHECKING:
    _Base = Widget
else:
    _Base = object


class _Field(_Base):
    """What both kinds have in common: hidden with all else (what stands there while it is empty is ours); read-only."""

    _saved = ""

    @property
    def is_empty(self) -> bool:
        """Nothing stands in it."""
        return not getattr(self, "value", "")

    @property
    def saved(self) -> str:
        """The text as it is in the record, as it would be if it had been typed here."""
        return self._saved

    @saved.setter
    def saved(self, text: str) -> None:
        self._saved = texts.typed(text)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The mask lies over what was typed."""
        empty = self.is_empty
        return [one for one in super().get_line_filters() if not (empty and isinstance(one, Mask))]

    def render_line(self, y: int) -> Strip:
        """With the terminal's own colours there is no ground of another one: the field is ruled."""
        strip = super().render_line(y)
        return strip.apply_style(_RULED) if self.app.native_ansi_color else strip

    @property
    def takes_text(self) -> bool:
        """Nothing is typed with `--read-only`, but where one looks for something."""
        database = getattr(self.app, "database", None)
        searches = getattr(self.screen, "searches", ("command",))
        return database is None or not database.read_only or self.id in searches


def _inside(text: str, before: int = 0) -> str:
    """A text as an area holds it."""
    return long_lines.parted(texts.held(text), before)


def _outside(text: str) -> str:
    """What `_inside` was given."""
    return texts.released(long_lines.whole(text))


class TextField(_Field, TextArea):
    """A text of several lines. `saved` is the text as it is in the record.

    Within, each character that cannot be seen has a stand-in (`texts.held`): so it has its cell, the cursor stands
    where it seems to, and what is not a line break makes none. Lines out of all bounds stand in parts (`long_lines`).
    """

    DEFAULT_CSS = """
    TextField { height: 4; border: none; padding: 0 1; background: $surface; color: $foreground; }
    TextField:focus { background: $field-focus; }
    TextField > .text-area--placeholder, TextField:focus > .text-area--placeholder { color: $dim; }
    TextField { max-width: 120; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.editor"),
        bind("field.undo", "undo"),
        bind("field.redo", "redo"),
        bind("copy", "app.copy"),
    ]

    def __init__(self, id: str, text: str = "", *, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(
            _inside(text),
            id=id,
            compact=True,
            placeholder=placeholder,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.saved = text
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F6 and F7, by which Textual selects text, are the screen's."""
        return action not in ("select_line", "select_all") and super().check_action(action, parameters)

    @property
    def value(self) -> str:
        """The text that stands in the field."""
        return texts.typed(self.text)

    @value.setter
    def value(self, text: str) -> None:
        self.load_text(text)

    @property
    def is_empty(self) -> bool:
        """Nothing stands in it; asked for each line that is drawn."""
        return self.document.line_count == 1 and not self.document.get_line(0)

    @property
    def text(self) -> str:
        """The text as it is, without stand-ins and joints."""
        return _outside(self.document.text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)

    def load_text(self, text: str) -> None:
        """Takes a text in place of the one that is there."""
        super().load_text(_inside(text))

    def edit(self, edit: Edit) -> EditResult:
        """Every change of the text comes this way. A joint and its line break come and go together."""
        start, end = sorted((edit.from_location, edit.to_location))
        if start == end:
            start = end = self._past_joint(start)
        elif self._past_joint(start) != start:
            start = start[0], start[1] - 1
        edit.from_location, edit.to_location = start, self._past_joint(end)
        edit.text = _inside(edit.text, start[1])
        return super().edit(edit)

    def _past_joint(self, location: Location) -> Location:
        """Where a place between a joint and its line break really is."""
        row, column = location
        if not 0 <= row < self.document.line_count - 1:
            return location
        line = self.document.get_line(row)
        return (row + 1, 0) if column == len(line) and line.endswith(long_lines.JOINT) else location

    def get_text_range(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        """A part of the text as it is: what is copied."""
        return _outside(super().get_text_range(start, end))

    def get_line(self, line_index: int) -> Text:
        """A line as it shows."""
        line = self.document.get_line(line_index).replace(long_lines.JOINT, long_lines.MARK)
        return Text(texts.marked(line), end="", no_wrap=True)

    def on_paste(self, event: events.Paste) -> None:
        """What Textual puts in then is cleaned."""
        event.text = texts.typed(event.text)

    @property
    def place(self) -> str:
        """Where the cursor stands, as text to be kept."""
        row, column = self.cursor_location
        return f"{row},{column}"

    @place.setter
    def place(self, place: str) -> None:
        row, _comma, column = place.partition(",")
        if row.isdecimal() and column.isdecimal():
            self.move_cursor((int(row), int(column)))

    def on_mount(self) -> None:
        """With `--read-only` it is there to read."""
        self.read_only = not self.takes_text

    def go_to_end(self) -> None:
        """The cursor stands behind the last letter."""
        self.move_cursor(self.document.end)

    def action_field_editor(self) -> None:
        """Asks for the user's own editor."""
        self.post_message(Editor(self))

    def on_blur(self) -> None:
        """Says so when the text has changed."""
        if self.value != self.saved:
            self.post_message(Left(self))


class LineField(_Field, LongInput):
    """A text on one line. A paste of several lines becomes one, and nothing of it is dropped."""

    DEFAULT_CSS = """
    LineField { height: 1; border: none; padding: 0 1; background: $surface; color: $foreground; }
    LineField:focus { background: $field-focus; border: none; }
    LineField:ansi > .input--cursor { color: ansi_default; background: ansi_default; text-style: reverse; }
    LineField > .input--placeholder, LineField:focus > .input--placeholder { color: $dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.editor"),
        bind("cursor.move", "app.focus_previous"),
    ]

    def __init__(
        self,
        id: str,  # noqa: A002
        text: str = "",
        *,
        placeholder: str = "",
        classes: str | None = None,
        breaks: bool = False,
    ) -> None:
        super().__init__(text, id=id, compact=True, placeholder=placeholder, select_on_focus=False, classes=classes)
        self.saved = text
        self.breaks = breaks
        """It holds line breaks from the user's editor, shown as ↵."""
        self.cursor_blink = False

    @property
    def place(self) -> str:
        """Where the cursor stands, as text to be kept."""
        return str(self.cursor_position)

    @place.setter
    def place(self, place: str) -> None:
        if place.isdecimal():
            self.cursor_position = int(place)

    def on_key(self, event: events.Key) -> None:
        """With `--read-only` nothing is typed."""
        if event.is_printable and not self.takes_text:
            event.stop()
            event.prevent_default()

    def go_to_end(self) -> None:
        """The cursor stands behind the last letter."""
        self.action_end()

    def action_field_editor(self) -> None:
        """Asks for the user's own editor."""
        self.post_message(Editor(self))

    def on_paste(self, event: events.Paste) -> None:
        """Several lines become one, rather than the first alone."""
        if self.takes_text:
            self.insert_text_at_cursor(" ".join(texts.typed(event.text).splitlines()))
        event.prevent_default()
        event.stop()

    def on_blur(self) -> None:
        """Says so when the text has changed."""
        if texts.typed(self.value) != self.saved:
            self.post_message(Left(self))
