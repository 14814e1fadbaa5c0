"""Floor: a Textual app with the usual widgets and nothing behind them."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, Header, Input, Label, ListItem, ListView, TextArea


class Hello(App[None]):
    CSS = "ListView { width: 40; } TextArea { width: 1fr; }"
    BINDINGS: ClassVar = [
        ("ctrl+s", "noop", "Save"),
        ("f2", "list", "List"),
        ("f3", "area", "Text"),
        ("ctrl+q", "quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input(placeholder="type here", id="in")
        with Horizontal():
            yield ListView(*[ListItem(Label(f"entry {i:02d} of the list")) for i in range(25)])
            yield TextArea("The text area.\n" * 10)
        yield Footer()

    def action_noop(self) -> None: ...

    def action_list(self) -> None:
        self.query_one(ListView).focus()

    def action_area(self) -> None:
        self.query_one(TextArea).focus()


if __name__ == "__main__":
    Hello().run()
