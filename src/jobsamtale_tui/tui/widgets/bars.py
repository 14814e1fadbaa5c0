"""The lines above and below every screen: where one is, which keys work, and when the last change was saved."""

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import BY_ID, shown_key


class Bar(Widget):
    """One line that draws itself: a text to the left, one to the right that is kept whole."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $panel; color: $text; }
    Bar.title { background: $primary-background; text-style: bold; }
    Bar.keys { color: $text-muted; }
    Bar.warning { background: $warning-muted; color: $text-warning; }
    """

    def __init__(self, left: str = "", right: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._left, self._right = left, right

    def show(self, left: str | None = None, right: str | None = None) -> None:
        """Shows new texts; nothing is sent where they are the same."""
        before = self._left, self._right
        if left is not None:
            self._left = left
        if right is not None:
            self._right = right
        if (self._left, self._right) != before:
            self.refresh()

    @property
    def text(self) -> str:
        """Both texts, for tests and screen readers."""
        return f"{self._left} {self._right}".strip()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line as it stands on the screen."""
        style, width = self.rich_style, self.size.width
        right = f" {texts.one_line(self._right)} " if self._right else ""
        left = Strip([Segment(f" {texts.one_line(self._left)}", style)])
        return Strip.join([left.adjust_cell_length(max(0, width - len(right)), style), Strip([Segment(right, style)])])


def key_line(commands: Iterable[str], keymap: Mapping[str, str]) -> str:
    """`n samtale · g graf · …` for the commands that have a short word."""
    parts = []
    for name in commands:
        command = BY_ID[name]
        if command.short:
            key = keymap[name].split(",")[0].strip() if name in keymap else command.keys[0]
            shown = "0–9" if name == "score.set" else shown_key(key)
            parts.append(f"{shown} {_(command.short)}")
    return " · ".join(parts)
