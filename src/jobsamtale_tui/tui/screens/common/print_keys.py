"""The keys that print: a file in the user's own folder (the citizen's page as PDF), and on to a printer where one is
set."""

import asyncio
import shlex
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from jobsamtale_tui import texts
from jobsamtale_tui.errors import JobsamtaleError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.output_files import Folder
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.port import Printing
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.screen import BaseScreen

if TYPE_CHECKING:
    from jobsamtale_tui.records import Citizen

SAVED_SECONDS = 5.0
"""How long changes may take that are on their way to the disk, so that they stand on the page."""
PRINTER_SECONDS = 60.0
"""How long the command that prints is waited for."""
_LOOK_SECONDS = 0.05
_SAID = 200
"""Characters of what a command says when it fails."""


class PrintKeys(BaseScreen):
    """A screen about one citizen, whose page can be printed."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("print", "print_page")]

    @property
    def whose_page(self) -> str | None:
        """The citizen's key; None where there is none."""
        raise NotImplementedError

    def action_print_page(self) -> None:
        """Makes the page and has it printed; the status line says what came of it, on whatever screen one is then."""
        citizen = reads.citizen(self.connection, self.whose_page or "")
        reason = self.why_not("print")
        if reason:
            self.status(OwnText(reason))
        elif citizen is not None:
            self.status(_("The page is being made …"))
            app = self.shell
            self.app.run_worker(printed(app, lambda: _make(app, citizen)), group="print")


async def printed(app: Printing, make: Callable[[], Path]) -> None:
    """Has the file made that `make` gives, in the background, and sent to the printer; the status line says what came
    of it, on whatever screen one is then. `make` may raise JobsamtaleError."""
    try:
        path = await asyncio.to_thread(make)
        said, warning = await _sent(app.settings.print_command, path), False
    except JobsamtaleError as error:
        said, warning = str(error), True
    screen = app.screen
    if isinstance(screen, BaseScreen):
        screen.status(said, warning=warning)


def _make(app: Printing, citizen: "Citizen") -> Path:
    """The page as a file, after all that was asked for is on disk. Raises RefusedError."""
    from jobsamtale_tui.casework.facts import citizen_page

    app.write_queue.flush(SAVED_SECONDS)
    with app.database.connected() as connection:
        facts = citizen_page.page_facts(connection, citizen)
    if facts.empty:
        raise RefusedError(
            _("There is nothing to print yet"), _("The page has scores, agreement, steps and the next session")
        )
    path = Folder(app.files).place(citizen.key, "pdf")
    citizen_page.write_pdf(citizen_page.pdf(facts), path)
    return path


async def _sent(command: str | None, path: Path) -> str:
    """Hands the file to the command that prints, without a shell, and takes it away once that has ended well.

    What there is to say. Raises RefusedError where the command fails; the file stays.
    """
    if not command:
        return _("The page is in {path}").format(path=path)
    arguments = _arguments(command, path)
    kept = _("The page is in {path}").format(path=path)
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command, and no shell
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise RefusedError(
            _("{command} cannot be run: {why}").format(command=arguments[0], why=error.strerror or error), kept
        ) from None
    for _look in range(int(PRINTER_SECONDS / _LOOK_SECONDS)):
        if process.poll() is not None:
            break
        await asyncio.sleep(_LOOK_SECONDS)
    else:
        return _("{command} has not ended yet.").format(command=arguments[0]) + " " + kept
    told = process.stderr.read(_SAID * 4).decode("utf-8", "replace") if process.stderr else ""
    if process.returncode != 0:
        why = texts.shortened(texts.without_cpr(told), _SAID) or str(process.returncode)
        raise RefusedError(_("{command} did not print: {why}").format(command=arguments[0], why=why), kept)
    with suppress(OSError):
        path.unlink()
    return _("The page was sent to the printer ({command})").format(command=arguments[0])


def _arguments(command: str, path: Path) -> list[str]:
    """The command's words with the file in place of `{file}`, or after them."""
    parts = shlex.split(command)
    if not any("{file}" in part for part in parts):
        parts.append("{file}")
    return [part.replace("{file}", str(path)) for part in parts]
