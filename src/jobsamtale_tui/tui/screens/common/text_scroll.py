"""A text that is scrolled and read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import texts
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import NOTE
from jobsamtale_tui.tui.shell.screen import BaseScreen


class Reading(VerticalScroll):
    """A text that scrolls by the keys of lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("cursor.move", "scroll_up", "scroll_down"),
        *bind_pair("cursor.page", "page_up", "page_down"),
        bind("cursor.first", "scroll_home"),
        bind("cursor.last", "scroll_end"),
        Binding("space", "page_down", show=False),
    ]


class ReadScreen(BaseScreen):
    """A text in the whole window."""

    where = (NOTE,)
    _text = ""

    def body(self) -> ComposeResult:
        """The text."""
        with Reading(id="reading"):
            yield Static(id="text", classes="text", markup=False)

    def on_mount(self) -> None:
        """The keys scroll."""
        self.query_one("#reading").focus()

    def reading(self) -> str:
        """The text as it stands."""
        return self._text

    def show_text(self, text: str | Content) -> None:
        """Shows a text; what people typed is shown as text."""
        content = Content(texts.shown(text)) if isinstance(text, str) else text
        self._text = text if isinstance(text, str) else content.plain
        self.query_one("#text", Static).update(content)
