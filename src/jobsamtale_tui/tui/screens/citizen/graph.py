"""The progress graph, large: which indicators, whose scores, which period, and what was written at each point."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui import i18n, texts
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.documents.graph import choice as graph_choice
from jobsamtale_tui.documents.graph import reading as graph_reading
from jobsamtale_tui.documents.graph.choice import Choice, Large
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import Rater
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import GRAPH
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.print_keys import PrintKeys
from jobsamtale_tui.tui.screens.common.share_keys import ShareKeys
from jobsamtale_tui.tui.screens.common.text_page import PageScreen
from jobsamtale_tui.tui.widgets.large_chart import LargeChart

if TYPE_CHECKING:
    from jobsamtale_tui.editing.outcomes import BackgroundResult

RATERS: tuple[Rater | None, ...] = (None, "citizen", "caseworker")


class GraphScreen(ShareKeys, PrintKeys):
    """One citizen's graph in the whole window, and below it the session under the cursor."""

    where = (GRAPH,)
    shows = ("graph.move", "graph.indicator", "graph.pick", "graph.rater", "graph.zoom", "graph.around", "graph.note")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("graph.indicator", "indicator(-1)", "indicator(1)"),
        *bind_pair("graph.zoom", "zoom(1)", "zoom(-1)"),
        bind("graph.rater"),
        bind("graph.around"),
        bind("graph.note"),
    ]

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen
        self.choice = Choice()
        self.facts: GraphFacts | None = None
        self._whose = ""

    def body(self) -> ComposeResult:
        """The graph, and the session under the cursor."""
        yield LargeChart(id="chart")
        yield Static(id="point", markup=False)

    @property
    def shared_citizen(self) -> str:
        """The one whose graph it is."""
        return self.key

    @property
    def shared_place(self) -> tuple[str, str]:
        """Her line on the indicator that is shown alone."""
        shown = self.choice.indicators
        return "line", shown[0] if len(shown) == 1 else ""

    @property
    def whose_page(self) -> str:
        """Hers whose graph it is."""
        return self.key

    @property
    def chart(self) -> LargeChart:
        """The graph."""
        return self.query_one(LargeChart)

    def on_mount(self) -> None:
        """The facts are read and the graph is drawn in the background, for the window as it is."""
        citizen = reads.citizen(self.connection, self.key)
        if citizen is None:
            self.dismiss()
            return
        self._whose = citizen.name
        self._titled(None)
        self.chart.focus()
        database, language = self.shell.database, i18n.language()

        def read() -> GraphFacts:
            with database.connected() as connection:
                return notes.graph_facts(connection, citizen, language=language)

        self.shell.write_queue.run_in_background(f"graph facts {self.key}", read)

    def ready(self, message: "BackgroundResult") -> None:
        """The facts or a drawing have come."""
        if message.what == f"graph facts {self.key}":
            self.facts = message.result
            self._draw()
        elif message.what == f"graph {self.key}" and message.result is not None:
            self._show(message.result)

    @on(LargeChart.Resized)
    def _draw(self) -> None:
        if self.facts is not None:
            self.chart.ask(self.shell.write_queue, f"graph {self.key}", self.facts, self.choice)

    def _show(self, large: Large) -> None:
        self.chart.show(large)
        self._titled(large)
        self._point()
        self.stands(OwnText(large.real))

    def _titled(self, large: Large | None) -> None:
        if large is None or large.period is None:
            self.title_line(_("Progress: {name}").format(name=self._whose))
            return
        first, last = (f"{day:%d.%m.%y}" for day in large.period)
        days = graph_choice.ZOOMS[self.choice.zoom]
        names = {None: _("the whole course"), 365: _("a year"), 182: _("half a year"), 91: _("three months")}
        self.title_line(_("Progress: {name}").format(name=self._whose), f"{first} – {last} · {names[days]}")

    def _point(self) -> None:
        """The session under the cursor in words; what has no room is in its note."""
        point = self.query_one("#point", Static)
        moment = self.chart.moment
        if self.facts is None or moment is None:
            point.update("")
            return
        width, room = max(20, self.size.width - 2), self._room
        lines = graph_reading.reading_lines(self.facts, self.choice, moment.session, width)
        if len(lines) > room:
            more = _("… {key} reads the note").format(key=self.shell.key_of("graph.note"))
            lines = [*lines[: room - 1], f"{lines[room - 1][: max(0, width - len(more) - 1)].rstrip()} {more}"]
        point.update(Content("\n".join(texts.shown(line) for line in lines)))

    @property
    def _room(self) -> int:
        return self.query_one("#point", Static).size.height or 4

    def reading(self) -> str:
        """The session under the cursor and how each indicator has gone, to copy."""
        if self.facts is None:
            return ""
        moment = self.chart.moment
        lines = graph_reading.reading_lines(self.facts, self.choice, moment.session, 100) if moment else []
        return "\n".join([*lines, "", *graph_reading.progress_lines(self.facts)])

    # What is shown

    def _choose(self, **changes: Any) -> None:
        moment = self.chart.moment
        self.choice = replace(self.choice, at=moment.session if moment else None, **changes)
        self._draw()

    @on(LargeChart.Moved)
    def moved(self, event: LargeChart.Moved) -> None:
        """The session under the cursor shows; past the end of the period another is drawn."""
        if event.moment.column is None:
            self._choose()
        self._point()

    @on(LargeChart.Numbered)
    def numbered(self, event: LargeChart.Numbered) -> None:
        """A number takes its indicator in or out, the first one by itself; 0 shows all."""
        keys = list(graph_choice.indicators(self.facts)) if self.facts is not None else []
        if event.number == 0:
            self._choose(indicators=())
        elif event.number <= len(keys):
            key = keys[event.number - 1]
            kept = tuple(one for one in keys if (one in self.choice.indicators) != (one == key))
            self._choose(indicators=() if len(kept) == len(keys) else kept)
        else:
            self.status(OwnText(_("There is no indicator {number}").format(number=event.number)))

    def action_indicator(self, way: int) -> None:
        """All indicators, then one after the other."""
        keys = list(graph_choice.indicators(self.facts)) if self.facts is not None else []
        shown = self.choice.indicators
        place = keys.index(shown[0]) + 1 if len(shown) == 1 and shown[0] in keys else 0
        place = (place + way) % (len(keys) + 1)
        self._choose(indicators=(keys[place - 1],) if place else ())

    def action_graph_rater(self) -> None:
        """Both raters' scores, the citizen's, the caseworker's."""
        by = RATERS[(RATERS.index(self.choice.by) + 1) % len(RATERS)]
        self._choose(by=by)

    def action_zoom(self, way: int) -> None:
        """A shorter or a longer period, around the cursor."""
        zoom = self.choice.zoom + way
        if 0 <= zoom < len(graph_choice.ZOOMS):
            self._choose(zoom=zoom)

    def action_graph_around(self) -> None:
        """The scores before, during and after each activity."""
        if self.facts is not None:
            self.push(AroundScreen(self._whose, self.facts))

    def action_graph_note(self) -> None:
        """The note of the session under the cursor."""
        if self.chart.moment is not None:
            self.push(route.Note(self.chart.moment.session))


class AroundScreen(PageScreen):
    """Before, during and after each activity, in words."""

    def __init__(self, name: str, facts: GraphFacts) -> None:
        super().__init__()
        self._whose, self._facts = name, facts

    def on_mount(self) -> None:
        """The text."""
        self.title_line(_("Before and after activities: {name}").format(name=self._whose))
        self.page.show(graph_reading.around_lines(self._facts))
        self.page.focus()
