"""The lines above and below every screen: where one is, which keys work, and when the last change was saved."""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.keymap import types
from jobsamtale_tui.tui.commands.registry import BY_ID, keys_of, shown_key
from jobsamtale_tui.tui.look.privacy import OwnText, Unmasked, masked

BETWEEN = " · "
EDITING = frozenset({"delete", "backspace", "home", "end", "left", "right"})
"""Keys that a text field keeps for itself, beside those that write."""


class Bar(Unmasked, Widget):
    """One line that draws itself: a text to the left, one to the right that is kept whole."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $panel; color: $foreground; }
    Bar.title { background: $title-background; color: $title-foreground; text-style: bold; }
    Bar.keys { color: $dim; }
    Bar.warning { background: $warn-background; color: $warn-foreground; text-style: bold; }
    Bar.title:ansi, Bar.warning:ansi { text-style: bold reverse; }
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

    def _shown(self, text: str) -> str:
        line = texts.one_line(text)
        return masked(line) if getattr(self.app, "private", False) and not isinstance(text, OwnText) else line

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line as it stands on the screen."""
        style, width = self.visual_style.rich_style, self.size.width
        left_text, right_text = self._shown(self._left), self._shown(self._right)
        mark = getattr(self.app, "title_mark", "") if self.has_class("title") else ""
        right_text = " · ".join(filter(None, (right_text, mark)))
        if self.has_class("keys"):
            left_text = fitted(left_text, self.size.width - 2)
        return _line(left_text, right_text, width, style)


class StatusBar(Bar):
    """The status line. To the left what could not be saved, else what has just been said, which goes at the next key;
    to the right who else is here, and whether what is typed is kept. Where there is no room for all, what could not be
    saved goes before who is here, that before `writing` or `saved`, and that before what was said."""

    trouble = presence = kept = message = standing = ""
    warning = False
    """The message says that something went wrong: it goes before all but trouble."""

    def put(self, **parts: str | bool) -> None:
        """Show other parts: `trouble`, `presence`, `kept`, `message`, `warning`; `standing` where nothing is said."""
        if any(getattr(self, name) != value for name, value in parts.items()):
            for name, value in parts.items():
                setattr(self, name, value)
            self.set_class(bool(self.trouble or (self.warning and self.message)), "warning")
            self.refresh()

    @property
    def text(self) -> str:
        """All parts, for tests and screen readers."""
        return " ".join(filter(None, (self.trouble, self.message or self.standing, self.presence, self.kept)))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The parts that there is room for."""
        style, width = self.visual_style.rich_style, self.size.width
        first, message = self.trouble, self.message or self.standing
        if self.warning and self.message and not first:
            first, message = message, ""
        left, right = self._shown(first), ""
        for part in (self.presence, self.kept):
            more = BETWEEN.join(filter(None, (right, self._shown(part))))
            if part and cell_len(left) + cell_len(more) + SPACE <= width:
                right = more
        said = self._shown(message)
        if said and cell_len(left) + cell_len(right) + SPACE + LEAST <= width:
            left = BETWEEN.join(filter(None, (left, said)))
        return _line(left, right, width, style, " ! " if self.has_class("warning") and left else " ")


SPACE = 5
"""Cells around and between what stands on the status line."""
LEAST = 12
"""Cells that a message needs at least; it is cut to what there is."""


def _line(left: str, right: str, width: int, style: Style, sign: str = " ") -> Strip:
    right = f" {right} " if right else ""
    room = max(0, width - cell_len(right))
    if cell_len(sign + left) > room > len(sign) + 1:
        left = chop_cells(left, room - len(sign) - 1)[0].rstrip() + "…"
    strip = Strip([Segment(sign + left, style)])
    return Strip.join([strip.adjust_cell_length(room, style), Strip([Segment(right, style)])])


def fitted(line: str, width: int) -> str:
    """The key line for a narrow window: whole keys alone, help among them, and `…` for those left out."""
    parts = line.split(BETWEEN)
    if len(line) <= width or len(parts) < 2:
        return line
    help_word = " " + _(BY_ID["help"].short)
    last = next((part for part in parts if part.endswith(help_word)), parts[-1])
    kept: list[str] = []
    for part in (part for part in parts if part != last):
        if len(BETWEEN.join([*kept, part, "…", last])) > width:
            break
        kept.append(part)
    return BETWEEN.join([*kept, "…", last])


def key_line(commands: Iterable[str], keymap: Mapping[str, str], *, typing: bool = False) -> str:
    """`n samtale · g graf · …` for the commands that have a short word; while one is `typing`, the keys that a text
    field leaves to the screen, and no others."""
    parts = []
    for name in commands:
        command = BY_ID[name]
        keys = [key for key in keys_of(command, keymap) if not (typing and (types(key) or key in EDITING))]
        if command.short and keys:
            shown = "0–9" if name in ("score.set", "graph.pick") else shown_key(keys[0])
            parts.append(f"{shown} {_(command.short)}")
    return OwnText(BETWEEN.join(parts))
