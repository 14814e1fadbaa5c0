"""The guide beside a phase: it draws itself, never takes the focus, and what has been done ticks itself."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.guide_place import GuidePlace
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import Unmasked

if TYPE_CHECKING:
    from jobsamtale_tui.reference.guide import Card, Guide

Piece = tuple[str, str]
"""A line and how it looks: `""`, `strong`, `good` or `dim`."""
Block = list[Piece]


class GuidePanel(Unmasked, Widget, can_focus=False):
    """The page of the guide that one is at."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"guide--strong", "guide--good", "guide--dim"}
    DEFAULT_CSS = """
    GuidePanel { dock: right; width: 40; height: 1fr; background: $background; display: none; }
    .-wide GuidePanel { width: 50; }
    GuidePanel.shown { display: block; }
    GuidePanel > .guide--strong { text-style: bold; }
    GuidePanel > .guide--good { color: $success; }
    GuidePanel > .guide--dim { color: $dim; }
    """

    def __init__(self, place: GuidePlace, guide: "Guide", language: str, hint: str) -> None:
        super().__init__(id="guide")
        self.place, self.guide, self.language, self.hint = place, guide, language, hint
        self._phase = 1
        self._done: Mapping[str, bool] = {}
        self._kind: Card | None = None
        self._lines: list[Piece] = []
        self._parts = 1

    @property
    def pages(self) -> int:
        """How many pages there are: the phase, the session's kind, the themes, the cards."""
        return 1 + len(self._cards)

    @property
    def _cards(self) -> tuple["Card", ...]:
        kind = (self._kind,) if self._kind else ()
        return (*kind, *self.guide.themes, *self.guide.cards)

    @property
    def text(self) -> str:
        """What it shows, for tests."""
        return "\n".join(text for text, _look in self._lines)

    def show(self, phase: int, done: Mapping[str, bool], kind: "Card | None" = None) -> None:
        """Shows where one is: the phase's actions with what has been done, or the page that one turned to. `kind` is
        the page of the session's kind."""
        if phase != self._phase or kind != self._kind:
            self.place.page = self.place.part = 0
        self._phase, self._done, self._kind = phase, done, kind
        self.set_class(self.place.shown, "shown")
        self._draw()

    def turn(self) -> None:
        """To the next part of the page, else to the next page; after the last card comes the phase again."""
        place = self.place
        place.part += 1
        if place.part >= self._parts:
            place.page, place.part = (place.page + 1) % self.pages, 0
        self._draw()

    def on_resize(self) -> None:
        """What fits has changed."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.size.width - 2, self.size.height - 3
        if width < 10 or height < 3:
            return
        title, blocks = self._page(width, height)
        parts = _parts(blocks, height)
        self._parts = len(parts)
        self.place.part = part = min(self.place.part, len(parts) - 1)
        if len(parts) > 1:
            title += f" ({part + 1}/{len(parts)})"
        lines: list[Piece] = [(title, "strong"), ("", ""), *parts[part]]
        lines += [("", "")] * (self.size.height - 1 - len(lines))
        lines.append((self.hint, "dim"))
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _page(self, width: int, height: int) -> tuple[str, list[Block]]:
        cards = self._cards
        self.place.page %= self.pages
        if self.place.page:
            card = cards[self.place.page - 1]
            return card.name.say(self.language), self._card(card, width)
        actions = self.guide.actions_of(self._phase)
        done = sum(1 for action in actions if self._done.get(action.key))
        title = _("{phase}: {done} of {count} done").format(
            phase=_(labels.PHASES[self._phase - 1]), done=done, count=len(actions)
        )
        return title, _aired([self._action(action, width) for action in actions], height)

    def _action(self, action: "Card", width: int) -> Block:
        """What is done is a line with a tick; what is not has its questions."""
        name = action.name.say(self.language)
        if self._done.get(action.key):
            return _wrapped(name, width, "✓ ", "good")
        block = _wrapped(name, width, "○ ", "strong")
        if action.how:
            block += _wrapped(action.how.say(self.language), width, "  ", "dim")
        return [*block, *self._questions(action, width)]

    def _card(self, card: "Card", width: int) -> list[Block]:
        blocks = [_wrapped(card.how.say(self.language), width, "", "dim")] if card.how else []
        blocks += [_wrapped(one.say(self.language), width, "· ", "") for one in card.advice]
        return [*blocks, *_each(self._questions(card, width))]

    def _questions(self, card: "Card", width: int) -> Block:
        return [line for one in card.questions for line in _wrapped(one.say(self.language), width, "– ", "")]

    def render_line(self, y: int) -> Strip:
        """A line of it behind its edge."""
        base, width = self.visual_style.rich_style, self.size.width
        text, look = self._lines[y] if y < len(self._lines) else ("", "")
        edge = Segment("│ ", base + self.get_component_rich_style("guide--dim", partial=True))
        style = base + self.get_component_rich_style(f"guide--{look}", partial=True) if look else base
        return Strip([edge, Segment(texts.shown(text), style)]).adjust_cell_length(width, base)


def _wrapped(text: str, width: int, mark: str, look: str) -> Block:
    lines = textwrap.wrap(texts.one_line(text), width, initial_indent=mark, subsequent_indent=" " * len(mark))
    return [(line, look) for line in lines]


def _each(lines: Block) -> list[Block]:
    """A block for each question, so that none is torn apart between two parts."""
    blocks: list[Block] = []
    for line in lines:
        if line[0].startswith("– ") or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _aired(blocks: list[Block], height: int) -> list[Block]:
    """The blocks with a line between them, where there is room for it."""
    if sum(map(len, blocks)) + len(blocks) - 1 > height:
        return blocks
    return [block if at == len(blocks) - 1 else [*block, ("", "")] for at, block in enumerate(blocks)]


def _parts(blocks: Sequence[Block], height: int) -> list[list[Piece]]:
    """The blocks dealt out on parts of at most `height` lines; one that is higher than that is cut."""
    parts: list[list[Piece]] = [[]]
    for whole in blocks:
        for at in range(0, len(whole), height):
            block = whole[at : at + height]
            if parts[-1] and len(parts[-1]) + len(block) > height:
                parts.append([])
            parts[-1] += block
    return parts
