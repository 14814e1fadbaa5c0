"""The app's part that sees to it that nothing typed is lost: tries again, says how it goes, leaves last."""

from contextlib import ExitStack
from typing import TYPE_CHECKING

from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.tui.answers import DraftStatus
from jobsamtale_tui.tui.commands.registry import BY_ID, keys_of, shown_key
from jobsamtale_tui.tui.keeper import Drafts
from jobsamtale_tui.tui.shell.global_commands import GlobalCommands
from jobsamtale_tui.tui.shell.screen import BaseScreen

if TYPE_CHECKING:
    from textual.timer import Timer

    from jobsamtale_tui.tui.saver import WriteQueue

LEAVE_SECONDS = 5.0
"""How long leaving waits for what is still on its way to the disk."""


class Lifecycle(GlobalCommands):
    """What the keeper has to say, and the way out."""

    drafts: Drafts
    write_queue: "WriteQueue"
    _retrying: "Timer | None" = None
    _warned_of_loss = False

    def recover(self) -> None:
        """What an earlier run could not save is there again."""
        found = self.drafts.recover()
        if found:
            self.call_after_refresh(self.say, _("What could not be saved the last time stands where you typed it"))
        elif found is None:
            sentence = _("A recovery file in {folder} cannot be read: ask those who run the program")
            self.call_after_refresh(self.say, sentence.format(folder=self.files), warning=True)

    def on_draft_status(self, message: DraftStatus) -> None:
        """Says what is wrong and tries again, or that all is well again."""
        if self._retrying is not None:
            self._retrying.stop()
            self._retrying = None
        if message.error is not None:
            self._retrying = self.set_timer(message.again, self.drafts.retry)
            if message.tell and not self._warned_of_loss:
                self.say(self.trouble_said(message.error), warning=True)
            return
        self._warned_of_loss = False
        if message.tell:
            self.say(_("The database takes changes again"))
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.database_back()

    def trouble_said(self, error: StoreError, *, kept: bool = True) -> str:
        """What is wrong with the database, and what becomes of what is typed."""
        return said(error, stranded=self.drafts.stranded, kept=kept, scores=self.drafts.scores)

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
        if self.drafts.stranded and not self._warned_of_loss:
            self._warned_of_loss = True
            sentence = _("What you typed can be saved nowhere: {key} once more leaves without it")
            key = shown_key(keys_of(BY_ID["quit"], self.keys)[-1])  # the one that works in a text field
            self.say(sentence.format(key=key), warning=True)
            return
        self.exit(0 if done else 1)


def said(error: StoreError, *, stranded: bool = False, kept: bool = True, scores: int = 0) -> str:
    """What is wrong with the database and what to do, short enough for a status line; `kept`: something typed is,
    and so many `scores` wait."""
    sentence = {
        "locked": _("The database is locked by another program"),
        "full": _("The disk is full: make room"),
        "disk": _("The disk does not take more: make room, or ask those who run it"),
        "read-only": _("The database may only be read: ask for the right to write"),
        "gone": _("The database file is gone: put it back where it was"),
        "replaced": _("Another file lies where the database was: start again"),
    }.get(error.kind, str(error).removesuffix("."))
    if stranded:
        return _("{what}. What you typed is on the screen alone").format(what=sentence)
    if kept and scores:
        waits = ngettext("{count} score waits to be saved. {what}", "{count} scores wait to be saved. {what}", scores)
        return waits.format(what=sentence, count=scores)
    if kept:
        return _("{what}. What you typed is kept").format(what=sentence)
    return f"{sentence}. {_('Try again in a moment')}." if error.kind == "locked" else f"{sentence}."
