"""How a meeting's screen saves: a common change at a time, both sides where somebody else changed the same, and what
was typed kept until it is in the records."""

import json
from collections import deque
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.change.context import Resolution
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.editing.merge_drafts import split_forms
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.errors import ChangedByOtherError, Conflict
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.route import BOTH, THEIRS
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.session_keys import SessionKeys
from jobsamtale_tui.tui.screens.meeting.lines import left_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jobsamtale_tui.casework.change.context import ChangeContext
    from jobsamtale_tui.casework.session.meetings import CommonItem
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved

LINES = ("agenda-new", "entry")


@dataclass(frozen=True)
class Sent:
    """A change of the common agenda on its way, with what was typed; `about` is the item's topic."""

    what: str
    text: str
    about: str
    before: str = ""
    """The conclusion that stood there when one began to type,"""
    since: int | None = None
    """and the newest entry of the history then."""


class GroupSaving(SessionKeys):
    """Holds the meeting as it was read, the changes on their way, and the texts that could not be saved."""

    """Who else has the meeting open."""
    draft = ""
    """The name that unfinished texts are kept under, once they have been taken up."""

    def __init__(self) -> None:
        super().__init__()
        self.there: list[tuple[records.Session, str]] = []
        self.common: list[CommonItem] = []
        self.about: Sent | None = None
        """The conclusion whose line is open."""
        self._sent: deque[Sent] = deque()
        """The changes on their way, the oldest first."""
        self._refused: list[Sent] = []
        """The texts that could not be saved and wait for their line to be free."""

    def line(self, name: str) -> str:
        """What stands in one of the `LINES`."""
        raise NotImplementedError

    def put(self, name: str, text: str) -> None:
        """Puts a text into one of the `LINES`."""
        raise NotImplementedError

    def open_entry(self, sent: Sent) -> None:
        """Opens the line of a conclusion, with what was typed."""
        raise NotImplementedError

    def seen(self, key: str) -> records.Session | None:
        """The session as the list shows it."""
        return next((session for session, _name in self.there if session.key == key), None)

    # Changes

    def change(self, sent: Sent, job: "Callable[[Sequence[ChangeContext]], Any]") -> None:
        """Has a common change made in all that are open."""
        keys = [session.key for session, _name in self.there if session.status in ("planned", "draft")]
        if not keys or self.entry is None:
            self.status(OwnText(_("None of the meeting's sessions is open")), warning=True)
            self._give_back(sent)
            return
        self._sent.append(sent)
        since = self.entry if sent.since is None else min(sent.since, self.entry)
        self.shell.write_queue.change_many(f"group.{sent.what}", keys, job, since=since)

    def write(self, sent: Sent) -> None:
        """Has a conclusion written, or given back where its item has gone meanwhile."""
        if any(one.topic == sent.about for one in self.common):
            before = sent.before or None
            self.change(sent, lambda places: meetings.conclude_item(places, sent.about, before, sent.text))
        else:
            self._give_back(sent)

    def _give_back(self, sent: Sent) -> None:
        if sent.text:
            self._refused.append(sent)
            self.offer()

    def saved(self, message: "Saved") -> None:
        """Shown as it stands on disk, with a word where something was left as it was."""
        super().saved(message)
        result = message.result
        if not isinstance(result, RecordSaved) or not result.what.startswith("group."):
            return
        self._answered_for(result.what)
        self.keep()
        if not self.shell.write_queue.busy:
            self.show_sessions()
            self.offer()
        left = left_alone(result.what, result.result)
        if left:
            self.status(OwnText(left))

    def not_saved(self, message: "NotSaved") -> None:
        """What was typed stands in its line again; where somebody else has changed the same, both stand side by
        side."""
        super().not_saved(message)
        error, sent = message.error, self._answered_for(message.field)
        if sent is not None and sent.text:
            self._refused.append(sent)
            self.keep()
        self.show_sessions()
        if sent is not None and isinstance(error, ChangedByOtherError) and error.clash:
            self.app.call_later(self._show_both, message, sent, error.clash)
        else:
            self.offer()

    def _answered_for(self, what: str | None) -> Sent | None:
        """The change that an answer is for: they come in the order in which they were asked for."""
        return self._sent.popleft() if self._sent and what == f"group.{self._sent[0].what}" else None

    # Two who changed the same

    def _show_both(self, message: "NotSaved", sent: Sent, clash: Conflict) -> None:
        names = {session.key: name for session, name in self.there}
        answered = lambda how: self._chosen(message, sent, clash, how)  # noqa: E731
        self.push(route.Conflict(clash, sent.text, answered, names))

    def _chosen(self, message: "NotSaved", sent: Sent, clash: Conflict, how: str | None) -> None:
        """Both sides have been seen: the change is made again, where it is to be. Without an answer what was typed
        goes back into its line, and the clash comes again."""
        if how is not None:
            self._refused = [one for one in self._refused if one is not sent]
            mine = clash.rest + (len(clash.keys) if how != THEIRS else 0)
            leave = frozenset(clash.closed) | (clash.keys if how == THEIRS else frozenset())
            if mine and message.again:
                self._sent.append(sent)
                message.again(Resolution(clash.upto, after=how == BOTH, leave=leave))
            if how != THEIRS:
                self._correct(clash.closed, sent)
        self.offer()

    def _correct(self, closed: "Sequence[str]", sent: Sent) -> None:
        """In sessions that were completed meanwhile what was typed can become a correction of the note."""
        said = f"{sent.about}: {sent.text}" if sent.about else sent.text
        for session, _name in reversed(self.there):
            if session.key in closed:
                self.shell.drafts.form(f"amend {session.key}", {"text": said})
                self.push(route.Correction(session))

    # Texts that wait

    def take_up(self) -> None:
        """What was typed and not left stands there again."""
        kept = self.shell.drafts.typed(self.draft)
        here, *elsewhere = split_forms(kept[0] if kept else {})
        self._refused = [Sent(*one) for typed in (here, *elsewhere) for one in json.loads(typed.get("refused", "[]"))]
        about = json.loads(here.get("concluding", "null"))
        for typed in elsewhere:
            if text := typed.get("agenda-new"):
                self._refused.append(Sent("add", text, ""))
            if text := typed.get("entry"):
                known = json.loads(typed.get("concluding", "null")) or about
                self._refused.append(replace(Sent(*known), text=text))
        self.put("agenda-new", here.get("agenda-new", ""))
        if about:
            self._refused.insert(0, replace(Sent(*about), text=here.get("entry", "")))
        self.offer()

    def offer(self) -> None:
        """Puts the oldest text that could not be saved back into its line, where that is free."""
        for sent in tuple(self._refused):
            if sent.what == "add" and not self.line("agenda-new"):
                self._refused.remove(sent)
                self.put("agenda-new", sent.text)
            elif sent.what == "conclude" and self.about is None:
                self._refused.remove(sent)
                if any(one.topic == sent.about for one in self.common):
                    self.open_entry(sent)
                elif sent.text:
                    self._refused.append(Sent("add", f"{sent.about}: {sent.text}", ""))
        self.keep()

    def keep(self) -> None:
        """What stands in the lines and is not left, and what waits."""
        if not self.is_mounted or not self.draft:
            return
        typed = {"agenda-new": self.line("agenda-new").strip()}
        if self.about:
            typed |= {"concluding": json.dumps(astuple(self.about), ensure_ascii=False), "entry": self.line("entry")}
        waiting = [astuple(sent) for sent in (*self._refused, *self._sent) if sent.text]
        if waiting:
            typed["refused"] = json.dumps(waiting, ensure_ascii=False)
        self.shell.drafts.form(self.draft, {name: text for name, text in typed.items() if text})

    def typed_in(self, name: str) -> str:
        """What stands in a line, as it is saved."""
        return texts.typed(self.line(name)).strip()
