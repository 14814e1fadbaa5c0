"""Help and palette come from the registry of commands; the contract's keys are bound where they are to work."""

from pathlib import Path

from tests.tui.driving import Drive, driving
from textual.binding import Binding

from jobsamtale_tui.tui.commands.registry import BY_ID, COMMANDS, shown_key


def bound(drive: Drive) -> dict[str, set[str]]:
    """Every id that is bound from the focus up to the app, with the keys that it is bound to."""
    found: dict[str, set[str]] = {}
    for _node, bindings in drive.app.screen._binding_chain:
        for key, several in bindings.key_to_bindings.items():
            for binding in several:
                assert isinstance(binding, Binding)
                if binding.id:
                    found.setdefault(binding.id, set()).add(key)
    return found


CONTRACT = {
    "help": "question_mark f1",
    "palette": "ctrl+p",
    "quit": "q ctrl+q",
    "back": "escape",
    "find": "slash",
    "citizen.new": "plus",
    "session.start": "n",
    "phase.next": "greater_than_sign f6",
    "phase.previous": "less_than_sign",
    "phase.1": "f2",
    "phase.2": "f3",
    "phase.3": "f4",
    "phase.4": "f5",
    "go.scale": "s",
    "go.agenda": "d",
    "agenda.add": "a",
    "step.add": "a",
    "agenda.toggle": "space",
    "agenda.done": "space",
    "agenda.conclude": "enter",
    "agenda.by": "b",
    "score.move": "left right h l",
    "score.remark": "enter",
    "score.rater": "r",
    "session.complete": "c f9",
    "undo": "u",
    "redo": "U",
}
"""The contract's commands and keys; digits, `end`, `home` and `backspace` are pressed in test_scores."""


async def test_the_contracts_keys_are_bound_where_they_work(db: Path) -> None:
    found: dict[str, set[str]] = {}
    async with driving(db) as drive:
        for first in (
            (),
            ("/",),
            ("escape", "/", *"ida", "enter"),
            ("n",),
            ("f3",),
            ("f4",),
            ("s",),
            ("f5", "escape"),
        ):
            await drive.press(*first)
            for name, bound_to in bound(drive).items():
                found.setdefault(name.partition(":")[0], set()).update(bound_to)
    assert {name: set(keys.split()) for name, keys in CONTRACT.items()} == {
        name: found.get(name, set()) & set(CONTRACT[name].split()) for name in CONTRACT
    }
    for name, keys in CONTRACT.items():
        assert set(keys.split()) <= set(BY_ID[name].keys), name


async def test_help_lists_the_keys_of_the_place_first(db: Path) -> None:
    async with driving(db, size=(170, 300)) as drive:
        await drive.press("?")
        assert drive.where == "HelpScreen"
        assert "Find a citizen by name, key or case key" in drive.screen
        without_a_key = next(line for line in drive.screen.splitlines() if "Make a unit" in line)
        assert without_a_key.split()[0] == "ctrl+p"
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        await drive.open_session("ida")
        await drive.press("f4", "s", "f1")
        shown = drive.screen
        words = " ".join(shown.split())  # long labels go on below
        for command in COMMANDS:
            assert command.label in words, command.id
        for name in ("score.remark", "agenda.done", "phase.next"):
            line = next(line for line in shown.splitlines() if BY_ID[name].label in line)
            assert all(shown_key(key) in line for key in BY_ID[name].keys), name
        assert shown.index(BY_ID["score.remark"].label) < shown.index(BY_ID["find"].label)
        await drive.press("escape")
        assert (drive.where, drive.at) == ("phase 3", "scale")


async def test_f1_helps_from_a_text_field_where_a_question_mark_is_text(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Hvad?")
        assert (drive.where, drive.widget("need").value) == ("phase 2", "Hvad?")
        await drive.press("f1")
        assert drive.where == "HelpScreen"
        await drive.press("escape")
        assert (drive.where, drive.at, drive.widget("need").value) == ("phase 2", "need", "Hvad?")


async def test_the_key_line_has_no_letters_while_one_writes(db: Path) -> None:
    in_a_list = "n session"
    async with driving(db, size=(170, 40)) as drive:
        assert in_a_list in drive.keys
        await drive.press("/")
        await drive.until(lambda: drive.keys.startswith("enter show · ctrl+p "))
        assert drive.keys.endswith(" · F1 help · esc back · ctrl+q leave")
        await drive.press("escape")
        await drive.until(lambda: in_a_list in drive.keys)
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.until(lambda: drive.keys.startswith("F6 next phase · F9 complete · "))
        assert "?" not in drive.keys
        await drive.press("f4", "s")
        await drive.until(lambda: drive.keys.startswith("0–9 score · enter remark · "))
        await drive.press("7", "enter")
        await drive.until(lambda: drive.keys.startswith("F6 next phase · "))


async def test_the_palette_finds_a_command_and_does_it(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("ctrl+p")
        await drive.type("conducting")
        await drive.until(lambda: "Go to conducting" in drive.screen)
        await drive.press("enter")
        await drive.until(lambda: drive.where == "phase 3")


async def test_letters_are_text_in_every_field(db: Path) -> None:
    letters = "qndsgcubrhjklUaeG/?<>+ 0123456789"
    async with driving(db) as drive:
        await drive.press("/")
        await drive.type(letters)
        assert drive.widget("find").value == letters
        assert drive.where == "HomeScreen"
        await drive.press("escape")
        await drive.open_session("mette")
        fields = {
            "f2": ("agenda-new", "preparation"),
            "f3": ("frame", "need"),
            "f5": ("step-what", "step-how", "step-when", "summary", "helped", "next-at", "next-reason", "theme"),
        }
        for phase, (key, names) in zip((1, 2, 4), fields.items(), strict=True):
            await drive.press(key)
            for name in names:
                drive.widget(name).focus()
                await drive.settle()
                await drive.type(letters)
                assert drive.widget(name).value == letters, name
                assert drive.where == f"phase {phase}"
                drive.widget(name).value = drive.widget(name).saved
        await drive.press("f4", "7", "enter")
        await drive.type(letters)
        assert drive.widget("entry").value == letters
        await drive.press("enter")
        assert drive.session().scores[0].remark == letters.strip()


async def test_keys_can_be_remapped(db: Path) -> None:
    async with driving(db, keys={"session.start": "b", "undo": "z"}) as drive:
        assert "b session" in drive.keys
        await drive.press("n")
        assert drive.where == "HomeScreen"
        await drive.press("b")
        assert drive.where == "phase 1"
        await drive.press("f4", "s", "5", "u")
        assert [one.value for one in drive.session().scores] == [5]
        await drive.press("z")
        assert drive.session().scores == ()


async def test_ctrl_c_says_how_to_leave_and_leaves_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("ctrl+c")
        assert "ctrl+q leaves the app" in drive.status
        assert drive.where == "HomeScreen"


async def test_q_leaves_outside_text_fields(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("q")
        assert drive.app._exit
        assert drive.app.return_value == 0
