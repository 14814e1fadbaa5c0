"""Text fields. What is typed in one is saved when it is left; a pause in typing keeps it as unfinished."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, TextArea

from jobsamtale_tui import texts
from jobsamtale_tui.tui.bindings import bind


class Left(Message):
    """A field was left with a text that differs from what it held when it was last saved."""

    def __init__(self, field: "Area | Line") -> None:
        super().__init__()
        self.field = field


class Editor(Message):
    """The field asks for the user's own editor."""

    def __init__(self, field: "Area | Line") -> None:
        super().__init__()
        self.field = field


class Area(TextArea):
    """A text of several lines. `saved` is the text as it is in the record."""

    DEFAULT_CSS = """
    Area { height: 4; border: none; padding: 0 1; background: $surface; }
    Area:focus { background: $surface-lighten-1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [bind("field.editor")]

    def __init__(self, id: str, text: str = "", *, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(
            text,
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
    def place(self) -> str:
        """Where the cursor stands, as text to be kept."""
        row, column = self.cursor_location
        return f"{row},{column}"

    @place.setter
    def place(self, place: str) -> None:
        row, _comma, column = place.partition(",")
        if row.isdigit() and column.isdigit():
            self.move_cursor((int(row), int(column)))

    def action_field_editor(self) -> None:
        """Asks for the user's own editor."""
        self.post_message(Editor(self))

    def on_blur(self) -> None:
        """Says so when the text has changed."""
        if self.value != self.saved:
            self.post_message(Left(self))


class Line(Input):
    """A text on one line. A paste of several lines becomes one, and nothing of it is dropped."""

    DEFAULT_CSS = """
    Line { height: 1; border: none; padding: 0 1; background: $surface; }
    Line:focus { background: $surface-lighten-1; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.editor", keys="ctrl+e"),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, id: str, text: str = "", *, placeholder: str = "", classes: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, compact=True, placeholder=placeholder, select_on_focus=False, classes=classes)
        self.saved = text
        self.cursor_blink = False

    @property
    def place(self) -> str:
        """Where the cursor stands, as text to be kept."""
        return str(self.cursor_position)

    @place.setter
    def place(self, place: str) -> None:
        if place.isdigit():
            self.cursor_position = int(place)

    def action_field_editor(self) -> None:
        """Asks for the user's own editor."""
        self.post_message(Editor(self))

    def _on_paste(self, event: events.Paste) -> None:
        self.insert_text_at_cursor(" ".join(texts.typed(event.text).splitlines()))
        event.prevent_default()
        event.stop()

    def on_blur(self) -> None:
        """Says so when the text has changed."""
        if texts.typed(self.value) != self.saved:
            self.post_message(Left(self))
