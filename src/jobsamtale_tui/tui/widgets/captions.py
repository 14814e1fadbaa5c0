"""The program's own words on a screen: headings, hints and captions. They show while names and texts are hidden."""

from textual.widgets import Label, Static

from jobsamtale_tui.tui.look.privacy import Unmasked


class Heading(Unmasked, Static):
    """What comes below."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, classes="heading", markup=False)


class Hint(Unmasked, Static):
    """A sentence that helps."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(text, id=id, classes="hint", markup=False)


class Caption(Unmasked, Label):
    """The name of a field beside it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, markup=False)
