"""Two people changed the same: what stands and what one typed, side by side, and what is to stand."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from jobsamtale_tui import dates, texts
from jobsamtale_tui.errors import Conflict, FieldConflict
from jobsamtale_tui.i18n import N_, _, ngettext
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import CLASH
from jobsamtale_tui.tui.commands.route import BOTH, MINE, THEIRS
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.text_scroll import Reading
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.captions import Heading

CALM_SECONDS = 1.0
"""It is answered once it has stood, and nobody has typed, for so long: it comes in the middle of a word."""
_TABLES = {
    "session": N_("Session"),
    "agenda_item": N_("Agenda item"),
    "score": N_("Score"),
    "step": N_("Step"),
    "citizen": N_("Citizen"),
    "caseworker": N_("Caseworker"),
    "unit": N_("Unit"),
    "agreement": N_("Agreement on indicators"),
    "agreement_indicator": N_("Indicator"),
}
_COLUMNS = {
    "theme": N_("Theme of the note"),
    "risk": N_("Risk"),
    "preparation": N_("Preparation"),
    "frame": N_("Frame"),
    "need": N_("Need"),
    "remarks": N_("Assessment"),
    "summary": N_("The citizen's summary"),
    "summary_added": N_("What you add to it"),
    "evaluation.helped": N_("What helped"),
    "evaluation.missing": N_("What was missing"),
    "evaluation.different": N_("What should be different"),
    "next": N_("Next session"),
    "held_at": N_("Day and time"),
    "minutes": N_("Minutes"),
    "form": N_("Form"),
    "status": N_("Status"),
    "booked_by": N_("Booked by"),
    "interview_type": N_("Interview type"),
    "session_kind": N_("Kind of session"),
    "participants": N_("Others who take part"),
    "topic": N_("Wording"),
    "state": N_("State"),
    "by": N_("Whose it is"),
    "conclusion": N_("Conclusion"),
    "value": N_("Score"),
    "remark": N_("Remark"),
    "what": N_("What"),
    "how": N_("How"),
    "when_": N_("When"),
    "who": N_("Whose it is"),
    "name": N_("Name"),
    "case_key": N_("Case key"),
    "cpr": N_("CPR number"),
    "target_group": N_("Target group"),
    "caseworker": N_("Caseworker"),
    "contact_start": N_("Contact since"),
    "earlier_groups": N_("Target groups before"),
    "contact_exceptions": N_("Exceptions of contact"),
    "language": N_("Language"),
    "readiness": N_("Readiness"),
    "indicators_used": N_("Are indicators used?"),
    "ended": N_("Course ended in"),
    "municipality": N_("Municipality"),
    "unit": N_("Unit"),
    "role": N_("Role"),
    "from_": N_("From"),
    "until": N_("Until"),
    "every_weeks": N_("Weeks between"),
    "reason": N_("Reason"),
}


def label(piece: FieldConflict) -> str:
    """What both changed, in words."""
    what = _(_COLUMNS[piece.column]) if piece.column in _COLUMNS else _(_TABLES.get(piece.table, piece.table))
    return f"{what}: {texts.one_line(piece.name)}" if piece.name else what


class ConflictScreen(BaseScreen):
    """Answers THEIRS, MINE or BOTH; escape gives none: nothing is written, and what was typed stays."""

    where = (CLASH,)
    only: ClassVar[frozenset[str] | None] = frozenset(
        {"clash.theirs", "clash.mine", "clash.both", "back", "help", "palette", "copy", "privacy", "quit:always"}
        | {"cursor.move", "cursor.page", "cursor.first", "cursor.last"}
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("clash.theirs", f"answer('{THEIRS}')"),
        bind("clash.mine", f"answer('{MINE}')"),
        bind("clash.both", f"answer('{BOTH}')"),
    ]
    DEFAULT_CSS = """
    ConflictScreen .sides { height: auto; margin: 0 0 1 0; }
    ConflictScreen .side { width: 1fr; height: auto; padding: 0 1; }
    ConflictScreen .whose { color: $heading; text-style: bold; }
    ConflictScreen #scroll { height: 1fr; }
    """

    def __init__(
        self,
        clash: Conflict,
        typed: str | None,
        answered: Callable[[str | None], object],
        names: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._clash = clash
        self._names = names or {}
        """Whose the records are, by key, where the change is about many."""
        self._typed = typed
        self._answered = answered
        self._ready = False

    @property
    def _joins(self) -> bool:
        """Both are texts, so that mine can stand after theirs."""
        texts_ = [one for one in self._clash.pieces if isinstance(one.theirs, str) and isinstance(one.mine, str)]
        return len(texts_) == len(self._clash.pieces) and any(one.column not in ("", *_CHOSEN) for one in texts_)

    @property
    def shows(self) -> tuple[str, ...]:  # type: ignore[override]
        """The answers that there are, once it can be answered."""
        return ("clash.theirs", "clash.mine", *(("clash.both",) if self._joins else ())) if self._ready else ()

    def body(self) -> ComposeResult:
        """What both changed, theirs to the left, mine to the right."""
        clash = self._clash
        with Reading(id="scroll"):
            yield Static(self._sentence(), classes="text", markup=False)
            yield Static()
            with Horizontal(classes="sides"):
                left = _("What stands now: {who}, {time}").format(who=clash.who, time=dates.short_time(clash.at))
                yield Static(left, classes="side whose", markup=False)
                yield Static(public(_("What you wrote")), classes="side whose", markup=False)
            for piece in clash.pieces:
                yield Heading(label(piece))
                yield from self._whose(piece.of)
                with Horizontal(classes="sides"):
                    mine = self._typed or "" if piece.mine == "" and piece.theirs is None else shown(piece, piece.mine)
                    yield Static(shown(piece, piece.theirs), classes="side", markup=False)
                    yield Static(mine, classes="side", markup=False)
            if clash.closed:
                yield from self._whose(clash.closed)
                with Horizontal(classes="sides"):
                    yield Static(public(_("The session is completed and locked")), classes="side", markup=False)
                    yield Static(texts.shown(self._typed or ""), classes="side", markup=False)

    def _whose(self, keys: tuple[str, ...]) -> Iterator[Static]:
        """The citizens in whose sessions it is so."""
        if self._names:
            names = ", ".join(texts.one_line(self._names.get(key, key)) for key in keys)
            yield Static(names, classes="text", markup=False)

    def _sentence(self) -> str:
        said = []
        if self._clash.pieces or not self._clash.closed:
            said.append(_("You both changed the same. Nothing of yours is written yet: choose what is to stand."))
        if self._clash.closed:
            sentence = _("The session was completed while you wrote. {mine} makes a correction of what you wrote.")
            said.append(sentence.format(mine=self.shell.key_of("clash.mine")))
        if self._clash.rest:
            rest = ngettext(
                "The other citizen's session gets what is yours, whatever you choose here.",
                "The {count} other citizens' sessions get what is yours, whatever you choose here.",
                self._clash.rest,
            )
            said.append(rest.format(count=self._clash.rest))
        return " ".join(said)

    def on_mount(self) -> None:
        """The keys scroll."""
        self.title_line(_("Changed by two"), self._clash.who)
        self.query_one("#scroll").focus()
        self._wait(monotonic())

    def _wait(self, stands: float) -> None:
        """Whoever was typing when it came has seen it now; `stands`: since when, by the monotonic clock."""
        left = max(stands, self.shell.last_key) + CALM_SECONDS - monotonic()
        if left > 0:
            self.set_timer(left, partial(self._wait, stands))
        else:
            self._ready = True
            self.key_line(self.shows)

    def why_not(self, command: str) -> str | None:
        """Only texts can stand after each other."""
        if command == "clash.both" and not self._joins:
            return _("These cannot stand after each other: choose one")
        if command == "clash.mine" and any(one.column == "participants" for one in self._clash.pieces):
            return _("Take theirs, then change who takes part once more")
        return super().why_not(command)

    def reading(self) -> str:
        """What was typed."""
        return self._typed or "\n".join(str(one.mine) for one in self._clash.pieces if one.mine)

    def action_answer(self, how: str) -> None:
        """What is to stand."""
        reason = self.why_not(f"clash.{how}")
        if not self._ready:
            self.shell.say(_("Read both sides, then choose"), warning=True)
        elif reason:
            self.shell.say(reason, warning=True)
        else:
            self._leave(how)

    def _leave(self, how: str | None) -> None:
        self.dismiss()
        self.app.call_later(self._answered, how)

    def action_back(self) -> None:
        """Later: what was typed stays where it was typed."""
        self._leave(None)
        self.app.call_later(self.shell.say, _("Not saved yet: what you typed is kept here"), warning=True)


_CHOSEN = frozenset(
    {"state", "by", "who", "status", "form", "booked_by", "target_group", "caseworker", "unit", "role", "language"}
    | {"cpr", "case_key", "held_at", "contact_start", "from_", "until", "when_", "key"}
    | {"earlier_groups", "contact_exceptions"}
)
"""Columns with a value that is chosen or means one thing: one of the two stands."""


def shown(piece: FieldConflict, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return _("(removed)") if piece.column == "" else _("(nothing)")
    if piece.column == "cpr":
        return texts.masked_cpr(str(value))
    if isinstance(value, Mapping):
        return "\n".join(shown(piece, one) for one in value.values() if one is not None)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return "\n".join(shown(piece, one) for one in value)
    return texts.shown(_in_words(piece.column, value))


def _in_words(column: str, value: Any) -> str:
    text = str(value)
    if column == "status":
        return labels.status(text)
    if column == "form":
        return labels.form(text)
    if column == "target_group":
        return labels.target_group(text)
    if column in ("when_", "from_", "until", "contact_start"):
        return dates.short_day(date.fromisoformat(text))
    if column in ("held_at", "next") and text[:4].isdigit() and text.endswith("Z"):
        return dates.short_time(dates.from_iso(text))
    said = {
        "possible": _("possible"),
        "agreed": _("agreed"),
        "dropped": _("dropped"),
        "done": _("done"),
        "citizen": _("the citizen's"),
        "caseworker": _("the caseworker's"),
        "other": _("another's"),
    }
    return said.get(text, text) if column in ("state", "by", "who") else text
