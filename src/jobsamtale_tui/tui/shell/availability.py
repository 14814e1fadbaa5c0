"""Why a command is not possible now, in a sentence; the palette shows it beside the command and says it when chosen."""

from collections.abc import Callable
from typing import Any, Protocol

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.port import Storage
from jobsamtale_tui.tui.commands.registry import BY_ID, FIELDS, LISTS

BY_KEYS = (LISTS, FIELDS)
"""Places whose commands are keys on what has the focus; the palette names them and does nothing."""


class Commanded(Protocol):
    """A screen, as far as its commands go."""

    @property
    def shell(self) -> Storage:
        """The app, which may be read-only."""

    def palette_action(self, command: str) -> Callable[[], Any] | None:
        """What the palette does for a command here; None where it does not apply."""

    def why_not(self, command: str) -> str | None:
        """Why a command of this screen is not possible now; None where it is."""


def why_not(screen: Commanded, command: str) -> str | None:
    """The reason, or None where the command can be done on this screen now."""
    entry = BY_ID[command]
    if entry.changes and screen.shell.database.read_only:
        return _("The app was started with --read-only: nothing can be changed")
    if entry.where in BY_KEYS or entry.fixed:
        return _("A key of its own place: {where}").format(where=_(entry.where))
    if screen.palette_action(command) is None:
        return _("Not on this screen: {where}").format(where=_(entry.where))
    return screen.why_not(command)
