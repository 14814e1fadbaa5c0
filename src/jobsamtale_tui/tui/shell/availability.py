"""Why a command is not possible now, in a sentence; the palette shows it beside the command and says it when chosen."""

from typing import TYPE_CHECKING

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.registry import BY_ID, FIELDS, LISTS

if TYPE_CHECKING:
    from jobsamtale_tui.tui.shell.screen import BaseScreen

BY_KEYS = (LISTS, FIELDS)
"""Places whose commands are keys on what has the focus; the palette names them and does nothing."""


def why_not(screen: "BaseScreen", command: str) -> str | None:
    """The reason, or None where the command can be done on this screen now."""
    entry = BY_ID[command]
    if entry.changes and screen.the_app.database.read_only:
        return _("The app was started with --read-only: nothing can be changed")
    if entry.where in BY_KEYS or entry.fixed:
        return _("A key of its own place: {where}").format(where=_(entry.where))
    if screen.palette_action(command) is None:
        return _("Not on this screen: {where}").format(where=_(entry.where))
    return screen.why_not(command)
