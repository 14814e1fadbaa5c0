"""Textual's bindings, made from the registry of commands."""

from textual.binding import Binding, BindingType

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.keymap import ALWAYS, SECOND, binding_keys
from jobsamtale_tui.tui.commands.registry import BY_ID


def bind(
    command: str,
    action: str | None = None,
    *,
    keys: str | None = None,
    priority: bool = False,
    second: bool = False,
) -> Binding:
    """The binding of a command to `action` (its id with underscores by default), on its keys or on `keys`.

    Of a command whose keys come in pairs the first of each, or with `second` the other.
    """
    entry = BY_ID[command]
    name = command + SECOND if second else command
    return Binding(
        keys or binding_keys(entry, entry.keys)[name],
        action or command.replace(".", "_"),
        _(entry.label),
        id=name,
        show=False,
        priority=priority,
    )


def bind_pair(command: str, there: str, back: str) -> list[BindingType]:
    """Both bindings of a command whose keys come in pairs."""
    return [bind(command, there), bind(command, back, second=True)]


def bind_split(command: str, action: str, always: str | None = None, *, priority: bool = False) -> list[BindingType]:
    """The bindings of a command whose keys that type nothing go further (`keymap.SPLIT`): `always` is their action."""
    entry = BY_ID[command]
    keys = binding_keys(entry, entry.keys)
    other = Binding(
        keys[command + ALWAYS],
        always or action,
        _(entry.label),
        id=command + ALWAYS,
        show=False,
        priority=priority,
    )
    return [bind(command, action, keys=keys[command]), other]
