"""A text in the user's own editor: $VISUAL, $EDITOR or vi.

The file is the user's alone, in the user's own folder, and lives until the field has taken what is in it: an editor
that fails, or leaves what cannot be read, costs nothing.
"""

import os
import secrets
import shlex
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

from textual.app import App, SuspendNotSupported

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.tui.commands.port import Clipboard
from jobsamtale_tui.tui.widgets.fields import LineField, TextField

FOLDER = "editor"
LOOK_UP_SECONDS = 5.0
"""A signal may reach another thread, and is acted on in this one when it is not deep in waiting."""


class Lender(Protocol):
    """A screen whose terminal is lent to an editor."""

    @property
    def app(self) -> App[Any]:
        """The app, which stands still meanwhile."""

    @property
    def shell(self) -> Clipboard:
        """The same, with the user's own folder."""

    def keep(self) -> None:
        """Keeps what stands in the fields."""


def edit_field(screen: Lender, field: TextField | LineField) -> tuple[str, bool]:
    """Opens the field's text in the editor and puts it back; a sentence for the status line, and if it is a warning."""
    before = field.value
    screen.keep()
    path = screen.shell.files / FOLDER / f"tekst-{secrets.token_hex(4)}.txt"
    try:
        write_own(path, before + "\n" if before else "")
        name = _run(screen, path)
    except EditorError as failure:
        return _rescued(path, before, str(failure)), True
    except OSError as error:
        why = error.strerror or type(error).__name__
        return _("The text could not be handed to an editor ({why}); the field is as it was").format(why=why), True
    text = _read(path)
    if text is None:
        return _rescued(path, before, _("{name} left no text that can be read").format(name=name)), True
    if isinstance(field, LineField) and not field.breaks:
        text = " ".join(text.split())
    if text == before:
        path.unlink(missing_ok=True)
        return _("{name} changed nothing").format(name=name), False
    field.value = text
    field.go_to_end()
    screen.keep()
    path.unlink(missing_ok=True)
    return _("The text from {name} stands in the field").format(name=name), False


class EditorError(Exception):
    """The editor could not be started or did not end well: why, in a part of a sentence."""


def _run(screen: Lender, path: Path) -> str:
    """Runs the editor on the file while the app waits; the editor's name."""
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(told)
    except ValueError:
        command = []
    if not command:
        raise EditorError(_("$EDITOR is not a command: {told}").format(told=texts.shortened(told, 40)))
    name = Path(command[0]).name
    try:
        with screen.app.suspend():
            code = _wait_for([*command, str(path)])
    except SuspendNotSupported:
        raise EditorError(_("This terminal cannot be lent to an editor")) from None
    if code is None:
        why = _("{name} could not be started: set EDITOR to an editor that is there")
        raise EditorError(why.format(name=name))
    if code:
        raise EditorError(_("{name} ended with an error ({code})").format(name=name, code=code))
    return name


def _wait_for(command: list[str]) -> int | None:
    """Runs the editor; its exit code, None where it cannot be started. Raises nothing: the terminal must come back.

    Ctrl+C and Ctrl+\\ in its terminal are the editor's alone. A hang-up and an end come to this process when it leads
    the session, and are handed on: the app cannot act on them before the editor is gone.
    """
    try:
        editor = subprocess.Popen(command)  # noqa: S603 - the user's own editor
    except OSError:
        return None

    def pass_by(_number: int, _frame: FrameType | None) -> None:
        """Nothing: the editor got it too."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        editor.send_signal(number)

    handlers = {signal.SIGINT: pass_by, signal.SIGQUIT: pass_by, signal.SIGHUP: hand_on, signal.SIGTERM: hand_on}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return editor.wait(timeout=LOOK_UP_SECONDS)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _read(path: Path) -> str | None:
    try:
        return texts.typed(path.read_text(encoding="utf-8-sig")).rstrip("\n")
    except (OSError, UnicodeDecodeError):
        return None


def _rescued(path: Path, before: str, why: str) -> str:
    """The sentence for a failure. The file stays, and is named, where it has something that the field has not."""
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""
    if not raw.strip() or raw.strip() == before.strip().encode("utf-8"):
        path.unlink(missing_ok=True)
        return _("{why}. The field is as it was.").format(why=why)
    return _("{why}. The field is as it was; what was written is in {path}").format(why=why, path=path)
