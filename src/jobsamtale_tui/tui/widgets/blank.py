"""A box for other widgets with nothing of its own to show."""

from typing import ClassVar

from textual.containers import Vertical


class Blank(Vertical):
    """Textual draws every widget below a changed cell line by line; of this one it need not. No border is drawn."""

    BLANK: ClassVar[bool] = True
