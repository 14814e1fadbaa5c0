"""Keys below a list that have no room on the key line, whole keys alone on each line."""

from collections.abc import Iterable
from typing import cast

from rich.cells import cell_len

from jobsamtale_tui.tui.commands.port import Voice
from jobsamtale_tui.tui.widgets.bars import BETWEEN, key_line
from jobsamtale_tui.tui.widgets.captions import Hint


class KeyHint(Hint):
    """What these commands' keys are and do, as many to a line as there is room for."""

    def __init__(self, commands: Iterable[str]) -> None:
        super().__init__()
        self._commands = tuple(commands)

    def on_resize(self) -> None:
        """Another width, other lines."""
        keys = cast("Voice", self.app).keys
        lines = [""]
        for part in key_line(self._commands, keys).split(BETWEEN):
            longer = f"{lines[-1]}{BETWEEN}{part}" if lines[-1] else part
            if cell_len(longer) > self.content_size.width and lines[-1]:
                lines.append(part)
            else:
                lines[-1] = longer
        self.update("\n".join(lines))
