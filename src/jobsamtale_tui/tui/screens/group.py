"""A group session or industry meeting: the citizens, what each lacks, and the common agenda beside them."""

import json
from collections import deque
from dataclasses import astuple, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.errors import ChangedByOtherError, Clash
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands import GROUP
from jobsamtale_tui.tui.keeper import ALSO
from jobsamtale_tui.tui.pause import Pause
from jobsamtale_tui.tui.privacy import Said, public
from jobsamtale_tui.tui.saver import Recorded
from jobsamtale_tui.tui.screens.citizen import session_ready, start_session
from jobsamtale_tui.tui.screens.group_lines import citizen_line, item_line, left_alone
from jobsamtale_tui.tui.screens.session_keys import SessionKeys
from jobsamtale_tui.tui.widgets.fields import Line as Field
from jobsamtale_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jobsamtale_tui.casework.groups import CommonItem
    from jobsamtale_tui.casework.sessions import Place
    from jobsamtale_tui.tui.saver import NotSaved, Ready, Saved


@dataclass(frozen=True)
class Sent:
    """A change of the common agenda on its way, with what was typed; `about` is the item's topic."""

    what: str
    text: str
    about: str
    before: str = ""
    """The conclusion that stood there when one began to type."""


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


class GroupScreen(SessionKeys):
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
        self.there: list[tuple[records.Session, str]] = []
        self.common: list[CommonItem] = []
        self._about: str | None = None
        self._before = ""
        """The conclusion of the item that `_about` names, as it stood when its line was opened."""
        self._sent: deque[Sent] = deque()
        """The changes on their way, the oldest first."""
        self._refused: list[Sent] = []
        """The texts that could not be saved and wait for their line to be free."""
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
        kept = self.the_app.keeper.typed(self._draft)
        typed = kept[0] if kept else {}
        waiting = [*json.loads(typed.get("refused", "[]")), *json.loads(typed.get(f"{ALSO}refused", "[]"))]
        self._refused = [Sent(*one) for one in waiting]
        for line, what in (("agenda-new", "add"), ("entry", "conclude")):
            if text := typed.get(f"{ALSO}{line}"):
                about = typed.get(f"{ALSO}about", typed.get("about", ""))
                self._refused.append(Sent(what, text, about))
        self.query_one("#agenda-new", Field).value = typed.get("agenda-new", "")
        item = next((one for one in self.common if one.topic == typed.get("about")), None)
        if item and typed.get("entry"):
            self._conclude(item.topic, typed["entry"], typed.get("before", ""))
        self._offer()

    def on_screen_resume(self) -> None:
        """What was changed in one of the sessions shows."""
        if self.is_mounted:
            self.show_sessions()

    @property
    def _draft(self) -> str:
        return f"group {self.group}"

    @property
    def session_here(self) -> str | None:
        """The session of the citizen under the cursor, while the cursor is among the citizens."""
        rows = self.query_one("#citizens", Rows)
        return rows.key if self.focused is rows else None

    def show_sessions(self) -> None:
        """Reads the meeting's sessions and shows them; the first version seen of each goes to the saver."""
        from jobsamtale_tui.casework import groups

        self.there = groups.sessions_there(self.connection, self.group, self.day)
        sessions = [session for session, _name in self.there]
        if not sessions:
            self.dismiss()
            return
        saver = self.the_app.saver
        if not saver.busy:
            for session in sessions:
                saver.seen(session.key, reads.session_version(self.connection, session.key))
        self.common = groups.common_agenda(sessions)
        first = sessions[0]
        self.title_line(
            f"{words.form(first.form).capitalize()} {dates.short_time(first.held_at)}",
            ngettext("{count} citizen", "{count} citizens", len(sessions)).format(count=len(sessions)),
        )
        citizens, agenda = self.query_one("#citizens", Rows), self.query_one("#agenda", Rows)
        wide = max(len(texts.shortened(name, 26)) for _session, name in self.there) + 2
        citizens.fill([citizen_line(session, name, wide) for session, name in self.there], key=citizens.key)
        agenda.fill([item_line(str(at), item) for at, item in enumerate(self.common)], key=agenda.key)

    @on(Rows.Chosen, "#citizens")
    def open_session(self, event: Rows.Chosen) -> None:
        """The one citizen's session: gone on with, or its note where it is completed."""
        session = next((one for one, _name in self.there if one.key == event.key), None)
        if session is None:
            return
        if session.status == "completed":
            from jobsamtale_tui.tui.screens.read import NoteScreen

            self.app.push_screen(NoteScreen(session.key))
        else:
            start_session(self, session.citizen, session.key)

    def ready(self, message: "Ready") -> None:
        """The session that was to be opened is there."""
        if self.app.screen is self:
            session_ready(self, message)

    def action_group_begin(self) -> None:
        """Those that are planned are open from now on."""
        from jobsamtale_tui.casework import groups

        self._change("begin", groups.begin)

    def action_group_join(self) -> None:
        """More citizens."""
        from jobsamtale_tui.tui.screens.group_new import GroupJoinScreen

        self.app.push_screen(GroupJoinScreen(self.group, self.day, [session for session, _name in self.there]))

    def action_group_complete(self) -> None:
        """Who is ready, what is missing, whose name stands where it should not; then all at once."""
        from jobsamtale_tui.tui.screens.group_complete import GroupCompleteScreen

        self._leave_fields()
        self.app.push_screen(GroupCompleteScreen(self.group, self.day))

    # The common agenda

    def _change(
        self, what: str, job: "Callable[[Sequence[Place]], Any]", text: str = "", about: str = "", before: str = ""
    ) -> None:
        keys = [session.key for session, _name in self.there if session.status in ("planned", "draft")]
        if not keys:
            self.status(Said(_("None of the meeting's sessions is open")), warning=True)
            return
        self._sent.append(Sent(what, text, about, before))
        self.the_app.saver.change_many(f"group.{what}", keys, job)

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
        from jobsamtale_tui.casework import groups

        field = self.query_one("#agenda-new", Field)
        topic = " ".join(texts.typed(field.value).split())
        field.value = field.saved = ""
        if topic:
            self._change("add", lambda places: groups.add_item(places, topic), topic)

    def action_group_done(self) -> None:
        """The item is done, or not after all; the cursor goes on to the next that is not."""
        from jobsamtale_tui.casework import groups

        item = self._item
        if item is None:
            return
        done = item.state != "done"
        self._change("done", lambda places: groups.finish_item(places, item.topic, done))
        if done:
            rows = self.query_one("#agenda", Rows)
            left = [at for at, one in enumerate(self.common) if one.state != "done" and one.topic != item.topic]
            rows.go(next((at for at in left if at > rows.at), left[0] if left else rows.at))

    def action_group_remove(self) -> None:
        """Takes the item off where nothing has come of it."""
        from jobsamtale_tui.casework import groups

        item = self._item
        if item is not None:
            self._change("remove", lambda places: groups.remove_item(places, item.topic))

    @on(Rows.Chosen, "#agenda")
    def conclude(self) -> None:
        """Opens the conclusion."""
        item = self._item
        if item is not None:
            self._conclude(item.topic, item.conclusion or "", item.conclusion or "")

    def _conclude(self, topic: str, text: str, before: str) -> None:
        self._about, self._before = topic, before
        self.query_one("#about", Static).update(_("Conclusion for all: {topic}").format(topic=texts.one_line(topic)))
        entry = self.query_one("#entry", Field)
        entry.value = entry.saved = text
        self.query(".entry").add_class("open")
        entry.focus()
        entry.action_end()

    @on(Input.Submitted, "#entry")
    def close_entry(self) -> None:
        """Keeps the conclusion, and goes back to its item."""
        topic, before, entry = self._about, self._before, self.query_one("#entry", Field)
        text = texts.typed(entry.value).strip()
        self._about = None
        self.query(".entry").remove_class("open")
        self.query_one("#agenda").focus()
        if topic is None or text == before:
            return
        if any(one.topic == topic for one in self.common):
            self._write(topic, before, text)
        elif text:  # the item has gone meanwhile
            self._refused.append(Sent("conclude", text, topic, before))
            self._offer()

    def _write(self, topic: str, before: str, text: str) -> None:
        from jobsamtale_tui.casework import groups

        self._change(
            "conclude", lambda places: groups.conclude_item(places, topic, before or None, text), text, topic, before
        )

    # Saving

    def saved(self, message: "Saved") -> None:
        """Shown as it stands on disk, with a word where something was left as it was."""
        super().saved(message)
        result = message.result
        if not isinstance(result, Recorded) or not result.what.startswith("group."):
            return
        if self._sent and result.what == f"group.{self._sent[0].what}":
            self._sent.popleft()
        self.keep()
        if not self.the_app.saver.busy:
            self.show_sessions()
            self._offer()
        self.status(Said(left_alone(result.what, result.result)))

    def not_saved(self, message: "NotSaved") -> None:
        """What was typed stands in its line again; where somebody else has written another conclusion, beside it."""
        error, sent = message.error, None
        if self._sent and message.field == f"group.{self._sent[0].what}":
            sent = self._sent.popleft()
            if sent.text:
                self._refused.append(sent)
                self.keep()
        if self.app.screen is not self:
            return
        self.show_sessions()
        if sent is not None and isinstance(error, ChangedByOtherError) and error.clash:
            self.app.call_later(self._show_clash, sent, error.clash)
        else:
            self._offer()

    def _show_clash(self, sent: Sent, clash: Clash) -> None:
        from jobsamtale_tui.tui.screens.clash import ClashScreen

        self.app.push_screen(ClashScreen(clash, sent.text, lambda how: self._answered(sent, clash, how)))

    def _answered(self, sent: Sent, clash: Clash, how: str | None) -> None:
        """Both sides have been seen. Without an answer what was typed goes back into its line, and the clash comes
        again."""
        from jobsamtale_tui.tui.screens.clash import BOTH, THEIRS

        if how is not None:
            self._refused = [one for one in self._refused if one is not sent]
        if how not in (None, THEIRS):
            theirs = clash.pieces[0].theirs
            self._write(sent.about, theirs, f"{theirs} / {sent.text}" if how == BOTH else sent.text)
        self._offer()

    def _offer(self) -> None:
        """Puts the oldest text that could not be saved back into its line, where that is free."""
        line = self.query_one("#agenda-new", Field)
        for sent in tuple(self._refused):
            if sent.what == "add" and not line.value:
                self._refused.remove(sent)
                line.value = sent.text
            elif sent.what == "conclude" and self._about is None:
                self._refused.remove(sent)
                if any(one.topic == sent.about for one in self.common):
                    self._conclude(sent.about, sent.text, sent.before)
                else:
                    self._refused.append(replace(sent, what="add", text=f"{sent.about}: {sent.text}"))
        self.keep()

    def keep(self) -> None:
        """What stands in the lines and is not left."""
        self._pause.stop()
        if not self.is_mounted:
            return
        typed = {"agenda-new": self.query_one("#agenda-new", Field).value.strip()}
        if self._about:
            typed |= {"about": self._about, "entry": self.query_one("#entry", Field).value, "before": self._before}
        waiting = [astuple(sent) for sent in (*self._refused, *self._sent) if sent.text]
        if waiting:
            typed["refused"] = json.dumps(waiting, ensure_ascii=False)
        self.the_app.keeper.form(self._draft, {name: text for name, text in typed.items() if text})

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
        if self._about is not None:
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
