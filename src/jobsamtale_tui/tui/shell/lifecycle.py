"""The app's part that sees to it that nothing typed is lost: tries again, says how it goes, leaves last."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from textual.message import Message

from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.outcomes import DraftStatus, Outcome
from jobsamtale_tui.editing.pending import counted
from jobsamtale_tui.editing.trouble import trouble_words
from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.registry import BY_ID, keys_of, shown_key
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.shell.global_commands import GlobalCommands
from jobsamtale_tui.tui.shell.screen import BaseScreen

if TYPE_CHECKING:
    from textual.timer import Timer

    from jobsamtale_tui.editing.write_queue import WriteQueue

LEAVE_SECONDS = 5.0
"""How long leaving waits for what is still on its way to the disk."""


class Arrived(Message):
    """Something came of what was asked for in the background."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _raise(error: BaseException) -> None:
    raise error


class Lifecycle(GlobalCommands):
    """What the keeper has to say, and the way out."""

    drafts: Drafts
    write_queue: "WriteQueue"
    _retrying: "Timer | None" = None
    loss = ""
    """It has been said that leaving loses what is typed: that sentence."""

    def recover(self) -> None:
        """What an earlier run could not save is there again."""
        found = self.drafts.recover()
        self.write_queue.send_recovered()
        if found:
            self.call_after_refresh(self.say, _("What could not be saved the last time stands where you typed it"))
        elif found is None:
            sentence = _("A recovery file in {folder} cannot be read: ask those who run the program")
            self.call_after_refresh(self.say, sentence.format(folder=self.files), warning=True)

    def post_outcome(self, outcome: Outcome) -> None:
        """Takes what came of a change or a question, from whatever thread."""
        self.post_message(Arrived(outcome))

    def fail(self, error: BaseException) -> None:
        """A fault of the program that showed in a thread ends the app as any other does: never in silence."""
        self.call_later(_raise, error)

    def draft_status(self, message: DraftStatus) -> None:
        """Says what is wrong and tries again, or that all is well again."""
        if self._retrying is not None:
            self._retrying.stop()
            self._retrying = None
        if message.error is not None:
            self._retrying = self.set_timer(message.again, self.drafts.retry)
            self.show_state()
            return
        self.loss = ""
        if message.tell:
            self.say(_("The database takes changes again"))
        self.write_queue.send_waiting()
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.database_back()
        self.show_state()

    def show_state(self) -> None:
        """Brings the status lines in line with what could not be saved and what is kept."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.show_state()

    def trouble_said(self, error: StoreError, *, kept: bool = True) -> str:
        """What is wrong with the database, and what becomes of what is typed."""
        return trouble_words(error, stranded=self.drafts.stranded, kept=kept, waits=counted(self.write_queue.waits()))

    def keep_all(self) -> None:
        """Has every screen keep what stands in its fields, the topmost last; one that cannot hinders no other."""
        with ExitStack() as stack:  # which calls what came last first
            for screen in reversed(self.screen_stack):
                if isinstance(screen, BaseScreen):
                    stack.callback(screen.keep)

    def out(self, seconds: float) -> bool:
        """On the way out: keeps what stands in the fields and waits for the disk; True where all is saved."""
        try:
            self.keep_all()
            done = self.write_queue.flush(seconds)
        finally:
            kept = self.drafts.secure()
        return kept and done

    def action_leave(self) -> None:
        """Leaves; nothing is asked, all is saved. Where what is typed can be kept nowhere, it says so first."""
        done = self.out(LEAVE_SECONDS)
        if self.drafts.stranded and not self.loss:
            sentence = _("What you typed can be saved nowhere: {key} once more leaves without it")
            key = shown_key(keys_of(BY_ID["quit"], self.keys)[-1])  # the one that works in a text field
            self.loss = OwnText(sentence.format(key=key))
            self.show_state()
            return
        self.exit(0 if done else 1)
