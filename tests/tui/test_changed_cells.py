"""Changed cells alone are sent, and the terminal shows the same as if all had been."""

from collections.abc import Iterable
from io import StringIO
from itertools import pairwise
from typing import Any

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Label

from jobsamtale_tui.tui.terminal.cell_diff import SURE, CellDiffMixin, ChangedCells, ScreenBuffer

WIDTH, HEIGHT = 24, 4
CONSOLE = Console(file=StringIO(), force_terminal=True, color_system="truecolor", width=WIDTH)
STYLES = [
    None,
    *(Style.parse(look) for look in ("bold", "bold red", "red on blue", "on blue", "reverse", "dim italic")),
    *(Style.parse(look) for look in ("underline #102030 on #405060", "bold underline", "strike", "#102030 on #405060")),
]
SIGNS = ["a", "b", "æ", "─", "●", " ", "  ", "    ", "日", "e\u0301", "✓"]

pieces = st.lists(st.tuples(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8), st.sampled_from(STYLES)))


def strip_of(drawn: Iterable[tuple[list[str], Style | None]], width: int) -> Strip:
    """A piece of a line, `width` cells wide."""
    return Strip([Segment("".join(signs), style) for signs, style in drawn]).adjust_cell_length(width)


cuts = st.lists(st.integers(1, WIDTH - 1), max_size=3).map(lambda found: [0, *sorted(set(found)), WIDTH])


@st.composite
def updates(draw: st.DrawFn) -> CompositorUpdate:
    """A whole screen, or spans of some lines, as Textual's compositor makes them."""
    lines = [draw(cuts) for _ in range(HEIGHT)]
    chops = [{x: strip_of(draw(pieces), end - x) for x, end in pairwise(line)} for line in lines]
    if draw(st.booleans()):
        return LayoutUpdate([list(chop.values()) for chop in chops], Region(0, 0, WIDTH, HEIGHT))
    rows = sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1)))
    ends = {y: sorted(draw(st.sets(st.sampled_from(lines[y]), min_size=2, max_size=2))) for y in rows}
    spans = [(y, first, last) for y, (first, last) in ends.items()]
    return ChopsUpdate(chops, spans, [line[1:] for line in lines])


def seen(screen: pyte.Screen) -> list[list[Any]]:
    """What can be seen of each cell: the ink of a blank cannot."""
    return [
        [
            (cell.data, cell.bg, cell.reverse, cell.underscore, cell.strikethrough)
            + (() if cell.data == " " and not cell.reverse else (cell.fg, cell.bold, cell.italics))
            for cell in (screen.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(updates(), min_size=1, max_size=5), st.integers(0, 4))
def test_the_terminal_shows_the_same_as_if_all_were_sent(changes: list[CompositorUpdate], wiped: int) -> None:
    whole, changed = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    streams = pyte.Stream(whole), pyte.Stream(changed)
    for screen in (whole, changed):
        screen.reset_mode(7, private=True)
    shown = ScreenBuffer()
    for number, update in enumerate(changes):
        if number == wiped:
            shown.forget()
            for screen in (whole, changed):
                screen.erase_in_display(2)
        assert isinstance(update, (LayoutUpdate, ChopsUpdate))
        streams[0].feed(update.render_segments(CONSOLE).replace("\n", ""))
        streams[1].feed(ChangedCells(update, shown).render_segments(CONSOLE))
        assert seen(changed) == seen(whole)
        assert ChangedCells(update, shown).render_segments(CONSOLE) == ""


def test_a_letter_is_a_letter() -> None:
    shown = ScreenBuffer()
    style = Style.parse("#102030 on #405060")
    first, second = (
        LayoutUpdate([[Strip([Segment(name, style)])]], Region(0, 0, 12, 1))
        for name in ("Mette Holm  ", "Mette Holt  ")
    )
    assert "Mette Holm  " in ChangedCells(first, shown).render_segments(CONSOLE)
    sent = ChangedCells(second, shown).render_segments(CONSOLE)
    assert sent == "\x1b[1;10H\x1b[38;2;16;32;48;48;2;64;80;96mt\x1b[m"


def test_what_stands_to_the_right_of_a_rare_character_is_sent_again() -> None:
    """A terminal may count its width otherwise, and have written over it."""
    shown = ScreenBuffer()
    sent = [
        ChangedCells(
            LayoutUpdate([[Strip([Segment(text)]), Strip([Segment("right")])]], Region(0, 0, 9, 1)), shown
        ).render_segments(CONSOLE)
        for text in ("日  ", "本  ", "本  ", "x   ")
    ]
    assert ["right" in one for one in sent] == [True, True, False, False]
    assert sent[2] == ""


def test_a_cell_is_sure_to_be_one_wide() -> None:
    signs = [chr(number) for number in range(0x20, 0x10000) if SURE.fullmatch(chr(number))]
    assert len(signs) > 1000
    assert {sign for sign in signs if get_character_cell_size(sign) != 1} == set()
    assert [sign for sign in "æøåÆØÅéü–…•›·○●×✓◐✎▸◂↵│─┤" if not SURE.fullmatch(sign)] == []


class Small(CellDiffMixin, App[int]):
    """An app whose updates are kept."""

    sent: list[Any]

    def compose(self) -> ComposeResult:
        yield Label("before", id="label")

    def _display(self, screen: Any, renderable: Any) -> None:
        self.sent.append(renderable)
        super()._display(screen, renderable)


async def test_textual_still_hands_its_updates_over() -> None:
    """What is leaned on: `App._display` gets a LayoutUpdate or ChopsUpdate, whose parts are where they were."""
    app = Small()
    app.sent = []
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        assert any(isinstance(update, LayoutUpdate) for update in app.sent)
        shown, screen = ScreenBuffer(), pyte.Screen(20, 3)
        stream = pyte.Stream(screen)
        stream.feed(ChangedCells(app.screen._compositor.render_full_update(), shown).render_segments(CONSOLE))
        assert screen.display[0].startswith("before")
        app.sent.clear()
        app.query_one("#label", Label).update("beside")
        await pilot.pause()
        (update,) = (one for one in app.sent if isinstance(one, ChopsUpdate))
        sent = ChangedCells(update, shown).render_segments(CONSOLE)
        stream.feed(sent)
        assert screen.display[0].startswith("beside")
        assert "be" not in sent
