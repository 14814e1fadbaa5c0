"""The app's commands, each once: id, keys, label, where. Footer, palette, help, `jobsamtale keys` and docs read this.

Nothing of the app is imported here: the command line prints the list without starting it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jobsamtale_tui.i18n import N_, _

EVERYWHERE, HOME, CITIZEN, SESSION = N_("everywhere"), N_("home"), N_("citizen"), N_("session")
PREPARE, OPEN, CONDUCT, CLOSE = N_("preparation"), N_("opening"), N_("conducting"), N_("closing")
PROPOSALS = N_("proposals")
LISTS, FIELDS, SCALE, NOTE = N_("lists"), N_("text fields"), N_("scale form"), N_("note and graph")
FORMS, AGREEMENT = N_("forms"), N_("agreement")
DETAILS, MEETING, GROUP, COMPLETING = N_("details"), N_("new meeting"), N_("meeting"), N_("completing a meeting")

CLASH = N_("changed by two")
INDICATORS, INDICATOR = N_("indicators"), N_("indicator form")
GRAPH = N_("graph")
GOALS, ACTIVITIES, SINCE = N_("job goals"), N_("activities"), N_("since last time")
CONTACT = N_("contact and its exceptions")
JOBLOG, OPENINGS, SPARRING = N_("applications"), N_("to bring to a session"), N_("sparring on the search")
ABOUT, SHARED = N_("citizen and session"), N_("shared screen")


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
    Command("indicators", ("i",), N_("The indicators: make, change, order and retire them"), HOME, N_("indicators")),
    Command("indicator.open", ("enter",), N_("Change the indicator, as a draft"), INDICATORS, N_("change")),
    Command("indicator.new", ("plus",), N_("Make an indicator"), INDICATORS, N_("new")),
    Command("indicator.copy", ("c",), N_("Make an indicator as a copy of this one"), INDICATORS, N_("copy")),
    Command(
        "indicator.move",
        ("shift+up", "shift+down", "K", "J"),
        N_("Move the indicator up, or down, in the catalogue"),
        INDICATORS,
        pairs=True,
    ),
    Command("indicator.retire", ("x",), N_("Retire the indicator; once more brings it back"), INDICATORS, N_("retire")),
    Command("indicator.discard", ("delete",), N_("Discard the draft; undo brings it back"), INDICATORS),
    Command("indicator.publish", ("f9",), N_("Publish the draft: what it means, and why"), INDICATORS, N_("publish")),
    Command("indicator.convert", ("m",), N_("How old scores are drawn on the version after theirs"), INDICATORS),
    Command("indicator.undo", ("f3", "u"), N_("Take back the last change of the indicator"), INDICATORS, N_("undo")),
    Command("indicator.redo", ("f4", "U"), N_("Make what was taken back of the indicator again"), INDICATORS),
    Command("indicator.language", ("f6",), N_("The texts in the next language"), INDICATOR, N_("language")),
    Command("indicator.preview", ("f8",), N_("The form as the citizen meets it, or back"), INDICATORS, N_("look")),
    Command("session.start", ("n",), N_("Begin the session, or go on with the open one"), CITIZEN, N_("session")),
    Command("session.show", ("enter",), N_("Read the session's note, or open it"), CITIZEN, N_("read")),
    Command("session.plan", ("p",), N_("Plan a session"), CITIZEN, N_("plan")),
    Command("citizen.edit", ("e",), N_("Change what is known of the citizen"), CITIZEN, N_("change")),
    Command("agreement.edit", ("i",), N_("The agreement on indicators: make it, change it"), CITIZEN, N_("indicators")),
    Command("agreement.pick", ("enter",), N_("Choose the indicator, or word its reason anew"), AGREEMENT, N_("choose")),
    Command("agreement.period", ("p",), N_("The agreement's period, and how often"), AGREEMENT, N_("period")),
    Command("agreement.remove", ("delete",), N_("Take the indicator out; asks why"), AGREEMENT, N_("take out")),
    Command("agreement.renew", ("plus",), N_("A new agreement with the same indicators"), AGREEMENT, N_("renew")),
    Command("agreement.history", ("h",), N_("What was changed in the agreement, and why"), AGREEMENT, N_("changes")),
    Command("agreement.undo", ("u",), N_("Take back the last change of the agreement"), AGREEMENT, N_("undo")),
    Command("agreement.redo", ("U",), N_("Make what was taken back of the agreement again"), AGREEMENT),
    Command("graph", ("g",), N_("The progress graph, large"), CITIZEN, N_("graph")),
    Command("contact", ("f",), N_("The contact: the date, the rule behind it, exceptions"), CITIZEN, N_("contact")),
    Command("contact.add", ("plus",), N_("Write why sessions wait, or come more often"), CONTACT, N_("new exception")),
    Command("contact.change", ("enter",), N_("Change the exception"), CONTACT, N_("change")),
    Command("contact.remove", ("delete",), N_("Remove the exception; the history keeps it"), CONTACT, N_("remove")),
    Command(
        "share",
        ("ctrl+t",),
        N_("The screen for both: what the citizen may see, large; again goes back"),
        ABOUT,
        N_("shared screen"),
    ),
    Command("share.line", ("g",), N_("Her line on the indicator, or its question again"), SHARED),
    Command("share.aloud", ("o",), N_("The question in sentences, to be read aloud; again to be looked at"), SHARED),
    Command("goals", ("m",), N_("The job goals: make them, change them, end them"), CITIZEN, N_("goals")),
    Command("goal.edit", ("enter",), N_("Change the goal"), GOALS, N_("change")),
    Command("goal.new", ("plus",), N_("Make a job goal"), GOALS, N_("new")),
    Command("goal.end", ("x",), N_("End the goal: its last day, and why"), GOALS, N_("end it")),
    Command("goal.undo", ("u",), N_("Take back the last change of the goal"), GOALS, N_("undo")),
    Command("goal.redo", ("U",), N_("Make what was taken back of the goal again"), GOALS),
    Command(
        "activities", ("A",), N_("The activities: make them, change them, follow them up"), CITIZEN, N_("activities")
    ),
    Command("activity.edit", ("enter",), N_("Change the activity"), ACTIVITIES, N_("change")),
    Command("activity.new", ("plus",), N_("Make an activity"), ACTIVITIES, N_("new")),
    Command("activity.follow", ("f",), N_("Follow up: nearer or not, and why"), ACTIVITIES, N_("follow up")),
    Command("activity.end", ("x",), N_("End the activity: its last day"), ACTIVITIES, N_("end it")),
    Command("activity.undo", ("u",), N_("Take back the last change of the activity"), ACTIVITIES, N_("undo")),
    Command("activity.redo", ("U",), N_("Make what was taken back of the activity again"), ACTIVITIES),
    Command("profile.edit", ("c",), N_("Wishes, CV and competences, in her own words"), CITIZEN, N_("CV")),
    Command("briefing", ("B",), N_("The briefing: all there is to know before a session"), CITIZEN, N_("briefing")),
    Command(
        "briefing.print", ("P",), N_("Print the briefing: a text file, or the printer that is set"), NOTE, N_("print")
    ),
    Command(
        "joblog", ("J",), N_("The applications of the Joblog: see them, add one by hand"), CITIZEN, N_("applications")
    ),
    Command("application.edit", ("enter",), N_("Change the application"), JOBLOG, N_("change")),
    Command("application.new", ("plus",), N_("Add an application by hand"), JOBLOG, N_("new")),
    Command("application.remove", ("delete",), N_("Take the application out; undo brings it back"), JOBLOG),
    Command("application.undo", ("u",), N_("Take back the last change of an application"), JOBLOG, N_("undo")),
    Command("application.redo", ("U",), N_("Make what was taken back of an application again"), JOBLOG),
    Command("openings", ("S",), N_("Jobs, internships and links to bring to a session"), CITIZEN, N_("bring along")),
    Command("opening.edit", ("enter",), N_("Change what is to be brought"), OPENINGS, N_("change")),
    Command("opening.new", ("plus",), N_("Add a job, an internship or a link"), OPENINGS, N_("new")),
    Command("opening.remove", ("delete",), N_("Take it out of the list; undo brings it back"), OPENINGS),
    Command("opening.undo", ("u",), N_("Take back the last change of the list"), OPENINGS, N_("undo")),
    Command("opening.redo", ("U",), N_("Make what was taken back of the list again"), OPENINGS),
    Command("search.note", ("h",), N_("Her search in a minute: wishes, applications, gaps"), PREPARE, N_("search")),
    Command("sparring", ("w",), N_("Sparring on the search: advice that becomes a next step"), SESSION, N_("sparring")),
    Command("sparring.step", ("enter",), N_("Make a next step of the advice"), SPARRING, N_("make a step")),
    Command("course.read", ("l",), N_("Read the whole course: all notes as one text"), CITIZEN, N_("read course")),
    Command("steps.copy", ("y",), N_("Copy the open steps as text for the citizen's plan"), CITIZEN, N_("copy steps")),
    Command("print", ("P",), N_("Print the page for the citizen: graph, scores, steps"), CITIZEN, N_("print")),
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
    Command("session.kind", ("t",), N_("The session's content: its kind, and your assessment"), SESSION, N_("content")),
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
    Command("group.done", ("space",), N_("The common item is agreed, done, or not after all"), GROUP, N_("done")),
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
    Command("go.proposals", ("s",), N_("To the proposals"), PREPARE, N_("proposals")),
    Command("proposal.take", ("enter", "a"), N_("The proposal becomes a possible item"), PROPOSALS, N_("take it")),
    Command("proposal.facts", ("space",), N_("The facts behind the proposal, or not"), PROPOSALS, N_("why")),
    Command(
        "proposal.dismiss",
        ("delete", "x"),
        N_("Put the proposal aside for this session; once more brings it back"),
        PROPOSALS,
        N_("put it aside"),
    ),
    Command("agenda.add", ("a",), N_("To the agenda's new line"), OPEN, N_("new item")),
    Command("agenda.toggle", ("space",), N_("Possible, agreed, dropped"), OPEN, N_("agree/drop")),
    Command("agenda.by", ("b",), N_("The citizen's item or the caseworker's"), OPEN, N_("whose")),
    Command("agenda.edit", ("e",), N_("Change the item's wording"), OPEN),
    Command("agenda.remove", ("delete",), N_("Remove the item"), OPEN),
    Command("agenda.required", ("r",), N_("The law requires the item, or does not any more"), OPEN),
    Command("go.since", ("s",), N_("To the steps since last time"), OPEN, N_("since last")),
    Command("step.follow", ("space",), N_("Done, partly, given up, open"), SINCE, N_("done/partly")),
    Command("step.outcome", ("enter",), N_("Write what came of the step, or in the way"), SINCE, N_("what came of it")),
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
    Command("next.line", ("y",), N_("Copy the next session as a line for a text message"), CLOSE, N_("text message")),
    Command(
        "next.calendar",
        ("i",),
        N_("The next session as a file for the citizen's calendar (.ics)"),
        CLOSE,
        N_("calendar"),
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
    Command("clash.theirs", ("f2",), N_("What the other wrote stays; yours is dropped"), CLASH, N_("theirs")),
    Command(
        "clash.mine", ("f3",), N_("What you wrote takes its place; the history keeps the other"), CLASH, N_("mine")
    ),
    Command(
        "clash.both", ("f4",), N_("What you wrote goes after what the other wrote"), CLASH, N_("mine after theirs")
    ),
    Command("session.confirm", ("enter",), N_("Complete the session"), NOTE),
    Command("read.find", ("slash",), N_("Find in the text: type it, enter stays there"), NOTE, N_("find in it")),
    Command("read.next", ("n",), N_("The next place that was searched for"), NOTE, N_("next")),
    Command("read.previous", ("N",), N_("The place before that was searched for"), NOTE),
    Command(
        "graph.move",
        ("left", "right", "h", "l"),
        N_("To the score before, the one after"),
        GRAPH,
        N_("along"),
        pairs=True,
    ),
    Command("graph.ends", ("home", "end"), N_("To the first score, to the last"), GRAPH, pairs=True),
    Command(
        "graph.indicator",
        ("up", "down", "k", "j"),
        N_("All indicators, then one after the other"),
        GRAPH,
        N_("indicator"),
        pairs=True,
    ),
    Command(
        "graph.pick",
        DIGITS,
        N_("Show the indicator with that number, or not; 0 shows all"),
        GRAPH,
        N_("pick"),
        fixed=True,
    ),
    Command("graph.rater", ("r",), N_("Both raters' scores, the citizen's, the caseworker's"), GRAPH, N_("whose")),
    Command(
        "graph.zoom",
        ("plus", "minus"),
        N_("A shorter period around the cursor, a longer one"),
        GRAPH,
        N_("zoom"),
        pairs=True,
    ),
    Command("graph.around", ("b",), N_("The scores before, during and after each activity"), GRAPH, N_("activities")),
    Command("graph.note", ("enter",), N_("Read the note of the session under the cursor"), GRAPH, N_("note")),
    Command("note.amend", ("r",), N_("Add a correction to the note, with its reason"), NOTE, N_("correct")),
    Command("reflection", ("e",), N_("Look back on the session, for your own learning"), NOTE, N_("look back")),
    Command("reflections", (), N_("Your own looks back, and what colleagues gave you"), EVERYWHERE),
    Command("course.turn", ("o",), N_("The oldest note first, or the newest"), NOTE, N_("turn round")),
)
BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

LOOKING = frozenset(
    {
        *("contact", "next.line", "next.calendar"),
        *("help", "palette", "quit", "back", "jump", "copy", "privacy", "suspend", "theme"),
        *("find", "citizen.open", "session.show", "graph", "go.scale", "go.agenda"),
        *("notes.search", "course.read", "course.turn", "steps.copy", "read.find", "read.next", "read.previous"),
        *("briefing", "briefing.print", "proposal.facts", "go.proposals"),
        *("share", "share.line", "share.aloud", "print"),
        *("goals", "goal.edit", "activities", "activity.edit", "go.since"),
        *("guide", "guide.next", "session.details", "group.add", "group.open", "reflections"),
        *(command.id for command in COMMANDS if command.id.startswith("graph.")),
        *("phase.next", "phase.previous", "phase.1", "phase.2", "phase.3", "phase.4"),
        *(command.id for command in COMMANDS if command.id.startswith(("cursor.", "rows."))),
        *("indicators", "indicator.open", "indicator.language", "indicator.preview"),
        *("field.next", "form.next", "form.move", "form.choose", "form.reset", "who", "agreement.pick"),
        *("agreement.history", "joblog", "openings", "sparring"),
    }
)
"""What changes nothing in the database. A command that is not named here is taken to change something."""

SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
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


_SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "greater_than_sign": ">",
    "less_than_sign": "<",
}
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
