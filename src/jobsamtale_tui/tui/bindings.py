"""Textual's bindings, made from the registry of commands."""

from textual.binding import Binding

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import BY_ID


def bind(command: str, action: str | None = None, *, keys: str | None = None, priority: bool = False) -> Binding:
    """The binding of a command to `action` (its id with underscores by default), on all its keys or on `keys`."""
    entry = BY_ID[command]
    return Binding(
        keys or ",".join(entry.keys),
        action or command.replace(".", "_"),
        _(entry.label),
        id=command,
        show=False,
        priority=priority,
    )
