"""Her search in a minute: wishes, what she has applied for and how often, by which channel, gaps in the CV."""

from collections.abc import Mapping
from typing import Any, ClassVar

from jobsamtale_tui import dates
from jobsamtale_tui.casework.citizen import applications
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.citizen.applications import ahead
from jobsamtale_tui.tui.screens.citizen.profile import ProfileForm, Several
from jobsamtale_tui.tui.screens.common.form import Job
from jobsamtale_tui.tui.widgets.form import Day, Form, Item, Text


class SearchNoteForm(ProfileForm):
    """Applications that are counted become as many records on one day; the gaps go into the notes for oneself."""

    named: ClassVar[str] = N_("Her search in a minute")

    def __init__(self, owner: SessionOwner) -> None:
        super().__init__(owner.citizen.key, "search.note")
        self._owner = owner
        self._gaps = ""

    def items(self) -> tuple[Item, ...]:
        """Wishes, applications, channel, day, gaps."""
        return (
            Several("wishes", _("Applies for work as"), lines=2, hint=_("As in »Jeg søger job som«; one a line")),
            Text(
                "counted",
                _("Has applied for"),
                lines=3,
                check=_counted,
                hint=_("Since last time, a position a line and how many: 4 warehouse worker"),
            ),
            Text("channel", _("By which channel"), hint=_("For instance job ad, unasked, network, agency")),
            Day("on", _("Counted on"), needed=True, past=True, hint=_("The applications stand on this day")),
            Text("gaps", _("Gaps in the CV"), lines=2, hint=_("Goes into your notes for this session")),
        )

    def build(self, typed: Mapping[str, str]) -> Form:
        """The wishes that are known, and today."""
        profile = reads.profile(self.connection, self.key)
        self._right = self._owner.citizen.name
        self._known = profile is not None
        values = {"wishes": (profile.wishes if profile else None) or None, "on": dates.today()}
        return Form(*self.items(), values=values, typed=typed, check=ahead)

    def job(self, form: Form) -> Job:
        """Keeps what belongs to her; the gaps wait until that is on disk."""
        values, key, seen = form.values, self.key, int(self._known)
        self._gaps = values["gaps"] or ""
        wishes = self.changed_profile(form).get("wishes")
        counted = applications.read_counted(values["counted"] or "")
        return lambda database, actor: applications.note_search(
            self.place(database, actor, key, seen), wishes, counted, values["channel"], values["on"]
        )

    def done(self, result: Any) -> None:
        """The gaps go behind what stands in the notes for oneself."""
        self.dismiss()
        if self._gaps:
            before = self._owner.session.preparation
            line = _("Gaps in the CV: {text}").format(text=self._gaps)
            self._owner.save_text("preparation", "\n".join(filter(None, (before, line))), "preparation")
            if self._owner.view:
                self._owner.view.show()
        if result:
            self._owner.status(OwnText(_("Applications added: {count}").format(count=result)))


def _counted(text: str) -> str | None:
    try:
        applications.read_counted(text)
    except ValueError as error:
        return str(error)
    return None
