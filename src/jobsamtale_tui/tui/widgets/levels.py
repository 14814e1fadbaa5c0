"""Several numbers in one widget that draws itself: the quality of a session on three levels, the shares of three roles.

Both are lines of a form: `value` is a text, `3,2,,1` with blanks for what is not given.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.quality import LEVELS, STEP, Aspect, Role, shared
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.look.privacy import Unmasked

NAME = 20
BAR = 20


class LevelRows(Unmasked, Widget, can_focus=True):
    """Rows with a number each, under a cursor. Up from the first and down from the last leave it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"levels--dim", "levels--value", "levels--cursor"}
    DEFAULT_CSS = """
    LevelRows { background: $surface; }
    LevelRows:focus { background: $field-focus; }
    LevelRows > .levels--dim { color: $dim; }
    LevelRows > .levels--value { color: $accent; text-style: bold; }
    LevelRows > .levels--cursor { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("score.move", "step(-1)", "step(1)"),
        *bind_pair("cursor.move", "row(-1)", "row(1)"),
        bind("score.clear", "clear"),
        bind("form.next", "submit"),
    ]

    class Changed(Message):
        """A number was changed."""

        def __init__(self, rows: "LevelRows") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "LevelRows":
            """The line."""
            return self.rows

    class Submitted(Changed):
        """Enter was pressed on the last row."""

    def __init__(self, id: str, names: Sequence[str], value: str, below: int = 0) -> None:  # noqa: A002
        super().__init__(id=id)
        self.names = tuple(names)
        self.at = 0
        self.numbers: list[int | None] = [None] * len(self.names)
        self._read(value)
        self.styles.height = len(self.names) + below

    def _read(self, value: str) -> None:
        parts = value.split(",") if value else []
        for place in range(len(self.numbers)):
            part = parts[place] if place < len(parts) else ""
            self.numbers[place] = int(part) if part.isdecimal() else None

    @property
    def value(self) -> str:
        """The numbers with commas between; empty where none is given."""
        given = any(number is not None for number in self.numbers)
        return ",".join("" if number is None else str(number) for number in self.numbers) if given else ""

    @value.setter
    def value(self, value: str) -> None:
        before = self.value
        self._read(value)
        if self.value != before:
            self.refresh()
            self.post_message(self.Changed(self))

    def put(self, numbers: Sequence[int | None]) -> None:
        """These numbers stand there now."""
        if list(numbers) != self.numbers:
            self.numbers = list(numbers)
            self.refresh()
            self.post_message(self.Changed(self))

    def choose(self, digit: int) -> None:
        """A digit was pressed."""
        raise NotImplementedError

    def action_step(self, way: int) -> None:
        """One lower or higher."""
        raise NotImplementedError

    def action_clear(self) -> None:
        """The number under the cursor is not given."""
        raise NotImplementedError

    def action_row(self, way: int) -> None:
        """To the row above or below, and out of the widget at either end."""
        if 0 <= self.at + way < len(self.names):
            before, self.at = self.at, self.at + way
            below = range(len(self.names), self.size.height)
            self.refresh(*(Region(0, y, self.size.width, 1) for y in (before, self.at, *below)))
        else:
            self.screen.action_line(way)  # type: ignore[attr-defined]

    def action_submit(self) -> None:
        """The next row, and from the last one on to the next line."""
        if self.at < len(self.names) - 1:
            self.action_row(1)
        else:
            self.post_message(self.Submitted(self))

    def on_key(self, event: events.Key) -> None:
        """Digits choose."""
        if event.character is not None and event.character in "0123456789":
            self.choose(int(event.character))
            event.stop()
            event.prevent_default()

    def on_resize(self) -> None:
        """As high as the longest words below need in this width, so that nothing moves with the cursor."""
        height = len(self.names) + max(len(self.said(place)) for place in range(len(self.names)))
        if height != self.size.height:
            self.styles.height = height

    def on_focus(self) -> None:
        """The row under the cursor is shown reversed."""
        self.refresh()

    def on_blur(self) -> None:
        """No row is."""
        self.refresh()

    def look(self, name: str) -> Style:
        """A style of this widget's."""
        return self.visual_style.rich_style + self.get_component_rich_style(f"levels--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        """A row, or what stands below the rows."""
        pieces = self._row(y) if y < len(self.names) else self.below(y - len(self.names))
        return Strip(pieces).adjust_cell_length(self.size.width, self.visual_style.rich_style)

    def _row(self, place: int) -> list[Segment]:
        here = place == self.at and self.has_focus
        plain = self.look("cursor") if here else self.visual_style.rich_style
        name = texts.shortened(self.names[place], NAME)
        return [Segment("› " if here else "  ", plain), Segment(f"{name:<{NAME}} ", plain), *self.number(place)]

    def number(self, place: int) -> list[Segment]:
        """How a row's number looks."""
        raise NotImplementedError

    def _beside(self, taken: int) -> int:
        """The cells there are beside a number that takes so many."""
        return max(1, self.size.width - NAME - taken - 3)

    def said(self, place: int) -> list[tuple[str, bool]]:
        """The lines below the rows when the cursor is on that row, and whether each is of what is chosen."""
        raise NotImplementedError

    def below(self, y: int) -> list[Segment]:
        """What stands below the rows."""
        lines = self.said(self.at)
        line, chosen = lines[y] if y < len(lines) else ("", False)
        return [Segment(line, self.visual_style.rich_style if chosen else self.look("dim"))]


class QualityRows(LevelRows):
    """Six aspects on three levels; below them the words for the levels of the one under the cursor."""

    def __init__(self, id: str, aspects: Sequence[Aspect], value: str, language: str) -> None:  # noqa: A002
        super().__init__(id, [aspect.name.say(language) for aspect in aspects], value, LEVELS)
        self.words = [[level.say(language) for level in aspect.levels] for aspect in aspects]

    def choose(self, digit: int) -> None:
        """1, 2 or 3."""
        if 1 <= digit <= LEVELS:
            self.put([digit if place == self.at else number for place, number in enumerate(self.numbers)])

    def action_step(self, way: int) -> None:
        """One lower or higher; without a number it begins in the middle."""
        now = self.numbers[self.at]
        self.choose(2 if now is None else max(1, min(LEVELS, now + way)))

    def action_clear(self) -> None:
        """Not given."""
        self.put([None if place == self.at else number for place, number in enumerate(self.numbers)])

    def number(self, place: int) -> list[Segment]:
        """The three levels with the chosen one marked, and what it says."""
        now = self.numbers[place]
        dots = "  ".join(f"{level} {'●' if level == now else '○'}" for level in range(1, LEVELS + 1))
        said = texts.shortened(self.words[place][now - 1] if now else "", self._beside(len(dots) + 3))
        chosen = Segment(f"{dots}   ", self.look("value" if now else "dim"))
        return [chosen, Segment(said, self.look("dim"))]

    def said(self, place: int) -> list[tuple[str, bool]]:
        """The words for each level of an aspect, whole."""
        lines = []
        for level, words in enumerate(self.words[place], 1):
            chosen = self.numbers[place] == level
            before = f"  {'●' if chosen else ' '} {level}  "
            rows = wrap(texts.one_line(words), max(10, self.size.width - len(before)))
            lines += [(f"{'' if at else before:{len(before)}}{row}", chosen) for at, row in enumerate(rows)]
        return lines


class RoleRows(LevelRows):
    """Three roles that share a session: what one gains, the others give up."""

    def __init__(self, id: str, roles: Sequence[Role], value: str, language: str) -> None:  # noqa: A002
        super().__init__(id, [role.name.say(language) for role in roles], value)
        self.how = [role.how.say(language) for role in roles]

    @property
    def _shares(self) -> list[int] | None:
        given = [number for number in self.numbers if number is not None]
        return given if len(given) == len(self.numbers) else None

    def choose(self, digit: int) -> None:
        """So many tens of per cent."""
        self.put(shared(self._shares, self.at, digit * 10))

    def action_step(self, way: int) -> None:
        """A larger or a smaller share."""
        shares = self._shares
        now = (shares or shared(None, 0, 35))[self.at]
        self.put(shared(shares, self.at, now + (way * STEP if shares else 0)))

    def action_clear(self) -> None:
        """No balance is given."""
        self.put([None] * len(self.numbers))

    def number(self, place: int) -> list[Segment]:
        """A bar, and the per cent."""
        now = self.numbers[place]
        full = round((now or 0) * BAR / 100)
        said = _("{share} %").format(share=now) if now is not None else "–"
        return [
            Segment("█" * full + "·" * (BAR - full), self.look("value" if now else "dim")),
            Segment(f" {said:>5}  ", self.look("value")),
            Segment("" if self._narrow else self.how[place], self.look("dim")),
        ]

    @property
    def _narrow(self) -> bool:
        """What a role is about stands below, where not all of them have room beside it."""
        return max(map(cell_len, self.how)) > self._beside(BAR + 8)

    def said(self, place: int) -> list[tuple[str, bool]]:
        """In a narrow window what the role is about."""
        if not self._narrow:
            return []
        rows = wrap(texts.one_line(self.how[place]), max(10, self.size.width - 2))
        return [(f"  {row}", False) for row in rows]
