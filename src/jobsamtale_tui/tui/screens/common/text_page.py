"""What screens with a long text share: a page that is searched, the keys of notes, and steps copied for the plan."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from jobsamtale_tui.casework.facts import plans
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import NOTE
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.clipboard import copy
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.page import Page, Paragraph


def paragraphs(text: str) -> list[Paragraph]:
    """A note's text as paragraphs: its title and headings (a line underlined by `=` or `-`) stand out."""
    lines = text.split("\n")
    found: list[Paragraph] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        under = after.strip()
        headed = bool(line.strip()) and len(under) > 1 and set(under) in ({"="}, {"-"})
        found.append((line, "heading" if headed else ""))
    return found


class PageScreen(BaseScreen):
    """A long text in the whole window."""

    where = (NOTE,)
    shows: ClassVar[tuple[str, ...]] = ("read.find",)

    def body(self) -> ComposeResult:
        """The text."""
        yield Page()

    @property
    def page(self) -> Page:
        """The text."""
        return self.query_one(Page)

    def reading(self) -> str:
        """The text as it stands."""
        return self.page.text


class StepsKeys(BaseScreen):
    """A screen about one citizen, whose open steps can be copied."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("steps.copy")]

    @property
    def whose_steps(self) -> str | None:
        """The citizen's key; None where there is none."""
        raise NotImplementedError

    def action_steps_copy(self) -> None:
        """Copies the open steps, headed by the name of her plan; the status line says where they lie as a file too."""
        citizen = reads.citizen(self.connection, self.whose_steps or "")
        text = plans.steps_text(self.connection, citizen) if citizen else ""
        if text:
            self.status(OwnText(copy(self.shell, text)))
        else:
            self.status(OwnText(_("There are no open steps to copy")))
