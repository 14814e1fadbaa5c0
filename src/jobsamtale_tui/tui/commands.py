"""The app's commands, each once: id, keys, label, where. Footer, palette, help, `jobsamtale keys` and docs read this.

Nothing of the app is imported here: the command line prints the list without starting it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jobsamtale_tui.i18n import N_, _

EVERYWHERE, HOME, CITIZEN, SESSION = N_("everywhere"), N_("home"), N_("citizen"), N_("session")
PREPARE, OPEN, CONDUCT, CLOSE = N_("preparation"), N_("opening"), N_("conducting"), N_("closing")
LISTS, FIELDS, SCALE, NOTE = N_("lists"), N_("text fields"), N_("scale form"), N_("note and graph")
FORMS, AGREEMENT = N_("forms"), N_("agreement")
DETAILS, MEETING, GROUP, COMPLETING = N_("details"), N_("new meeting"), N_("meeting"), N_("completing a meeting")


@dataclass(frozen=True, slots=True)
class Command:
    """What the app can do on a key. `label` and `where` are translated where they are shown."""

    id: str
    keys: tuple[str, ...]
    label: str
    where: str
    short: str = ""
    """The word beside the key on the key line; empty: not there."""
    pairs: bool = False
    """Its keys in turn do one thing and the opposite: up, down, up, down."""
    fixed: bool = False
    """The keys are what they say: they cannot be moved."""

    @property
    def changes(self) -> bool:
        """It changes what is in the database: not for `--read-only`."""
        return self.id not in LOOKING


DIGITS = tuple("1234567890")

COMMANDS: tuple[Command, ...] = (
    Command("help", ("question_mark", "f1"), N_("Help: the keys that work here"), EVERYWHERE, N_("help")),
    Command("palette", ("ctrl+p",), N_("Find a command by name"), EVERYWHERE, N_("commands")),
    Command("quit", ("q", "ctrl+q"), N_("Leave the app; all is saved"), EVERYWHERE, N_("leave")),
    Command("jump", ("v",), N_("Jump: a letter over every field and list goes there"), EVERYWHERE),
    Command("copy", ("ctrl+y",), N_("Copy the text of the field or screen"), EVERYWHERE),
    Command("notes.search", ("ctrl+f",), N_("Search in all notes"), EVERYWHERE),
    Command("privacy", ("f12",), N_("Hide names, CPR numbers and texts; again shows them"), EVERYWHERE, N_("hide")),
    Command("suspend", ("ctrl+z",), N_("Back to the shell for a while; fg comes back"), EVERYWHERE),
    Command(
        "back",
        ("escape",),
        N_("Leave the text field, then the screen; nothing is discarded"),
        EVERYWHERE,
        N_("back"),
    ),
    Command("find", ("slash",), N_("Find a citizen by name, key or case key"), HOME, N_("find")),
    Command("citizen.open", ("enter",), N_("Open the citizen"), HOME, N_("show")),
    Command("citizen.new", ("plus",), N_("Make a citizen"), HOME, N_("new")),
    Command("who", (), N_("Say who you are: whose sessions are shown, and who makes the changes"), EVERYWHERE),
    Command("unit.new", (), N_("Make a unit"), HOME),
    Command("caseworker.new", (), N_("Make a caseworker"), HOME),
    Command("unit.edit", (), N_("Change a unit"), HOME),
    Command("caseworker.edit", (), N_("Change a caseworker"), HOME),
    Command("session.start", ("n",), N_("Begin the session, or go on with the open one"), CITIZEN, N_("session")),
    Command("session.show", ("enter",), N_("Read the session's note, or open it"), CITIZEN, N_("read")),
    Command("session.plan", ("p",), N_("Plan a session"), CITIZEN, N_("plan")),
    Command("citizen.edit", ("e",), N_("Change what is known of the citizen"), CITIZEN, N_("change")),
    Command("agreement.edit", ("i",), N_("The agreement on indicators: make it, change it"), CITIZEN, N_("indicators")),
    Command("agreement.pick", ("enter",), N_("Choose the indicator, or word its reason anew"), AGREEMENT, N_("choose")),
    Command("agreement.period", ("p",), N_("The agreement's period, and how often"), AGREEMENT, N_("period")),
    Command("agreement.remove", ("delete",), N_("Take the indicator out; asks why"), AGREEMENT, N_("take out")),
    Command("agreement.renew", ("plus",), N_("A new agreement with the same indicators"), AGREEMENT, N_("renew")),
    Command("graph", ("g",), N_("The progress graph, large"), CITIZEN, N_("graph")),
    Command("course.read", ("l",), N_("Read the whole course: all notes as one text"), CITIZEN, N_("read course")),
    Command("steps.copy", ("y",), N_("Copy the open steps as text for the citizen's plan"), CITIZEN, N_("copy steps")),
    Command("session.move", ("t",), N_("Move the session to another day and time"), CITIZEN, N_("move")),
    Command("session.cancel", ("x",), N_("The session is cancelled; once more takes it back"), CITIZEN, N_("call off")),
    Command("session.no_show", ("w",), N_("The citizen did not come; once more takes it back"), CITIZEN, N_("no-show")),
    Command(
        "session.details",
        ("o",),
        N_("Details of the session: time, form, status, who takes part"),
        SESSION,
        N_("details"),
    ),
    Command("participant.remove", ("delete",), N_("Remove the one who takes part"), DETAILS, N_("remove")),
    Command("guide", ("f7",), N_("Show or hide the guide to the phases"), SESSION, N_("guide")),
    Command("guide.next", ("f8",), N_("The guide's next page: the phase, themes, cards"), SESSION, N_("guide's next")),
    Command("group.new", ("m",), N_("A group session or an industry meeting"), HOME, N_("group")),
    Command("group.make", ("f10",), N_("Make the meeting: a session for each citizen"), MEETING, N_("make it")),
    Command("meeting.remove", ("delete", "backspace"), N_("Take out the citizen or the item"), MEETING, N_("remove")),
    Command("group.join", ("plus",), N_("More citizens take part in the meeting"), GROUP, N_("more citizens")),
    Command("group.begin", ("n",), N_("Begin the meeting: its planned sessions are open"), GROUP, N_("begin")),
    Command("group.open", ("enter",), N_("Open the one citizen's session"), GROUP, N_("open it")),
    Command("group.add", ("a",), N_("To the common agenda's new line"), GROUP, N_("new item")),
    Command("group.done", ("space",), N_("The common item is done in all sessions, or not"), GROUP, N_("done")),
    Command("group.conclude", ("enter",), N_("Write the common item's conclusion"), GROUP, N_("conclusion")),
    Command("group.remove", ("delete",), N_("Take the item off the common agenda"), GROUP),
    Command("group.complete", ("c", "f9"), N_("Complete those who are ready, each with a note"), GROUP, N_("complete")),
    Command("group.mark", ("space",), N_("Complete this one too, or leave it open"), COMPLETING, N_("complete or not")),
    Command("group.confirm", ("enter",), N_("Complete those who are marked"), COMPLETING, N_("complete")),
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
    Command("agreement.choose", ("i",), N_("Choose indicators together; each asks its reason"), CONDUCT, N_("choose")),
    Command("go.scale", ("s",), N_("To the scale form"), CONDUCT, N_("scales")),
    Command("go.agenda", ("d",), N_("To the agenda"), CONDUCT, N_("agenda")),
    Command(
        "score.set",
        DIGITS,
        N_("Score: that number; 0 is ten where the scale has no 0; end the highest, home the lowest"),
        SCALE,
        N_("score"),
        fixed=True,
    ),
    Command("score.move", ("left", "right", "h", "l"), N_("Score one lower or higher"), SCALE, pairs=True),
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
    Command("cursor.move", ("up", "down", "k", "j"), N_("Up and down"), LISTS, pairs=True),
    Command("cursor.first", ("home",), N_("To the first"), LISTS),
    Command("cursor.last", ("end", "G"), N_("To the last"), LISTS),
    Command("cursor.page", ("pageup", "pagedown"), N_("A page up or down"), LISTS, pairs=True),
    Command("cursor.choose", ("enter",), N_("Choose the row"), LISTS),
    Command("rows.find", ("slash",), N_("Find a row: type a part of it, enter stays there"), LISTS),
    Command("rows.next", ("n", "ctrl+n"), N_("The next row that was searched for"), LISTS),
    Command("rows.previous", ("N",), N_("The one before that was searched for"), LISTS),
    Command("field.next", ("tab", "shift+tab"), N_("The next field, the one before"), FIELDS, pairs=True),
    Command("field.undo", ("ctrl+z",), N_("Undo the typing in a text of several lines"), FIELDS),
    Command("field.redo", ("ctrl+r",), N_("Redo the typing"), FIELDS),
    Command("field.editor", ("ctrl+e",), N_("Write the text in your own editor ($EDITOR)"), FIELDS),
    Command("form.next", ("enter",), N_("The next line; on the last one keep the form"), FORMS),
    Command("form.move", ("up", "down"), N_("The line above, the line below"), FORMS, pairs=True),
    Command("form.choose", ("left", "right"), N_("Choose; a letter goes to what begins with it"), FORMS, pairs=True),
    Command("form.keep", ("f10",), N_("Keep the form"), FORMS, N_("keep")),
    Command("form.reset", ("f7",), N_("Begin the form anew; once more brings what was typed back"), FORMS, N_("anew")),
    Command("session.confirm", ("enter",), N_("Complete the session"), NOTE),
    Command("read.find", ("slash",), N_("Find in the text: type it, enter stays there"), NOTE, N_("find in it")),
    Command("read.next", ("n",), N_("The next place that was searched for"), NOTE, N_("next")),
    Command("read.previous", ("N",), N_("The place before that was searched for"), NOTE),
    Command("note.amend", ("r",), N_("Add a correction to the note, with its reason"), NOTE, N_("correct")),
    Command("course.turn", ("o",), N_("The oldest note first, or the newest"), NOTE, N_("turn round")),
)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

LOOKING = frozenset(
    {
        *("help", "palette", "quit", "back", "jump", "copy", "privacy", "suspend", "theme"),
        *("find", "citizen.open", "session.show", "graph", "go.scale", "go.agenda"),
        *("notes.search", "course.read", "course.turn", "steps.copy", "read.find", "read.next", "read.previous"),
        *("guide", "guide.next", "session.details", "group.add", "group.open"),
        *("phase.next", "phase.previous", "phase.1", "phase.2", "phase.3", "phase.4"),
        *(command.id for command in COMMANDS if command.id.startswith(("cursor.", "rows."))),
        *("field.next", "form.next", "form.move", "form.choose", "form.reset", "who", "agreement.pick"),
    }
)
"""What changes nothing in the database. A command that is not named here is taken to change something."""

SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
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
    if key in SHOWN:
        return _(SHOWN[key])
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key


_SIGNS = {"question_mark": "?", "slash": "/", "plus": "+", "greater_than_sign": ">", "less_than_sign": "<"}
"""Keys whose sign stands for them in machine formats, as in the contract."""


def documents(keys: Mapping[str, str]) -> list[dict[str, object]]:
    """The list that `jobsamtale keys --format json` gives: id, keys, label, where (English), with remapped keys."""
    return [
        {
            "id": command.id,
            "keys": [_SIGNS.get(key, key) for key in keys_of(command, keys)],
            "label": command.label,
            "where": command.where,
        }
        for command in COMMANDS
    ]


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command with those of a checked `[keys]` in place."""
    own = keymap.get(command.id)
    return tuple(own.split(",")) if own else command.keys
