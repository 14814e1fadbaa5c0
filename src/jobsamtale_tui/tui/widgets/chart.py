"""The progress graph in a widget: drawn in the background for the size that there is."""

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widget import Widget

from jobsamtale_tui import i18n, records

if TYPE_CHECKING:
    from jobsamtale_tui.editing.write_queue import WriteQueue


class Chart(Widget):
    """Shows what `documents.graph` draws; asks again when its size changes."""

    DEFAULT_CSS = "Chart { height: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._drawn = Text("")
        self._asked: tuple[WriteQueue, records.Citizen] | None = None

    def ask(self, write_queue: "WriteQueue", citizen: records.Citizen) -> None:
        """Has the citizen's graph drawn for the size of the widget; Ready `chart KEY` brings it."""
        self._asked = write_queue, citizen
        width, height = self.content_size
        if width < 2 or height < 2:
            return
        database = write_queue.database
        colour = not self.app.console.no_color

        def draw() -> str:
            from jobsamtale_tui.casework.facts import notes
            from jobsamtale_tui.documents.graph import facts as graph_facts

            language = i18n.language()
            with database.connected() as connection:
                facts = notes.graph_facts(connection, citizen, language=language)
            return graph_facts.draw(facts, width, height, colour)

        write_queue.run_in_background(f"chart {citizen.key}", draw)

    def show(self, drawing: str) -> None:
        """Shows a drawing."""
        self._drawn = Text.from_ansi(drawing.rstrip("\n"), no_wrap=True)
        self.refresh()

    def on_resize(self) -> None:
        """Drawn anew for the new size."""
        if self._asked:
            self.ask(*self._asked)

    def render(self) -> Text:
        """The drawing."""
        return self._drawn
