"""Only the cells that changed are sent to the terminal: a key takes tens of bytes of the line, not thousands.

Textual sends every widget that changed as a whole. Its compositor hands each update to `App._display` as lines of
styled text; here they are compared, cell by cell, with what the terminal already shows, and what differs is sent with
the shortest moves and colour changes. The setting `cell_diff` turns it off. The driver forgets what is shown when it
takes the terminal over and when the window gets another size: then everything is sent.

A terminal and Rich may count the width of rare characters differently. A piece of a line that has one is therefore sent
as a whole when anything in it has changed, as Textual does, and what stands to the right of it counts as unknown.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS, Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.app import App

    from jobsamtale_tui.tui.terminal.unix_driver import UnixDriver

BRIDGE = 4
"""So many cells that are unchanged are sent again rather than jumped over: the jump costs as much."""
SURE = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2030-\u205e"
    "\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff\u270e\u2713\u2717]*"
)
"""Texts whose characters take one cell each in every terminal."""
_FLAGS = {
    "bold": ("1", "22"),
    "dim": ("2", "22"),
    "italic": ("3", "23"),
    "underline": ("4", "24"),
    "blink": ("5", "25"),
    "blink2": ("6", "25"),
    "reverse": ("7", "27"),
    "conceal": ("8", "28"),
    "strike": ("9", "29"),
    "underline2": ("21", "24"),
    "frame": ("51", "54"),
    "encircle": ("52", "54"),
    "overline": ("53", "55"),
}
"""Rich's attributes, and the codes that put them on and off."""
_OFF = dict(_FLAGS.values())
_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""What shows on a blank too."""


class CellStyle(NamedTuple):
    """How a cell looks, in the terminal's codes. No ink: a blank, whose ink does not matter."""

    flags: frozenset[str]
    ink: str
    paper: str


PLAIN = CellStyle(frozenset(), "39", "49")
Cells = tuple[list[str], list[CellStyle | None]]
"""The signs and the looks of cells. Of a piece that is sent as a whole the first has all the text, the others none."""


@lru_cache(4096)
def look(style: Style | None, system: ColorSystem) -> CellStyle:
    """How a style comes out on a terminal with so many colours."""
    if style is None:
        return PLAIN
    flags = frozenset(on for name, (on, _off) in _FLAGS.items() if getattr(style, name))
    ink, paper = style.color, style.bgcolor
    return CellStyle(
        flags,
        ";".join(ink.downgrade(system).get_ansi_codes()) if ink else PLAIN.ink,
        ";".join(paper.downgrade(system).get_ansi_codes(foreground=False)) if paper else PLAIN.paper,
    )


@lru_cache(4096)
def _blank(seen: CellStyle) -> CellStyle:
    return seen if seen.flags & _ON_BLANKS else CellStyle(frozenset(), "", seen.paper)


@lru_cache(4096)
def _codes(old: CellStyle, new: CellStyle) -> str:
    if new == PLAIN:
        return "" if old == PLAIN else "\x1b[m"
    off = {_OFF[flag] for flag in old.flags - new.flags}
    kept = {flag for flag in old.flags if _OFF[flag] not in off}
    codes = [*sorted(off), *sorted(new.flags - kept)]
    codes += [now for before, now in ((old.ink, new.ink), (old.paper, new.paper)) if before != now]
    return f"\x1b[{';'.join(codes)}m" if codes else ""


class AnsiWriter:
    """Writes runs of cells and remembers place and look, so that it says neither twice."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._look = PLAIN
        self._at: tuple[int, int] | None = None

    def go(self, y: int, x: int) -> None:
        """Goes to a cell."""
        if self._at == (y, x):
            return
        if self._at is not None and self._at[0] == y and self._at[1] < x:
            self.out.append(f"\x1b[{x - self._at[1]}C")
        else:
            self.out.append(f"\x1b[{y + 1};{x + 1}H")
        self._at = (y, x)

    def write(self, text: str, seen: CellStyle, *, width: int | None) -> None:
        """Writes where it stands; without a width it no longer knows where that is."""
        if not seen.ink:
            seen = CellStyle(self._look.flags - _ON_BLANKS, self._look.ink, seen.paper)
        self.out += (_codes(self._look, seen), text)
        self._look = seen
        self._at = (self._at[0], self._at[1] + width) if self._at and width is not None else None

    def lift(self) -> str:
        """All that was written; the terminal's own look is left behind."""
        return "".join((*self.out, _codes(self._look, PLAIN)))


class ScreenBuffer:
    """What the terminal shows, row by row."""

    def __init__(self) -> None:
        self._rows: dict[int, Cells] = {}
        self._size: Size | None = None

    def forget(self, *, until_whole: bool = False) -> None:
        """Nothing is known of the terminal any more: all will be sent. With `until_whole` nor is what comes before
        the next whole screen relied on: it may be made for a size that the terminal no longer has.
        """
        self._rows.clear()
        self._size = Size(0, 0) if until_whole else None

    def fit(self, size: Size) -> None:
        """The screen is of this size now; what was shown at another is not relied on."""
        if self._size is not None and size != self._size:
            self.forget()
        self._size = size

    def paint(self, pen: AnsiWriter, y: int, x: int, strip: Strip, system: ColorSystem) -> None:
        """Has `pen` write what of a piece of a line is not yet shown."""
        segments = [segment for segment in strip if segment.text and not segment.control]
        if not segments:
            return
        cells = _cells(segments, system)
        end = x + (len(cells[0]) if cells else strip.cell_length)
        signs, looks = self._rows.setdefault(y, ([], []))
        if len(signs) < end:
            looks += [None] * (end - len(signs))
            signs += [""] * (end - len(signs))
        if cells is None:
            self._paint_whole(pen, (y, x, end), segments, system)
        elif signs[x:end] != cells[0] or looks[x:end] != cells[1]:
            for start, stop in _runs((signs[x:end], looks[x:end]), cells):
                pen.go(y, x + start)
                at = start
                for seen, alike in groupby(cells[1][start:stop]):
                    width = len(list(alike))
                    pen.write("".join(cells[0][at : at + width]), seen or PLAIN, width=width)
                    at += width
            signs[x:end], looks[x:end] = cells

    def _paint_whole(
        self, pen: AnsiWriter, place: tuple[int, int, int], segments: list[Segment], system: ColorSystem
    ) -> None:
        y, x, end = place
        signs, looks = self._rows[y]
        pieces = [(segment.text, look(segment.style, system)) for segment in segments]
        text = "".join(f"{text}\0{seen}\0" for text, seen in pieces)
        whole = [text, *[""] * (end - x - 1)]
        if signs[x:end] == whole:
            return
        pen.go(y, x)
        for part, seen in pieces:
            pen.write(part, seen, width=None)
        signs[x:], looks[x:] = whole, [None] * len(whole)


def _cells(segments: list[Segment], system: ColorSystem) -> Cells | None:
    """The cells of a piece of a line; None where a character's width is not sure."""
    signs: list[str] = []
    looks: list[CellStyle | None] = []
    for text, style, _control in segments:
        if SURE.fullmatch(text) is None:
            return None
        signs += text
        seen = look(style, system)
        looks += [_blank(seen) if text.isspace() else seen] * len(text)
    return signs, looks


def _runs(old: Cells, new: Cells) -> Iterator[tuple[int, int]]:
    """The runs of cells that differ; those with little between them, which looks the same, are one."""
    looks = new[1]
    start = end = -1
    for place, (was, sign, looked, seen) in enumerate(zip(old[0], new[0], old[1], looks, strict=True)):
        if was == sign and (looked is seen or looked == seen):
            continue
        if start < 0:
            start = place
        elif place > end and (place - end > BRIDGE or any(one != seen for one in looks[end - 1 : place])):
            yield start, end
            start = place
        end = place + 1
    if start >= 0:
        yield start, end


class ChangedCells(CompositorUpdate):
    """An update of Textual's, sent as what differs from what the terminal shows."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: ScreenBuffer) -> None:
        self.update = update
        self.shown = shown

    def render_segments(self, console: Console) -> str:
        """What goes to the terminal."""
        system = COLOR_SYSTEMS.get(console.color_system or "", ColorSystem.TRUECOLOR)
        if isinstance(self.update, LayoutUpdate):
            self.shown.fit(self.update.region.size)
        pen = AnsiWriter()
        for y, x, strip in _pieces(self.update):
            self.shown.paint(pen, y, x, strip, system)
        return pen.lift()


def _pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of lines that an update is made of, with row and column."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for piece in line:
                yield y, x, piece
                x += piece.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < last and end > first:
                yield y, x, strip if end <= last else strip.crop(0, last - x)


if TYPE_CHECKING:
    _App = App[int]
    _Driver = UnixDriver
else:
    _App = _Driver = object


class DiffingDriverMixin(_Driver):
    """The part of a driver that knows what its terminal shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = ScreenBuffer()

    def start_application_mode(self) -> None:
        """Takes the terminal over, at the start and after every suspension: whatever it showed is gone."""
        self.shown.forget()
        super().start_application_mode()

    def draw_anew(self) -> None:
        """All is sent again."""
        self.shown.forget(until_whole=True)
        super().draw_anew()


class CellDiffMixin(_App):
    """The app's part that sends changed cells alone, where its driver knows what is shown."""

    cell_diff = True
    """Off: everything is sent, as Textual does."""

    @property
    def _shown(self) -> ScreenBuffer | None:
        return self._driver.shown if self.cell_diff and isinstance(self._driver, DiffingDriverMixin) else None

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        shown = self._shown
        if shown is not None and isinstance(renderable, (LayoutUpdate, ChopsUpdate)):
            super()._display(screen, ChangedCells(renderable, shown))  # type: ignore[arg-type]
        else:
            super()._display(screen, renderable)
