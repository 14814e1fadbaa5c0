"""The app's commands, each once: id, keys, label, where. Footer, palette, help, `jobsamtale keys` and docs read this.

Nothing of the app is imported here: the command line prints the list without starting it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import N_, _

EVERYWHERE, HOME, CITIZEN, SESSION = N_("everywhere"), N_("home"), N_("citizen"), N_("session")
PREPARE, OPEN, CONDUCT, CLOSE = N_("preparation"), N_("opening"), N_("conducting"), N_("closing")
LISTS, FIELDS, SCALE, NOTE = N_("lists"), N_("text fields"), N_("scale form"), N_("note and graph")


@dataclass(frozen=True, slots=True)
class Command:
    """What the app can do on a key. `label` and `where` are translated where they are shown."""

    id: str
    keys: tuple[str, ...]
    label: str
    where: str
    short: str = ""
    """The word beside the key on the key line; empty: not there."""


DIGITS = tuple("1234567890")

COMMANDS: tuple[Command, ...] = (
    Command("help", ("question_mark", "f1"), N_("Help: the keys that work here"), EVERYWHERE, N_("help")),
    Command("palette", ("ctrl+p",), N_("Find a command by name"), EVERYWHERE, N_("commands")),
    Command("quit", ("q", "ctrl+q"), N_("Leave the app; all is saved"), EVERYWHERE, N_("leave")),
    Command(
        "back",
        ("escape",),
        N_("Leave the text field, then the screen; nothing is discarded"),
        EVERYWHERE,
        N_("back"),
    ),
    Command("find", ("slash",), N_("Find a citizen by name, key or case key"), HOME, N_("find")),
    Command("citizen.open", ("enter",), N_("Open the citizen"), HOME, N_("show")),
    Command("session.start", ("n",), N_("Begin the session, or go on with the open one"), CITIZEN, N_("session")),
    Command("session.show", ("enter",), N_("Read the session's note, or open it"), CITIZEN, N_("read")),
    Command("graph", ("g",), N_("The progress graph, large"), CITIZEN, N_("graph")),
    Command("phase.next", ("greater_than_sign", "f6"), N_("The next phase"), SESSION, N_("next phase")),
    Command("phase.previous", ("less_than_sign",), N_("The phase before"), SESSION),
    Command("phase.1", ("f2",), N_("Go to preparation"), SESSION),
    Command("phase.2", ("f3",), N_("Go to opening"), SESSION),
    Command("phase.3", ("f4",), N_("Go to conducting"), SESSION),
    Command("phase.4", ("f5",), N_("Go to closing"), SESSION),
    Command(
        "session.complete",
        ("c", "f9"),
        N_("See what is missing and the finished note, and complete"),
        SESSION,
        N_("complete"),
    ),
    Command("undo", ("u",), N_("Undo the last change"), SESSION, N_("undo")),
    Command("redo", ("U",), N_("Redo what was undone"), SESSION),
    Command("agenda.add", ("a",), N_("To the agenda's new line"), OPEN, N_("new item")),
    Command("agenda.toggle", ("space",), N_("Possible, agreed, dropped"), OPEN, N_("agree/drop")),
    Command("agenda.by", ("b",), N_("The citizen's item or the caseworker's"), OPEN, N_("whose")),
    Command("agenda.edit", ("e",), N_("Change the item's wording"), OPEN),
    Command("agenda.remove", ("delete",), N_("Remove the item"), OPEN),
    Command("agenda.done", ("space",), N_("The item is done, on to the next"), CONDUCT, N_("done")),
    Command("agenda.conclude", ("enter",), N_("Write the item's conclusion"), CONDUCT, N_("conclusion")),
    Command("go.scale", ("s",), N_("To the scale form"), CONDUCT, N_("scales")),
    Command("go.agenda", ("d",), N_("To the agenda"), CONDUCT, N_("agenda")),
    Command(
        "score.set",
        DIGITS,
        N_("Score: that number; 0 is ten where the scale has no 0; end the highest, home the lowest"),
        SCALE,
        N_("score"),
    ),
    Command("score.move", ("left", "right", "h", "l"), N_("Score one lower or higher"), SCALE),
    Command("score.highest", ("end",), N_("Score the highest"), SCALE),
    Command("score.lowest", ("home",), N_("Score the lowest"), SCALE),
    Command("score.clear", ("backspace",), N_("Clear the score"), SCALE),
    Command(
        "score.remark",
        ("enter",),
        N_("Write the remark; enter again keeps it and goes on"),
        SCALE,
        N_("remark"),
    ),
    Command("score.rater", ("r",), N_("The citizen's score or the caseworker's"), SCALE, N_("whose")),
    Command("step.add", ("a",), N_("To the steps' new line"), CLOSE, N_("new step")),
    Command(
        "step.who",
        ("b",),
        N_("Whose step it is: the citizen's, the caseworker's, another's"),
        CLOSE,
        N_("whose"),
    ),
    Command("step.edit", ("e",), N_("Change the step"), CLOSE),
    Command("step.remove", ("delete",), N_("Remove the step"), CLOSE),
    Command("cursor.move", ("up", "down", "k", "j"), N_("Up and down"), LISTS),
    Command("cursor.ends", ("home", "end", "G"), N_("First and last"), LISTS),
    Command("cursor.page", ("pageup", "pagedown"), N_("A page up or down"), LISTS),
    Command("field.next", ("tab", "shift+tab"), N_("The next field, the one before"), FIELDS),
    Command("field.editor", ("ctrl+e",), N_("Write the text in your own editor ($EDITOR)"), FIELDS),
    Command("session.confirm", ("enter",), N_("Complete the session"), NOTE),
)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "space": N_("space"),
    "escape": "esc",
    "question": "?",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def shown_key(key: str) -> str:
    """A key as people read it: `?`, `F9`, `ctrl+p`."""
    if key in _SHOWN:
        return _(_SHOWN[key])
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key


def documents(keys: Mapping[str, str]) -> list[dict[str, object]]:
    """The list that `jobsamtale keys --format json` gives: id, keys, label, where (English), with remapped keys."""
    return [
        {
            "id": command.id,
            "keys": list(_keys(command, keys)),
            "label": command.label,
            "where": command.where,
        }
        for command in COMMANDS
    ]


def _keys(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    own = keymap.get(command.id)
    return tuple(key.strip() for key in own.split(",")) if own else command.keys


def checked_keymap(keymap: Mapping[str, str]) -> Mapping[str, str]:
    """The `[keys]` of the configuration; an unknown id or two commands on one key in one place raise UsageError."""
    for name in keymap:
        if name not in BY_ID:
            raise UsageError(_("[keys] names an unknown command: {name}").format(name=name), _("See jobsamtale keys"))
    taken: dict[tuple[str, str], str] = {}
    for command in COMMANDS:
        for key in _keys(command, keymap):
            other = taken.setdefault((command.where, key), command.id)
            if other != command.id and (command.id in keymap or other in keymap):
                raise UsageError(
                    _("[keys] puts {one} and {other} on the same key {key}").format(
                        one=other, other=command.id, key=key
                    ),
                    _("Choose another key for one of them"),
                )
    return keymap
