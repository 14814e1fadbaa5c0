"""`[keys]`: every command can be moved, keys are taken as people write them, conflicts are named."""

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from tests.tui.driving import driving
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

import jobsamtale_tui.tui
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.tui.commands.keymap import (
    DISCOURAGED,
    NONE,
    checked_keymap,
    discouraged,
    for_textual,
    key_named,
    together,
    types,
)
from jobsamtale_tui.tui.commands.registry import BY_ID, COMMANDS, FIELDS


def own_classes() -> Iterator[type[DOMNode]]:
    """Every screen and widget of ours, and the app."""
    package = jobsamtale_tui.tui
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
    waiting = [DOMNode]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith(package.__name__):
                yield one


def own_bindings() -> list[tuple[str, Binding]]:
    return [
        (one.__name__, binding)
        for one in own_classes()
        for binding in one.__dict__.get("BINDINGS", [])
        if isinstance(binding, Binding)
    ]


def test_every_command_is_bound_by_its_id_so_that_it_can_be_moved() -> None:
    bound = {(binding.id or "").partition(":")[0] for _name, binding in own_bindings()}
    assert [command.id for command in COMMANDS if command.id not in bound and not command.fixed] == []
    assert bound - {""} <= set(BY_ID)


def test_no_key_of_ours_is_out_of_reach_of_the_configuration() -> None:
    spoken_for = {
        "ctrl+c",  # to some it copies, to others it ends the program: it says what to press
        "space",  # a page on in a text, the next choice in a form
        "backspace,delete",  # no choice, in a form
    }
    nameless = [(name, binding.key) for name, binding in own_bindings() if not binding.id]
    assert [found for found in nameless if found[1] not in spoken_for] == []


def test_the_keys_of_the_registry_are_those_that_are_bound() -> None:
    for name, binding in own_bindings():
        if binding.id and "." in binding.id:
            command = BY_ID[binding.id.partition(":")[0]]
            assert set(binding.key.split(",")) <= {*command.keys, NONE + binding.id}, (name, binding.id)


def test_defaults_keep_off_the_keys_that_terminals_and_keyboards_keep() -> None:
    assert list(discouraged({})) == []


def test_defaults_share_a_key_only_where_the_nearer_one_is_meant() -> None:
    near = {"cursor", "rows", "form", "score", "field"}
    for one, other in combinations(COMMANDS, 2):
        if set(one.keys) & set(other.keys) and together(one.where, other.where):
            nouns = {one.id.partition(".")[0], other.id.partition(".")[0]}
            assert nouns & near or nouns in ({"group"}, {"go"}), (one.id, other.id)


def test_what_works_in_text_fields_types_nothing() -> None:
    for command in COMMANDS:
        if command.where == FIELDS:
            assert not any(types(key) for key in command.keys), command.id


@pytest.mark.parametrize("code", [*range(0x20, 0x7F), *map(ord, "æøåÆØÅ§½")])
def test_a_character_is_called_what_textual_calls_it(code: int) -> None:
    assert key_named(chr(code)) == _character_to_key(chr(code))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("F7", "f7"),
        ("Ctrl+K", "ctrl+k"),
        ("ctrl-k", "ctrl+k"),
        ("^K", "ctrl+k"),
        ("esc", "escape"),
        ("PgDn", "pagedown"),
        ("Return", "enter"),
        ("shift+n", "N"),
        ("shift+tab", "shift+tab"),
        ("↑", "up"),
        ("space", "space"),
        ("ctrl++", "ctrl+plus"),
        ("question_mark", "question_mark"),
    ],
)
def test_keys_are_taken_as_people_write_them(written: str, key: str) -> None:
    assert key_named(written) == key


@pytest.mark.parametrize("written", ["ctlr+k", "F77", "hest", "ctrl+hest", "\x07"])
def test_a_key_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="unknown key"):
        key_named(written)


def test_several_keys_a_comma_between_and_the_comma_itself() -> None:
    assert checked_keymap({"graph": "g, F11"}) == {"graph": "g,f11"}
    assert checked_keymap({"graph": ","}) == {"graph": "comma"}


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"phase.nxt": "x"}, r"unknown command: phase.nxt. Did you mean phase.next\?"),
        ({"graph": ""}, "gives graph no key"),
        ({"score.set": "x"}, "cannot move score.set"),
        ({"cursor.move": "up,down,k"}, "in pairs"),
        ({"field.editor": "e"}, "types a letter"),
        ({"session.start": "g"}, "session.start and graph on the same key g"),
        ({"undo": "q"}, "quit and undo on the same key q"),
        ({"agenda.by": "u"}, "undo and agenda.by on the same key u"),
        ({"go.scale": "r"}, "go.scale and score.rater on the same key r"),
        ({"find": "j"}, "find and cursor.move on the same key j"),
        ({"help": "f2"}, r"help and phase.1 on the same key F2"),
        ({"graph": "4", "go.agenda": "4"}, "go.agenda and score.set on the same key 4"),
    ],
)
def test_what_cannot_be_is_said_with_the_names(keymap: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        checked_keymap(keymap)


def test_the_same_key_in_places_that_are_never_together_is_no_conflict() -> None:
    assert checked_keymap({"graph": "z", "agenda.toggle": "d"}) == {"graph": "z", "agenda.toggle": "d"}
    assert checked_keymap({"citizen.open": "enter,o"})["citizen.open"] == "enter,o"


def test_keys_that_are_asked_for_and_bite_are_named() -> None:
    keymap = checked_keymap({"graph": "ctrl+b", "find": "["})
    assert set(discouraged(keymap)) == {("graph", "ctrl+b"), ("find", "left_square_bracket")}
    assert "ctrl+b" in DISCOURAGED


def test_textual_is_told_of_pairs_and_of_keys_that_reach_into_fields() -> None:
    told = for_textual(checked_keymap({"cursor.move": "up,down,æ,ø", "quit": "ctrl+g"}))
    assert told == {
        "cursor.move": "up,æ",
        "cursor.move:second": "down,ø",
        "quit": f"{NONE}quit",
        "quit:always": "ctrl+g",
    }


async def test_moved_keys_work_and_the_old_ones_do_not(db: Path) -> None:
    moved = {"session.start": "å", "phase.next": "z", "cursor.move": "ø,æ", "score.move": ";,:", "undo": "ctrl+g"}
    async with driving(db, keys=moved) as drive:
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter", "n")
        assert drive.where == "CitizenScreen"
        assert drive.keys.startswith("å ")
        await drive.press("æ")
        assert drive.widget("sessions").index == 1
        await drive.press("down", "ø")
        assert drive.widget("sessions").index == 0
        await drive.press("å")
        assert drive.where == "phase 1"
        await drive.press("escape", "z")
        assert drive.where == "phase 2"
        await drive.press("escape", ">")
        assert drive.where == "phase 2"
        await drive.press("f4", "s", "5", ":")
        assert [one.value for one in drive.session().scores] == [6]
        await drive.press("ctrl+g")
        assert [one.value for one in drive.session().scores] == [5]


async def test_two_commands_may_change_places(db: Path) -> None:
    async with driving(db, keys={"undo": "c", "session.complete": "u,f9"}) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "s", "5", "c")
        assert drive.session().scores == ()
        await drive.press("u")
        assert drive.where == "CompleteScreen"


async def test_a_letter_acts_only_outside_text_fields(db: Path) -> None:
    async with driving(db, keys={"palette": "æ", "privacy": "ø", "quit": "å", "jump": "z"}) as drive:
        await drive.press("/")
        await drive.type("åøæz")
        assert drive.widget("find").value == "åøæz"
        assert not drive.app.private
        await drive.press("escape", "æ")
        assert drive.where == "Palette"


async def test_help_and_palette_tell_the_keys_in_force(db: Path) -> None:
    async with driving(db, size=(100, 100), keys={"graph": "f11"}) as drive:
        await drive.press("?")
        line = next(line for line in drive.screen.splitlines() if "The progress graph, large" in line)
        assert line.split()[0] == "F11"
        await drive.press("escape", "ctrl+p")
        assert any("F11" in line and "The progress graph" in line for line in drive.screen.splitlines())


async def test_ctrl_q_can_be_moved_like_any_other(db: Path) -> None:
    async with driving(db, keys={"quit": "ctrl+g"}) as drive:
        await drive.press("ctrl+q", "q")
        assert drive.app.return_code is None
        await drive.press("/", "ctrl+g")
        assert drive.app._exit
