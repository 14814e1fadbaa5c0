"""A correction of a completed session's note: why, and what is right. The note itself stays."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.session.corrections import amend
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.widgets.form import Form, Text

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.store.sqlite.database import Database


class AmendScreen(FormScreen):
    """Both lines are needed. Escape leaves without adding anything; what was typed stands here the next time."""

    def __init__(self, session: records.Session) -> None:
        super().__init__(f"amend {session.key}", _("Correct the note"), dates.short_time(session.held_at))
        self.key = session.key

    def build(self, typed: Mapping[str, str]) -> Form:
        """The reason, then the text."""
        return Form(
            Text("reason", _("Why"), needed=True, hint=_("What was wrong or missing; it stands with the correction")),
            Text(
                "text",
                _("Correction"),
                needed=True,
                lines=6,
                hint=_("What is right. It is added below the note with day and name and cannot be taken back"),
            ),
            typed=typed,
        )

    def job(self, form: Form) -> Job:
        """Adds it."""
        reason, text, key = str(form.values["reason"]), str(form.values["text"]), self.key

        def add(database: "Database", actor: "Actor") -> int:
            return amend(database, actor, key, reason, text)

        return add

    def action_back(self) -> None:
        """Leaves; a correction is for good, so nothing is added by leaving."""
        if self.form.dirty:
            self.keep()
            self.dismiss()
        else:
            self.leave()
