"""A meeting to be: what kind, when, who and about what; F10 makes a session for each citizen."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.editing.merge_drafts import split_forms
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import kinds
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.reference import session_kinds
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import FORMS, MEETING
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.common.kind_choice import kind_options
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.shell.typing_pause import Pause
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.form import Choice, Form, Moment, Number
from jobsamtale_tui.tui.widgets.picker import ChosenRows, Picker
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from datetime import date

    from jobsamtale_tui.editing.outcomes import NotSaved, Saved

WHAT = "group.new"
MEETINGS: tuple[records.Form, ...] = ("group", "industry")


class MeetingForm(Form):
    """Enter on its last line goes on to the citizens; F10 makes the meeting."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("group.make", "screen.group_make")]
    DEFAULT_CSS = "MeetingForm { height: 7; padding: 0 1; }"

    class Left(Message):
        """Enter on the last line."""

    def action_finish(self) -> None:
        """The citizens are next."""
        self.post_message(self.Left())


class GroupNewScreen(BaseScreen):
    """What is typed is kept until the meeting is made, also when the terminal goes away."""

    shows = ("group.make", "meeting.remove")
    where = (MEETING, FORMS)
    order = ("form-form", "form-kind", "form-at", "form-minutes", "find", "topic")
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("group.make"),
        *bind_pair("field.next", "next_field(1)", "next_field(-1)"),
    ]
    DEFAULT_CSS = """
    GroupNewScreen #agenda { height: auto; max-height: 12; }
    GroupNewScreen .said { max-height: 2; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.topics: list[str] = []
        self._pause = Pause(self, self.keep)

    def body(self) -> ComposeResult:
        """The form above; citizens to the left, the common agenda to the right."""
        kept = self.shell.drafts.typed(WHAT)
        kinds = tuple((one, labels.form(one)) for one in MEETINGS)
        yield MeetingForm(
            Choice("form", _("Form"), options=kinds),
            Choice(
                "kind",
                _("Kind of session"),
                options=kind_options(self, (*MEETINGS, None)),
                hint=_("Its items come as possible ones"),
            ),
            Moment("at", _("Day and time"), needed=True, hint=_("A day ahead makes it a planned meeting")),
            Number("minutes", _("Minutes"), high=1440, hint=_("How long it is planned for; may be left blank")),
            values={"form": "group", "at": dates.now()},
            typed=kept[0] if kept else {},
        )
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield Static(public(_("Citizens")), classes="heading")
                yield Picker()
            with Vertical(classes="column"):
                yield Static(public(_("Common agenda")), classes="heading")
                yield ChosenRows(_("Nothing yet: what is the meeting about?"), id="agenda")
                yield Field("topic", placeholder=_("+ an item for all; no names"))

    def on_mount(self) -> None:
        """What was typed and not made the last time stands there again."""
        self.title_line(_("A new group session or industry meeting"))
        kept = self.shell.drafts.typed(WHAT)
        if kept is None:
            return
        places = split_forms(kept[0])
        self._picker.put_keys(*(typed.get("citizens", "[]") for typed in places))
        topics = [topic for typed in places for topic in json.loads(typed.get("topics", "[]"))]
        more = [typed["topic"] for typed in places[1:] if "topic" in typed]
        self.topics = list(dict.fromkeys((*topics, *more)))
        self.query_one("#topic", Field).value = places[0].get("topic", "")
        self._show_topics()
        self.status(OwnText(_("What you typed {when} stands here again").format(when=dates.short_time(kept[1]))))

    @property
    def _form(self) -> Form:
        return self.query_one(MeetingForm)

    @property
    def _picker(self) -> Picker:
        return self.query_one(Picker)

    @property
    def _kind(self) -> Kind | None:
        return kinds.find(session_kinds.in_force()[0], self._form.values["kind"])

    def _show_topics(self) -> None:
        """What the kind brings above, as possible; what is typed below, agreed."""
        brings = kinds.proposed(self._kind, self.topics) if self._kind else []
        lines = [Line(None, (("○ ", "dim"), (texts.one_line(topic), "dim"))) for topic in brings]
        lines += [Line(str(at), (("● ", ""), (texts.one_line(topic), ""))) for at, topic in enumerate(self.topics)]
        self.query_one("#agenda", Rows).fill(lines)

    # What stands in it

    @on(Input.Changed)
    @on(Form.Changed)
    @on(Picker.Changed)
    def typing(self) -> None:
        """After a pause what is typed is kept, and now and then where there is none."""
        self._pause.typing()

    @on(Form.Changed)
    def another(self, event: Form.Changed) -> None:
        """Another kind brings something else, and its form."""
        if event.name != "kind":
            return
        kind = self._kind
        if kind is not None and kind.form:
            self._form.put("form", kind.form)
        self._show_topics()

    def keep(self) -> None:
        """What is typed and not made."""
        self._pause.stop()
        if not self.is_mounted or not self.query(MeetingForm):
            return
        typed = self._form.dirty
        if self._picker.chosen:
            typed["citizens"] = self._picker.written
        if self.topics:
            typed["topics"] = json.dumps(self.topics, ensure_ascii=False)
        topic = self.query_one("#topic", Field).value
        if topic.strip():
            typed["topic"] = topic
        self.shell.drafts.form(WHAT, typed)

    @on(MeetingForm.Left)
    def to_citizens(self) -> None:
        """After the form come the citizens."""
        self.query_one("#find", Field).focus()

    @on(Input.Submitted, "#topic")
    def add_topic(self) -> None:
        """Enter adds the item and begins the next."""
        field = self.query_one("#topic", Field)
        topic = " ".join(texts.typed(field.value).split())
        field.value = field.saved = ""
        if topic and topic not in self.topics:
            self.topics.append(topic)
            self._show_topics()
            self.typing()

    @on(Rows.PastEnd, "#agenda")
    def to_topic(self) -> None:
        """Below the last item is the new line."""
        self.query_one("#topic", Field).focus()

    def action_line(self, way: int) -> None:
        """Up and down in the form, and from it to the citizens."""
        if way > 0 and self._form.here == "minutes":
            self.to_citizens()
        else:
            self._form.move(way)

    def action_next_field(self, way: int) -> None:
        """Tab goes from field to field; the lists are beside it, by up and down."""
        here = self.focused.id if self.focused else None
        near = {"chosen": "find", "found": "find", "agenda": "topic"}.get(here or "", here)
        at = self.order.index(near) + way if near in self.order else 0
        self.query_one(f"#{self.order[at % len(self.order)]}").focus()

    def action_into_found(self) -> None:
        """Down from the search line."""
        self._picker.into_found()

    def action_meeting_remove(self) -> None:
        """Takes out the citizen or the item under the cursor."""
        rows = self.query_one("#agenda", Rows)
        if self.focused is not rows:
            self._picker.remove_here()
        elif rows.key is not None:
            del self.topics[int(rows.key)]
            self._show_topics()
            self.typing()

    # Making it

    def action_group_make(self) -> None:
        """Makes the sessions, or says what is missing."""
        form = self._form
        self.add_topic()
        if not form.valid:
            self.status(OwnText(form.blame()), warning=True)
        elif not self._picker.chosen:
            self.status(OwnText(_("A meeting needs a citizen: find one by name, and press Enter")), warning=True)
            self.to_citizens()
        else:
            self._send(form.values)

    def _send(self, values: dict[str, Any]) -> None:
        meeting = meetings.Meeting(
            form=values["form"],
            at=values["at"],
            minutes=values["minutes"],
            topics=tuple(self.topics),
            kind=values["kind"],
        )
        citizens, day = self._picker.keys, dates.local(meeting.at).date()
        self.shell.pause_keys()
        self.shell.write_queue.record(
            WHAT, lambda database, actor: (meetings.make(database, actor, meeting, citizens), day)
        )

    def saved(self, message: "Saved") -> None:
        """The meeting is made: its screen opens in the place of this one."""
        result = message.result
        if not isinstance(result, RecordSaved) or result.what != WHAT:
            return
        self._pause.stop()
        self.shell.drafts.forget(WHAT)
        group, day = result.result
        self.open(route.Meeting(group, day), instead=True)

    def not_saved(self, message: "NotSaved") -> None:
        """Everything stands as it was."""
        if message.field == WHAT:
            self.keep()
            self.shell.release_keys()

    def action_back(self) -> None:
        """Leaves; what is typed stands here the next time."""
        self.keep()
        self.dismiss()


class GroupJoinScreen(BaseScreen):
    """More citizens for a meeting."""

    shows = ("group.make", "meeting.remove")
    where = (MEETING,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("group.make")]

    def __init__(self, group: str, day: "date", there: list[records.Session]) -> None:
        super().__init__()
        self.group, self.day = group, day
        self._what = f"group.join {group} {day}"
        self._pause = Pause(self, self.keep)
        self._there = frozenset(session.citizen for session in there)

    def body(self) -> ComposeResult:
        """Who comes along."""
        yield Picker(self._there)

    def on_mount(self) -> None:
        """The cursor stands in the search line."""
        self.title_line(_("More citizens for the meeting"), dates.short_day(self.day))
        self.query_one("#find").focus()
        kept = self.shell.drafts.typed(self._what)
        if kept is not None:
            self.query_one(Picker).put_keys(*(typed.get("citizens", "[]") for typed in split_forms(kept[0])))
            self.status(OwnText(_("What you typed {when} stands here again").format(when=dates.short_time(kept[1]))))

    @on(Picker.Changed)
    def chosen(self) -> None:
        """Who is chosen is kept, as what is typed is."""
        self._pause.typing()

    def keep(self) -> None:
        """Who is chosen and has no session yet."""
        self._pause.stop()
        if self.is_mounted and self.query(Picker):
            picker = self.query_one(Picker)
            self.shell.drafts.form(self._what, {"citizens": picker.written} if picker.chosen else {})

    def action_into_found(self) -> None:
        """Down from the search line."""
        self.query_one(Picker).into_found()

    def action_meeting_remove(self) -> None:
        """Takes out the one under the cursor."""
        self.query_one(Picker).remove_here()

    def action_group_make(self) -> None:
        """Gives each a session in the meeting."""
        citizens = self.query_one(Picker).keys
        if not citizens:
            self.action_back()
            return
        self._pause.stop()
        group, day = self.group, self.day
        self.shell.pause_keys()
        self.shell.write_queue.record(
            self._what, lambda database, actor: meetings.join(database, actor, group, day, citizens)
        )

    def action_back(self) -> None:
        """Those who are chosen come along; nobody chosen: leaves."""
        if self.query_one(Picker).chosen:
            self.action_group_make()
        else:
            self.keep()
            self.dismiss()

    def saved(self, message: "Saved") -> None:
        """Back to the meeting."""
        if isinstance(message.result, RecordSaved) and message.result.what == self._what:
            self._pause.stop()
            self.shell.drafts.forget(self._what)
            self.dismiss()
            self.shell.release_keys()

    def not_saved(self, message: "NotSaved") -> None:
        """They stand there still."""
        if message.field == self._what:
            self.keep()
            self.shell.release_keys()
