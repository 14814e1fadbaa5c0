"""Floor: a line chart drawn by plotext straight into one widget, drawn anew at each key."""

import math
from typing import ClassVar

import plotext
from rich.text import Text
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Footer, Header, Static


class Chart(Widget):
    phase = 0

    def render(self) -> Text:
        plotext.clear_figure()
        plotext.limit_size(False, False)
        plotext.theme("clear")
        plotext.plotsize(*self.content_size)
        for number, color in enumerate(("red", "green", "blue")):
            heights = [math.sin(x / 5 + number + self.phase / 10) * 5 + 5 for x in range(50)]
            plotext.plot(range(50), heights, marker="braille", color=color, label=f"s{number}")
        return Text.from_ansi(plotext.build().rstrip("\n"))


class ChartApp(App[None]):
    CSS = "Chart { width: 100; height: 25; } Static { height: 1; }"
    BINDINGS: ClassVar = [("n", "next", "Next"), ("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("phase 0", id="phase")
        yield Chart()
        yield Footer()

    def action_next(self) -> None:
        chart = self.query_one(Chart)
        chart.phase += 1
        chart.refresh()
        self.query_one("#phase", Static).update(f"phase {chart.phase}")


if __name__ == "__main__":
    ChartApp().run()
