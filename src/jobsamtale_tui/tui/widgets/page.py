"""A long text to read: draws itself line by line, so that hundreds of notes open at once; searched as vi does."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.port import Keyboard
from jobsamtale_tui.tui.look.privacy import OwnText, Unmasked, masked

Paragraph = tuple[str, str]
"""A line of the text as it was written, and how it looks: `""`, `heading`, `mark`, `dim`, or plain and `named`."""
NAMED, COLUMN = "named", 25
"""The look of a line with a name before its text, and where that text begins: as far is what goes on indented."""
Row = tuple[int, int, int, int]
"""A line on the screen: which paragraph, from where to where in it, and how far it is indented."""


def wrapped(number: int, text: str, width: int, begins: int = 0) -> list[Row]:
    """A paragraph as lines of at most `width` cells; what goes on is indented as far as its first line's text, which
    begins at `begins` where that is told."""
    begins = begins or len(text) - len(text.lstrip(" "))
    if text[begins : begins + 2] in ("- ", "· "):
        begins += 2
    indent = min(begins, width // 2)
    rows: list[Row] = []
    start, room, inset = 0, width, 0
    while len(text) - start > room:
        cut = text.rfind(" ", start + 1, start + room + 1)
        end = cut if cut > start + (begins if not rows else 0) else start + room
        rows.append((number, start, end, inset))
        start = end + 1 if end == cut else end
        room, inset = max(1, width - indent), indent
    rows.append((number, start, len(text), inset))
    return rows


class Page(Unmasked, ScrollView, can_focus=True):
    """The text, and what is searched for in it: each hit bold and underlined, the one that one is at reversed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--heading", "page--mark", "page--dim", "page--hit", "page--at"}
    DEFAULT_CSS = """
    Page { height: 1fr; padding: 0 2; background: $background; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
      overflow-x: hidden; }
    Page:focus { background: $background; }
    Page > .page--heading { text-style: bold; color: $text-primary; }
    Page > .page--mark { text-style: bold; color: $text-warning; }
    Page > .page--dim { color: $dim; }
    Page > .page--hit { text-style: bold underline; }
    Page > .page--at { text-style: bold reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("cursor.move", "move(-1)", "move(1)"),
        *bind_pair("cursor.page", "page(-1)", "page(1)"),
        bind("cursor.first", "end(False)"),
        bind("cursor.last", "end(True)"),
        Binding("space", "page(1)", show=False),
        bind("read.find"),
        bind("read.next", "read_go(1)"),
        bind("read.previous", "read_go(-1)"),
    ]

    def __init__(self, *, id: str | None = "page") -> None:  # noqa: A002
        super().__init__(id=id)
        self.paragraphs: list[Paragraph] = []
        self.wanted = ""
        self.hits: list[tuple[int, int, int]] = []
        """Where what is searched for stands: paragraph, from, to."""
        self.at: int | None = None
        self._rows: list[Row] = []
        self._by_paragraph: dict[int, list[int]] = {}
        self._hits_of: dict[int, list[int]] = {}
        self._typed, self._began = "", 0
        self._sized = False
        self._wish: int | None = None

    # What it shows

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Shows a text; what people typed in it is shown and never read as anything else."""
        self.paragraphs = [
            (shown if not isinstance(line, OwnText) else OwnText(shown), look)
            for line, look in paragraphs
            for shown in (texts.shown(line).replace("\t", "    "),)
        ]
        self._wrap()
        if self.wanted:
            self.mark([self.wanted])

    @property
    def text(self) -> str:
        """The whole text, for copying and tests."""
        return "\n".join(line for line, _look in self.paragraphs)

    def _wrap(self) -> None:
        width = max(20, self.scrollable_content_region.width)
        self._rows, self._by_paragraph = [], {}
        for number, (line, look) in enumerate(self.paragraphs):
            first = len(self._rows)
            self._rows += _fitted(number, line, width, COLUMN if look == NAMED else 0)
            self._by_paragraph[number] = list(range(first, len(self._rows)))
        self.virtual_size = Size(width, max(1, len(self._rows)))
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Broken into lines anew; what stood at the top stays there."""
        at = self._rows[min(round(self.scroll_y), len(self._rows) - 1)][0] if self._rows else 0
        self._wrap()
        if at:
            self._to(self._by_paragraph[at][0])
        self._sized = True
        wish, self._wish = self._wish, None
        if wish is not None and wish < len(self.hits):
            self.go(wish)

    # Moving

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def _to(self, row: float) -> None:
        self.scroll_to(y=max(0, row), animate=False, force=True, immediate=True)

    def action_move(self, way: int) -> None:
        """A line up or down."""
        self._to(self.scroll_y + way)

    def action_page(self, way: int) -> None:
        """A page up or down; a line stays in view."""
        self._to(self.scroll_y + way * max(1, self._height - 1))

    def action_end(self, last: bool) -> None:
        """To the beginning or the end."""
        self._to(len(self._rows) if last else 0)

    def render_line(self, y: int) -> Strip:
        """One line as it stands on the screen."""
        place, width, base = y + round(self.scroll_y), self.size.width, self.visual_style.rich_style
        if place >= len(self._rows):
            return Strip.blank(width, base)
        number, start, end, inset = self._rows[place]
        line, look = self.paragraphs[number]
        plain = look in ("", NAMED)
        style = base if plain else base + self.get_component_rich_style(f"page--{look}", partial=True)
        hidden = bool(getattr(self.app, "private", False)) and not isinstance(line, OwnText)
        pieces = [Segment(" " * inset, base)]
        for text, own in self._pieces(number, start, end):
            pieces.append(Segment(masked(text) if hidden else text, style + own))
        return Strip(pieces).adjust_cell_length(width, base)

    def _pieces(self, number: int, start: int, end: int) -> Iterable[tuple[str, Style]]:
        line, last = self.paragraphs[number][0], start
        for place in self._hits_of.get(number, ()):
            _number, begins, ends = self.hits[place]
            if ends <= start or begins >= end:
                continue
            begins, ends = max(begins, start), min(ends, end)
            look = "page--at" if place == self.at else "page--hit"
            yield str(line[last:begins]), Style()
            yield str(line[begins:ends]), self.get_component_rich_style(look, partial=True)
            last = ends
        yield str(line[last:end]), Style()

    # Searching

    def mark(self, words: Sequence[str], *, anywhere: bool = True) -> int:
        """Marks where the words stand and returns how many places that are: `anywhere`, or as the search finds them."""
        lowered = [texts.lowered(word) for word in words if word]
        patterns = [texts.anywhere(word) if anywhere else texts.pattern(word) for word in lowered]
        self.hits = [
            (number, start, end)
            for number, (line, _look) in enumerate(self.paragraphs)
            for start, end in (texts.places(line, patterns) if patterns else ())
        ]
        self._hits_of = {}
        for place, (number, _start, _end) in enumerate(self.hits):
            self._hits_of.setdefault(number, []).append(place)
        self.at = None
        self.refresh()
        return len(self.hits)

    def go(self, place: int) -> None:
        """To one of the hits; it comes into view."""
        self.at = place
        if not self._sized:
            self._wish = place
            return
        row = self._row_of(place)
        if not self.scroll_y <= row < self.scroll_y + self._height:
            self._to(row - self._height // 3)
        self.refresh()

    def _row_of(self, place: int) -> int:
        number, start, _end = self.hits[place]
        rows = self._by_paragraph[number]
        return next((row for row in reversed(rows) if self._rows[row][1] <= start), rows[0])

    def first_in_view(self) -> int | None:
        """The first hit from the top of the window on; the very first where none comes after."""
        if not self.hits:
            return None
        return next((place for place in range(len(self.hits)) if self._row_of(place) >= self.scroll_y), 0)

    def action_read_find(self) -> None:
        """Searches the text; the next keys are what is searched for."""
        self._typed, self._began = "", round(self.scroll_y)
        self._app.key_interceptor = self._take
        self._app.say("/  – " + _("type what to find; enter stays, esc goes back"))

    def action_read_go(self, way: int) -> None:
        """To the next place that was searched for, or the one before; past the end it begins again."""
        if not self.hits:
            self._app.say(_("Press / first, and type what to find"))
            return
        start = self.at if self.at is not None else (self.first_in_view() or 0) - way
        place = (start + way) % len(self.hits)
        past = self.at is not None and (place - self.at) * way <= 0
        self.go(place)
        self._tell(begun_again=past)

    def _tell(self, *, begun_again: bool = False) -> None:
        said = _("/{text} – {number} of {count}") if self.wanted else _("{number} of {count}")
        again = _(" – begun again from the other end") if begun_again else ""
        self._app.say(said.format(text=self.wanted, number=(self.at or 0) + 1, count=len(self.hits)) + again)

    @property
    def _app(self) -> Keyboard:
        return cast("Keyboard", self.app)

    def _take(self, event: events.Key | events.Paste) -> bool:
        if self.app.focused is not self:
            self._app.key_interceptor = None
            return False
        if isinstance(event, events.Paste):
            self._type(self._typed + " ".join(texts.typed(event.text).split()))
        elif event.key == "escape":
            self._app.key_interceptor = None
            self.wanted = ""
            self.mark([])
            self._to(self._began)
            self._app.say("")
        elif event.key == "enter":
            self._app.key_interceptor = None
            self._stay()
        elif event.key == "backspace":
            self._type(self._typed[:-1])
        elif event.is_printable and event.character:
            self._type(self._typed + event.character)
        return True

    def _stay(self) -> None:
        if not self._typed:
            self.action_read_go(1)
        elif not self.hits:
            self._app.say(_("»{text}« does not stand here").format(text=self.wanted), warning=True)
        else:
            self._tell()

    def _type(self, text: str) -> None:
        self._typed = self.wanted = text
        self._to(self._began)
        self.mark([text] if text else [])
        place = self.first_in_view()
        if place is not None:
            self.go(place)
        self._app.say(f"/{text}" + ("" if place is not None or not text else "  – " + _("that does not stand here")))


def _fitted(number: int, line: str, width: int, begins: int = 0) -> list[Row]:
    """As `wrapped`; a line with wide characters is broken where it would not fit."""
    from rich.cells import cell_len

    rows = wrapped(number, line, width, begins)
    narrow = width
    while narrow > 4 and any(cell_len(line[start:end]) + inset > width for _n, start, end, inset in rows):
        narrow = narrow * 3 // 4
        rows = wrapped(number, line, narrow, begins)
    return rows
