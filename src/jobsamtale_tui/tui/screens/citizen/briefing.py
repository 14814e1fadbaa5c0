"""The whole briefing before a session, in the window: for a colleague who takes over, too."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, texts
from jobsamtale_tui.documents.briefing.briefing import sections_of
from jobsamtale_tui.documents.briefing.briefing_forms import text
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.output_files import Folder
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.port import Printing
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.briefing_request import ask, asked
from jobsamtale_tui.tui.screens.common.print_keys import printed
from jobsamtale_tui.tui.screens.common.text_page import PageScreen, StepsKeys
from jobsamtale_tui.tui.widgets.page import Paragraph

if TYPE_CHECKING:
    from datetime import datetime

    from jobsamtale_tui.documents.briefing.briefing import Briefing
    from jobsamtale_tui.editing.outcomes import BackgroundResult


class BriefingScreen(PageScreen, StepsKeys):
    """Section by section, then why each proposal is made."""

    shows = ("read.find", "steps.copy", "briefing.print")
    BINDINGS: ClassVar[list[BindingType]] = [bind("briefing.print", "print_briefing")]

    def __init__(self, citizen: str, before: "datetime | None" = None) -> None:
        super().__init__()
        self.key, self._before = citizen, before
        self._made: Briefing | None = None

    @property
    def whose_steps(self) -> str:
        """The one whom it is about."""
        return self.key

    def on_mount(self) -> None:
        """Asks for it."""
        self.page.focus()
        ask(self.shell, self.key, self._before)

    def ready(self, message: "BackgroundResult") -> None:
        """The briefing has come."""
        if message.what != asked(self.key, self._before):
            return
        if message.result is None:
            self.dismiss()
            return

        made: Briefing = message.result
        self._made = made
        day = dates.short_day(made.facts.on)
        self.title_line(_("Briefing: {name}").format(name=texts.one_line(made.facts.citizen.name)), OwnText(day))
        found: list[Paragraph] = []
        for section in sections_of(made):
            found += [("", ""), (OwnText(section.title), "heading")]
            found += [(f"  {entry}", "") for entry in section.entries]
        if made.proposals:
            found += [("", ""), (OwnText(_("Why it is proposed")), "heading")]
        for one in made.proposals:
            found += [(f"  ○ {texts.one_line(one.topic)}", ""), (f"    {one.because}", "dim")]
        self.page.show(found[1:])
        if made.warning:
            self.status(made.warning, warning=True)

    def action_print_briefing(self) -> None:
        """Makes a file of all that stands here, and has it printed where a printer is set."""
        made, app = self._made, self.shell
        if made is not None:
            self.app.run_worker(printed(app, lambda: _written(app, made)), group="print")


def _written(app: Printing, made: "Briefing") -> Path:
    """The briefing as a text file. Raises RefusedError where it cannot be written."""
    path = Folder(app.files).place(f"overblik-{made.facts.citizen.key}", "txt")
    try:
        write_own(path, text(made, height=None) + "\n")
    except OSError as error:
        why = error.strerror or str(error)
        raise RefusedError(_("{path} cannot be written: {why}").format(path=path, why=why)) from None
    return path
