"""The `[keys]` of the configuration: keys as people write them, conflicts by name, and what Textual is told.

Nothing of Textual is imported here: the command line checks and prints the keys without starting the app.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations

from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.registry import (
    ABOUT,
    BY_ID,
    CITIZEN,
    CLOSE,
    COMMANDS,
    CONDUCT,
    EVERYWHERE,
    FIELDS,
    GRAPH,
    LISTS,
    NOTE,
    OPEN,
    PREPARE,
    PROPOSALS,
    SCALE,
    SESSION,
    SHARED,
    SHOWN,
    Command,
    keys_of,
    shown_key,
)

MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
NAMED = (
    *("escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
    *("up", "down", "left", "right", *(f"f{number}" for number in range(1, 25))),
)
ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "control": "ctrl",
}
_PUNCTUATION = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
DISCOURAGED = frozenset(
    {
        *("ctrl+a", "ctrl+b", "ctrl+s"),
        *("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"),
        *("left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket"),
        *("backslash", "at"),
    }
)
"""tmux and screen take the first three; the next four are Backspace, Tab and Enter; the rest need AltGr."""
NONE = "no_key_"
"""How a key begins that no keyboard has; each binding without one has its own."""
ALWAYS = ":always"
SECOND = ":second"
SPLIT = ("quit", "palette", "rows.next", "rows.previous")
"""Commands whose keys that type nothing go further: into text fields, over what the screen has on a letter."""

_TOGETHER = frozenset({(FIELDS, LISTS), (FIELDS, SCALE)})
"""Places that one is never in at once, though each is a part of many others."""
_PARTS = (EVERYWHERE, LISTS, FIELDS)
_PHASES = frozenset({PREPARE, PROPOSALS, OPEN, CONDUCT, CLOSE, SCALE})
_ABOUT = _PHASES | {CITIZEN, SESSION, GRAPH, NOTE, SHARED}


def key_named(text: str) -> str:
    """The key that people call `?`, `F7`, `Ctrl+K` or `esc`, as Textual calls it. Raises UsageError."""
    written = text.strip() or text[:1]
    *modifiers, key = [written] if len(written) == 1 else _parts(written)
    modifiers = [ALIASES.get(one.lower(), one.lower()) for one in modifiers]
    name = _key(key, bool(modifiers))
    if name is None or any(one not in MODIFIERS for one in modifiers):
        near = difflib.get_close_matches(written.lower(), [*NAMED, *ALIASES], 1)
        raise UsageError(
            _("[keys] names an unknown key: {key}").format(key=written),
            _("Did you mean {near}?").format(near=near[0])
            if near
            else _("Write keys as jobsamtale keys shows them: n, ?, f7, ctrl+k"),
        )
    if modifiers == ["shift"] and len(name) == 1:
        return name.upper()
    return "+".join([*(one for one in MODIFIERS if one in modifiers), name])


def _parts(written: str) -> list[str]:
    if written.startswith("^") and len(written) == 2:
        return ["ctrl", written[1]]
    for mark in "+-":
        if mark in written[:-1]:
            *modifiers, key = written[:-1].split(mark)
            return [*modifiers, key + written[-1]]
    return [written]


def _key(key: str, modified: bool) -> str | None:
    if len(key) == 1:
        shown = _by_word()
        if key in shown and not key.isalnum():
            return shown[key]
        if not key.isprintable():
            return None
        return _character(key.lower() if modified else key)
    name = key.lower()
    name = _by_word().get(name, ALIASES.get(name, name))
    if name in NAMED or name in _punctuation():
        return name
    return None


def _by_word() -> dict[str, str]:
    """The keys by what `jobsamtale keys` calls them, the first where two are called the same."""
    return {_(word).lower(): name for name, word in reversed(SHOWN.items())}


def _character(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _PUNCTUATION.get(name, name) or character


def _punctuation() -> set[str]:
    return {_character(chr(code)) for code in range(0x20, 0x7F) if not chr(code).isalnum()} | {"section_sign"}


def types(key: str) -> bool:
    """Whether the key puts a character into a text field."""
    return "+" not in key and (len(key) == 1 or key in _punctuation())


def together(one: str, other: str) -> bool:
    """Whether keys of two places can be meant at once: everywhere, session and phase; a list and its screen."""
    if one == other:
        return True
    if (one, other) in _TOGETHER or (other, one) in _TOGETHER:
        return False
    if one in _PARTS or other in _PARTS:
        return True
    pair = {one, other}
    if ABOUT in pair:
        return bool(pair & _ABOUT)
    return pair in ({CONDUCT, SCALE}, {SHARED, SCALE}, {PREPARE, OPEN}) or (SESSION in pair and bool(pair & _PHASES))


def checked_keymap(keymap: Mapping[str, str]) -> Mapping[str, str]:
    """The `[keys]` of the configuration with the keys as Textual calls them, comma between.

    Raises UsageError for an unknown command or key, one that is fixed, and two commands on one key that can be meant at
    once (keys that they share without a configuration stay as they are).
    """
    checked = {name: ",".join(_checked(name, keys)) for name, keys in keymap.items()}
    for one, other in combinations(COMMANDS, 2):
        if (one.id in checked or other.id in checked) and together(one.where, other.where):
            for key in keys_of(one, checked):
                if key in keys_of(other, checked) and not (key in one.keys and key in other.keys):
                    raise _conflict(one, other, key)
    return checked


def _checked(name: str, written: str) -> Iterator[str]:
    command = BY_ID.get(name)
    if command is None:
        near = difflib.get_close_matches(name, BY_ID, 1)
        raise UsageError(
            _("[keys] names an unknown command: {name}").format(name=name),
            _("Did you mean {near}?").format(near=near[0]) if near else _("See jobsamtale keys"),
        )
    if command.fixed:
        raise UsageError(_("[keys] cannot move {name}: its keys are what they say").format(name=name))
    parts = [written.strip()] if written.strip() == "," else written.split(",")
    keys = list(dict.fromkeys(key_named(part) for part in parts if part))
    if not keys:
        raise UsageError(_("[keys] gives {name} no key").format(name=name), _("Write one, such as f7"))
    if command.pairs and len(keys) % 2:
        raise UsageError(
            _("[keys] must give {name} its keys in pairs, there and back").format(name=name),
            _("As it is: {keys}").format(keys=", ".join(command.keys)),
        )
    if command.where == FIELDS and any(types(key) for key in keys):
        raise UsageError(
            _("[keys] puts {name} on a key that types a letter, and it works in text fields").format(name=name),
            _("Choose a key with ctrl, or a function key"),
        )
    yield from keys


def _conflict(one: Command, other: Command, key: str) -> UsageError:
    return UsageError(
        _("[keys] puts {one} and {other} on the same key {key}").format(one=one.id, other=other.id, key=shown_key(key)),
        _("Choose another key for one of them"),
    )


def for_textual(keymap: Mapping[str, str]) -> dict[str, str]:
    """A checked keymap by the ids of the bindings: a pair has two, and so has what must work in fields too."""
    told: dict[str, str] = {}
    for name in keymap:
        told.update(binding_keys(BY_ID[name], keys_of(BY_ID[name], keymap)))
    return told


def binding_keys(command: Command, keys: tuple[str, ...]) -> dict[str, str]:
    """The ids of a command's bindings and the keys of each."""
    if command.pairs:
        parts = {command.id: keys[0::2], command.id + SECOND: keys[1::2]}
    elif command.id in SPLIT:
        parts = {
            command.id: tuple(key for key in keys if types(key)),
            command.id + ALWAYS: tuple(key for key in keys if not types(key)),
        }
    else:
        parts = {command.id: keys}
    return {name: ",".join(part) or NONE + name for name, part in parts.items()}


def discouraged(keymap: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Command and key for every key in force that a terminal, tmux or a keyboard is likely to keep for itself."""
    for command in COMMANDS:
        for key in keys_of(command, keymap):
            if key in DISCOURAGED:
                yield command.id, key
