"""Citizens chosen one after the other: found as one types, added by Enter, taken out again by delete."""

import json
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import citizen_lists, reads
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Line, Rows

FOUND = 50


class ChosenRows(Rows):
    """Rows that can be taken out."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("meeting.remove", "screen.meeting_remove")]


class Finder(Field):
    """The line that citizens are found by; down goes to those who are found."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("cursor.move", "screen.into_found", keys="down", second=True)]


class Picker(Vertical):
    """The search line, who is found by it, and who is chosen."""

    DEFAULT_CSS = """
    Picker { height: 1fr; }
    Picker #found { height: auto; max-height: 8; display: none; background: $surface; }
    Picker #found.open { display: block; }
    Picker #chosen { height: 1fr; }
    """

    class Changed(Message):
        """Somebody was added or taken out."""

    def __init__(self, passed_over: frozenset[str] = frozenset()) -> None:
        super().__init__(id="picker")
        self.passed_over = passed_over
        """Who is at the meeting already."""
        self.chosen: list[records.Citizen] = []

    def compose(self) -> ComposeResult:
        """Search above, chosen below."""
        yield Finder("find", placeholder=_("Find a citizen; enter adds"))
        yield Rows(_("Nobody is found by that"), id="found")
        yield ChosenRows(_("Nobody yet"), id="chosen")

    @property
    def keys(self) -> list[str]:
        """The keys of those who are chosen."""
        return [citizen.key for citizen in self.chosen]

    @property
    def written(self) -> str:
        """The keys of those who are chosen, as they are kept."""
        return json.dumps(self.keys, ensure_ascii=False)

    def put_keys(self, *written: str) -> None:
        """Chooses those whose keys were `written`, as far as they are there and have no session at the meeting yet."""
        every = dict.fromkeys(key for one in written for key in json.loads(one))
        keys = [key for key in every if key not in self.passed_over]
        found = (reads.citizen(self.screen.connection, key) for key in keys)  # type: ignore[attr-defined]
        self.put([citizen for citizen in found if citizen is not None])

    @property
    def _found(self) -> Rows:
        return self.query_one("#found", Rows)

    def put(self, citizens: list[records.Citizen]) -> None:
        """Chooses these."""
        self.chosen = citizens
        self.query_one("#chosen", Rows).fill([_line(citizen) for citizen in citizens])

    @on(Input.Changed, "#find")
    def find(self, event: Input.Changed) -> None:
        """Shows who is found by what has been typed so far."""
        search = texts.typed(event.value).strip()
        self._found.set_class(bool(search), "open")
        if search:
            connection = self.screen.connection  # type: ignore[attr-defined]
            found = citizen_lists.citizens(connection, search, limit=FOUND)
            left = [one for one in found if one.key not in self.passed_over and one.key not in self.keys]
            self._found.fill([_line(one) for one in left])
            self._found.go(0)

    @on(Input.Submitted, "#find")
    def add_first(self) -> None:
        """Enter adds the first one found, or the one selected."""
        if self.query_one("#find", Field).value.strip():
            self._found.action_choose()

    @on(Rows.Chosen, "#found")
    def add(self, event: Rows.Chosen) -> None:
        """Adds one, and the search begins anew."""
        event.stop()
        citizen = reads.citizen(self.screen.connection, event.key)  # type: ignore[attr-defined]
        if citizen is not None:
            self.put([*self.chosen, citizen])
            field = self.query_one("#find", Field)
            field.value = ""
            field.focus()
            self.post_message(self.Changed())

    @on(Rows.Chosen, "#chosen")
    def nothing(self, event: Rows.Chosen) -> None:
        """Enter does nothing to one who is chosen."""
        event.stop()

    def remove_here(self) -> None:
        """Takes out the one under the cursor."""
        key = self.query_one("#chosen", Rows).key
        if key is not None:
            self.put([one for one in self.chosen if one.key != key])
            self.post_message(self.Changed())

    def into_found(self) -> None:
        """Down from the search line: to those who are found, else to those who are chosen."""
        self.query_one("#found" if self._found.has_class("open") else "#chosen", Rows).focus()


def _line(citizen: records.Citizen) -> Line:
    about = citizen.case_key or labels.target_group(citizen.target_group)
    return Line(citizen.key, ((f"{texts.one_line(citizen.name)}  ", ""), (texts.one_line(about), "dim")))
