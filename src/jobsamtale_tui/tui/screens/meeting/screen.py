"""A group session or industry meeting: the citizens, what each lacks, and the common agenda beside them."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from jobsamtale_tui import dates, texts
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.editing import presence
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import GROUP
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.start_session import session_ready, start_session
from jobsamtale_tui.tui.screens.meeting.lines import citizen_line, item_line
from jobsamtale_tui.tui.screens.meeting.unsaved import GroupSaving, Sent
from jobsamtale_tui.tui.shell.typing_pause import Pause
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.session.meetings import CommonItem
    from jobsamtale_tui.editing.outcomes import BackgroundResult
    from jobsamtale_tui.store.writing.presence import Presence


class CitizenRows(Rows):
    """The citizens of the meeting."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("group.open", "choose")]


class CommonRows(Rows):
    """The common agenda."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("group.done", "screen.group_done"),
        bind("group.conclude", "choose"),
        bind("group.remove", "screen.group_remove"),
    ]


class GroupScreen(GroupSaving):
    """A change of the common agenda is made in every session that is open; each keeps its own agenda beside it."""

    shows = ("group.open", "group.add", "group.complete", "group.join", "session.no_show")
    shows_on_agenda = ("group.done", "group.conclude", "group.add", "group.complete")
    where = (GROUP,)
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("group.join"),
        bind("group.begin"),
        bind("group.add"),
        bind("group.complete"),
        *bind_pair("field.next", "next_field(1)", "next_field(-1)"),
    ]
    DEFAULT_CSS = """
    GroupScreen #both { height: 1fr; layout: vertical; }
    GroupScreen.-wide #both { layout: horizontal; }
    GroupScreen .part { height: 1fr; width: 1fr; }
    GroupScreen #agenda { height: auto; max-height: 100%; }
    GroupScreen .entry { display: none; }
    GroupScreen .entry.open { display: block; }
    """

    def __init__(self, group: str, day: date) -> None:
        super().__init__()
        self.group, self.day = group, day
        self.held: tuple[str, ...] = ()
        """The sessions that others see to be open here."""
        self._pause = Pause(self, self.keep)

    def body(self) -> ComposeResult:
        """Beside each other where there is room, else above each other."""
        with Container(id="both"):
            with Vertical(classes="part"):
                yield Static(public(_("Citizens, and what is missing for each")), classes="heading")
                yield CitizenRows(id="citizens")
            with Vertical(classes="part"):
                yield Static(public(_("Common agenda: a change is made for all who are open")), classes="heading")
                yield CommonRows(_("Nothing yet: what is the meeting about?"), id="agenda")
                yield Field("agenda-new", placeholder=_("+ an item for all; no names"))
        yield Static(id="about", classes="heading entry", markup=False)
        yield Field("entry", classes="entry")

    def on_mount(self) -> None:
        """The cursor stands on the citizens; what was typed and not left stands there again."""
        self.show_sessions()
        self.query_one("#citizens").focus()
        if self.there:
            shared = bool(self.held) and all(map(self.shell.open_sessions.shared, self.held))
            self.draft = self.shell.drafts.opened_form(f"group {self.group}", shared=shared)
            self.take_up()

    def on_unmount(self) -> None:
        """The meeting is left."""
        self.shell.open_sessions.withdraw(self, *self.held)

    def on_screen_resume(self) -> None:
        """What was changed in one of the sessions shows."""
        if self.is_mounted:
            self.show_sessions()

    @property
    def session_here(self) -> str | None:
        """The session of the citizen under the cursor, while the cursor is among the citizens."""
        rows = self.query_one("#citizens", Rows)
        return rows.key if self.focused is rows else None

    def show_sessions(self) -> None:
        """Reads the meeting's sessions and shows them."""
        self.entry = history.newest(self.connection)
        self.there = meetings.sessions_there(self.connection, self.group, self.day)
        sessions = [session for session, _name in self.there]
        if not sessions:
            self.dismiss()
            return
        self.common = meetings.common_agenda(sessions)
        first = sessions[0]
        self.title_line(
            f"{labels.form(first.form).capitalize()} {dates.short_time(first.held_at)}",
            ngettext("{count} citizen", "{count} citizens", len(sessions)).format(count=len(sessions)),
        )
        citizens, agenda = self.query_one("#citizens", Rows), self.query_one("#agenda", Rows)
        wide = max(len(texts.shortened(name, 26)) for _session, name in self.there) + 2
        held = self._hold([session.key for session in sessions if session.status in ("planned", "draft")])
        lines = [citizen_line(session, name, wide, held.get(session.key)) for session, name in self.there]
        citizens.fill(lines, key=citizens.key)
        agenda.fill([item_line(str(at), item) for at, item in enumerate(self.common)], key=agenda.key)

    def _hold(self, open_: list[str]) -> "dict[str, Presence]":
        """Others see that the meeting is open here; who else has it open is said, and who has one session alone stands
        with the citizen."""
        left, new = set(self.held) - set(open_), tuple(open_) != self.held
        self.held = tuple(open_)
        self.shell.open_sessions.withdraw(self, *left)
        found = self.shell.open_sessions.announce_all(self, open_, note=new)
        whole = [one for one in found.values() if all(key in found and found[key].who == one.who for key in open_)]
        self.present(presence.meeting(whole[0]) if whole else "")
        return {} if whole else found

    @on(Rows.Chosen, "#citizens")
    def open_session(self, event: Rows.Chosen) -> None:
        """The one citizen's session: gone on with, or its note where it is completed."""
        session = next((one for one, _name in self.there if one.key == event.key), None)
        if session is None:
            return
        if session.status == "completed":
            self.push(route.Note(session.key))
        else:
            start_session(self, session.citizen, session.key)

    def ready(self, message: "BackgroundResult") -> None:
        """The session that was to be opened is there."""
        if self.app.screen is self:
            session_ready(self, message)

    def action_group_begin(self) -> None:
        """Those that are planned are open from now on."""
        self.change(Sent("begin", "", ""), meetings.begin)

    def action_group_join(self) -> None:
        """More citizens."""
        self.push(route.MeetingJoin(self.group, self.day, [session for session, _name in self.there]))

    def action_group_complete(self) -> None:
        """Who is ready, what is missing, whose name stands where it should not; then all at once."""
        self._leave_fields()
        self.push(route.MeetingComplete(self.group, self.day, self.entry or 0))

    # The common agenda

    @property
    def _item(self) -> "CommonItem | None":
        key = self.query_one("#agenda", Rows).key
        return self.common[int(key)] if key is not None and int(key) < len(self.common) else None

    def action_group_add(self) -> None:
        """To the new line."""
        self.query_one("#agenda-new").focus()

    @on(Rows.PastEnd, "#agenda")
    def to_new(self) -> None:
        """Below the last item is the new line."""
        self.action_group_add()

    @on(Input.Submitted, "#agenda-new")
    def add(self) -> None:
        """The line becomes an item in every open session."""
        field = self.query_one("#agenda-new", Field)
        topic = " ".join(texts.typed(field.value).split())
        field.value = field.saved = ""
        if topic:
            self.change(Sent("add", topic, ""), lambda places: meetings.add_item(places, topic))

    def action_group_done(self) -> None:
        """The item is agreed, then done, or not after all; the cursor goes on to the next that is not done."""
        item = self._item
        if item is None:
            return
        if item.state == "possible":
            self.change(Sent("done", "", item.topic), lambda places: meetings.agree_item(places, item.topic))
            return
        done = item.state != "done"
        self.change(Sent("done", "", item.topic), lambda places: meetings.finish_item(places, item.topic, done))
        if done:
            rows = self.query_one("#agenda", Rows)
            left = [at for at, one in enumerate(self.common) if one.state != "done" and one.topic != item.topic]
            rows.go(next((at for at in left if at > rows.at), left[0] if left else rows.at))

    def action_group_remove(self) -> None:
        """Takes the item off where nothing has come of it."""
        item = self._item
        if item is not None:
            self.change(Sent("remove", "", item.topic), lambda places: meetings.remove_item(places, item.topic))

    @on(Rows.Chosen, "#agenda")
    def conclude(self) -> None:
        """Opens the conclusion."""
        item = self._item
        if item is not None:
            there = item.conclusion or ""
            self.open_entry(Sent("conclude", there, item.topic, there, self.entry))

    def open_entry(self, sent: Sent) -> None:
        """Opens the line, with what was typed."""
        self.about = sent
        topic = texts.one_line(sent.about)
        self.query_one("#about", Static).update(_("Conclusion for all: {topic}").format(topic=topic))
        entry = self.query_one("#entry", Field)
        entry.value = entry.saved = sent.text
        self.query(".entry").add_class("open")
        entry.focus()
        entry.action_end()

    @on(Input.Submitted, "#entry")
    def close_entry(self) -> None:
        """Keeps the conclusion, and goes back to its item."""
        sent, text = self.about, self.typed_in("entry")
        self.about = None
        self.query(".entry").remove_class("open")
        self.query_one("#agenda").focus()
        if sent is not None and text != sent.before:
            self.write(replace(sent, text=text))

    # Lines

    def line(self, name: str) -> str:
        """What stands in a line."""
        return self.query_one(f"#{name}", Field).value

    def put(self, name: str, text: str) -> None:
        """Puts a text into a line."""
        self.query_one(f"#{name}", Field).value = text

    def keep(self) -> None:
        """What stands in the lines and is not left."""
        self._pause.stop()
        super().keep()

    # Keys

    def action_next_field(self, way: int) -> None:
        """Tab: citizens, agenda where there is one, its new line."""
        order = ["citizens", *(["agenda"] if self.common else []), "agenda-new"]
        here = self.focused.id if self.focused else None
        at = order.index(here) + way if here in order else 0
        self.query_one(f"#{order[at % len(order)]}").focus()

    @on(Input.Changed)
    def typing(self) -> None:
        """After a pause what is typed is kept, and now and then where there is none."""
        self._pause.typing()

    def on_descendant_focus(self) -> None:
        """The key line tells of the part that the cursor is in."""
        on_agenda = self.focused is not None and self.focused.id in ("agenda", "agenda-new", "entry")
        self.key_line(self.shows_on_agenda if on_agenda else self.shows)

    def _leave_fields(self) -> None:
        if self.about is not None:
            self.close_entry()
        self.add()

    def action_back(self) -> None:
        """Out of the line, keeping its text; then out of the meeting, which can be gone on with."""
        focused = self.focused.id if self.focused else None
        self._leave_fields()
        if focused == "agenda-new":
            self.query_one("#agenda").focus()
        elif focused != "entry":
            super().action_back()
