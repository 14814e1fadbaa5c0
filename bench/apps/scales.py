"""Floor: a score form as one widget that draws itself, with its own row cursor; only the touched rows are repainted."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer, Header, Input

NAMES = ["Clarity", "Depth", "Energy", "Focus", "Mood", "Sleep", "Social", "Stress", "Trust", "Work", "Overall"]


class Sheet(Widget, can_focus=True):
    DEFAULT_CSS = "Sheet { height: 22; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="sheet")
        self.values, self.row = [5] * len(NAMES), 0

    def render_line(self, y: int) -> Strip:
        i, blank = divmod(y, 2)
        if blank or i >= len(NAMES):
            return Strip.blank(self.size.width, self.rich_style)
        value = self.values[i]
        here = self.rich_style + Style(bold=True, reverse=True) if i == self.row else self.rich_style
        dots = " ".join("●" if k <= value else "○" for k in range(1, 11))
        return Strip(
            [
                Segment(f"{NAMES[i]:<14}", here),
                Segment(dots, self.rich_style + Style(color="green")),
                Segment(f" {value:>3}", self.rich_style),
            ]
        )

    def touch(self, *rows: int) -> None:
        self.refresh(*(Region(0, r * 2, 40, 1) for r in rows))

    def on_key(self, event: events.Key) -> None:
        key, row = event.key, self.row
        if key in ("up", "down"):
            self.row = max(0, min(len(NAMES) - 1, row + (1 if key == "down" else -1)))
            self.touch(row, self.row)
        elif key.isdigit():
            self.values[row] = int(key) or 10
            self.touch(row)
        else:
            return
        event.stop()
        event.prevent_default()


class Form(App[None]):
    BINDINGS: ClassVar = [("ctrl+s", "noop", "Save"), ("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input(placeholder="name")
        with VerticalScroll(can_focus=False):
            yield Sheet()
        yield Footer()

    def action_noop(self) -> None: ...


if __name__ == "__main__":
    Form().run()
